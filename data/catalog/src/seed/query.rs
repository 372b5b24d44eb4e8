//! SQL of seeding, besides that of the rooms it writes to.

use diesel::{dsl::max, prelude::*};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{collections, products};

/// A number that no seeded product is above: products are numbered below their ids.
pub(super) async fn last_number(db: &mut TenantConn) -> Result<u64> {
    let of_tenant = products::tenant_id.eq(db.tenant_id());
    let last: Option<i64> =
        products::table.filter(of_tenant).select(max(products::id)).first(db.conn()).await?;
    Ok(last.and_then(|last| u64::try_from(last).ok()).unwrap_or_default())
}

/// Whether a collection has this handle.
pub(super) async fn has_collection(db: &mut TenantConn, handle: &str) -> Result<bool> {
    let of_tenant = collections::tenant_id.eq(db.tenant_id());
    let there = collections::table.filter(of_tenant.and(collections::handle.eq(handle)));
    Ok(diesel::select(diesel::dsl::exists(there)).get_result(db.conn()).await?)
}

/// The store's first products.
pub(super) async fn first_products(db: &mut TenantConn, count: i64) -> Result<Vec<i64>> {
    let of_tenant = products::tenant_id.eq(db.tenant_id());
    let first = products::table.filter(of_tenant).order(products::id).limit(count).select(products::id);
    Ok(first.load(db.conn()).await?)
}
