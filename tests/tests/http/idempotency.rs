//! A mutation with a key happens once, whatever is retried.

use mcom_data::{
    Actor, Error,
    idempotency::{self, Begun},
};
use mcom_schema::event::Event;
use mcom_tests::{Shop, server::Server};
use serde_json::{Value, json};

use crate::server;

const CREATE: &str = "mutation Create($product: ProductCreateInput!) {
    productCreate(product: $product) { product { id title } userErrors { field message } } }";

fn mug() -> Value {
    json!({ "product": { "title": "Mug" } })
}

async fn products(server: &Server) -> i64 {
    server.shop.rows("select count(*) from products where tenant_id = $1").await[0].get(0)
}

#[tokio::test]
async fn the_same_request_is_answered_alike_to_the_byte_and_done_once() {
    let server = server().await;
    let first = server.admin("idempotency-key: k1", CREATE, mug()).await;
    assert_eq!(first.json()["data"]["productCreate"]["product"]["title"], "Mug", "{first:?}");
    let again = server.admin("idempotency-key: k1", CREATE, mug()).await;
    assert_eq!((again.status, again.body), (200, first.body));
    assert_eq!(products(&server).await, 1);
}

#[tokio::test]
async fn a_key_is_good_for_one_request() {
    let server = server().await;
    server.admin("idempotency-key: k1", CREATE, mug()).await;
    let other = server.admin("idempotency-key: k1", CREATE, json!({ "product": { "title": "Cup" } })).await;
    assert_eq!((other.status, other.code().as_str()), (400, "BAD_REQUEST"), "{other:?}");
    let long = server.admin(&format!("idempotency-key: {}", "k".repeat(256)), CREATE, mug()).await;
    assert_eq!(long.status, 400);
    assert_eq!(products(&server).await, 1);
}

#[tokio::test]
async fn concurrent_duplicates_get_one_answer() {
    let server = server().await;
    let asks = (0..8).map(|_| server.admin("idempotency-key: k1", CREATE, mug()));
    let replies = futures_util::future::join_all(asks).await;
    assert!(replies.iter().all(|reply| reply.status == 200 && reply.body == replies[0].body), "{replies:?}");
    assert_eq!(products(&server).await, 1);
}

#[tokio::test]
async fn a_query_takes_no_key() {
    let server = server().await;
    server.admin("idempotency-key: k1", "{ shop { name } }", json!({})).await;
    let keys: i64 =
        server.shop.rows("select count(*) from idempotency_keys where tenant_id = $1").await[0].get(0);
    assert_eq!(keys, 0);
}

fn noted() -> Event {
    Event::new("notes/create", "note", 1, &json!({}))
}

/// What a request with key `k` does, up to the moment at which its process may crash.
async fn begun(shop: &Shop) -> Begun {
    idempotency::begin(&shop.admin(), "k", b"print", chrono::Duration::seconds(60))
        .await
        .expect("the keys can be reached")
}

#[tokio::test]
async fn a_crash_before_the_write_leaves_the_key_free_once_the_lease_is_over() {
    let shop = Shop::open().await;
    let Begun::Mine(_crashed) = begun(&shop).await else { panic!("a new key") };
    assert!(matches!(begun(&shop).await, Begun::UnderWay));
    shop.pass(chrono::Duration::seconds(61));
    assert!(matches!(begun(&shop).await, Begun::Mine(_)));
}

#[tokio::test]
async fn a_crash_after_the_write_never_doubles_it() {
    let shop = Shop::open().await;
    let Begun::Mine(ticket) = begun(&shop).await else { panic!("a new key") };
    let cx = shop.cx(Actor::Operator).holding(ticket);
    cx.write("note", async |db| mcom_data::event::emit(&cx, db, noted()).await).await.expect("it is written");
    assert!(matches!(begun(&shop).await, Begun::UnderWay));
    shop.pass(chrono::Duration::seconds(61));
    assert!(matches!(begun(&shop).await, Begun::AnswerLost));
}

#[tokio::test]
async fn a_request_whose_lease_was_taken_over_cannot_write_any_more() {
    let shop = Shop::open().await;
    let Begun::Mine(slow) = begun(&shop).await else { panic!("a new key") };
    shop.pass(chrono::Duration::seconds(61));
    let Begun::Mine(_fast) = begun(&shop).await else { panic!("the lease is over") };
    let cx = shop.cx(Actor::Operator).holding(slow);
    let late = cx.write("note", async |db| mcom_data::event::emit(&cx, db, noted()).await).await;
    assert!(matches!(late, Err(Error::Conflict(_))), "{late:?}");
    assert_eq!(shop.events().await, []);
}

#[tokio::test]
async fn keys_are_forgotten_after_three_days() {
    let shop = Shop::open().await;
    let Begun::Mine(ticket) = begun(&shop).await else { panic!("a new key") };
    ticket.settle(&shop.admin(), "{}", true).await.expect("it is kept");
    shop.pass(chrono::Duration::hours(71));
    assert!(matches!(begun(&shop).await, Begun::Answered(answer) if answer == "{}"));
    shop.pass(chrono::Duration::hours(2));
    assert!(matches!(begun(&shop).await, Begun::Mine(_)));
}
