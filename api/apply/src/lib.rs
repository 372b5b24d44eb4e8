//! The store file: what a merchant sets, declared in one place and made true by the verbs that the Admin API calls too.
//!
//! What is public and asynchronous is a `BoxFuture`: an `async fn` is compiled by whoever awaits it, with all that it awaits.

mod document;
pub mod file;
mod link;
mod pictures;
mod run;
mod schema;
mod section;
mod target;
mod value;

use futures_util::future::BoxFuture;
use mcom_data::Cx;
use serde::Serialize;

pub use document::Fault;
pub use run::{Action, Change};
pub use schema::schema;

use document::Document;
use file::StoreFile;
use mcom_objects::Shelf;
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
pub fn apply<'a>(
    cx: &'a Cx,
    text: &'a str,
    wish: Wish,
) -> BoxFuture<'a, mcom_data::Result<Result<Outcome, Vec<Fault>>>> {
    Box::pin(applied(cx, text, wish))
}

async fn applied(cx: &Cx, text: &str, wish: Wish) -> mcom_data::Result<Result<Outcome, Vec<Fault>>> {
    match Document::read::<StoreFile>(text) {
        Ok((document, file)) => make_true(cx, &document, &file, wish).await,
        Err(fault) => Ok(Err(vec![fault])),
    }
}

/// The same; those of its pictures that are on the shelf are kept by the store and shown from there.
///
/// # Errors
/// As [`apply`], and why a picture cannot be kept.
pub fn apply_with<'a>(
    cx: &'a Cx,
    text: &'a str,
    wish: Wish,
    shelf: &'a Shelf<'a>,
) -> BoxFuture<'a, anyhow::Result<Result<Outcome, Vec<Fault>>>> {
    Box::pin(applied_with(cx, text, wish, shelf))
}

async fn applied_with(
    cx: &Cx,
    text: &str,
    wish: Wish,
    shelf: &Shelf<'_>,
) -> anyhow::Result<Result<Outcome, Vec<Fault>>> {
    let (document, mut file) = match Document::read::<StoreFile>(text) {
        Ok(read) => read,
        Err(fault) => return Ok(Err(vec![fault])),
    };
    pictures::keep(cx, &mut file, shelf, wish.dry_run).await?;
    Ok(make_true(cx, &document, &file, wish).await?)
}

async fn make_true(
    cx: &Cx,
    document: &Document,
    file: &StoreFile,
    wish: Wish,
) -> mcom_data::Result<Result<Outcome, Vec<Fault>>> {
    // On the heap: a walk goes deep, and whoever asks for it may have a small stack.
    let looked = Box::pin(carry_out(cx, document, file, Wish { dry_run: true, ..wish })).await?;
    match looked {
        Ok(_) if !wish.dry_run => Box::pin(carry_out(cx, document, file, wish)).await,
        looked => Ok(looked),
    }
}

/// Carries out one section of the file.
type Section = for<'r, 'f> fn(&'r mut Run<'f>) -> BoxFuture<'r, mcom_data::Result<()>>;

/// In the order in which they build on each other. Each is a function of its own: what they need of the stack does not add up.
const SECTIONS: &[Section] = &[
    |run| Box::pin(section::shop::apply(run)),
    |run| Box::pin(section::files::apply(run)),
    |run| Box::pin(section::categories::apply(run)),
    |run| Box::pin(section::swatches::apply(run)),
    |run| Box::pin(section::collections::apply(run)),
    |run| Box::pin(section::storefront::apply(run)),
    |run| Box::pin(section::policies::apply(run)),
    |run| Box::pin(section::pages::apply(run)),
    |run| Box::pin(section::blogs::apply(run)),
    |run| Box::pin(section::redirects::apply(run)),
    |run| Box::pin(section::locations::apply(run)),
    |run| Box::pin(section::taxes::apply(run)),
    |run| Box::pin(section::quantities::apply(run)),
    |run| Box::pin(section::bundles::apply(run)),
    |run| Box::pin(section::selling_plans::apply(run)),
    |run| Box::pin(section::markets::apply(run)),
    |run| Box::pin(section::discounts::apply(run)),
    |run| Box::pin(section::gift_cards::apply(run)),
    |run| Box::pin(section::metaobjects::definition::apply(run)),
    |run| Box::pin(section::metaobjects::apply(run)),
    // What menus lead to is there before them.
    |run| Box::pin(section::menus::apply(run)),
    |run| Box::pin(section::metafields::definition::apply(run)),
    |run| Box::pin(section::metafields::apply(run)),
    |run| Box::pin(section::translations::apply(run)),
];

async fn carry_out(
    cx: &Cx,
    document: &Document,
    file: &StoreFile,
    wish: Wish,
) -> mcom_data::Result<Result<Outcome, Vec<Fault>>> {
    let mut run = Run::new(cx, document, file, wish);
    for section in SECTIONS {
        section(&mut run).await?;
    }
    Ok(run.end())
}
