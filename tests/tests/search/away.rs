//! The engine is away: whoever searches is told, at once, and nobody else notices.

use std::{sync::Arc, time::Duration};

use mcom_search::{Elastic, Layout, Node, Search};
use mcom_tests::{Shop, process::services_searching};
use serde_json::json;

use crate::fair;

/// The store's process searches in a cluster at an address where nothing listens, or where nothing ever answers.
async fn lost(url: &str, patience: Duration) -> Shop {
    let shop = fair::stocked(Shop::open().await).await;
    let search = async |_: &mcom_data::Db| {
        let node = Node { url: url.to_owned(), login: None };
        let layout = Layout { prefix: "away".to_owned(), own_index_from: 1 };
        Search::around(Arc::new(Elastic::new(&node, &layout).unwrap()), patience)
    };
    let services = services_searching(&shop.database, shop.clock.clone(), search).await;
    shop.moved_to(services)
}

#[tokio::test]
async fn the_rest_of_the_answer_is_there() {
    let shop = lost("http://127.0.0.1:9", Duration::from_secs(2)).await;
    let document = "{ shop { name }
        suggested: predictiveSearch(query: \"a\") { products { id } }
        collection(handle: \"nowhere\") { id }
        products(first: 3) { nodes { title } } }";
    let answer = shop.storefront(document, json!({})).await;
    assert_eq!(answer.error_code(), "SERVICE_UNAVAILABLE");
    assert_eq!(answer.at("/data/suggested"), &serde_json::Value::Null);
    assert_eq!(answer.at("/data/products/nodes").as_array().unwrap().len(), 3);
    let searched = fair::search(&shop, "mug", &[]).await;
    assert_eq!(searched.error_code(), "SERVICE_UNAVAILABLE");
}

#[tokio::test]
async fn nobody_waits_for_an_engine_that_hangs() {
    let silent = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let patience = Duration::from_secs(1);
    let shop = lost(&format!("http://{}", silent.local_addr().unwrap()), patience).await;
    let began = tokio::time::Instant::now();
    for _ in 0..30 {
        assert_eq!(fair::search(&shop, "mug", &[]).await.error_code(), "SERVICE_UNAVAILABLE");
    }
    // Three wait until the engine counts as away; now and then one more tries. Without the breaker all thirty would wait.
    assert!(began.elapsed() < 20 * patience, "{:?}", began.elapsed());
}
