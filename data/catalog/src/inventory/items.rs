//! Items in the warehouse and their levels, as merchants see them.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Result,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{InventoryItemId, LocationId, ProductId, VariantId},
};

use super::query;

/// What a variant is in the warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InventoryItem {
    /// The item.
    pub id: InventoryItemId,
    /// The variant it is.
    pub variant_id: VariantId,
    /// The variant's product.
    pub product_id: ProductId,
    /// The merchant's own number.
    pub sku: Option<String>,
    /// Whether its stock is counted.
    pub tracked: bool,
    /// Whether it has to be shipped.
    pub requires_shipping: bool,
    /// In grams.
    pub weight_grams: i64,
    /// What one costs the merchant, in minor units of the store's currency.
    pub cost_minor: Option<i64>,
    /// ISO 3166-1 alpha-2.
    pub country_of_origin: Option<String>,
    /// Its customs number.
    pub harmonized_system_code: Option<String>,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Where it is, in the order of the locations' ids.
    pub levels: Vec<Level>,
}

/// Stock of an item at a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// Of what.
    pub item_id: InventoryItemId,
    /// Where.
    pub location_id: LocationId,
    /// Free to sell.
    pub available: i64,
    /// Held for checkouts under way.
    pub reserved: i64,
    /// Sold and not yet shipped.
    pub committed: i64,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Level {
    /// All that is in the house.
    pub fn on_hand(&self) -> i64 {
        self.available + self.reserved + self.committed
    }
}

/// Which items; in the order in which they were made.
#[derive(Debug, Clone)]
pub struct ItemList {
    /// Only those with this number.
    pub sku: Option<String>,
    /// Only these.
    pub ids: Option<Vec<InventoryItemId>>,
    /// Which page.
    pub page: PageArgs,
}

/// Items by id, for whatever hangs off a list: `cx.load::<inventory::ItemById>(id)`.
pub struct ItemById;

impl Batch for ItemById {
    type Key = InventoryItemId;
    type Value = Arc<InventoryItem>;

    async fn load(
        cx: &Cx,
        keys: Vec<InventoryItemId>,
    ) -> Result<HashMap<InventoryItemId, Arc<InventoryItem>>> {
        cx.require(Scope::ReadInventory)?;
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let found = cx.read(async |db| query::item_details(db, &ids).await).await?;
        Ok(found.into_iter().map(|item| (item.id, Arc::new(item))).collect())
    }
}

/// The items there are among `ids`, in the order of `ids`.
///
/// # Errors
/// `Forbidden` without `read_inventory`; `Busy` or `Broken` if the database cannot be read.
pub async fn items(cx: &Cx, ids: &[InventoryItemId]) -> Result<Vec<Option<Arc<InventoryItem>>>> {
    let mut found = ItemById::load(cx, ids.to_vec()).await?;
    Ok(ids.iter().map(|id| found.remove(id)).collect())
}

/// One page of the items.
///
/// # Errors
/// `Forbidden` without `read_inventory`; refuses cursors of other lists.
pub async fn items_page(cx: &Cx, list: &ItemList) -> Result<Page<Arc<InventoryItem>>> {
    cx.require(Scope::ReadInventory)?;
    let ids = cx.read(async |db| query::items_page(db, list).await).await?;
    let keys: Vec<InventoryItemId> = ids.items.iter().map(|(_, id)| InventoryItemId(*id)).collect();
    let mut found = items(cx, &keys).await?.into_iter();
    let items = ids.items.into_iter().filter_map(|(cursor, _)| Some((cursor, found.next()??)));
    Ok(Page { items: items.collect(), has_next: ids.has_next, has_previous: ids.has_previous })
}

/// One page of what a location holds, by item.
///
/// # Errors
/// `Forbidden` without `read_inventory`; refuses cursors of other lists.
pub async fn levels_page(cx: &Cx, location: LocationId, args: &PageArgs) -> Result<Page<Level>> {
    cx.require(Scope::ReadInventory)?;
    cx.read(async |db| query::levels_page(db, location.0, args).await).await
}
