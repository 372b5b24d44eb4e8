//! SQL of metaobjects.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Error, Prepare, Result, TenantConn, keyset, on_constraint,
    page::{Page, PageArgs},
};
use mcom_schema::{Refusal, refuse};
use mcom_tables::{metaobject_definitions as d, metaobjects as m};

use super::{
    MetaobjectDefinitionRow, MetaobjectDefinitionValues, MetaobjectRow, MetaobjectSort, MetaobjectValues,
};

pub(super) async fn definitions(db: &mut TenantConn) -> Result<Vec<MetaobjectDefinitionRow>> {
    let of_tenant = d::tenant_id.eq(db.tenant_id());
    let rows = d::table.filter(of_tenant).order(d::type_name).select(MetaobjectDefinitionRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

/// A definition, locked so that nobody changes it while things of its kind are written, or the other way round.
pub(super) async fn definition(db: &mut TenantConn, id: i64, lock: Lock) -> Result<MetaobjectDefinitionRow> {
    let tenant = db.tenant_id();
    let found = d::table.find((tenant, id)).select(MetaobjectDefinitionRow::as_select());
    let row = match lock {
        Lock::ToChange => found.for_update().first(db.conn()).await,
        Lock::ToFollow => found.for_share().first(db.conn()).await,
    };
    row.optional()?.ok_or(Error::NotFound("metaobject definition"))
}

/// What a definition is read for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Lock {
    /// To change it.
    ToChange,
    /// To write what it is about.
    ToFollow,
}

pub(super) async fn define(
    db: &mut TenantConn,
    values: &MetaobjectDefinitionValues,
    now: DateTime<Utc>,
) -> Result<i64> {
    let tenant = db.tenant_id();
    diesel::insert_into(d::table)
        .values((d::tenant_id.eq(tenant), values, d::created_at.eq(now), d::updated_at.eq(now)))
        .returning(d::id)
        .get_result(db.conn())
        .await
        .map_err(|error| match error {
            error if is_url(&error) => url_taken(values).into(),
            error => on_constraint("metaobject_definitions_type", type_taken(values))(error),
        })
}

pub(super) async fn redefine(
    db: &mut TenantConn,
    id: i64,
    values: &MetaobjectDefinitionValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(d::table.find((tenant, id)))
        .set((values, d::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(on_constraint("metaobject_definitions_url", url_taken(values)))?;
    Ok(())
}

fn is_url(error: &diesel::result::Error) -> bool {
    matches!(error, diesel::result::Error::DatabaseError(_, info)
        if info.constraint_name() == Some("metaobject_definitions_url"))
}

fn type_taken(values: &MetaobjectDefinitionValues) -> Refusal {
    refuse("type", "TAKEN", format!("Type '{}' already in use", values.type_name))
}

fn url_taken(values: &MetaobjectDefinitionValues) -> Refusal {
    let url = values.url_handle.as_deref().unwrap_or_default();
    refuse("urlHandle", "TAKEN", format!("Handle '{url}' already in use"))
}

/// Takes from all things of a kind what fields held that it has no longer.
pub(super) async fn forget_fields(db: &mut TenantConn, definition: i64, gone: &[String]) -> Result<()> {
    let forget = "update metaobjects set fields = fields - $3 where tenant_id = $1 and definition_id = $2";
    diesel::sql_query(forget)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(definition)
        .bind::<Array<Text>, _>(gone)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Deletes a definition with everything of its kind.
pub(super) async fn undefine(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(d::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("metaobject definition")) } else { Ok(()) }
}

pub(super) async fn all(db: &mut TenantConn, definition: i64) -> Result<Vec<MetaobjectRow>> {
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::definition_id.eq(definition));
    let rows = m::table.filter(wanted).order(m::handle).select(MetaobjectRow::as_select());
    Ok(rows.load(db.conn()).await?)
}

/// The active ones among these.
pub(super) async fn active_by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<MetaobjectRow>> {
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::id.eq_any(ids)).and(m::is_active);
    Ok(m::table.filter(wanted).select(MetaobjectRow::as_select()).load(db.conn()).await?)
}

pub(super) async fn active_by_handle(
    db: &mut TenantConn,
    definition: i64,
    handle: &str,
) -> Result<Option<MetaobjectRow>> {
    let wanted = m::tenant_id
        .eq(db.tenant_id())
        .and(m::definition_id.eq(definition))
        .and(m::handle.eq(handle))
        .and(m::is_active);
    Ok(m::table.filter(wanted).select(MetaobjectRow::as_select()).first(db.conn()).await.optional()?)
}

/// One page of the active ones of a kind.
pub(super) async fn active_page(
    db: &mut TenantConn,
    definition: i64,
    sort: MetaobjectSort,
    args: &PageArgs,
) -> Result<Page<MetaobjectRow>> {
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::definition_id.eq(definition)).and(m::is_active);
    let rows = m::table.filter(wanted).into_boxed();
    let ids = match sort {
        MetaobjectSort::Id => keyset!(db, rows, args, "ID", m::id => i64, m::id),
        MetaobjectSort::UpdatedAt => {
            keyset!(db, rows, args, "UPDATED_AT", m::updated_at => DateTime<Utc>, m::id)
        }
    };
    let wanted: Vec<i64> = ids.items.iter().map(|(_, id)| *id).collect();
    let found = active_by_ids(db, &wanted).await?;
    Ok(ids.with(found.into_iter().map(|row| (row.id, row))))
}

/// Of which kind a thing is.
pub(super) async fn definition_of(db: &mut TenantConn, id: i64) -> Result<i64> {
    let tenant = db.tenant_id();
    let found = m::table.find((tenant, id)).select(m::definition_id).first(db.conn()).await.optional()?;
    found.ok_or(Error::NotFound("metaobject"))
}

pub(super) async fn insert(
    db: &mut TenantConn,
    definition: i64,
    values: &MetaobjectValues,
    now: DateTime<Utc>,
) -> Result<i64> {
    let tenant = db.tenant_id();
    diesel::insert_into(m::table)
        .values((
            (m::tenant_id.eq(tenant), m::definition_id.eq(definition)),
            values,
            (m::created_at.eq(now), m::updated_at.eq(now)),
        ))
        .returning(m::id)
        .get_result(db.conn())
        .await
        .map_err(on_constraint("metaobjects_handle", taken(values)))
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: i64,
    values: &MetaobjectValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(m::table.find((tenant, id)))
        .set((values, m::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(on_constraint("metaobjects_handle", taken(values)))?;
    Ok(())
}

fn taken(values: &MetaobjectValues) -> Refusal {
    refuse("handle", "TAKEN", format!("Handle '{}' already in use", values.handle))
}

pub(super) async fn delete(db: &mut TenantConn, id: i64) -> Result<()> {
    let tenant = db.tenant_id();
    let deleted = diesel::delete(m::table.find((tenant, id))).execute(db.conn()).await?;
    if deleted == 0 { Err(Error::NotFound("metaobject")) } else { Ok(()) }
}
