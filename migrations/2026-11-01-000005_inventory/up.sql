create table locations (
    tenant_id bigint not null,
    id bigint generated always as identity,
    name text not null check (length(name) between 1 and 255),
    address jsonb not null default '{}',
    is_active boolean not null default true,
    -- Stock here may be sold online.
    fulfills_online_orders boolean not null default true,
    position integer not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint locations_name unique (tenant_id, name)
);
call mcom_tenant_table('locations');

-- What a variant is in the warehouse; one per variant.
create table inventory_items (
    tenant_id bigint not null,
    id bigint generated always as identity,
    variant_id bigint not null,
    product_id bigint not null,
    -- Untracked items never run out.
    tracked boolean not null,
    cost_minor bigint check (cost_minor >= 0),
    country_of_origin text,
    harmonized_system_code text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    unique (tenant_id, variant_id),
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index inventory_items_product on inventory_items (tenant_id, product_id);
call mcom_tenant_table('inventory_items');

-- Stock of an item at a location. on_hand is the sum of the three.
create table inventory_levels (
    tenant_id bigint not null,
    item_id bigint not null,
    location_id bigint not null,
    -- Free to sell; below zero where selling went on without stock.
    available bigint not null default 0,
    -- Held for checkouts under way.
    reserved bigint not null default 0 check (reserved >= 0),
    -- Sold and not yet shipped.
    committed bigint not null default 0 check (committed >= 0),
    updated_at timestamptz not null,
    primary key (tenant_id, item_id, location_id),
    foreign key (tenant_id, item_id) references inventory_items (tenant_id, id) on delete cascade,
    foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create index inventory_levels_location on inventory_levels (tenant_id, location_id, item_id);
call mcom_tenant_table('inventory_levels');

-- Every change of a level by people and apps, and why.
create table inventory_movements (
    tenant_id bigint not null,
    id bigint generated always as identity,
    item_id bigint not null,
    location_id bigint not null,
    name text not null check (name in ('available', 'reserved', 'committed', 'on_hand')),
    delta bigint not null,
    reason text not null,
    reference text,
    actor text not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, item_id) references inventory_items (tenant_id, id) on delete cascade,
    foreign key (tenant_id, location_id) references locations (tenant_id, id)
);
create index inventory_movements_item on inventory_movements (tenant_id, item_id, id);
call mcom_tenant_table('inventory_movements');
