//! `search`: a page of what was found, its total, and what it can be narrowed down by.

use std::sync::Arc;

use mcom_kit::{
    Asked, Cx, Error, Record, Registry,
    answer::Declined,
    connection::{PageInfo, Paging},
};
use mcom_search::{Order, Query, Scope, Sort};
use mcom_store::settings;
use serde::Deserialize;

use super::{
    choice::{self, Choice},
    facet::{self, Filter},
    find,
};

/// Something that was found.
pub struct ResultEdge {
    cursor: String,
    node: Arc<dyn Record>,
}

mcom_kit::record!(ResultEdge as "SearchResultItemEdge" { "cursor" = cursor, "node" = node });

/// A page of what was found.
pub struct ResultConnection {
    nodes: Vec<Arc<dyn Record>>,
    edges: Vec<ResultEdge>,
    page_info: PageInfo,
    product_filters: Vec<Filter>,
    total_count: i32,
}

mcom_kit::record!(ResultConnection as "SearchResultItemConnection" {
    "edges" = edges,
    "nodes" = nodes,
    "pageInfo" = page_info,
    "productFilters" = product_filters,
    "totalCount" = total_count,
});

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SearchArgs {
    #[serde(flatten)]
    paging: Paging,
    query: String,
    prefix: Option<Prefix>,
    product_filters: Option<Vec<Choice>>,
    sort_key: Option<SortKey>,
    types: Option<Vec<Type>>,
    unavailable_products: Option<Unavailable>,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Prefix {
    Last,
    None,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SortKey {
    Price,
    #[default]
    Relevance,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Type {
    Article,
    Page,
    Product,
}

/// What becomes of products that cannot be bought.
#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Unavailable {
    Hide,
    #[default]
    Last,
    Show,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("search", search);
}

async fn search(cx: &Cx, asked: Asked<SearchArgs>) -> Result<ResultConnection, Declined> {
    let wants_filters = asked.selection.has("productFilters");
    let args = asked.args;
    let page = args.paging.page().map_err(Error::from)?;
    if args.types.as_ref().is_some_and(|types| !types.contains(&Type::Product)) {
        return Ok(ResultConnection::empty());
    }
    let (sort, order) = match args.sort_key.unwrap_or_default() {
        SortKey::Price => (Sort::Price, "PRICE"),
        SortKey::Relevance => (Sort::Relevance, "RELEVANCE"),
    };
    let currency = settings::get(cx).await?.currency;
    let unavailable = args.unavailable_products.unwrap_or_default();
    let query = Query {
        text: find::typed(cx, &args.query, args.prefix != Some(Prefix::None)).await?,
        scope: Scope { collection: None, available_only: unavailable == Unavailable::Hide },
        filters: choice::filters(args.product_filters, currency)?,
        facets: wants_filters,
        order: Order { sort, reverse: page.reverse, unavailable_last: unavailable == Unavailable::Last },
        page: find::place(&page, order)?,
    };
    let hits = find::ask(cx, &query).await?;
    let tracking = |index: usize| Some(tracking(&args.query, index).into());
    let found = find::page_of(cx, &hits, &page, order, tracking).await?;
    let page_info = PageInfo::of(&found);
    let node = |product: &Arc<crate::product::Product>| product.clone() as Arc<dyn Record>;
    Ok(ResultConnection {
        nodes: found.items.iter().map(|(_, product)| node(product)).collect(),
        edges: found
            .items
            .iter()
            .map(|(cursor, product)| ResultEdge { cursor: cursor.clone(), node: node(product) })
            .collect(),
        page_info,
        product_filters: hits.facets.map(|facets| facet::shown(&facets, currency)).unwrap_or_default(),
        total_count: i32::try_from(hits.total).unwrap_or(i32::MAX),
    })
}

impl ResultConnection {
    fn empty() -> Self {
        let page_info =
            PageInfo { has_next_page: false, has_previous_page: false, start_cursor: None, end_cursor: None };
        ResultConnection { nodes: vec![], edges: vec![], page_info, product_filters: vec![], total_count: 0 }
    }
}

/// What links to a result carry: its place on the page, and what was typed.
fn tracking(typed: &str, index: usize) -> String {
    let mut tracking = format!("_pos={}&_psq=", index + 1);
    for byte in typed.bytes() {
        if byte.is_ascii_alphanumeric() {
            tracking.push(char::from(byte));
        } else {
            tracking.push_str(&format!("%{byte:02X}"));
        }
    }
    tracking.push_str("&_ss=e&_v=1.0");
    tracking
}

#[cfg(test)]
mod tests {
    use super::tracking;

    #[test]
    fn links_carry_what_was_typed() {
        assert_eq!(tracking("té a", 0), "_pos=1&_psq=t%C3%A9%20a&_ss=e&_v=1.0");
    }
}
