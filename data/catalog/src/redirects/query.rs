//! SQL on redirects.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn, keyset, page::Page};
use mcom_tables::url_redirects as r;

use super::RedirectList;

/// A redirect.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = r, check_for_backend(Pg))]
pub struct UrlRedirect {
    /// Its number.
    pub id: i64,
    /// The address that is no longer used: a path of the store.
    pub path: String,
    /// Where it leads: a path of the store, or anywhere.
    pub target: String,
}

pub(super) async fn page(db: &mut TenantConn, list: &RedirectList) -> Result<Page<Arc<UrlRedirect>>> {
    let mut rows = r::table.filter(r::tenant_id.eq(db.tenant_id())).into_boxed();
    if let Some(path) = &list.path {
        rows = rows.filter(r::path.eq(path));
    }
    if let Some(target) = &list.target {
        rows = rows.filter(r::target.eq(target));
    }
    let ids = keyset!(db, rows, &list.page, "ID", r::id => i64, r::id);
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found = by_ids(db, &wanted).await?;
    Ok(ids.with(found.into_iter().map(|it| (it.id, Arc::new(it)))))
}

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<UrlRedirect>> {
    let wanted = r::tenant_id.eq(db.tenant_id()).and(r::id.eq_any(ids));
    Ok(r::table.filter(wanted).select(UrlRedirect::as_select()).load(db.conn()).await?)
}

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<UrlRedirect>> {
    let of_tenant = r::tenant_id.eq(db.tenant_id());
    Ok(r::table.filter(of_tenant).order(r::path).select(UrlRedirect::as_select()).load(db.conn()).await?)
}

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
