//! SQL of the orders.

mod read;
mod write;

pub(crate) use read::of_checkout;
pub(super) use read::{
    by_ids, checkout_of, count, exists, lines_of, lock, page, pending_refund, transactions_of,
};
pub(super) use write::{
    Cancellation, Ids, Move, NewTransaction, Refunded, cancel, end_allocations, fail_refund, insert,
    insert_allocations, insert_history, insert_lines, insert_sale, insert_transaction, next_number,
    settle_refund, withdraw_job,
};
