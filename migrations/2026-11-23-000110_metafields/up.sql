-- Fields that a merchant adds to things: what they are for, and their values.
create table metafield_definitions (
    tenant_id bigint not null,
    id bigint generated always as identity,
    owner_type text not null check (owner_type in
        ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP')),
    namespace text not null check (length(namespace) between 2 and 255),
    key text not null check (length(key) between 2 and 64),
    name text not null check (length(name) between 1 and 255),
    description text,
    value_type text not null,
    -- Pairs of a rule's name and its value.
    validations jsonb not null default '[]',
    -- Whether buyers may read it.
    is_public boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint metafield_definitions_key unique (tenant_id, owner_type, namespace, key)
);
call mcom_tenant_table('metafield_definitions');

-- A value may be there without a definition; then only the merchant reads it.
create table metafields (
    tenant_id bigint not null,
    id bigint generated always as identity,
    owner_type text not null check (owner_type in
        ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP')),
    -- Of the store itself: its number.
    owner_id bigint not null,
    namespace text not null check (length(namespace) between 2 and 255),
    key text not null check (length(key) between 2 and 64),
    value_type text not null,
    value text not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    -- One for each type of owner, so that values go with what they belong to.
    article_id bigint generated always as (case owner_type when 'ARTICLE' then owner_id end) stored,
    blog_id bigint generated always as (case owner_type when 'BLOG' then owner_id end) stored,
    collection_id bigint generated always as (case owner_type when 'COLLECTION' then owner_id end) stored,
    customer_id bigint generated always as (case owner_type when 'CUSTOMER' then owner_id end) stored,
    order_id bigint generated always as (case owner_type when 'ORDER' then owner_id end) stored,
    page_id bigint generated always as (case owner_type when 'PAGE' then owner_id end) stored,
    product_id bigint generated always as (case owner_type when 'PRODUCT' then owner_id end) stored,
    variant_id bigint generated always as (case owner_type when 'PRODUCTVARIANT' then owner_id end) stored,
    primary key (tenant_id, id),
    constraint metafields_key unique (tenant_id, owner_type, owner_id, namespace, key),
    constraint metafields_shop check (owner_type <> 'SHOP' or owner_id = tenant_id),
    foreign key (tenant_id, article_id) references articles (tenant_id, id) on delete cascade,
    foreign key (tenant_id, blog_id) references blogs (tenant_id, id) on delete cascade,
    foreign key (tenant_id, collection_id) references collections (tenant_id, id) on delete cascade,
    foreign key (tenant_id, customer_id) references customers (tenant_id, id) on delete cascade,
    foreign key (tenant_id, order_id) references orders (tenant_id, id) on delete cascade,
    foreign key (tenant_id, page_id) references pages (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade
);
create index metafields_of_definition on metafields (tenant_id, owner_type, namespace, key);
-- What something is numbered by outside is so once.
create unique index metafields_ids on metafields (tenant_id, owner_type, namespace, key, value) where value_type = 'id';
create index metafields_article on metafields (tenant_id, article_id) where article_id is not null;
create index metafields_blog on metafields (tenant_id, blog_id) where blog_id is not null;
create index metafields_collection on metafields (tenant_id, collection_id) where collection_id is not null;
create index metafields_customer on metafields (tenant_id, customer_id) where customer_id is not null;
create index metafields_order on metafields (tenant_id, order_id) where order_id is not null;
create index metafields_page on metafields (tenant_id, page_id) where page_id is not null;
create index metafields_product on metafields (tenant_id, product_id) where product_id is not null;
create index metafields_variant on metafields (tenant_id, variant_id) where variant_id is not null;
call mcom_tenant_table('metafields');
