//! Locations: places that hold stock.

mod address;

use std::sync::Arc;

use mcom_catalog::inventory::{self, LocationList};
use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_schema::id::{InventoryItemId, LocationId};
use serde::Deserialize;

use crate::{
    id,
    inventory::{InventoryLevel, InventoryLevelConnection, level},
};
use address::LocationAddress;

/// A place that holds stock.
pub struct Location {
    /// What the catalog knows of it.
    pub it: Arc<inventory::Location>,
}

mcom_kit::record!(Location as "Location" {
    "address" => Location::address,
    "createdAt" = it.created_at,
    "fulfillsOnlineOrders" = it.fulfills_online_orders,
    "id" => Location::gid,
    "isActive" = it.active,
    "legacyResourceId" => Location::number,
    "name" = it.name,
    "shipsInventory" = it.fulfills_online_orders,
    "updatedAt" = it.updated_at,
});

mcom_kit::connection!(LocationConnection, LocationEdge of Location as "LocationConnection" "LocationEdge");

pub(crate) fn register(registry: &mut Registry) {
    registry.query("location", one).query("locations", list);
    registry.on::<Location>().load("inventoryLevel", level_of).load("inventoryLevels", levels);
}

impl Location {
    fn of(it: Arc<inventory::Location>) -> Arc<Self> {
        Arc::new(Location { it })
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }

    fn number(&self) -> String {
        self.it.id.to_string()
    }

    fn address(&self) -> LocationAddress {
        LocationAddress::read(&self.it.address)
    }
}

#[derive(Deserialize)]
struct OneArgs {
    id: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    include_inactive: Option<bool>,
    sort_key: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct OfItem {
    inventory_item_id: String,
}

async fn one(cx: &Cx, args: OneArgs) -> Result<Option<Arc<Location>>, Error> {
    let page = mcom_data::page::PageArgs::first(1);
    match args.id {
        Some(id) => find(cx, id::read(LocationId::parse, &id)?).await,
        None => {
            let first = LocationList { include_inactive: false, by_id: true, page };
            let found = inventory::locations_page(cx, &first).await?;
            Ok(found.items.into_iter().next().map(|(_, it)| Location::of(it)))
        }
    }
}

async fn list(cx: &Cx, args: ListArgs) -> Result<LocationConnection, Error> {
    let list = LocationList {
        include_inactive: args.include_inactive.unwrap_or_default(),
        by_id: args.sort_key.as_deref() == Some("ID"),
        page: args.paging.page()?,
    };
    Ok(LocationConnection::of(inventory::locations_page(cx, &list).await?.map(Location::of)))
}

/// The location with this id.
///
/// # Errors
/// Those of the catalog.
pub(crate) async fn find(cx: &Cx, id: LocationId) -> Result<Option<Arc<Location>>, Error> {
    Ok(cx.load::<inventory::LocationById>(id).await?.map(Location::of))
}

async fn level_of(cx: &Cx, location: &Location, args: OfItem) -> Result<Option<Arc<InventoryLevel>>, Error> {
    level(cx, id::read(InventoryItemId::parse, &args.inventory_item_id)?, location.it.id).await
}

async fn levels(cx: &Cx, location: &Location, args: Paging) -> Result<InventoryLevelConnection, Error> {
    let found = inventory::levels_page(cx, location.it.id, &args.page()?).await?;
    Ok(InventoryLevelConnection::of(found.map(InventoryLevel::of)))
}
