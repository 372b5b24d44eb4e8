alter table articles drop column image_look;
alter table collections drop column image_look;
