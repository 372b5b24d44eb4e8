//! An inventory level: the stock of one item at one location.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use mcom_catalog::inventory::{self, Level};
use mcom_kit::{Args, Cx, Error, Registry};
use mcom_schema::{
    id::{Gid, InventoryItemId, LocationId, gid},
    refuse,
};
use serde::Deserialize;

use super::InventoryItem;
use crate::locations::{self, Location};

/// The stock of one item at one location.
pub struct InventoryLevel {
    level: Level,
}

mcom_kit::record!(InventoryLevel as "InventoryLevel" {
    "id" => InventoryLevel::gid,
    "updatedAt" = level.updated_at,
});

mcom_kit::connection!(
    InventoryLevelConnection, InventoryLevelEdge of InventoryLevel as "InventoryLevelConnection" "InventoryLevelEdge"
);

/// One quantity of a level.
pub struct InventoryQuantity {
    id: String,
    name: String,
    quantity: i64,
    updated_at: DateTime<Utc>,
}

mcom_kit::record!(InventoryQuantity as "InventoryQuantity" {
    "id" = id,
    "name" = name,
    "quantity" = quantity,
    "updatedAt" = updated_at,
});

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<InventoryLevel>()
        .field("quantities", quantities)
        .load("isActive", is_active)
        .load("item", item)
        .load("location", location);
}

impl InventoryLevel {
    /// Shows a level.
    pub(crate) fn of(level: Level) -> Arc<Self> {
        Arc::new(InventoryLevel { level })
    }

    /// A level has no number of its own: its id names the location, and the item as a parameter.
    fn gid(&self) -> String {
        format!("{}?inventory_item_id={}", gid("InventoryLevel", self.level.location_id), self.level.item_id)
    }
}

/// The item and the location that a level's id names.
pub(super) fn read_id(text: &str) -> Option<(InventoryItemId, LocationId)> {
    let id = Gid::parse(text).filter(|id| id.kind == "InventoryLevel")?;
    let item = InventoryItemId::parse(id.parameter("inventory_item_id")?)?;
    Some((item, LocationId(id.number()?)))
}

#[derive(Deserialize)]
struct Names {
    names: Vec<String>,
}

fn quantities(_: &Cx, it: &InventoryLevel, args: &Names) -> Result<Vec<InventoryQuantity>, Error> {
    let level = &it.level;
    let quantity = |name: &String| {
        let quantity = match name.as_str() {
            "available" => level.available,
            "reserved" => level.reserved,
            "committed" => level.committed,
            "on_hand" => level.on_hand(),
            _ => return Err(refuse("names", "INVALID", format!("{name} is not a quantity")).into()),
        };
        let owner = gid("InventoryQuantity", level.location_id);
        let id = format!("{owner}?inventory_item_id={}&name={name}", level.item_id);
        Ok(InventoryQuantity { id, name: name.clone(), quantity, updated_at: level.updated_at })
    };
    args.names.iter().map(quantity).collect()
}

async fn is_active(cx: &Cx, it: &InventoryLevel, _: Args) -> Result<bool, Error> {
    Ok(location(cx, it, Args::default()).await?.it.active)
}

async fn item(cx: &Cx, it: &InventoryLevel, _: Args) -> Result<Arc<InventoryItem>, Error> {
    let item = cx.load::<inventory::ItemById>(it.level.item_id).await?;
    InventoryItem::load(cx, item.ok_or(Error::NotFound("inventory item"))?).await
}

async fn location(cx: &Cx, it: &InventoryLevel, _: Args) -> Result<Arc<Location>, Error> {
    locations::find(cx, it.level.location_id).await?.ok_or(Error::NotFound("location"))
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::{InventoryItemId, LocationId};

    use super::read_id;

    #[test]
    fn the_id_of_a_level_names_both_its_ends() {
        let id = "gid://shopify/InventoryLevel/7?inventory_item_id=12";
        assert_eq!(read_id(id), Some((InventoryItemId(12), LocationId(7))));
        for bad in ["gid://shopify/InventoryLevel/7", "gid://shopify/Location/7?inventory_item_id=12", "7"] {
            assert_eq!(read_id(bad), None, "{bad}");
        }
    }
}
