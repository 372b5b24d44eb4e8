//! From a cart to a paid order, or back to nothing.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

mod attempts;
mod bundles;
mod discounts;
mod fulfillments;
mod gift_cards;
mod markets;
mod offers;
mod plans;
mod sagas;
mod statements;
mod taxes;
