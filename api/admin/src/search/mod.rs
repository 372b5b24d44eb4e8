//! From the `query:` argument of a list to the conditions of the room that answers it.

mod collections;
mod items;
mod products;
mod term;

use chrono::{DateTime, Utc};
use mcom_schema::{Currency, Refusal, refuse};
use mcom_search::syntax::{self, Query};

pub(crate) use collections::collections;
pub(crate) use items::items;
pub(crate) use products::filter as product_filter;

/// What the values of terms are read with.
pub(crate) struct Reading {
    /// What `now` means.
    pub now: DateTime<Utc>,
    /// The currency of amounts.
    pub currency: Currency,
}

/// Reads a query; none if there is nothing in it.
///
/// # Errors
/// Refuses queries that are too large.
pub(crate) fn parse(text: Option<&str>) -> Result<Option<Query>, Refusal> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    syntax::parse(text).map(Some).map_err(|error| refuse("query", "INVALID", error.to_string()))
}
