//! The whole program inside a test: its services in the test's own time, and its HTTP paths without a network.

use std::{any::Any, path::PathBuf, sync::Arc, time::Duration};

use mcom::{
    assembly,
    config::{Config, Environment},
    http::{Apis, App, endpoint},
};
use mcom_data::{Db, Services, redis::Redis};
use mcom_sales::payments::Providers;
use mcom_schema::{Clock, SystemEntropy};
use mcom_search::{Embedded, Search};
use metrics_exporter_prometheus::PrometheusBuilder;
use poem::{Endpoint, Request, endpoint::BoxEndpoint};
use serde_json::Value;

use crate::{Database, root, server::gateways};

/// What a process has, connected to `database`, in the time of `clock`.
pub async fn services(database: &Database, pool_size: u32, clock: Arc<dyn Clock>) -> Arc<Services> {
    services_with(database, pool_size, clock, Providers::new()).await
}

/// The same with these payment providers.
pub async fn services_with(
    database: &Database,
    pool_size: u32,
    clock: Arc<dyn Clock>,
    providers: Providers,
) -> Arc<Services> {
    let db = database.connect(pool_size).await;
    let search = embedded(&db).await;
    let builder = Services::builder(db, clock, Arc::new(SystemEntropy)).with(|_| search);
    assembly::rooms(builder, "localhost", providers).build()
}

/// What a process has that searches with this engine.
pub async fn services_searching(
    database: &Database,
    clock: Arc<dyn Clock>,
    search: impl AsyncFnOnce(&Db) -> Search,
) -> Arc<Services> {
    let db = database.connect(4).await;
    let search = search(&db).await;
    let builder = Services::builder(db, clock, Arc::new(SystemEntropy)).with(|_| search);
    assembly::rooms(builder, "localhost", Providers::new()).build()
}

/// The embedded engine, whose files all processes of the tests share.
pub async fn embedded(db: &Db) -> Search {
    let identity = db.identity().await.expect("the database has a name");
    Search::around(Arc::new(Embedded::new(search_folder().join(identity))), Duration::from_secs(5))
}

/// Where the tests' processes have their search indexes.
pub fn search_folder() -> PathBuf {
    root().join("target/tmp/search")
}

/// What a process has that shares this Redis with others.
pub async fn services_sharing(database: &Database, clock: Arc<dyn Clock>, redis: Redis) -> Arc<Services> {
    services_having(database, clock, redis).await
}

/// What a process has that has this besides.
pub async fn services_having<T: Any + Send + Sync>(
    database: &Database,
    clock: Arc<dyn Clock>,
    thing: T,
) -> Arc<Services> {
    let db = database.connect(4).await;
    let search = embedded(&db).await;
    let builder = Services::builder(db, clock, Arc::new(SystemEntropy)).with(|_| search).with(|_| thing);
    assembly::rooms(builder, "localhost", Providers::new()).build()
}

/// The HTTP side of a process.
pub struct Process(BoxEndpoint<'static>);

/// What a request was answered with.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body; null if it is not JSON.
    pub body: Value,
}

impl Process {
    /// A process with both APIs.
    pub fn new(services: Arc<Services>, database: &Database) -> Process {
        Process::configured(services, database, &[])
    }

    /// The same with these variables.
    pub fn configured(services: Arc<Services>, database: &Database, variables: &[(&str, &str)]) -> Process {
        let url = |name: &'static str, of: &str| (name, database.url(of));
        let urls = [
            url("DATABASE_URL", "MCOM_TEST_DATABASE_URL"),
            url("DATABASE_PLATFORM_URL", "MCOM_TEST_DATABASE_PLATFORM_URL"),
        ];
        let given = variables.iter().map(|(name, value)| (*name, (*value).to_owned()));
        let env = Environment::from_iter(urls.into_iter().chain(given));
        let config = Config::from_env(&env).expect("the configuration is complete");
        let metrics = PrometheusBuilder::new().build_recorder().handle();
        let app = App::new(services, &config, Apis { storefront: true, admin: true }, metrics);
        let app = app.expect("the process is complete");
        for (api, gateway) in gateways() {
            app.offer(*api, gateway.clone());
        }
        Process(endpoint(Arc::new(app)))
    }

    /// Sends a request.
    pub async fn send(&self, request: Request) -> Answer {
        let mut response = self.0.get_response(request).await;
        let status = response.status().as_u16();
        let body = response.take_body().into_bytes().await.expect("a body can be read");
        Answer { status, body: serde_json::from_slice(&body).unwrap_or(Value::Null) }
    }

    /// Sends a request for a page: its status and its text.
    pub async fn page(&self, request: Request) -> (u16, String) {
        let mut response = self.0.get_response(request).await;
        let body = response.take_body().into_string().await.expect("a page is text");
        (response.status().as_u16(), body)
    }
}

impl Answer {
    /// What is at this place of `data`, as a JSON pointer: `/product/title`. Fails the test if there are errors.
    ///
    /// # Panics
    /// If the answer has errors, or nothing at this place.
    pub fn data(&self, pointer: &str) -> &Value {
        assert!(self.body.get("errors").is_none(), "{:#}", self.body);
        self.at(&format!("/data{pointer}"))
    }

    /// What is at this place of the body.
    ///
    /// # Panics
    /// If there is nothing.
    pub fn at(&self, pointer: &str) -> &Value {
        self.body.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}: {:#}", self.body))
    }

    /// The code of the first error.
    ///
    /// # Panics
    /// If there is none.
    pub fn error_code(&self) -> &str {
        self.at("/errors/0/extensions/code").as_str().expect("a code is text")
    }

    /// The codes of the refusals in a mutation's payload, by the mutation's name: `userErrors` of either kind.
    pub fn refusals(&self, mutation: &str) -> Vec<&str> {
        let refusals = self.data(&format!("/{mutation}/userErrors")).as_array();
        refusals.into_iter().flatten().filter_map(|refusal| refusal.get("code")?.as_str()).collect()
    }
}
