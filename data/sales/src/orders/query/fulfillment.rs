//! SQL of what was sent of orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{FulfillmentId, LineItemId, OrderId};
use mcom_tables::{
    fulfillment_lines as l, fulfillments as f, inventory_items, order_allocations as a, orders,
};
use serde_json::Value;

use super::super::fulfillment::{Fulfillment, Tracking};

/// Number and order of a fulfillment, who brings it, its parcels, and when it was sent.
type SentRow = (i64, i64, Option<String>, Value, DateTime<Utc>);

/// An item at a location, and how many pieces are still to leave from there.
type Place = ((i64, i64), i64);

/// What was sent of these orders, oldest first. Two statements, one if nothing was.
pub(in super::super) async fn fulfillments_of(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Fulfillment>> {
    let rows: Vec<SentRow> = f::table
        .filter(f::tenant_id.eq(db.tenant_id()).and(f::order_id.eq_any(ids)))
        .order((f::order_id, f::id))
        .select((f::id, f::order_id, f::tracking_company, f::parcels, f::created_at))
        .load(db.conn())
        .await?;
    let mut lines = lines_of(db, &rows.iter().map(|row| row.0).collect::<Vec<_>>()).await?;
    let read = |(id, order, company, parcels, created_at)| {
        Ok(Fulfillment {
            id: FulfillmentId(id),
            order: OrderId(order),
            tracking: Tracking { company, parcels: serde_json::from_value(parcels)? },
            lines: lines.remove(&id).unwrap_or_default(),
            created_at,
        })
    };
    rows.into_iter().map(read).collect()
}

async fn lines_of(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<i64, Vec<(LineItemId, i64)>>> {
    let mut found: HashMap<i64, Vec<(LineItemId, i64)>> = HashMap::new();
    if ids.is_empty() {
        return Ok(found);
    }
    let rows: Vec<(i64, i64, i64)> = l::table
        .filter(l::tenant_id.eq(db.tenant_id()).and(l::fulfillment_id.eq_any(ids)))
        .order((l::fulfillment_id, l::line_id))
        .select((l::fulfillment_id, l::line_id, l::quantity))
        .load(db.conn())
        .await?;
    for (fulfillment, line, quantity) in rows {
        found.entry(fulfillment).or_default().push((LineItemId(line), quantity));
    }
    Ok(found)
}

/// How many pieces of each line of an order were sent.
pub(in super::super) async fn sent_of(
    db: &mut TenantConn,
    order: OrderId,
) -> Result<HashMap<LineItemId, i64>> {
    let tenant = db.tenant_id();
    let rows: Vec<(i64, i64)> = l::table
        .inner_join(f::table.on(f::tenant_id.eq(l::tenant_id).and(f::id.eq(l::fulfillment_id))))
        .filter(l::tenant_id.eq(tenant).and(f::tenant_id.eq(tenant)).and(f::order_id.eq(order.0)))
        .select((l::line_id, l::quantity))
        .load(db.conn())
        .await?;
    let mut sent = HashMap::new();
    for (line, quantity) in rows {
        *sent.entry(LineItemId(line)).or_default() += quantity;
    }
    Ok(sent)
}

/// Writes down what is sent.
pub(in super::super) async fn insert_fulfillment(
    db: &mut TenantConn,
    order: OrderId,
    (tracking, lines): (&Tracking, &[(LineItemId, i64)]),
    now: DateTime<Utc>,
) -> Result<FulfillmentId> {
    let tenant = db.tenant_id();
    let id: i64 = diesel::insert_into(f::table)
        .values((
            f::tenant_id.eq(tenant),
            f::order_id.eq(order.0),
            f::tracking_company.eq(&tracking.company),
            f::parcels.eq(serde_json::to_value(&tracking.parcels)?),
            f::created_at.eq(now),
        ))
        .returning(f::id)
        .get_result(db.conn())
        .await?;
    let row = |(line, quantity): &(LineItemId, i64)| {
        (l::tenant_id.eq(tenant), l::fulfillment_id.eq(id), l::line_id.eq(line.0), l::quantity.eq(*quantity))
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    diesel::insert_into(l::table).values(rows).execute(db.conn()).await?;
    Ok(FulfillmentId(id))
}

/// Says how much of an order was sent.
pub(in super::super) async fn set_fulfillment_status(
    db: &mut TenantConn,
    id: OrderId,
    status: &str,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(orders::table.find((db.tenant_id(), id.0)))
        .set((
            orders::fulfillment_status.eq(status),
            orders::version.eq(orders::version + 1),
            orders::updated_at.eq(now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Where pieces of an order are still to leave from, by variant: items and locations, and how many pieces.
pub(in super::super) async fn promised(
    db: &mut TenantConn,
    order: OrderId,
) -> Result<HashMap<i64, Vec<Place>>> {
    use inventory_items as i;
    let tenant = db.tenant_id();
    let rows: Vec<(i64, i64, i64, i64)> = a::table
        .inner_join(i::table.on(i::tenant_id.eq(a::tenant_id).and(i::id.eq(a::item_id))))
        .filter(a::tenant_id.eq(tenant).and(i::tenant_id.eq(tenant)))
        .filter(a::order_id.eq(order.0).and(a::status.eq("committed")))
        .order((a::item_id, a::location_id))
        .select((i::variant_id, a::item_id, a::location_id, a::quantity - a::fulfilled))
        .load(db.conn())
        .await?;
    let mut places: HashMap<i64, Vec<Place>> = HashMap::new();
    for (variant, item, location, left) in rows {
        places.entry(variant).or_default().push(((item, location), left));
    }
    Ok(places)
}

/// So many pieces have left from there.
pub(in super::super) async fn fulfill_allocation(
    db: &mut TenantConn,
    order: OrderId,
    (item, location): (i64, i64),
    quantity: i64,
) -> Result<()> {
    diesel::update(a::table.find((db.tenant_id(), order.0, item, location)))
        .set(a::fulfilled.eq(a::fulfilled + quantity))
        .execute(db.conn())
        .await?;
    Ok(())
}
