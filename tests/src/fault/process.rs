//! A process that can die: services in a runtime of their own, behind lines with a fuse.

use std::sync::Arc;

use mcom::assembly;
use mcom_data::{Actor, Cx, Db, Services};
use mcom_sales::payments::Providers;
use mcom_schema::SystemEntropy;
use tokio::runtime::Runtime;

use super::{Fuse, provider::Distant, wire::Wire};
use crate::{shop, till::Till};

/// A second process of a till's store.
pub struct Mortal {
    services: Arc<Services>,
    fuse: Arc<Fuse>,
    /// Dropping it is death: tasks end where they are, and connections with them.
    runtime: Option<Runtime>,
    _wire: Wire,
}

impl Mortal {
    /// A process of this till's store that reaches the database and the payment provider through `fuse`.
    pub async fn start(till: &Till, fuse: Arc<Fuse>) -> Mortal {
        let mut config = till.shop.database.config(4);
        let wire = Wire::to(&server(&config.app_url), fuse.clone()).await;
        for url in [&mut config.app_url, &mut config.platform_url] {
            *url = url.replace(&server(url), &wire.address().to_string());
        }
        let builder = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
        let runtime = builder.expect("a runtime can be built");
        let distant = Distant { provider: till.provider.face(), fuse: fuse.clone() };
        let providers = Providers::with_card(distant, "http://vault.invalid");
        let clock = till.shop.clock.clone();
        let opening = runtime.spawn(async move {
            let db = Db::connect(&config).await.expect("the serving roles can connect");
            let search = crate::process::embedded(&db).await;
            let builder = Services::builder(db, clock, Arc::new(SystemEntropy)).with(|_| search);
            assembly::rooms(builder, "localhost", providers).build()
        });
        let services = opening.await.expect("the process starts");
        Mortal { services, fuse, runtime: Some(runtime), _wire: wire }
    }

    /// Does something in this process. `None`: it died over it.
    pub async fn run<T, F>(&mut self, till: &Till, actor: Actor, work: impl FnOnce(Cx) -> F) -> Option<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let cx = shop::cx(&self.services, till.shop.tenant(), actor);
        let working = self.runtime.as_ref()?.spawn(work(cx));
        tokio::select! {
            () = self.fuse.death() => {
                self.die();
                None
            }
            done = working => Some(done.expect("the work does not panic")),
        }
    }

    fn die(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl Drop for Mortal {
    fn drop(&mut self) {
        self.die();
    }
}

/// Host and port of a URL.
fn server(url: &str) -> String {
    let after_user = url.rsplit_once('@').map_or(url, |(_, rest)| rest);
    after_user.split(['/', '?']).next().unwrap_or_default().to_owned()
}
