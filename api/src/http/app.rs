//! What every request is answered with: the services, the gateways and the budgets of callers.

use std::{
    path::PathBuf,
    sync::{Arc, OnceLock},
};

use anyhow::Context;
use mcom_data::{Directory, Services};
use metrics_exporter_prometheus::PrometheusHandle;

use super::{drain::Drain, persisted::Persisted, throttle::Throttle};
use crate::{
    config::{Config, HttpConfig},
    gateway::{Gateway, remote::Peers},
};

/// One of the public GraphQL APIs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PublicApi {
    /// For buyers.
    Storefront,
    /// For merchants and their apps.
    Admin,
}

impl PublicApi {
    /// Its name in logs and metrics.
    pub const fn name(self) -> &'static str {
        match self {
            PublicApi::Storefront => "storefront",
            PublicApi::Admin => "admin",
        }
    }
}

/// Which APIs a process answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Apis {
    /// The Storefront API.
    pub storefront: bool,
    /// The Admin API.
    pub admin: bool,
}

impl Apis {
    /// Whether `api` is one of them.
    pub const fn offers(&self, api: PublicApi) -> bool {
        match api {
            PublicApi::Storefront => self.storefront,
            PublicApi::Admin => self.admin,
        }
    }
}

/// The gateway of one API: absent if this process does not answer it, empty until its planner is built.
pub(super) type Slot = Option<OnceLock<Arc<Gateway>>>;

/// What every request is answered with.
pub struct App {
    pub(super) services: Arc<Services>,
    pub(super) directory: Arc<Directory>,
    pub(super) config: HttpConfig,
    pub(super) throttle: Throttle,
    pub(super) persisted: Persisted,
    pub(super) metrics: PrometheusHandle,
    pub(super) drain: Drain,
    /// The folder whose mails are shown, if they are.
    pub(super) mails: Option<PathBuf>,
    /// Processes that answer parts of the APIs, by role.
    pub(super) peers: Vec<Arc<Peers>>,
    storefront: Slot,
    admin: Slot,
}

impl App {
    /// An app whose gateways are still to be built by [`App::prepare`].
    ///
    /// # Errors
    /// If the services were put together without a directory of stores.
    pub fn new(
        services: Arc<Services>,
        config: &Config,
        apis: Apis,
        metrics: PrometheusHandle,
    ) -> anyhow::Result<Self> {
        let directory = services.get::<Directory>().context("started without the directory of stores")?;
        let throttle = Throttle::new(services.get());
        Ok(App {
            services,
            directory,
            config: config.http.clone(),
            mails: config.mail.shown(),
            throttle,
            persisted: Persisted::default(),
            metrics,
            drain: Drain::default(),
            peers: vec![],
            storefront: apis.storefront.then(OnceLock::new),
            admin: apis.admin.then(OnceLock::new),
        })
    }

    /// The same, whose readiness depends on these peers too.
    #[must_use]
    pub fn with_peers(mut self, peers: Vec<Arc<Peers>>) -> Self {
        self.peers = peers;
        self
    }

    /// Builds the gateways, the storefront's first: a second of computing for the Admin API. Until one is there, its requests are
    /// told to come again.
    ///
    /// # Errors
    /// Those of `build`.
    pub fn prepare(&self, build: impl Fn(PublicApi) -> anyhow::Result<Gateway>) -> anyhow::Result<()> {
        for api in [PublicApi::Storefront, PublicApi::Admin] {
            if let Some(slot) = self.slot(api) {
                let gateway = build(api)?;
                slot.get_or_init(|| Arc::new(gateway));
                tracing::info!(api = api.name(), "ready");
            }
        }
        Ok(())
    }

    /// Answers `api` with a gateway that is built already.
    pub fn offer(&self, api: PublicApi, gateway: Arc<Gateway>) {
        if let Some(slot) = self.slot(api) {
            slot.get_or_init(|| gateway);
        }
    }

    pub(super) fn slot(&self, api: PublicApi) -> Option<&OnceLock<Arc<Gateway>>> {
        match api {
            PublicApi::Storefront => self.storefront.as_ref(),
            PublicApi::Admin => self.admin.as_ref(),
        }
    }

    /// The APIs that are not ready yet.
    pub(super) fn awaited(&self) -> Vec<&'static str> {
        [PublicApi::Storefront, PublicApi::Admin]
            .into_iter()
            .filter(|api| self.slot(*api).is_some_and(|slot| slot.get().is_none()))
            .map(PublicApi::name)
            .collect()
    }
}
