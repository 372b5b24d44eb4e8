//! An inventory item: what a variant is in the warehouse.

use std::sync::Arc;

use mcom_catalog::inventory;
use mcom_kit::{Args, Cx, Error, Registry, connection::Paging};
use mcom_schema::{
    Currency, Money,
    id::{LocationId, gid},
};
use mcom_store::{settings, settings::WeightUnit};
use serde::Deserialize;

use super::{InventoryLevel, InventoryLevelConnection};
use crate::{
    count::Count,
    id,
    variants::{self, ProductVariant},
    weight::Weight,
};

/// What a variant is in the warehouse.
pub struct InventoryItem {
    /// What the catalog knows of it.
    pub it: Arc<inventory::InventoryItem>,
    currency: Currency,
    weight_unit: WeightUnit,
}

mcom_kit::record!(InventoryItem as "InventoryItem" {
    "countryCodeOfOrigin" = it.country_of_origin,
    "createdAt" = it.created_at,
    "harmonizedSystemCode" = it.harmonized_system_code,
    "id" => InventoryItem::gid,
    "legacyResourceId" => InventoryItem::number,
    "locationsCount" => InventoryItem::locations_count,
    "measurement" => InventoryItem::measurement,
    "requiresShipping" = it.requires_shipping,
    "sku" = it.sku,
    "tracked" = it.tracked,
    "unitCost" => InventoryItem::unit_cost,
    "updatedAt" = it.updated_at,
});

mcom_kit::connection!(
    InventoryItemConnection, InventoryItemEdge of InventoryItem as "InventoryItemConnection" "InventoryItemEdge"
);

/// How much one piece weighs.
pub struct Measurement {
    id: String,
    weight: Weight,
}

mcom_kit::record!(Measurement as "InventoryItemMeasurement" { "id" = id, "weight" = weight });

pub(super) fn register(registry: &mut Registry) {
    registry
        .on::<InventoryItem>()
        .field("inventoryLevel", level)
        .field("inventoryLevels", levels)
        .load("variant", variant);
}

impl InventoryItem {
    /// Shows an item in the currency and the unit of weight of its store.
    ///
    /// # Errors
    /// `NotFound` for a store that was never provisioned.
    pub(crate) async fn load(cx: &Cx, it: Arc<inventory::InventoryItem>) -> Result<Arc<Self>, Error> {
        let settings = settings::get(cx).await?;
        Ok(Self::of(it, settings.currency, settings.weight_unit))
    }

    /// Shows an item.
    pub(crate) fn of(
        it: Arc<inventory::InventoryItem>,
        currency: Currency,
        weight_unit: WeightUnit,
    ) -> Arc<Self> {
        Arc::new(InventoryItem { it, currency, weight_unit })
    }

    fn gid(&self) -> String {
        self.it.id.gid()
    }

    fn number(&self) -> String {
        self.it.id.to_string()
    }

    fn locations_count(&self) -> Count {
        Count::exact(self.it.levels.len() as i64)
    }

    fn measurement(&self) -> Measurement {
        let weight = Weight::of(self.it.weight_grams, self.weight_unit);
        Measurement { id: gid("InventoryItemMeasurement", self.it.id), weight }
    }

    fn unit_cost(&self) -> Option<Money> {
        Some(Money::new(self.it.cost_minor?, self.currency))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AtLocation {
    location_id: String,
}

fn level(_: &Cx, item: &InventoryItem, args: &AtLocation) -> Result<Option<Arc<InventoryLevel>>, Error> {
    let location = id::read(LocationId::parse, &args.location_id)?;
    let level = item.it.levels.iter().find(|level| level.location_id == location);
    Ok(level.map(|level| InventoryLevel::of(*level)))
}

fn levels(_: &Cx, item: &InventoryItem, args: &Paging) -> Result<InventoryLevelConnection, Error> {
    let keyed = item.it.levels.iter().map(|level| (0, level.location_id.0, InventoryLevel::of(*level)));
    Ok(InventoryLevelConnection::of(mcom_kit::slice::page_of(keyed.collect(), "ID", &args.page()?)?))
}

async fn variant(cx: &Cx, item: &InventoryItem, _: Args) -> Result<Arc<ProductVariant>, Error> {
    variants::find(cx, item.it.variant_id).await?.ok_or(Error::NotFound("variant"))
}
