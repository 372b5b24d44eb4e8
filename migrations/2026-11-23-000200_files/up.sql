-- What a store shows or offers beside the pictures of its products: logos, films, 3D models, documents.
create table files (
    tenant_id bigint not null,
    -- The numbers of product_media: a picture of either table is a `MediaImage` outside.
    id bigint not null default nextval('product_media_id_seq'),
    -- The merchant's name for it. What an app added to a product has none.
    handle text check (length(handle) between 1 and 255),
    -- The product that it is shown with, and its place among what is shown of it.
    product_id bigint,
    position integer check (position > 0),
    alt text check (length(alt) between 1 and 512),
    -- What it is, where it is, what stands for it, and how it is presented.
    details jsonb not null,
    kind text not null generated always as (details #>> '{content,kind}') stored
        check (kind in ('IMAGE', 'VIDEO', 'EXTERNAL_VIDEO', 'MODEL_3D', 'FILE')),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint files_handle unique (tenant_id, handle),
    check ((product_id is null) = (position is null)),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index files_product on files (tenant_id, product_id, position, id);
grant usage on sequence product_media_id_seq to mcom_app, mcom_platform;
call mcom_tenant_table('files');
