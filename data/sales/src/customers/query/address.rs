//! Address books.

use chrono::{DateTime, Utc};
use diesel::{dsl::min, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_schema::id::{CustomerAddressId, CustomerId};
use mcom_tables::customer_addresses as addresses;

use super::super::row::AddressRow;
use crate::Address;

/// The addresses of these customers, oldest first.
pub(in super::super) async fn of_customers(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<AddressRow>> {
    let rows = addresses::table
        .filter(addresses::tenant_id.eq(db.tenant_id()).and(addresses::customer_id.eq_any(ids)))
        .order(addresses::id)
        .select(AddressRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// These addresses, whosever they are.
pub(in super::super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<AddressRow>> {
    let rows = addresses::table
        .filter(addresses::tenant_id.eq(db.tenant_id()).and(addresses::id.eq_any(ids)))
        .select(AddressRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// One address of a customer.
pub(in super::super) async fn find(
    db: &mut TenantConn,
    customer: CustomerId,
    id: CustomerAddressId,
) -> Result<Option<AddressRow>> {
    let row = addresses::table
        .find((db.tenant_id(), id.0))
        .filter(addresses::customer_id.eq(customer.0))
        .select(AddressRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

pub(in super::super) async fn count(db: &mut TenantConn, customer: CustomerId) -> Result<i64> {
    let theirs = addresses::tenant_id.eq(db.tenant_id()).and(addresses::customer_id.eq(customer.0));
    Ok(addresses::table.filter(theirs).count().get_result(db.conn()).await?)
}

pub(in super::super) async fn insert(
    db: &mut TenantConn,
    customer: CustomerId,
    (address, is_default): (&Address, bool),
    now: DateTime<Utc>,
) -> Result<CustomerAddressId> {
    let id: i64 = diesel::insert_into(addresses::table)
        .values((
            addresses::tenant_id.eq(db.tenant_id()),
            addresses::customer_id.eq(customer.0),
            addresses::address.eq(serde_json::to_value(address)?),
            addresses::is_default.eq(is_default),
            addresses::created_at.eq(now),
            addresses::updated_at.eq(now),
        ))
        .returning(addresses::id)
        .get_result(db.conn())
        .await?;
    Ok(CustomerAddressId(id))
}

pub(in super::super) async fn replace(
    db: &mut TenantConn,
    id: CustomerAddressId,
    address: &Address,
    now: DateTime<Utc>,
) -> Result<()> {
    diesel::update(addresses::table.find((db.tenant_id(), id.0)))
        .set((addresses::address.eq(serde_json::to_value(address)?), addresses::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}

pub(in super::super) async fn delete(db: &mut TenantConn, id: CustomerAddressId) -> Result<()> {
    diesel::delete(addresses::table.find((db.tenant_id(), id.0))).execute(db.conn()).await?;
    Ok(())
}

/// Makes one address the default; the oldest if none is named and there is one.
pub(in super::super) async fn set_default(
    db: &mut TenantConn,
    customer: CustomerId,
    id: Option<CustomerAddressId>,
) -> Result<()> {
    let theirs = addresses::tenant_id.eq(db.tenant_id()).and(addresses::customer_id.eq(customer.0));
    let oldest = async |db: &mut TenantConn| -> Result<Option<i64>> {
        Ok(addresses::table.filter(theirs).select(min(addresses::id)).first(db.conn()).await?)
    };
    let chosen = match id {
        Some(id) => Some(id.0),
        None => oldest(db).await?,
    };
    let Some(chosen) = chosen else { return Ok(()) };
    // One after the other: there is never more than one.
    diesel::update(addresses::table)
        .filter(theirs.and(addresses::is_default).and(addresses::id.ne(chosen)))
        .set(addresses::is_default.eq(false))
        .execute(db.conn())
        .await?;
    diesel::update(addresses::table.find((db.tenant_id(), chosen)))
        .set(addresses::is_default.eq(true))
        .execute(db.conn())
        .await?;
    Ok(())
}
