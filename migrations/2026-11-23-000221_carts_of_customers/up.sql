-- Whose carts are, so that what customers put in elsewhere is found when they sign in.
alter table carts add column customer_id bigint generated always as ((document #>> '{identity,customer}')::bigint) stored;
create index carts_customer on carts (tenant_id, customer_id) where customer_id is not null and ordered_at is null;
