alter table orders drop constraint orders_total;
alter table orders add constraint orders_total check (total_minor = subtotal_minor + shipping_minor - shipping_discount_minor);
drop table order_taxes;
alter table store_settings drop column taxes;
