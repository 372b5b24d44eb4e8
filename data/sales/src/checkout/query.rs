//! SQL of the attempts.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Bool, Json, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_catalog::inventory::Taken;
use mcom_data::{Cx, Error, Prepare, Result, TenantConn};
use mcom_schema::{
    Refusal,
    id::{InventoryItemId, LocationId},
};
use mcom_tables::{checkouts, reservations};

use super::{
    CheckoutState, CheckoutStep, Pace,
    row::{CheckoutRow, Earlier},
    snapshot::Snapshot,
};
use crate::orders;

/// A lease: who drives an attempt, and until when it is theirs alone.
#[derive(Debug, Clone)]
pub(super) struct Lease {
    pub(super) holder: String,
    pub(super) until: DateTime<Utc>,
}

impl Lease {
    /// A lease from now on, in a name that nobody else has.
    pub(super) fn new(cx: &Cx, pace: &Pace) -> Self {
        Lease { holder: cx.services().entropy.token(12), until: cx.now() + pace.lease }
    }
}

/// An attempt about to begin, held by whoever begins it.
pub(super) struct NewCheckout<'a> {
    pub(super) attempt_id: &'a str,
    pub(super) cart_token: &'a str,
    pub(super) cart_version: i64,
    pub(super) attempt_token: &'a str,
    pub(super) round: i32,
    pub(super) snapshot: &'a Snapshot,
    pub(super) expires_at: DateTime<Utc>,
    pub(super) lease: &'a Lease,
    pub(super) created_at: DateTime<Utc>,
}

/// The attempt of this cart that stands, else the last one that failed under this token.
pub(super) async fn earlier(
    db: &mut TenantConn,
    cart_token: &str,
    attempt_token: &str,
) -> Result<Option<Earlier>> {
    let stands = checkouts::status.ne(CheckoutState::Failed.name());
    let row = checkouts::table
        .filter(checkouts::tenant_id.eq(db.tenant_id()).and(checkouts::cart_token.eq(cart_token)))
        .filter(stands.or(checkouts::attempt_token.eq(attempt_token)))
        .order((stands.desc(), checkouts::round.desc()))
        .select(Earlier::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

/// Begins an attempt. `None`: another one began first.
pub(super) async fn insert(db: &mut TenantConn, new: NewCheckout<'_>) -> Result<Option<CheckoutRow>> {
    let row = diesel::insert_into(checkouts::table)
        .values((
            checkouts::tenant_id.eq(db.tenant_id()),
            checkouts::attempt_id.eq(new.attempt_id),
            checkouts::cart_token.eq(new.cart_token),
            checkouts::cart_version.eq(new.cart_version),
            checkouts::attempt_token.eq(new.attempt_token),
            checkouts::round.eq(new.round),
            checkouts::status.eq(CheckoutState::Reserved.name()),
            checkouts::snapshot.eq(serde_json::to_value(new.snapshot)?),
            checkouts::expires_at.eq(new.expires_at),
            checkouts::locked_until.eq(new.lease.until),
            checkouts::locked_by.eq(&new.lease.holder),
            checkouts::created_at.eq(new.created_at),
            checkouts::updated_at.eq(new.created_at),
        ))
        .on_conflict_do_nothing()
        .returning(CheckoutRow::as_returning())
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(row)
}

pub(super) async fn find(db: &mut TenantConn, id: i64) -> Result<Option<CheckoutRow>> {
    let row = checkouts::table
        .find((db.tenant_id(), id))
        .select(CheckoutRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

pub(super) async fn by_attempt(db: &mut TenantConn, attempt_id: &str) -> Result<Option<CheckoutRow>> {
    let row = checkouts::table
        .filter(checkouts::tenant_id.eq(db.tenant_id()).and(checkouts::attempt_id.eq(attempt_id)))
        .select(CheckoutRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

/// Takes the lease of an unsettled attempt that nobody drives. `None`: somebody does, or it is settled.
pub(super) async fn take(
    db: &mut TenantConn,
    id: i64,
    lease: &Lease,
    now: DateTime<Utc>,
) -> Result<Option<CheckoutRow>> {
    let settled = [CheckoutState::Placed.name(), CheckoutState::Failed.name()];
    let free = checkouts::locked_until.is_null().or(checkouts::locked_until.lt(now));
    let row = diesel::update(checkouts::table.find((db.tenant_id(), id)))
        .filter(checkouts::status.ne_all(settled).and(free))
        .set((checkouts::locked_until.eq(lease.until), checkouts::locked_by.eq(&lease.holder)))
        .returning(CheckoutRow::as_returning())
        .prepared()
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(row)
}

/// Gives the lease back without having moved.
pub(super) async fn release(db: &mut TenantConn, id: i64, lease: &Lease) -> Result<()> {
    let free = (checkouts::locked_until.eq(None::<DateTime<Utc>>), checkouts::locked_by.eq(None::<String>));
    diesel::update(checkouts::table.find((db.tenant_id(), id)))
        .filter(checkouts::locked_by.eq(&lease.holder))
        .set(free)
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Draws the store's next order number for an attempt, for whoever holds its lease; `Conflict` for others. Nobody waits for the disk: what
/// is later in the log than this, an order of this number, is not safe before this is.
pub(super) async fn draw_number(db: &mut TenantConn, id: i64, lease: &Lease) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Drawn {
        #[diesel(sql_type = BigInt)]
        order_number: i64,
    }
    let drawn: Option<Drawn> = diesel::sql_query(DRAW)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(orders::FIRST_NUMBER)
        .bind::<BigInt, _>(id)
        .bind::<Text, _>(&lease.holder)
        .prepared()
        .get_result(db.conn())
        .await
        .optional()?;
    drawn.map(|drawn| drawn.order_number).ok_or(Error::Conflict("checkout"))
}

const DRAW: &str = "with counted as (
        insert into counters as c (tenant_id, series, value) values ($1, 'orders', $2)
        on conflict (tenant_id, series) do update set value = c.value + 1 returning value)
    update checkouts set order_number = counted.value from counted
    where tenant_id = $1 and id = $3 and locked_by = $4 and order_number is null
    returning order_number, set_config('synchronous_commit', 'off', true)";

/// What a step leaves behind besides the state.
#[derive(Default)]
pub(super) struct Trace<'a> {
    /// Why there will be no order.
    pub(super) failure: Option<&'a Refusal>,
    /// Until when stock is held from now on.
    pub(super) expires_at: Option<DateTime<Utc>>,
}

/// Moves the attempt on, for whoever holds its lease; `Conflict` for others. Unless it is to be unwound, the lease is given back and the
/// jobs that would have looked after the attempt are taken back; those already running find nothing to do.
pub(super) async fn step(
    db: &mut TenantConn,
    (checkout, lease): (&CheckoutRow, &Lease),
    step: CheckoutStep,
    trace: Trace<'_>,
    now: DateTime<Utc>,
) -> Result<CheckoutState> {
    let to = checkout.state()?.next(step)?;
    let rows = diesel::sql_query(STEP)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout.id)
        .bind::<Text, _>(&checkout.status)
        .bind::<Text, _>(&lease.holder)
        .bind::<Text, _>(to.name())
        .bind::<Bool, _>(to == CheckoutState::Unwinding)
        .bind::<Nullable<Json>, _>(trace.failure.map(serde_json::to_value).transpose()?)
        .bind::<Nullable<Timestamptz>, _>(trace.expires_at)
        .bind::<Timestamptz, _>(now)
        .bind::<Nullable<Timestamptz>, _>(to.is_settled().then_some(now))
        .bind::<Array<Text>, _>([super::RESUME, super::EXPIRE].as_slice())
        .prepared()
        .execute(db.conn())
        .await?;
    if rows == 1 { Ok(to) } else { Err(Error::Conflict("checkout")) }
}

const STEP: &str = "with withdrawn as (
        delete from jobs where tenant_id = $1 and kind = any($11) and unique_key = $2::text and status = 'waiting' and not $6)
    update checkouts
    set status = $5, failure = coalesce($7, failure), expires_at = coalesce($8, expires_at), updated_at = $9,
        completed_at = coalesce($10, completed_at), locked_until = case when $6 then locked_until end,
        locked_by = case when $6 then locked_by end
    where tenant_id = $1 and id = $2 and status = $3 and locked_by = $4";

pub(super) async fn insert_reservations(
    db: &mut TenantConn,
    checkout_id: i64,
    taken: &[Taken],
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::sql_query(RESERVE)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .bind::<Timestamptz, _>(now)
        .bind::<Array<BigInt>, _>(taken.iter().map(|part| part.item_id.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(taken.iter().map(|part| part.location_id.0).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(taken.iter().map(|part| part.quantity).collect::<Vec<_>>())
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

const RESERVE: &str = "insert into reservations (tenant_id, checkout_id, item_id, location_id, quantity, status, created_at)
    select $1, $2, item_id, location_id, quantity, 'held', $3 from unnest($4, $5, $6) as part (item_id, location_id, quantity)";

/// Ends what the attempt still holds, and answers with it.
pub(super) async fn end_reservations(
    db: &mut TenantConn,
    checkout_id: i64,
    status: &str,
) -> Result<Vec<Taken>> {
    let mine = reservations::tenant_id.eq(db.tenant_id()).and(reservations::checkout_id.eq(checkout_id));
    let held: Vec<(i64, i64, i64)> = diesel::update(reservations::table)
        .filter(mine.and(reservations::status.eq("held")))
        .set(reservations::status.eq(status))
        .returning((reservations::item_id, reservations::location_id, reservations::quantity))
        .prepared()
        .load(db.conn())
        .await?;
    let taken = |(item, location, quantity)| Taken {
        item_id: InventoryItemId(item),
        location_id: LocationId(location),
        quantity,
    };
    Ok(held.into_iter().map(taken).collect())
}
