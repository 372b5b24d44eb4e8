//! The load generator: buyers that ask a running server as storefronts do, and the figures that come of it.
//!
//! It works with plain threads and blocking sockets: on a machine that it shares with the server, what it costs is taken from what it
//! measures, and a sleeping thread wakes more exactly than a timer of an event loop.

mod buyer;
mod chance;
mod client;
mod document;
mod goods;
mod ground;
mod limit;
mod load;
mod machine;
mod merchant;
mod report;
mod server;
mod target;
mod workload;

pub use report::Report;
pub use workload::Workload;

use std::{path::PathBuf, sync::Arc, time::Duration};

use anyhow::ensure;

use crate::config::{Config, Environment};
use goods::Goods;
use ground::Ground;
use report::Figures;
use server::Running;

/// So many product pages are opened before anything is measured: about as many as a server remembers.
const REMEMBERED: usize = 20_000;

/// What is to be measured.
#[derive(Debug, Clone)]
pub struct Wish {
    /// What buyers do.
    pub workloads: Vec<Workload>,
    /// How long each workload runs at its most, and again at half of that.
    pub duration: Duration,
    /// Products of the store that is asked; it is made and filled if need be.
    pub products: u64,
    /// Connections that ask as fast as they are answered.
    pub connections: usize,
    /// The server's program, if another build than this one is to be measured.
    pub program: Option<PathBuf>,
}

/// Prepares a store, starts a server for it, and measures.
///
/// # Errors
/// If the database or the server cannot be had, or a checkout is to be measured on a database that may lose orders.
pub async fn run(wish: Wish, env: &Environment, tell: fn(&str)) -> anyhow::Result<Report> {
    let config = Config::from_env(env)?;
    let ground = Ground::prepare(&wish, &config, tell).await?;
    let durability = ground.services.db.durability().await?;
    ensure!(
        durability.is_whole() || !wish.workloads.iter().any(|workload| workload.pays()),
        "fsync, synchronous_commit and full_page_writes must be on to measure checkouts: orders would be lost otherwise"
    );
    let running = Running::start(&ground, wish.program.clone()).await?;
    let goods = Goods::of(&ground, &running).await?;
    tell(&format!("{} products, {} collections", goods.products(), goods.collections()));
    tell("waiting for the search index");
    goods.searchable(running.targets(&ground).storefront).await?;
    if wish.workloads.iter().any(|workload| workload.is_warm()) {
        let pages = goods.products().min(REMEMBERED);
        tell(&format!("opening {pages} product pages, so that the server remembers them"));
        let crew = workload::round(running.targets(&ground), goods.clone());
        load::aside(crew, load::Pace::counted(wish.connections, pages as u64)).await?;
    }
    let mut report = Report::new(&wish, durability);
    for workload in &wish.workloads {
        let (name, seconds) = (workload.name(), wish.duration.as_secs());
        tell(&format!("{name}: {seconds} s at the most, {seconds} s at half of it"));
        let figures = measure(*workload, &wish, (&ground, &running), &goods).await?;
        report.add(*workload, figures);
    }
    report.peak_rss_mib = machine::peak_rss_mib(running.pid());
    tell("the limits: a constant answer, and the database alone");
    report.limits = limit::measure(&wish, (&ground, &running), (&goods, env)).await?;
    Ok(report)
}

/// Runs one workload as fast as it goes, and then at half of that rate.
async fn measure(
    workload: Workload,
    wish: &Wish,
    (ground, running): (&Ground, &Running),
    goods: &Arc<Goods>,
) -> anyhow::Result<Figures> {
    let crew = workload.crew(running.targets(ground), goods.clone());
    let connections = wish.connections;
    let warm = load::Pace::closed(connections, (wish.duration / 4).max(Duration::from_secs(2)));
    let (crew, _) = load::aside(crew, warm).await?;
    let before = machine::Spent::now(ground, running).await?;
    let (crew, most) = load::aside(crew, load::Pace::closed(connections, wish.duration)).await?;
    let spent = machine::Spent::now(ground, running).await?.since(&before);
    let half = load::Pace::open(connections.max(64), wish.duration, most.per_second() / 2.0);
    let (_, half) = load::aside(crew, half).await?;
    Ok(Figures { most, half, spent })
}
