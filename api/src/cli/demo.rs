//! `mcom demo`: fills a store with the shipped demo.

use clap::Args;
use mcom_data::objects::Objects;
use mcom_demo::shopper;

use super::output;
use crate::{
    assembly,
    config::{Config, Environment},
};

/// Fills a store with the shipped demo catalog, its pictures and collections, and a customer who has ordered something. It can be run again: what is
/// there is left alone. Without an object storage (MCOM_OBJECTS_DIR or MCOM_S3_ENDPOINT) the store has no pictures to show.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom demo
  mcom demo --store acme
  mcom demo --visit")]
pub(super) struct DemoArgs {
    /// Handle of the store.
    #[arg(long, default_value = "demo")]
    store: String,
    /// Fill nothing: sign the customer in, put something of everything into a cart for her, and print her token and the cart's id as JSON.
    #[arg(long)]
    visit: bool,
}

pub(super) async fn run(args: DemoArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "demo").await?;
    if args.visit {
        return output::json(&shopper::visit(&cx).await?);
    }
    let storage = services.get::<Objects>();
    mcom_demo::fill(&cx, storage.as_deref(), &mut output::line).await
}
