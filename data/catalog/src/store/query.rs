//! SQL on the store's settings.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::store_settings;

pub(super) async fn currency(db: &mut TenantConn) -> Result<String> {
    let tenant = db.tenant_id();
    let code = store_settings::table.find(tenant).select(store_settings::currency).first(db.conn()).await?;
    Ok(code)
}
