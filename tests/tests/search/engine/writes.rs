//! Writing: in any order, more than once, and found again after the index was opened anew.

use mcom_schema::id::{ProductId, StoreId};
use mcom_search::{Document, Prepared, SearchEngine, Write};

use super::{catalog::named, engines::Engines};

const STORE: StoreId = StoreId(5);

fn put(version: u64, document: &Document) -> Write {
    Write::Put { version, product: Box::new(Prepared::of(document)) }
}

async fn known(engine: &dyn SearchEngine) -> Vec<(i64, u64, i64)> {
    engine.refresh(STORE).await.unwrap();
    let stored = engine.stored(STORE, 0, 10).await.unwrap();
    stored.into_iter().map(|stored| (stored.id, stored.version, stored.fingerprint)).collect()
}

#[tokio::test]
async fn an_older_state_never_replaces_a_newer_one() {
    let engines = Engines::open();
    let (old, new) = (named(1, "Old"), named(1, "New"));
    let print = Prepared::of(&new).fingerprint;
    for engine in &engines.all {
        engine.apply(STORE, vec![put(20, &new)]).await.unwrap();
        engine.apply(STORE, vec![put(10, &old)]).await.unwrap();
        engine.apply(STORE, vec![put(20, &new), put(19, &old)]).await.unwrap();
        assert_eq!(known(&**engine).await, [(1, 20, print)], "{}", engine.name());
    }
    engines.close().await;
}

#[tokio::test]
async fn what_was_removed_is_not_brought_back_by_an_older_state() {
    let engines = Engines::open();
    for engine in &engines.all {
        engine.apply(STORE, vec![put(10, &named(1, "Mug")), put(10, &named(2, "Bowl"))]).await.unwrap();
        engine.apply(STORE, vec![Write::Remove { version: 12, id: ProductId(1) }]).await.unwrap();
        engine.apply(STORE, vec![put(11, &named(1, "Mug"))]).await.unwrap();
        let ids: Vec<i64> = known(&**engine).await.into_iter().map(|(id, _, _)| id).collect();
        assert_eq!(ids, [2], "{}", engine.name());
        engine.apply(STORE, vec![put(13, &named(1, "Mug"))]).await.unwrap();
        assert_eq!(known(&**engine).await.len(), 2, "{}", engine.name());
    }
    engines.close().await;
}

#[tokio::test]
async fn what_is_stored_is_listed_by_id_page_by_page() {
    let engines = Engines::open();
    for engine in &engines.all {
        let all = (1..=25).rev().map(|id| put(1, &named(id, "Mug"))).collect();
        engine.apply(STORE, all).await.unwrap();
        engine.refresh(STORE).await.unwrap();
        let mut ids = vec![];
        loop {
            let page = engine.stored(STORE, ids.last().copied().unwrap_or(0), 10).await.unwrap();
            if page.is_empty() {
                break;
            }
            ids.extend(page.into_iter().map(|stored| stored.id));
        }
        assert_eq!(ids, (1..=25).collect::<Vec<i64>>(), "{}", engine.name());
    }
    engines.close().await;
}

#[tokio::test]
async fn only_a_finished_rebuild_leaves_its_mark() {
    let engines = Engines::open();
    for engine in &engines.all {
        engine.apply(STORE, vec![put(1, &named(1, "Mug"))]).await.unwrap();
        assert!(!engine.is_built(STORE).await.unwrap(), "{}", engine.name());
        engine.begin_rebuild(STORE, 1).await.unwrap();
        engine.finish_rebuild(STORE).await.unwrap();
        assert!(engine.is_built(STORE).await.unwrap(), "{}", engine.name());
        assert_eq!(known(&**engine).await.len(), 1, "the mark is no product: {}", engine.name());
    }
    engines.close().await;
}
