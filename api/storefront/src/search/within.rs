//! A collection's products, narrowed down by choices, and what they can be narrowed down by.

use mcom_catalog::collections::{self, Collection, CollectionProductSort as CollectionSort};
use mcom_kit::{Cx, answer::Declined, connection::PageArgs};
use mcom_schema::id::ProductId;
use mcom_search::{Facets, Filter, Hits, Order, Page as Part, Query, Scope, Sort};
use mcom_store::markets::Localization;

use super::{facet, find};
use crate::product::{self, ProductConnection};

/// How many products can be put into an order of the tables after they were narrowed down: engines know nothing of it.
const MOST_BY_HAND: usize = 10_000;

/// What is wanted of a collection's products.
pub(crate) struct Wanted {
    /// In which order.
    pub(crate) sort: CollectionSort,
    /// Which page.
    pub(crate) page: PageArgs,
    /// What was chosen.
    pub(crate) filters: Vec<Filter>,
    /// Whether somebody asks for facets.
    pub(crate) facets: bool,
}

/// A page of the collection's products. The engine is asked only for what the tables cannot tell: choices and facets.
pub(crate) async fn products(
    cx: &Cx,
    collection: &Collection,
    wanted: Wanted,
) -> Result<ProductConnection, Declined> {
    let (mut connection, facets) = if wanted.filters.is_empty() {
        let page = collections::products(cx, collection, wanted.sort, &wanted.page).await?;
        let facets = if wanted.facets { everything(cx, collection).await?.facets } else { None };
        (product::connection(cx, page).await?, facets)
    } else {
        narrowed(cx, collection, wanted).await?
    };
    if let Some(facets) = facets {
        connection.filters = facet::shown(cx, &facets, &Localization::of(cx).await?.market.exchange).await?;
    }
    Ok(connection)
}

async fn narrowed(
    cx: &Cx,
    collection: &Collection,
    wanted: Wanted,
) -> Result<(ProductConnection, Option<Facets>), Declined> {
    let (sort, turned) = collections::sorted_by(collection, wanted.sort);
    let args = PageArgs { reverse: wanted.page.reverse != turned, ..wanted.page };
    let (by, order) = match sort {
        CollectionSort::Created => (Sort::CreatedAt, "CREATED"),
        CollectionSort::Id => (Sort::Id, "ID"),
        CollectionSort::Price => (Sort::Price, "PRICE"),
        CollectionSort::Title => (Sort::Title, "TITLE"),
        // The position is not in the index: a collection may be put in order without a word to its products.
        // Neither is how much was sold.
        _ => return by_hand(cx, (collection, sort), &args, wanted.filters, wanted.facets).await,
    };
    let query = Query {
        filters: wanted.filters,
        facets: wanted.facets,
        order: Order { sort: by, reverse: args.reverse, unavailable_last: false },
        page: find::place(&args, order)?,
        ..all(collection)
    };
    let hits = find::ask(cx, &query).await?;
    let page = find::page_of(cx, &hits, &args, order, |_| None).await?;
    Ok((ProductConnection::of(page), hits.facets))
}

async fn by_hand(
    cx: &Cx,
    (collection, sort): (&Collection, CollectionSort),
    args: &PageArgs,
    filters: Vec<Filter>,
    facets: bool,
) -> Result<(ProductConnection, Option<Facets>), Declined> {
    let page = Part { size: MOST_BY_HAND - 1, ..Part::default() };
    let order = Order { sort: Sort::Id, ..Order::default() };
    let hits = find::ask(cx, &Query { filters, facets, order, page, ..all(collection) }).await?;
    let ids: Vec<ProductId> = hits.hits.iter().map(|hit| hit.id).collect();
    let page = collections::products_among(cx, collection, &ids, sort, args).await?;
    Ok((product::connection(cx, page).await?, hits.facets))
}

async fn everything(cx: &Cx, collection: &Collection) -> Result<Hits, Declined> {
    find::ask(cx, &Query { facets: true, ..all(collection) }).await
}

/// All products of the collection, and none of them on the page.
fn all(collection: &Collection) -> Query {
    Query {
        text: None,
        scope: Scope { collection: Some(collection.row.id()), available_only: false },
        filters: vec![],
        facets: false,
        order: Order::default(),
        page: Part::default(),
    }
}
