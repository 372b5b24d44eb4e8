-- Ways in which goods are sold other than once and at once, as subscriptions, by what they have in common.
create table selling_plan_groups (
    tenant_id bigint not null,
    id bigint generated always as identity,
    -- Its name for machines.
    handle text not null check (length(handle) between 1 and 255),
    name text not null check (length(name) between 1 and 255),
    app_name text,
    -- Names of what its plans differ in.
    options text[] not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    primary key (tenant_id, id),
    constraint selling_plan_groups_handle unique (tenant_id, handle)
);
call mcom_tenant_table('selling_plan_groups');

create table selling_plans (
    tenant_id bigint not null,
    id bigint generated always as identity,
    group_id bigint not null,
    position integer not null,
    name text not null check (length(name) between 1 and 255),
    description text,
    -- Option values, how often it is billed and delivered, what that costs and what of it is paid at once.
    terms jsonb not null,
    primary key (tenant_id, id),
    constraint selling_plans_name unique (tenant_id, group_id, name),
    foreign key (tenant_id, group_id) references selling_plan_groups (tenant_id, id) on delete cascade
);
call mcom_tenant_table('selling_plans');

-- Whole products that are sold by the plans of a group.
create table selling_plan_group_products (
    tenant_id bigint not null,
    group_id bigint not null,
    product_id bigint not null,
    -- The product cannot be had without a plan.
    required boolean not null default false,
    primary key (tenant_id, group_id, product_id),
    foreign key (tenant_id, group_id) references selling_plan_groups (tenant_id, id) on delete cascade,
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
create index selling_plan_group_products_product on selling_plan_group_products (tenant_id, product_id);
call mcom_tenant_table('selling_plan_group_products');

-- Single variants that are.
create table selling_plan_group_variants (
    tenant_id bigint not null,
    group_id bigint not null,
    variant_id bigint not null,
    primary key (tenant_id, group_id, variant_id),
    foreign key (tenant_id, group_id) references selling_plan_groups (tenant_id, id) on delete cascade,
    foreign key (tenant_id, variant_id) references product_variants (tenant_id, id) on delete cascade
);
create index selling_plan_group_variants_variant on selling_plan_group_variants (tenant_id, variant_id);
call mcom_tenant_table('selling_plan_group_variants');

-- By which plan a line was bought: its id and what it was called then.
alter table order_lines add column selling_plan jsonb;
