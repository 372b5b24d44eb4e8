alter table orders drop constraint orders_fulfillment_status_check;
alter table orders add constraint orders_fulfillment_status_check check (fulfillment_status in ('UNFULFILLED', 'FULFILLED'));
alter table order_allocations drop column fulfilled;
drop table fulfillment_lines;
drop table fulfillments;
