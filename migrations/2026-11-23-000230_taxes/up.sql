-- Which taxes a store charges where, and whether its prices contain them. Read with the other settings.
alter table store_settings add column taxes jsonb not null default '{}';

-- What of an order is tax: by line, and of sending it. Orders of stores that charge none have no row.
create table order_taxes (
    tenant_id bigint not null,
    order_id bigint not null,
    -- Whether the order's prices contain it.
    included boolean not null,
    total_minor bigint not null check (total_minor >= 0),
    -- For each line in its order, and for sending it: which taxes, and how much of each.
    lines jsonb not null,
    shipping jsonb not null,
    primary key (tenant_id, order_id),
    foreign key (tenant_id, order_id) references orders (tenant_id, id)
);
call mcom_tenant_table('order_taxes');

-- Taxes that the prices do not contain are added to the total.
alter table orders drop constraint orders_total;
alter table orders add constraint orders_total check (total_minor >= subtotal_minor + shipping_minor - shipping_discount_minor);
