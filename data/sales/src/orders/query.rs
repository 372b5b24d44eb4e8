//! SQL of the orders.

mod fulfillment;
mod place;
mod read;
mod write;

pub(super) use fulfillment::{
    fulfill_allocation, fulfillments_of, insert_fulfillment, promised, sent_of, set_fulfillment_status,
};
pub(super) use place::{Ids, insert};

pub(crate) use read::of_checkout;
pub(super) use read::{
    attempts_of, by_ids, checkout_of, count, exists, lines_of, lock, origins_of, page, pending_refund,
    taxes_of, transactions_of,
};
pub(super) use write::{
    Cancellation, Move, NewTransaction, Refunded, cancel, end_allocations, fail_refund, insert_history,
    insert_transaction, settle_refund, withdraw_job,
};
