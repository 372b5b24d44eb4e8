//! A store of its own behind two deployments of the real program: everything in one process, and every role in another.

use std::net::SocketAddr;

use mcom_sales::checkout;
use mcom_tests::{
    Answer, Database, Shop,
    cluster::{Cluster, Plan},
    generate::{INTROSPECTION, Schema},
    till::Till,
    wire::{Line, Reply},
};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_mcom-under-test");
const ONE: Plan = Plan { gateways: 1, subgraphs: 0, workers: 0 };
const SPLIT: Plan = Plan { gateways: 1, subgraphs: 1, workers: 0 };

#[derive(Clone, Copy)]
enum Api {
    Storefront,
    Admin,
}

/// Somebody who asks a deployment.
struct Client {
    line: Line,
    storefront: String,
    admin: String,
}

impl Client {
    fn of(shop: &Shop, gateway: SocketAddr) -> Client {
        let head = |path: &str, header: &str, token: &str| {
            let host = shop.tenant().host();
            format!(
                "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{header}: {token}"
            )
        };
        let (buyer, merchant) = (shop.created.storefront_token.as_str(), shop.created.admin_token.as_str());
        Client {
            line: Line::kept(gateway),
            storefront: head("/api/2026-04/graphql.json", "x-shopify-storefront-access-token", buyer),
            admin: head("/admin/api/2026-04/graphql.json", "x-shopify-access-token", merchant),
        }
    }

    async fn ask(&mut self, api: Api, document: &str, variables: &Value) -> Reply {
        let head = match api {
            Api::Storefront => self.storefront.clone(),
            Api::Admin => self.admin.clone(),
        };
        // Internal errors are told with the request's name.
        let head = format!("{head}\r\nx-request-id: same");
        let body = json!({ "query": document, "variables": variables }).to_string();
        self.line.send(&head, body.as_bytes()).await.expect("a whole answer")
    }
}

/// Ids of this store that a question may be about.
fn names(answer: &Value, found: &mut Vec<String>) {
    match answer {
        Value::Array(items) => items.iter().for_each(|item| names(item, found)),
        Value::Object(fields) => {
            let id = fields.get("id").and_then(Value::as_str).map(str::to_owned);
            let is_new = |id: &String| {
                let kind = id.rsplit_once('/').map_or("", |(kind, _)| kind).to_owned();
                found.iter().filter(|known| known.starts_with(&kind)).count() < 2 && !found.contains(id)
            };
            let id = id.filter(is_new);
            found.extend(id);
            fields.values().for_each(|value| names(value, found));
        }
        _ => {}
    }
}

/// Asks both for every root field, about everything that was found on the way; answers with how many questions that were.
async fn compare(api: Api, one: &mut Client, split: &mut Client) -> usize {
    let asked = one.ask(api, INTROSPECTION, &json!({})).await;
    assert_eq!(split.ask(api, INTROSPECTION, &json!({})).await, asked);
    let body = serde_json::from_slice(&asked.body).unwrap();
    let schema = Schema::read(&Answer { status: asked.status, body });
    let (mut found, mut questions) = (vec!["x".to_owned()], 0);
    for _ in 0..2 {
        for field in schema.queries() {
            let depth = if field.name.starts_with("node") { 1 } else { 2 };
            let document = schema.document(field, depth);
            let about = if schema.takes(field, "ID") { found.clone() } else { vec!["x".to_owned()] };
            for id in about {
                let variables = schema.variables(field, &mut |_, leaf| (leaf == "ID").then(|| json!(id)));
                let here = one.ask(api, &document, &variables).await;
                let there = split.ask(api, &document, &variables).await;
                let text = |reply: &Reply| String::from_utf8_lossy(&reply.body).into_owned();
                assert_eq!(text(&there), text(&here), "{document} {variables}");
                assert_eq!(there.status, 200);
                names(&serde_json::from_slice(&here.body).unwrap(), &mut found);
                questions += 1;
            }
        }
    }
    questions
}

/// A store with goods, a collection of nothing, and an order.
async fn store() -> Till {
    let database = Database::own().await;
    // Hundreds of questions would be refused for their number; and a full budget is told alike by both.
    let unlimited = "update plans set requests_per_second = 10000000, request_burst = 100000000";
    database.superuser().await.batch_execute(unlimited).await.unwrap();
    let till = Till::open_in(database).await;
    let mug = till.goods("12.50", 9).await;
    till.goods("3.10", 0).await;
    let cart = till.cart(mug, 2, "ok").await.id.gid();
    checkout::submit(&till.shop.buyer(), &cart, "one").await.unwrap();
    till.cart(mug, 1, "ok").await;
    till
}

#[tokio::test]
async fn every_root_field_is_answered_by_split_roles_to_the_byte() {
    let till = store().await;
    let one = Cluster::start(PROGRAM, &till.shop.database, ONE).await;
    let split = one.beside(SPLIT).await;
    let gateway = |cluster: &Cluster| cluster.addresses("gateway")[0];
    let (mut here, mut there) =
        (Client::of(&till.shop, gateway(&one)), Client::of(&till.shop, gateway(&split)));
    for (api, least) in [(Api::Storefront, 15), (Api::Admin, 40)] {
        let questions = compare(api, &mut here, &mut there).await;
        assert!(questions > least, "only {questions} questions");
        println!("{questions} questions answered alike");
    }
}

#[tokio::test]
async fn what_is_written_through_split_roles_is_written_and_a_key_makes_it_once() {
    let till = store().await;
    let split = Cluster::start(PROGRAM, &till.shop.database, SPLIT).await;
    let mut client = Client::of(&till.shop, split.addresses("gateway")[0]);
    let create = "mutation($title: String!, $key: String!) {
        productCreate(product: { title: $title }) @idempotent(key: $key) { product { id title } userErrors { message } } }";
    let variables = json!({ "title": "Written elsewhere", "key": "once" });
    let first = client.ask(Api::Admin, create, &variables).await;
    let second = client.ask(Api::Admin, create, &variables).await;
    assert_eq!(first, second, "the same key is answered alike");
    let made = till.count("(select * from products where title = 'Written elsewhere') p").await;
    assert_eq!(made, 1, "{}", String::from_utf8_lossy(&first.body));
    let refused = "mutation { productCreate(product: { title: \"\" }) { product { id } userErrors { field code: message } } }";
    let refused = client.ask(Api::Admin, refused, &json!({})).await;
    let refused: Value = serde_json::from_slice(&refused.body).unwrap();
    assert!(refused["data"]["productCreate"]["userErrors"][0].is_object(), "{refused}");
}
