//! What an attempt holds of the stock: taken when it begins, and given up exactly once, to the order or back to the shelf.

use mcom_catalog::inventory::{self, Shortage, Source, Want};
use mcom_data::{Cx, Result, TenantConn};

use super::{
    query,
    snapshot::{Snapshot, SoldLine},
};

/// Reserves everything in the snapshot, or nothing.
pub(super) async fn hold(
    cx: &Cx,
    db: &mut TenantConn,
    checkout_id: i64,
    snapshot: &Snapshot,
) -> Result<Result<(), Shortage>> {
    let wants: Vec<Want> = snapshot.lines.iter().flat_map(SoldLine::wants).collect();
    if wants.is_empty() {
        return Ok(Ok(()));
    }
    let pickup = snapshot.shipping.as_ref().and_then(|line| line.pickup);
    let source = pickup.map_or(Source::Online, Source::Pickup);
    match inventory::reserve(cx, db, &wants, source).await? {
        Ok(taken) => Ok(Ok(query::insert_reservations(db, checkout_id, &taken, cx.now()).await?)),
        Err(shortage) => Ok(Err(shortage)),
    }
}

/// Hands what is held to the order. A second time there is nothing left to hand over.
pub(super) async fn claim(cx: &Cx, db: &mut TenantConn, checkout_id: i64) -> Result<()> {
    let held = query::end_reservations(db, checkout_id, "claimed").await?;
    inventory::claim(cx, db, &held).await
}

/// Puts back what is held. A second time there is nothing left to put back.
pub(super) async fn release(cx: &Cx, db: &mut TenantConn, checkout_id: i64) -> Result<()> {
    let held = query::end_reservations(db, checkout_id, "released").await?;
    inventory::release(cx, db, &held).await
}
