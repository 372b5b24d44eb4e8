//! From the `query:` argument of a list to the conditions of the room that answers it.

mod collections;
mod items;
mod products;
mod term;
mod variants;

use chrono::{DateTime, Utc};
use mcom_schema::{Currency, Refusal, refuse};
use mcom_search::syntax::{self, Query};

pub(crate) use collections::{collections, remark as collection_remark};
pub(crate) use items::{items, remark as item_remark};
pub(crate) use products::{filter as product_filter, remark as product_remark};
pub(crate) use variants::{remark as variant_remark, variants};

/// What the values of terms are read with.
pub(crate) struct Reading {
    /// What `now` means.
    pub now: DateTime<Utc>,
    /// The currency of amounts.
    pub currency: Currency,
}

/// A query with its text; none if there is nothing in it.
///
/// # Errors
/// Refuses queries that are too large.
pub(crate) fn parse(text: Option<&str>) -> Result<Option<(&str, Query)>, Refusal> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let query = syntax::parse(text).map_err(|error| refuse("query", "INVALID", error.to_string()))?;
    Ok(Some((text, query)))
}
