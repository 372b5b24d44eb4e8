//! What several do at the same time.

use futures_util::future::join_all;
use mcom_sales::customers::{self, MOST_ADDRESSES};
use serde_json::{Value, json};

use crate::counter::{Counter, ERRORS, parts, refusals, token};

#[tokio::test]
async fn of_two_who_open_an_account_at_once_one_gets_it() {
    let counter = Counter::open().await;
    let input = |password: &str| json!({ "email": "ada@example.com", "password": password });
    let wishes = ["analytical", "difference", "engineering"];
    let outcomes = join_all(wishes.iter().map(|password| counter.create(input(password)))).await;
    let mut told: Vec<Value> = outcomes.iter().map(refusals).collect();
    told.sort_by_key(Value::to_string);
    let taken = json!([["input.email", "TAKEN"]]);
    assert_eq!(told, [taken.clone(), taken, json!([])]);
    let mut opened = 0;
    for password in wishes {
        opened += usize::from(
            counter.sign_in("ada@example.com", password).await["customerAccessToken"].is_object(),
        );
    }
    assert_eq!(opened, 1);
}

#[tokio::test]
async fn a_mailed_secret_is_good_for_one_of_several_who_use_it_at_once() {
    let counter = Counter::open().await;
    counter.ada().await;
    customers::recover(&counter.shop.buyer(), "ada@example.com").await.expect("a mail can be asked for");
    let (id, secret) = parts(&counter.link().await);
    let document = format!(
        "mutation($id: ID!, $input: CustomerResetInput!) {{ customerReset(id: $id, input: $input) {{
           customerAccessToken {{ accessToken }} {ERRORS} }} }}"
    );
    let reset = async |password: &str| {
        let variables = json!({ "id": id, "input": { "resetToken": secret, "password": password } });
        counter.ask(&document, variables).await.data("/customerReset").clone()
    };
    let wishes = ["difference", "engineering", "mathematics"];
    let outcomes = join_all(wishes.iter().map(|password| reset(password))).await;
    let winners: Vec<usize> =
        (0..wishes.len()).filter(|i| outcomes[*i]["customerAccessToken"].is_object()).collect();
    assert_eq!(winners.len(), 1, "{outcomes:#?}");
    token(&counter.sign_in("ada@example.com", wishes[winners[0]]).await);
    for (i, outcome) in outcomes.iter().enumerate().filter(|(i, _)| *i != winners[0]) {
        assert_eq!(refusals(outcome), json!([["input.resetToken", "TOKEN_INVALID"]]), "{}", wishes[i]);
    }
}

#[tokio::test]
async fn an_address_book_is_never_longer_than_it_may_be_and_has_one_default() {
    let counter = Counter::open().await;
    let secret = counter.ada().await;
    let cx = counter.shop.buyer();
    let address = serde_json::from_value(json!({ "city": "Bonn" })).expect("an address");
    for _ in 0..MOST_ADDRESSES - 2 {
        customers::create_address(&cx, &secret, &address).await.expect("there is room");
    }
    let document = format!(
        "mutation($token: String!) {{ customerAddressCreate(customerAccessToken: $token, address: {{ city: \"Ulm\" }}) {{
           customerAddress {{ id }} {ERRORS} }} }}"
    );
    let add = async || {
        let answer = counter.ask(&document, json!({ "token": secret })).await;
        answer.data("/customerAddressCreate/customerAddress").is_object()
    };
    let added = join_all((0..6).map(|_| add())).await;
    assert_eq!(added.into_iter().filter(|added| *added).count(), 2);
    let kept =
        "select count(*), count(*) filter (where is_default) from customer_addresses where tenant_id = $1";
    let row = &counter.shop.rows(kept).await[0];
    assert_eq!((row.get::<_, i64>(0), row.get::<_, i64>(1)), (MOST_ADDRESSES, 1));
}

#[tokio::test]
async fn who_signs_in_while_the_password_changes_is_not_left_signed_in_with_the_old_one() {
    let counter = Counter::open().await;
    for round in 0..6 {
        let email = format!("ada{round}@example.com");
        let here = counter.member(&email).await;
        let change = serde_json::from_value(json!({ "password": "difference" })).expect("a change");
        let cx = counter.shop.buyer();
        let (changed, other) =
            tokio::join!(customers::update(&cx, &here, &change), counter.sign_in(&email, "analytical"));
        changed.expect("the password can be changed");
        if let Some(old) = other["customerAccessToken"]["accessToken"].as_str() {
            assert_eq!(counter.customer(old, "id").await, Value::Null, "round {round}");
        }
    }
}
