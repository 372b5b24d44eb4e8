//! `mcom serve`: a process that answers, works, or both.

mod log;
mod role;
mod stop;

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use clap::Args;
use mcom_data::Services;
use mcom_workers::{Runner, Settings, job};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::{
    net::TcpListener,
    sync::watch,
    task::{JoinSet, spawn_blocking},
};

use crate::{
    assembly,
    config::{Config, Environment},
    http::{self, Apis, App},
};
use role::Role;

/// Serves the APIs and does the background work, until SIGTERM or SIGINT; requests under way are finished.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom serve                                        everything in one process
  mcom serve --listen 0.0.0.0:80
  mcom serve --roles gateway,storefront,checkout    what buyers need
  mcom serve --roles worker                         background work only, no port")]
pub(super) struct ServeArgs {
    /// What this process does.
    #[arg(long, value_delimiter = ',', default_value = "gateway,storefront,checkout,admin,worker")]
    roles: Vec<Role>,
    /// Address and port to listen on [default: MCOM_LISTEN, else 127.0.0.1:8080].
    #[arg(long)]
    listen: Option<SocketAddr>,
}

type Running = JoinSet<anyhow::Result<()>>;

pub(super) async fn run(args: ServeArgs, env: &Environment) -> anyhow::Result<()> {
    let mut config = Config::from_env(env)?;
    config.http.listen = args.listen.unwrap_or(config.http.listen);
    role::check(&args.roles)?;
    log::start(&config.log)?;
    tracing::info!(?config, roles = ?args.roles, "starting");
    let metrics = record_metrics()?;
    let services = assembly::services(&config).await?;
    let stop = stop::on_signal()?;
    let mut running = Running::new();
    running.spawn(hear_changes(services.clone(), stop.clone()));
    if args.roles.contains(&Role::Gateway) {
        let app = App::new(services.clone(), &config, apis(&args.roles), metrics)?;
        start_gateway(&mut running, Arc::new(app), config.http.listen, stop.clone()).await?;
    }
    if args.roles.contains(&Role::Worker) {
        running.spawn(work(services, config, stop));
    }
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    tracing::info!("stopped");
    Ok(())
}

/// Keeps the caches true to what other processes write.
async fn hear_changes(services: Arc<Services>, mut stop: watch::Receiver<bool>) -> anyhow::Result<()> {
    tokio::select! {
        () = mcom_data::listen(&services) => {}
        _ = stop.wait_for(|stop| *stop) => {}
    }
    Ok(())
}

/// Does background work until `stop`, then what it has begun.
async fn work(
    services: Arc<Services>,
    config: Config,
    mut stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let concurrency = config.worker.concurrency;
    let settings = Settings { concurrency, grace: config.http.drain, ..Settings::default() };
    let told = async move {
        let _ = stop.wait_for(|stop| *stop).await;
    };
    Runner::new(services, job::registry(), settings).run(told).await;
    Ok(())
}

fn apis(roles: &[Role]) -> Apis {
    Apis { storefront: roles.contains(&Role::Storefront), admin: roles.contains(&Role::Admin) }
}

/// Listens at once and builds the planners beside it: who comes too early is told to come again.
async fn start_gateway(
    running: &mut Running,
    app: Arc<App>,
    listen: SocketAddr,
    stop: watch::Receiver<bool>,
) -> anyhow::Result<()> {
    let listener = TcpListener::bind(listen).await.with_context(|| format!("cannot listen on {listen}"))?;
    let preparing = app.clone();
    running.spawn(async move { spawn_blocking(move || preparing.prepare()).await? });
    running.spawn(http::serve(listener, app, stop));
    Ok(())
}

/// From here on, what is counted is kept for `/metrics`.
fn record_metrics() -> anyhow::Result<PrometheusHandle> {
    const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
    let durations = Matcher::Suffix("_seconds".to_owned());
    Ok(PrometheusBuilder::new().set_buckets_for_metric(durations, &SECONDS)?.install_recorder()?)
}
