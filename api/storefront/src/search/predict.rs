//! `predictiveSearch`: products, collections and words for what is still being typed.

use std::sync::Arc;

use mcom_catalog::collections::{self, CollectionList};
use mcom_kit::{Cx, Error, Fault, Registry, answer::Declined, connection::PageArgs};
use mcom_search::{Order, Query, Scope, Search, SearchEngine, Sort, Text};
use serde::Deserialize;

use super::{find, result::Unavailable};
use crate::{collection::Collection, product::Product};

/// How much may be suggested.
const MOST: i64 = 10;

/// What may be meant.
#[derive(Default)]
pub struct Predicted {
    products: Vec<Arc<Product>>,
    collections: Vec<Arc<Collection>>,
    queries: Vec<Suggestion>,
}

mcom_kit::record!(Predicted as "PredictiveSearchResult" {
    "collections" = collections,
    "products" = products,
    "queries" = queries,
});

/// How what was typed could go on.
pub struct Suggestion {
    text: String,
    styled: String,
}

mcom_kit::record!(Suggestion as "SearchQuerySuggestion" { "styledText" = styled, "text" = text });

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PredictArgs {
    limit: Option<i64>,
    limit_scope: Option<LimitScope>,
    query: String,
    types: Option<Vec<Type>>,
    unavailable_products: Option<Unavailable>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum LimitScope {
    #[default]
    All,
    Each,
}

#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Type {
    Article,
    Collection,
    Page,
    Product,
    Query,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("predictiveSearch", predict);
}

async fn predict(cx: &Cx, args: PredictArgs) -> Result<Option<Predicted>, Declined> {
    let limit = args.limit.unwrap_or(MOST);
    if !(1..=MOST).contains(&limit) {
        return Err(Fault::arguments(format!("limit must be within 1..{MOST}")).into());
    }
    let Some(text) = find::typed(cx, &args.query, true).await? else { return Ok(Some(Predicted::default())) };
    let wants = |kind: Type| args.types.as_ref().is_none_or(|types| types.contains(&kind));
    let left = |taken: usize| {
        let all = usize::try_from(limit).unwrap_or_default();
        if args.limit_scope == Some(LimitScope::Each) { all } else { all.saturating_sub(taken) }
    };
    let mut predicted = Predicted::default();
    if wants(Type::Query) {
        predicted.queries = completions(cx, &text, left(0).div_ceil(2)).await?;
    }
    if wants(Type::Collection) {
        let most = left(predicted.queries.len()).div_ceil(2);
        predicted.collections = named(cx, &args.query, most).await?;
    }
    if wants(Type::Product) {
        let most = left(predicted.queries.len() + predicted.collections.len());
        predicted.products = products(cx, text, args.unavailable_products.unwrap_or_default(), most).await?;
    }
    Ok(Some(predicted))
}

async fn products(
    cx: &Cx,
    text: Text,
    unavailable: Unavailable,
    most: usize,
) -> Result<Vec<Arc<Product>>, Declined> {
    let args = PageArgs::first(i64::try_from(most).unwrap_or_default());
    let query = Query {
        text: Some(text),
        scope: Scope { collection: None, available_only: unavailable == Unavailable::Hide },
        filters: vec![],
        facets: false,
        order: Order {
            sort: Sort::Relevance,
            reverse: false,
            unavailable_last: unavailable == Unavailable::Last,
        },
        page: find::place(&args, "RELEVANCE")?,
    };
    let hits = find::ask(cx, &query).await?;
    let page = find::page_of(cx, &hits, &args, "RELEVANCE", |_| None).await?;
    Ok(page.items.into_iter().map(|(_, product)| product).collect())
}

async fn named(cx: &Cx, typed: &str, most: usize) -> Result<Vec<Arc<Collection>>, Error> {
    let page = PageArgs::first(i64::try_from(most).unwrap_or_default());
    let list = CollectionList { title: Some(typed.trim().to_owned()), ..CollectionList::all(page) };
    let found = collections::live_page(cx, &list).await?;
    Ok(found.items.into_iter().map(|(_, collection)| Collection::of(collection)).collect())
}

async fn completions(cx: &Cx, text: &Text, most: usize) -> Result<Vec<Suggestion>, Declined> {
    let engine = cx.shared::<Search>()?;
    let found = engine.completions(cx.tenant().store(), text, most).await;
    let found = found.map_err(|error| find::away(cx, &error))?;
    let typed = mcom_search::analysis::words(&text.words).join(" ");
    Ok(found.into_iter().map(|text| Suggestion { styled: styled(&text, &typed), text }).collect())
}

/// The text with what was typed of it marked. Both are made of letters, digits and spaces, which mean nothing in HTML.
fn styled(text: &str, typed: &str) -> String {
    match text.strip_prefix(typed) {
        Some("") => format!("<mark>{typed}</mark>"),
        Some(rest) => format!("<mark>{typed}</mark><span>{rest}</span>"),
        None => format!("<span>{text}</span>"),
    }
}

#[cfg(test)]
mod tests {
    use super::styled;

    #[test]
    fn what_was_typed_is_marked() {
        assert_eq!(styled("blue teapot", "blue te"), "<mark>blue te</mark><span>apot</span>");
        assert_eq!(styled("mug", "mug"), "<mark>mug</mark>");
    }
}
