//! A walk over a store, part by part and side by side with its index. Takes memory for a part, however large the store is.

use std::collections::HashMap;

use mcom_catalog::index::{self, State};
use mcom_data::Cx;
use mcom_schema::id::ProductId;
use mcom_search::{Prepared, Search, SearchEngine, Stored, Write};
use mcom_store::settings;

use super::{PART, document};
use crate::JobError;

/// How a product's place in the index differs from the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// It is published and not in the index.
    Missing(ProductId),
    /// It is in the index and not published.
    Extra(ProductId),
    /// The index knows it otherwise.
    Outdated(ProductId),
}

impl Difference {
    /// Which product it is about.
    pub fn id(self) -> ProductId {
        let (Difference::Missing(id) | Difference::Extra(id) | Difference::Outdated(id)) = self;
        id
    }
}

/// What a walk came across.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tallied {
    /// Published products.
    pub products: u64,
    /// Those of which the index knew nothing, or something else; and those that it knew and should not.
    pub written: u64,
}

/// Makes the index true to the tables, while it is searched and written. `progress` hears how many products are done.
///
/// # Errors
/// `Away` while the engine is, `Retry` if the database cannot be read; what was done stays, and another walk goes on with the rest.
pub async fn rebuild(cx: &Cx, progress: &mut (dyn FnMut(u64) + Send)) -> Result<Tallied, JobError> {
    let engine = cx.shared::<Search>()?;
    let store = cx.tenant().store();
    engine.begin_rebuild(store, index::count(cx).await?).await?;
    engine.refresh(store).await?;
    let mut tallied = Tallied::default();
    let mut after = Some(ProductId(0));
    while let Some(last) = after {
        let (part, writes) = compare(cx, last).await?;
        tallied.products += part.products;
        tallied.written += writes.len() as u64;
        engine.apply(store, writes.into_iter().map(|(_, write)| write).collect()).await?;
        progress(tallied.products);
        after = part.next;
    }
    engine.finish_rebuild(store).await?;
    Ok(tallied)
}

/// Tells where the index differs from the tables; changes nothing. `told` hears of each difference.
///
/// # Errors
/// As [`rebuild`].
pub async fn verify(
    cx: &Cx,
    progress: &mut (dyn FnMut(u64) + Send),
    told: &mut (dyn FnMut(Difference) + Send),
) -> Result<Tallied, JobError> {
    cx.shared::<Search>()?.refresh(cx.tenant().store()).await?;
    let mut tallied = Tallied::default();
    let mut after = Some(ProductId(0));
    while let Some(last) = after {
        let (part, writes) = compare(cx, last).await?;
        tallied.products += part.products;
        tallied.written += writes.len() as u64;
        writes.into_iter().for_each(|(difference, _)| told(difference));
        progress(tallied.products);
        after = part.next;
    }
    Ok(tallied)
}

struct Part {
    products: u64,
    /// Where the next part begins; none after the last one.
    next: Option<ProductId>,
}

/// Compares the products after `after`, as many as a part has, and says what would have to be written.
async fn compare(cx: &Cx, after: ProductId) -> Result<(Part, Vec<(Difference, Write)>), JobError> {
    let language = settings::get(cx).await?.language.clone();
    let state = index::after(cx, after, PART as i64).await?;
    let last = state.products.last().filter(|_| state.products.len() == PART).map(|last| last.document.id);
    let mut stored = stored(cx, after, last).await?;
    let mut writes = vec![];
    for indexed in &state.products {
        let product = Prepared::of(&document(indexed, &language));
        let id = ProductId(product.id);
        let difference = match stored.remove(&product.id) {
            Some(known) if known.fingerprint == product.fingerprint => continue,
            Some(_) => Difference::Outdated(id),
            None => Difference::Missing(id),
        };
        writes.push((difference, Write::Put { version: state.version, product: Box::new(product) }));
    }
    writes.extend(stored.into_keys().map(|id| extra(&state, ProductId(id))));
    Ok((Part { products: state.products.len() as u64, next: last }, writes))
}

fn extra(state: &State, id: ProductId) -> (Difference, Write) {
    (Difference::Extra(id), Write::Remove { version: state.version, id })
}

/// What the index has after `after`, up to `last` or to the end.
async fn stored(
    cx: &Cx,
    after: ProductId,
    last: Option<ProductId>,
) -> Result<HashMap<i64, Stored>, JobError> {
    let engine = cx.shared::<Search>()?;
    let mut found = HashMap::new();
    let mut from = after.0;
    loop {
        let page = engine.stored(cx.tenant().store(), from, 2 * PART).await?;
        let is_last = page.len() < 2 * PART;
        let Some(end) = page.last().map(|stored| stored.id) else { return Ok(found) };
        found.extend(page.into_iter().filter(|s| last.is_none_or(|l| s.id <= l.0)).map(|s| (s.id, s)));
        if is_last || last.is_some_and(|last| end >= last.0) {
            return Ok(found);
        }
        from = end;
    }
}
