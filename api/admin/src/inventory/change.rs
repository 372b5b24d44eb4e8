//! Changing stock, with a reason.

use std::sync::Arc;

use mcom_catalog::inventory::{
    self, Adjustment, InventoryAdjustQuantitiesInput, InventorySetQuantitiesInput, LevelChange,
};
use mcom_kit::{Args, Cx, Error, Registry};
use mcom_schema::id::{InventoryItemId, LocationId, gid};
use serde::Deserialize;

use super::InventoryItem;
use crate::{
    locations::{self, Location},
    refused::spelled,
};

mcom_kit::user_error!(SetError as "InventorySetQuantitiesUserError");
mcom_kit::user_error!(AdjustError as "InventoryAdjustQuantitiesUserError");

mcom_kit::payload!(SetPayload as "InventorySetQuantitiesPayload" refusing SetError {
    "inventoryAdjustmentGroup" = group: Option<Arc<AdjustmentGroup>>,
});

mcom_kit::payload!(AdjustPayload as "InventoryAdjustQuantitiesPayload" refusing AdjustError {
    "inventoryAdjustmentGroup" = group: Option<Arc<AdjustmentGroup>>,
});

/// Changes of quantities that were made together.
pub struct AdjustmentGroup {
    id: String,
    it: Adjustment,
}

mcom_kit::record!(AdjustmentGroup as "InventoryAdjustmentGroup" {
    "createdAt" = it.created_at,
    "id" = id,
    "reason" = it.reason,
    "referenceDocumentUri" = it.reference_document_uri,
});

/// A change of one quantity of one item at one location.
pub struct InventoryChange {
    it: LevelChange,
}

mcom_kit::record!(InventoryChange as "InventoryChange" {
    "delta" = it.delta,
    "name" = it.name,
    "quantityAfterChange" = it.quantity_after_change,
});

pub(super) fn register(registry: &mut Registry) {
    registry.mutation("inventorySetQuantities", set).mutation("inventoryAdjustQuantities", adjust);
    registry.on::<AdjustmentGroup>().field("changes", changes);
    registry.on::<InventoryChange>().load("item", item).load("location", location);
}

#[derive(Deserialize)]
struct SetArgs {
    input: InventorySetQuantitiesInput,
}

#[derive(Deserialize)]
struct AdjustArgs {
    input: InventoryAdjustQuantitiesInput,
}

async fn set(cx: &Cx, args: SetArgs) -> Result<SetPayload, Error> {
    let done = inventory::set_quantities(cx, &args.input).await?;
    Ok(SetPayload { group: AdjustmentGroup::of(done), ..SetPayload::default() })
}

async fn adjust(cx: &Cx, args: AdjustArgs) -> Result<AdjustPayload, Error> {
    let done = inventory::adjust_quantities(cx, &args.input).await;
    let done =
        spelled(done, &[("NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR", "ADJUST_QUANTITIES_FAILED")])?;
    Ok(AdjustPayload { group: AdjustmentGroup::of(done), ..AdjustPayload::default() })
}

impl AdjustmentGroup {
    /// Shows what was done; none if nothing had to be.
    fn of(it: Adjustment) -> Option<Arc<Self>> {
        let id = gid("InventoryAdjustmentGroup", it.id);
        (!it.changes.is_empty()).then(|| Arc::new(AdjustmentGroup { id, it }))
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Which {
    inventory_item_ids: Option<Vec<String>>,
    location_ids: Option<Vec<String>>,
    quantity_names: Option<Vec<String>>,
}

impl Which {
    fn has(&self, change: &LevelChange) -> bool {
        let among = |ids: &Option<Vec<String>>, it: &dyn Fn(&str) -> bool| {
            ids.as_ref().is_none_or(|ids| ids.iter().any(|id| it(id)))
        };
        among(&self.inventory_item_ids, &|id| InventoryItemId::parse(id) == Some(change.item_id))
            && among(&self.location_ids, &|id| LocationId::parse(id) == Some(change.location_id))
            && among(&self.quantity_names, &|name| name == change.name)
    }
}

fn changes(_: &Cx, group: &AdjustmentGroup, which: &Which) -> Result<Vec<InventoryChange>, Error> {
    let wanted = group.it.changes.iter().filter(|change| which.has(change));
    Ok(wanted.map(|change| InventoryChange { it: change.clone() }).collect())
}

async fn item(cx: &Cx, change: &InventoryChange, _: Args) -> Result<Option<Arc<InventoryItem>>, Error> {
    super::find(cx, change.it.item_id).await
}

async fn location(cx: &Cx, change: &InventoryChange, _: Args) -> Result<Option<Arc<Location>>, Error> {
    locations::find(cx, change.it.location_id).await
}
