alter table store_settings drop column synonyms;
