//! `mcom demo`: the shipped catalog with its pictures and collections, a customer, and what was ordered.

mod pictures;
pub mod shopper;

use std::io::Cursor;

use clap::Args;
use mcom_catalog::{
    import::{self, Progress, Remark, Totals},
    products,
};
use mcom_data::{Cx, objects::Objects};

use super::output;
use crate::{
    apply::{self, Wish},
    assembly,
    config::{Config, Environment},
    objects::Shelf,
};

pub use pictures::album;

const CATALOG: &str = include_str!("../../../examples/catalogs/demo.csv");
/// Its column of stock.
const STOCK: &str = "Variant Inventory Qty";
const TEXTS: &str = include_str!("../../../examples/stores/demo.yaml");

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

/// The shipped catalog. A store that has products keeps its stock: what was sold since is not put back on the shelves.
async fn catalog(cx: &Cx) -> anyhow::Result<String> {
    let is_new = products::count(cx, None).await? == 0;
    Ok(if is_new { CATALOG.to_owned() } else { CATALOG.replacen(STOCK, "", 1) })
}

pub(super) async fn run(args: DemoArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "demo").await?;
    if args.visit {
        return output::json(&shopper::visit(&cx).await?);
    }
    let totals = import::run(&cx, Cursor::new(catalog(&cx).await?), &mut Aloud).await?;
    let storage = services.get::<Objects>();
    let (hung, applied) = match &storage {
        Some(storage) => {
            storage.prepare().await?;
            let album = album();
            let shelf = Shelf::new(&album, storage);
            let hung = pictures::hang(&cx, storage).await?;
            (hung, apply::apply_with(&cx, TEXTS, Wish::default(), &shelf).await?)
        }
        None => (0, apply::apply(&cx, TEXTS, Wish::default()).await?),
    };
    let applied = applied.map_err(|faults| anyhow::anyhow!("the shipped store file: {}", faults[0]))?;
    output::line(format!(
        "{} products created, {} unchanged; {hung} pictures of products kept; {} entries of its store file written",
        totals.products_created,
        totals.products_unchanged,
        applied.changes.len()
    ));
    if shopper::move_in(&cx).await? {
        output::line(format!("a customer: {} with the password {}", shopper::EMAIL, shopper::PASSWORD));
    }
    Ok(())
}
