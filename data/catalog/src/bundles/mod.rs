//! Bundles: variants that are sold as so many pieces of others. They have no stock of their own, but as much as their scarcest component allows.

mod change;
mod details;
pub(crate) mod query;
mod rule;
mod supply;

pub use change::update;
pub use details::{Bundle, BundlesWith, all};
pub use rule::{BundleUpdate, MOST_COMPONENTS};
pub use supply::{Bundles, Component, Consists};
pub(crate) use supply::{Part, parts_of, supply};
