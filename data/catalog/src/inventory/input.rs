//! What merchants send about stock, as the published Admin API names it.

use mcom_schema::id::{InventoryItemId, LocationId};
use serde::Deserialize;

/// Quantities to be set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InventorySetQuantitiesInput {
    /// Which quantity: `available` or `on_hand`.
    pub name: String,
    /// One for each item and location.
    pub quantities: Vec<InventoryQuantityInput>,
    /// Why, in the published list of reasons.
    pub reason: String,
    /// What it was decided by, as a URI.
    #[serde(default)]
    pub reference_document_uri: Option<String>,
}

/// A quantity to be set.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InventoryQuantityInput {
    /// What it must be before; anything if it is left out.
    #[serde(default)]
    pub change_from_quantity: Option<i64>,
    /// Of what.
    #[serde(deserialize_with = "crate::gid::one")]
    pub inventory_item_id: InventoryItemId,
    /// Where.
    #[serde(deserialize_with = "crate::gid::one")]
    pub location_id: LocationId,
    /// What it shall be.
    pub quantity: i64,
}

/// Quantities to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InventoryAdjustQuantitiesInput {
    /// One for each item and location.
    pub changes: Vec<InventoryChangeInput>,
    /// Which quantity: `available`.
    pub name: String,
    /// Why, in the published list of reasons.
    pub reason: String,
    /// What it was decided by, as a URI.
    #[serde(default)]
    pub reference_document_uri: Option<String>,
}

/// A quantity to be changed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct InventoryChangeInput {
    /// What it must be before; anything if it is left out.
    #[serde(default)]
    pub change_from_quantity: Option<i64>,
    /// By how much.
    pub delta: i64,
    /// Of what.
    #[serde(deserialize_with = "crate::gid::one")]
    pub inventory_item_id: InventoryItemId,
    /// Where.
    #[serde(deserialize_with = "crate::gid::one")]
    pub location_id: LocationId,
}
