//! The store file: what a merchant sets, declared in one place and made true by the verbs that the Admin API calls too.

mod document;
pub mod file;
mod link;
mod run;
mod schema;
mod section;
mod target;
mod value;

use mcom_data::Cx;
use serde::Serialize;

pub use document::Fault;
pub use run::{Action, Change};
pub use schema::schema;

use document::Document;
use file::StoreFile;
use run::Run;

/// How a store file is applied.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wish {
    /// Only tell what would change.
    pub dry_run: bool,
    /// Delete what the sections of the file do not name.
    pub prune: bool,
}

/// What applying a file came to.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// What was changed or would be, in the order of the file's sections.
    pub changes: Vec<Change>,
    /// How many things were as the file says already.
    pub unchanged: usize,
    /// How many things are in the store of which the file's sections say nothing.
    pub unnamed: usize,
}

/// Applies a store file. Everything is looked at before anything is changed.
///
/// # Errors
/// What in the file is not accepted, with line and column; `Err` inside is what has nothing to do with the file.
pub async fn apply(cx: &Cx, text: &str, wish: Wish) -> mcom_data::Result<Result<Outcome, Vec<Fault>>> {
    let (document, file) = match Document::read::<StoreFile>(text) {
        Ok(read) => read,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    // On the heap: a walk goes deep, and whoever asks for it may have a small stack.
    let looked = Box::pin(carry_out(cx, &document, &file, Wish { dry_run: true, ..wish })).await?;
    match looked {
        Ok(_) if !wish.dry_run => Box::pin(carry_out(cx, &document, &file, wish)).await,
        looked => Ok(looked),
    }
}

async fn carry_out(
    cx: &Cx,
    document: &Document,
    file: &StoreFile,
    wish: Wish,
) -> mcom_data::Result<Result<Outcome, Vec<Fault>>> {
    let mut run = Run::new(cx, document, file, wish);
    section::policies::apply(&mut run).await?;
    section::pages::apply(&mut run).await?;
    section::blogs::apply(&mut run).await?;
    section::redirects::apply(&mut run).await?;
    section::menus::apply(&mut run).await?;
    section::discounts::apply(&mut run).await?;
    section::gift_cards::apply(&mut run).await?;
    section::metaobjects::definition::apply(&mut run).await?;
    section::metaobjects::apply(&mut run).await?;
    section::metafields::definition::apply(&mut run).await?;
    section::metafields::apply(&mut run).await?;
    Ok(run.end())
}
