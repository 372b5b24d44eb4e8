//! SQL of importing, besides that of the rooms it writes to.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Result, TenantConn};
use mcom_tables::{inventory_items, inventory_levels, product_media, product_options, product_publications};

use super::state::Item;

type ItemColumns = (i64, bool, Option<i64>, Option<i64>);

/// The items of a product by variant, with what is available of them at `location`.
pub(super) async fn items(
    db: &mut TenantConn,
    product: i64,
    location: Option<i64>,
) -> Result<HashMap<i64, Item>> {
    use inventory_items as i;
    use inventory_levels as l;
    let tenant = db.tenant_id();
    let level = l::tenant_id
        .eq(i::tenant_id)
        .and(l::item_id.eq(i::id))
        .and(l::location_id.eq(location.unwrap_or_default()));
    let rows: Vec<(i64, ItemColumns)> = i::table
        .left_join(l::table.on(level))
        .filter(i::tenant_id.eq(tenant).and(i::product_id.eq(product)))
        .select((i::variant_id, (i::id, i::tracked, i::cost_minor, l::available.nullable())))
        .load(db.conn())
        .await?;
    let item = |(variant, (id, tracked, cost_minor, available)): (i64, ItemColumns)| {
        (variant, Item { id, tracked, cost_minor, available })
    };
    Ok(rows.into_iter().map(item).collect())
}

/// Puts a product on a publication, or takes it off if there is no date.
pub(super) async fn publish(
    db: &mut TenantConn,
    product: i64,
    publication: i64,
    at: Option<DateTime<Utc>>,
) -> Result<()> {
    use product_publications as p;
    let tenant = db.tenant_id();
    match at {
        Some(at) => {
            let key = (p::tenant_id.eq(tenant), p::product_id.eq(product), p::publication_id.eq(publication));
            diesel::insert_into(p::table)
                .values((key.0, key.1, key.2, p::published_at.eq(at)))
                .on_conflict_do_nothing()
                .execute(db.conn())
                .await?
        }
        None => diesel::delete(p::table.find((tenant, product, publication))).execute(db.conn()).await?,
    };
    Ok(())
}

/// Deletes a product's options with their values; it must have no variant.
pub(super) async fn delete_options(db: &mut TenantConn, product: i64) -> Result<()> {
    use product_options as o;
    let tenant = db.tenant_id();
    diesel::delete(o::table.filter(o::tenant_id.eq(tenant).and(o::product_id.eq(product))))
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Deletes images; variants that had them have none.
pub(super) async fn delete_images(db: &mut TenantConn, ids: &[i64]) -> Result<()> {
    use product_media as m;
    if !ids.is_empty() {
        let tenant = db.tenant_id();
        diesel::delete(m::table.filter(m::tenant_id.eq(tenant).and(m::id.eq_any(ids))))
            .execute(db.conn())
            .await?;
    }
    Ok(())
}

/// Puts images into this order, with what they show.
pub(super) async fn arrange_images(db: &mut TenantConn, order: &[(i64, Option<&str>)]) -> Result<()> {
    let (ids, alts): (Vec<i64>, Vec<Option<&str>>) = order.iter().copied().unzip();
    let tenant = db.tenant_id();
    diesel::sql_query(ARRANGE)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<Nullable<Text>>, _>(alts)
        .execute(db.conn())
        .await?;
    Ok(())
}

const ARRANGE: &str = "update product_media m set position = t.position, alt = t.alt
    from unnest($2, $3) with ordinality as t(id, alt, position)
    where m.tenant_id = $1 and m.id = t.id and (m.position, m.alt) is distinct from (t.position, t.alt)";
