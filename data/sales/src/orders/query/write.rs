//! Changing orders that were placed.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_catalog::inventory::Taken;
use mcom_data::{Actor, Result, TenantConn};
use mcom_schema::{
    Money,
    id::{InventoryItemId, LocationId, OrderId},
};
use mcom_tables::{jobs, order_allocations, order_history, order_transactions, orders};

use super::super::{cancel::FINISH_CANCELLATION, row::OrderRow};

/// A movement of money about to be booked.
pub(in super::super) struct NewTransaction<'a> {
    pub(in super::super) kind: &'a str,
    pub(in super::super) status: &'a str,
    pub(in super::super) gateway: &'a str,
    pub(in super::super) amount: Money,
    pub(in super::super) reference: Option<&'a str>,
    pub(in super::super) idempotency_key: &'a str,
    pub(in super::super) now: DateTime<Utc>,
}

pub(in super::super) async fn insert_transaction(
    db: &mut TenantConn,
    order: OrderId,
    new: NewTransaction<'_>,
) -> Result<()> {
    use order_transactions as t;
    diesel::insert_into(t::table)
        .values((
            t::tenant_id.eq(db.tenant_id()),
            t::order_id.eq(order.0),
            t::kind.eq(new.kind),
            t::status.eq(new.status),
            t::gateway.eq(new.gateway),
            t::amount_minor.eq(new.amount.minor),
            t::currency.eq(new.amount.currency.code()),
            t::reference.eq(new.reference),
            t::idempotency_key.eq(new.idempotency_key),
            t::created_at.eq(new.now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// A step in an order's life.
pub(in super::super) struct Move<'a> {
    pub(in super::super) step: &'a str,
    pub(in super::super) from: Option<&'a str>,
    pub(in super::super) to: &'a str,
    pub(in super::super) actor: &'a Actor,
    pub(in super::super) now: DateTime<Utc>,
}

pub(in super::super) async fn insert_history(
    db: &mut TenantConn,
    order: OrderId,
    step: Move<'_>,
) -> Result<()> {
    diesel::insert_into(order_history::table)
        .values((
            order_history::tenant_id.eq(db.tenant_id()),
            order_history::order_id.eq(order.0),
            order_history::step.eq(step.step),
            order_history::from_status.eq(step.from),
            order_history::to_status.eq(step.to),
            order_history::actor.eq(step.actor.to_string()),
            order_history::created_at.eq(step.now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Ends what the order still has of the stock, and answers with it.
pub(in super::super) async fn end_allocations(
    db: &mut TenantConn,
    order: OrderId,
    status: &str,
) -> Result<Vec<Taken>> {
    use order_allocations as a;
    let held: Vec<(i64, i64, i64)> = diesel::update(a::table)
        .filter(a::tenant_id.eq(db.tenant_id()).and(a::order_id.eq(order.0)).and(a::status.eq("committed")))
        .set(a::status.eq(status))
        .returning((a::item_id, a::location_id, a::quantity))
        .load(db.conn())
        .await?;
    let taken = |(item, location, quantity)| Taken {
        item_id: InventoryItemId(item),
        location_id: LocationId(location),
        quantity,
    };
    Ok(held.into_iter().map(taken).collect())
}

/// What a cancellation writes into the order.
pub(in super::super) struct Cancellation<'a> {
    pub(in super::super) reason: &'a str,
    pub(in super::super) note: Option<&'a str>,
    pub(in super::super) financial_status: &'a str,
    /// What was given back at once.
    pub(in super::super) refunded_minor: i64,
    pub(in super::super) now: DateTime<Utc>,
}

pub(in super::super) async fn cancel(db: &mut TenantConn, id: OrderId, with: Cancellation<'_>) -> Result<()> {
    diesel::update(orders::table.find((db.tenant_id(), id.0)))
        .set((
            orders::cancelled_at.eq(with.now),
            orders::cancel_reason.eq(with.reason),
            orders::cancel_note.eq(with.note),
            orders::financial_status.eq(with.financial_status),
            orders::refunded_minor.eq(with.refunded_minor),
            orders::version.eq(orders::version + 1),
            orders::updated_at.eq(with.now),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// A refund that the provider made.
pub(in super::super) struct Refunded<'a> {
    pub(in super::super) key: &'a str,
    pub(in super::super) reference: &'a str,
    pub(in super::super) financial_status: &'a str,
    pub(in super::super) now: DateTime<Utc>,
}

/// Books a refund that was made. `false`: it was booked before.
pub(in super::super) async fn settle_refund(
    db: &mut TenantConn,
    order: &OrderRow,
    refunded: Refunded<'_>,
) -> Result<bool> {
    use order_transactions as t;
    let waits = t::idempotency_key.eq(refunded.key).and(t::status.eq("PENDING"));
    let rows = diesel::update(t::table)
        .filter(t::tenant_id.eq(db.tenant_id()).and(waits))
        .set((t::status.eq("SUCCESS"), t::reference.eq(refunded.reference)))
        .execute(db.conn())
        .await?;
    if rows == 0 {
        return Ok(false);
    }
    diesel::update(orders::table.find((db.tenant_id(), order.id)))
        .set((
            orders::financial_status.eq(refunded.financial_status),
            orders::refunded_minor.eq(order.total_minor),
            orders::version.eq(orders::version + 1),
            orders::updated_at.eq(refunded.now),
        ))
        .execute(db.conn())
        .await?;
    Ok(true)
}

/// Books that a refund was turned down. `false`: it was settled before.
pub(in super::super) async fn fail_refund(db: &mut TenantConn, key: &str) -> Result<bool> {
    use order_transactions as t;
    let waits = t::idempotency_key.eq(key).and(t::status.eq("PENDING"));
    let rows = diesel::update(t::table)
        .filter(t::tenant_id.eq(db.tenant_id()).and(waits))
        .set(t::status.eq("FAILURE"))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

/// Takes back the job that would have finished the cancellation; one already running finds nothing to do.
pub(in super::super) async fn withdraw_job(db: &mut TenantConn, id: OrderId) -> Result<()> {
    diesel::delete(jobs::table)
        .filter(jobs::tenant_id.eq(db.tenant_id()).and(jobs::kind.eq(FINISH_CANCELLATION)))
        .filter(jobs::unique_key.eq(id.0.to_string()).and(jobs::status.eq("waiting")))
        .execute(db.conn())
        .await?;
    Ok(())
}
