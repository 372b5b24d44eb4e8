-- Of what a bundle consists: a variant that is sold as so many pieces of others, and has no stock of its own.
create table variant_components (
    tenant_id bigint not null,
    -- The bundle.
    variant_id bigint not null,
    position integer not null,
    -- The bundle's product: whoever reads the stock of a product looks here for its bundles.
    product_id bigint not null,
    -- Null: it was deleted, and the bundle cannot be had until the merchant says anew of what it consists.
    component_id bigint,
    quantity bigint not null check (quantity between 1 and 1000000),
    primary key (tenant_id, variant_id, position),
    constraint variant_components_component unique (tenant_id, variant_id, component_id),
    check (component_id <> variant_id),
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, component_id) references product_variants (tenant_id, id) on delete set null (component_id)
);
create index variant_components_product on variant_components (tenant_id, product_id);
create index variant_components_part on variant_components (tenant_id, component_id);
call mcom_tenant_table('variant_components');
