//! What typed words find: folding, forms, beginnings, slips, synonyms, and how results are ranked.

use std::sync::Arc;

use mcom_schema::id::StoreId;
use mcom_search::{Document, Order, Page, Query, Scope, SearchEngine, Synonyms, Text, suggestions};

use super::{catalog::named, engines::Engines, everything::typed};

const STORE: StoreId = StoreId(3);

/// The first page for a text, by relevance.
pub async fn found(engine: &dyn SearchEngine, text: Text) -> Vec<i64> {
    let page = Page { size: 20, ..Page::default() };
    let (scope, order) = (Scope::default(), Order::default());
    let query = Query { text: Some(text), scope, filters: vec![], facets: false, order, page };
    engine.search(STORE, &query).await.unwrap().hits.iter().map(|hit| hit.id.0).collect()
}

async fn all_find(documents: &[Document], text: Text, expected: &[i64]) {
    let engines = Engines::filled(STORE, documents).await;
    for engine in &engines.all {
        assert_eq!(found(&**engine, text.clone()).await, expected, "{} for {text:?}", engine.name());
    }
    engines.close().await;
}

fn titled(titles: &[&str]) -> Vec<Document> {
    titles.iter().zip(1..).map(|(title, id)| named(id, title)).collect()
}

#[tokio::test]
async fn accents_case_and_forms_make_no_difference() {
    all_find(&titled(&["Crème brûlée bowls", "Bowler hat"]), typed("CREME bowl"), &[1]).await;
    let german = |id, title: &str| Document { language: "DE".to_owned(), ..named(id, title) };
    let text = Text { language: "DE".to_owned(), ..typed("tassen") };
    all_find(&[german(1, "Große Tasse"), german(2, "Tablett")], text, &[1]).await;
}

#[tokio::test]
async fn the_last_word_may_be_begun_if_that_is_wanted() {
    let documents = titled(&["Blue teapot", "Blue tent", "Teal teapot"]);
    all_find(&documents, typed("blue te"), &[]).await;
    all_find(&documents, Text { prefix: true, ..typed("blue te") }, &[1, 2]).await;
}

#[tokio::test]
async fn slips_are_forgiven_only_where_nothing_matches_as_it_is() {
    let documents = titled(&["Red shirt", "Red skirt", "Sneakers", "Oak shelf"]);
    all_find(&documents, typed("shirt"), &[1]).await;
    all_find(&documents, typed("red shrit"), &[1]).await;
    all_find(&documents, typed("snaekrs"), &[]).await;
    all_find(&documents, typed("snekaers"), &[3]).await;
    all_find(&documents, typed("oka"), &[]).await;
}

#[tokio::test]
async fn synonyms_of_several_words_work_in_both_directions() {
    let groups = vec![vec!["sneaker".to_owned(), "running shoe".to_owned(), "trainer".to_owned()]];
    let synonyms = Arc::new(Synonyms::new(groups));
    let text = |words: &str| Text { synonyms: synonyms.clone(), ..typed(words) };
    let documents = titled(&["Blue sneakers", "Running shoes, blue", "Blue shoe", "Trainer"]);
    all_find(&documents, text("blue trainers"), &[1, 2]).await;
    all_find(&documents, text("running shoe"), &[2, 4, 1]).await;
}

#[tokio::test]
async fn where_a_word_stands_decides_the_rank() {
    let documents = [
        Document { description: "Goes with every mug.".to_owned(), ..named(1, "Coaster") },
        Document { tags: vec!["mug".to_owned()], ..named(2, "Set of two") },
        named(3, "Large mug tree for the kitchen"),
        named(4, "Mug"),
        named(5, "Mugs"),
    ];
    all_find(&documents, typed("mug"), &[4, 3, 5, 2, 1]).await;
}

#[tokio::test]
async fn signs_alone_ask_for_nothing_in_particular() {
    all_find(&titled(&["Mug", "Blue mug with a lid"]), typed("– !"), &[1, 2]).await;
}

#[tokio::test]
async fn words_side_by_side_are_meant_together() {
    let documents = titled(&["Tea in a pot, green", "Green tea pot"]);
    all_find(&documents, typed("green tea"), &[2, 1]).await;
}

#[tokio::test]
async fn what_is_typed_is_completed_by_words_of_titles() {
    let documents = titled(&["Blue teapot", "Blue tent", "Red teapot", "Blue teapot, small"]);
    let engines = Engines::filled(STORE, &documents).await;
    for engine in &engines.all {
        assert_eq!(
            told(&**engine, "Blue te", 5).await,
            ["blue teapot 2", "blue tent 1"],
            "{}",
            engine.name()
        );
        assert_eq!(told(&**engine, "", 5).await, [""; 0], "{}", engine.name());
    }
    engines.close().await;
}

#[tokio::test]
async fn what_is_typed_is_completed_by_types_makers_and_labels_too() {
    let documents: Vec<Document> = titled(&["Mug", "Bowl", "Plate", "Tea towel"])
        .into_iter()
        .map(|document| Document {
            vendor: "Tea & Co.".to_owned(),
            product_type: if document.id.0 < 4 { "Tableware" } else { "Textiles" }.to_owned(),
            tags: vec!["teatime".to_owned()],
            ..document
        })
        .collect();
    let engines = Engines::filled(STORE, &documents).await;
    for engine in &engines.all {
        let all = ["tea co 4", "teatime 4", "tableware 3", "tea 1", "textiles 1", "towel 1"];
        assert_eq!(told(&**engine, "t", 9).await, all, "{}", engine.name());
        assert_eq!(told(&**engine, "tea c", 9).await, ["tea co 4"], "{}", engine.name());
        assert_eq!(told(&**engine, "t", 2).await, ["tea 1", "towel 1"], "{}", engine.name());
    }
    engines.close().await;
}

/// What is suggested to whoever types this, with the number of products.
async fn told(engine: &dyn SearchEngine, typing: &str, limit: usize) -> Vec<String> {
    let found = suggestions(engine, STORE, &typed(typing), limit).await.unwrap();
    found.into_iter().map(|tally| format!("{} {}", tally.value, tally.count)).collect()
}
