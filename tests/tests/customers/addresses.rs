//! Address books.

use serde_json::{Value, json};

use crate::counter::{Counter, ERRORS, refusals};

const SHOWN: &str =
    "id firstName lastName company address1 address2 city province provinceCode zip country countryCode
    countryCodeV2 phone name formatted(withName: true) formattedArea";

fn create() -> String {
    format!(
        "mutation($token: String!, $address: MailingAddressInput!) {{
           customerAddressCreate(customerAccessToken: $token, address: $address) {{
             customerAddress {{ {SHOWN} }} {ERRORS} }} }}"
    )
}

fn update() -> String {
    format!(
        "mutation($token: String!, $id: ID!, $address: MailingAddressInput!) {{
           customerAddressUpdate(customerAccessToken: $token, id: $id, address: $address) {{
             customerAddress {{ {SHOWN} }} {ERRORS} }} }}"
    )
}

fn delete() -> String {
    format!(
        "mutation($token: String!, $id: ID!) {{ customerAddressDelete(customerAccessToken: $token, id: $id) {{
           deletedCustomerAddressId {ERRORS} }} }}"
    )
}

fn choose() -> String {
    format!(
        "mutation($token: String!, $id: ID!) {{
           customerDefaultAddressUpdate(customerAccessToken: $token, addressId: $id) {{
             customer {{ defaultAddress {{ id }} }} {ERRORS} }} }}"
    )
}

/// Adds an address in this city; its id.
pub async fn add(counter: &Counter, token: &str, city: &str) -> Value {
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": city, "country": "Germany" });
    let created = counter.ask(&create(), json!({ "token": token, "address": address })).await;
    created.data("/customerAddressCreate/customerAddress/id").clone()
}

async fn book(counter: &Counter, token: &str) -> (Vec<Value>, Value) {
    let seen =
        counter.customer(token, "defaultAddress { city } addresses(first: 10) { nodes { city } }").await;
    let cities = seen["addresses"]["nodes"].as_array().cloned().unwrap_or_default();
    let cities = cities.into_iter().map(|address| address["city"].clone()).collect();
    (cities, seen["defaultAddress"]["city"].clone())
}

#[tokio::test]
async fn an_address_is_written_by_names_and_read_in_every_form() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let address = json!({ "firstName": "Ada", "lastName": "Lovelace", "company": "Mill", "address1": "150 Elgin St",
        "address2": "Suite 8", "city": "Ottawa", "province": "Ontario", "zip": "K2P 1L4", "country": "Canada",
        "phone": "+1 613 1234" });
    let created = counter.ask(&create(), json!({ "token": token, "address": address })).await;
    let id = created.data("/customerAddressCreate/customerAddress/id").clone();
    let seen = counter.customer(&token, &format!("defaultAddress {{ {SHOWN} }}")).await;
    let expected = json!({ "id": id, "firstName": "Ada", "lastName": "Lovelace", "company": "Mill",
        "address1": "150 Elgin St", "address2": "Suite 8", "city": "Ottawa", "province": "Ontario", "provinceCode": "ON",
        "zip": "K2P 1L4", "country": "Canada", "countryCode": "CA", "countryCodeV2": "CA", "phone": "+1 613 1234",
        "name": "Ada Lovelace",
        "formatted": ["Ada Lovelace", "Mill", "150 Elgin St", "Suite 8", "Ottawa ON K2P 1L4", "CA"],
        "formattedArea": "Ottawa ON, CA" });
    assert_eq!(seen["defaultAddress"], expected);
}

#[tokio::test]
async fn an_address_is_changed_where_something_is_given() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let id = add(&counter, &token, "Bonn").await;
    let variables = json!({ "token": token, "id": id, "address": { "city": "Ulm", "address1": null } });
    let changed = counter.ask(&update(), variables).await;
    assert_eq!(refusals(changed.data("/customerAddressUpdate")), json!([]));
    let seen = counter.customer(&token, "addresses(first: 5) { nodes { id city address1 lastName } }").await;
    let expected = json!([{ "id": id, "city": "Ulm", "address1": null, "lastName": "Lovelace" }]);
    assert_eq!(seen["addresses"]["nodes"], expected);
}

#[tokio::test]
async fn there_is_always_one_default_as_long_as_there_is_an_address() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let mut ids = vec![];
    for city in ["Bonn", "Ulm", "Jena"] {
        ids.push(add(&counter, &token, city).await);
    }
    assert_eq!(
        book(&counter, &token).await,
        (vec![json!("Bonn"), json!("Ulm"), json!("Jena")], json!("Bonn"))
    );
    let chosen = counter.ask(&choose(), json!({ "token": token, "id": ids[2] })).await;
    assert_eq!(*chosen.data("/customerDefaultAddressUpdate/customer/defaultAddress/id"), ids[2]);
    let deleted = counter.ask(&delete(), json!({ "token": token, "id": ids[2] })).await;
    assert_eq!(*deleted.data("/customerAddressDelete/deletedCustomerAddressId"), ids[2]);
    assert_eq!(book(&counter, &token).await, (vec![json!("Bonn"), json!("Ulm")], json!("Bonn")));
    for id in &ids[..2] {
        counter.ask(&delete(), json!({ "token": token, "id": id })).await.data("/customerAddressDelete");
    }
    assert_eq!(book(&counter, &token).await, (vec![], Value::Null));
}

#[tokio::test]
async fn the_addresses_of_others_are_not_found() {
    let counter = Counter::open().await;
    let (ada, grace) = (counter.ada().await, counter.member("grace@example.com").await);
    let hers = add(&counter, &grace, "Bonn").await;
    for (document, field) in [(update(), "id"), (delete(), "id"), (choose(), "addressId")] {
        for id in [&hers, &json!("gid://shopify/MailingAddress/1?part=billing"), &json!("nonsense")] {
            let variables = json!({ "token": ada, "id": id, "address": { "city": "Ulm" } });
            assert_eq!(counter.refusals(&document, variables).await, json!([[field, "NOT_FOUND"]]), "{id}");
        }
    }
    assert_eq!(book(&counter, &grace).await, (vec![json!("Bonn")], json!("Bonn")));
    let denied = counter.ask(&create(), json!({ "token": "x", "address": { "city": "Ulm" } })).await;
    assert_eq!(denied.error_code(), "ACCESS_DENIED");
}

#[tokio::test]
async fn addresses_that_cannot_be_are_refused() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    for (address, expected) in [
        (json!({ "country": "Narnia" }), json!([["address.country", "INVALID"]])),
        (json!({ "city": "<b>Bonn</b>" }), json!([["address.city", "CONTAINS_HTML_TAGS"]])),
        (json!({ "province": "x".repeat(256) }), json!([["address.province", "TOO_LONG"]])),
    ] {
        let variables = json!({ "token": token, "address": address });
        assert_eq!(counter.refusals(&create(), variables).await, expected);
    }
    assert_eq!(book(&counter, &token).await.0.len(), 0);
}
