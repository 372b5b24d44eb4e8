//! Random questions: the same sets, counts, facets and orders from every engine, equal to those of the slow one.

use std::sync::Arc;

use mcom_schema::id::{CollectionId, StoreId};
use mcom_search::{Document, Filter, Order, Page, Query, Scope, Sort, Synonyms, Text};

use super::{
    catalog::{ADJECTIVES, COLORS, Dice, MATERIALS, NOUNS, SIZES, TAGS, VENDORS, material, product},
    engines::Engines,
    naive::{Naive, walk},
};

const SORTS: [Sort; 7] =
    [Sort::Relevance, Sort::Title, Sort::Price, Sort::CreatedAt, Sort::UpdatedAt, Sort::Vendor, Sort::Id];

fn question(dice: &mut Dice) -> Query {
    let words: Vec<&str> = (0..dice.roll(3))
        .map(|_| if dice.roll(2) == 0 { dice.pick(NOUNS) } else { dice.pick(ADJECTIVES) })
        .collect();
    let text = (!words.is_empty()).then(|| typed(&words.join(" ")));
    let filters = (0..dice.roll(4)).map(|_| filter(dice)).collect();
    Query {
        text,
        scope: Scope {
            collection: (dice.roll(4) == 0).then_some(CollectionId(1)),
            available_only: dice.roll(4) == 0,
        },
        filters,
        facets: true,
        order: Order {
            sort: SORTS[dice.roll(SORTS.len())],
            reverse: dice.roll(3) == 0,
            unavailable_last: dice.roll(2) == 0,
        },
        page: Page { size: 7, from: None, backward: dice.roll(3) == 0 },
    }
}

fn filter(dice: &mut Dice) -> Filter {
    match dice.roll(8) {
        0 => Filter::Available(dice.roll(2) == 0),
        1 => Filter::Price {
            min: (dice.roll(2) == 0).then(|| 100 * dice.roll(20) as i64),
            max: (dice.roll(2) == 0).then(|| 100 * dice.roll(20) as i64),
        },
        2 => Filter::Vendor(dice.pick(&VENDORS[..4]).to_owned()),
        3 => Filter::ProductType(dice.pick(&["Kitchen", "Furniture", "nowhere"]).to_owned()),
        4 => Filter::Tag(dice.pick(TAGS).to_owned()),
        5 => Filter::Option { name: "Color".to_owned(), value: dice.pick(COLORS).to_owned() },
        6 => material().is(dice.pick(MATERIALS)),
        _ => Filter::Option { name: "Size".to_owned(), value: dice.pick(SIZES).to_owned() },
    }
}

/// Text as it was typed, of whole words.
pub fn typed(words: &str) -> Text {
    Text {
        words: words.to_owned(),
        language: "EN".to_owned(),
        prefix: false,
        synonyms: Arc::new(Synonyms::default()),
    }
}

#[tokio::test]
async fn whatever_is_asked_all_engines_find_the_same() {
    let store = StoreId(7);
    let documents: Vec<Document> = (1..=300).map(|number| product(number, 5)).collect();
    let naive = Naive::of(&documents);
    let engines = Engines::filled(store, &documents).await;
    let mut dice = Dice::new(11);
    for round in 0..150 {
        let query = question(&mut dice);
        let mut ranked = vec![];
        for engine in &engines.all {
            let about = format!("question {round} to {}: {query:?}", engine.name());
            let first = engine.search(store, &query).await.unwrap();
            // A slip may be forgiven where nothing matches; the slow engine knows none.
            let expected = naive.result(&query);
            if expected.is_empty() && query.text.is_some() {
                continue;
            }
            assert_eq!(first.total, expected.len() as u64, "{about}");
            assert_eq!(first.facets, Some(naive.facets(&query)), "{about}");
            let (ids, _) = walk(&**engine, store, &query).await;
            if query.order.sort == Sort::Relevance {
                let mut sorted = ids.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, expected, "{about}");
                ranked.push(ids);
            } else {
                assert_eq!(ids, naive.sorted(&query), "{about}");
            }
        }
        assert!(ranked.windows(2).all(|pair| pair[0] == pair[1]), "{query:?}: ranked differently");
    }
    engines.close().await;
}

#[tokio::test]
async fn pages_hold_still_while_products_come_and_go() {
    let store = StoreId(7);
    let documents: Vec<Document> = (1..=40).map(|number| product(number, 5)).collect();
    let engines = Engines::filled(store, &documents[..30]).await;
    let order = Order { sort: Sort::Id, ..Order::default() };
    let page = Page { size: 10, ..Page::default() };
    let mut query =
        Query { text: None, scope: Scope::default(), filters: vec![], facets: false, order, page };
    for engine in &engines.all {
        query.page.from = None;
        let first = engine.search(store, &query).await.unwrap();
        query.page.from = first.hits.last().map(|hit| hit.place.clone());
        super::engines::put(&**engine, store, &documents[30..]).await;
        let second = engine.search(store, &query).await.unwrap();
        let ids: Vec<i64> = second.hits.iter().map(|hit| hit.id.0).collect();
        assert_eq!(ids, (11..=20).collect::<Vec<i64>>(), "{}", engine.name());
    }
    engines.close().await;
}
