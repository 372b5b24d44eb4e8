//! The engines under test: the embedded one in a folder of its own, and a cluster if there is one.

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use elasticsearch::{
    Elasticsearch,
    http::transport::Transport,
    indices::{IndicesDeleteParts, IndicesGetAliasParts},
};
use mcom_schema::id::StoreId;
use mcom_search::{Document, Elastic, Embedded, Layout, Node, Prepared, SearchEngine, Write};
use mcom_tests::{required, variable};
use serde_json::Value;

/// Engines that are cleared away in the end.
pub struct Engines {
    pub all: Vec<Arc<dyn SearchEngine>>,
    folder: PathBuf,
    cluster: Option<(String, String)>,
}

static COUNT: AtomicU32 = AtomicU32::new(0);

impl Engines {
    /// All engines, empty.
    pub fn open() -> Self {
        Engines::with_own_index_from(1_000_000)
    }

    /// All engines; stores of this size get an index of their own in the cluster.
    pub fn with_own_index_from(own_index_from: u64) -> Self {
        let name = format!("test-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(&name);
        let mut all: Vec<Arc<dyn SearchEngine>> = vec![Arc::new(Embedded::new(folder.clone()))];
        let cluster = cluster_url().map(|url| (url, name));
        if let Some((url, prefix)) = &cluster {
            let node = Node { url: url.clone(), login: None };
            all.push(Arc::new(
                Elastic::new(&node, &Layout { prefix: prefix.clone(), own_index_from }).unwrap(),
            ));
        }
        Engines { all, folder, cluster }
    }

    /// All engines with these products in one store.
    pub async fn filled(store: StoreId, documents: &[Document]) -> Self {
        let engines = Engines::open();
        for engine in &engines.all {
            put(&**engine, store, documents).await;
        }
        engines
    }

    /// Clears everything away.
    pub async fn close(self) {
        let _ = std::fs::remove_dir_all(&self.folder);
        let Some((url, prefix)) = self.cluster else { return };
        let client = Elasticsearch::new(Transport::single_node(&url).unwrap());
        let family = format!("{prefix}-*");
        let found = client.indices().get_alias(IndicesGetAliasParts::Index(&[&family])).send().await.unwrap();
        let found: Value = found.json().await.unwrap();
        for index in found.as_object().unwrap().keys() {
            client.indices().delete(IndicesDeleteParts::Index(&[index])).send().await.unwrap();
        }
    }
}

/// Writes products and waits until they can be found.
pub async fn put(engine: &dyn SearchEngine, store: StoreId, documents: &[Document]) {
    let put = |document: &Document| Write::Put { version: 1, product: Box::new(Prepared::of(document)) };
    engine.apply(store, documents.iter().map(put).collect()).await.unwrap();
    engine.refresh(store).await.unwrap();
}

/// Where the cluster is.
///
/// # Panics
/// If it is nowhere, and nobody said that it may be.
fn cluster_url() -> Option<String> {
    let without = variable("MCOM_TEST_WITHOUT").unwrap_or_default();
    if without.split(',').any(|service| service == "search") {
        println!("left out by MCOM_TEST_WITHOUT: the cluster's half of the suite");
        return None;
    }
    Some(required("MCOM_TEST_SEARCH_URL"))
}
