//! SQL of the payments.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Prepare, Result, TenantConn};
use mcom_schema::Money;
use mcom_tables::payments;

use super::{PaymentRow, PaymentState, PaymentStep};

/// A payment about to be asked for.
pub(crate) struct NewPayment<'a> {
    pub(crate) checkout_id: i64,
    pub(crate) provider: &'a str,
    pub(crate) idempotency_key: &'a str,
    pub(crate) amount: Money,
    pub(crate) created_at: DateTime<Utc>,
}

pub(crate) async fn insert(db: &mut TenantConn, new: NewPayment<'_>) -> Result<()> {
    diesel::insert_into(payments::table)
        .values((
            payments::tenant_id.eq(db.tenant_id()),
            payments::checkout_id.eq(new.checkout_id),
            payments::provider.eq(new.provider),
            payments::idempotency_key.eq(new.idempotency_key),
            payments::status.eq(PaymentState::Pending.name()),
            payments::amount_minor.eq(new.amount.minor),
            payments::currency.eq(new.amount.currency.code()),
            payments::created_at.eq(new.created_at),
            payments::updated_at.eq(new.created_at),
        ))
        .execute(db.conn())
        .await?;
    Ok(())
}

pub(crate) async fn of_checkout(db: &mut TenantConn, checkout_id: i64) -> Result<PaymentRow> {
    payments::table
        .filter(payments::tenant_id.eq(db.tenant_id()).and(payments::checkout_id.eq(checkout_id)))
        .select(PaymentRow::as_select())
        .first(db.conn())
        .await
        .optional()?
        .ok_or(Error::NotFound("payment"))
}

/// What a step leaves behind besides the state.
#[derive(Default)]
pub(crate) struct Trace<'a> {
    pub(crate) reference: Option<&'a str>,
    pub(crate) action_url: Option<&'a str>,
}

/// Moves the payment of a checkout on, and answers with it.
///
/// # Errors
/// `Conflict` if the step is not one of the state it is in.
pub(crate) async fn step(
    db: &mut TenantConn,
    checkout_id: i64,
    step: PaymentStep,
    trace: Trace<'_>,
    now: DateTime<Utc>,
) -> Result<PaymentRow> {
    let (from, to): (Vec<&str>, Vec<&str>) = step.moves().map(|(from, to)| (from.name(), to.name())).unzip();
    diesel::sql_query(STEP)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .bind::<Array<Text>, _>(from)
        .bind::<Array<Text>, _>(to)
        .bind::<Timestamptz, _>(now)
        .bind::<Nullable<Text>, _>(trace.reference)
        .bind::<Nullable<Text>, _>(trace.action_url)
        .prepared()
        .get_result(db.conn())
        .await
        .optional()?
        .ok_or(Error::Conflict("payment"))
}

const STEP: &str = "update payments p
    set status = move.onto, updated_at = $5, reference = coalesce($6, p.reference), action_url = coalesce($7, p.action_url)
    from unnest($3, $4) as move (origin, onto)
    where p.tenant_id = $1 and p.checkout_id = $2 and p.status = move.origin
    returning p.checkout_id, p.provider, p.idempotency_key, p.status, p.amount_minor, p.currency, p.reference, p.action_url, p.created_at";
