create table products (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null,
    title text not null check (length(title) between 1 and 255),
    description_html text not null default '',
    vendor text not null default '',
    product_type text not null default '',
    status text not null check (status in ('ACTIVE', 'ARCHIVED', 'DRAFT')),
    tags text[] not null default '{}',
    seo_title text,
    seo_description text,
    template_suffix text,
    gift_card boolean not null default false,
    -- Lower-cased and folded, for sorting and keyword conditions that may use an index under row-level security.
    title_key text not null,
    vendor_key text not null,
    type_key text not null,
    -- Grows with every change: cache entries and documents carry it.
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint products_handle unique (tenant_id, handle)
);
create index products_title on products (tenant_id, title_key, id);
create index products_created on products (tenant_id, created_at, id);
create index products_updated on products (tenant_id, updated_at, id);
create index products_vendor on products (tenant_id, vendor_key, id);
create index products_type on products (tenant_id, type_key, id);
call mcom_tenant_table('products');

create table product_options (
    tenant_id bigint not null,
    id bigint generated always as identity,
    product_id bigint not null,
    name text not null check (length(name) between 1 and 255),
    position integer not null,
    primary key (tenant_id, id),
    constraint product_options_name unique (tenant_id, product_id, name),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
call mcom_tenant_table('product_options');

create table product_option_values (
    tenant_id bigint not null,
    id bigint generated always as identity,
    option_id bigint not null,
    name text not null check (length(name) between 1 and 255),
    position integer not null,
    primary key (tenant_id, id),
    constraint product_option_values_name unique (tenant_id, option_id, name),
    foreign key (tenant_id, option_id) references product_options (tenant_id, id) on delete cascade
);
call mcom_tenant_table('product_option_values');

create table product_media (
    tenant_id bigint not null,
    id bigint generated always as identity,
    product_id bigint not null,
    url text not null,
    alt text,
    width integer,
    height integer,
    position integer not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_media_product on product_media (tenant_id, product_id, position, id);
call mcom_tenant_table('product_media');

create table product_variants (
    tenant_id bigint not null,
    id bigint generated always as identity,
    product_id bigint not null,
    title text not null,
    sku text,
    barcode text,
    price_minor bigint not null check (price_minor >= 0),
    compare_at_price_minor bigint check (compare_at_price_minor >= 0),
    taxable boolean not null default true,
    requires_shipping boolean not null default true,
    -- CONTINUE sells on when nothing is left.
    inventory_policy text not null check (inventory_policy in ('DENY', 'CONTINUE')),
    weight_grams bigint not null default 0 check (weight_grams >= 0),
    -- One value per option, in the order of the options.
    option_value_ids bigint[] not null,
    media_id bigint,
    position integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint product_variants_options unique (tenant_id, product_id, option_value_ids),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, media_id) references product_media (tenant_id, id) on delete set null (media_id)
);
create index product_variants_product on product_variants (tenant_id, product_id, position, id);
create index product_variants_sku on product_variants (tenant_id, sku) where sku is not null;
create index product_variants_media on product_variants (tenant_id, media_id) where media_id is not null;
call mcom_tenant_table('product_variants');

create table publications (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null,
    name text not null,
    primary key (tenant_id, id),
    unique (tenant_id, handle)
);
call mcom_tenant_table('publications');

create table product_publications (
    tenant_id bigint not null,
    product_id bigint not null,
    publication_id bigint not null,
    published_at timestamptz not null,
    primary key (tenant_id, product_id, publication_id),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, publication_id) references publications (tenant_id, id) on delete cascade
);
create index product_publications_publication on product_publications (tenant_id, publication_id, product_id);
call mcom_tenant_table('product_publications');

create table collections (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null,
    title text not null check (length(title) between 1 and 255),
    title_key text not null,
    description_html text not null default '',
    sort_order text not null check (sort_order in
        ('MANUAL', 'ALPHA_ASC', 'ALPHA_DESC', 'PRICE_ASC', 'PRICE_DESC', 'CREATED', 'CREATED_DESC')),
    -- Null: products are put in by hand. Otherwise {"appliedDisjunctively": …, "rules": […]}.
    rule_set jsonb,
    image_url text,
    image_alt text,
    seo_title text,
    seo_description text,
    template_suffix text,
    version bigint not null default 1,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint collections_handle unique (tenant_id, handle)
);
create index collections_title on collections (tenant_id, title_key, id);
create index collections_updated on collections (tenant_id, updated_at, id);
call mcom_tenant_table('collections');

-- Members, whether put in by hand or by the rules.
create table collection_products (
    tenant_id bigint not null,
    collection_id bigint not null,
    product_id bigint not null,
    position bigint not null,
    primary key (tenant_id, collection_id, product_id),
    foreign key (tenant_id, collection_id) references collections (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index collection_products_position on collection_products (tenant_id, collection_id, position, product_id);
create index collection_products_product on collection_products (tenant_id, product_id);
call mcom_tenant_table('collection_products');

create table collection_publications (
    tenant_id bigint not null,
    collection_id bigint not null,
    publication_id bigint not null,
    published_at timestamptz not null,
    primary key (tenant_id, collection_id, publication_id),
    foreign key (tenant_id, collection_id) references collections (tenant_id, id) on delete cascade,
    foreign key (tenant_id, publication_id) references publications (tenant_id, id) on delete cascade
);
create index collection_publications_publication on collection_publications (tenant_id, publication_id, collection_id);
call mcom_tenant_table('collection_publications');

-- The storefront's products: one document each, there as long as the product is active and published on the online store.
create table product_documents (
    tenant_id bigint not null,
    product_id bigint not null,
    handle text not null,
    title_key text not null,
    vendor_key text not null,
    type_key text not null,
    min_price_minor bigint not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    published_at timestamptz not null,
    version bigint not null,
    document json not null,
    primary key (tenant_id, product_id),
    unique (tenant_id, handle),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index product_documents_title on product_documents (tenant_id, title_key, product_id);
create index product_documents_vendor on product_documents (tenant_id, vendor_key, product_id);
create index product_documents_type on product_documents (tenant_id, type_key, product_id);
create index product_documents_price on product_documents (tenant_id, min_price_minor, product_id);
create index product_documents_created on product_documents (tenant_id, created_at, product_id);
create index product_documents_updated on product_documents (tenant_id, updated_at, product_id);
call mcom_tenant_table('product_documents');
