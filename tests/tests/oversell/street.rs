//! A street with one shop in it, whose processes are killed now and then.

use std::time::Duration;

use mcom_tests::{
    Database, Shop,
    deployment::{Deployment, Part},
    dice::Dice,
};
use serde_json::{Value, json};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};
use tokio_postgres::{Client, Row};

/// Whoever waits longer than this waits in vain.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
/// Between two attempts to reach somebody.
const PAUSE: Duration = Duration::from_millis(30);

pub(crate) struct Street {
    pub(crate) deployment: Deployment,
    pub(crate) shop: Shop,
    /// Looks into the books. One connection for all: to log in costs more than to look.
    observer: Client,
}

impl Street {
    pub(crate) async fn open() -> Street {
        let shop = Shop::open_in(Database::own().await, 4).await;
        let deployment = Deployment::start(env!("CARGO_BIN_EXE_mcom-under-test"), &shop.database).await;
        let observer = shop.database.superuser().await;
        Street { deployment, shop, observer }
    }

    /// What the Storefront API says; asks again until there is an answer without an error.
    pub(crate) async fn ask(&self, document: &str, variables: Value) -> Value {
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
            sleep(PAUSE).await;
        }
    }

    /// A session of the provider's vault; asks until the provider answers.
    pub(crate) async fn session(&self, card: &str) -> String {
        loop {
            match self.deployment.session(card).await {
                Some(session) => return session,
                None => sleep(PAUSE).await,
            }
        }
    }

    /// The rows of a query whose only argument is the store.
    pub(crate) async fn rows(&self, sql: &str) -> Vec<Row> {
        let rows = self.observer.query(sql, &[&self.shop.tenant().id().get()]).await;
        rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }

    /// The first number that a query of the store's rows gives.
    pub(crate) async fn number(&self, sql: &str) -> i64 {
        self.rows(sql).await[0].get(0)
    }

    /// Kills a process now and then until told to stop.
    pub(crate) async fn havoc(&self, mut dice: Dice, mut stop: watch::Receiver<bool>) {
        loop {
            let calm = Duration::from_millis(150 + dice.below(700));
            if tokio::time::timeout(calm, stop.wait_for(|stop| *stop)).await.is_ok() {
                return;
            }
            self.deployment.kill(match dice.below(5) {
                0 => Part::Provider,
                1 | 2 => Part::Worker,
                _ => Part::Server,
            });
            self.deployment.wait().await;
        }
    }
}
