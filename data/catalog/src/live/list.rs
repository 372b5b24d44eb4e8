//! Lists of published products: pages of ids, remembered until something changes that they are made by.

use std::{any::Any, sync::Arc};

use mcom_data::{
    Cx, Error, Result,
    page::{Page, PageArgs},
};
use mcom_schema::id::ProductId;

use super::{Cache, LiveProduct, by_ids, cache::List, change::Follows, query};
use crate::products::Filter;

/// What the storefront's products can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProductSort {
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
    /// What was sold most first.
    BestSelling,
    /// By the cheapest variant.
    Price,
    /// In the order in which they were made.
    #[default]
    Id,
}

/// Which published products, and in which order.
#[derive(Debug, Clone)]
pub struct ListQuery {
    /// The order.
    pub sort: ProductSort,
    /// Only these; all if there is none.
    pub filter: Option<Filter>,
    /// Which page.
    pub page: PageArgs,
}

impl ListQuery {
    /// A filter may name what there is in stock, or the time of the last change.
    fn follows(&self) -> Follows {
        match (self.sort, &self.filter) {
            (ProductSort::UpdatedAt, _) | (_, Some(_)) => Follows::Everything,
            _ => Follows::Listing,
        }
    }
}

/// One page of the published products. At most three statements, none if page and products are cached.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn page(cx: &Cx, list: &ListQuery) -> Result<Page<Arc<LiveProduct>>> {
    let read = cx.read(async |db| query::page(db, list).await);
    let key = match list.sort {
        ProductSort::BestSelling => format!("products {list:?} {}", moment(cx)),
        _ => format!("products {list:?}"),
    };
    let ids = remembered(cx, list.follows(), key, read).await?;
    with_products(cx, &ids).await
}

/// Sales are not told to those who remember lists: each would make all of them stale. What follows sales is read anew every ten minutes
/// instead, by having this in its key.
pub(crate) fn moment(cx: &Cx) -> i64 {
    cx.now().timestamp() / 600
}

/// The products of a page of ids; those that are gone since are left out.
pub(crate) async fn with_products(cx: &Cx, page: &Page<ProductId>) -> Result<Page<Arc<LiveProduct>>> {
    let ids: Vec<ProductId> = page.items.iter().map(|(_, id)| *id).collect();
    let live = by_ids(cx, &ids).await?;
    let items = page.items.iter().zip(live).filter_map(|((cursor, _), live)| Some((cursor.clone(), live?)));
    Ok(Page { items: items.collect(), has_next: page.has_next, has_previous: page.has_previous })
}

/// What `read` finds, or what it found when it was last polled under the same key, if nothing changed since of what it follows.
pub(crate) async fn remembered<T: Any + Send + Sync>(
    cx: &Cx,
    follows: Follows,
    key: String,
    read: impl Future<Output = Result<T>>,
) -> Result<Arc<T>> {
    let cache = cx.shared::<Cache>()?;
    let tenant = cx.tenant().id();
    let stamp = cache.store_stamp(tenant, follows);
    if let Some(known) = cache.list(tenant, &key, stamp) {
        return Ok(known);
    }
    let load = async {
        // Somebody may have landed with it since it was looked for.
        if let Some(known) = cache.list::<T>(tenant, &key, stamp) {
            return Ok::<List, Error>(known);
        }
        let found: List = Arc::new(read.await?);
        cache.keep_list(tenant, key.clone(), found.clone(), stamp);
        Ok(found)
    };
    let found = cache.loads.lists.once(cx, (tenant, key.clone(), stamp), load).await?;
    found.downcast().map_err(|_| Error::bug(format!("two kinds of lists are called «{key}»")))
}
