//! Products narrowed down by categories and by what merchants added to them, and how choices are shown.

use mcom_store::metafields::{self, MetafieldInput, Owner};
use mcom_tests::{Answer, Shop, demo};
use mcom_workers::index;
use serde_json::{Value, json};

use crate::fair::{self, choices};

const SEARCH: &str = "query($filters: [ProductFilter!]) {
    search(query: \"\", types: [PRODUCT], first: 250, productFilters: $filters) { totalCount
        productFilters { id label type presentation values { id label count input swatch { color image { image { url } } } image { id } } }
        nodes { ... on Product { handle category { id name ancestors { name ancestors { name } } } } } } }";

async fn open() -> Shop {
    let shop = Shop::open().await;
    demo::fill(&shop.admin()).await;
    index::rebuild(&shop.admin(), &mut |_| {}).await.unwrap();
    fair::refresh(&shop.admin()).await;
    shop
}

async fn narrowed(shop: &Shop, filters: Value) -> Answer {
    let answer = shop.storefront(SEARCH, json!({ "filters": filters })).await;
    assert!(answer.body["errors"].is_null(), "{}", answer.body);
    answer
}

fn handles(answer: &Answer) -> Vec<&str> {
    let nodes = answer.data("/search/nodes").as_array().unwrap().iter();
    let mut handles: Vec<&str> = nodes.map(|node| node["handle"].as_str().unwrap()).collect();
    handles.sort_unstable();
    handles
}

fn filter<'a>(answer: &'a Answer, id: &str) -> &'a Value {
    let filters = answer.data("/search/productFilters").as_array().unwrap();
    filters.iter().find(|filter| filter["id"] == id).unwrap_or_else(|| panic!("no {id} in {filters:#?}"))
}

#[tokio::test]
async fn fields_that_merchants_added_narrow_products_down() {
    let shop = open().await;
    let all = narrowed(&shop, json!([])).await;
    assert_eq!(filter(&all, "filter.p.m.details.fabric")["label"], "Fabric");
    assert_eq!(filter(&all, "filter.p.m.details.undyed")["type"], "BOOLEAN");
    for (id, expected) in [
        ("filter.p.m.details.fabric", &["linen-shirt"][..]),
        ("filter.p.m.details.seasons", &["linen-shirt"]),
        ("filter.v.m.details.care", &["linen-shirt"]),
    ] {
        let (input, count) = choices(&all, "/search/productFilters", id).swap_remove(0);
        let found = narrowed(&shop, json!([input])).await;
        assert_eq!(handles(&found), expected, "{id}");
        assert_eq!(count, expected.len() as u64, "{id} keeps its promise");
    }
    let nothing =
        json!([{ "productMetafield": { "namespace": "details", "key": "fabric", "value": "wool" } }]);
    assert_eq!(handles(&narrowed(&shop, nothing).await), [""; 0]);
    // What buyers may not narrow down by is not told.
    let secret =
        json!([{ "productMetafield": { "namespace": "internal", "key": "margin", "value": "0.42" } }]);
    assert_eq!(handles(&narrowed(&shop, secret).await), [""; 0]);
}

#[tokio::test]
async fn a_field_that_changed_is_followed() {
    let shop = open().await;
    let cx = shop.admin();
    let mug = mcom_catalog::products::by_handle(&cx, "stoneware-mug").await.unwrap().unwrap();
    let input = MetafieldInput {
        owner: Owner::parse(&mug.row.id().gid()).unwrap(),
        namespace: "details".to_owned(),
        key: "fabric".to_owned(),
        value_type: None,
        value: "wool".to_owned(),
    };
    metafields::set(&cx, &[input]).await.unwrap();
    shop.run_jobs().await;
    fair::refresh(&cx).await;
    let wool = json!([{ "productMetafield": { "namespace": "details", "key": "fabric", "value": "wool" } }]);
    assert_eq!(handles(&narrowed(&shop, wool).await), ["stoneware-mug"]);
}

#[tokio::test]
async fn a_category_holds_what_is_in_the_categories_below() {
    let shop = open().await;
    let all = narrowed(&shop, json!([])).await;
    let categories = filter(&all, "filter.p.t.category")["values"].as_array().unwrap();
    let of = |label: &str| categories.iter().find(|value| value["label"] == label).unwrap();
    let clothing = of("Clothing");
    assert_eq!(clothing["count"], 3);
    let input: Value = serde_json::from_str(clothing["input"].as_str().unwrap()).unwrap();
    let found = narrowed(&shop, json!([input])).await;
    assert_eq!(handles(&found), ["everyday-tee", "linen-shirt", "merino-sweater"]);
    let shirt = found.data("/search/nodes").as_array().unwrap();
    let shirt = shirt.iter().find(|node| node["handle"] == "linen-shirt").unwrap();
    let category = &shirt["category"];
    assert_eq!(category["name"], "Shirts");
    assert_eq!(
        category["ancestors"],
        json!([
        { "name": "Clothing", "ancestors": [{ "name": "Apparel & Accessories" }] },
        { "name": "Apparel & Accessories", "ancestors": [] }])
    );
    let node = "query($id: ID!) { node(id: $id) { ... on TaxonomyCategory { name } } }";
    let node = shop.storefront(node, json!({ "id": category["id"] })).await;
    assert_eq!(*node.data("/node/name"), "Shirts");
}

#[tokio::test]
async fn choices_are_shown_by_their_colors() {
    let shop = open().await;
    let all = narrowed(&shop, json!([])).await;
    let colors = filter(&all, "filter.v.option.color");
    assert_eq!(colors["presentation"], "SWATCH");
    let values = colors["values"].as_array().unwrap();
    let of = |label: &str| values.iter().find(|value| value["label"] == label).unwrap();
    assert_eq!(of("Sand")["swatch"]["color"], "#E8DCC8");
    assert!(of("Sand")["swatch"]["image"]["image"]["url"].as_str().unwrap().contains("linen-shirt-sand"));
    assert_eq!(of("Navy")["image"], Value::Null);
    assert_eq!(filter(&all, "filter.v.option.size")["presentation"], "TEXT");
    assert_eq!(filter(&all, "filter.p.vendor")["presentation"], "TEXT");
}
