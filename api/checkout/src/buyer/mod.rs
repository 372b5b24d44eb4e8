//! The checkout as its buyer sees it: carts, and how they become orders.

mod address;
mod attempt;
mod attribute;
mod bundle;
mod cart;
mod change;
mod completion;
mod customer;
mod delivery;
mod destination;
mod discount;
mod gift_card;
mod line;
mod order;
mod payload;
mod preference;
mod privacy;
mod readiness;
mod selling_plan;
mod submission;

use mcom_kit::Registry;

/// Every record and function of the buyer's face.
pub(crate) fn registry() -> Registry {
    let mut registry = Registry::default();
    cart::register(&mut registry);
    change::register(&mut registry);
    completion::register(&mut registry);
    destination::register(&mut registry);
    privacy::register(&mut registry);
    registry
}
