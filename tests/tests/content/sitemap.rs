//! What search engines are told.

use mcom::apply::Wish;
use mcom_catalog::seed;
use mcom_tests::Shop;
use serde_json::{Value, json};

use crate::{applied, furnished};

const SITEMAP: &str = "query($type: SitemapType!, $page: Int!) { sitemap(type: $type) {
    pagesCount { count precision }
    resources(page: $page) { hasNextPage items { handle updatedAt
        ... on SitemapResource { title image { alt filepath updatedAt } } } } } }";

async fn ask(shop: &Shop, kind: &str, page: i64) -> Value {
    let answer = shop.storefront(SITEMAP, json!({ "type": kind, "page": page })).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer.body["data"]["sitemap"].clone()
}

fn handles(sitemap: &Value) -> Vec<&str> {
    let items = sitemap["resources"]["items"].as_array().expect("a page");
    items.iter().map(|item| item["handle"].as_str().expect("a handle")).collect()
}

#[tokio::test]
async fn texts_that_anybody_may_see_are_listed() {
    let shop = furnished().await;
    let pages = ask(&shop, "PAGE", 1).await;
    assert_eq!(handles(&pages), ["about"], "neither hidden ones nor later ones");
    assert_eq!(pages["pagesCount"], json!({ "count": 1, "precision": "EXACT" }));
    assert_eq!((&pages["resources"]["items"][0]["title"]), &json!("About us"));
    assert_eq!(handles(&ask(&shop, "BLOG", 1).await), ["news", "diary"]);
    let articles = ask(&shop, "ARTICLE", 1).await;
    assert_eq!(handles(&articles), ["news/first", "news/second"]);
    let image = &articles["resources"]["items"][0]["image"];
    assert_eq!((&image["filepath"], &image["alt"]), (&json!("/files/a.png"), &json!("A field")));
}

#[tokio::test]
async fn products_come_in_pages_that_stay_as_they_are_when_new_ones_are_added() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    seed::products(&cx, 300, &mut |_| ()).await.expect("they can be made");
    let (first, second) = (ask(&shop, "PRODUCT", 1).await, ask(&shop, "PRODUCT", 2).await);
    assert_eq!(first["pagesCount"]["count"], 2);
    assert_eq!((handles(&first).len(), &first["resources"]["hasNextPage"]), (250, &json!(true)));
    assert_eq!((handles(&second).len(), &second["resources"]["hasNextPage"]), (50, &json!(false)));
    assert!(first["resources"]["items"][0]["image"]["filepath"].is_string(), "{first}");
    seed::products(&cx, 201, &mut |_| ()).await.expect("more can be made");
    assert_eq!(ask(&shop, "PRODUCT", 1).await["resources"], first["resources"]);
    let longer = ask(&shop, "PRODUCT", 2).await;
    assert_eq!(handles(&longer)[..50], handles(&second)[..]);
    assert_eq!((handles(&longer).len(), handles(&ask(&shop, "PRODUCT", 3).await).len()), (250, 1));
    assert!(!handles(&ask(&shop, "COLLECTION", 1).await).is_empty());
}

#[tokio::test]
async fn there_is_nothing_behind_the_last_page() {
    let shop = Shop::open().await;
    let none = ask(&shop, "PRODUCT", 1).await;
    assert_eq!((&none["pagesCount"]["count"], handles(&none).len()), (&json!(0), 0));
    for page in [2, i64::from(i32::MAX)] {
        let behind = ask(&shop, "PRODUCT", page).await;
        assert_eq!(behind["resources"], json!({ "hasNextPage": false, "items": [] }), "{page}");
    }
    for page in [-1, 0] {
        assert_eq!(ask(&shop, "PRODUCT", page).await["resources"], Value::Null, "{page}");
    }
}

#[tokio::test]
async fn metaobjects_that_have_pages_are_listed() {
    let shop = Shop::open().await;
    applied(&shop, crate::metafield_file::FIELDS, Wish::default()).await;
    let read = "query($type: SitemapType!) { sitemap(type: $type) { pagesCount { count } resources(page: 1) { hasNextPage items { handle
        ... on SitemapResourceMetaobject { type onlineStoreUrlHandle updatedAt } } } } }";
    let answer = shop.storefront(read, json!({ "type": "METAOBJECT" })).await;
    let sitemap = answer.data("/sitemap");
    assert_eq!(handles(sitemap), ["tom", "ada"], "neither drafts nor kinds without pages");
    assert_eq!(sitemap["resources"]["items"][0]["onlineStoreUrlHandle"], "makers");
    assert_eq!(sitemap["resources"]["items"][0]["type"], "maker");
    assert_eq!(sitemap["pagesCount"]["count"], 1);
}
