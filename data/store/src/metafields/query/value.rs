//! Values.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    result::{DatabaseErrorKind, Error as DieselError},
    upsert::excluded,
};
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Result, TenantConn};
use mcom_schema::refuse;
use mcom_tables::{metafield_definitions as d, metafields as m};

use super::super::{Metafield, MetafieldRow, MetafieldValues, Owner, value::ValueType};

/// Owners as two lists, which the database puts side by side.
fn keys(owners: &[Owner]) -> (Vec<&'static str>, Vec<i64>) {
    owners.iter().map(|owner| (owner.kind.name(), owner.id)).unzip()
}

/// Everything that belongs to these owners.
pub(in super::super) async fn of_owners(db: &mut TenantConn, owners: &[Owner]) -> Result<Vec<MetafieldRow>> {
    let (kinds, ids) = keys(owners);
    let wanted =
        m::tenant_id.eq(db.tenant_id()).and(m::owner_type.eq_any(kinds)).and(m::owner_id.eq_any(ids));
    let rows = m::table.filter(wanted).order((m::namespace, m::key, m::id));
    let rows: Vec<MetafieldRow> = rows.select(MetafieldRow::as_select()).load(db.conn()).await?;
    // A page and a product may have the same number.
    Ok(rows.into_iter().filter(|row| row.owner().is_ok_and(|owner| owners.contains(&owner))).collect())
}

type Public = (MetafieldRow, Option<String>);

/// Values that a definition shows to buyers.
#[diesel::dsl::auto_type(no_type_alias)]
fn public() -> _ {
    m::table
        .inner_join(
            d::table.on(d::tenant_id
                .eq(m::tenant_id)
                .and(d::owner_type.eq(m::owner_type))
                .and(d::namespace.eq(m::namespace))
                .and(d::key.eq(m::key))),
        )
        .filter(d::is_public)
}

fn metafield((row, description): Public) -> Option<Metafield> {
    // What this version does not know is not shown.
    let (owner, value_type) = (row.owner().ok()?, ValueType::parse(&row.value_type)?);
    Some(Metafield { row, owner, description, value_type })
}

/// What buyers may read of these owners'.
pub(in super::super) async fn public_of_owners(
    db: &mut TenantConn,
    owners: &[Owner],
) -> Result<Vec<Metafield>> {
    let (kinds, ids) = keys(owners);
    let wanted =
        m::tenant_id.eq(db.tenant_id()).and(m::owner_type.eq_any(kinds)).and(m::owner_id.eq_any(ids));
    let rows: Vec<Public> = public()
        .filter(wanted)
        .order((m::namespace, m::key, m::id))
        .select((MetafieldRow::as_select(), d::description))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().filter_map(metafield).filter(|found| owners.contains(&found.owner)).collect())
}

/// What buyers may read of these.
pub(in super::super) async fn public_by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Metafield>> {
    let wanted = m::tenant_id.eq(db.tenant_id()).and(m::id.eq_any(ids));
    let rows: Vec<Public> =
        public().filter(wanted).select((MetafieldRow::as_select(), d::description)).load(db.conn()).await?;
    Ok(rows.into_iter().filter_map(metafield).collect())
}

/// Sets values; those that were there keep their numbers. Answers in the order of `values`.
pub(in super::super) async fn put(
    db: &mut TenantConn,
    values: &[MetafieldValues],
    now: DateTime<Utc>,
) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let row = |values| (m::tenant_id.eq(tenant), values, m::created_at.eq(now), m::updated_at.eq(now));
    let rows: Vec<_> = values.iter().map(row).collect();
    diesel::insert_into(m::table)
        .values(rows)
        .on_conflict((m::tenant_id, m::owner_type, m::owner_id, m::namespace, m::key))
        .do_update()
        .set((
            m::value_type.eq(excluded(m::value_type)),
            m::value.eq(excluded(m::value)),
            m::updated_at.eq(now),
        ))
        .returning(m::id)
        .get_results(db.conn())
        .await
        .map_err(meaning)
}

/// What a violated constraint says about the input.
fn meaning(error: DieselError) -> Error {
    let no_owner = || refuse("ownerId", "INVALID_OWNER", "There is no such owner").into();
    match &error {
        DieselError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => no_owner(),
        DieselError::DatabaseError(DatabaseErrorKind::CheckViolation, info)
            if info.constraint_name() == Some("metafields_shop") =>
        {
            no_owner()
        }
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, info)
            if info.constraint_name() == Some("metafields_ids") =>
        {
            refuse("value", "TAKEN", "Value is that of another thing").into()
        }
        _ => error.into(),
    }
}

/// Deletes a value of an owner; none if there is none.
pub(in super::super) async fn delete(
    db: &mut TenantConn,
    owner: Owner,
    namespace: &str,
    key: &str,
) -> Result<Option<i64>> {
    let wanted = m::tenant_id
        .eq(db.tenant_id())
        .and(m::owner_type.eq(owner.kind.name()))
        .and(m::owner_id.eq(owner.id))
        .and(m::namespace.eq(namespace))
        .and(m::key.eq(key));
    let deleted = diesel::delete(m::table.filter(wanted)).returning(m::id);
    Ok(deleted.get_result(db.conn()).await.optional()?)
}
