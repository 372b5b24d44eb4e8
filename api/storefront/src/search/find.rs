//! Asking the engine, and from its answer to a page of products.

use std::sync::Arc;

use mcom_catalog::products;
use mcom_kit::{
    Cx, Error, Fault,
    answer::Declined,
    connection::{Page, PageArgs, Position},
};
use mcom_schema::id::ProductId;
use mcom_search::{Hits, Key, Page as Part, Place, Query, Search, SearchEngine, Synonyms, Text, Unavailable};
use mcom_store::settings;

use crate::product::{Product, Seen, seen};

/// A name that cursors of searches carry, so that they are refused in other lists.
const LIST: &str = "SEARCH";

/// What was typed, read as the store reads it; none if there is nothing in it.
pub(super) async fn typed(cx: &Cx, words: &str, prefix: bool) -> Result<Option<Text>, Error> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    let settings = settings::get(cx).await?;
    let synonyms = Arc::new(Synonyms::new(settings.synonyms.clone()));
    Ok(Some(Text { words: words.to_owned(), language: settings.language.clone(), prefix, synonyms }))
}

/// Asks the engine.
pub(crate) async fn ask(cx: &Cx, query: &Query) -> Result<Hits, Declined> {
    let engine = cx.shared::<Search>()?;
    engine.search(cx.tenant().store(), query).await.map_err(|error| away(cx, &error))
}

/// The engine cannot be asked: told to the client without the cause.
pub(super) fn away(cx: &Cx, error: &Unavailable) -> Declined {
    tracing::warn!(request.id = %cx.request(), %error, "a search was not answered");
    let message = "Search is not available at the moment, please try again";
    Fault::new("SERVICE_UNAVAILABLE", message).with("retryable", true).into()
}

/// The part of the result that a page's arguments mean, for the order whose name is `order`.
pub(crate) fn place(args: &PageArgs, order: &str) -> Result<Part, Error> {
    let position = args.position::<(bool, Key)>(&format!("{LIST} {order}")).map_err(Error::from)?;
    let from = position.map(|at| Place { available: at.key.0, key: at.key.1, id: at.id });
    Ok(Part { size: usize::try_from(args.count).unwrap_or_default(), from, backward: args.backward })
}

/// The text that stands for a place in the order whose name is `order`.
pub(crate) fn cursor(place: &Place, order: &str) -> String {
    let position = Position { id: place.id, key: (place.available, place.key.clone()) };
    position.cursor(&format!("{LIST} {order}"))
}

/// The products of a result, from the projection. What was unpublished since the engine heard of it is left out.
pub(crate) async fn page_of(
    cx: &Cx,
    hits: &Hits,
    args: &PageArgs,
    order: &str,
    tracking: impl Fn(usize) -> Option<Arc<str>>,
) -> Result<Page<Arc<Product>>, Error> {
    let ids: Vec<ProductId> = hits.hits.iter().map(|hit| hit.id).collect();
    let Seen { currency, products: live } = seen(cx, products::live(cx, &ids).await?).await?;
    let item =
        |(index, (hit, live)): (usize, (&mcom_search::Hit, Option<Arc<mcom_catalog::LiveProduct>>))| {
            let product = Product::found(&*live?, currency, tracking(index));
            Some((cursor(&hit.place, order), product))
        };
    let items = hits.hits.iter().zip(live).enumerate().filter_map(item).collect();
    let (there, beyond) = (args.cursor.is_some(), hits.more);
    let (has_next, has_previous) = if args.backward { (there, beyond) } else { (beyond, there) };
    Ok(Page { items, has_next, has_previous })
}
