//! SQL of blogs.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, keyset, on_constraint, page::Page};
use mcom_schema::refuse;
use mcom_tables::blogs as b;

use super::{BlogList, BlogRow, BlogSort, BlogValues};
use crate::content::{ContentTerm, Sql, anywhere, between, condition, holds, word};

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<BlogRow>> {
    let wanted = b::tenant_id.eq(db.tenant_id()).and(b::id.eq_any(ids));
    Ok(b::table.filter(wanted).select(BlogRow::as_select()).load(db.conn()).await?)
}

pub(super) async fn by_handle(db: &mut TenantConn, handle: &str) -> Result<Option<BlogRow>> {
    let wanted = b::tenant_id.eq(db.tenant_id()).and(b::handle.eq(handle));
    Ok(b::table.filter(wanted).select(BlogRow::as_select()).first(db.conn()).await.optional()?)
}

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<BlogRow>> {
    let of_tenant = b::tenant_id.eq(db.tenant_id());
    let rows = b::table.filter(of_tenant).order(b::handle).select(BlogRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

pub(super) async fn page(db: &mut TenantConn, list: &BlogList) -> Result<Page<Arc<BlogRow>>> {
    let mut rows = b::table.filter(b::tenant_id.eq(db.tenant_id())).into_boxed();
    if let Some(filter) = &list.filter {
        rows = rows.filter(condition(filter, &term));
    }
    let ids = match list.sort {
        BlogSort::Id => keyset!(db, rows, &list.page, "ID", b::id => i64, b::id),
        BlogSort::Title => keyset!(db, rows, &list.page, "TITLE", b::title_key => String, b::id),
        BlogSort::Handle => keyset!(db, rows, &list.page, "HANDLE", b::handle => String, b::id),
    };
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found = by_ids(db, &wanted).await?;
    Ok(ids.with(found.into_iter().map(|row| (row.id, Arc::new(row)))))
}

fn term(is: &ContentTerm) -> Sql<b::table> {
    match is {
        ContentTerm::Title(by) => word(b::title_key, by),
        ContentTerm::Handle(by) => word(b::handle, by),
        ContentTerm::CreatedAt(by) => between(b::created_at, *by),
        ContentTerm::UpdatedAt(by) => between(b::updated_at, *by),
        ContentTerm::Word(text) => {
            Box::new(b::title_key.like(anywhere(text)).or(b::handle.like(anywhere(text))))
        }
        _ => holds(false),
    }
}

pub(super) async fn insert(db: &mut TenantConn, values: &BlogValues, now: DateTime<Utc>) -> Result<i64> {
    let tenant = db.tenant_id();
    diesel::insert_into(b::table)
        .values((b::tenant_id.eq(tenant), values, b::created_at.eq(now), b::updated_at.eq(now)))
        .returning(b::id)
        .get_result(db.conn())
        .await
        .map_err(on_constraint("blogs_handle", taken(values)))
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: i64,
    values: &BlogValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    let changed = diesel::update(b::table.find((tenant, id)))
        .set((values, b::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(on_constraint("blogs_handle", taken(values)))?;
    if changed == 0 { Err(Error::NotFound("blog")) } else { Ok(()) }
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(b::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("blog")) } else { Ok(()) }
}

fn taken(values: &BlogValues) -> mcom_schema::Refusal {
    refuse("handle", "TAKEN", format!("Handle '{}' already in use", values.handle))
}
