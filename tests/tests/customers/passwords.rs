//! Passwords that are set with what was mailed.

use mcom_data::Error;
use mcom_sales::customers;
use mcom_tests::till;
use serde_json::{Value, json};

use crate::{
    buying::order_as_guest,
    counter::{Counter, ERRORS, parts, refusals, token},
};

fn recover() -> String {
    format!("mutation($email: String!) {{ customerRecover(email: $email) {{ {ERRORS} }} }}")
}

fn by_id(mutation: &str, input: &str) -> String {
    format!(
        "mutation($id: ID!, $input: {input}!) {{ {mutation}(id: $id, input: $input) {{
           customer {{ email }} customerAccessToken {{ accessToken }} {ERRORS} }} }}"
    )
}

fn by_url(mutation: &str, argument: &str, errors: &str) -> String {
    format!(
        "mutation($url: URL!, $password: String!) {{ {mutation}({argument}: $url, password: $password) {{
           customer {{ email }} customerAccessToken {{ accessToken }} {errors} }} }}"
    )
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_once() {
    let counter = Counter::open().await;
    let before = counter.ada().await;
    let asked = counter.ask(&recover(), json!({ "email": "ADA@example.com" })).await;
    assert_eq!(refusals(asked.data("/customerRecover")), json!([]));
    let (id, secret) = parts(&counter.link().await);
    let reset = by_id("customerReset", "CustomerResetInput");
    let with = |password: &str| json!({ "id": id, "input": { "resetToken": secret, "password": password } });
    assert_eq!(counter.refusals(&reset, with("1234")).await, json!([["input.password", "TOO_SHORT"]]));
    let done = counter.ask(&reset, with("difference")).await;
    let now = token(done.data("/customerReset"));
    assert_eq!(*done.data("/customerReset/customer/email"), "ada@example.com");
    assert!(counter.customer(&now, "id").await.is_object());
    assert_eq!(counter.customer(&before, "id").await, Value::Null, "whoever was signed in is signed out");
    token(&counter.sign_in("ada@example.com", "difference").await);
    assert_eq!(
        counter.refusals(&reset, with("engine")).await,
        json!([["input.resetToken", "TOKEN_INVALID"]])
    );
}

#[tokio::test]
async fn the_mailed_address_does_the_same_and_ends_after_three_hours() {
    let counter = Counter::open().await;
    counter.ada().await;
    let reset = by_url("customerResetByUrl", "resetUrl", ERRORS);
    counter.ask(&recover(), json!({ "email": "ada@example.com" })).await;
    let late = counter.link().await;
    assert!(late.contains("/account/reset/"), "{late}");
    counter.shop.pass(chrono::Duration::seconds(3 * 3600));
    let variables = json!({ "url": late, "password": "difference" });
    assert_eq!(counter.refusals(&reset, variables).await, json!([["resetUrl", "TOKEN_INVALID"]]));
    counter.ask(&recover(), json!({ "email": "ada@example.com" })).await;
    let variables = json!({ "url": counter.link().await, "password": "difference" });
    let done = counter.ask(&reset, variables).await;
    token(done.data("/customerResetByUrl"));
    token(&counter.sign_in("ada@example.com", "difference").await);
    let nonsense = json!({ "url": "https://example.com/elsewhere", "password": "difference" });
    assert_eq!(counter.refusals(&reset, nonsense).await, json!([["resetUrl", "TOKEN_INVALID"]]));
}

#[tokio::test]
async fn another_password_makes_mailed_ones_void() {
    let counter = Counter::open().await;
    counter.ada().await;
    let mut links = vec![];
    for _ in 0..2 {
        counter.ask(&recover(), json!({ "email": "ada@example.com" })).await;
        links.push(counter.link().await);
    }
    let reset = by_url("customerResetByUrl", "resetUrl", ERRORS);
    counter
        .ask(&reset, json!({ "url": links[1], "password": "difference" }))
        .await
        .data("/customerResetByUrl");
    let variables = json!({ "url": links[0], "password": "engine" });
    assert_eq!(counter.refusals(&reset, variables).await, json!([["resetUrl", "TOKEN_INVALID"]]));
}

#[tokio::test]
async fn whether_there_is_such_a_customer_is_not_told() {
    let counter = Counter::open().await;
    counter.ada().await;
    let known = counter.ask(&recover(), json!({ "email": "ada@example.com" })).await.body;
    let unknown = counter.ask(&recover(), json!({ "email": "nobody@example.com" })).await.body;
    assert_eq!(known["data"], unknown["data"]);
    let to: Vec<String> = counter.mails().await.into_iter().map(|mail| mail.head.join("\n")).collect();
    assert_eq!(to.len(), 2, "a welcome and one mail to set a password: {to:?}");
    assert!(to.iter().all(|head| head.contains("To: ada@example.com")), "{to:?}");
    for email in ["nobody@example.com", "ada@example.com"] {
        for _ in 0..5 {
            counter.ask(&recover(), json!({ "email": email })).await;
        }
        let too_often = counter.ask(&recover(), json!({ "email": email })).await;
        assert_eq!(too_often.error_code(), "THROTTLED");
    }
    assert_eq!(counter.refusals(&recover(), json!({ "email": "x" })).await, json!([["email", "INVALID"]]));
}

#[tokio::test]
async fn a_guest_proves_the_address_before_the_account_opens() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await;
    order_as_guest(&counter, &mug.gid(), "grace@example.com").await;
    let input = json!({ "email": "Grace@example.com", "password": "thief" });
    let refused = counter.create(input).await;
    assert_eq!(refusals(&refused), json!([["input.email", "CUSTOMER_DISABLED"]]));
    let signed_in = counter.sign_in("grace@example.com", "thief").await;
    assert_eq!(refusals(&signed_in), json!([[null, "UNIDENTIFIED_CUSTOMER"]]));
    let link = counter.link().await;
    assert!(link.contains("/account/activate/"), "{link}");
    let (id, secret) = parts(&link);
    let activate = by_id("customerActivate", "CustomerActivateInput");
    let with =
        |token: &str| json!({ "id": id, "input": { "activationToken": token, "password": "compiler" } });
    let wrong = counter.refusals(&activate, with("guessed")).await;
    assert_eq!(wrong, json!([["input.activationToken", "TOKEN_INVALID"]]));
    let done = counter.ask(&activate, with(&secret)).await;
    let hers = token(done.data("/customerActivate"));
    assert_eq!(counter.customer(&hers, "numberOfOrders").await, json!({ "numberOfOrders": "1" }));
    token(&counter.sign_in("grace@example.com", "compiler").await);
    assert_eq!(counter.refusals(&activate, with(&secret)).await, json!([[null, "ALREADY_ENABLED"]]));
}

#[tokio::test]
async fn a_guest_who_asks_for_a_password_opens_the_account_by_the_mailed_address() {
    let counter = Counter::open().await;
    let mug = till::goods(&counter.shop.admin(), "12.50", 9).await;
    order_as_guest(&counter, &mug.gid(), "grace@example.com").await;
    counter.ask(&recover(), json!({ "email": "grace@example.com" })).await;
    let activate =
        by_url("customerActivateByUrl", "activationUrl", "customerUserErrors { code field message }");
    let variables = json!({ "url": counter.link().await, "password": "compiler" });
    let done = counter.ask(&activate, variables).await;
    token(done.data("/customerActivateByUrl"));
    token(&counter.sign_in("grace@example.com", "compiler").await);
}

#[tokio::test]
async fn what_was_mailed_opens_nothing_in_another_store_and_of_nobody_else() {
    let counter = Counter::open().await;
    let other = Counter::open().await;
    for counter in [&counter, &other] {
        counter.ada().await;
    }
    counter.member("grace@example.com").await;
    counter.ask(&recover(), json!({ "email": "ada@example.com" })).await;
    let link = counter.link().await;
    let reset = by_url("customerResetByUrl", "resetUrl", ERRORS);
    let variables = json!({ "url": link, "password": "difference" });
    assert_eq!(other.refusals(&reset, variables).await, json!([["resetUrl", "TOKEN_INVALID"]]));
    let (id, secret) = parts(&link);
    let neighbour = format!("{}{}", id.trim_end_matches(|c: char| c.is_ascii_digit()), 1 + number(&id));
    let variables = json!({ "id": neighbour, "input": { "resetToken": secret, "password": "difference" } });
    let refused = counter.refusals(&by_id("customerReset", "CustomerResetInput"), variables).await;
    assert_eq!(refused, json!([["input.resetToken", "TOKEN_INVALID"]]));
    let kept = counter.shop.rows("select hash from customer_mailed_tokens where tenant_id = $1").await;
    assert_eq!(kept.len(), 1, "nothing was used up");
}

fn number(gid: &str) -> i64 {
    gid.rsplit('/').next().and_then(|digits| digits.parse().ok()).expect("a number")
}

#[tokio::test]
async fn nobody_has_mails_sent_to_everybody_from_one_place() {
    let counter = Counter::open().await;
    let from = |address: &str| counter.shop.buyer().asked_from(address.parse().expect("an address"));
    let busy = from("192.0.2.7");
    for i in 0..50 {
        customers::recover(&busy, &format!("ada{i}@example.com")).await.expect("a mail can be asked for");
    }
    let one_more = customers::recover(&busy, "grace@example.com").await;
    assert!(matches!(one_more, Err(Error::TooOften(_))), "{one_more:?}");
    customers::recover(&from("192.0.2.8"), "grace@example.com").await.expect("others can ask");
    counter.shop.pass(chrono::Duration::minutes(15));
    customers::recover(&busy, "grace@example.com").await.expect("after a while they can again");
}
