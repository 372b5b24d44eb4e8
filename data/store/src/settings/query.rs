//! SQL of the settings.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::store_settings;

use super::row::{Settings, SettingsRow};

pub(super) async fn get(db: &mut TenantConn) -> Result<Option<Settings>> {
    let row = store_settings::table
        .find(db.tenant_id())
        .select(SettingsRow::as_select())
        .first(db.conn())
        .await
        .optional()?;
    row.map(SettingsRow::read).transpose()
}
