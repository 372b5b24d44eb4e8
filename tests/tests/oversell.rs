//! Sixty-four buyers at once, cards that fail in every way, and processes killed in the middle: afterwards the provider's ledger,
//! the orders and the stock agree exactly. `MCOM_SEEDS` says how many times.
#![expect(clippy::expect_used, reason = "a test that cannot be set up has failed")]

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use mcom_schema::id::VariantId;
use mcom_tests::{
    Database, Shop,
    deployment::{Deployment, Part},
    dice::Dice,
    seeds, till,
};
use serde_json::{Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

const BUYERS: u64 = 64;
const PATIENCE: Duration = Duration::from_secs(120);

const OK: &str = "4242424242424242";
const CARDS: [&str; 10] = [
    OK,
    OK,
    OK,
    OK,
    OK,
    "4000000000000002",
    "4000000000009995",
    "4000000000000101",
    "4000000000000119",
    "4000000000000119",
];

const CREATE: &str = "mutation($input: CartInput) { cartCreate(input: $input) { cart { id cost { totalAmount { amount } } } } }";
const PAY: &str = "mutation($id: ID!, $payment: CartPaymentInput!) { cartPaymentUpdate(cartId: $id, payment: $payment) { userErrors { code message } } }";
const SUBMIT: &str = "mutation($id: ID!, $token: String!) { cartSubmitForCompletion(cartId: $id, attemptToken: $token) {
    userErrors { code message }
    result { __typename
        ... on SubmitSuccess { attemptId } ... on SubmitAlreadyAccepted { attemptId } ... on SubmitFailed { errors { code } } } } }";
const ATTEMPT: &str = "query($id: String!) { cartCompletionAttempt(attemptId: $id) { __typename
    ... on CartCompletionSuccess { orderId } ... on CartCompletionFailed { errors { code } } } }";

/// A street with one shop in it.
struct Street {
    deployment: Deployment,
    shop: Shop,
}

impl Street {
    async fn open() -> Street {
        let shop = Shop::open_in(Database::own().await, 4).await;
        let deployment = Deployment::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database).await;
        Street { deployment, shop }
    }

    /// What the Storefront API says; asks again until there is an answer without an error.
    async fn ask(&self, document: &str, variables: Value) -> Value {
        let token =
            format!("x-shopify-storefront-access-token: {}", self.shop.created.storefront_token.as_str());
        let body = json!({ "query": document, "variables": variables });
        let until = Instant::now() + PATIENCE;
        loop {
            let host = self.shop.tenant().host();
            let reply = self.deployment.ask(host, &token, "/api/2026-04/graphql.json", &body).await;
            match reply {
                Some(mut reply) if reply.get("errors").is_none() && reply["data"].is_object() => {
                    return reply["data"].take();
                }
                other => assert!(Instant::now() < until, "no good answer: {other:?}"),
            }
            sleep(Duration::from_millis(50)).await;
        }
    }

    async fn session(&self, card: &str) -> String {
        loop {
            match self.deployment.session(card).await {
                Some(session) => return session,
                None => sleep(Duration::from_millis(50)).await,
            }
        }
    }

    async fn number(&self, sql: &str) -> i64 {
        self.shop.rows(sql).await[0].get(0)
    }

    async fn orders_of(&self, mug: VariantId) -> i64 {
        let sql = format!(
            "select count(distinct order_id) from order_lines where tenant_id = $1 and variant_id = {mug}"
        );
        self.number(&sql).await
    }

    /// Kills a process now and then until told to stop.
    async fn havoc(&self, seed: u64, mut stop: watch::Receiver<bool>) {
        let mut dice = Dice::new(seed);
        while !*stop.borrow_and_update() {
            sleep(Duration::from_millis(150 + dice.below(700))).await;
            self.deployment.kill(match dice.below(5) {
                0 => Part::Provider,
                1 | 2 => Part::Worker,
                _ => Part::Server,
            });
            self.deployment.wait().await;
        }
    }

    /// One buyer, who tries until they have a mug or all are sold. Answers with the order.
    async fn buy(&self, mug: VariantId, pieces: i64, seed: u64) -> Option<String> {
        let mut dice = Dice::new(seed);
        let cart = self.ask(CREATE, json!({ "input": cart_of(mug) })).await;
        let cart = &cart["cartCreate"]["cart"];
        let (id, total) = (cart["id"].clone(), cart["cost"]["totalAmount"]["amount"].clone());
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let session = self.session(CARDS[dice.below(CARDS.len() as u64) as usize]).await;
            self.ask(PAY, json!({ "id": id, "payment": payment_of(&total, &session) })).await;
            let submitted = self.ask(SUBMIT, json!({ "id": id, "token": format!("{seed}") })).await;
            let result = &submitted["cartSubmitForCompletion"]["result"];
            match result["attemptId"].as_str() {
                Some(attempt) => {
                    if let Some(order) = self.outcome(attempt).await {
                        return Some(order);
                    }
                }
                None if self.orders_of(mug).await >= pieces => return None,
                None => sleep(Duration::from_millis(100 + dice.below(200))).await,
            }
        }
        panic!("a buyer got neither a mug nor the word that all are sold");
    }

    /// The order, or nothing if the attempt failed.
    async fn outcome(&self, attempt: &str) -> Option<String> {
        let until = Instant::now() + PATIENCE;
        while Instant::now() < until {
            let reply = self.ask(ATTEMPT, json!({ "id": attempt })).await;
            let reply = &reply["cartCompletionAttempt"];
            match reply["__typename"].as_str() {
                Some("CartCompletionSuccess") => return reply["orderId"].as_str().map(str::to_owned),
                Some("CartCompletionFailed") => return None,
                _ => sleep(Duration::from_millis(100)).await,
            }
        }
        panic!("the attempt {attempt} comes to no end");
    }

    /// Waits until nothing is under way any more.
    async fn settle(&self) {
        let under_way = "select (select count(*) from checkouts where tenant_id = $1 and status not in ('placed', 'failed'))
            + (select count(*) from jobs where tenant_id = $1 and unique_key is distinct from 'periodic')";
        let until = Instant::now() + PATIENCE;
        while self.number(under_way).await > 0 {
            assert!(Instant::now() < until, "attempts or jobs are left: {:?}", self.shop.jobs().await);
            sleep(Duration::from_millis(100)).await;
        }
    }

    /// Compares the provider's ledger with the orders, by the keys of the charges.
    async fn compare_money(&self) {
        let orders = "select p.idempotency_key, o.total_minor from orders o join payments p on p.tenant_id = o.tenant_id
            and p.checkout_id = o.checkout_id where o.tenant_id = $1 and o.financial_status = 'PAID' and p.status = 'paid'";
        let rows = self.shop.rows(orders).await;
        let orders: BTreeMap<String, i64> = rows.iter().map(|row| (row.get(0), row.get(1))).collect();
        let ledger = self.deployment.ledger().await;
        let charges: BTreeMap<String, i64> = ledger
            .as_object()
            .expect("the ledger is a map")
            .iter()
            .filter(|(_, charge)| charge["status"] == "paid")
            .map(|(key, charge)| (key.clone(), charge["amount_minor"].as_i64().expect("an amount")))
            .collect();
        assert_eq!(orders, charges, "a charge without an order, or an order without its charge");
        assert_eq!(
            orders.len() as i64,
            self.number("select count(*) from orders where tenant_id = $1").await
        );
    }

    /// Compares the stock of a mug with its orders.
    async fn compare_stock(&self, mug: VariantId, pieces: i64) {
        let sold = self.orders_of(mug).await;
        assert_eq!(sold, pieces.min(BUYERS as i64), "oversold, or left unsold");
        let level = format!(
            "select available, reserved, committed from inventory_levels l join inventory_items i
             on i.tenant_id = l.tenant_id and i.id = l.item_id where l.tenant_id = $1 and i.variant_id = {mug}"
        );
        let rows = self.shop.rows(&level).await;
        let level: (i64, i64, i64) = (rows[0].get(0), rows[0].get(1), rows[0].get(2));
        assert_eq!(level, (pieces - sold, 0, sold));
    }
}

fn cart_of(mug: VariantId) -> Value {
    let address =
        json!({ "lastName": "Lovelace", "address1": "1 Mill Rd", "city": "Bonn", "countryCode": "DE" });
    json!({
        "lines": [{ "merchandiseId": mug.gid(), "quantity": 1 }],
        "buyerIdentity": { "email": "ada@example.com" },
        "delivery": { "addresses": [{ "address": { "deliveryAddress": address } }] },
    })
}

fn payment_of(amount: &Value, session: &str) -> Value {
    let billing = json!({ "lastName": "Lovelace", "country": "DE" });
    let card = json!({ "sessionId": session, "billingAddress": billing });
    json!({ "amount": { "amount": amount, "currencyCode": "EUR" }, "directPaymentMethod": card })
}

async fn rush(street: &Arc<Street>, pieces: i64, seed: u64) {
    let mug = till::goods(&street.shop.admin(), "12.50", pieces).await;
    let (stop, told) = watch::channel(false);
    let havoc = tokio::spawn({
        let street = street.clone();
        async move { street.havoc(seed, told).await }
    });
    let buyers = (0..BUYERS).map(|buyer| {
        let street = street.clone();
        tokio::spawn(async move { street.buy(mug, pieces, seed * BUYERS + buyer + 1).await })
    });
    let mut orders = vec![];
    for buyer in buyers.collect::<Vec<_>>() {
        orders.extend(buyer.await.expect("a buyer is served"));
    }
    stop.send_replace(true);
    havoc.await.expect("the processes can be killed");
    street.settle().await;
    street.compare_stock(mug, pieces).await;
    street.compare_money().await;
    assert_eq!(orders.len() as i64, pieces.min(BUYERS as i64), "a buyer with an order does not know of it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_books_agree_whatever_fails() {
    for seed in 0..seeds(2) {
        let street = Arc::new(Street::open().await);
        for pieces in [1, 10, 500] {
            rush(&street, pieces, seed).await;
        }
    }
}
