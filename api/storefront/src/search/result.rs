//! `search`: a page of what was found, its total, and what it can be narrowed down by.

use std::sync::Arc;

use mcom_kit::{
    Asked, Cx, Error, Record, Registry,
    answer::Declined,
    connection::{Page, PageInfo, Paging},
};
use mcom_search::{Hits, Order, Query, Scope, Sort};
use mcom_store::markets::Localization;
use serde::Deserialize;

use super::{
    choice::{self, Choice},
    facet::{self, Filter},
    find, mixed,
    texts::{self, Kinds},
    tracking,
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
    let wants = |kind: Type| args.types.as_ref().is_none_or(|types| types.contains(&kind));
    let (sort, order) = match args.sort_key.unwrap_or_default() {
        SortKey::Price => (Sort::Price, "PRICE"),
        SortKey::Relevance => (Sort::Relevance, "RELEVANCE"),
    };
    let exchange = Localization::of(cx).await?.market.exchange;
    let unavailable = args.unavailable_products.unwrap_or_default();
    let query = Query {
        text: find::typed(cx, &args.query, args.prefix != Some(Prefix::None)).await?,
        scope: Scope { collection: None, available_only: unavailable == Unavailable::Hide },
        filters: choice::filters(args.product_filters, &exchange)?,
        facets: wants_filters,
        order: Order { sort, reverse: page.reverse, unavailable_last: unavailable == Unavailable::Last },
        page: find::place(&page, order)?,
    };
    let mut hits = Hits::default();
    if wants(Type::Product) {
        hits = find::ask(cx, &Query { page: mixed::for_engine(&query.page), ..query.clone() }).await?;
    }
    let kinds = Kinds { pages: wants(Type::Page), articles: wants(Type::Article) };
    let mut texts = vec![];
    if kinds.pages || kinds.articles {
        // Slips in texts are forgiven where no product is meant either.
        texts = texts::find(cx, query.text.as_ref(), (kinds, sort), hits.total == 0).await?;
    }
    let total = hits.total + texts.len() as u64;
    let facets = hits.facets.take();
    let tracking = |index: usize| tracking::of_result(&args.query, index);
    let found = mixed::page(cx, &query, (hits, texts), (&page, order), tracking).await?;
    let filters = match facets {
        Some(facets) => facet::shown(cx, &facets, &exchange).await?,
        None => vec![],
    };
    Ok(ResultConnection::of(&found, filters, total))
}

impl ResultConnection {
    fn of(found: &Page<Arc<dyn Record>>, product_filters: Vec<Filter>, total: u64) -> Self {
        let edge = |(cursor, node): &(String, Arc<dyn Record>)| ResultEdge {
            cursor: cursor.clone(),
            node: node.clone(),
        };
        ResultConnection {
            nodes: found.items.iter().map(|(_, node)| node.clone()).collect(),
            edges: found.items.iter().map(edge).collect(),
            page_info: PageInfo::of(found),
            product_filters,
            total_count: i32::try_from(total).unwrap_or(i32::MAX),
        }
    }
}
