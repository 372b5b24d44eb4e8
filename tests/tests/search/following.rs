//! The index follows the tables by itself: a worker process hears of every change.

use std::time::Duration;

use mcom_catalog::{
    collections, index,
    inventory::{self, LocationList},
    products::{self, ProductInput},
    variants,
};
use mcom_data::page::PageArgs;
use mcom_schema::id::ProductId;
use mcom_tests::{Answer, Database, Shop, deployment::Deployment};
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};

use crate::fair;

/// A change has to be searchable within this.
const SOON: Duration = Duration::from_secs(2);

/// Searches until `seen` is content, and answers with how long that took.
async fn until(shop: &Shop, term: &str, seen: impl Fn(&Answer) -> bool) -> Duration {
    let began = Instant::now();
    loop {
        let answer = fair::search(shop, term, &[]).await;
        if seen(&answer) {
            return began.elapsed();
        }
        assert!(began.elapsed() < 20 * SOON, "«{term}» never became true: {:#}", answer.body);
        sleep(Duration::from_millis(20)).await;
    }
}

fn total(answer: &Answer) -> u64 {
    answer.data("/search/totalCount").as_u64().unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_is_searchable_within_two_seconds() {
    let shop = fair::stocked(Shop::open_in(Database::own().await, 4).await).await;
    let _deployment = Deployment::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database).await;
    until(&shop, "", |answer| total(answer) == fair::PRODUCTS).await;
    let id = first(&shop).await;
    let mut best = Duration::MAX;
    for round in 0..5 {
        let title = format!("Zanzibar{round}");
        rename(&shop, id, &title).await;
        best = best.min(until(&shop, &title, |answer| total(answer) == 1).await);
    }
    assert!(best <= SOON, "{best:?}");
    products::delete(&shop.admin(), id).await.unwrap();
    until(&shop, "Zanzibar4", |answer| total(answer) == 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_sold_out_moves_to_the_end() {
    let shop = fair::stocked(Shop::open_in(Database::own().await, 4).await).await;
    let _deployment = Deployment::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database).await;
    until(&shop, "", |answer| total(answer) == fair::PRODUCTS).await;
    let id = first(&shop).await;
    let unavailable =
        |answer: &Answer| fair::choices(answer, "/search/productFilters", "filter.v.availability")[1].1;
    let before = unavailable(&fair::search(&shop, "", &[]).await);
    sell_out(&shop, id).await;
    until(&shop, "", |answer| unavailable(answer) == before + 1).await;
}

#[tokio::test]
async fn a_collection_that_loses_its_products_loses_them_in_the_index() {
    let shop = fair::open().await;
    let cx = shop.admin();
    let of_index = async || {
        let list = collections::CollectionList::all(PageArgs::first(1));
        let page = collections::live_page(&shop.buyer(), &list).await.unwrap();
        page.items[0].1.row.id()
    };
    let collection = of_index().await;
    let members = index::members(&cx, collection, ProductId(0), 1000).await.unwrap();
    assert!(!members.is_empty());
    collections::delete(&cx, collection).await.unwrap();
    let mut differences = vec![];
    let walk = mcom_workers::index::verify(&cx, &mut |_| {}, &mut |one| differences.push(one.id())).await;
    assert_eq!(walk.unwrap().written as usize, members.len());
    mcom_workers::index::refresh(&cx, &differences).await.unwrap();
    let walk = mcom_workers::index::verify(&cx, &mut |_| {}, &mut |_| {}).await.unwrap();
    assert_eq!((walk.products, walk.written), (fair::PRODUCTS, 0));
}

async fn first(shop: &Shop) -> ProductId {
    let list =
        products::ListQuery { sort: products::ProductSort::Id, filter: None, page: PageArgs::first(1) };
    products::live_page(&shop.buyer(), &list).await.unwrap().items[0].1.document.id
}

/// Gives a product another name.
pub async fn rename(shop: &Shop, id: ProductId, title: &str) {
    let input: ProductInput = input(json!({ "title": title }));
    products::update(&shop.admin(), id, &input, &[]).await.unwrap();
}

/// Takes all pieces of a product off the shelves.
pub async fn sell_out(shop: &Shop, id: ProductId) {
    let cx = shop.admin();
    let of_product = variants::of_product(&cx, id, &PageArgs::first(250)).await.unwrap();
    let places = inventory::locations_page(
        &cx,
        &LocationList { include_inactive: false, by_id: true, page: PageArgs::first(1) },
    )
    .await
    .unwrap();
    let location = places.items[0].1.id.gid();
    let quantities: Vec<Value> = of_product
        .items
        .iter()
        .map(|(_, variant)| json!({ "inventoryItemId": variant.inventory_item_id.gid(), "locationId": location, "quantity": 0 }))
        .collect();
    let set = json!({
        "name": "available", "reason": "correction", "ignoreCompareQuantity": true, "quantities": quantities,
    });
    inventory::set_quantities(&cx, &input(set)).await.unwrap();
}

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}
