//! Writing orders.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{BigInt, Jsonb},
};
use diesel_async::RunQueryDsl;
use mcom_catalog::inventory::Taken;
use mcom_data::{Actor, Error, Result, TenantConn};
use mcom_schema::{
    Money,
    id::{CustomerId, InventoryItemId, LocationId, OrderId},
};
use mcom_tables::{counters, jobs, order_allocations, order_history, order_transactions, orders};

use super::super::{cancel::FINISH_CANCELLATION, number, place::NewOrder, row::OrderRow};
use crate::checkout::snapshot::SoldLine;

/// The store's next order number. Held until the transaction ends, so that numbers have no gaps.
pub(in super::super) async fn next_number(db: &mut TenantConn) -> Result<i64> {
    let number = diesel::insert_into(counters::table)
        .values((
            counters::tenant_id.eq(db.tenant_id()),
            counters::series.eq("orders"),
            counters::value.eq(number::FIRST),
        ))
        .on_conflict((counters::tenant_id, counters::series))
        .do_update()
        .set(counters::value.eq(counters::value + 1))
        .returning(counters::value)
        .get_result(db.conn())
        .await?;
    Ok(number)
}

/// What an order is called and whose it is.
pub(in super::super) struct Ids<'a> {
    pub(in super::super) number: i64,
    pub(in super::super) confirmation: &'a str,
    pub(in super::super) customer: Option<CustomerId>,
    pub(in super::super) now: DateTime<Utc>,
}

pub(in super::super) async fn insert(
    db: &mut TenantConn,
    new: &NewOrder<'_>,
    ids: &Ids<'_>,
) -> Result<OrderId> {
    let snapshot = new.snapshot;
    let shown = |address: &Option<crate::Address>| address.as_ref().map(serde_json::to_value).transpose();
    let id: i64 = diesel::insert_into(orders::table)
        .values((
            orders::tenant_id.eq(db.tenant_id()),
            orders::number.eq(ids.number),
            orders::name.eq(format!("{}{}", snapshot.order_prefix, ids.number)),
            orders::confirmation_number.eq(ids.confirmation),
            orders::checkout_id.eq(new.checkout.id),
            orders::cart_token.eq(&new.checkout.cart_token),
            orders::customer_id.eq(ids.customer.map(|id| id.0)),
            orders::email.eq(&snapshot.email),
            orders::phone.eq(&snapshot.phone),
            orders::currency.eq(snapshot.currency.code()),
            orders::subtotal_minor.eq(snapshot.subtotal_minor),
            orders::shipping_minor.eq(snapshot.shipping_minor()),
            orders::total_minor.eq(snapshot.total_minor),
            orders::financial_status.eq(new.financial_status().name()),
            orders::fulfillment_status.eq("UNFULFILLED"),
            orders::shipping_line.eq(snapshot.shipping.as_ref().map(serde_json::to_value).transpose()?),
            orders::shipping_address.eq(shown(&snapshot.shipping_address)?),
            orders::billing_address.eq(shown(&snapshot.billing_address)?),
            orders::note.eq(&snapshot.note),
            orders::attributes.eq(serde_json::to_value(&snapshot.attributes)?),
            (
                orders::processed_at.eq(ids.now),
                orders::created_at.eq(ids.now),
                orders::updated_at.eq(ids.now),
            ),
        ))
        .on_conflict((orders::tenant_id, orders::cart_token))
        .do_nothing()
        .returning(orders::id)
        .get_result(db.conn())
        .await
        .optional()?
        // The cart has an order already: this one can never be placed.
        .ok_or(Error::Conflict("order"))?;
    Ok(OrderId(id))
}

/// Products and variants that were deleted while the buyer paid leave their lines without a link.
const INSERT_LINES: &str = "insert into order_lines (tenant_id, order_id, position, product_id, variant_id, title, variant_title, sku,
        vendor, quantity, unit_price_minor, total_minor, requires_shipping, taxable, image_url, options, attributes)
    select $1, $2, line.position, p.id, v.id, line.title, nullif(line.variant_title, 'Default Title'), line.sku,
        line.vendor, line.quantity, line.unit_price_minor, line.quantity * line.unit_price_minor, line.requires_shipping,
        line.taxable, line.image_url, line.options, line.attributes
    from rows from (jsonb_to_recordset($3) as (product_id bigint, variant_id bigint, title text, variant_title text, sku text,
            vendor text, quantity bigint, unit_price_minor bigint, requires_shipping boolean, taxable boolean, image_url text,
            options jsonb, attributes jsonb)) with ordinality
        as line (product_id, variant_id, title, variant_title, sku, vendor, quantity, unit_price_minor, requires_shipping, taxable,
            image_url, options, attributes, position)
    left join products p on p.tenant_id = $1 and p.id = line.product_id
    left join product_variants v on v.tenant_id = $1 and v.id = line.variant_id";

pub(in super::super) async fn insert_lines(
    db: &mut TenantConn,
    order: OrderId,
    lines: &[SoldLine],
) -> Result<()> {
    diesel::sql_query(INSERT_LINES)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(order.0)
        .bind::<Jsonb, _>(serde_json::to_value(lines)?)
        .execute(db.conn())
        .await?;
    Ok(())
}

/// The movement of money that the order was paid with; none if nothing was to pay.
pub(in super::super) async fn insert_sale(
    db: &mut TenantConn,
    order: OrderId,
    new: &NewOrder<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    if new.snapshot.total_minor == 0 {
        return Ok(());
    }
    let sale = NewTransaction {
        kind: "SALE",
        status: if new.paid.is_some() { "SUCCESS" } else { "PENDING" },
        gateway: &new.payment.provider,
        amount: new.snapshot.total(),
        reference: new.paid,
        idempotency_key: &new.payment.idempotency_key,
        now,
    };
    insert_transaction(db, order, sale).await
}

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

pub(in super::super) async fn insert_allocations(
    db: &mut TenantConn,
    order: OrderId,
    taken: &[Taken],
) -> Result<()> {
    let tenant = db.tenant_id();
    let rows: Vec<_> = taken
        .iter()
        .map(|part| {
            (
                order_allocations::tenant_id.eq(tenant),
                order_allocations::order_id.eq(order.0),
                order_allocations::item_id.eq(part.item_id.0),
                order_allocations::location_id.eq(part.location_id.0),
                order_allocations::quantity.eq(part.quantity),
                order_allocations::status.eq("committed"),
            )
        })
        .collect();
    diesel::insert_into(order_allocations::table).values(rows).execute(db.conn()).await?;
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
    pub(in super::super) now: DateTime<Utc>,
}

pub(in super::super) async fn cancel(db: &mut TenantConn, id: OrderId, with: Cancellation<'_>) -> Result<()> {
    diesel::update(orders::table.find((db.tenant_id(), id.0)))
        .set((
            orders::cancelled_at.eq(with.now),
            orders::cancel_reason.eq(with.reason),
            orders::cancel_note.eq(with.note),
            orders::financial_status.eq(with.financial_status),
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
