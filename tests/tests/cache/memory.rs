//! The cache inside a process.

use std::sync::Arc;

use mcom_catalog::products;
use mcom_data::Cx;
use mcom_store::settings;
use mcom_tests::{Database, Shop};

use crate::{published, rename};

/// How many statements it takes when a hundred callers do the same at once, on all processors.
async fn statements_of_a_hundred<F, T>(shop: &Shop, work: impl Fn(Cx) -> F) -> u32
where
    F: Future<Output = T> + Send + 'static,
    T: Send + 'static,
{
    let buyers: Vec<Cx> = (0..100).map(|_| shop.buyer()).collect();
    let running: Vec<_> = buyers.iter().map(|buyer| tokio::spawn(work(buyer.clone()))).collect();
    for one in running {
        one.await.unwrap();
    }
    buyers.iter().map(Cx::statements).sum()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_who_ask_for_the_same_load_it_once() {
    let shop = Shop::open().await;
    let id = published(&shop.admin(), "Mug").await;
    let by_handle = |cx: Cx| async move {
        assert!(products::live_by_handle(&cx, "mug").await.unwrap().is_some());
        cx.finish().await;
    };
    assert_eq!(statements_of_a_hundred(&shop, by_handle).await, 1);
    let by_id = move |cx: Cx| async move {
        assert_eq!(products::live(&cx, &[id]).await.unwrap()[0].as_ref().unwrap().document.title, "Cup");
        cx.finish().await;
    };
    rename(&shop.admin(), id, "Cup").await;
    assert_eq!(statements_of_a_hundred(&shop, by_id).await, 1);
    let shop_settings = |cx: Cx| async move {
        settings::get(&cx).await.unwrap();
        cx.finish().await;
    };
    assert_eq!(statements_of_a_hundred(&shop, shop_settings).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_hundred_get_through_a_pool_of_one_connection() {
    let shop = Shop::open_in(Database::own().await, 1).await;
    let ids = Arc::new([published(&shop.admin(), "A").await, published(&shop.admin(), "B").await]);
    for round in 0..10 {
        rename(&shop.admin(), ids[0], &format!("A{round}")).await;
        let both = |cx: Cx| {
            let ids = ids.clone();
            async move {
                products::live(&cx, &ids[..1]).await.unwrap();
                assert_eq!(products::live(&cx, &ids[..]).await.unwrap().iter().flatten().count(), 2);
                cx.finish().await;
            }
        };
        statements_of_a_hundred(&shop, both).await;
    }
}

#[tokio::test]
async fn what_is_not_there_is_remembered_until_it_is_there() {
    let shop = Shop::open().await;
    let find = async || {
        let buyer = shop.buyer();
        let found = products::live_by_handle(&buyer, "mug").await.unwrap().is_some();
        (found, buyer.statements())
    };
    assert_eq!(find().await, (false, 1));
    assert_eq!(find().await, (false, 0));
    published(&shop.admin(), "Mug").await;
    assert_eq!(find().await, (true, 1));
    assert_eq!(find().await, (true, 0));
}

#[tokio::test]
async fn a_store_often_asked_for_what_is_not_there_knows_all_that_is() {
    let shop = Shop::open().await;
    published(&shop.admin(), "Cup").await;
    let find = async |handle: &str| {
        let buyer = shop.buyer();
        let found = products::live_by_handle(&buyer, handle).await.unwrap().is_some();
        (found, buyer.statements())
    };
    for number in 0..64 {
        assert!(!find(&format!("gone-{number}")).await.0);
    }
    assert_eq!(find("gone").await, (false, 0));
    assert_eq!(find("cup").await, (true, 1));
    published(&shop.admin(), "Mug").await;
    assert_eq!(find("mug").await, (true, 1));
    assert_eq!(find("gone-too").await, (false, 1));
}
