//! Starts what the layout of a process asks for.

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use mcom_data::Services;
use mcom_workers::{Runner, Settings, job};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinSet, spawn_blocking},
};

use crate::{
    config::Config,
    http::{self, App, Identity, Inside},
    role::Crew,
};

/// What runs until the process is told to stop.
pub(super) type Running = JoinSet<anyhow::Result<()>>;

/// A process about to begin.
pub(super) struct Process {
    pub(super) config: Config,
    pub(super) services: Arc<Services>,
    pub(super) crew: Arc<Crew>,
    pub(super) metrics: PrometheusHandle,
    pub(super) stop: watch::Receiver<bool>,
}

impl Process {
    /// Keeps caches true to what other processes write, and knows which of those that are asked answer. Ends with the set.
    pub(super) fn watch(&self, watching: &mut JoinSet<()>) {
        let services = self.services.clone();
        watching.spawn(async move { mcom_data::listen(&services).await });
        for peers in self.crew.peers() {
            watching.spawn(async move { peers.watch().await });
        }
    }

    /// Starts listeners and background work.
    pub(super) async fn start(&self, running: &mut Running) -> anyhow::Result<()> {
        let layout = self.crew.layout();
        if layout.apis.storefront || layout.apis.admin {
            self.start_gateway(running).await?;
        }
        if let Some(address) = self.config.roles.listen {
            self.start_inside(running, address).await?;
        }
        if layout.works {
            running.spawn(work(self.services.clone(), self.config.clone(), self.stop.clone()));
        }
        Ok(())
    }

    /// Listens at once and builds the planners beside it: who comes too early is told to come again.
    async fn start_gateway(&self, running: &mut Running) -> anyhow::Result<()> {
        let app =
            App::new(self.services.clone(), &self.config, self.crew.layout().apis, self.metrics.clone())?;
        let app = Arc::new(app.with_peers(self.crew.peers()));
        let listener = listen(self.config.http.listen).await?;
        let (preparing, crew) = (app.clone(), self.crew.clone());
        running
            .spawn(async move { spawn_blocking(move || preparing.prepare(|api| crew.gateway(api))).await? });
        if let Some(address) = self.config.tls.listen {
            self.start_tls(running, address, app.clone()).await?;
        }
        running.spawn(http::serve(listener, app, self.stop.clone()));
        Ok(())
    }

    /// The same for callers that speak TLS.
    async fn start_tls(
        &self,
        running: &mut Running,
        address: SocketAddr,
        app: Arc<App>,
    ) -> anyhow::Result<()> {
        let (tls, http) = (self.config.tls.clone(), self.config.http.clone());
        let now = self.services.clock.now();
        let identity = spawn_blocking(move || Identity::open(&tls, &http, now)).await??;
        let listener = listen(address).await?;
        running.spawn(http::serve_tls(listener, identity, app, self.stop.clone()));
        Ok(())
    }

    /// The same for the listener at which other processes ask this one.
    async fn start_inside(&self, running: &mut Running, address: SocketAddr) -> anyhow::Result<()> {
        let hosts = !self.crew.layout().here.is_empty();
        let inside = Arc::new(Inside::new(self.services.clone(), &self.config, self.metrics.clone(), hosts));
        let listener = listen(address).await?;
        if hosts {
            let (offering, crew, services) = (inside.clone(), self.crew.clone(), self.services.clone());
            running.spawn(async move {
                offering.offer(spawn_blocking(move || crew.host(services)).await??);
                Ok(())
            });
        }
        running.spawn(http::serve_internal(listener, inside, self.stop.clone()));
        Ok(())
    }
}

async fn listen(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| format!("cannot listen on {address}"))
}

/// Does background work until `stop`, then what it has begun.
async fn work(
    services: Arc<Services>,
    config: Config,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let (concurrency, lease) = (config.worker.concurrency, config.worker.lease);
    let settings = Settings { concurrency, lease, grace: config.http.drain, ..Settings::default() };
    let told = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    Runner::new(services, job::registry(), settings).run(told).await;
    Ok(())
}
