alter table orders drop constraint orders_total;
alter table orders drop constraint orders_shipping_discount;
alter table orders drop column shipping_discount_minor;
alter table orders drop column discounts;
alter table orders add constraint orders_check check (total_minor = subtotal_minor + shipping_minor);
drop table discount_uses;
drop table discounts;
