//! A rebuild under way: searches see all products at every moment, and no write is lost.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use mcom_schema::id::StoreId;
use mcom_search::{Document, Order, Page, Prepared, Query, Scope, SearchEngine, Write};

use super::{
    catalog::{named, product},
    engines::{Engines, put},
};

const STORE: StoreId = StoreId(31);
const PRODUCTS: i64 = 120;

async fn total(engine: &dyn SearchEngine) -> u64 {
    let (scope, order) = (Scope::default(), Order::default());
    let query = Query { text: None, scope, filters: vec![], facets: false, order, page: Page::default() };
    engine.search(STORE, &query).await.unwrap().total
}

/// Writes every product again and again with rising versions, until told to stop; answers with the last version.
async fn keep_writing(engine: Arc<dyn SearchEngine>, stop: Arc<AtomicBool>) -> u64 {
    let mut version = 10;
    loop {
        version += 1;
        let title = format!("Version {version}");
        let put = |id| Write::Put { version, product: Box::new(Prepared::of(&named(id, &title))) };
        engine.apply(STORE, (1..=PRODUCTS).step_by(10).map(put).collect()).await.unwrap();
        if stop.load(Ordering::Relaxed) {
            return version;
        }
        tokio::task::yield_now().await;
    }
}

/// Looks how many products are found, until told to stop.
async fn keep_searching(engine: Arc<dyn SearchEngine>, stop: Arc<AtomicBool>) -> u64 {
    let mut searches = 0;
    while !stop.load(Ordering::Relaxed) {
        assert_eq!(total(&*engine).await, PRODUCTS as u64, "{}", engine.name());
        searches += 1;
    }
    searches
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_missed_while_an_index_is_rebuilt() {
    let engines = Engines::with_own_index_from(100);
    let documents: Vec<Document> = (1..=PRODUCTS).map(|number| product(number, 1)).collect();
    for engine in &engines.all {
        put(&**engine, STORE, &documents).await;
        // The second time the store leaves an index of its own.
        for _ in 0..2 {
            let stop = Arc::new(AtomicBool::new(false));
            let writing = tokio::spawn(keep_writing(engine.clone(), stop.clone()));
            let searching = tokio::spawn(keep_searching(engine.clone(), stop.clone()));
            engine.begin_rebuild(STORE, PRODUCTS as u64).await.unwrap();
            put(&**engine, STORE, &documents).await;
            engine.finish_rebuild(STORE).await.unwrap();
            stop.store(true, Ordering::Relaxed);
            let version = writing.await.unwrap();
            assert!(searching.await.unwrap() > 0);
            let print = Prepared::of(&named(11, &format!("Version {version}"))).fingerprint;
            engine.refresh(STORE).await.unwrap();
            let stored = engine.stored(STORE, 0, 1000).await.unwrap();
            assert_eq!(stored.len() as i64, PRODUCTS, "{}", engine.name());
            let last = stored.iter().find(|stored| stored.id == 11).unwrap();
            assert_eq!((last.version, last.fingerprint), (version, print), "{}", engine.name());
        }
    }
    engines.close().await;
}
