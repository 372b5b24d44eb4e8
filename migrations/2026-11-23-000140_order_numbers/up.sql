-- The number of the order that an attempt becomes. It is drawn in a transaction of its own before the order is written, so that placing
-- an order does not wait for the one before it to be on disk; an attempt that is resumed has it already.
alter table checkouts add column order_number bigint;
