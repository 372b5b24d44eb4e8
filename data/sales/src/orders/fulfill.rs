//! Sending what was ordered.

use mcom_catalog::inventory::{self, Taken};
use mcom_data::{Cx, Result, TenantConn, event};
use mcom_schema::{
    Scope,
    event::Event,
    id::{FulfillmentId, InventoryItemId, LineItemId, LocationId, OrderId},
    refuse,
};
use serde_json::json;

use super::{
    Tracking,
    fulfillment::{FulfillmentStatus, Progress, taken_from},
    query,
    row::{LineRow, OrderRow},
};

/// A wish to send something.
#[derive(Debug, Clone)]
pub struct Fulfill {
    /// Of which order.
    pub order: OrderId,
    /// Which lines, and how many pieces of each; all that is left if none is named.
    pub lines: Vec<(LineItemId, i64)>,
    /// How it can be followed.
    pub tracking: Tracking,
}

/// Notes down that something of an order was sent: its pieces leave the stock.
///
/// # Errors
/// `Forbidden` without `write_orders`; refuses orders that do not exist or are cancelled, pieces that were not bought or are sent already, and
/// tracking that leads nowhere.
pub async fn fulfill(cx: &Cx, wish: &Fulfill) -> Result<FulfillmentId> {
    cx.require(Scope::WriteOrders)?;
    wish.tracking.check().map_err(|refusal| refusal.under(["trackingInfo"]))?;
    cx.write("fulfillment_create", async |db| fulfill_in(cx, db, wish).await).await
}

async fn fulfill_in(cx: &Cx, db: &mut TenantConn, wish: &Fulfill) -> Result<FulfillmentId> {
    let missing = || refuse("orderId", "NOT_FOUND", "The order does not exist.");
    let order = query::lock(db, wish.order).await?.ok_or_else(missing)?;
    if order.cancelled_at.is_some() {
        return Err(refuse("orderId", "INVALID", "The order has been cancelled.").into());
    }
    let lines = query::lines_of(db, &[wish.order.0]).await?;
    let progress = Progress {
        bought: lines.iter().map(|line| (LineItemId(line.id), line.quantity)).collect(),
        sent: query::sent_of(db, wish.order).await?,
    };
    let chosen = progress.chosen(&wish.lines)?;
    let id = query::insert_fulfillment(db, wish.order, (&wish.tracking, &chosen), cx.now()).await?;
    let status = progress.after(&chosen);
    note(cx, db, &order, status).await?;
    take(cx, db, wish.order, (&lines, &chosen)).await?;
    tell(cx, db, (wish.order, id), status).await?;
    Ok(id)
}

async fn note(cx: &Cx, db: &mut TenantConn, order: &OrderRow, status: FulfillmentStatus) -> Result<()> {
    let id = OrderId(order.id);
    query::set_fulfillment_status(db, id, status.name(), cx.now()).await?;
    let step = query::Move {
        step: "fulfill",
        from: Some(&order.fulfillment_status),
        to: status.name(),
        actor: cx.actor(),
        now: cx.now(),
    };
    query::insert_history(db, id, step).await
}

/// The pieces leave the places that they were promised from.
async fn take(
    cx: &Cx,
    db: &mut TenantConn,
    order: OrderId,
    (lines, chosen): (&[LineRow], &[(LineItemId, i64)]),
) -> Result<()> {
    let mut promised = query::promised(db, order).await?;
    let mut taken: Vec<Taken> = vec![];
    for (line, quantity) in chosen {
        let variant = lines.iter().find(|row| row.id == line.0).and_then(|row| row.variant_id);
        let Some(places) = variant.and_then(|variant| promised.get_mut(&variant)) else { continue };
        for ((item, location), quantity) in taken_from(places, *quantity) {
            query::fulfill_allocation(db, order, (item, location), quantity).await?;
            let (item_id, location_id) = (InventoryItemId(item), LocationId(location));
            taken.push(Taken { item_id, location_id, quantity });
        }
    }
    inventory::uncommit(cx, db, &taken).await
}

async fn tell(
    cx: &Cx,
    db: &mut TenantConn,
    (order, id): (OrderId, FulfillmentId),
    status: FulfillmentStatus,
) -> Result<()> {
    let payload = json!({ "id": id.gid(), "orderId": order.gid(), "fulfillmentStatus": status.name() });
    let whole = match status {
        FulfillmentStatus::Fulfilled => "orders/fulfilled",
        _ => "orders/partially_fulfilled",
    };
    let told = ["fulfillments/create", whole].map(|topic| Event::new(topic, "order", order.0, &payload));
    event::emit_all(cx, db, told.into()).await?;
    Ok(())
}
