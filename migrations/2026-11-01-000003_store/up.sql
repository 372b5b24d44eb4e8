-- Settings of a store, one row each.
create table store_settings (
    tenant_id bigint primary key references stores (id),
    name text not null check (length(name) between 1 and 255),
    description text,
    email text not null,
    currency text not null,
    -- ISO 639-1, and ISO 3166-1 alpha-2.
    language text not null,
    country text not null,
    weight_unit text not null check (weight_unit in ('GRAMS', 'KILOGRAMS', 'OUNCES', 'POUNDS')),
    timezone text not null,
    -- Countries shipped to; empty: everywhere.
    ships_to text[] not null default '{}',
    order_prefix text not null default '#',
    created_at timestamptz not null,
    updated_at timestamptz not null
);
call mcom_tenant_table('store_settings');

-- Tokens of apps and storefronts. Only the hash is kept: a copy of this table opens nothing.
create table access_tokens (
    tenant_id bigint not null,
    id bigint generated always as identity,
    api text not null check (api in ('storefront', 'admin')),
    title text not null,
    hash bytea not null,
    scopes text[] not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, hash)
);
call mcom_tenant_table('access_tokens');

create table url_redirects (
    tenant_id bigint not null,
    id bigint generated always as identity,
    path text not null,
    target text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, path)
);
call mcom_tenant_table('url_redirects');

-- What shipping costs: a rate applies to a country (or all) and a range of subtotals.
create table shipping_rates (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null,
    title text not null,
    description text,
    country text,
    price_minor bigint not null check (price_minor >= 0),
    min_subtotal_minor bigint not null default 0 check (min_subtotal_minor >= 0),
    max_subtotal_minor bigint check (max_subtotal_minor >= min_subtotal_minor),
    position integer not null,
    primary key (tenant_id, id),
    unique (tenant_id, handle)
);
call mcom_tenant_table('shipping_rates');
