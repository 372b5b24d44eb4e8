-- A picture in some twenty bytes (ThumbHash in Base64), to be shown until it is there. Null where it could not be decoded.
alter table stored_files add column thumbhash text check (length(thumbhash) between 1 and 64);

-- Copied from the file, as width and height are: what shows a picture reads one row.
alter table product_media add column thumbhash text check (length(thumbhash) between 1 and 64);
-- How the copy's address ends: clients put sizes before the last dot of it.
alter table product_media add column file_suffix text not null default '' check (file_suffix ~ '^(\.[a-z]{3,4})?$');
