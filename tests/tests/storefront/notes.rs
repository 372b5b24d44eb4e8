//! What storefronts note down on a cart by names and types, until it is the order's.

use mcom_sales::carts;
use mcom_tests::till::{Till, cart_of};
use serde_json::{Value, json};

const SET: &str = "mutation($values: [CartMetafieldsSetInput!]!) { cartMetafieldsSet(metafields: $values) {
    metafields { id key namespace type value parentResource { ... on Cart { id note } } }
    userErrors { field code elementIndex } } }";

fn value(cart: &str, key: &str, of: &str, value: &str) -> Value {
    json!({ "ownerId": cart, "key": key, "type": of, "value": value })
}

async fn read(till: &Till, cart: &str, namespace: &str, key: &str) -> Value {
    let document = "query($id: ID!, $namespace: String!, $key: String!) { cart(id: $id) {
        metafield(namespace: $namespace, key: $key) { value type }
        metafields(identifiers: [{ namespace: $namespace, key: $key }, { key: \"none\" }]) { key } } }";
    let variables = json!({ "id": cart, "namespace": namespace, "key": key });
    till.shop.storefront(document, variables).await.data("/cart").clone()
}

#[tokio::test]
async fn values_are_set_read_replaced_and_deleted() {
    let till = Till::open().await;
    let create = "mutation { cartCreate(input: { note: \"Hi\", metafields: [
        { key: \"custom.wrap\", type: \"boolean\", value: \"true\" }] }) { cart { id } userErrors { code } } }";
    let made = till.shop.storefront(create, json!({})).await;
    let cart = made.data("/cartCreate/cart/id").as_str().expect("there is a cart").to_owned();
    let there = read(&till, &cart, "custom", "wrap").await;
    assert_eq!(there["metafield"], json!({ "value": "true", "type": "boolean" }));
    assert_eq!(there["metafields"], json!([{ "key": "wrap" }, null]));

    let values = json!([
        value(&cart, "custom.wrap", "boolean", "false"),
        value(&cart, "pieces", "number_integer", "3")
    ]);
    let set = till.shop.storefront(SET, json!({ "values": values })).await;
    let told = set.data("/cartMetafieldsSet/metafields").clone();
    assert_eq!((&told[0]["value"], &told[1]["namespace"]), (&json!("false"), &json!("$app")));
    assert_eq!(told[0]["parentResource"], json!({ "id": cart, "note": "Hi" }));
    assert_eq!(read(&till, &cart, "custom", "wrap").await["metafield"]["value"], "false");

    let delete = "mutation($input: CartMetafieldDeleteInput!) { cartMetafieldDelete(input: $input) {
        deletedId userErrors { code field } } }";
    let which = json!({ "input": { "ownerId": cart, "key": "custom.wrap" } });
    let gone = till.shop.storefront(delete, which.clone()).await;
    assert_eq!(*gone.data("/cartMetafieldDelete/deletedId"), told[0]["id"]);
    assert_eq!(read(&till, &cart, "custom", "wrap").await["metafield"], Value::Null);
    let again = till.shop.storefront(delete, which).await;
    let missing = json!([{ "code": "METAFIELD_DOES_NOT_EXIST", "field": ["input", "key"] }]);
    assert_eq!(*again.data("/cartMetafieldDelete/userErrors"), missing);
}

#[tokio::test]
async fn what_is_no_value_of_its_type_is_refused_by_its_place() {
    let till = Till::open().await;
    let made = till.shop.storefront("mutation { cartCreate { cart { id } } }", json!({})).await;
    let cart = made.data("/cartCreate/cart/id").as_str().expect("there is a cart").to_owned();
    let values = json!([
        value(&cart, "custom.wrap", "boolean", "true"),
        value(&cart, "custom.pieces", "number_integer", "many")
    ]);
    let refused = till.shop.storefront(SET, json!({ "values": values })).await;
    let error = &refused.data("/cartMetafieldsSet/userErrors")[0];
    assert_eq!((&error["code"], &error["elementIndex"]), (&json!("INVALID_VALUE"), &json!(1)));
    assert_eq!(read(&till, &cart, "custom", "wrap").await["metafield"], Value::Null);

    let many: Vec<Value> =
        (0..26).map(|i| value(&cart, &format!("custom.key_{i}"), "boolean", "true")).collect();
    let many = till.shop.storefront(SET, json!({ "values": many })).await;
    assert_eq!(many.data("/cartMetafieldsSet/userErrors")[0]["code"], "LESS_THAN_OR_EQUAL_TO");

    let stranger = cart.split('?').next().expect("an id has a beginning").to_owned();
    let foreign = json!([value(&stranger, "custom.wrap", "boolean", "true")]);
    let foreign = till.shop.storefront(SET, json!({ "values": foreign })).await;
    let error = &foreign.data("/cartMetafieldsSet/userErrors")[0];
    assert_eq!((&error["code"], &error["elementIndex"]), (&json!("INVALID_OWNER"), &json!(0)));

    let create = "mutation { cartCreate(input: { metafields: [
        { key: \"custom.wrap\", type: \"boolean\", value: \"perhaps\" }] }) { cart { id } userErrors { code field } } }";
    let made = till.shop.storefront(create, json!({})).await;
    let error = &made.data("/cartCreate/userErrors")[0];
    assert_eq!((&error["code"], &error["field"][2]), (&json!("INVALID_METAFIELDS"), &json!("0")));
}

#[tokio::test]
async fn an_order_has_the_values_of_its_cart() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    let mut input = cart_of(mug, 1);
    input["sourceName"] = json!("kiosk");
    let input = serde_json::from_value(input).expect("it is an input");
    let made = carts::create(&till.shop.buyer(), &input).await.expect("it is answered");
    let made = made.cart.expect("there is a cart");
    let cart = till.pay_with(&made, "manual").await.id.gid();
    let values = json!([value(&cart, "custom.wrap", "boolean", "true")]);
    till.shop.storefront(SET, json!({ "values": values })).await;
    let submit = "mutation($id: ID!) @inContext(language: PT_BR) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") {
        result { __typename } } }";
    let submitted = till.shop.storefront(submit, json!({ "id": cart })).await;
    assert_eq!(*submitted.data("/cartSubmitForCompletion/result/__typename"), json!("SubmitSuccess"));
    let kept = "select namespace || '.' || key || '=' || value from metafields
        where tenant_id = $1 and owner_type = 'ORDER'";
    let kept: Vec<String> = till.shop.rows(kept).await.iter().map(|row| row.get(0)).collect();
    assert_eq!(kept, ["custom.wrap=true"]);
    let told = till.shop.merchant("{ orders(first: 1) { nodes { customerLocale sourceName } } }", json!({}));
    let order = json!({ "customerLocale": "pt-BR", "sourceName": "kiosk" });
    assert_eq!(told.await.data("/orders/nodes")[0], order);
}
