-- Where a store sells: countries that share a currency, prices and languages. A store without any sells everywhere alike.
create table markets (
    tenant_id bigint not null,
    id bigint generated always as identity,
    handle text not null check (length(handle) between 1 and 255),
    name text not null check (length(name) between 1 and 255),
    enabled boolean not null default true,
    -- The one for buyers of whom nothing is known, and for countries of no market.
    is_primary boolean not null default false,
    currency text not null,
    -- So much of its currency is worth one unit of the store's, in billionths.
    rate_billionths bigint not null check (rate_billionths between 1 and 1000000000000000),
    -- What converted prices end with, in minor units; null: as they come out.
    price_ending_minor bigint check (price_ending_minor between 0 and 999),
    -- In which texts are offered beside the store's own language.
    languages text[] not null default '{}',
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint markets_handle unique (tenant_id, handle)
);
create unique index markets_primary on markets (tenant_id) where is_primary;
call mcom_tenant_table('markets');

-- The countries of markets: each belongs to one.
create table market_regions (
    tenant_id bigint not null,
    -- ISO 3166-1 alpha-2
    country text not null check (length(country) = 2),
    market_id bigint not null,
    primary key (tenant_id, country),
    foreign key (tenant_id, market_id) references markets (tenant_id, id) on delete cascade
);
create index market_regions_market on market_regions (tenant_id, market_id);
call mcom_tenant_table('market_regions');

-- Prices that are not converted, but as the merchant says.
create table market_prices (
    tenant_id bigint not null,
    market_id bigint not null,
    variant_id bigint not null,
    product_id bigint not null,
    -- In minor units of the market's currency.
    price_minor bigint not null check (price_minor >= 0),
    compare_at_price_minor bigint check (compare_at_price_minor >= 0),
    primary key (tenant_id, market_id, variant_id),
    foreign key (tenant_id, market_id) references markets (tenant_id, id) on delete cascade,
    constraint market_prices_variant foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index market_prices_variant on market_prices (tenant_id, variant_id);
create index market_prices_product on market_prices (tenant_id, product_id, market_id);
call mcom_tenant_table('market_prices');

-- Merchants add fields to markets, too.
alter table metafield_definitions drop constraint metafield_definitions_owner_type_check;
alter table metafield_definitions add constraint metafield_definitions_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
alter table metafields drop constraint metafields_owner_type_check;
alter table metafields add constraint metafields_owner_type_check check (owner_type in
    ('ARTICLE', 'BLOG', 'COLLECTION', 'CUSTOMER', 'MARKET', 'ORDER', 'PAGE', 'PRODUCT', 'PRODUCTVARIANT', 'SHOP'));
alter table metafields add column market_id bigint generated always as (case owner_type when 'MARKET' then owner_id end) stored;
alter table metafields add foreign key (tenant_id, market_id) references markets (tenant_id, id) on delete cascade;
create index metafields_market on metafields (tenant_id, market_id) where market_id is not null;

-- What an order that was agreed in another currency is worth in the store's: the exchange as it was then. Null: it is the store's own.
alter table orders add column exchange jsonb;
