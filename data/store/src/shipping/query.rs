//! SQL of the shipping rates.

use diesel::prelude::*;
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::shipping_rates;

use super::rule::ShippingRate;

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<ShippingRate>> {
    let rates = shipping_rates::table
        .filter(shipping_rates::tenant_id.eq(db.tenant_id()))
        .order((shipping_rates::position, shipping_rates::id))
        .select(ShippingRate::as_select())
        .load(db.conn())
        .await?;
    Ok(rates)
}
