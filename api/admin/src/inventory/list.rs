//! Finding stock.

use std::sync::Arc;

use mcom_catalog::inventory::{self, ItemList};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::{
    id::{InventoryItemId, LocationId},
    refuse,
};
use mcom_store::settings;
use serde::Deserialize;

use super::{InventoryItem, InventoryLevel, item::InventoryItemConnection, level::read_id};
use crate::{
    id::{self, IdArgs},
    search,
};

pub(super) fn register(registry: &mut Registry) {
    registry
        .query("inventoryItem", one)
        .query("inventoryItems", list)
        .query("inventoryLevel", one_level)
        .entity(entities);
}

#[derive(Deserialize)]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
}

async fn one(cx: &Cx, args: IdArgs) -> Result<Option<Arc<InventoryItem>>, Error> {
    find(cx, id::read(InventoryItemId::parse, &args.id)?).await
}

async fn list(cx: &Cx, args: ListArgs) -> Result<InventoryItemConnection, Error> {
    let query = search::parse(args.query.as_deref())?;
    cx.remark(query.as_ref().and_then(|(text, query)| search::item_remark(query, "inventoryItems", text)));
    let wanted = search::items(query.as_ref().map(|(_, query)| query));
    let list = ItemList { sku: wanted.sku, ids: wanted.ids, page: args.paging.page()? };
    let found = inventory::items_page(cx, &list).await?;
    let settings = settings::get(cx).await?;
    let shown = found.map(|it| InventoryItem::of(it, settings.currency, settings.weight_unit));
    Ok(InventoryItemConnection::of(shown))
}

async fn one_level(cx: &Cx, args: IdArgs) -> Result<Option<Arc<InventoryLevel>>, Error> {
    level_by_id(cx, &args.id).await
}

/// The level with this id.
///
/// # Errors
/// Refuses text that is not the id of a level; those of the catalog.
pub(crate) async fn level_by_id(cx: &Cx, text: &str) -> Result<Option<Arc<InventoryLevel>>, Error> {
    let Some((item, location)) = read_id(text) else {
        return Err(refuse("id", "INVALID", format!("Invalid global id '{text}'")).into());
    };
    level(cx, item, location).await
}

/// The item with this id.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn find(cx: &Cx, id: InventoryItemId) -> Result<Option<Arc<InventoryItem>>, Error> {
    match cx.load::<inventory::ItemById>(id).await? {
        Some(item) => InventoryItem::load(cx, item).await.map(Some),
        None => Ok(None),
    }
}

/// The stock of an item at a location, if it was ever there.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn level(
    cx: &Cx,
    item: InventoryItemId,
    location: LocationId,
) -> Result<Option<Arc<InventoryLevel>>, Error> {
    let item = cx.load::<inventory::ItemById>(item).await?;
    let level = item.and_then(|item| item.levels.iter().find(|level| level.location_id == location).copied());
    Ok(level.map(InventoryLevel::of))
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<InventoryItem>>>, Error> {
    let ids: Vec<InventoryItemId> =
        keys.iter().map(|key| id::read(InventoryItemId::parse, &key.id)).collect::<Result<_, _>>()?;
    let settings = settings::get(cx).await?;
    let found = inventory::items(cx, &ids).await?;
    let shown = |it| InventoryItem::of(it, settings.currency, settings.weight_unit);
    Ok(found.into_iter().map(|it| it.map(shown)).collect())
}
