//! Writing collections.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, on_constraint};
use mcom_schema::refuse;
use mcom_tables::collections as c;

use super::super::row::{CollectionRow, CollectionValues};

/// Adds a collection. `None`: another one has this handle.
pub(in super::super) async fn insert(db: &mut TenantConn, values: &CollectionValues) -> Result<Option<i64>> {
    let tenant = db.tenant_id();
    let id = diesel::insert_into(c::table)
        .values((c::tenant_id.eq(tenant), c::created_at.eq(values.updated_at), values))
        .on_conflict((c::tenant_id, c::handle))
        .do_nothing()
        .returning(c::id)
        .get_result(db.conn())
        .await
        .optional()?;
    Ok(id)
}

/// Takes the lock that every writer of a collection takes first; it does not hinder products from becoming members.
pub(in super::super) async fn lock(db: &mut TenantConn, id: i64) -> Result<CollectionRow> {
    let tenant = db.tenant_id();
    let row = c::table
        .find((tenant, id))
        .for_no_key_update()
        .select(CollectionRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    row.ok_or(Error::NotFound("collection"))
}

/// Sets all columns of a collection that writing sets.
pub(in super::super) async fn update(db: &mut TenantConn, id: i64, values: &CollectionValues) -> Result<()> {
    let tenant = db.tenant_id();
    let taken = refuse("handle", "TAKEN", format!("Handle '{}' already in use", values.handle));
    diesel::update(c::table.find((tenant, id)))
        .set(values)
        .execute(db.conn())
        .await
        .map_err(on_constraint("collections_handle", taken))?;
    Ok(())
}

/// Counts a change of the collection; answers with version, handle and title.
pub(in super::super) async fn touch(
    db: &mut TenantConn,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(i64, String, String)> {
    let tenant = db.tenant_id();
    let row = diesel::update(c::table.find((tenant, id)))
        .set((c::version.eq(c::version + 1), c::updated_at.eq(now)))
        .returning((c::version, c::handle, c::title))
        .get_result(db.conn())
        .await
        .optional()?;
    row.ok_or(Error::NotFound("collection"))
}

/// Deletes a collection.
pub(in super::super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::delete(c::table.find((tenant, id))).execute(db.conn()).await?;
    Ok(())
}
