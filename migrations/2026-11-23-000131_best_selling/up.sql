-- How many of a product were sold in all, cancelled orders taken off: the sum of its product_sales, beside the columns that lists sort by.
alter table product_documents add column sold bigint not null default 0;
create index product_documents_sold on product_documents (tenant_id, sold, product_id);

-- How many orders hold both products, cancelled ones taken off. Each pair is there in both directions.
create table product_pairs (
    tenant_id bigint not null,
    product_id bigint not null,
    other_id bigint not null,
    orders bigint not null,
    primary key (tenant_id, product_id, other_id),
    foreign key (tenant_id, product_id) references products (tenant_id, id) on delete cascade,
    foreign key (tenant_id, other_id) references products (tenant_id, id) on delete cascade,
    check (product_id <> other_id)
);
create index product_pairs_orders on product_pairs (tenant_id, product_id, orders, other_id);
create index product_pairs_other on product_pairs (tenant_id, other_id);
call mcom_tenant_table('product_pairs');

alter table collections drop constraint collections_sort_order_check;
alter table collections add constraint collections_sort_order_check check (sort_order in
    ('MANUAL', 'ALPHA_ASC', 'ALPHA_DESC', 'BEST_SELLING', 'PRICE_ASC', 'PRICE_DESC', 'CREATED', 'CREATED_DESC'));
