//! SQL of the taxes.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::store_settings;

use super::rule::TaxSettings;

/// Writes them over those there are.
pub(super) async fn set(db: &mut TenantConn, taxes: &TaxSettings, now: DateTime<Utc>) -> Result<()> {
    let tenant = db.tenant_id();
    diesel::update(store_settings::table.find(tenant))
        .set((store_settings::taxes.eq(serde_json::to_value(taxes)?), store_settings::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}
