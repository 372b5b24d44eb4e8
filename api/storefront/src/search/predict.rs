//! `predictiveSearch`: products, collections, texts and words for what is still being typed.

use std::sync::Arc;

use mcom_catalog::{
    LiveProduct,
    collections::{self, CollectionList},
    products,
};
use mcom_kit::{Cx, Error, Fault, Registry, answer::Declined, connection::PageArgs};
use mcom_schema::id::ProductId;
use mcom_search::{Hits, Order, Query, Scope, Search, Sort, Tally, Text, matches};
use serde::Deserialize;

use super::{
    fields::{Field, Fields},
    find,
    result::Unavailable,
    texts::{self, Kinds, Written},
    tracking,
};
use crate::{
    collection::{self, Collection},
    content::{Article, Page},
    product::Product,
};

/// How much may be suggested.
const MOST: i64 = 10;
/// So many products are looked at where fields are named.
const LOOKED_AT: usize = 100;

/// What may be meant.
#[derive(Default)]
pub struct Predicted {
    products: Vec<Arc<Product>>,
    collections: Vec<Arc<Collection>>,
    pages: Vec<Arc<Page>>,
    articles: Vec<Arc<Article>>,
    queries: Vec<Suggestion>,
}

mcom_kit::record!(Predicted as "PredictiveSearchResult" {
    "articles" = articles,
    "collections" = collections,
    "pages" = pages,
    "products" = products,
    "queries" = queries,
});

/// How what was typed could go on.
pub struct Suggestion {
    text: String,
    styled: String,
    tracking: String,
}

mcom_kit::record!(Suggestion as "SearchQuerySuggestion" {
    "styledText" = styled,
    "text" = text,
    "trackingParameters" = tracking,
});

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PredictArgs {
    limit: Option<i64>,
    limit_scope: Option<LimitScope>,
    query: String,
    searchable_fields: Option<Fields>,
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
    let mut room = Room::of(&args, usize::try_from(limit).unwrap_or_default());
    let fields = args.searchable_fields.as_ref();
    let mut predicted = Predicted::default();
    if let Some(most) = room.next(Type::Query) {
        predicted.queries = room.take(suggestions(cx, &text, most).await?);
    }
    if let Some(most) = room.next(Type::Collection)
        && fields.is_none_or(|fields| fields.have(Field::Title))
    {
        predicted.collections = room.take(named(cx, &args.query, most).await?);
    }
    for kind in [Type::Page, Type::Article] {
        let Some(most) = room.next(kind) else { continue };
        let kinds = Kinds { pages: kind == Type::Page, articles: kind == Type::Article };
        predicted.write(room.take(texts::suggested(cx, &text, kinds, (fields, most)).await?), &args.query);
    }
    if let Some(most) = room.next(Type::Product) {
        let unavailable = args.unavailable_products.unwrap_or_default();
        let wanted = Suggested { unavailable, fields, most, typed: &args.query };
        predicted.products = products(cx, text, wanted).await?;
    }
    Ok(Some(predicted))
}

/// How much may still be suggested. Products come last and take what is left.
struct Room {
    left: usize,
    each: bool,
    kinds: Vec<Type>,
}

impl Room {
    fn of(args: &PredictArgs, limit: usize) -> Self {
        let all = [Type::Query, Type::Collection, Type::Page, Type::Article, Type::Product];
        let wanted = |kind: &Type| args.types.as_ref().is_none_or(|types| types.contains(kind));
        let each = args.limit_scope == Some(LimitScope::Each);
        Room { left: limit, each, kinds: all.into_iter().filter(wanted).collect() }
    }

    /// How many of this kind: half of what is left while others follow, of texts a quarter; none if it is not wanted.
    fn next(&mut self, kind: Type) -> Option<usize> {
        self.kinds.contains(&kind).then_some(())?;
        let is_last = self.kinds.last() == Some(&kind);
        let part = if matches!(kind, Type::Page | Type::Article) { 4 } else { 2 };
        Some(if self.each || is_last { self.left } else { self.left.div_ceil(part) })
    }

    fn take<T>(&mut self, found: Vec<T>) -> Vec<T> {
        if !self.each {
            self.left = self.left.saturating_sub(found.len());
        }
        found
    }
}

impl Predicted {
    fn write(&mut self, found: Vec<Written>, typed: &str) {
        for (index, text) in found.into_iter().enumerate() {
            let tracking = Some(tracking::of_suggestion(typed, index));
            match text {
                Written::Page(it) => self.pages.push(Page::found(it, tracking)),
                Written::Article(it) => self.articles.push(Article::found(it, tracking)),
            }
        }
    }
}

/// Which products are suggested.
struct Suggested<'a> {
    unavailable: Unavailable,
    fields: Option<&'a Fields>,
    most: usize,
    typed: &'a str,
}

async fn products(cx: &Cx, text: Text, wanted: Suggested<'_>) -> Result<Vec<Arc<Product>>, Declined> {
    let most = if wanted.fields.is_some() { LOOKED_AT } else { wanted.most };
    let args = PageArgs::first(i64::try_from(most).unwrap_or_default());
    let query = Query {
        text: Some(text.clone()),
        scope: Scope { collection: None, available_only: wanted.unavailable == Unavailable::Hide },
        filters: vec![],
        facets: false,
        order: Order {
            sort: Sort::Relevance,
            reverse: false,
            unavailable_last: wanted.unavailable == Unavailable::Last,
        },
        page: find::place(&args, "RELEVANCE")?,
    };
    let mut hits = find::ask(cx, &query).await?;
    if let Some(fields) = wanted.fields {
        keep_meant(cx, &mut hits, (fields, &text)).await?;
        hits.hits.truncate(wanted.most);
    }
    let tracking = |index: usize| Some(tracking::of_suggestion(wanted.typed, index));
    let page = find::page_of(cx, &hits, &args, "RELEVANCE", tracking).await?;
    Ok(page.items.into_iter().map(|(_, product)| product).collect())
}

/// Keeps the products in whose fields it stands. The engine does not tell fields apart, so the best that it finds are looked at.
async fn keep_meant(cx: &Cx, hits: &mut Hits, (fields, text): (&Fields, &Text)) -> Result<(), Error> {
    let ids: Vec<ProductId> = hits.hits.iter().map(|hit| hit.id).collect();
    let live = products::live(cx, &ids).await?;
    let is_meant =
        |live: &Arc<LiveProduct>| matches(&fields.of_product(&live.document, &text.language), text);
    let meant: Vec<ProductId> =
        live.iter().flatten().filter(|live| is_meant(live)).map(|live| live.document.id).collect();
    hits.hits.retain(|hit| meant.contains(&hit.id));
    Ok(())
}

async fn named(cx: &Cx, typed: &str, most: usize) -> Result<Vec<Arc<Collection>>, Error> {
    let page = PageArgs::first(i64::try_from(most).unwrap_or_default());
    let list = CollectionList { title: Some(typed.trim().to_owned()), ..CollectionList::all(page) };
    let found = collections::live_page(cx, &list).await?;
    let found = found.items.into_iter().map(|(_, it)| Some(it)).collect();
    let found = collection::translated(cx, found).await?.into_iter().flatten();
    let shown = |(index, it)| Collection::found(it, Some(tracking::of_suggestion(typed, index)));
    Ok(found.enumerate().map(shown).collect())
}

async fn suggestions(cx: &Cx, text: &Text, most: usize) -> Result<Vec<Suggestion>, Declined> {
    let engine = cx.shared::<Search>()?;
    let found = mcom_search::suggestions(&*engine, cx.tenant().store(), text, most).await;
    let found = found.map_err(|error| find::away(cx, &error))?;
    let typed = mcom_search::analysis::words(&text.words).join(" ");
    let suggestion = |(index, suggested): (usize, Tally)| Suggestion {
        styled: styled(&suggested.value, &typed),
        tracking: tracking::of_suggestion(&text.words, index).to_string(),
        text: suggested.value,
    };
    Ok(found.into_iter().enumerate().map(suggestion).collect())
}

/// The text with what was typed of it marked, where a word begins with it. Both are made of letters, digits and spaces, which mean
/// nothing in HTML.
fn styled(text: &str, typed: &str) -> String {
    let begins_word = |place: usize| place == 0 || text[..place].ends_with(' ');
    let place = text.match_indices(typed).map(|(place, _)| place).find(|place| begins_word(*place));
    let plain = |part: &str| if part.is_empty() { String::new() } else { format!("<span>{part}</span>") };
    match place {
        Some(place) => {
            let (before, rest) = (&text[..place], &text[place + typed.len()..]);
            format!("{}<mark>{typed}</mark>{}", plain(before), plain(rest))
        }
        None => plain(text),
    }
}

#[cfg(test)]
mod tests {
    use super::styled;

    #[test]
    fn what_was_typed_is_marked_where_a_word_begins_with_it() {
        assert_eq!(styled("blue teapot", "blue te"), "<mark>blue te</mark><span>apot</span>");
        assert_eq!(styled("mug", "mug"), "<mark>mug</mark>");
        assert_eq!(styled("theme hem", "hem"), "<span>theme </span><mark>hem</mark>");
        assert_eq!(styled("harbour hem", "hem harb"), "<span>harbour hem</span>");
    }
}
