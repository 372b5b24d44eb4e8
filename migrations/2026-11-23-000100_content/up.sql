-- What a merchant writes beside the goods: pages, blogs, menus and the store's terms.
create table pages (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null check (length(handle) between 1 and 255),
    title text not null check (length(title) between 1 and 255),
    -- Folded, for sorting and searching.
    title_key text not null,
    body_html text not null,
    seo_title text,
    seo_description text,
    template_suffix text,
    -- Null: nobody sees it. In the future: nobody sees it yet.
    published_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint pages_handle unique (tenant_id, handle)
);
create index pages_title on pages (tenant_id, title_key, id);
create index pages_updated on pages (tenant_id, updated_at, id);
call mcom_tenant_table('pages');

create table blogs (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null check (length(handle) between 1 and 255),
    title text not null check (length(title) between 1 and 255),
    title_key text not null,
    seo_title text,
    seo_description text,
    template_suffix text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint blogs_handle unique (tenant_id, handle)
);
create index blogs_title on blogs (tenant_id, title_key, id);
call mcom_tenant_table('blogs');

create table articles (
    tenant_id bigint not null,
    id bigint generated always as identity,
    blog_id bigint not null,
    handle text not null check (length(handle) between 1 and 255),
    title text not null check (length(title) between 1 and 255),
    title_key text not null,
    -- First and last name, address and a few words about who wrote it.
    author jsonb not null,
    author_key text not null,
    body_html text not null,
    excerpt_html text,
    tags text[] not null default '{}',
    image_url text,
    image_alt text,
    seo_title text,
    seo_description text,
    template_suffix text,
    published_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint articles_handle unique (tenant_id, blog_id, handle),
    foreign key (tenant_id, blog_id) references blogs (tenant_id, id) on delete cascade
);
create index articles_published on articles (tenant_id, blog_id, published_at, id);
call mcom_tenant_table('articles');

create table article_comments (
    tenant_id bigint not null,
    id bigint generated always as identity,
    article_id bigint not null,
    author_name text not null check (length(author_name) between 1 and 255),
    author_email text not null check (length(author_email) between 3 and 255),
    body_html text not null,
    status text not null check (status in ('PENDING', 'PUBLISHED', 'SPAM', 'UNAPPROVED')),
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, article_id) references articles (tenant_id, id) on delete cascade
);
create index article_comments_article on article_comments (tenant_id, article_id, id);
call mcom_tenant_table('article_comments');

create table menus (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null check (length(handle) between 1 and 255),
    title text not null check (length(title) between 1 and 255),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint menus_handle unique (tenant_id, handle)
);
call mcom_tenant_table('menus');

create table menu_items (
    tenant_id bigint not null,
    id bigint generated always as identity,
    menu_id bigint not null,
    -- The entry that it is folded under.
    parent_id bigint,
    position integer not null check (position >= 0),
    title text not null check (length(title) between 1 and 255),
    kind text not null check (kind in ('ARTICLE', 'BLOG', 'CATALOG', 'COLLECTION', 'COLLECTIONS',
        'CUSTOMER_ACCOUNT_PAGE', 'FRONTPAGE', 'HTTP', 'PAGE', 'PRODUCT', 'SEARCH', 'SHOP_POLICY')),
    -- Of the thing it leads to, which may be gone.
    resource_id bigint,
    -- Of entries of kind HTTP.
    url text,
    tags text[] not null default '{}',
    primary key (tenant_id, id),
    foreign key (tenant_id, menu_id) references menus (tenant_id, id) on delete cascade,
    foreign key (tenant_id, parent_id) references menu_items (tenant_id, id) on delete cascade,
    check ((kind = 'HTTP') = (url is not null))
);
create index menu_items_menu on menu_items (tenant_id, menu_id, id);
create index menu_items_parent on menu_items (tenant_id, parent_id) where parent_id is not null;
call mcom_tenant_table('menu_items');

create table shop_policies (
    tenant_id bigint not null,
    id bigint generated always as identity,
    kind text not null check (kind in ('CONTACT_INFORMATION', 'LEGAL_NOTICE', 'PRIVACY_POLICY', 'REFUND_POLICY',
        'SHIPPING_POLICY', 'SUBSCRIPTION_POLICY', 'TERMS_OF_SALE', 'TERMS_OF_SERVICE')),
    body_html text not null check (length(body_html) > 0),
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint shop_policies_kind unique (tenant_id, kind)
);
call mcom_tenant_table('shop_policies');
