//! A store of a test's own, and the people who use it.

use std::sync::{Arc, OnceLock};

use chrono::{DateTime, Duration, Utc};
use mcom_data::{Actor, Cx, RequestId, Services, Tenant};
use mcom_sales::payments::Providers;
use mcom_schema::{Currency, Entropy, ManualClock, Scope, SystemEntropy};
use mcom_store::stores::{self, Created, NewStore};
use mcom_workers::{Registry, Runner, Settings};
use poem::{
    Request,
    http::{Method, Uri},
};
use serde_json::{Value, json};
use tokio::sync::OnceCell;
use tokio_postgres::{Client, Row};

use crate::{
    Database,
    process::{Answer, Process, services, services_with},
};

/// A store of a test's own, in the shared database or a private one, whose clock the test moves.
pub struct Shop {
    /// What its process has.
    pub services: Arc<Services>,
    /// Its time, which stands still.
    pub clock: Arc<ManualClock>,
    /// The store and its first tokens.
    pub created: Created,
    /// Where it is.
    pub database: Database,
    process: OnceLock<Process>,
    /// One connection for all that is looked up: to log in costs more than to look.
    observer: OnceCell<Client>,
}

/// When every test begins.
pub fn opening() -> DateTime<Utc> {
    DateTime::from_timestamp(1_780_000_000, 0).expect("within range")
}

impl Shop {
    /// A new store in the shared database.
    pub async fn open() -> Shop {
        Shop::open_in(Database::shared().await, 4).await
    }

    /// A new store in this database, whose process has a pool of this size.
    pub async fn open_in(database: Database, pool_size: u32) -> Shop {
        let clock = Arc::new(ManualClock::at(opening()));
        let services = services(&database, pool_size, clock.clone()).await;
        Shop::of(services, clock, database).await
    }

    /// A new store in this database, whose process takes money through these providers.
    pub async fn open_in_with(database: Database, providers: Providers) -> Shop {
        let clock = Arc::new(ManualClock::at(opening()));
        let services = services_with(&database, 8, clock.clone(), providers).await;
        Shop::of(services, clock, database).await
    }

    /// The same store in another process, which shares nothing with the first one but the database.
    pub async fn elsewhere(&self) -> Shop {
        self.in_process(services(&self.database, 4, self.clock.clone()).await)
    }

    /// The same store in a process that has these services.
    pub fn in_process(&self, services: Arc<Services>) -> Shop {
        Shop {
            services,
            clock: self.clock.clone(),
            created: self.created.clone(),
            database: self.database.again(),
            process: OnceLock::new(),
            observer: OnceCell::new(),
        }
    }

    /// The store moved to a process that has these services.
    #[must_use]
    pub fn moved_to(self, services: Arc<Services>) -> Shop {
        Shop { services, process: OnceLock::new(), ..self }
    }

    async fn of(services: Arc<Services>, clock: Arc<ManualClock>, database: Database) -> Shop {
        let created = open_store(&services).await;
        Shop { services, clock, created, database, process: OnceLock::new(), observer: OnceCell::new() }
    }

    /// Another store in the same process, with people in it.
    pub async fn beside(&self) -> Shop {
        Shop::of(self.services.clone(), self.clock.clone(), self.database.again()).await
    }

    /// Another store, in the same process as this one.
    pub async fn neighbour(&self) -> Created {
        open_store(&self.services).await
    }

    /// The store.
    pub fn tenant(&self) -> &Tenant {
        &self.created.tenant
    }

    /// A context of `actor` in this store.
    pub fn cx(&self, actor: Actor) -> Cx {
        cx(&self.services, self.tenant(), actor)
    }

    /// The merchant's own token, with every scope.
    pub fn admin(&self) -> Cx {
        self.app(&Scope::ALL)
    }

    /// An app that may do this much.
    pub fn app(&self, scopes: &[Scope]) -> Cx {
        self.cx(Actor::App { token: 1, scopes: scopes.to_vec() })
    }

    /// Somebody who browses the storefront.
    pub fn buyer(&self) -> Cx {
        self.cx(Actor::Storefront { token: 2 })
    }

    /// What the Storefront API answers, over HTTP and with the store's own token.
    pub async fn storefront(&self, document: &str, variables: Value) -> Answer {
        let token = ("x-shopify-storefront-access-token", self.created.storefront_token.as_str());
        self.graphql(
            "/api/2026-04/graphql.json",
            Some(token),
            &json!({ "query": document, "variables": variables }),
        )
        .await
    }

    /// What the Admin API answers, over HTTP and with the merchant's own token.
    pub async fn merchant(&self, document: &str, variables: Value) -> Answer {
        let token = ("x-shopify-access-token", self.created.admin_token.as_str());
        self.graphql(
            "/admin/api/2026-04/graphql.json",
            Some(token),
            &json!({ "query": document, "variables": variables }),
        )
        .await
    }

    /// What a POST of `body` to one of the GraphQL paths is answered with.
    pub async fn graphql(
        &self,
        path: &'static str,
        token: Option<(&'static str, &str)>,
        body: &Value,
    ) -> Answer {
        let mut request = Request::builder()
            .method(Method::POST)
            .uri(Uri::from_static(path))
            .header("host", format!("{}.localhost", self.tenant().handle()))
            .content_type("application/json");
        if let Some((name, secret)) = token {
            request = request.header(name, secret);
        }
        self.process().send(request.body(body.to_string())).await
    }

    /// The HTTP side of this store's process.
    pub fn process(&self) -> &Process {
        self.process.get_or_init(|| Process::new(self.services.clone(), &self.database))
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        self.clock.advance(time);
    }

    /// Runs this store's due jobs of the given kinds until none is left, and answers with how many ran.
    pub async fn run_jobs_of(&self, registry: Registry) -> usize {
        let runner = Runner::new(self.services.clone(), registry, Settings::default());
        runner.run_due(self.tenant().id()).await.expect("the queue can be reached")
    }

    /// Runs this store's due jobs until none is left, and answers with how many ran.
    pub async fn run_jobs(&self) -> usize {
        self.run_jobs_of(mcom_workers::job::registry()).await
    }

    /// The kinds of this store's jobs that wait, run or failed, in the order of their times.
    pub async fn jobs(&self) -> Vec<String> {
        let jobs = "select kind from jobs where tenant_id = $1 order by coalesce(locked_until, run_at), id";
        self.rows(jobs).await.iter().map(|row| row.get(0)).collect()
    }

    /// What happened in this store, oldest first.
    pub async fn events(&self) -> Vec<Happened> {
        let events = "select aggregate, aggregate_id, sequence, topic, payload::text from events where tenant_id = $1 order by id";
        self.rows(events).await.iter().map(Happened::read).collect()
    }

    /// The rows of a query whose only argument is the store.
    pub async fn rows(&self, sql: &str) -> Vec<Row> {
        let everything = self.observer.get_or_init(|| self.database.superuser()).await;
        let rows = everything.query(sql, &[&self.tenant().id().get()]).await;
        rows.unwrap_or_else(|error| panic!("{sql}: {error}"))
    }
}

/// An entry of the event log.
#[derive(Debug, Clone, PartialEq)]
pub struct Happened {
    /// The kind of thing it happened to.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: i64,
    /// 1 for the first event of that thing.
    pub sequence: i64,
    /// What happened.
    pub topic: String,
    /// The details.
    pub payload: serde_json::Value,
}

impl Happened {
    fn read(row: &Row) -> Happened {
        let payload: String = row.get(4);
        Happened {
            aggregate: row.get(0),
            aggregate_id: row.get(1),
            sequence: row.get(2),
            topic: row.get(3),
            payload: serde_json::from_str(&payload).expect("a payload is JSON"),
        }
    }
}

/// A context of `actor` in `tenant`.
pub fn cx(services: &Arc<Services>, tenant: &Tenant, actor: Actor) -> Cx {
    let request = RequestId(format!("test-{}", SystemEntropy.token(6)).into());
    Cx::new(services.clone(), tenant.clone(), actor, request)
}

async fn open_store(services: &Arc<Services>) -> Created {
    let letters = SystemEntropy.token(9).to_lowercase().replace(['-', '_'], "x");
    let new = NewStore {
        handle: format!("t{letters}"),
        name: "Test".to_owned(),
        email: "owner@example.com".to_owned(),
        currency: Currency::EUR,
        country: "DE".to_owned(),
        language: "EN".to_owned(),
        timezone: "Europe/Berlin".to_owned(),
    };
    stores::create(services, new).await.expect("a store can be opened")
}
