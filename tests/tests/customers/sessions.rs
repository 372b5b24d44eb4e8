//! Signing in, staying so, and signing out.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use crate::counter::{Counter, refusals, token};

const DELETE: &str = "mutation($token: String!) { customerAccessTokenDelete(customerAccessToken: $token) {
    deletedAccessToken deletedCustomerAccessTokenId userErrors { field message } } }";
const RENEW: &str = "mutation($token: String!) { customerAccessTokenRenew(customerAccessToken: $token) {
    customerAccessToken { accessToken expiresAt } userErrors { field message } } }";

#[tokio::test]
async fn somebody_stays_signed_in_for_six_weeks() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    counter.shop.pass(chrono::Duration::seconds(41 * 86_400));
    assert!(counter.customer(&token, "id").await.is_object());
    let renewed = counter.ask(RENEW, json!({ "token": token })).await;
    let until = renewed.data("/customerAccessTokenRenew/customerAccessToken/expiresAt").as_str();
    let until: DateTime<Utc> = until.and_then(|text| text.parse().ok()).expect("an instant");
    assert_eq!(until, mcom_tests::shop::opening() + Duration::days(41 + 42));
    counter.shop.pass(chrono::Duration::seconds(41 * 86_400));
    assert!(counter.customer(&token, "id").await.is_object());
    counter.shop.pass(chrono::Duration::seconds(2 * 86_400));
    assert_eq!(counter.customer(&token, "id").await, Value::Null);
    assert_eq!(counter.ask(RENEW, json!({ "token": token })).await.error_code(), "ACCESS_DENIED");
}

#[tokio::test]
async fn who_signs_out_is_signed_out_once() {
    let counter = Counter::open().await;
    let token = counter.ada().await;
    let deleted = counter.ask(DELETE, json!({ "token": token })).await;
    assert_eq!(*deleted.data("/customerAccessTokenDelete/deletedAccessToken"), json!(token));
    assert_eq!(counter.customer(&token, "id").await, Value::Null);
    let again = counter.ask(DELETE, json!({ "token": token })).await;
    assert_eq!(again.error_code(), "ACCESS_DENIED");
}

#[tokio::test]
async fn an_unknown_address_and_a_wrong_password_are_told_the_same() {
    let counter = Counter::open().await;
    counter.ada().await;
    let wrong = counter.sign_in("ada@example.com", "difference").await;
    let unknown = counter.sign_in("nobody@example.com", "difference").await;
    assert_eq!(wrong, unknown);
    assert_eq!(refusals(&wrong), json!([[null, "UNIDENTIFIED_CUSTOMER"]]));
    assert_eq!(wrong["customerAccessToken"], Value::Null);
}

#[tokio::test]
async fn a_token_and_an_address_open_nothing_in_another_store() {
    let counter = Counter::open().await;
    let other = Counter::open().await;
    let token = counter.ada().await;
    assert_eq!(other.customer(&token, "id").await, Value::Null);
    let refused = other.sign_in("ada@example.com", "analytical").await;
    assert_eq!(refusals(&refused), json!([[null, "UNIDENTIFIED_CUSTOMER"]]));
    for document in [DELETE, RENEW] {
        assert_eq!(other.ask(document, json!({ "token": token })).await.error_code(), "ACCESS_DENIED");
    }
    assert!(counter.customer(&token, "id").await.is_object());
}

#[tokio::test]
async fn passwords_cannot_be_guessed_at_length() {
    let counter = Counter::open().await;
    counter.ada().await;
    for _ in 0..10 {
        counter.sign_in("ada@example.com", "guessed").await;
    }
    // From now on not even the right one opens, and an address without an account is told the same.
    let right = counter.try_to_sign_in("ADA@example.com", "analytical").await;
    assert_eq!(right.error_code(), "THROTTLED");
    token(&{
        counter.shop.pass(chrono::Duration::seconds(15 * 60));
        counter.sign_in("ada@example.com", "analytical").await
    });
    for _ in 0..12 {
        counter.try_to_sign_in("nobody@example.com", "guessed").await;
    }
    let unknown = counter.try_to_sign_in("nobody@example.com", "guessed").await;
    assert_eq!(unknown.error_code(), "THROTTLED");
}

#[tokio::test]
async fn who_signs_in_is_forgiven_earlier_slips() {
    let counter = Counter::open().await;
    counter.ada().await;
    for _ in 0..3 {
        for _ in 0..6 {
            counter.sign_in("ada@example.com", "guessed").await;
        }
        token(&counter.sign_in("ada@example.com", "analytical").await);
    }
}

#[tokio::test]
async fn what_is_kept_of_tokens_and_passwords_opens_nothing() {
    let counter = Counter::open().await;
    let secret = counter.ada().await;
    let kept = "select encode(t.hash, 'hex'), p.hash from customer_access_tokens t
        join customer_passwords p on p.tenant_id = t.tenant_id and p.customer_id = t.customer_id where t.tenant_id = $1";
    let row = &counter.shop.rows(kept).await[0];
    let (hash, password): (String, String) = (row.get(0), row.get(1));
    assert!(password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{password}");
    assert_ne!(hash, secret);
    for stolen in [hash, password] {
        assert_eq!(counter.customer(&stolen, "id").await, Value::Null);
    }
}
