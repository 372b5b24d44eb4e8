alter table metafield_definitions drop column is_filterable;
alter table products drop column category;
