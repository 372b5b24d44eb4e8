//! What a search index is told: published products as they are at one moment, with a version that says which of two states is newer.

mod query;

use mcom_data::{Cx, Result};
use mcom_schema::id::{CollectionId, InventoryItemId, ProductId, VariantId};

use serde::Deserialize;

use crate::{
    bundles,
    live::{Pieces, ProductDocument, ProductStock},
};

/// Published products as they were read together.
///
/// The version is made of the snapshot they were read in: whoever reads later has a higher one, or the same and sees the same. Whoever
/// writes what was read, for each change at least once after its commit and never over a higher version, ends up with the truth,
/// in whatever order the writes arrive.
#[derive(Debug)]
pub struct State {
    /// Of everything in it, what is missing included.
    pub version: u64,
    /// The published ones, by id.
    pub products: Vec<Indexed>,
}

/// A published product with what is not in its document.
#[derive(Debug)]
pub struct Indexed {
    /// The product.
    pub document: ProductDocument,
    /// Whether at least one variant can be bought.
    pub available: bool,
    /// The collections it is in, published or not.
    pub collections: Vec<CollectionId>,
    /// What the fields hold by which buyers narrow products down.
    pub fields: Vec<IndexedField>,
}

/// What a field of a product or of one of its variants holds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct IndexedField {
    /// Whether it is a variant's.
    pub of_variant: bool,
    /// What keeps keys of different uses apart.
    pub namespace: String,
    /// Its name in programs.
    pub key: String,
    /// Whether the value is a list, in JSON.
    pub is_list: bool,
    /// The value, in the form of its type.
    pub value: String,
}

impl IndexedField {
    /// The single values that it holds.
    pub fn values(&self) -> Vec<String> {
        if !self.is_list {
            return vec![self.value.clone()];
        }
        let items: Vec<serde_json::Value> = serde_json::from_str(&self.value).unwrap_or_default();
        items.iter().map(|item| item.as_str().map_or_else(|| item.to_string(), str::to_owned)).collect()
    }
}

impl Indexed {
    fn of(row: query::IndexRow) -> Result<Self> {
        let document: ProductDocument = serde_json::from_str(&row.document)?;
        let pieces: Pieces = serde_json::from_str(&row.pieces)?;
        let stock = ProductStock::of(&document, &pieces);
        let collections = row.collections.into_iter().map(CollectionId).collect();
        let fields = serde_json::from_str(&row.fields)?;
        Ok(Indexed { available: stock.for_sale, document, collections, fields })
    }
}

/// The published ones among `ids`. Two statements.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn state(cx: &Cx, ids: &[ProductId]) -> Result<State> {
    let numbers: Vec<i64> = ids.iter().map(|id| id.0).collect();
    read(cx, async || cx.read(async |db| query::by_ids(db, &numbers).await).await).await
}

/// The first `limit` published products after `after`, by id. Two statements.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn after(cx: &Cx, after: ProductId, limit: i64) -> Result<State> {
    read(cx, async || cx.read(async |db| query::after(db, after.0, limit).await).await).await
}

/// The version comes first: what changes between the two statements has a version of its own, which is higher.
async fn read(cx: &Cx, rows: impl AsyncFnOnce() -> Result<Vec<query::IndexRow>>) -> Result<State> {
    let version = cx.read(async |db| query::version(db).await).await?;
    let products = rows().await?.into_iter().map(Indexed::of).collect::<Result<_>>()?;
    // A walk over a large store would otherwise hold its transaction, and with it every row that was replaced meanwhile.
    cx.finish().await;
    Ok(State { version, products })
}

/// How many products are published.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn count(cx: &Cx) -> Result<u64> {
    let count = cx.read(async |db| query::count(db).await).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// The products that these variants belong to.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn of_variants(cx: &Cx, variants: &[VariantId]) -> Result<Vec<ProductId>> {
    let variants: Vec<i64> = variants.iter().map(|variant| variant.0).collect();
    let products = cx.read(async |db| query::of_variants(db, &variants).await).await?;
    Ok(products.into_iter().map(ProductId).collect())
}

/// The products that these items belong to.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn of_items(cx: &Cx, items: &[InventoryItemId]) -> Result<Vec<ProductId>> {
    let items: Vec<i64> = items.iter().map(|item| item.0).collect();
    let products = cx.read(async |db| query::of_items(db, &items).await).await?;
    Ok(products.into_iter().map(ProductId).collect())
}

/// The products of bundles with a component among these products.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn of_bundles_with(cx: &Cx, products: &[ProductId]) -> Result<Vec<ProductId>> {
    let products: Vec<i64> = products.iter().map(|product| product.0).collect();
    let found = cx.read(async |db| bundles::query::products_with(db, &products).await).await?;
    Ok(found.into_iter().map(ProductId).collect())
}

/// The first `limit` published products in a collection after `after`, by id.
///
/// # Errors
/// `Busy` or `Broken` if the database cannot be read.
pub async fn members(
    cx: &Cx,
    collection: CollectionId,
    after: ProductId,
    limit: i64,
) -> Result<Vec<ProductId>> {
    let found = cx.read(async |db| query::members(db, collection.0, after.0, limit).await).await?;
    Ok(found.into_iter().map(ProductId).collect())
}
