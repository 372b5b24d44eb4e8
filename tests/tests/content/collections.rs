//! Collections and what the store says of itself, declared in a store file and read through the Storefront API.

use mcom::apply::{self, Action, Wish};
use mcom_catalog::seed;
use mcom_tests::Shop;
use serde_json::{Value, json};

use crate::applied;

const FILE: &str = "
shop: { description: Three people and a kiln. }
collections:
  - handle: cheap
    title: Cheap
    body: <p>Less than others.</p>
    image: { url: 'https://x.example/cheap.png', alt: A coin, width: 640, height: 480, thumbhash: 1QcSHQRnh493 }
    ruleSet: { rules: [{ column: VARIANT_PRICE, relation: LESS_THAN, condition: '99999.00' }] }
    sortOrder: PRICE_ASC
    seo: { title: Cheap things }
  - handle: hidden
    title: Hidden
    published: false
menus:
  - { handle: main, title: Main, items: [{ title: Cheap, link: 'collection:cheap' }] }
";

const READ: &str = "{ shop { description } hidden: collection(handle: \"hidden\") { id }
    collection(handle: \"cheap\") { title description seo { title } products(first: 9) { nodes { id } }
        image { url altText width height thumbhash } } }";

async fn read(shop: &Shop) -> Value {
    shop.storefront(READ, json!({})).await.data("").clone()
}

#[tokio::test]
async fn a_collection_is_what_the_file_says() {
    let shop = Shop::open().await;
    seed::products(&shop.admin(), 3, &mut |_| ()).await.expect("there are products");
    applied(&shop, FILE, Wish::default()).await;
    let shown = read(&shop).await;
    assert_eq!(shown["shop"]["description"], "Three people and a kiln.");
    assert_eq!(shown["hidden"], Value::Null);
    let collection = &shown["collection"];
    assert_eq!(
        (&collection["title"], &collection["seo"]["title"]),
        (&json!("Cheap"), &json!("Cheap things"))
    );
    assert_eq!(collection["products"]["nodes"].as_array().map(Vec::len), Some(3));
    let image = json!({ "url": "https://x.example/cheap.png", "altText": "A coin", "width": 640, "height": 480,
        "thumbhash": "1QcSHQRnh493" });
    assert_eq!(collection["image"], image);
    assert_eq!(applied(&shop, FILE, Wish::default()).await.changes, []);
}

#[tokio::test]
async fn what_differs_of_a_collection_is_changed_and_nothing_else() {
    let shop = Shop::open().await;
    applied(&shop, FILE, Wish::default()).await;
    let other = FILE.replace("width: 640", "width: 320").replace("    published: false\n", "");
    let done = applied(&shop, &other, Wish::default()).await;
    let told: Vec<_> = done.changes.iter().map(|it| (it.action, it.kind, it.name.as_str())).collect();
    assert_eq!(told, [(Action::Update, "collection", "cheap"), (Action::Update, "collection", "hidden")]);
    let shown = read(&shop).await;
    assert_eq!(shown["collection"]["image"]["width"], 320);
    assert!(shown["hidden"]["id"].is_string(), "it is on the online store now");
    let none = FILE.replace("  - handle: hidden\n    title: Hidden\n    published: false\n", "");
    let pruned = applied(&shop, &none, Wish { prune: true, ..Wish::default() }).await;
    assert!(pruned.changes.iter().any(|it| (it.action, it.name.as_str()) == (Action::Delete, "hidden")));
}

#[tokio::test]
async fn rules_that_make_no_sense_are_told_with_their_line() {
    let shop = Shop::open().await;
    let wrong = FILE.replace("LESS_THAN", "CONTAINS");
    let faults = apply::apply(&shop.admin(), &wrong, Wish::default()).await.expect("the database is there");
    let faults = faults.expect_err("it is refused");
    assert_eq!(faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [8], "{faults:?}");
    assert_eq!(read(&shop).await["collection"], Value::Null);
}
