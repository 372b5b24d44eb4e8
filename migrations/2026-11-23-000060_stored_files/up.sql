-- What a store keeps in the object storage. An object's name there is `{tenant_id}/files/{hash}`.
create table stored_files (
    tenant_id bigint not null,
    -- SHA-256 of the content, in hexadecimal digits.
    hash text not null check (hash ~ '^[0-9a-f]{64}$'),
    content_type text not null check (length(content_type) between 1 and 255),
    bytes bigint not null check (bytes > 0),
    -- Of pictures, in pixels.
    width integer check (width > 0),
    height integer check (height > 0),
    created_at timestamptz not null,
    primary key (tenant_id, hash)
);
call mcom_tenant_table('stored_files');

-- The copy of the picture at `url`, once it was fetched.
alter table product_media add column file_hash text;
alter table product_media add constraint product_media_file
    foreign key (tenant_id, file_hash) references stored_files (tenant_id, hash);
create index product_media_file on product_media (tenant_id, file_hash) where file_hash is not null;
