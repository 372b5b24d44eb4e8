//! What storefronts ask of products and carts beyond the shelf: choices shown as swatches, prices per unit, what is alike,
//! words to browse by, codes for discounts.

use mcom_catalog::{products, variants};
use mcom_data::page::PageArgs;
use mcom_schema::id::ProductId;
use serde_json::{Value, json};

use crate::stall::{Stall, text};

fn input<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("an input")
}

#[tokio::test]
async fn a_value_is_shown_by_its_swatch_and_a_variant_by_its_unit_price() {
    let stall = Stall::open().await;
    let cx = stall.shop.admin();
    let shirt = stall.shirt("Shirt").await;
    let product =
        products::by_ids(&cx, &[shirt]).await.expect("it can be read").remove(0).expect("it is there");
    let color = &product.options[1];
    let swatch =
        json!({ "color": "#cc0000", "mediaId": format!("gid://shopify/MediaImage/{}", product.media[1].id) });
    let values = [input(json!({ "id": color.values[0].id.gid(), "swatch": swatch }))];
    let option = input(json!({ "id": color.id.gid() }));
    products::update_option(&cx, shirt, &option, &values).await.expect("it can be painted");
    let first = variants::of_product(&cx, shirt, &PageArgs::first(1)).await.expect("it has variants");
    let measure =
        json!({ "quantityValue": 0.25, "quantityUnit": "KG", "referenceValue": 100, "referenceUnit": "G" });
    let change = json!({ "id": first.items[0].1.row.id().gid(), "unitPriceMeasurement": measure });
    variants::bulk_update(&cx, shirt, &[input(change)], &[]).await.expect("it can be measured");
    let read = "{ product(handle: \"shirt\") { options { optionValues { swatch { color image { previewImage { url } } } } }
        variants(first: 2) { nodes { unitPrice { amount } unitPriceMeasurement { measuredType quantityUnit quantityValue
          referenceUnit referenceValue } } } trackingParameters } }";
    let asked = stall.get(read).await;
    let product = asked.at("/product");
    let painted = &product["options"][1]["optionValues"];
    assert_eq!(painted[0]["swatch"]["color"], "#CC0000");
    assert!(painted[0]["swatch"]["image"]["previewImage"]["url"].is_string(), "{painted}");
    assert_eq!(painted[1]["swatch"], Value::Null);
    let expected = json!([
        { "unitPrice": { "amount": "8.0" }, "unitPriceMeasurement": { "measuredType": "WEIGHT", "quantityUnit": "KG",
            "quantityValue": 0.25, "referenceUnit": "G", "referenceValue": 100 } },
        { "unitPrice": null, "unitPriceMeasurement": null },
    ]);
    assert_eq!(product["variants"]["nodes"], expected);
    assert_eq!(product["trackingParameters"], Value::Null);
}

#[tokio::test]
async fn products_are_found_by_query_and_what_it_does_not_know_is_told() {
    let stall = Stall::open().await;
    for title in ["Red Shirt", "Blue Shirt", "Hat"] {
        stall.shirt(title).await;
    }
    let find =
        "query($query: String) { products(first: 5, sortKey: TITLE, query: $query) { nodes { title } } }";
    for (query, titles) in [
        ("blue", vec!["Blue Shirt"]),
        ("title:hat OR title:'red shirt'", vec!["Hat", "Red Shirt"]),
        ("variants.price:>25", vec![]),
        ("available_for_sale:true -title:red*", vec!["Blue Shirt", "Hat"]),
    ] {
        let asked = stall.ask(find, json!({ "query": query })).await;
        let nodes: Vec<Value> = titles.iter().map(|title| json!({ "title": title })).collect();
        assert_eq!(*asked.at("/products/nodes"), Value::Array(nodes), "{query}");
        assert_eq!(asked.body["extensions"].get("search"), None, "{query}");
    }
    let asked = stall.ask(find, json!({ "query": "color:red hat" })).await;
    assert_eq!(asked.body["extensions"]["search"][0]["warnings"][0]["field"], "color");
}

#[tokio::test]
async fn tags_and_types_are_told_once_each() {
    let stall = Stall::open().await;
    let cx = stall.shop.admin();
    for (title, tags, kind) in [("A", ["new", "red"], "Shirts"), ("B", ["new", "blue"], "Hats")] {
        let id = stall.shirt(title).await;
        let change = input(json!({ "tags": tags, "productType": kind }));
        products::update(&cx, id, &change, &[]).await.expect("it can be changed");
    }
    let read = "{ productTags(first: 2) { nodes edges { node cursor } pageInfo { hasNextPage } } productTypes(first: 5) { nodes } }";
    let asked = stall.get(read).await;
    assert_eq!(*asked.at("/productTags/nodes"), json!(["blue", "new"]));
    assert_eq!(*asked.at("/productTags/pageInfo/hasNextPage"), json!(true));
    assert_eq!(*asked.at("/productTypes/nodes"), json!(["Hats", "Shirts"]));
    assert_eq!(stall.get(read).await.statements, 0);
}

#[tokio::test]
async fn what_is_alike_is_recommended() {
    let stall = Stall::open().await;
    let ids: [ProductId; 4] =
        [stall.shirt("A").await, stall.shirt("B").await, stall.shirt("C").await, stall.shirt("D").await];
    stall.collection("One", &ids[..3]).await;
    stall.collection("Two", &[ids[0], ids[2]]).await;
    let read = "query($id: ID) { productRecommendations(productId: $id) { title } }";
    let asked = stall.ask(read, json!({ "id": ids[0].gid() })).await;
    let titles: Vec<&str> = asked
        .at("/productRecommendations")
        .as_array()
        .into_iter()
        .flatten()
        .map(|it| text(&it["title"]))
        .collect();
    // The shirts are all of one type; C shares two collections with A, and B one.
    assert_eq!(titles[..2], ["C", "B"]);
    assert!(!titles.contains(&"A"));
    assert!(asked.statements <= 4, "{} statements", asked.statements);
    assert_eq!(stall.ask(read, json!({ "id": ids[0].gid() })).await.statements, 0);
    let nobody = stall.ask(read, json!({ "id": "gid://shopify/Product/1" })).await;
    assert_eq!(*nobody.at("/productRecommendations"), Value::Null);
}

#[tokio::test]
async fn what_goes_with_a_product_is_of_another_type_and_nobody_is_left_without() {
    let stall = Stall::open().await;
    let [shirt, alike, hat, lone] =
        [stall.shirt("A").await, stall.shirt("B").await, stall.shirt("C").await, stall.shirt("D").await];
    let cx = stall.shop.admin();
    let change = input(json!({ "productType": "Hats" }));
    products::update(&cx, hat, &change, &[]).await.expect("it can be changed");
    stall.collection("Summer", &[shirt, alike, hat]).await;
    let read = "query($id: ID) { productRecommendations(productId: $id, intent: COMPLEMENTARY) { id } }";
    let ids = async |product: ProductId| {
        let asked = stall.ask(read, json!({ "id": product.gid() })).await;
        let list = asked.at("/productRecommendations").as_array().cloned().unwrap_or_default();
        list.iter().map(|it| text(&it["id"]).to_owned()).collect::<Vec<_>>()
    };
    let with_shirt = ids(shirt).await;
    assert_eq!(with_shirt[0], hat.gid());
    assert!(with_shirt.len() == 3 && !with_shirt.contains(&shirt.gid()));
    assert_eq!(ids(lone).await.len(), 3);
    let best = stall.get("{ productRecommendations { id } }").await;
    assert_eq!(best.at("/productRecommendations").as_array().map(Vec::len), Some(4));
}

#[tokio::test]
async fn codes_are_kept_and_told_if_they_do_not_apply() {
    let stall = Stall::open().await;
    let created = stall.get("mutation { cartCreate(input: { discountCodes: [\"FIRST\"] }) { cart { id discountCodes { code applicable } } } }").await;
    let id = text(created.at("/cartCreate/cart/id"));
    assert_eq!(
        *created.at("/cartCreate/cart/discountCodes"),
        json!([{ "code": "FIRST", "applicable": false }])
    );
    let update = "mutation($id: ID!, $codes: [String!]!) { cartDiscountCodesUpdate(cartId: $id, discountCodes: $codes) {
        cart { id } warnings { code target } userErrors { code } } }";
    let updated = stall.ask(update, json!({ "id": id, "codes": ["SUMMER", " summer ", "", "SALE"] })).await;
    let warnings = updated.at("/cartDiscountCodesUpdate/warnings");
    let unknown = json!({ "code": "DISCOUNT_NOT_FOUND", "target": id });
    assert_eq!(*warnings, json!([unknown, unknown]));
    let read = "query($id: ID!) { cart(id: $id) { discountCodes { code } } }";
    let cart = stall.ask(read, json!({ "id": id })).await;
    assert_eq!(*cart.at("/cart/discountCodes"), json!([{ "code": "SUMMER" }, { "code": "SALE" }]));
    let (public, _) = id.split_once('?').expect("a key");
    assert_eq!(*stall.ask(read, json!({ "id": public })).await.at("/cart/discountCodes"), json!([]));
    let long = stall.ask(update, json!({ "id": id, "codes": ["x".repeat(300)] })).await;
    assert_eq!(*long.at("/cartDiscountCodesUpdate/userErrors/0/code"), "INVALID");
}
