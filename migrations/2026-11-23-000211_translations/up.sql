-- What a merchant writes, in other languages: one row for each thing and language, with its texts by what they are of it.
create table translations (
    tenant_id bigint not null,
    kind text not null check (kind in
        ('ARTICLE', 'BLOG', 'COLLECTION', 'MENU', 'METAFIELD', 'PAGE', 'PRODUCT', 'SHOP', 'SHOP_POLICY')),
    -- Of the store itself: its number.
    resource_id bigint not null,
    -- As the published APIs spell it: EN, PT_BR.
    language text not null check (length(language) between 2 and 5),
    texts jsonb not null,
    updated_at timestamptz not null,
    -- One for each kind, so that texts go with what they are of.
    article_id bigint generated always as (case kind when 'ARTICLE' then resource_id end) stored,
    blog_id bigint generated always as (case kind when 'BLOG' then resource_id end) stored,
    collection_id bigint generated always as (case kind when 'COLLECTION' then resource_id end) stored,
    menu_id bigint generated always as (case kind when 'MENU' then resource_id end) stored,
    metafield_id bigint generated always as (case kind when 'METAFIELD' then resource_id end) stored,
    page_id bigint generated always as (case kind when 'PAGE' then resource_id end) stored,
    product_id bigint generated always as (case kind when 'PRODUCT' then resource_id end) stored,
    policy_id bigint generated always as (case kind when 'SHOP_POLICY' then resource_id end) stored,
    primary key (tenant_id, kind, resource_id, language),
    constraint translations_shop check (kind <> 'SHOP' or resource_id = tenant_id),
    foreign key (tenant_id, article_id) references articles (tenant_id, id) on delete cascade,
    foreign key (tenant_id, blog_id) references blogs (tenant_id, id) on delete cascade,
    foreign key (tenant_id, collection_id) references collections (tenant_id, id) on delete cascade,
    foreign key (tenant_id, menu_id) references menus (tenant_id, id) on delete cascade,
    foreign key (tenant_id, metafield_id) references metafields (tenant_id, id) on delete cascade,
    foreign key (tenant_id, page_id) references pages (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, policy_id) references shop_policies (tenant_id, id) on delete cascade
);
create index translations_article on translations (tenant_id, article_id) where article_id is not null;
create index translations_blog on translations (tenant_id, blog_id) where blog_id is not null;
create index translations_collection on translations (tenant_id, collection_id) where collection_id is not null;
create index translations_menu on translations (tenant_id, menu_id) where menu_id is not null;
create index translations_metafield on translations (tenant_id, metafield_id) where metafield_id is not null;
create index translations_page on translations (tenant_id, page_id) where page_id is not null;
create index translations_product on translations (tenant_id, product_id) where product_id is not null;
create index translations_policy on translations (tenant_id, policy_id) where policy_id is not null;
call mcom_tenant_table('translations');
