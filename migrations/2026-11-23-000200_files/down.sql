revoke usage on sequence product_media_id_seq from mcom_app, mcom_platform;
drop table files;
