//! Published collections, as the storefront shows them.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::id::{CollectionId, ProductId};

use super::{Collection, CollectionList, CollectionSortOrder as Order, query};
use crate::live::{Follows, LiveProduct, collections as cached, moment, remembered, with_products};

/// In which order a collection's products are wanted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CollectionProductSort {
    /// What was sold most first.
    BestSelling,
    /// As the collection says.
    #[default]
    CollectionDefault,
    /// As the merchant put them.
    Manual,
    /// By age.
    Created,
    /// In the order in which they were made.
    Id,
    /// By the cheapest variant.
    Price,
    /// By name.
    Title,
}

/// The published ones among `ids`, in the order of `ids`. One statement, none for what is cached.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live(cx: &Cx, ids: &[CollectionId]) -> Result<Vec<Option<Arc<Collection>>>> {
    let mut known: HashMap<CollectionId, Option<Arc<Collection>>> = HashMap::with_capacity(ids.len());
    let mut missing = vec![];
    for id in ids {
        match cached::get(cx, *id).await? {
            Some(found) => drop(known.insert(*id, found)),
            None if missing.contains(id) => {}
            None => missing.push(*id),
        }
    }
    if !missing.is_empty() {
        let stamps = cached::stamps(cx, &missing)?;
        let numbers: Vec<i64> = missing.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::details(db, &numbers).await).await?;
        let mut found: HashMap<CollectionId, Arc<Collection>> = found
            .into_iter()
            .filter(|collection| collection.published_at.is_some())
            .map(|collection| (collection.row.id(), Arc::new(collection)))
            .collect();
        for (id, stamp) in missing.into_iter().zip(stamps) {
            let collection = found.remove(&id);
            cached::keep(cx, id, collection.clone(), stamp).await?;
            known.insert(id, collection);
        }
    }
    Ok(ids.iter().map(|id| known.get(id).cloned().flatten()).collect())
}

/// The published collection with this handle.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live_by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<Collection>>> {
    match *remembered(cx, Follows::Memberships, format!("collection {handle}"), read_by_handle(cx, handle))
        .await?
    {
        Some(id) => Ok(live(cx, &[id]).await?.pop().flatten()),
        None => Ok(None),
    }
}

/// Reads the collection and remembers it, and answers with its id.
async fn read_by_handle(cx: &Cx, handle: &str) -> Result<Option<CollectionId>> {
    let told = cached::told(cx)?;
    let found = cx.read(async |db| query::published_by_handle(db, handle).await).await?.map(Arc::new);
    if let Some(collection) = &found {
        cached::keep_unless_told(cx, collection, told).await?;
    }
    Ok(found.map(|collection| collection.row.id()))
}

/// One page of the published collections.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn live_page(cx: &Cx, list: &CollectionList) -> Result<Page<Arc<Collection>>> {
    let read = cx.read(async |db| query::page(db, list, true).await);
    let ids = remembered(cx, Follows::Memberships, format!("collections {list:?}"), read).await?;
    with_collections(cx, &ids).await
}

/// How many published collections a list has on all its pages. One statement, none if it is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn live_count(cx: &Cx, list: &CollectionList) -> Result<i64> {
    let read = cx.read(async |db| query::published_count(db, list).await);
    let of = (&list.title, &list.handle, list.by_rules);
    Ok(*remembered(cx, Follows::Memberships, format!("number of collections {of:?}"), read).await?)
}

/// How many published collections a published product is in. One statement, none if it is remembered.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn count_of_product(cx: &Cx, product: ProductId) -> Result<i64> {
    let read = cx.read(async |db| query::count_of_product(db, product.0).await);
    Ok(*remembered(cx, Follows::Memberships, format!("number of collections of {product}"), read).await?)
}

/// One page of the published collections a published product is in, by id.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn of_product(cx: &Cx, product: ProductId, args: &PageArgs) -> Result<Page<Arc<Collection>>> {
    let read = cx.read(async |db| query::of_product(db, product.0, args, true).await);
    let ids =
        remembered(cx, Follows::Memberships, format!("collections of {product} {args:?}"), read).await?;
    with_collections(cx, &ids).await
}

/// One page of a collection's published products.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn products(
    cx: &Cx,
    collection: &Collection,
    sort: CollectionProductSort,
    args: &PageArgs,
) -> Result<Page<Arc<LiveProduct>>> {
    let (sort, turned) = resolve(sort, &collection.row.sort_order);
    let args = PageArgs { reverse: args.reverse != turned, ..args.clone() };
    let id = collection.row.id;
    let read = cx.read(async |db| query::products(db, id, sort, &args).await);
    let moment = if sort == CollectionProductSort::BestSelling { moment(cx) } else { 0 };
    let key = format!("products of {id} {sort:?} {args:?} {moment}");
    let ids = remembered(cx, Follows::Listing, key, read).await?;
    with_products(cx, &ids).await
}

/// One page of those of a collection's published products that are among `ids`: the best selling ones first, or in the merchant's order.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if the database cannot be read.
pub async fn products_among(
    cx: &Cx,
    collection: &Collection,
    ids: &[ProductId],
    sort: CollectionProductSort,
    args: &PageArgs,
) -> Result<Page<Arc<LiveProduct>>> {
    let id = collection.row.id;
    let page = cx.read(async |db| query::products_among(db, id, ids, (sort, args)).await).await?;
    with_products(cx, &page).await
}

/// The sort that is meant in this collection, and whether its list is turned round.
pub fn sorted_by(collection: &Collection, sort: CollectionProductSort) -> (CollectionProductSort, bool) {
    resolve(sort, &collection.row.sort_order)
}

/// The column that a sort means, and whether the list is turned round.
fn resolve(sort: CollectionProductSort, order: &str) -> (CollectionProductSort, bool) {
    use CollectionProductSort as Sort;
    match (sort, Order::parse(order)) {
        (Sort::CollectionDefault, Some(Order::AlphaAsc)) => (Sort::Title, false),
        (Sort::CollectionDefault, Some(Order::AlphaDesc)) => (Sort::Title, true),
        (Sort::BestSelling, _) | (Sort::CollectionDefault, Some(Order::BestSelling)) => {
            (Sort::BestSelling, true)
        }
        (Sort::CollectionDefault, Some(Order::PriceAsc)) => (Sort::Price, false),
        (Sort::CollectionDefault, Some(Order::PriceDesc)) => (Sort::Price, true),
        (Sort::CollectionDefault, Some(Order::Created)) => (Sort::Created, false),
        (Sort::CollectionDefault, Some(Order::CreatedDesc)) => (Sort::Created, true),
        (Sort::CollectionDefault, _) => (Sort::Manual, false),
        (other, _) => (other, false),
    }
}

async fn with_collections(cx: &Cx, page: &Page<i64>) -> Result<Page<Arc<Collection>>> {
    let ids: Vec<CollectionId> = page.items.iter().map(|(_, id)| CollectionId(*id)).collect();
    let found = live(cx, &ids).await?;
    let items = page.items.iter().zip(found).filter_map(|((cursor, _), live)| Some((cursor.clone(), live?)));
    Ok(Page { items: items.collect(), has_next: page.has_next, has_previous: page.has_previous })
}

#[cfg(test)]
mod tests {
    use super::{CollectionProductSort as Sort, resolve};

    #[test]
    fn the_collections_own_order_is_the_default() {
        assert_eq!(resolve(Sort::CollectionDefault, "PRICE_DESC"), (Sort::Price, true));
        assert_eq!(resolve(Sort::CollectionDefault, "MANUAL"), (Sort::Manual, false));
        assert_eq!(resolve(Sort::Title, "PRICE_DESC"), (Sort::Title, false));
        assert_eq!(resolve(Sort::BestSelling, "MANUAL"), resolve(Sort::CollectionDefault, "BEST_SELLING"));
    }
}
