//! `mcom serve`: a process that answers, works, or both.

mod line;
mod log;
mod start;
mod stop;

use std::net::SocketAddr;

use clap::Args;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::task::JoinSet;

use crate::{
    assembly,
    config::{Config, Environment},
    role::{Crew, Layout, Role},
};
use start::Process;

/// Serves the APIs and does the background work, until SIGTERM or SIGINT; requests under way are finished.
///
/// Roles may be spread over processes: gateways ask the storefront, checkout and admin processes that MCOM_STOREFRONT_URLS,
/// MCOM_CHECKOUT_URLS and MCOM_ADMIN_URLS name, at their MCOM_INTERNAL_LISTEN, with the keys that `mcom keys new` makes.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom serve                                        everything in one process
  mcom serve --listen 0.0.0.0:80
  mcom serve --roles gateway,storefront,checkout    what buyers need
  mcom serve --roles gateway                        asks the other roles in other processes
  mcom serve --roles checkout                       asked by gateways at MCOM_INTERNAL_LISTEN
  mcom serve --roles worker                         background work only, no port")]
pub(super) struct ServeArgs {
    /// What this process does.
    #[arg(long, value_delimiter = ',', default_value = "gateway,storefront,checkout,admin,worker")]
    roles: Vec<Role>,
    /// Address and port to listen on [default: MCOM_LISTEN, else 127.0.0.1:8080].
    #[arg(long)]
    listen: Option<SocketAddr>,
}

pub(super) async fn run(args: ServeArgs, env: &Environment) -> anyhow::Result<()> {
    let mut config = Config::from_env(env)?;
    config.http.listen = args.listen.unwrap_or(config.http.listen);
    let layout = Layout::read(&args.roles, &config.roles)?;
    log::start(&config.log)?;
    tracing::info!(?config, roles = ?args.roles, "starting");
    let metrics = record_metrics()?;
    let crew = Crew::gather(layout, &config.roles);
    let services = assembly::services(&config).await?;
    let process = Process { config, services, crew: crew.into(), metrics, stop: stop::on_signal()? };
    // What keeps answers true goes on until the last one is given.
    let mut watching = JoinSet::new();
    process.watch(&mut watching);
    let mut running = JoinSet::new();
    process.start(&mut running).await?;
    while let Some(ended) = running.join_next().await {
        ended??;
    }
    tracing::info!("stopped");
    Ok(())
}

/// From here on, what is counted is kept for `/metrics`.
fn record_metrics() -> anyhow::Result<PrometheusHandle> {
    const SECONDS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];
    let durations = Matcher::Suffix("_seconds".to_owned());
    Ok(PrometheusBuilder::new().set_buckets_for_metric(durations, &SECONDS)?.install_recorder()?)
}
