//! Lists of products as merchants see them.

use std::sync::Arc;

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{Scope, id::ProductId};

use super::{Filter, Product, by_ids, query};

/// What merchants can sort products by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum AdminProductSort {
    /// By name.
    Title,
    /// By kind.
    ProductType,
    /// By maker.
    Vendor,
    /// By the last change.
    UpdatedAt,
    /// By age.
    CreatedAt,
    /// In the order in which they were made.
    #[default]
    Id,
}

/// Which products, and in which order.
#[derive(Debug, Clone)]
pub struct ProductList {
    /// The order.
    pub sort: AdminProductSort,
    /// Only these; all if there is none.
    pub filter: Option<Filter>,
    /// Which page.
    pub page: PageArgs,
}

/// One page of the products.
///
/// # Errors
/// `Forbidden` without `read_products`; refuses cursors of other lists.
pub async fn page(cx: &Cx, list: &ProductList) -> Result<Page<Arc<Product>>> {
    cx.require(Scope::ReadProducts)?;
    let ids = cx.read(async |db| query::page(db, list).await).await?;
    let keys: Vec<ProductId> = ids.items.iter().map(|(_, id)| *id).collect();
    let mut found = by_ids(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}

/// The product with this handle.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<Product>>> {
    cx.require(Scope::ReadProducts)?;
    match cx.read(async |db| query::id_by_handle(db, handle).await).await? {
        Some(id) => Ok(by_ids(cx, &[ProductId(id)]).await?.pop().flatten()),
        None => Ok(None),
    }
}

/// How many products there are.
///
/// # Errors
/// `Forbidden` without `read_products`; `Busy` or `Broken` if the database cannot be read.
pub async fn count(cx: &Cx, filter: Option<&Filter>) -> Result<i64> {
    cx.require(Scope::ReadProducts)?;
    cx.read(async |db| query::count(db, filter).await).await
}
