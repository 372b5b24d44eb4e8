//! One file per job, and the list of them.

mod expire_reservations;
mod finish_cancellation;
mod forget_idempotency_keys;
mod refresh_collection;
mod resume_checkout;

use crate::Registry;

/// Every job there is.
pub fn registry() -> Registry {
    Registry::default()
        .with::<expire_reservations::ExpireReservations>()
        .with::<finish_cancellation::FinishCancellation>()
        .with::<forget_idempotency_keys::ForgetIdempotencyKeys>()
        .with::<refresh_collection::RefreshCollection>()
        .with::<resume_checkout::ResumeCheckout>()
}
