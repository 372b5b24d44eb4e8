drop table order_history, order_transactions, payments, order_allocations, order_lines, orders, reservations, checkouts, carts, customers;
