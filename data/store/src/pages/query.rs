//! SQL of pages.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, keyset, on_constraint, page::Page};
use mcom_schema::refuse;
use mcom_tables::pages as p;

use super::{PageList, PageRow, PageSort, PageValues};
use crate::content::{ContentTerm, Sql, anywhere, between, condition, holds, word};

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<PageRow>> {
    let wanted = p::tenant_id.eq(db.tenant_id()).and(p::id.eq_any(ids));
    Ok(p::table.filter(wanted).select(PageRow::as_select()).load(db.conn()).await?)
}

pub(super) async fn by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<PageRow>> {
    let wanted = p::tenant_id.eq(db.tenant_id()).and(p::handle.eq(handle));
    Ok(p::table.filter(wanted).select(PageRow::as_select()).first(db.conn()).await.optional()?)
}

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<PageRow>> {
    let of_tenant = p::tenant_id.eq(db.tenant_id());
    let rows = p::table.filter(of_tenant).order(p::handle).select(PageRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

/// One page of those published by `now`.
pub(super) async fn page(
    db: &mut TenantConn,
    list: &PageList,
    now: DateTime<Utc>,
) -> Result<Page<Arc<PageRow>>> {
    let mut rows = p::table.filter(p::tenant_id.eq(db.tenant_id())).into_boxed();
    rows = rows.filter(p::published_at.le(now));
    if let Some(filter) = &list.filter {
        rows = rows.filter(condition(filter, &term));
    }
    let ids = match list.sort {
        PageSort::Id => keyset!(db, rows, &list.page, "ID", p::id => i64, p::id),
        PageSort::Title => keyset!(db, rows, &list.page, "TITLE", p::title_key => String, p::id),
        PageSort::UpdatedAt => {
            keyset!(db, rows, &list.page, "UPDATED_AT", p::updated_at => DateTime<Utc>, p::id)
        }
    };
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found = by_ids(db, &wanted).await?;
    Ok(ids.with(found.into_iter().map(|row| (row.id, Arc::new(row)))))
}

fn term(is: &ContentTerm) -> Sql<p::table> {
    match is {
        ContentTerm::Title(by) => word(p::title_key, by),
        ContentTerm::Handle(by) => word(p::handle, by),
        ContentTerm::CreatedAt(by) => between(p::created_at, *by),
        ContentTerm::UpdatedAt(by) => between(p::updated_at, *by),
        ContentTerm::Word(text) => {
            Box::new(p::title_key.like(anywhere(text)).or(p::handle.like(anywhere(text))))
        }
        _ => holds(false),
    }
}

pub(super) async fn insert(db: &mut TenantConn, values: &PageValues, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    diesel::insert_into(p::table)
        .values((p::tenant_id.eq(tenant), values, p::created_at.eq(now), p::updated_at.eq(now)))
        .returning(p::id)
        .get_result(db.conn())
        .await
        .map_err(on_constraint("pages_handle", taken(values)))
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: i64,
    values: &PageValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    let changed = diesel::update(p::table.find((tenant, id)))
        .set((values, p::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(on_constraint("pages_handle", taken(values)))?;
    if changed == 0 { Err(Error::NotFound("page")) } else { Ok(()) }
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(p::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("page")) } else { Ok(()) }
}

fn taken(values: &PageValues) -> mcom_schema::Refusal {
    refuse("handle", "TAKEN", format!("Handle '{}' already in use", values.handle))
}
