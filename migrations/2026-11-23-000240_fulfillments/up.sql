-- What was sent of orders, and how it can be followed on its way.
create table fulfillments (
    tenant_id bigint not null,
    id bigint generated always as identity,
    order_id bigint not null,
    -- Who brings it.
    tracking_company text check (length(tracking_company) <= 255),
    -- By what its parcels can be followed: numbers and addresses.
    parcels jsonb not null,
    created_at timestamptz not null,
    primary key (tenant_id, id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
create index fulfillments_order on fulfillments (tenant_id, order_id, id);
call mcom_tenant_table('fulfillments');

-- Which lines of an order, and how many pieces of each.
create table fulfillment_lines (
    tenant_id bigint not null,
    fulfillment_id bigint not null,
    line_id bigint not null,
    quantity bigint not null check (quantity > 0),
    primary key (tenant_id, fulfillment_id, line_id),
    foreign key (tenant_id, fulfillment_id) references fulfillments (tenant_id, id),
    foreign key (tenant_id, line_id) references order_lines (tenant_id, id)
);
create index fulfillment_lines_line on fulfillment_lines (tenant_id, line_id);
call mcom_tenant_table('fulfillment_lines');

-- How many of the pieces have left the house.
alter table order_allocations add column fulfilled bigint not null default 0;
alter table order_allocations add constraint order_allocations_fulfilled check (fulfilled between 0 and quantity);

alter table orders drop constraint orders_fulfillment_status_check;
alter table orders add constraint orders_fulfillment_status_check
    check (fulfillment_status in ('UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED'));
