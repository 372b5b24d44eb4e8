//! Definitions.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn, on_constraint};
use mcom_schema::refuse;
use mcom_tables::{metafield_definitions as d, metafields as m};

use super::super::{DefinitionRow, DefinitionValues};

pub(in super::super) async fn definitions(
    db: &mut TenantConn,
    owner_types: &[&str],
) -> Result<Vec<DefinitionRow>> {
    let wanted = d::tenant_id.eq(db.tenant_id()).and(d::owner_type.eq_any(owner_types));
    let rows = d::table.filter(wanted).order((d::owner_type, d::namespace, d::key));
    Ok(rows.select(DefinitionRow::as_select()).load(db.conn()).await?)
}

/// A definition, locked so that nobody sets values by it meanwhile.
pub(in super::super) async fn definition(db: &mut TenantConn, id: i64) -> Result<DefinitionRow> {
    let tenant = db.tenant_id();
    let found = d::table.find((tenant, id)).select(DefinitionRow::as_select()).for_update();
    found.first(db.conn()).await.optional()?.ok_or(Error::NotFound("metafield definition"))
}

pub(in super::super) async fn define(
    db: &mut TenantConn,
    values: &DefinitionValues,
    now: DateTime<Utc>,
) -> Result<i64> {
    let taken =
        format!("Key is in use for {} metafields on the '{}' namespace", values.key, values.namespace);
    let tenant = db.tenant_id();
    diesel::insert_into(d::table)
        .values((d::tenant_id.eq(tenant), values, d::created_at.eq(now), d::updated_at.eq(now)))
        .returning(d::id)
        .get_result(db.conn())
        .await
        .map_err(on_constraint("metafield_definitions_key", refuse("key", "TAKEN", taken)))
}

pub(in super::super) async fn redefine(
    db: &mut TenantConn,
    id: i64,
    values: &DefinitionValues,
    now: DateTime<Utc>,
) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(d::table.find((tenant, id)))
        .set((values, d::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Deletes a definition and the values that were set by it.
pub(in super::super) async fn undefine(db: &mut TenantConn, row: &DefinitionRow) -> Result<()> {
    let tenant = db.tenant_id();
    let values = &row.values;
    let of_definition = m::tenant_id
        .eq(tenant)
        .and(m::owner_type.eq(&values.owner_type))
        .and(m::namespace.eq(&values.namespace))
        .and(m::key.eq(&values.key));
    diesel::delete(m::table.filter(of_definition)).execute(db.conn()).await?;
    diesel::delete(d::table.find((tenant, row.id))).execute(db.conn()).await?;
    Ok(())
}
