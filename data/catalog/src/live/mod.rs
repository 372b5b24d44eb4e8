//! The storefront's view: published products as ready-made documents with their stock, cached and never stale after a change.

mod absent;
mod cache;
mod change;
pub(crate) mod collections;
mod document;
mod fetch;
mod lean;
mod list;
mod memory;
mod projection;
mod query;
mod related;
mod shared;
mod stock;
mod views;
mod words;

use std::{
    any::Any,
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use mcom_data::{Cx, Result};
use mcom_schema::id::{ProductId, VariantId};

pub(crate) use cache::Cache;
pub(crate) use change::Follows;
pub use document::{
    DocumentFile, DocumentMedia, DocumentOption, DocumentOptionValue, DocumentSwatch, DocumentVariant,
    MoneyRange, ProductDocument,
};
pub use list::{ListQuery, ProductSort, page};
pub(crate) use list::{moment, remembered, with_products};
pub use memory::{Before, Memory};
pub(crate) use projection::project;
pub(crate) use query::stock_of;
pub use related::{complementary, related};
pub(crate) use stock::{Pieces, sellable};
pub use stock::{ProductStock, VariantStock};
pub use views::{Part, seen_from};
pub use words::{tags, types};

/// A published product as it is at this moment: its document, its stock, and room for one ready-made answer.
pub struct LiveProduct {
    /// What it is.
    pub document: Arc<ProductDocument>,
    /// How much there is of it.
    pub stock: ProductStock,
    face: OnceLock<Arc<dyn Any + Send + Sync>>,
}

impl LiveProduct {
    /// A document with the pieces that there are of its variants.
    fn stocked(document: Arc<ProductDocument>, pieces: &stock::Pieces) -> Arc<Self> {
        let stock = ProductStock::of(&document, pieces);
        Arc::new(LiveProduct { document, stock, face: OnceLock::new() })
    }

    fn on(shelf: query::Shelf) -> Arc<Self> {
        LiveProduct::stocked(Arc::new(shelf.document), &shelf.pieces)
    }

    /// The products on which its stock depends.
    fn leans_on(&self) -> &[ProductId] {
        self.stock.bundles.leans_on()
    }

    /// What `make` prepared of this product, made once and kept as long as the product stays as it is.
    pub fn face<T: Any + Send + Sync>(&self, make: impl Fn(&LiveProduct) -> T) -> Arc<T> {
        let face = self.face.get_or_init(|| Arc::new(make(self))).clone();
        // One slot: whoever asks for another type than the first one is served without it.
        face.downcast().unwrap_or_else(|_| Arc::new(make(self)))
    }
}

/// The published ones among `ids`, in the order of `ids`. At most two statements, none for what is cached.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_ids(cx: &Cx, ids: &[ProductId]) -> Result<Vec<Option<Arc<LiveProduct>>>> {
    let cache = cx.shared::<Cache>()?;
    let mut known = HashMap::with_capacity(ids.len());
    let mut missing = vec![];
    let mut seen = HashSet::with_capacity(ids.len());
    // Each once: several variants of a product ask for it together.
    for id in ids.iter().filter(|id| seen.insert(**id)) {
        let stamp = cache.stamp(cx.tenant().id(), *id);
        match cache.product(cx.tenant().id(), *id, stamp) {
            cache::Found::Fresh(live) => drop(known.insert(*id, live)),
            cache::Found::Stale(live) => {
                missing.push(fetch::Wanted::new(&cache, (cx.tenant().id(), *id), (stamp, live)));
            }
        }
    }
    if !missing.is_empty() {
        // On the heap: the futures of those who find all of it remembered stay small.
        known.extend(Box::pin(fetch::products(cx, &cache, missing)).await?);
    }
    Ok(ids.iter().map(|id| known.get(id).cloned().flatten()).collect())
}

/// The published product with this handle.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<LiveProduct>>> {
    let cache = cx.shared::<Cache>()?;
    if let Some(known) = fetch::known_by_handle(cx, &cache, handle).await? {
        return Ok(known);
    }
    let stamp = cache.handle_stamp(cx.tenant().id());
    let load = fetch::by_handle(cx, &cache, handle, stamp);
    Box::pin(cache.loads.handles.once(cx, (cx.tenant().id(), handle.into(), stamp), load)).await
}

/// The published products of these variants, each with the variant's place in its document.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_variants(cx: &Cx, ids: &[VariantId]) -> Result<Vec<Option<(Arc<LiveProduct>, usize)>>> {
    let owners = owners(cx, ids).await?;
    let products: Vec<ProductId> = ids.iter().filter_map(|id| owners.get(id).copied()).collect();
    let live = by_ids(cx, &products).await?;
    let by_product: HashMap<ProductId, Arc<LiveProduct>> =
        products.into_iter().zip(live).filter_map(|(id, live)| Some((id, live?))).collect();
    let find = |id: &VariantId| {
        let live = by_product.get(owners.get(id)?)?;
        Some((live.clone(), live.document.variants.iter().position(|variant| variant.id == *id)?))
    };
    Ok(ids.iter().map(find).collect())
}

/// Which product each variant belongs to. A variant never changes its product, so that what is known stays true.
async fn owners(cx: &Cx, ids: &[VariantId]) -> Result<HashMap<VariantId, ProductId>> {
    let cache = cx.shared::<Cache>()?;
    let tenant = cx.tenant().id();
    let mut owners = HashMap::with_capacity(ids.len());
    let mut missing = vec![];
    for id in ids {
        match cache.owner(tenant, *id) {
            Some(product) => drop(owners.insert(*id, product)),
            None => missing.push(id.0),
        }
    }
    if !missing.is_empty() {
        for (variant, product) in cx.read(async |db| query::owners(db, &missing).await).await? {
            cache.keep_owner(tenant, VariantId(variant), ProductId(product));
            owners.insert(VariantId(variant), ProductId(product));
        }
    }
    Ok(owners)
}
