//! What a buyer was shown is found by its id, as long as they may see it; nobody finds it who only guesses.

use mcom::apply::{self, Wish};
use mcom_sales::gift_cards::{self, GiftCardCode, GiftCardInput};
use mcom_schema::{Currency, Money};
use mcom_tests::{Answer, Shop, till};
use serde_json::{Value, json};

use crate::{
    addresses::add,
    buying::order_as_guest,
    counter::{Counter, token},
};

const CARD: &str = "FOUND-BY-ITS-ID";

const CREATE: &str = "mutation($input: CartInput!) { cartCreate(input: $input) { userErrors { message } cart { id
    metafield(namespace: \"custom\", key: \"wrap\") { id value } lines(first: 5) { nodes { id quantity } } appliedGiftCards { id lastCharacters }
    deliveryGroups(first: 1) { nodes { deliveryAddress { id city } } }
    buyerIdentity { deliveryAddressPreferences { ... on MailingAddress { id city } } customer { addresses(first: 5) { nodes { id city } } } } } } }";

const SEEN: &str = "addresses(first: 5) { nodes { id city } }
    orders(first: 5) { nodes { id name metafield(namespace: \"custom\", key: \"wrap\") { id value } shippingAddress { id city } billingAddress { id city } } }";

const NODE: &str = "query($id: ID!) { node(id: $id) { __typename id ... on CartLine { quantity }
    ... on AppliedGiftCard { lastCharacters } ... on MailingAddress { city } ... on Order { name } ... on Metafield { value parentResource { __typename } } } }";

async fn node(shop: &Shop, id: &Value) -> Value {
    let answer: Answer = shop.storefront(NODE, json!({ "id": id })).await;
    answer.data("/node").clone()
}

/// An open cart of a customer, paid with a gift card.
async fn cart(counter: &Counter, token: &str) -> Value {
    let admin = counter.shop.admin();
    let code = GiftCardCode::parse(CARD).expect("a code");
    let open = GiftCardInput { enabled: true, ..GiftCardInput::default() };
    gift_cards::issue(&admin, &code, Money::new(100, Currency::EUR), &open).await.expect("it can be issued");
    let mug = till::goods(&admin, "12.50", 9).await.gid();
    let address = |city: &str| json!({ "lastName": "Lovelace", "city": city, "countryCode": "DE" });
    let preferred =
        json!([{ "deliveryAddress": { "lastName": "Lovelace", "city": "Jena", "country": "DE" } }]);
    let noted = json!([{ "key": "custom.wrap", "type": "boolean", "value": "true" }]);
    let input = json!({ "lines": [{ "merchandiseId": mug, "quantity": 2 }], "giftCardCodes": [CARD], "metafields": noted,
        "buyerIdentity": { "customerAccessToken": token, "deliveryAddressPreferences": preferred },
        "delivery": { "addresses": [{ "selected": true, "address": { "deliveryAddress": address("Ulm") } }] } });
    let made = counter.ask(CREATE, json!({ "input": input })).await;
    assert_eq!(*made.data("/cartCreate/userErrors"), json!([]));
    made.data("/cartCreate/cart").clone()
}

/// Everything that belongs to one buyer, as an answer told it.
async fn belongings(counter: &Counter, token: &str) -> Vec<(&'static str, Value)> {
    let cart = cart(counter, token).await;
    let seen = counter.customer(token, SEEN).await;
    let order = &seen["orders"]["nodes"][0];
    vec![
        ("CartLine", cart["lines"]["nodes"][0].clone()),
        ("AppliedGiftCard", cart["appliedGiftCards"][0].clone()),
        ("MailingAddress", cart["deliveryGroups"]["nodes"][0]["deliveryAddress"].clone()),
        ("MailingAddress", cart["buyerIdentity"]["deliveryAddressPreferences"][0].clone()),
        ("MailingAddress", cart["buyerIdentity"]["customer"]["addresses"]["nodes"][0].clone()),
        ("MailingAddress", seen["addresses"]["nodes"][0].clone()),
        ("MailingAddress", order["shippingAddress"].clone()),
        ("MailingAddress", order["billingAddress"].clone()),
        ("Order", order.clone()),
        ("Metafield", cart["metafield"].clone()),
        ("Metafield", order["metafield"].clone()),
    ]
}

/// As if carts that became orders had had something noted down on them that buyers may read.
async fn note_on_orders(counter: &Counter) {
    let text =
        "metafieldDefinitions: [{ owner: order, namespace: custom, key: wrap, name: Wrap, type: boolean }]";
    let applied = apply::apply(&counter.shop.admin(), text, Wish::default()).await.expect("it is answered");
    applied.expect("it can be described");
    let note = "insert into metafields (tenant_id, owner_type, owner_id, namespace, key, value_type, value, created_at, updated_at)
        select tenant_id, 'ORDER', id, 'custom', 'wrap', 'boolean', 'true', processed_at, processed_at from orders
        where tenant_id = $1";
    counter.shop.rows(note).await;
}

/// The same id with another secret.
fn forged(id: &str) -> Value {
    let (rest, last) = id.split_at(id.len() - 1);
    json!(format!("{rest}{}", if last == "0" { "1" } else { "0" }))
}

#[tokio::test]
async fn what_was_shown_is_found_by_its_id_and_by_nothing_less() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    add(&counter, &token, "Bonn").await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await.gid();
    order_as_guest(&counter, &mug, "ada@example.com").await;
    note_on_orders(&counter).await;
    let elsewhere = counter.shop.beside().await;
    for (kind, thing) in belongings(&counter, &token).await {
        let id = thing["id"].as_str().unwrap_or_else(|| panic!("no {kind}: {thing}"));
        let found = node(&counter.shop, &thing["id"]).await;
        assert_eq!((&found["__typename"], &found["id"]), (&json!(kind), &thing["id"]), "{thing}");
        for field in ["quantity", "lastCharacters", "city", "name", "value"] {
            assert_eq!(found.get(field), thing.get(field), "{id}");
        }
        let bare = id.split('?').next().unwrap_or_default();
        for less in [json!(bare), forged(id)] {
            assert_eq!(node(&counter.shop, &less).await, Value::Null, "{less}");
        }
        assert_eq!(node(&elsewhere, &thing["id"]).await, Value::Null, "another store finds {id}");
    }
}

#[tokio::test]
async fn what_ids_carry_opens_nothing_but_what_they_name() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let (hers, other) = (add(&counter, &token, "Bonn").await, counter.member("grace@example.com").await);
    let cart = cart(&counter, &token).await;
    let line = cart["lines"]["nodes"][0]["id"].as_str().expect("a line");
    assert!(!hers.to_string().contains(&token) && !line.contains("gid://shopify/Cart/"));
    let (_, key) = line.rsplit_once("key=").expect("it carries a key");
    let (id, secret) = cart["id"].as_str().and_then(|id| id.split_once("?key=")).expect("a cart");
    assert_ne!(key, secret);
    let change =
        "mutation($id: ID!) { cartNoteUpdate(cartId: $id, note: \"x\") { cart { id } userErrors { code } } }";
    let changed = counter.ask(change, json!({ "id": format!("{id}?key={key}") })).await;
    assert_eq!(*changed.data("/cartNoteUpdate/userErrors/0/code"), json!("INVALID"));
    // The address of another customer, with what Grace was given for hers.
    let graces = add(&counter, &other, "Ulm").await;
    let pass = graces.as_str().and_then(|id| id.split_once('?')).map(|(_, pass)| pass).expect("a pass");
    let address = hers.as_str().and_then(|id| id.split('?').next()).expect("an id");
    assert_eq!(node(&counter.shop, &json!(format!("{address}?{pass}"))).await, Value::Null);
}

#[tokio::test]
async fn an_address_is_found_as_long_as_its_customer_is_signed_in() {
    let counter = Counter::open().await;
    let first = counter.ada().await;
    let second = token(&counter.sign_in("ada@example.com", "analytical").await);
    let ids = [add(&counter, &first, "Bonn").await, {
        let seen = counter.customer(&second, "addresses(first: 1) { nodes { id } }").await;
        seen["addresses"]["nodes"][0]["id"].clone()
    }];
    assert_ne!(ids[0], ids[1]);
    let out = "mutation($token: String!) { customerAccessTokenDelete(customerAccessToken: $token) { deletedAccessToken } }";
    counter.ask(out, json!({ "token": first })).await.data("/customerAccessTokenDelete");
    assert_eq!(node(&counter.shop, &ids[0]).await, Value::Null);
    assert_eq!(node(&counter.shop, &ids[1]).await["city"], "Bonn");
    counter.shop.pass(chrono::Duration::days(43));
    assert_eq!(node(&counter.shop, &ids[1]).await, Value::Null);
}

#[tokio::test]
async fn parts_of_one_cart_are_read_at_once() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let cart = cart(&counter, &token).await;
    let ids = json!([cart["lines"]["nodes"][0]["id"], cart["appliedGiftCards"][0]["id"]]);
    let ask = "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on CartLine { quantity merchandise { ... on ProductVariant { title } } } } }";
    let seen = counter.ask(ask, json!({ "ids": ids })).await;
    let line = json!({ "id": ids[0], "quantity": 2, "merchandise": { "title": "Default Title" } });
    assert_eq!(*seen.data("/nodes"), json!([line, { "id": ids[1] }]));
    // Whoever was shown the cart without its key finds the line without what is private of it.
    let stranger = cart["id"].as_str().and_then(|id| id.split('?').next()).expect("an id");
    let read =
        "query($id: ID!) { cart(id: $id) { lines(first: 1) { nodes { id } } appliedGiftCards { id } } }";
    let seen = counter.ask(read, json!({ "id": stranger })).await;
    assert_eq!(*seen.data("/cart/appliedGiftCards"), json!([]));
    let open = seen.data("/cart/lines/nodes/0/id").clone();
    assert_ne!(open, ids[0]);
    assert_eq!(node(&counter.shop, &open).await["id"], open);
}
