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

/// Brings the number of units sold of the products of these orders to what is counted by now.
pub(super) async fn sum_up(db: &mut TenantConn, orders: &[(i64, i64)]) -> Result<()> {
    let tenant = db.tenant_id();
    let ids: Vec<i64> = orders.iter().map(|(id, _)| *id).collect();
    diesel::sql_query(SUM_UP)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Adds to how many orders hold two products both, each order as often as its factor says.
pub(super) async fn pair(db: &mut TenantConn, orders: &[(i64, i64)]) -> Result<()> {
    let tenant = db.tenant_id();
    let (ids, factors): (Vec<i64>, Vec<i64>) = orders.iter().copied().unzip();
    diesel::sql_query(PAIR)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Array<BigInt>, _>(factors)
        .bind::<BigInt, _>(MOST_PAIRED)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

/// Of a larger order only the first products: what a reseller buys in one go tells little, and pairs grow with the square.
const MOST_PAIRED: i64 = 20;

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

const SUM_UP: &str = "update product_documents d set sold = counted.units
    from (
        select s.product_id, sum(s.units)::bigint as units from product_sales s
        where s.tenant_id = $1 and s.product_id in (
            select product_id from order_lines where tenant_id = $1 and order_id = any($2) and product_id is not null)
        group by s.product_id) counted
    where d.tenant_id = $1 and d.product_id = counted.product_id and d.sold <> counted.units";

const PAIR: &str = "with bought as (
        select change.order_id, change.factor, line.product_id
        from unnest($2, $3) as change (order_id, factor)
        cross join lateral (
            select l.product_id from order_lines l
            where l.tenant_id = $1 and l.order_id = change.order_id and l.product_id is not null
            group by l.product_id order by min(l.position) limit $4) line)
    insert into product_pairs (tenant_id, product_id, other_id, orders)
    select $1, one.product_id, other.product_id, sum(one.factor)
    from bought one
    join bought other on other.order_id = one.order_id and other.factor = one.factor and other.product_id <> one.product_id
    group by one.product_id, other.product_id order by one.product_id, other.product_id
    on conflict (tenant_id, product_id, other_id) do update set orders = product_pairs.orders + excluded.orders";
