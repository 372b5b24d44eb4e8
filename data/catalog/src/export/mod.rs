//! Export: the catalog in the CSV format that import reads, streamed product by product.

mod query;
mod sheet;

use std::{collections::HashMap, io::Write};

use mcom_data::{Cx, Error, Result, TenantConn};
use mcom_schema::{Currency, Scope};

use crate::{
    inventory, products, store,
    variants::{self, VariantRow},
};
use sheet::{COLUMNS, Item, Whole};

/// Products read at once: all of the catalog that is in memory.
const PART: i64 = 200;

/// Writes every product to `out`, by age, and answers with how many there were. Importing the file changes nothing in the store that
/// it came from. `on_progress` hears how many are written.
///
/// # Errors
/// `Forbidden` without `read_products` and `read_inventory`; `Broken` if `out` cannot be written; `Busy` or `Broken` if the database
/// cannot be read.
pub async fn run<W: Write + Send>(cx: &Cx, out: W, on_progress: &mut (dyn FnMut(u64) + Send)) -> Result<u64> {
    cx.require(Scope::ReadProducts)?;
    cx.require(Scope::ReadInventory)?;
    let mut sheet = csv::Writer::from_writer(out);
    sheet.write_record(COLUMNS).map_err(Error::broken)?;
    let (currency, location) = cx
        .read(async |db| Ok((store::currency(db).await?, inventory::query::main_location(db).await?)))
        .await?;
    let (mut written, mut after) = (0, 0);
    loop {
        let part = cx.read(async |db| part(db, after, location).await).await?;
        // Each part in a transaction of its own: an export may take longer than one may be open.
        cx.finish().await;
        let Some(last) = part.products.last() else { break };
        after = last.row.id;
        written += part.products.len() as u64;
        part.write(&mut sheet, currency).map_err(Error::broken)?;
        on_progress(written);
    }
    sheet.flush().map_err(Error::broken)?;
    Ok(written)
}

/// Some products with everything of them that the file has.
struct Part {
    products: Vec<products::Product>,
    variants: HashMap<i64, Vec<VariantRow>>,
    items: HashMap<i64, Item>,
}

async fn part(db: &mut TenantConn, after: i64, location: Option<i64>) -> Result<Part> {
    let ids = query::ids(db, after, PART).await?;
    let mut products = products::query::details(db, &ids).await?;
    products.sort_unstable_by_key(|product| product.row.id);
    let available = query::available(db, &ids, location).await?;
    let items = variants::query::items(db, &ids).await?.into_iter();
    let item = |(variant, of): (i64, variants::query::ItemOf)| {
        let available = available.get(&variant).copied();
        (variant, Item { tracked: of.tracked, cost_minor: of.cost_minor, available })
    };
    Ok(Part {
        products,
        variants: variants::query::of_products(db, &ids).await?,
        items: items.map(item).collect(),
    })
}

impl Part {
    fn write(&self, sheet: &mut csv::Writer<impl Write>, currency: Currency) -> csv::Result<()> {
        for product in &self.products {
            let variants = self.variants.get(&product.row.id).map_or(&[][..], Vec::as_slice);
            Whole { product, variants, items: &self.items, currency }.write(sheet)?;
        }
        Ok(())
    }
}
