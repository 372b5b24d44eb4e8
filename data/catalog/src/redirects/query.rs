//! SQL on redirects.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::url_redirects as r;

pub(super) async fn target(db: &mut TenantConn, path: &str) -> Result<Option<String>> {
    let of_path = r::tenant_id.eq(db.tenant_id()).and(r::path.eq(path));
    Ok(r::table.filter(of_path).select(r::target).first(db.conn()).await.optional()?)
}

pub(super) async fn remove(db: &mut TenantConn, path: &str) -> Result<()> {
    let of_path = r::tenant_id.eq(db.tenant_id()).and(r::path.eq(path));
    diesel::delete(r::table.filter(of_path)).execute(db.conn()).await?;
    Ok(())
}

pub(super) async fn retarget(db: &mut TenantConn, from: &str, to: &str) -> Result<()> {
    let to_from = r::tenant_id.eq(db.tenant_id()).and(r::target.eq(from));
    diesel::update(r::table.filter(to_from)).set(r::target.eq(to)).execute(db.conn()).await?;
    Ok(())
}

pub(super) async fn put(db: &mut TenantConn, path: &str, target: &str, now: DateTime<Utc>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::insert_into(r::table)
        .values((r::tenant_id.eq(tenant), r::path.eq(path), r::target.eq(target), r::created_at.eq(now)))
        .on_conflict((r::tenant_id, r::path))
        .do_update()
        .set(r::target.eq(target))
        .execute(db.conn())
        .await?;
    Ok(())
}
