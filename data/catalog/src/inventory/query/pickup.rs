//! Stock where buyers pick up.

use std::collections::HashMap;

use diesel::{
    prelude::*,
    sql_types::{Array, BigInt},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn};
use mcom_schema::id::{LocationId, VariantId};

use super::super::PickupStock;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    variant_id: i64,
    #[diesel(sql_type = BigInt)]
    location_id: i64,
    #[diesel(sql_type = BigInt)]
    available: i64,
}

/// What there is of `variants` at the active locations where buyers pick up, in the merchant's order of the locations.
pub(in super::super) async fn pickup_stock(
    db: &mut TenantConn,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<PickupStock>>> {
    let tenant = db.tenant_id();
    let ids: Vec<i64> = variants.iter().map(|id| id.0).collect();
    let rows: Vec<Found> = diesel::sql_query(PICKUP_STOCK)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .load(db.conn())
        .await?;
    let mut stock: HashMap<VariantId, Vec<PickupStock>> = HashMap::new();
    for row in rows {
        let found = PickupStock { location: LocationId(row.location_id), available: row.available };
        stock.entry(VariantId(row.variant_id)).or_default().push(found);
    }
    Ok(stock)
}

const PICKUP_STOCK: &str = "select i.variant_id, l.location_id, l.available
    from inventory_items i
    join inventory_levels l on l.tenant_id = $1 and l.item_id = i.id
    join locations p on p.tenant_id = $1 and p.id = l.location_id
    where i.tenant_id = $1 and i.variant_id = any($2) and p.is_active and p.pickup_enabled
    order by p.position, p.id";
