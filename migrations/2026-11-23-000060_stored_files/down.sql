alter table product_media drop column file_hash;
drop table stored_files;
