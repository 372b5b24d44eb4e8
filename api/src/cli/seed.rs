//! `mcom seed`: a realistic catalog of any size, to try and to measure with.

use clap::Args;
use indicatif::ProgressBar;
use mcom_catalog::seed;

use super::{import::style, output};
use crate::{
    assembly,
    config::{Config, Environment},
};

/// Adds made-up products with three variants each, in stock and on the online store, and collections to browse them by.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom seed --products 1000 --store demo
  mcom seed --products 100000 --store big --json")]
pub(super) struct SeedArgs {
    /// How many to add to those that are there.
    #[arg(long)]
    products: u64,
    /// Handle of the store.
    #[arg(long)]
    store: String,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: SeedArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "seed").await?;
    let bar = ProgressBar::new(args.products).with_style(style()?);
    let added = seed::products(&cx, args.products, &mut |written| bar.set_position(written)).await?;
    bar.finish_and_clear();
    if args.json {
        return output::json(&serde_json::json!({ "productsCreated": added }));
    }
    output::line(format!("{added} products added"));
    Ok(())
}
