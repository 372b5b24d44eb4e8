//! SQL of translations.

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    result::{DatabaseErrorKind, Error as SqlError},
    sql_types::{Array, BigInt, Jsonb, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Error, Prepare, Result, TenantConn};
use mcom_schema::Language;
use mcom_tables::translations as t;
use serde_json::Value;

use super::{Subject, TranslatedKind, Translation};

#[derive(QueryableByName, Queryable)]
struct Row {
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = BigInt)]
    resource_id: i64,
    #[diesel(sql_type = Text)]
    language: String,
    #[diesel(sql_type = Jsonb)]
    texts: Value,
}

impl Row {
    fn read(self) -> Result<Translation> {
        let unknown = || Error::bug("a translation of an unknown kind, or into an unknown language");
        let kind = TranslatedKind::parse(&self.kind).ok_or_else(unknown)?;
        Ok(Translation {
            subject: Subject { kind, id: self.resource_id },
            language: Language::parse(&self.language).ok_or_else(unknown)?,
            texts: serde_json::from_value(self.texts)?,
        })
    }
}

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<Translation>> {
    let rows: Vec<Row> = t::table
        .filter(t::tenant_id.eq(db.tenant_id()))
        .order((t::kind, t::resource_id, t::language))
        .select((t::kind, t::resource_id, t::language, t::texts))
        .load(db.conn())
        .await?;
    rows.into_iter().map(Row::read).collect()
}

pub(super) async fn of_subjects(
    db: &mut TenantConn,
    keys: &[(Subject, Language)],
) -> Result<Vec<Translation>> {
    let rows: Vec<Row> = diesel::sql_query(OF_SUBJECTS)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<Array<Text>, _>(keys.iter().map(|(it, _)| it.kind.name()).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>(keys.iter().map(|(it, _)| it.id).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(keys.iter().map(|(_, language)| language.code()).collect::<Vec<_>>())
        .prepared()
        .load(db.conn())
        .await?;
    rows.into_iter().map(Row::read).collect()
}

const OF_SUBJECTS: &str = "select t.kind, t.resource_id, t.language, t.texts
    from unnest($2, $3, $4) as wanted (kind, resource_id, language)
    join translations t on t.tenant_id = $1 and t.kind = wanted.kind and t.resource_id = wanted.resource_id
        and t.language = wanted.language";

pub(super) async fn put(db: &mut TenantConn, translation: &Translation, now: DateTime<Utc>) -> Result<()> {
    let Translation { subject, language, texts } = translation;
    let values = (t::texts.eq(serde_json::to_value(texts)?), t::updated_at.eq(now));
    let place =
        (t::kind.eq(subject.kind.name()), t::resource_id.eq(subject.id), t::language.eq(language.code()));
    diesel::insert_into(t::table)
        .values((t::tenant_id.eq(db.tenant_id()), place, values.clone()))
        .on_conflict((t::tenant_id, t::kind, t::resource_id, t::language))
        .do_update()
        .set(values)
        .execute(db.conn())
        .await
        .map_err(|error| match error {
            // Whatever it is of is gone, or was never there.
            SqlError::DatabaseError(DatabaseErrorKind::ForeignKeyViolation, _) => {
                Error::NotFound("translated thing")
            }
            other => other.into(),
        })?;
    Ok(())
}

pub(super) async fn delete(db: &mut TenantConn, translation: &Translation) -> Result<()> {
    let Translation { subject, language, .. } = translation;
    let key = (db.tenant_id(), subject.kind.name(), subject.id, language.code());
    diesel::delete(t::table.find(key)).execute(db.conn()).await?;
    Ok(())
}
