//! Stores see nothing of each other, not even in what slips are corrected to.

use mcom_schema::id::StoreId;
use mcom_search::{Document, Order, Page, Query, Scope, Tally, suggestions};

use super::{
    catalog::named,
    engines::{Engines, put},
    everything::typed,
};

#[tokio::test]
async fn a_store_finds_and_counts_only_its_own() {
    let engines = Engines::open();
    let (mine, other) = (StoreId(21), StoreId(22));
    let tagged = |title: &str, tag: &str| Document { tags: vec![tag.to_owned()], ..named(1, title) };
    for engine in &engines.all {
        put(&**engine, mine, &[tagged("Blue mug", "mine")]).await;
        // Words that are nearer to the slip than the one that is meant.
        let near: Vec<Document> = (2..300)
            .map(|id| named(id, &format!("mgu{} blum", char::from_u32(0x4e00 + id as u32).unwrap())))
            .collect();
        put(&**engine, other, &near).await;
        put(&**engine, other, &[tagged("Blue mug", "other")]).await;
        for (words, total) in [(None, 1), (Some("mug"), 1), (Some("bleu"), 1)] {
            let page = Page { size: 10, ..Page::default() };
            let (text, scope, order) = (words.map(typed), Scope::default(), Order::default());
            let query = Query { text, scope, filters: vec![], facets: true, order, page };
            let found = engine.search(mine, &query).await.unwrap();
            assert_eq!(found.total, total, "{} for {words:?}", engine.name());
            let tags: Vec<String> = found.facets.unwrap().tags.into_iter().map(|tally| tally.value).collect();
            assert_eq!(tags, ["mine"], "{}", engine.name());
        }
        let told = suggestions(&**engine, mine, &typed("b"), 9).await.unwrap();
        assert_eq!(told, [Tally { value: "blue".to_owned(), count: 1 }], "{}", engine.name());
        let label = suggestions(&**engine, mine, &typed("oth"), 9).await.unwrap();
        assert_eq!(label, [], "{}", engine.name());
        assert_eq!(engine.stored(mine, 0, 10).await.unwrap().len(), 1, "{}", engine.name());
        assert!(
            engine.search(StoreId(23), &everything()).await.unwrap().hits.is_empty(),
            "{}",
            engine.name()
        );
    }
    engines.close().await;
}

fn everything() -> Query {
    let (scope, order) = (Scope::default(), Order::default());
    Query {
        text: None,
        scope,
        filters: vec![],
        facets: false,
        order,
        page: Page { size: 10, ..Page::default() },
    }
}
