//! SQL of the payments.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn};
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
#[derive(Default, AsChangeset)]
#[diesel(table_name = payments)]
pub(crate) struct Trace<'a> {
    pub(crate) reference: Option<&'a str>,
    pub(crate) action_url: Option<&'a str>,
}

/// Moves the payment on, unless somebody else did meanwhile.
pub(crate) async fn step(
    db: &mut TenantConn,
    payment: &PaymentRow,
    step: PaymentStep,
    trace: Trace<'_>,
    now: DateTime<Utc>,
) -> Result<()> {
    let to = payment.state()?.next(step)?;
    let row = payments::tenant_id.eq(db.tenant_id()).and(payments::checkout_id.eq(payment.checkout_id));
    let rows = diesel::update(payments::table)
        .filter(row.and(payments::status.eq(&payment.status)))
        .set((payments::status.eq(to.name()), payments::updated_at.eq(now), trace))
        .execute(db.conn())
        .await?;
    if rows == 1 { Ok(()) } else { Err(Error::Conflict("payment")) }
}
