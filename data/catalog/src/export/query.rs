//! SQL of exporting, besides that of the rooms it reads from.

use std::collections::HashMap;

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{inventory_items, inventory_levels, products};

/// The next products after `after`, by id.
pub(super) async fn ids(db: &mut TenantConn, after: i64, limit: i64) -> Result<Vec<i64>> {
    let next = products::tenant_id.eq(db.tenant_id()).and(products::id.gt(after));
    let ids = products::table.filter(next).order(products::id).limit(limit).select(products::id);
    Ok(ids.load(db.conn()).await?)
}

/// Pieces free to sell at `location`, by variant, of products that have stock there.
pub(super) async fn available(
    db: &mut TenantConn,
    products: &[i64],
    location: Option<i64>,
) -> Result<HashMap<i64, i64>> {
    use inventory_items as i;
    use inventory_levels as l;
    let Some(location) = location else { return Ok(HashMap::new()) };
    let tenant = db.tenant_id();
    let here = l::tenant_id.eq(i::tenant_id).and(l::item_id.eq(i::id)).and(l::location_id.eq(location));
    let rows: Vec<(i64, i64)> = i::table
        .inner_join(l::table.on(here))
        .filter(i::tenant_id.eq(tenant).and(i::product_id.eq_any(products)))
        .select((i::variant_id, l::available))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().collect())
}
