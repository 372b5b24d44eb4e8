//! `mcom demo`: the shipped catalog with its collections.

use std::io::Cursor;

use clap::Args;
use mcom_catalog::{
    import::{self, Progress, Remark, Totals},
    seed,
};

use super::output;
use crate::{
    assembly,
    config::{Config, Environment},
};

const CATALOG: &str = include_str!("../../../examples/catalogs/demo.csv");

/// Fills a store with the shipped demo catalog and its collections. It can be run again: what is there is left alone.
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
    output::line(format!(
        "{} products created, {} unchanged",
        totals.products_created, totals.products_unchanged
    ));
    Ok(())
}
