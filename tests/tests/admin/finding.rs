//! Finding things: lists in both directions, queries, any object by its id, the store itself.

use serde_json::{Value, json};

use crate::back_office::{BackOffice, text};

#[tokio::test]
async fn products_are_found_by_what_is_known_of_them() {
    let office = BackOffice::open().await;
    for title in ["Red Mug", "Blue Mug", "Spoon"] {
        office.goods(title).await;
    }
    let find =
        "query($query: String) { products(first: 5, sortKey: TITLE, query: $query) { nodes { title } } }";
    for (query, titles) in [
        ("mug", vec!["Blue Mug", "Red Mug"]),
        ("mug -title:red*", vec!["Blue Mug"]),
        ("title:spoon OR title:'red mug'", vec!["Red Mug", "Spoon"]),
        ("handle:spoon status:active", vec!["Spoon"]),
        ("price:>13", vec![]),
        ("price:<=12.50 inventory_total:0", vec!["Blue Mug", "Red Mug", "Spoon"]),
        ("weather:fine spoon", vec!["Spoon"]),
        ("created_at:<2020", vec![]),
        ("published_status:published", vec![]),
    ] {
        let found = office.ask(find, json!({ "query": query })).await;
        let nodes: Vec<Value> = titles.iter().map(|title| json!({ "title": title })).collect();
        assert_eq!(*found.data("/products/nodes"), Value::Array(nodes), "{query}");
    }
    let too_much = office.ask(find, json!({ "query": "a ".repeat(300) })).await;
    assert_eq!(too_much.error_code(), "INVALID_FIELD_ARGUMENTS");
}

#[tokio::test]
async fn a_list_is_walked_in_both_directions() {
    let office = BackOffice::open().await;
    for title in ["A", "B", "C"] {
        office.goods(title).await;
    }
    let page = "query($first: Int, $after: String, $last: Int, $before: String) {
        products(first: $first, after: $after, last: $last, before: $before, sortKey: TITLE) {
          edges { cursor node { title } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";
    let first = office.ask(page, json!({ "first": 2 })).await;
    assert_eq!(*first.data("/products/pageInfo/hasNextPage"), json!(true));
    let next =
        office.ask(page, json!({ "first": 2, "after": first.data("/products/pageInfo/endCursor") })).await;
    assert_eq!(*next.data("/products/edges/0/node/title"), "C");
    let back =
        office.ask(page, json!({ "last": 1, "before": next.data("/products/pageInfo/startCursor") })).await;
    assert_eq!(*back.data("/products/edges/0/node/title"), "B");
}

#[tokio::test]
async fn any_object_is_found_by_its_id() {
    let office = BackOffice::open().await;
    let goods = office.goods("Mug").await;
    let shop = text(office.get("{ shop { id } }").await.data("/shop/id"));
    let ids = [
        &goods.product,
        &goods.variant,
        &goods.item,
        &office.location().await,
        &office.online_store().await,
        &shop,
    ];
    let nodes = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Product { title } } }";
    let found = office.ask(nodes, json!({ "ids": ids })).await;
    let names = ["Product", "ProductVariant", "InventoryItem", "Location", "Publication", "Shop"];
    for (index, (name, id)) in names.into_iter().zip(ids).enumerate() {
        let node = found.data(&format!("/nodes/{index}"));
        assert_eq!((text(&node["__typename"]), text(&node["id"])), (name.to_owned(), id.clone()));
    }
    let strangers = [
        "gid://shopify/Product/1",
        "gid://shopify/Order/1",
        "gid://shopify/Customer/1",
        "gid://shopify/Nothing/1",
    ];
    assert_eq!(
        *office.ask(nodes, json!({ "ids": strangers })).await.data("/nodes"),
        json!([null, null, null, null])
    );
    let wrong = office.ask("query($id: ID!) { product(id: $id) { id } }", json!({ "id": shop })).await;
    assert_eq!(wrong.error_code(), "INVALID_FIELD_ARGUMENTS");
}

#[tokio::test]
async fn the_store_tells_its_settings() {
    let office = BackOffice::open().await;
    let shop = "{ shop { name email currencyCode ianaTimezone weightUnit unitSystem orderNumberFormatPrefix orderNumberFormatSuffix
        myshopifyDomain primaryDomain { host url sslEnabled } enabledPresentmentCurrencies } }";
    let asked = office.get(shop).await;
    let it = asked.data("/shop");
    let host = format!("{}.localhost", office.shop.tenant().handle());
    assert_eq!((&it["currencyCode"], &it["myshopifyDomain"]), (&json!("EUR"), &json!(host)));
    assert_eq!(it["primaryDomain"]["url"], format!("http://{host}"));
}

#[tokio::test]
async fn what_a_search_passed_over_is_told_beside_the_answer() {
    let office = BackOffice::open().await;
    office.goods("Mug").await;
    let find = "query($query: String) { mugs: products(first: 5, query: $query) { nodes { title } }
        collections(first: 1, query: \"colour:red\") { nodes { id } } orders(first: 1, query: \"name:x\") { nodes { id } } }";
    let found = office.ask(find, json!({ "query": "weather:fine price:cheap mug" })).await;
    assert_eq!(*found.data("/mugs/nodes"), json!([{ "title": "Mug" }]));
    let told = found.at("/extensions/search");
    let invalid =
        |field: &str, message: &str, code: &str| json!({ "field": field, "message": message, "code": code });
    let unknown = |field: &str| invalid(field, "Invalid search field for this query.", "invalid_field");
    let value = invalid("price", "Input `cheap` is not an accepted value.", "invalid_value");
    let expected = json!([
        { "path": ["mugs"], "query": "weather:fine price:cheap mug", "warnings": [unknown("weather"), value] },
        { "path": ["collections"], "query": "colour:red", "warnings": [unknown("colour")] },
    ]);
    assert_eq!(*told, expected);
    let silent = office.ask(find, json!({ "query": "title:mug" })).await;
    assert_eq!(silent.at("/extensions/search").as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn variants_are_listed_and_orders_counted() {
    let office = BackOffice::open().await;
    for title in ["Mug", "Spoon"] {
        office.goods(title).await;
    }
    let list = "query($query: String) { productVariants(first: 5, query: $query) { nodes { displayName } } }";
    for (query, names) in [
        ("spoon", vec!["Spoon - Default Title"]),
        ("product_status:active", vec!["Mug - Default Title", "Spoon - Default Title"]),
        ("sku:nothing", vec![]),
    ] {
        let found = office.ask(list, json!({ "query": query })).await;
        let nodes: Vec<Value> = names.iter().map(|name| json!({ "displayName": name })).collect();
        assert_eq!(*found.data("/productVariants/nodes"), Value::Array(nodes), "{query}");
    }
    let counted = office.get("{ ordersCount(query: \"status:open\") { count precision } }").await;
    assert_eq!(*counted.data("/ordersCount"), json!({ "count": 0, "precision": "EXACT" }));
}
