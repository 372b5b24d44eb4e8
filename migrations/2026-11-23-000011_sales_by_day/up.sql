-- How many of a product were sold on a day (UTC), cancelled orders taken off again. Counted from the events of orders, a moment
-- after they are placed, so that no checkout waits for another one's row.
create table product_sales (
    tenant_id bigint not null,
    product_id bigint not null,
    day date not null,
    units bigint not null,
    primary key (tenant_id, product_id, day),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade
);
call mcom_tenant_table('product_sales');
