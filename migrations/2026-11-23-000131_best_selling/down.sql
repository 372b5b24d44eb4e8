update collections set sort_order = 'MANUAL' where sort_order = 'BEST_SELLING';
alter table collections drop constraint collections_sort_order_check;
alter table collections add constraint collections_sort_order_check check (sort_order in
    ('MANUAL', 'ALPHA_ASC', 'ALPHA_DESC', 'PRICE_ASC', 'PRICE_DESC', 'CREATED', 'CREATED_DESC'));
drop table product_pairs;
alter table product_documents drop column sold;
