//! Import: a catalog from the standard product CSV export, streamed, and safe to run again.

mod draft;
mod group;
mod header;
mod lines;
mod plan;
mod query;
mod row;
mod state;
mod value;
mod write;

use std::io::{Read, Seek};

use mcom_data::{Cx, Error, Result};
use mcom_schema::{Scope, refuse};
use serde::Serialize;

use draft::{Draft, Problem};
use group::{Group, Groups, Index};
use plan::Plan;
use row::Rows;
use state::{Place, State};

/// Something to be told about a line of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Remark {
    /// Where the row begins, from 1.
    pub line: u64,
    /// The product's address, if the row says whose it is.
    pub handle: Option<String>,
    /// A sentence for a person.
    pub reason: String,
}

/// What an import has done so far.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Totals {
    /// Rows of the file without its header and without blank ones.
    pub rows_in_file: u64,
    /// Those that were looked at.
    pub rows_read: u64,
    /// Those with something that could not be taken.
    pub rows_refused: u64,
    /// Products that are new.
    pub products_created: u64,
    /// Products that were there and changed.
    pub products_updated: u64,
    /// Products that were there exactly so.
    pub products_unchanged: u64,
    /// Products of which nothing could be taken.
    pub products_refused: u64,
    /// Variants that the file has of the products taken.
    pub variants: u64,
    /// Images that the file has of the products taken, each once per product.
    pub images: u64,
    /// Columns that mean nothing to mcom.
    pub columns_ignored: Vec<String>,
}

/// Who is told how an import goes on.
pub trait Progress: Send {
    /// Something on this line was not taken; the rest of its product was, if any of it could be.
    fn refused(&mut self, remark: &Remark);

    /// The line was taken, but its writer should know something.
    fn noticed(&mut self, remark: &Remark);

    /// One more product is done.
    fn advanced(&mut self, totals: &Totals);
}

/// Reads `file` twice: first to find rows that belong together, then to write one product after the other, each in a transaction of
/// its own. What is there already is compared and left alone if it is the same. Variants and images that the file does not have are
/// removed from its products, unless a row of the product could not be taken. Products that the file does not name stay.
///
/// # Errors
/// Refuses files that are not CSV with a header; `Forbidden` without `write_products`, `write_inventory` and `write_publications`;
/// `Busy` or `Broken` if the database cannot be written. What was written before an error stays.
pub async fn run<F: Read + Seek + Send>(cx: &Cx, mut file: F, progress: &mut dyn Progress) -> Result<Totals> {
    for scope in [Scope::WriteProducts, Scope::WriteInventory, Scope::WritePublications] {
        cx.require(scope)?;
    }
    let index = Index::of(&mut Rows::open(&mut file)?)?;
    let mut totals = Totals { rows_in_file: index.rows, ..Totals::default() };
    file.rewind()
        .map_err(|error| refuse("file", "INVALID", format!("The file cannot be read twice: {error}")))?;
    let rows = Rows::open(file)?;
    totals.columns_ignored.clone_from(&rows.header.ignored);
    let place = cx.read(async |db| Place::of(db).await).await?;
    let mut groups = Groups::new(rows, index);
    while let Some(group) = groups.next()? {
        let found = one(cx, &group, place, &mut totals).await?;
        tell(&group, &found, &mut totals, progress);
    }
    cx.finish().await;
    Ok(totals)
}

/// What became of a product.
enum Outcome {
    Created,
    Updated,
    Unchanged,
}

/// What is to be told about the rows of a product.
#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
    notices: Vec<Problem>,
}

/// Takes one product.
async fn one(cx: &Cx, group: &Group, place: Place, totals: &mut Totals) -> Result<Found> {
    let all = |reason: &str| {
        group.rows.iter().map(|row| Problem { line: row.line, reason: reason.to_owned() }).collect()
    };
    let Some(handle) = &group.handle else {
        let problems = all("the row does not say which product it is of");
        return Ok(Found { problems, ..Found::default() });
    };
    let draft = Draft::of(group, place.currency)?;
    match apply(cx, handle, &draft, place).await {
        Ok(outcome) => {
            *match outcome {
                Outcome::Created => &mut totals.products_created,
                Outcome::Updated => &mut totals.products_updated,
                Outcome::Unchanged => &mut totals.products_unchanged,
            } += 1;
            totals.variants += draft.variants.len() as u64;
            totals.images += draft.images.listed.len() as u64;
            Ok(Found { problems: draft.problems, notices: draft.notices })
        }
        Err(Error::Refused(refusals)) => {
            totals.products_refused += 1;
            let reasons: Vec<String> = refusals.into_iter().map(|refusal| refusal.message).collect();
            let mut problems: Vec<Problem> =
                all(&format!("the product was not taken: {}", reasons.join("; ")));
            problems.extend(draft.problems);
            Ok(Found { problems, ..Found::default() })
        }
        Err(other) => Err(other),
    }
}

/// Makes the product what the draft says, if it is not that already.
async fn apply(cx: &Cx, handle: &str, draft: &Draft, place: Place) -> Result<Outcome> {
    let now = cx.now();
    let state = cx.read(async |db| State::by_handle(db, place, handle).await).await?;
    if Plan::of(draft, state.as_ref(), place, now)?.is_empty() {
        return Ok(Outcome::Unchanged);
    }
    cx.write("product_import", async |db| {
        let state = State::locked(db, place, handle).await?;
        let plan = Plan::of(draft, state.as_ref(), place, now)?;
        write::write(cx, db, &plan, (state.as_ref(), place), &draft.option_names).await?;
        Ok(if state.is_some() { Outcome::Updated } else { Outcome::Created })
    })
    .await
}

/// Tells what could not be taken, one remark per line, what else is to be known, and how far it is.
fn tell(group: &Group, found: &Found, totals: &mut Totals, progress: &mut dyn Progress) {
    for row in &group.rows {
        let remark = |reason: String| Remark { line: row.line, handle: group.handle.clone(), reason };
        let of_line = |about: &Vec<Problem>| -> Vec<String> {
            about.iter().filter(|it| it.line == row.line).map(|it| it.reason.clone()).collect()
        };
        let reasons = of_line(&found.problems);
        if !reasons.is_empty() {
            totals.rows_refused += 1;
            progress.refused(&remark(reasons.join("; ")));
        }
        for notice in of_line(&found.notices) {
            progress.noticed(&remark(notice));
        }
        if row.is_latin {
            progress.noticed(&remark("the row is not UTF-8 and was read as Windows-1252".to_owned()));
        }
    }
    totals.rows_read += group.rows.len() as u64;
    progress.advanced(totals);
}
