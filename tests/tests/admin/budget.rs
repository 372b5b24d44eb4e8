//! How many SQL statements lists take: as many for fifty entries as for one.

use async_graphql::Variables;
use mcom::http::PublicApi;
use mcom_catalog::{
    collections::{self, CollectionInput},
    products::{self, ProductInput},
};
use mcom_tests::{Shop, server};
use serde_json::{Value, json};

/// What a merchant is answered, and how many statements that took.
async fn ask(shop: &Shop, document: &str, variables: Value) -> (Value, u32) {
    let gateway = server::gateways().iter().find(|(api, _)| *api == PublicApi::Admin);
    let (_, gateway) = gateway.expect("the Admin API is built");
    let variables: Variables = serde_json::from_value(variables).expect("variables are an object");
    let cx = shop.admin();
    let prepared = gateway.prepare(document, None, variables).expect("the document is valid");
    let body: Value = serde_json::from_slice(&gateway.execute(&prepared, &cx, None).await).expect("JSON");
    cx.finish().await;
    assert!(body.get("errors").is_none(), "{body:#}");
    (body, cx.statements())
}

/// Fifty products, and fifty collections that all hold the first of them.
async fn stock(shop: &Shop) -> String {
    let cx = shop.admin();
    let mut first = String::new();
    for number in 0..50 {
        let product: ProductInput =
            serde_json::from_value(json!({ "title": format!("Mug {number}") })).expect("an input");
        let id = products::create(&cx, &product, &[]).await.expect("a product can be made");
        if number == 0 {
            first = id.gid();
        }
        let collection = json!({ "title": format!("Mugs {number}"), "products": [first] });
        let collection: CollectionInput = serde_json::from_value(collection).expect("an input");
        collections::create(&cx, &collection).await.expect("a collection can be made");
    }
    first
}

#[tokio::test]
async fn what_hangs_off_a_list_is_loaded_at_once() {
    let shop = Shop::open().await;
    let product = stock(&shop).await;
    let channel = "query { publications(first: 1) { nodes { id } } }";
    let (answer, _) = ask(&shop, channel, json!({})).await;
    let online = answer["data"]["publications"]["nodes"][0]["id"].clone();
    for (list, fields) in
        [("products", ""), ("collections", "productsCount { count } hasProduct(id: $product)")]
    {
        let document = format!(
            "query($n: Int!, $online: ID!{}) {{ {list}(first: $n) {{ nodes {{ id
              publishedOnPublication(publicationId: $online) resourcePublicationsCount {{ count }}
              resourcePublicationsV2(first: 3) {{ nodes {{ publication {{ name }} }} }}
              unpublishedPublications(first: 3) {{ nodes {{ id }} }} {fields} }} }} }}",
            if fields.is_empty() { "" } else { ", $product: ID!" },
        );
        let variables = |n: i64| {
            let mut variables = json!({ "n": n, "online": online });
            if !fields.is_empty() {
                variables["product"] = json!(product);
            }
            variables
        };
        let (_, for_one) = ask(&shop, &document, variables(1)).await;
        let (answer, for_all) = ask(&shop, &document, variables(50)).await;
        let nodes = answer["data"][list]["nodes"].as_array().expect("a page");
        assert_eq!((nodes.len(), for_all), (50, for_one), "{list}");
        if list == "collections" {
            let full = json!({ "count": 1 });
            assert!(nodes.iter().all(|node| node["productsCount"] == full && node["hasProduct"] == true));
        }
    }
}
