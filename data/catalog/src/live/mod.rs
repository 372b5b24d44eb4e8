//! The storefront's view: published products as ready-made documents with their stock, cached and never stale after a change.

mod cache;
pub(crate) mod collections;
mod document;
mod list;
mod projection;
mod query;
mod stamp;
mod stock;

use std::{
    any::Any,
    collections::{HashMap, HashSet},
    sync::{Arc, OnceLock},
};

use mcom_data::{Cx, Result};
use mcom_schema::id::{ProductId, VariantId};

pub(crate) use cache::Cache;
pub use document::{
    DocumentMedia, DocumentOption, DocumentOptionValue, DocumentVariant, MoneyRange, ProductDocument,
};
pub use list::{ListQuery, ProductSort, page};
pub(crate) use list::{remembered, with_products};
pub(crate) use projection::project;
pub use stock::{ProductStock, VariantStock};

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
    fn stocked(document: Arc<ProductDocument>, available: &HashMap<i64, i64>) -> Arc<Self> {
        let stock = ProductStock::of(&document, available);
        Arc::new(LiveProduct { document, stock, face: OnceLock::new() })
    }

    fn on(shelf: query::Shelf) -> Arc<Self> {
        LiveProduct::stocked(Arc::new(shelf.document), &shelf.available)
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
        match cache.product(cx.tenant().id(), *id).await {
            cache::Found::Fresh(live) => drop(known.insert(*id, live)),
            cache::Found::Stale(document) => missing.push((*id, document)),
        }
    }
    if !missing.is_empty() {
        known.extend(fetch(cx, &cache, missing).await?);
    }
    Ok(ids.iter().map(|id| known.get(id).cloned().flatten()).collect())
}

/// The published product with this handle.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn by_handle(cx: &Cx, handle: &str) -> Result<Option<Arc<LiveProduct>>> {
    let cache = cx.shared::<Cache>()?;
    let tenant = cx.tenant().id();
    if let Some(known) = cache.handle(tenant, handle).await {
        let Some(id) = known else { return Ok(None) };
        let live = by_ids(cx, &[id]).await?.pop().flatten();
        // The product may have moved to another address meanwhile, and another one to this.
        if live.as_ref().is_some_and(|live| live.document.handle == handle) {
            return Ok(live);
        }
    }
    let (stamp, told) = (cache.store_stamp(tenant), cache.told());
    let live = cx.read(async |db| query::shelf_by_handle(db, handle).await).await?.map(LiveProduct::on);
    let id = live.as_ref().map(|live| live.document.id);
    cache.keep_handle(tenant, handle, id, stamp).await;
    if let Some(id) = id {
        let stamp = cache.stamp(tenant, id);
        if cache.told() == told {
            cache.keep_product(tenant, id, live.clone(), stamp).await;
        }
    }
    Ok(live)
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
        match cache.owner(tenant, *id).await {
            Some(product) => drop(owners.insert(*id, product)),
            None => missing.push(id.0),
        }
    }
    if !missing.is_empty() {
        for (variant, product) in cx.read(async |db| query::owners(db, &missing).await).await? {
            cache.keep_owner(tenant, VariantId(variant), ProductId(product)).await;
            owners.insert(VariantId(variant), ProductId(product));
        }
    }
    Ok(owners)
}

type Wanted = (ProductId, Option<Arc<ProductDocument>>);

/// Reads documents (but those that are known) and stock, and remembers what came of it.
async fn fetch(
    cx: &Cx,
    cache: &Cache,
    wanted: Vec<Wanted>,
) -> Result<HashMap<ProductId, Option<Arc<LiveProduct>>>> {
    let tenant = cx.tenant().id();
    // Taken before the first statement: what changes from here on makes the answer one that is not kept.
    let stamps: Vec<cache::Stamp> = wanted.iter().map(|(id, _)| cache.stamp(tenant, *id)).collect();
    let numbers = |known: bool| -> Vec<i64> {
        wanted.iter().filter(|(_, document)| document.is_some() == known).map(|(id, _)| id.0).collect()
    };
    let mut read: HashMap<ProductId, Arc<LiveProduct>> = match numbers(false).as_slice() {
        [] => HashMap::new(),
        unread => {
            let shelves = cx.read(async |db| query::shelves(db, unread).await).await?;
            shelves.into_iter().map(|shelf| (shelf.document.id, LiveProduct::on(shelf))).collect()
        }
    };
    let stock = match numbers(true).as_slice() {
        [] => HashMap::new(),
        known => cx.read(async |db| query::stock(db, known).await).await?,
    };
    let mut found = HashMap::with_capacity(wanted.len());
    for ((id, known), stamp) in wanted.into_iter().zip(stamps) {
        let live = match known {
            Some(document) => Some(LiveProduct::stocked(document, &stock)),
            None => read.remove(&id),
        };
        cache.keep_product(tenant, id, live.clone(), stamp).await;
        found.insert(id, live);
    }
    Ok(found)
}
