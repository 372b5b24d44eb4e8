//! What buyers can pick up, and where.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, TenantConn, load::Batch};
use mcom_schema::id::{LocationId, VariantId};

use super::query;
use crate::{live::sellable, variants::InventoryPolicy};

/// Pieces of a variant that are free to sell at a location where buyers pick up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickupStock {
    /// Where.
    pub location: LocationId,
    /// How many; below zero where selling went on without stock.
    pub available: i64,
}

impl PickupStock {
    /// Whether a buyer may take one: some are left, or it does not matter for such a variant.
    pub fn is_for_sale(&self, tracked: bool, policy: InventoryPolicy) -> bool {
        sellable(tracked, policy, self.available)
    }
}

/// What there is of a variant where buyers pick up; nothing for variants that never were there.
pub struct PickupStockOf;

impl Batch for PickupStockOf {
    type Key = VariantId;
    type Value = Arc<[PickupStock]>;

    async fn load(cx: &Cx, keys: Vec<VariantId>) -> Result<HashMap<VariantId, Arc<[PickupStock]>>> {
        let found = cx.read(async |db| query::pickup_stock(db, &keys).await).await?;
        Ok(found.into_iter().map(|(variant, stock)| (variant, stock.into())).collect())
    }
}

/// What there is of these variants where buyers pick up, inside the transaction of a sale. One statement.
///
/// # Errors
/// `Broken` if the database cannot be read.
pub async fn pickup_stock(
    db: &mut TenantConn,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<PickupStock>>> {
    query::pickup_stock(db, variants).await
}
