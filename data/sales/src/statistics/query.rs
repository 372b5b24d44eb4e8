//! SQL of the statistics.

use diesel::sql_types::{Array, BigInt};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn};

/// Adds the units of these orders, each as often as its factor says. Products that are gone are not counted.
pub(super) async fn add(db: &mut TenantConn, orders: &[(i64, i64)]) -> Result<()> {
    let tenant = db.tenant_id();
    let (ids, factors): (Vec<i64>, Vec<i64>) = orders.iter().copied().unzip();
    diesel::sql_query(ADD)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<BigInt>, _>(factors)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

// In the order of the key, so that two batches that count the same products do not wait for each other in a circle.
const ADD: &str = "insert into product_sales (tenant_id, product_id, day, units)
    select $1, line.product_id, line.day, sum(line.quantity * change.factor)
    from unnest($2, $3) as change (order_id, factor)
    cross join lateral (
        select l.product_id, l.quantity, (o.created_at at time zone 'UTC')::date as day
        from orders o join order_lines l on l.tenant_id = $1 and l.order_id = o.id
        where o.tenant_id = $1 and o.id = change.order_id and l.product_id is not null offset 0) line
    group by line.product_id, line.day order by line.product_id, line.day
    on conflict (tenant_id, product_id, day) do update set units = product_sales.units + excluded.units";
