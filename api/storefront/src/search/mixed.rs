//! One list of products from the engine and texts from memory, in one order.

use std::{cmp::Ordering, collections::HashMap, sync::Arc};

use mcom_kit::{
    Cx, Error, Record,
    connection::{Page, PageArgs},
};
use mcom_schema::id::LARGEST;
use mcom_search::{Hits, Page as Part, Place, Query};

use super::{
    find,
    texts::{Found, Written},
};

/// What to ask the engine for: it knows no places of texts, which lie behind those of all products that match as well.
pub(super) fn for_engine(part: &Part) -> Part {
    let from = part.from.clone().map(|place| Place { id: place.id.min(LARGEST), ..place });
    Part { from, ..part.clone() }
}

/// The part of the list that `query` is about, whose products are among `hits`.
pub(super) async fn page(
    cx: &Cx,
    query: &Query,
    (mut hits, texts): (Hits, Vec<Found>),
    (args, order): (&PageArgs, &str),
    tracking: impl Fn(usize) -> Arc<str>,
) -> Result<Page<Arc<dyn Record>>, Error> {
    let (chosen, more) = choose(query, &hits, texts);
    let position = |place: &Place| chosen.iter().position(|(known, _)| known == place);
    hits.hits.retain(|hit| position(&hit.place).is_some());
    hits.more = more;
    let at = |index: usize| Some(tracking(position(&hits.hits.get(index)?.place)?));
    let products = find::page_of(cx, &hits, args, order, at).await?;
    let mut shown: HashMap<String, Arc<dyn Record>> =
        products.items.into_iter().map(|(cursor, product)| (cursor, product as Arc<dyn Record>)).collect();
    for (index, (place, text)) in chosen.iter().enumerate() {
        if let Some(text) = text {
            shown.insert(find::cursor(place, order), text.clone().shown(tracking(index)));
        }
    }
    let item = |(place, _): &(Place, _)| {
        let cursor = find::cursor(place, order);
        let record = shown.remove(&cursor)?;
        Some((cursor, record))
    };
    let (has_next, has_previous) = (products.has_next, products.has_previous);
    Ok(Page { items: chosen.iter().filter_map(item).collect(), has_next, has_previous })
}

/// The places on the page in their order, those of texts with what is there; and whether more follow.
fn choose(query: &Query, hits: &Hits, texts: Vec<Found>) -> (Vec<(Place, Option<Written>)>, bool) {
    let (order, part) = (query.order, &query.page);
    let is_beyond = |place: &Place| {
        let compared = part.from.as_ref().map(|from| order.compare(part.backward, from, place));
        compared.is_none_or(|compared| compared == Ordering::Less)
    };
    let products = hits.hits.iter().map(|hit| (hit.place.clone(), None));
    let texts = texts.into_iter().filter(|text| is_beyond(&text.place));
    let mut all: Vec<_> = products.chain(texts.map(|text| (text.place, Some(text.it)))).collect();
    all.sort_by(|a, b| order.compare(part.backward, &a.0, &b.0));
    let more = hits.more || all.len() > part.size;
    all.truncate(part.size);
    if part.backward {
        all.reverse();
    }
    (all, more)
}
