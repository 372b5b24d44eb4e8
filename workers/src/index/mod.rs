//! Keeping search indexes true to the tables: what is written of a product, and walks that compare or correct a whole store.

mod document;
mod members;
mod walk;

pub use document::document;
pub(crate) use members::outdated;
pub use walk::{Difference, Tallied, rebuild, verify};

use std::collections::HashSet;

use mcom_catalog::index::{self, State};
use mcom_data::Cx;
use mcom_schema::id::ProductId;
use mcom_search::{Prepared, Search, SearchEngine, Unavailable, Write};
use mcom_store::settings;

use crate::JobError;

/// How many products are read and written at a time; each may have 2,048 variants.
const PART: usize = 200;

impl From<Unavailable> for JobError {
    fn from(error: Unavailable) -> Self {
        JobError::away(error)
    }
}

/// Brings the index up to the present state of these products.
///
/// # Errors
/// `Away` while the engine is; `Retry` if the database cannot be read.
pub async fn refresh(cx: &Cx, ids: &[ProductId]) -> Result<(), JobError> {
    let engine = cx.shared::<Search>()?;
    let language = settings::get(cx).await?.language.clone();
    for part in ids.chunks(PART) {
        let state = index::state(cx, part).await?;
        let writes = writes(&state, part, &language);
        engine.apply(cx.tenant().store(), writes).await?;
    }
    Ok(())
}

/// What a state says of these products: what they are, or that they are gone.
fn writes(state: &State, ids: &[ProductId], language: &str) -> Vec<Write> {
    let there: HashSet<ProductId> = state.products.iter().map(|indexed| indexed.document.id).collect();
    let version = state.version;
    let put = state.products.iter().map(|indexed| {
        let product = Box::new(Prepared::of(&document(indexed, language)));
        Write::Put { version, product }
    });
    let gone = ids.iter().filter(|id| !there.contains(id)).map(|id| Write::Remove { version, id: *id });
    put.chain(gone).collect()
}
