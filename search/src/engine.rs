//! The trait that every engine implements. The store comes first in every call; no call reaches across stores.

use futures_util::future::BoxFuture;
use mcom_schema::id::{ProductId, StoreId};

use crate::{
    document::Write,
    facet::{Facets, Tally},
    order::Place,
    query::{Query, Text},
};

/// The engine cannot answer now. Nothing was lost: what was to be written can be written again.
#[derive(Debug, Clone, thiserror::Error)]
#[error("search is not available: {0}")]
pub struct Unavailable(pub String);

impl Unavailable {
    /// Says why, for the log.
    pub fn because(why: impl std::fmt::Display) -> Self {
        Unavailable(why.to_string())
    }
}

/// One result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The product.
    pub id: ProductId,
    /// Where it stands in the order that was asked for.
    pub place: Place,
}

/// A part of a result.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hits {
    /// Over all pages.
    pub total: u64,
    /// In the order that was asked for, whichever way was read.
    pub hits: Vec<Hit>,
    /// There are more in the direction that was read.
    pub more: bool,
    /// If they were wanted.
    pub facets: Option<Facets>,
}

/// What an engine has of a product.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The product.
    pub id: i64,
    /// Version of the state it knows.
    pub version: u64,
    /// Of the document it knows, see [`Prepared`](crate::Prepared).
    pub fingerprint: i64,
}

/// Finds products.
pub trait SearchEngine: Send + Sync {
    /// The engine's name for people.
    fn name(&self) -> &'static str;

    /// Makes writes durable and, within a second, searchable. A write whose version is below what is there changes nothing.
    fn apply(&self, store: StoreId, writes: Vec<Write>) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// One part of a result. What was typed is corrected for slips only if nothing matches it as it is.
    fn search<'a>(&'a self, store: StoreId, query: &'a Query) -> BoxFuture<'a, Result<Hits, Unavailable>>;

    /// How what was typed could go on: the last word completed by words of titles it matches, those of most products first.
    fn completions<'a>(
        &'a self,
        store: StoreId,
        text: &'a Text,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Tally>, Unavailable>>;

    /// What the engine has of the products after `after`, by id, `limit` at most. Sees what searches see.
    fn stored(
        &self,
        store: StoreId,
        after: i64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Stored>, Unavailable>>;

    /// Makes everything that was applied searchable at this moment.
    fn refresh(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// Whether a rebuild of this store ever came to its end.
    fn is_built(&self, store: StoreId) -> BoxFuture<'_, Result<bool, Unavailable>>;

    /// Begins a rebuild: from now on writes also go where it is built, and `stored` tells of what is there.
    fn begin_rebuild(&self, store: StoreId, size: u64) -> BoxFuture<'_, Result<(), Unavailable>>;

    /// Ends a rebuild: what was built is what is searched.
    fn finish_rebuild(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>>;
}
