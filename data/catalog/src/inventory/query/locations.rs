//! Reading locations.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, keyset, page::Page};
use mcom_schema::id::LocationId;
use mcom_tables::locations;

use super::super::{Location, LocationList, row::LocationRow};

/// The locations there are among `ids`.
pub(in super::super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Location>> {
    let tenant = db.tenant_id();
    let rows: Vec<LocationRow> = locations::table
        .filter(locations::tenant_id.eq(tenant).and(locations::id.eq_any(ids)))
        .select(LocationRow::as_select())
        .load(db.conn())
        .await?;
    let location = |row: LocationRow| Location {
        id: LocationId(row.id),
        name: row.name,
        address: row.address,
        active: row.is_active,
        fulfills_online_orders: row.fulfills_online_orders,
        created_at: row.created_at,
        updated_at: row.updated_at,
    };
    Ok(rows.into_iter().map(location).collect())
}

/// One page of ids of locations.
pub(in super::super) async fn page(db: &mut TenantConn, list: &LocationList) -> Result<Page<i64>> {
    use locations as l;
    let mut rows = l::table.filter(l::tenant_id.eq(db.tenant_id())).into_boxed();
    if !list.include_inactive {
        rows = rows.filter(l::is_active);
    }
    Ok(if list.by_id {
        keyset!(db, rows, &list.page, "ID", l::id => i64, l::id)
    } else {
        keyset!(db, rows, &list.page, "NAME", l::name => String, l::id)
    })
}

/// Where new items are put: the first of the active locations.
pub(crate) async fn main(db: &mut TenantConn) -> Result<Option<i64>> {
    use locations as l;
    let id = l::table
        .filter(l::tenant_id.eq(db.tenant_id()).and(l::is_active))
        .order((l::position, l::id))
        .select(l::id)
        .first(db.conn())
        .await
        .optional()?;
    Ok(id)
}

/// Those of `ids` that are locations in use.
pub(crate) async fn known(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<i64>> {
    use locations as l;
    let known = l::table
        .filter(l::tenant_id.eq(db.tenant_id()).and(l::id.eq_any(ids)).and(l::is_active))
        .select(l::id)
        .load(db.conn())
        .await?;
    Ok(known)
}
