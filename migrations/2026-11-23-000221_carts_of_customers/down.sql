drop index carts_customer;
alter table carts drop column customer_id;
