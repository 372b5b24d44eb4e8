//! How the gateway asks the subgraphs for a cart and what is in it.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Variables;
use futures_util::future::BoxFuture;
use mcom::gateway::{Api, Gateway};
use mcom_kit::{Answer, Call, Dynamic, Fault, Op, Options, Registry, Subgraph};
use serde_json::{Value, json};

use crate::stall::{Stall, text};

/// A subgraph that remembers what it was asked.
struct Watched {
    inner: Dynamic,
    name: &'static str,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Subgraph for Watched {
    fn prepare(&self, text: &str) -> Result<Op, Fault> {
        self.inner.prepare(text)
    }

    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer> {
        let asked = format!("{}: {}", self.name, call.op.text);
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
        self.inner.call(call)
    }
}

fn watched(asked: &Arc<Mutex<Vec<String>>>) -> Gateway {
    let watch = |name: &'static str, sdl: &str, registry: Registry| -> (&str, Arc<dyn Subgraph>) {
        let inner = Dynamic::build(sdl, registry, Options::default()).expect("SDL and code agree");
        (name, Arc::new(Watched { inner, name, asked: asked.clone() }))
    };
    let storefront = include_str!("../../../schema/sdl/subgraph/storefront.graphql");
    let checkout = include_str!("../../../schema/sdl/subgraph/checkout.graphql");
    let subgraphs = vec![
        watch("storefront", storefront, mcom_storefront::registry()),
        watch("checkout", checkout, mcom_checkout::buyer()),
    ];
    Gateway::new(&Api::storefront(), subgraphs).expect("the schemas can be planned over")
}

#[tokio::test]
async fn a_cart_of_24_lines_with_their_products_is_two_fetches_one_of_them_for_all_entities() {
    let stall = Stall::open().await;
    let product = stall.shirt("Shirt").await;
    let variants = stall.variants(product).await;
    stall.sell_without_stock(product, &variants).await;
    // Different notes keep the lines apart.
    let notes = |n: usize| json!([{ "key": "n", "value": n.to_string() }]);
    let line = |n: usize| json!({ "merchandiseId": variants[n % 3], "attributes": notes(n) });
    let lines: Vec<Value> = (0..24).map(line).collect();
    let create =
        "mutation($lines: [CartLineInput!]) { cartCreate(input: { lines: $lines }) { cart { id } } }";
    let created = stall.ask(create, json!({ "lines": lines })).await;
    let id = text(created.at("/cartCreate/cart/id")).to_owned();

    let asked = Arc::new(Mutex::new(vec![]));
    let gateway = watched(&asked);
    let document = "query($id: ID!) { cart(id: $id) { id totalQuantity lines(first: 100) { nodes { id quantity
        merchandise { ... on ProductVariant { id title price { amount } product { id title vendor } } } } } } }";
    let variables: Variables = serde_json::from_value(json!({ "id": id })).expect("an object");
    let Ok(prepared) = gateway.prepare(document, None, variables) else { panic!("the document is valid") };
    let cx = stall.shop.buyer();
    let answer = gateway.execute(&prepared, &cx, None).await;
    let answer: Value = serde_json::from_slice(&answer).expect("JSON");
    let shown = answer.pointer("/data/cart/lines/nodes").and_then(Value::as_array);
    let Some(shown) = shown else { panic!("{answer:#}") };
    assert_eq!(shown.len(), 24, "{answer:#}");
    assert!(shown.iter().all(|line| line.pointer("/merchandise/product/title") == Some(&json!("Shirt"))));
    let asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
    assert_eq!(asked.len(), 2, "{asked:#?}");
    assert!(asked[0].starts_with("checkout: ") && !asked[0].contains("_entities"), "{asked:#?}");
    assert!(asked[1].starts_with("storefront: ") && asked[1].matches("_entities").count() == 1, "{asked:#?}");
}
