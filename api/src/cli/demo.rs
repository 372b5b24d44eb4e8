//! `mcom demo`: the shipped catalog with its collections, and a customer.

mod customer;

use std::io::Cursor;

use clap::Args;
use mcom_catalog::{
    import::{self, Progress, Remark, Totals},
    seed,
};

use super::output;
use crate::{
    apply::{self, Wish},
    assembly,
    config::{Config, Environment},
};

const CATALOG: &str = include_str!("../../../examples/catalogs/demo.csv");
const TEXTS: &str = include_str!("../../../examples/stores/demo.yaml");

/// Fills a store with the shipped demo catalog, its collections and a customer who has ordered something. It can be run again: what is there is left alone.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom demo
  mcom demo --store acme")]
pub(super) struct DemoArgs {
    /// Handle of the store.
    #[arg(long, default_value = "demo")]
    store: String,
}

/// The shipped catalog is known to be taken whole; anything else is said.
struct Aloud;

impl Progress for Aloud {
    fn refused(&mut self, remark: &Remark) {
        output::line(format!("line {}: not taken: {}", remark.line, remark.reason));
    }

    fn noticed(&mut self, remark: &Remark) {
        output::line(format!("line {}: note: {}", remark.line, remark.reason));
    }

    fn advanced(&mut self, _totals: &Totals) {}
}

pub(super) async fn run(args: DemoArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "demo").await?;
    let totals = import::run(&cx, Cursor::new(CATALOG.as_bytes()), &mut Aloud).await?;
    seed::demo_collections(&cx).await?;
    let applied = apply::apply(&cx, TEXTS, Wish::default()).await?;
    let applied = applied.map_err(|faults| anyhow::anyhow!("the shipped store file: {}", faults[0]))?;
    output::line(format!(
        "{} products created, {} unchanged; {} entries of its store file written",
        totals.products_created,
        totals.products_unchanged,
        applied.changes.len()
    ));
    if customer::move_in(&cx).await? {
        output::line(format!("a customer: {} with the password {}", customer::EMAIL, customer::PASSWORD));
    }
    Ok(())
}
