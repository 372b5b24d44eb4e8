//! Anything by its id, and nothing of another store.

use mcom_schema::id::ProductId;
use serde_json::{Value, json};

use crate::stall::{Stall, text};

const NODES: &str = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on Product { title }
    ... on ProductVariant { title product { title } } ... on Collection { handle } ... on Shop { name }
    ... on Cart { totalQuantity } } }";

#[tokio::test]
async fn everything_is_found_by_its_id_in_the_order_asked() {
    let stall = Stall::open().await;
    let product = stall.shirt("Shirt").await;
    let collection = stall.collection("Shirts", &[product]).await.gid();
    let variant = stall.variants(product).await.remove(1);
    let created = stall.get("mutation { cartCreate { cart { id } } }").await;
    let cart = text(created.at("/cartCreate/cart/id")).to_owned();
    let shop = stall.shop.tenant().store().gid();
    let nothing = "gid://shopify/Product/9007199254740991";
    let ids = json!([cart, variant, nothing, shop, collection, product.gid(), "gid://shopify/Metaobject/1"]);
    let asked = stall.ask(NODES, json!({ "ids": ids })).await;
    assert_eq!(
        *asked.at("/nodes"),
        json!([
            { "__typename": "Cart", "id": cart, "totalQuantity": 0 },
            { "__typename": "ProductVariant", "id": variant, "title": "S / Blue", "product": { "title": "Shirt" } },
            null,
            { "__typename": "Shop", "id": shop, "name": "Test" },
            { "__typename": "Collection", "id": collection, "handle": "shirts" },
            { "__typename": "Product", "id": product.gid(), "title": "Shirt" },
            null,
        ])
    );
}

#[tokio::test]
async fn options_and_values_are_found_with_their_product() {
    let stall = Stall::open().await;
    let (shirt, hidden) = (stall.shirt("Shirt").await, stall.shirt("Hidden").await);
    let options = "query($id: ID!) { product(id: $id) { options { id name optionValues { id name } } } }";
    let of = async |product: ProductId| {
        stall.ask(options, json!({ "id": product.gid() })).await.at("/product/options/1").clone()
    };
    let (color, gone) = (of(shirt).await, of(hidden).await);
    let blue = &color["optionValues"][1];
    stall.hide(hidden).await;
    let ask = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id ... on ProductOption { name }
        ... on ProductOptionValue { name firstSelectableVariant { title } } } }";
    let ids = json!([
        blue["id"],
        gone["id"],
        color["id"],
        gone["optionValues"][0]["id"],
        "gid://shopify/ProductOption/9007199254740991"
    ]);
    let found = stall.ask(ask, json!({ "ids": ids })).await;
    assert_eq!(
        *found.at("/nodes"),
        json!([
            { "__typename": "ProductOptionValue", "id": blue["id"], "name": "Blue",
              "firstSelectableVariant": { "title": "S / Blue" } },
            null,
            { "__typename": "ProductOption", "id": color["id"], "name": "Color" },
            null,
            null,
        ])
    );
}

#[tokio::test]
async fn what_is_no_id_is_refused() {
    let stall = Stall::open().await;
    for id in ["", "shirt", "gid://shopify/Product", "gid:///Product/1"] {
        let asked = stall.ask("query($id: ID!) { node(id: $id) { id } }", json!({ "id": id })).await;
        assert_eq!(asked.body["errors"][0]["extensions"]["code"], "INVALID_FIELD_ARGUMENTS", "{id}");
        assert_eq!(asked.body["data"], json!({ "node": null }));
    }
}

#[tokio::test]
async fn another_stores_things_are_nowhere() {
    let (mine, theirs) = (Stall::open().await, Stall::open().await);
    let product = theirs.shirt("Secret").await;
    let collection = theirs.collection("Secrets", &[product]).await.gid();
    let variant = theirs.variants(product).await.remove(0);
    let created = theirs.get("mutation { cartCreate { cart { id } } }").await;
    let cart = text(created.at("/cartCreate/cart/id")).to_owned();
    let shop = theirs.shop.tenant().store().gid();
    let ids = json!([product.gid(), collection, variant, cart, shop]);
    let asked = mine.ask(NODES, json!({ "ids": ids })).await;
    assert_eq!(*asked.at("/nodes"), Value::Array(vec![Value::Null; 5]));
    let asked = mine
        .ask(
            "query($id: ID!, $cart: ID!) { product(id: $id) { id } byHandle: product(handle: \"secret\") { id }
               collection(handle: \"secrets\") { id } cart(id: $cart) { id }
               products(first: 5) { nodes { id } } collections(first: 5) { nodes { id } } }",
            json!({ "id": product.gid(), "cart": cart }),
        )
        .await;
    let nothing = json!({ "nodes": [] });
    assert_eq!(
        *asked.at(""),
        json!({ "product": null, "byHandle": null, "collection": null, "cart": null,
            "products": nothing, "collections": nothing })
    );
}
