//! SQL of the locations.

use chrono::{DateTime, Utc};
use diesel::{dsl::max, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::locations as l;

use super::{
    row::{Location, LocationRow},
    rule::LocationInput,
};

/// Locations in use at which buyers pick up.
pub(super) async fn pickup(db: &mut TenantConn) -> Result<Vec<Location>> {
    let rows: Vec<LocationRow> = l::table
        .filter(l::tenant_id.eq(db.tenant_id()).and(l::is_active).and(l::pickup_enabled))
        .order((l::position, l::id))
        .select(LocationRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(LocationRow::read).collect())
}

/// Locations in use.
pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<Location>> {
    let rows: Vec<LocationRow> = l::table
        .filter(l::tenant_id.eq(db.tenant_id()).and(l::is_active))
        .order((l::position, l::id))
        .select(LocationRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(LocationRow::read).collect())
}

/// Makes or changes the location of this name; a new one comes last.
pub(super) async fn put(db: &mut TenantConn, input: &LocationInput, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    let last: Option<i32> =
        l::table.filter(l::tenant_id.eq(tenant)).select(max(l::position)).get_result(db.conn()).await?;
    let said = (
        l::address.eq(serde_json::to_value(&input.address)?),
        l::is_active.eq(true),
        l::fulfills_online_orders.eq(input.fulfills_online_orders),
        l::latitude.eq(input.point.map(|point| point.latitude)),
        l::longitude.eq(input.point.map(|point| point.longitude)),
        l::pickup_enabled.eq(input.pickup),
        l::pickup_time.eq(&input.pickup_time),
        l::updated_at.eq(now),
    );
    let new = (
        l::tenant_id.eq(tenant),
        l::name.eq(&input.name),
        l::position.eq(last.unwrap_or_default() + 1),
        l::created_at.eq(now),
    );
    let id = diesel::insert_into(l::table)
        .values((new, said.clone()))
        .on_conflict((l::tenant_id, l::name))
        .do_update()
        .set(said)
        .returning(l::id)
        .get_result(db.conn())
        .await?;
    Ok(id)
}

/// Takes a location out of use. `false`: it was not in use.
pub(super) async fn retire(db: &mut TenantConn, id: i64, now: DateTime<Utc>) -> Result<bool> {
    let rows = diesel::update(l::table.find((db.tenant_id(), id)))
        .filter(l::is_active)
        .set((l::is_active.eq(false), l::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}
