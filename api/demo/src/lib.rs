//! The demo store: the shipped catalog with its pictures and collections, a customer, and what was ordered.

mod pictures;
pub mod shopper;

use std::io::Cursor;

use futures_util::future::BoxFuture;
use mcom_apply::Wish;
use mcom_catalog::{
    import::{self, Progress, Remark, Totals},
    products,
};
use mcom_data::{Cx, objects::Objects};
use mcom_objects::Shelf;

pub use pictures::album;

const CATALOG: &str = include_str!("../../../examples/catalogs/demo.csv");
/// Its column of stock.
const STOCK: &str = "Variant Inventory Qty";
const TEXTS: &str = include_str!("../../../examples/stores/demo.yaml");

/// Takes what is to be told of the work, a line at a time.
pub type Say<'a> = &'a mut (dyn FnMut(String) + Send);

/// The shipped catalog is known to be taken whole; anything else is said.
struct Aloud<'s, 'a>(&'s mut Say<'a>);

impl Progress for Aloud<'_, '_> {
    fn refused(&mut self, remark: &Remark) {
        (self.0)(format!("line {}: not taken: {}", remark.line, remark.reason));
    }

    fn noticed(&mut self, remark: &Remark) {
        (self.0)(format!("line {}: note: {}", remark.line, remark.reason));
    }

    fn advanced(&mut self, _totals: &Totals) {}
}

/// Fills a store. What is there is left alone; without a storage there are no pictures to show.
///
/// # Errors
/// If the store cannot be written.
pub fn fill<'a>(cx: &'a Cx, storage: Option<&'a Objects>, say: Say<'a>) -> BoxFuture<'a, anyhow::Result<()>> {
    Box::pin(filled(cx, storage, say))
}

async fn filled(cx: &Cx, storage: Option<&Objects>, mut say: Say<'_>) -> anyhow::Result<()> {
    let totals = import::run(cx, Cursor::new(catalog(cx).await?), &mut Aloud(&mut say)).await?;
    let (hung, applied) = match storage {
        Some(storage) => {
            storage.prepare().await?;
            let album = album();
            let shelf = Shelf::new(&album, storage);
            let hung = pictures::hang(cx, storage, &mut say).await?;
            (hung, mcom_apply::apply_with(cx, TEXTS, Wish::default(), &shelf).await?)
        }
        None => (0, mcom_apply::apply(cx, TEXTS, Wish::default()).await?),
    };
    let applied = applied.map_err(|faults| anyhow::anyhow!("the shipped store file: {}", faults[0]))?;
    say(format!(
        "{} products created, {} unchanged; {hung} pictures of products kept; {} entries of its store file written",
        totals.products_created,
        totals.products_unchanged,
        applied.changes.len()
    ));
    if shopper::move_in(cx).await? {
        say(format!("a customer: {} with the password {}", shopper::EMAIL, shopper::PASSWORD));
    }
    Ok(())
}

/// The shipped catalog. A store that has products keeps its stock: what was sold since is not put back on the shelves.
async fn catalog(cx: &Cx) -> anyhow::Result<String> {
    let is_new = products::count(cx, None).await? == 0;
    Ok(if is_new { CATALOG.to_owned() } else { CATALOG.replacen(STOCK, "", 1) })
}
