//! Seed: a realistic catalog of any size, written many products at a time by the role that serves.

mod chance;
mod collection;
mod product;
mod query;
mod word;

use std::ops::Range;

use futures_util::{StreamExt, stream};
use mcom_data::{Cx, Result};
use mcom_schema::Scope;

use crate::{bulk, store};
use product::Maker;
pub use query::Offered;

/// Products of one transaction: enough that statements are few, few enough that each is short.
const PART: u64 = 500;
/// Products read in one statement.
const OFFERED_PART: i64 = 10_000;
/// Transactions at the same time.
const WRITERS: usize = 3;

/// Adds `count` products with three variants each, on the online store and in stock, and the collections to browse them by.
/// Their numbers go on where those that are there end, so that it can be called again. `on_progress` hears how many are written.
/// Answers with how many were added.
///
/// # Errors
/// `Forbidden` without `write_products` and `write_publications`; `Busy` or `Broken` if the database cannot be written. What was
/// written before an error stays.
pub async fn products(cx: &Cx, count: u64, on_progress: &mut (dyn FnMut(u64) + Send)) -> Result<u64> {
    cx.require(Scope::WriteProducts)?;
    cx.require(Scope::WritePublications)?;
    collection::by_rules(cx).await?;
    let (place, currency, last) = cx
        .read(async |db| {
            Ok((bulk::place(db).await?, store::currency(db).await?, query::last_number(db).await?))
        })
        .await?;
    let maker = Maker { currency };
    let parts: Vec<Range<u64>> = (0..count)
        .step_by(PART as usize)
        .map(|start| last + 1 + start..last + 1 + (start + PART).min(count))
        .collect();
    let mut writing = stream::iter(parts).map(|part| write(cx, maker, part, place)).buffer_unordered(WRITERS);
    let (mut written, mut first) = (0, None);
    while let Some(part) = writing.next().await {
        let ids = part?;
        written += ids.len() as u64;
        first.get_or_insert(ids);
        on_progress(written);
    }
    drop(writing);
    collection::by_hand(cx, first.as_deref().unwrap_or_default()).await?;
    cx.finish().await;
    Ok(written)
}

/// Published products for a load generator to ask for, by id.
///
/// # Errors
/// `Busy` or `Broken` if they cannot be read.
pub async fn offered(cx: &Cx) -> Result<Vec<Offered>> {
    let mut all: Vec<Offered> = vec![];
    loop {
        let after = all.last().map_or(0, |last| last.product);
        let part = cx.read(async |db| query::offered(db, after, OFFERED_PART).await).await?;
        if part.is_empty() {
            cx.finish().await;
            return Ok(all);
        }
        all.extend(part);
    }
}

/// Fills every shelf that has fewer than half of `pieces` up to `pieces`, so that a load generator cannot buy the store out.
///
/// # Errors
/// `Forbidden` without `write_inventory`; `Busy` or `Broken` if the database cannot be written.
pub async fn restock(cx: &Cx, pieces: i64) -> Result<()> {
    cx.require(Scope::WriteInventory)?;
    let mut after = 0;
    while let Some(last) = cx.write_quietly(async |db| query::restock(db, after, pieces).await).await? {
        after = last;
    }
    Ok(())
}

/// Adds the products with these numbers.
async fn write(cx: &Cx, maker: Maker, numbers: Range<u64>, place: bulk::Place) -> Result<Vec<i64>> {
    let drafts: Vec<bulk::Draft> = numbers.map(|number| maker.product(number)).collect();
    cx.write("catalog_seed", async |db| bulk::insert(cx, db, &drafts, place).await).await
}
