//! Collections as merchants see them.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Result,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{CollectionId, ProductId},
};

use super::{
    RuleSet,
    load::{MembersCount, Membership},
    query,
    row::CollectionRow,
};
use crate::products::{self, Product};

/// A collection with what belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub struct Collection {
    /// Its own columns.
    pub row: CollectionRow,
    /// The body without markup.
    pub description: String,
    /// Which products fill it by themselves; none if it is filled by hand.
    pub rule_set: Option<RuleSet>,
    /// When it came on the online store, if it is there.
    pub published_at: Option<DateTime<Utc>>,
}

/// What collections can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CollectionSort {
    /// By name.
    Title,
    /// By the last change.
    UpdatedAt,
    /// In the order in which they were made.
    #[default]
    Id,
}

/// Which collections, and in which order.
#[derive(Debug, Clone)]
pub struct CollectionList {
    /// The order.
    pub sort: CollectionSort,
    /// Only those whose name contains this, case and accents disregarded.
    pub title: Option<String>,
    /// Only those filled by rules, or only those filled by hand.
    pub by_rules: Option<bool>,
    /// Only those with this address.
    pub handle: Option<String>,
    /// Which page.
    pub page: PageArgs,
}

impl CollectionList {
    /// All of them, by id.
    pub fn all(page: PageArgs) -> Self {
        CollectionList { sort: CollectionSort::Id, title: None, by_rules: None, handle: None, page }
    }
}

/// Collections by id, for whatever hangs off a list: `cx.load::<collections::ById>(id)`.
pub struct ById;

impl Batch for ById {
    type Key = CollectionId;
    type Value = Arc<Collection>;

    async fn load(cx: &Cx, keys: Vec<CollectionId>) -> Result<HashMap<CollectionId, Arc<Collection>>> {
        cx.require(Scope::ReadProducts)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::details(db, &ids).await).await?;
        Ok(found.into_iter().map(|collection| (collection.row.id(), Arc::new(collection))).collect())
    }
}

/// The collections there are among `ids`, in the order of `ids`.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[CollectionId]) -> Result<Vec<Option<Arc<Collection>>>> {
    let mut found = ById::load(cx, ids.to_vec()).await?;
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// The collection with this handle.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<Collection>>> {
    cx.require(Scope::ReadProducts)?;
    match cx.read(async |db| query::id_by_handle(db, handle).await).await? {
        Some(id) => Ok(by_ids(cx, &[CollectionId(id)]).await?.pop().flatten()),
        None => Ok(None),
    }
}

/// One page of the collections.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn page(cx: &Cx, list: &CollectionList) -> Result<Page<Arc<Collection>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::page(db, list, false).await).await?;
    with_details(cx, ids).await
}

/// One page of the collections a product is in, by id.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn of_product_admin(cx: &Cx, product: ProductId, args: &PageArgs) -> Result<Page<Arc<Collection>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::of_product(db, product.0, args, false).await).await?;
    with_details(cx, ids).await
}

/// One page of a collection's products, published or not, in the order in which they were put in.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn products_admin(
    cx: &Cx,
    collection: CollectionId,
    args: &PageArgs,
) -> Result<Page<Arc<Product>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::members(db, collection.0, args).await).await?;
    let keys: Vec<ProductId> = ids.items.iter().map(|(_, id)| ProductId(*id)).collect();
    let mut found = products::by_ids(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}

/// How many products a collection has, published or not.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn products_count(cx: &Cx, collection: CollectionId) -> Result<i64> {
    Ok(cx.load::<MembersCount>(collection).await?.unwrap_or_default())
}

/// Whether a product is in a collection.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn has_product(cx: &Cx, collection: CollectionId, product: ProductId) -> Result<bool> {
    Ok(cx.load::<Membership>((collection, product)).await?.is_some())
}

/// How many collections there are.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn count(cx: &Cx) -> Result<i64> {
    cx.require(Scope::ReadProducts)?;
    cx.read(async |db| query::count(db).await).await
}

async fn with_details(cx: &Cx, ids: Page<i64>) -> Result<Page<Arc<Collection>>> {
    let keys: Vec<CollectionId> = ids.items.iter().map(|(_, id)| CollectionId(*id)).collect();
    let mut found = by_ids(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}
