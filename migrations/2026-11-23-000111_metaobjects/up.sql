-- Things of kinds that a merchant made up.
create table metaobject_definitions (
    tenant_id bigint not null,
    id bigint generated always as identity,
    type_name text not null check (length(type_name) between 3 and 255),
    name text not null check (length(name) between 1 and 255),
    description text,
    -- The fields in the merchant's order: key, name, type, whether one must be filled in, rules.
    fields jsonb not null,
    -- The field that names a thing in lists.
    display_name_key text,
    -- Whether things are drafts until they are made active.
    is_publishable boolean not null,
    -- Fields from which a page about a thing takes what search engines are told, and where such pages are.
    seo_title_key text,
    seo_description_key text,
    url_handle text,
    -- Whether buyers may read it.
    is_public boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint metaobject_definitions_type unique (tenant_id, type_name),
    constraint metaobject_definitions_url unique (tenant_id, url_handle)
);
call mcom_tenant_table('metaobject_definitions');

create table metaobjects (
    tenant_id bigint not null,
    id bigint generated always as identity,
    definition_id bigint not null,
    handle text not null check (length(handle) between 1 and 255),
    display_name text not null,
    -- Values as the APIs show them, by key.
    fields jsonb not null,
    is_active boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint metaobjects_handle unique (tenant_id, definition_id, handle),
    foreign key (tenant_id, definition_id) references metaobject_definitions (tenant_id, id) on delete cascade
);
create index metaobjects_updated on metaobjects (tenant_id, definition_id, updated_at, id);
create index metaobjects_id on metaobjects (tenant_id, definition_id, id);
call mcom_tenant_table('metaobjects');
