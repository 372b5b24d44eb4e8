alter table product_media drop column file_suffix;
alter table product_media drop column thumbhash;
alter table stored_files drop column thumbhash;
