//! SQL of the settings.

use diesel::{dsl::sql, prelude::*, sql_types::Json};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::store_settings;

use super::row::{Settings, SettingsRow};
use crate::markets::query as markets;

pub(super) async fn get(db: &mut TenantConn) -> Result<Option<Settings>> {
    let found: Option<(SettingsRow, serde_json::Value)> = store_settings::table
        .find(db.tenant_id())
        .select((SettingsRow::as_select(), sql::<Json>(markets::OF_STORE)))
        .first(db.conn())
        .await
        .optional()?;
    found.map(|(row, markets)| row.read(serde_json::from_value(markets)?)).transpose()
}

/// Writes a description over the one there is.
pub(super) async fn set_description(db: &mut TenantConn, description: Option<&str>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(store_settings::table.find(tenant))
        .set(store_settings::description.eq(description))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Writes the groups over those there are.
pub(super) async fn set_synonyms(db: &mut TenantConn, groups: &[Vec<String>]) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(store_settings::table.find(tenant))
        .set(store_settings::synonyms.eq(serde_json::to_value(groups)?))
        .execute(db.conn())
        .await?;
    Ok(())
}
