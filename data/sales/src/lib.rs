//! Selling: carts with discounts, their checkout to a paid order, payments and gift cards, orders, and customers with their accounts.

mod address;
pub mod carts;
pub mod checkout;
mod contact;
pub mod customers;
pub mod discounts;
pub mod gift_cards;
mod mailing;
pub mod orders;
pub mod payments;
mod proof;
pub mod selling_plans;
pub mod statistics;
pub mod taxes;
mod terms;

use mcom_data::ServicesBuilder;

pub use address::Address;
pub use mailing::{Mailing, mailing};

/// Adds what the rooms of this crate share between requests; a process that calls their verbs must be started with it.
#[must_use]
pub fn install(services: ServicesBuilder) -> ServicesBuilder {
    services
        .with(|_| customers::Passwords::default())
        .with(|services| discounts::DiscountCache::new(&services.changes))
        .with(|services| selling_plans::PlanCache::new(&services.changes))
}
