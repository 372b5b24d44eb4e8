//! Which products options and their values belong to.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{product_option_values as v, product_options as o};

/// The products of these options, by option.
pub(in super::super) async fn of_options(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<(i64, i64)>> {
    let found = o::table
        .filter(o::tenant_id.eq(db.tenant_id()).and(o::id.eq_any(ids)))
        .select((o::id, o::product_id))
        .load(db.conn())
        .await?;
    Ok(found)
}

/// The products of these values, by value.
pub(in super::super) async fn of_option_values(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<(i64, i64)>> {
    let tenant = db.tenant_id();
    let found = v::table
        .inner_join(o::table.on(o::tenant_id.eq(v::tenant_id).and(o::id.eq(v::option_id))))
        .filter(v::tenant_id.eq(tenant).and(o::tenant_id.eq(tenant)).and(v::id.eq_any(ids)))
        .select((v::id, o::product_id))
        .load(db.conn())
        .await?;
    Ok(found)
}
