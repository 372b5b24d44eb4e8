//! Opening an account and changing it.

use serde_json::{Value, json};

use crate::counter::{Counter, ERRORS, refusals, token};

const SHOWN: &str = "email firstName lastName phone displayName acceptsMarketing numberOfOrders tags";

fn update() -> String {
    format!(
        "mutation($token: String!, $customer: CustomerUpdateInput!) {{
           customerUpdate(customerAccessToken: $token, customer: $customer) {{
             customer {{ id }} customerAccessToken {{ accessToken expiresAt }} {ERRORS} }} }}"
    )
}

#[tokio::test]
async fn an_account_is_opened_and_seen_by_who_signs_in() {
    let counter = Counter::open().await;
    let input = json!({ "email": " Ada@Example.com ", "password": "analytical", "firstName": "Ada",
        "lastName": "Lovelace", "phone": "+44 20 1234", "acceptsMarketing": true });
    let created = counter.create(input).await;
    assert_eq!(refusals(&created), json!([]));
    let id = created["customer"]["id"].as_str().expect("an id");
    assert!(id.starts_with("gid://shopify/Customer/"), "{id}");
    let token = token(&counter.sign_in("ada@EXAMPLE.com", "analytical").await);
    let seen = counter.customer(&token, SHOWN).await;
    let expected = json!({ "email": "Ada@Example.com", "firstName": "Ada", "lastName": "Lovelace",
        "phone": "+44 20 1234", "displayName": "Ada Lovelace", "acceptsMarketing": true, "numberOfOrders": "0",
        "tags": [] });
    assert_eq!(seen, expected);
    let topics: Vec<String> = counter.shop.events().await.into_iter().map(|event| event.topic).collect();
    assert_eq!(topics, ["customers/create"]);
}

#[tokio::test]
async fn what_is_not_taken_is_refused_field_by_field_and_leaves_nothing() {
    let counter = Counter::open().await;
    let input = json!({ "email": "ada", "password": "1234", "firstName": "<i>Ada</i>", "lastName": "www.ada.example",
        "phone": "call me" });
    let expected = json!([
        ["input.email", "INVALID"],
        ["input.password", "TOO_SHORT"],
        ["input.firstName", "CONTAINS_HTML_TAGS"],
        ["input.lastName", "CONTAINS_URL"],
        ["input.phone", "INVALID"],
    ]);
    assert_eq!(refusals(&counter.create(input).await), expected);
    counter.ada().await;
    let before = counter.shop.events().await.len();
    let again = counter.create(json!({ "email": "ADA@example.com", "password": "difference" })).await;
    assert_eq!(refusals(&again), json!([["input.email", "TAKEN"]]));
    assert_eq!(again["customer"], Value::Null);
    assert_eq!(counter.shop.events().await.len(), before);
}

#[tokio::test]
async fn an_account_is_changed_where_something_is_given() {
    let counter = Counter::open().await;
    let input =
        json!({ "email": "ada@example.com", "password": "analytical", "firstName": "Ada", "phone": "123" });
    counter.create(input).await;
    let token = token(&counter.sign_in("ada@example.com", "analytical").await);
    let change =
        json!({ "lastName": "King", "phone": null, "acceptsMarketing": true, "email": "king@example.com" });
    let changed = counter.ask(&update(), json!({ "token": token, "customer": change })).await;
    let payload = changed.data("/customerUpdate");
    assert_eq!((refusals(payload), &payload["customerAccessToken"]), (json!([]), &Value::Null));
    let expected = json!({ "email": "king@example.com", "firstName": "Ada", "lastName": "King", "phone": null,
        "displayName": "Ada King", "acceptsMarketing": true, "numberOfOrders": "0", "tags": [] });
    assert_eq!(counter.customer(&token, SHOWN).await, expected);
    counter.sign_in("king@example.com", "analytical").await["customerAccessToken"]["accessToken"]
        .as_str()
        .expect("she signs in by the new address");
}

#[tokio::test]
async fn the_address_of_somebody_else_stays_theirs() {
    let counter = Counter::open().await;
    counter.member("grace@example.com").await;
    let token = counter.ada().await;
    let change = json!({ "email": "Grace@example.com", "firstName": "Ada" });
    let refused = counter.refusals(&update(), json!({ "token": token, "customer": change })).await;
    assert_eq!(refused, json!([["customer.email", "TAKEN"]]));
    assert_eq!(counter.customer(&token, "firstName").await, json!({ "firstName": null }));
}

#[tokio::test]
async fn another_password_signs_everybody_else_out() {
    let counter = Counter::open().await;
    let here = counter.ada().await;
    let there = token(&counter.sign_in("ada@example.com", "analytical").await);
    let change = json!({ "password": "difference" });
    let changed = counter.ask(&update(), json!({ "token": here, "customer": change })).await;
    let now = token(changed.data("/customerUpdate"));
    for gone in [&here, &there] {
        assert_eq!(counter.customer(gone, "id").await, Value::Null);
    }
    assert!(counter.customer(&now, "id").await.is_object());
    let old = counter.sign_in("ada@example.com", "analytical").await;
    assert_eq!(refusals(&old), json!([[null, "UNIDENTIFIED_CUSTOMER"]]));
    token(&counter.sign_in("ada@example.com", "difference").await);
}

#[tokio::test]
async fn nobody_changes_an_account_without_its_token() {
    let counter = Counter::open().await;
    let other = Counter::open().await;
    counter.ada().await;
    let elsewhere = other.ada().await;
    for wrong in ["", "nonsense", &elsewhere] {
        let variables = json!({ "token": wrong, "customer": { "firstName": "Eve" } });
        let answer = counter.ask(&update(), variables).await;
        assert_eq!(answer.error_code(), "ACCESS_DENIED");
        let required = "`unauthenticated_write_customers` access scope.";
        assert_eq!(*answer.at("/errors/0/extensions/requiredAccess"), required);
        assert_eq!(*answer.at("/data/customerUpdate"), Value::Null);
    }
}
