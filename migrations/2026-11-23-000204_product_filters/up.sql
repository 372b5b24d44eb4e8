-- What products can be narrowed down by beside what all of them have.
alter table products add column category text check (length(category) between 1 and 1000);
alter table metafield_definitions add column is_filterable boolean not null default false;
create index products_category on products (tenant_id, category) where category is not null;
