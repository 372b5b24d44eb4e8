//! The sitemap of texts: published pages, blogs and articles, and metaobjects that have pages.

mod query;

use std::sync::Arc;

use mcom_data::{
    Cx, Result,
    sitemap::{SitemapPage, SitemapPages},
};

use crate::content::remembered;
pub use query::MetaobjectEntry;

/// What is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// Published pages.
    Pages,
    /// Blogs.
    Blogs,
    /// Published articles. Their handles begin with their blog's, without which they lead nowhere.
    Articles,
}

/// Where the pages begin. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn pages(cx: &Cx, written: Written) -> Result<Arc<SitemapPages>> {
    let now = cx.now();
    let read = cx.read(async |db| query::pages(db, written, now).await);
    remembered(cx, format!("sitemap of {written:?}"), read).await
}

/// A page of metaobjects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MetaobjectsPage {
    /// What is on it.
    pub entries: Vec<MetaobjectEntry>,
    /// Whether there is another one.
    pub has_next: bool,
}

/// Where the pages of metaobjects begin. One statement, none for what is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn metaobject_pages(cx: &Cx) -> Result<Arc<SitemapPages>> {
    let read = cx.read(async |db| query::metaobject_pages(db).await);
    remembered(cx, "sitemap of metaobjects".to_owned(), read).await
}

/// The page of metaobjects with this number, from 1; `None` below. Two statements.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn metaobjects(cx: &Cx, number: i64) -> Result<Option<MetaobjectsPage>> {
    let pages = metaobject_pages(cx).await?;
    let Some(ids) = pages.ids(number) else { return Ok(None) };
    let entries = cx.read(async |db| query::metaobjects(db, &ids).await).await?;
    Ok(Some(MetaobjectsPage { entries, has_next: pages.has_next(number) }))
}

/// The page of pages, blogs or articles with this number, from 1; `None` below. Two statements.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn page(cx: &Cx, written: Written, number: i64) -> Result<Option<SitemapPage>> {
    let (pages, now) = (pages(cx, written).await?, cx.now());
    let Some(ids) = pages.ids(number) else { return Ok(None) };
    let entries = cx.read(async |db| query::entries(db, written, &ids, now).await).await?;
    Ok(Some(SitemapPage { entries, has_next: pages.has_next(number) }))
}
