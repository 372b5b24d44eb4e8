//! Ids as arguments.

use mcom_kit::Error;
use mcom_schema::{id::OrderId, refuse};
use serde::Deserialize;

/// The one argument of a field that finds something by its id.
#[derive(Debug, Deserialize)]
pub(super) struct IdArgs {
    /// A global id.
    pub id: String,
}

/// The id of an order.
///
/// # Errors
/// Refuses text that is not one.
pub(super) fn order(text: &str) -> Result<OrderId, Error> {
    OrderId::parse(text).ok_or_else(|| refuse("id", "INVALID", format!("Invalid global id '{text}'")).into())
}
