//! SQL of what is said of a store.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{files as f, storefront_settings as s};

use super::{Storefront, row::StorefrontRow};

pub(super) async fn get(db: &mut TenantConn) -> Result<Option<Storefront>> {
    let row = s::table.find(db.tenant_id()).select(StorefrontRow::as_select());
    row.first(db.conn()).await.optional()?.map(StorefrontRow::read).transpose()
}

pub(super) async fn set(db: &mut TenantConn, storefront: &Storefront, now: DateTime<Utc>) -> Result<()> {
    let row = StorefrontRow::of(storefront)?;
    let tenant = db.tenant_id();
    diesel::insert_into(s::table)
        .values((s::tenant_id.eq(tenant), &row, s::updated_at.eq(now)))
        .on_conflict(s::tenant_id)
        .do_update()
        .set((&row, s::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// The pictures among these files.
pub(super) async fn pictures(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<i64>> {
    let wanted = f::tenant_id.eq(db.tenant_id()).and(f::id.eq_any(ids)).and(f::kind.eq("IMAGE"));
    Ok(f::table.filter(wanted).select(f::id).load(db.conn()).await?)
}
