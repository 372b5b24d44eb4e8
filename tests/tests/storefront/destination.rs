//! Where a cart goes: several addresses, exactly one of which is chosen, and whom the bill names.

use mcom_tests::till::Till;
use serde_json::{Value, json};

const SHOWN: &str = "{ cart { id delivery { addresses { id selected oneTimeUse
      address { ... on CartDeliveryAddress { city zip latitude formatted } } } } }
    userErrors { field code } warnings { code target } }";

/// A mutation of this cart's addresses: what it answers.
async fn change(till: &Till, mutation: &str, of: &str, cart: &Value, list: Value) -> Value {
    let (name, list_type) = of.split_once(": ").expect("it has a type");
    let document = format!(
        "mutation($id: ID!, $list: {list_type}) {{ {mutation}(cartId: $id, {name}: $list) {SHOWN} }}"
    );
    let answer = till.shop.storefront(&document, json!({ "id": cart, "list": list })).await;
    answer.data(&format!("/{mutation}")).clone()
}

fn in_city(city: &str) -> Value {
    json!({ "address": { "deliveryAddress": { "city": city, "countryCode": "DE" } } })
}

/// City and whether it is the chosen one.
fn cities(payload: &Value) -> Vec<(&str, bool)> {
    let addresses = payload["cart"]["delivery"]["addresses"].as_array().expect("there is a cart");
    addresses
        .iter()
        .map(|it| (it["address"]["city"].as_str().unwrap_or_default(), it["selected"] == true))
        .collect()
}

async fn cart(till: &Till) -> Value {
    let made = till.shop.storefront("mutation { cartCreate { cart { id } } }", json!({})).await;
    made.data("/cartCreate/cart/id").clone()
}

#[tokio::test]
async fn addresses_are_added_changed_removed_and_replaced_and_one_is_always_chosen() {
    let till = Till::open().await;
    let cart = cart(&till).await;
    let input = "addresses: [CartSelectableAddressInput!]!";
    let both = json!([in_city("Bonn"), in_city("Ulm")]);
    let added = change(&till, "cartDeliveryAddressesAdd", input, &cart, both).await;
    assert_eq!(cities(&added), [("Bonn", true), ("Ulm", false)]);
    assert_eq!(added["cart"]["delivery"]["addresses"][0]["address"]["latitude"], Value::Null);
    let id = |place: usize| added["cart"]["delivery"]["addresses"][place]["id"].clone();

    let wish = json!([{ "id": id(1), "selected": true, "oneTimeUse": true,
        "address": { "deliveryAddress": { "city": "Jena", "countryCode": "DE" } } }]);
    let input = "addresses: [CartSelectableAddressUpdateInput!]!";
    let changed = change(&till, "cartDeliveryAddressesUpdate", input, &cart, wish).await;
    assert_eq!(cities(&changed), [("Bonn", false), ("Jena", true)]);
    assert_eq!(changed["cart"]["delivery"]["addresses"][1]["oneTimeUse"], true);
    let wish = json!([{ "id": id(1), "selected": false }]);
    let changed = change(&till, "cartDeliveryAddressesUpdate", input, &cart, wish).await;
    assert_eq!(cities(&changed), [("Bonn", true), ("Jena", false)]);

    let ids = "addressIds: [ID!]!";
    let left = change(&till, "cartDeliveryAddressesRemove", ids, &cart, json!([id(0)])).await;
    assert_eq!(cities(&left), [("Jena", true)]);
    let gone = change(&till, "cartDeliveryAddressesRemove", ids, &cart, json!([id(0)])).await;
    let error = json!([{ "field": ["addressIds", "0"], "code": "INVALID_DELIVERY_ADDRESS_ID" }]);
    assert_eq!((cities(&gone), &gone["userErrors"]), (vec![("Jena", true)], &error));

    let input = "addresses: [CartSelectableAddressInput!]!";
    let others = json!([in_city("Kiel"), { "address": in_city("Trier")["address"], "selected": true }]);
    let replaced = change(&till, "cartDeliveryAddressesReplace", input, &cart, others).await;
    assert_eq!(cities(&replaced), [("Kiel", false), ("Trier", true)]);
    let read = "query($id: ID!) { cart(id: $id) { delivery { addresses(selected: true) {
        address { ... on CartDeliveryAddress { city } } } } } }";
    let read = till.shop.storefront(read, json!({ "id": cart })).await;
    assert_eq!(*read.data("/cart/delivery/addresses"), json!([{ "address": { "city": "Trier" } }]));
}

#[tokio::test]
async fn an_address_that_is_there_already_is_not_added_again_and_the_buyer_is_told() {
    let till = Till::open().await;
    let cart = cart(&till).await;
    let input = "addresses: [CartSelectableAddressInput!]!";
    let first = change(&till, "cartDeliveryAddressesAdd", input, &cart, json!([in_city("Bonn")])).await;
    assert_eq!(first["warnings"], json!([]));
    let again = json!([in_city("Ulm"), in_city("Bonn")]);
    let again = change(&till, "cartDeliveryAddressesAdd", input, &cart, again).await;
    assert_eq!(cities(&again), [("Bonn", true), ("Ulm", false)]);
    let target = &first["cart"]["delivery"]["addresses"][0]["id"];
    assert_eq!(again["warnings"], json!([{ "code": "DUPLICATE_DELIVERY_ADDRESS", "target": target }]));
}

#[tokio::test]
async fn a_strict_look_refuses_what_a_parcel_would_not_find() {
    let till = Till::open().await;
    let cart = cart(&till).await;
    let input = "addresses: [CartSelectableAddressInput!]!";
    let address = json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "zip": "5311",
        "countryCode": "DE" });
    let with = |strategy: &str, zip: &str| {
        let mut address = address.clone();
        address["zip"] = json!(zip);
        json!([{ "address": { "deliveryAddress": address }, "validationStrategy": strategy }])
    };
    let refused = change(&till, "cartDeliveryAddressesAdd", input, &cart, with("STRICT", "5311")).await;
    let field = json!(["addresses", "0", "address", "deliveryAddress", "zip"]);
    assert_eq!(refused["userErrors"], json!([{ "field": field, "code": "INVALID_ZIP_CODE_FOR_COUNTRY" }]));
    assert_eq!(cities(&refused), []);
    let loose = change(&till, "cartDeliveryAddressesAdd", input, &cart, with("COUNTRY_CODE_ONLY", "5311"));
    assert_eq!(loose.await["userErrors"], json!([]));
    let strict = change(&till, "cartDeliveryAddressesAdd", input, &cart, with("STRICT", "53111")).await;
    assert_eq!((&strict["userErrors"], cities(&strict).len()), (&json!([]), 2));
}

#[tokio::test]
async fn the_bill_names_whom_the_buyer_says() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    let cart = till.cart(mug, 1, "manual").await;
    let update = "mutation($id: ID!, $who: MailingAddressInput) {
        cartBillingAddressUpdate(cartId: $id, billingAddress: $who) { userErrors { code } } }";
    let who = json!({ "lastName": "Babbage", "city": "London", "country": "United Kingdom" });
    let id = cart.id.gid();
    let done = till.shop.storefront(update, json!({ "id": id, "who": who })).await;
    assert_eq!(*done.data("/cartBillingAddressUpdate/userErrors"), json!([]));
    let submit = "mutation($id: ID!) { cartSubmitForCompletion(cartId: $id, attemptToken: \"t\") {
        result { __typename ... on SubmitFailed { errors { code message } } } } }";
    till.shop.storefront(submit, json!({ "id": id })).await;
    let orders =
        till.shop.rows("select billing_address ->> 'lastName' from orders where tenant_id = $1").await;
    let names: Vec<String> = orders.iter().map(|row| row.get(0)).collect();
    assert_eq!(names, ["Babbage"]);
}

#[tokio::test]
async fn a_clone_and_a_cleaned_cart_tell_nothing_of_their_buyer() {
    let till = Till::open().await;
    let mug = till.goods("12.50", 5).await;
    let cart = till.cart(mug, 2, "ok").await;
    let shown = "{ cart { id totalQuantity buyerIdentity { email } delivery { addresses { id } } } userErrors { code } }";
    let document = format!("mutation($id: ID!) {{ cartClone(cartId: $id) {shown} }}");
    let copy = till.shop.storefront(&document, json!({ "id": cart.id.gid() })).await;
    let copy = copy.data("/cartClone/cart").clone();
    assert_ne!(copy["id"], json!(cart.id.gid()));
    let is_clean = |cart: &Value| {
        assert_eq!(cart["totalQuantity"], 2);
        assert_eq!(cart["buyerIdentity"], json!({ "email": null }));
        assert_eq!(cart["delivery"]["addresses"], json!([]));
    };
    is_clean(&copy);
    let read = "query($id: ID!) { cart(id: $id) { buyerIdentity { email } } }";
    let kept = till.shop.storefront(read, json!({ "id": cart.id.gid() })).await;
    assert_eq!(*kept.data("/cart/buyerIdentity/email"), json!("ada@example.com"));
    let document = format!("mutation($id: ID!) {{ cartRemovePersonalData(cartId: $id) {shown} }}");
    let cleaned = till.shop.storefront(&document, json!({ "id": cart.id.gid() })).await;
    is_clean(cleaned.data("/cartRemovePersonalData/cart"));
    let stranger = format!("gid://shopify/Cart/{}", cart.id.token);
    let refused = till.shop.storefront(&document, json!({ "id": stranger })).await;
    assert_eq!(*refused.data("/cartRemovePersonalData/userErrors"), json!([{ "code": "INVALID" }]));
}
