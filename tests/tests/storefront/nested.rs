//! Lines that belong to other lines, and go with them.

use mcom_tests::till::Till;
use serde_json::{Value, json};

const SHOWN: &str = "{ cart { id lines(first: 9) { nodes { id viewKey quantity
      ... on CartLine { parentRelationship { parent { id } } } merchandise { ... on ProductVariant { id } } } } }
    userErrors { field code } }";

async fn ask(till: &Till, mutation: &str, arguments: &[(&str, &str, Value)]) -> Value {
    let types: Vec<String> = arguments.iter().map(|(name, of, _)| format!("${name}: {of}")).collect();
    let passed: Vec<String> = arguments.iter().map(|(name, ..)| format!("{name}: ${name}")).collect();
    let document = format!("mutation({}) {{ {mutation}({}) {SHOWN} }}", types.join(", "), passed.join(", "));
    let variables: serde_json::Map<String, Value> =
        arguments.iter().map(|(name, _, value)| ((*name).to_owned(), value.clone())).collect();
    let answer = till.shop.storefront(&document, variables.into()).await;
    answer.data(&format!("/{mutation}")).clone()
}

fn lines(payload: &Value) -> Vec<Value> {
    payload["cart"]["lines"]["nodes"].as_array().expect("there is a cart").clone()
}

#[tokio::test]
async fn a_line_that_belongs_to_another_goes_with_it() {
    let till = Till::open().await;
    let (lamp, warranty) = (till.goods("80.00", 9).await, till.goods("5.00", 9).await);
    let input = json!({ "lines": [
        { "merchandiseId": warranty.gid(), "parent": { "merchandiseId": lamp.gid() } },
        { "merchandiseId": lamp.gid() },
        { "merchandiseId": warranty.gid() },
    ] });
    let made = ask(&till, "cartCreate", &[("input", "CartInput!", input)]).await;
    let (cart, there) = (made["cart"]["id"].clone(), lines(&made));
    let parents: Vec<&Value> = there.iter().map(|line| &line["parentRelationship"]["parent"]["id"]).collect();
    assert_eq!(parents, [&Value::Null, &Value::Null, &there[0]["id"]]);

    let nested = json!([{ "merchandiseId": lamp.gid(), "parent": { "lineId": there[2]["id"] } }]);
    let wanted = [("cartId", "ID!", cart.clone()), ("lines", "[CartLineInput!]!", nested)];
    let told = ask(&till, "cartLinesAdd", &wanted).await["userErrors"].clone();
    assert_eq!(told, json!([{ "field": ["lines", "0", "parent"], "code": "PARENT_LINE_NESTING_TOO_DEEP" }]));
    let lost =
        json!([{ "merchandiseId": lamp.gid(), "parent": { "lineId": "gid://shopify/CartLine/none" } }]);
    let wanted = [("cartId", "ID!", cart.clone()), ("lines", "[CartLineInput!]!", lost)];
    let lost = ask(&till, "cartLinesAdd", &wanted).await;
    assert_eq!(lost["userErrors"][0]["code"], "PARENT_LINE_NOT_FOUND");

    let wanted = ("lineIds", "[ID!]", json!([there[0]["id"], there[2]["id"]]));
    let left = ask(&till, "cartLinesRemove", &[("cartId", "ID!", cart), wanted]).await;
    let ids: Vec<Value> = lines(&left).iter().map(|line| line["id"].clone()).collect();
    assert_eq!(ids, [there[1]["id"].clone()]);
}

#[tokio::test]
async fn a_quantity_of_zero_takes_what_belongs_to_the_line_too() {
    let till = Till::open().await;
    let (lamp, warranty) = (till.goods("80.00", 9).await, till.goods("5.00", 9).await);
    let input = json!({ "lines": [{ "merchandiseId": lamp.gid() },
        { "merchandiseId": warranty.gid(), "parent": { "merchandiseId": lamp.gid() } }] });
    let made = ask(&till, "cartCreate", &[("input", "CartInput!", input)]).await;
    let change = json!([{ "id": lines(&made)[0]["id"], "quantity": 0 }]);
    let cart = ("cartId", "ID!", made["cart"]["id"].clone());
    let left = ask(&till, "cartLinesUpdate", &[cart, ("lines", "[CartLineUpdateInput!]!", change)]).await;
    assert_eq!(lines(&left), Vec::<Value>::new());
}

#[tokio::test]
async fn a_line_is_named_by_its_view_key_too() {
    let till = Till::open().await;
    let lamp = till.goods("80.00", 9).await;
    let input = json!({ "lines": [{ "merchandiseId": lamp.gid() }] });
    let made = ask(&till, "cartCreate", &[("input", "CartInput!", input)]).await;
    let key = lines(&made)[0]["viewKey"].clone();
    let cart = || ("cartId", "ID!", made["cart"]["id"].clone());
    let change = json!([{ "viewKey": key, "quantity": 4 }]);
    let more = ask(&till, "cartLinesUpdate", &[cart(), ("lines", "[CartLineUpdateInput!]!", change)]).await;
    assert_eq!(lines(&more)[0]["quantity"], 4);
    let none = ask(&till, "cartLinesRemove", &[cart(), ("viewKeys", "[String!]", json!([key]))]).await;
    assert_eq!(lines(&none), Vec::<Value>::new());
}
