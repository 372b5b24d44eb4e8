//! A shopper: looks at goods, fills a cart, pays, and waits for the order; and a merchant who looks in between.

use std::{net::SocketAddr, time::Duration};

use mcom_schema::id::VariantId;
use mcom_tests::{Shop, till, wire::Line};
use serde_json::{Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

use crate::crowd::{Diary, Failure, Lines};

const PATIENCE: Duration = Duration::from_secs(90);

const BROWSE: &str = "{ shop { name } products(first: 3) { nodes { title variants(first: 2) { nodes { id price { amount } } } } } }";
const CREATE: &str =
    "mutation($input: CartInput) { cartCreate(input: $input) { cart { id } userErrors { message } } }";
const UPDATE: &str = "mutation($id: ID!, $lines: [CartLineUpdateInput!]!) {
    cartLinesUpdate(cartId: $id, lines: $lines) { cart { totalQuantity } userErrors { message } } }";
const READ: &str = "query($id: ID!) { cart(id: $id) { totalQuantity cost { totalAmount { amount } }
    lines(first: 5) { nodes { id merchandise { ... on ProductVariant { id title product { title } } } } } } }";
const PAY: &str = "mutation($id: ID!, $payment: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $payment) { userErrors { message } } }";
const SUBMIT: &str = "mutation($id: ID!, $token: String!) { cartSubmitForCompletion(cartId: $id, attemptToken: $token) {
    result { __typename ... on SubmitSuccess { attemptId } ... on SubmitAlreadyAccepted { attemptId } ... on SubmitFailed { errors { code } } } } }";
const ATTEMPT: &str = "query($id: String!) { cartCompletionAttempt(attemptId: $id) { __typename
    ... on CartCompletionSuccess { orderId } ... on CartCompletionFailed { errors { code } } } }";
const ORDERS: &str = "{ orders(first: 3, reverse: true) { nodes { id name totalPriceSet { shopMoney { amount } } } } products(first: 2) { nodes { id title } } }";

/// One shopper.
pub(crate) struct Shopper {
    line: Line,
    vault: SocketAddr,
    storefront: String,
    admin: String,
    mug: VariantId,
    diary: Diary,
}

impl Shopper {
    pub(crate) fn of(
        shop: &Shop,
        mug: VariantId,
        lines: Lines,
        (address, vault): (SocketAddr, SocketAddr),
        diary: Diary,
    ) -> Shopper {
        let line = if lines == Lines::Kept { Line::kept(address) } else { Line::single(address) };
        let head = |path: &str, header: &str, token: &str| {
            let host = shop.tenant().host();
            format!(
                "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{header}: {token}"
            )
        };
        let (buyer, merchant) = (shop.created.storefront_token.as_str(), shop.created.admin_token.as_str());
        Shopper {
            line,
            vault,
            storefront: head("/api/2026-04/graphql.json", "x-shopify-storefront-access-token", buyer),
            admin: head("/admin/api/2026-04/graphql.json", "x-shopify-access-token", merchant),
            mug,
            diary,
        }
    }

    /// Buys one cart after the other until told to stop, and answers with the orders.
    pub(crate) async fn shop(mut self, number: usize, stop: watch::Receiver<bool>) -> Vec<String> {
        let mut orders = vec![];
        while !*stop.borrow() {
            let token = format!("shopper-{number}-{}", orders.len());
            orders.push(self.buy(&token).await);
            self.ask(self.admin.clone(), ORDERS, json!({})).await;
        }
        orders
    }

    async fn buy(&mut self, token: &str) -> String {
        let head = self.storefront.clone();
        self.ask(head.clone(), BROWSE, json!({})).await;
        let made = self.ask(head.clone(), CREATE, json!({ "input": till::cart_of(self.mug, 1) })).await;
        let id = made["cartCreate"]["cart"]["id"].clone();
        let read = self.ask(head.clone(), READ, json!({ "id": id })).await;
        let line = &read["cart"]["lines"]["nodes"][0]["id"];
        self.ask(head.clone(), UPDATE, json!({ "id": id, "lines": [{ "id": line, "quantity": 2 }] })).await;
        let read = self.ask(head.clone(), READ, json!({ "id": id })).await;
        assert_eq!(read["cart"]["totalQuantity"], 2, "a change of a cart is lost");
        let session = self.session().await;
        let payment = till::payment_of(&read["cart"]["cost"]["totalAmount"]["amount"], &session);
        self.ask(head.clone(), PAY, json!({ "id": id, "payment": payment })).await;
        let submitted = self.ask(head.clone(), SUBMIT, json!({ "id": id, "token": token })).await;
        let result = &submitted["cartSubmitForCompletion"]["result"];
        let attempt = result["attemptId"].as_str().unwrap_or_else(|| panic!("not accepted: {submitted}"));
        self.outcome(attempt).await
    }

    async fn outcome(&mut self, attempt: &str) -> String {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let reply = self.ask(self.storefront.clone(), ATTEMPT, json!({ "id": attempt })).await;
            let reply = &reply["cartCompletionAttempt"];
            match reply["__typename"].as_str() {
                Some("CartCompletionSuccess") => {
                    return reply["orderId"].as_str().expect("an order has an id").to_owned();
                }
                Some("CartCompletionFailed") => panic!("a good card is not taken: {reply}"),
                _ => sleep(Duration::from_millis(50)).await,
            }
        }
        panic!("the attempt {attempt} comes to no end");
    }

    /// What the shop answers. A request that was not served is written down and made again.
    async fn ask(&mut self, head: String, document: &str, variables: Value) -> Value {
        let body = json!({ "query": document, "variables": variables }).to_string();
        let until = Instant::now() + PATIENCE;
        loop {
            let from = Instant::now();
            let reply = self.line.send(&head, body.as_bytes()).await;
            let what = match reply {
                Ok(reply) => match serde_json::from_slice::<Value>(&reply.body) {
                    Ok(mut answer) if reply.status == 200 && answer.get("errors").is_none() => {
                        self.diary.served();
                        return answer["data"].take();
                    }
                    _ => format!("{}: {}", reply.status, String::from_utf8_lossy(&reply.body)),
                },
                Err(error) => error.to_string(),
            };
            let name = document.split_whitespace().take(6).collect::<Vec<_>>().join(" ");
            self.diary.failed(Failure { from, to: Instant::now(), what: format!("{name} … {what}") });
            assert!(Instant::now() < until, "never served: {what}");
            sleep(Duration::from_millis(30)).await;
        }
    }

    async fn session(&self) -> String {
        let card = json!({ "credit_card": { "number": "4242424242424242" } }).to_string();
        let head = "POST /sessions HTTP/1.1\r\nhost: vault\r\ncontent-type: application/json";
        let reply = Line::single(self.vault).send(head, card.as_bytes()).await.expect("the vault answers");
        let reply: Value = serde_json::from_slice(&reply.body).expect("in JSON");
        reply["id"].as_str().expect("with a session").to_owned()
    }
}
