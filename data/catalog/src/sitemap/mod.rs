//! The sitemap of goods: published products and collections.

mod query;

use std::sync::Arc;

use mcom_data::{
    Cx, Result,
    sitemap::{SitemapPage, SitemapPages},
};

use crate::live::{Follows, remembered};

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// Published products.
    Products,
    /// Published collections.
    Collections,
}

/// Where the pages begin. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn pages(cx: &Cx, listed: Listed) -> Result<Arc<SitemapPages>> {
    let follows = match listed {
        Listed::Products => Follows::Listing,
        Listed::Collections => Follows::Memberships,
    };
    let read = cx.read(async |db| query::pages(db, listed).await);
    remembered(cx, follows, format!("sitemap of {listed:?}"), read).await
}

/// The page with this number, from 1; `None` below. Two statements.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn page(cx: &Cx, listed: Listed, number: i64) -> Result<Option<SitemapPage>> {
    let pages = pages(cx, listed).await?;
    let Some(ids) = pages.ids(number) else { return Ok(None) };
    let entries = cx.read(async |db| query::entries(db, listed, &ids).await).await?;
    Ok(Some(SitemapPage { entries, has_next: pages.has_next(number) }))
}
