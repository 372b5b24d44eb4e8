alter table checkouts drop column order_number;
