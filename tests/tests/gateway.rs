//! What the gateway asks of its subgraphs, and what it answers when one of them is away.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use std::sync::{Arc, Mutex};

use async_graphql::Variables;
use futures_util::future::BoxFuture;
use mcom::gateway::{Context, ThrottleStatus};
use mcom_data::{Actor, Cx};
use mcom_kit::{Answer, Call, Fault, Op, Subgraph};
use mcom_tests::market::Market;
use serde_json::{Value, json};

/// Notes every call, and lets those to `away` fail.
struct Watched {
    name: &'static str,
    inner: Arc<dyn Subgraph>,
    calls: Arc<Mutex<Vec<String>>>,
    away: &'static str,
}

impl Subgraph for Watched {
    fn prepare(&self, text: &str) -> Result<Op, Fault> {
        self.inner.prepare(text)
    }

    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer> {
        self.calls.lock().unwrap().push(format!("{}: {}", self.name, call.op.text));
        if self.away == self.name {
            return Box::pin(async { Answer::failed(Fault::new("BUSY", "away")) });
        }
        self.inner.call(call)
    }
}

/// A market of which one subgraph, perhaps, does not answer; with the calls that it gets.
fn market(away: &'static str) -> (Market, Arc<Mutex<Vec<String>>>) {
    let calls = Arc::new(Mutex::new(Vec::new()));
    let market =
        Market::open_with(&|name, inner| Arc::new(Watched { name, inner, calls: calls.clone(), away }));
    (market, calls)
}

async fn ask(market: &Market, query: &str) -> Value {
    let answer = match market.gateway.prepare(query, None, Variables::default()) {
        Ok(prepared) => market.gateway.execute(&prepared, &Cx::offline(Actor::Anonymous), None).await,
        Err(refused) => refused.to_json(),
    };
    serde_json::from_slice(&answer).unwrap()
}

#[tokio::test]
async fn a_cart_with_its_products_is_two_fetches_one_of_them_for_all_entities() {
    let (market, calls) = market("nobody");
    let query = r#"{ cart(id: "c24") { lines { nodes { id merchandise { ... on ProductVariant { title product { title } } } } } } }"#;
    let answer = ask(&market, query).await;
    assert_eq!(answer["data"]["cart"]["lines"]["nodes"].as_array().unwrap().len(), 24);
    let calls = calls.lock().unwrap();
    assert_eq!(calls.len(), 2, "{calls:?}");
    assert_eq!(calls.iter().filter(|call| call.contains("_entities")).count(), 1, "{calls:?}");
}

#[tokio::test]
async fn a_subgraph_that_is_away_leaves_a_partial_answer_with_errors_at_their_paths() {
    let (market, _) = market("inventory");
    let query = r#"{ product(handle: "shirt-1") { title variants(first: 2) { nodes { id quantityAvailable } } } stockSum }"#;
    let answer = ask(&market, &query.replace(" stockSum", "")).await;
    assert_eq!(answer["data"]["product"]["title"], "Organic cotton shirt 1");
    assert_eq!(answer["data"]["product"]["variants"]["nodes"][1]["quantityAvailable"], Value::Null);
    let paths: Vec<&Value> = answer["errors"].as_array().unwrap().iter().map(|e| &e["path"]).collect();
    let path = |index: usize| json!(["product", "variants", "nodes", index, "quantityAvailable"]);
    assert_eq!(paths, [&path(0), &path(1)]);
    assert_eq!(answer["errors"][0]["extensions"], json!({ "code": "BUSY" }));
    assert_eq!(ask(&market, "{ stockSum }").await["data"], Value::Null);
}

#[tokio::test]
async fn cost_is_told_and_bounded() {
    let (market, calls) = market("nobody");
    let query = "{ products(first: 10) { nodes { title variants(first: 5) { nodes { id } } } } }";
    let prepared = market.gateway.prepare(query, None, Variables::default()).unwrap();
    // 2 for the list; for each of 10 products 1, and for its list 2 and 5 variants.
    assert_eq!(prepared.cost(), 2 + 10 * (1 + 2 + 5));
    let status =
        ThrottleStatus { maximum_available: 2000.0, currently_available: 1918.0, restore_rate: 100.0 };
    let answer = market.gateway.execute(&prepared, &Cx::offline(Actor::Anonymous), Some(status)).await;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"], json!(1918.0));
    calls.lock().unwrap().clear();
    for dear in [
        "{ products(first: 251) { nodes { id } } }",
        "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }",
    ] {
        let answer = ask(&market, dear).await;
        assert!(answer.get("data").is_none() && answer["errors"][0]["message"].is_string(), "{answer}");
    }
    assert!(calls.lock().unwrap().is_empty(), "what is refused reaches no subgraph");
}

#[tokio::test]
async fn directives_become_context_and_reach_no_subgraph() {
    let (market, calls) = market("nobody");
    let query = r#"mutation M($c: String = "ZZ", $k: String!) @inContext(country: $c, language: "DE") {
        cartCreate @idempotent(key: $k) { ... @defer(label: "later") { cart { totalQuantity } } }
    }"#;
    let variables = Variables::from_json(json!({ "k": "once" }));
    let prepared = market.gateway.prepare(query, Some("M"), variables).unwrap();
    assert!(prepared.is_mutation());
    assert_eq!(prepared.operation_name(), Some("M"));
    let keys = vec![("cartCreate".to_owned(), "once".to_owned())];
    let wanted = Context { language: Some("DE".into()), idempotency_keys: keys, ..Context::default() };
    assert_eq!(prepared.context(), wanted);
    let answer = market.gateway.execute(&prepared, &Cx::offline(Actor::Anonymous), None).await;
    let answer: Value = serde_json::from_slice(&answer).unwrap();
    assert_eq!(answer["data"], json!({ "cartCreate": { "cart": { "totalQuantity": 0 } } }));
    assert!(calls.lock().unwrap().iter().all(|call| !call.contains('@')));
}

#[tokio::test]
async fn variables_that_do_not_fit_are_refused_with_every_problem() {
    let (market, _) = market("nobody");
    let query = "mutation M($lines: [CartLineInput!]!) { cartLinesAdd(cartId: \"x\", lines: $lines) { cart { id } } }";
    let variables = Variables::from_json(json!({ "lines": [{ "quantity": "two" }] }));
    let refused = market.gateway.prepare(query, None, variables).unwrap_err();
    let answer: Value = serde_json::from_slice(&refused.to_json()).unwrap();
    let error = &answer["errors"][0];
    assert_eq!(error["extensions"]["code"], "INVALID_VARIABLE");
    assert_eq!(error["extensions"]["value"], json!([{ "quantity": "two" }]));
    let said = error["extensions"]["problems"].to_string();
    assert!(said.contains(r#"{"path":[0,"merchandiseId"],"explanation":"#), "{said}");
    assert!(said.contains(r#"{"path":[0,"quantity"],"explanation":"#), "{said}");
    assert!(error.get("path").is_none() && answer.get("data").is_none());
}
