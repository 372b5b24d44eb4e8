//! One file per job, and the list of them and of the consumers of events.

mod build_search_index;
mod deliver_notification;
mod expire_reservations;
mod finish_cancellation;
mod forget_customer_tokens;
mod forget_idempotency_keys;
mod refresh_collection;
mod resume_checkout;

use crate::{Registry, consumer};

/// Every job and every consumer there is.
pub fn registry() -> Registry {
    Registry::default()
        .with::<build_search_index::BuildSearchIndex>()
        .with::<deliver_notification::DeliverNotification>()
        .with::<expire_reservations::ExpireReservations>()
        .with::<finish_cancellation::FinishCancellation>()
        .with::<forget_customer_tokens::ForgetCustomerTokens>()
        .with::<forget_idempotency_keys::ForgetIdempotencyKeys>()
        .with::<refresh_collection::RefreshCollection>()
        .with::<resume_checkout::ResumeCheckout>()
        .with_consumer(consumer::CountSales)
        .with_consumer(consumer::IndexProducts)
}
