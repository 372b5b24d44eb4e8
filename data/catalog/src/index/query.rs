//! SQL of what a search index is told.

use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn};
use mcom_tables::{
    collection_products as m, inventory_items as i, product_documents as d, product_variants as v,
};

use crate::live::stock_of;

/// A published product.
#[derive(QueryableByName)]
pub(super) struct IndexRow {
    #[diesel(sql_type = Text)]
    pub document: String,
    /// What is free to sell online, as JSON.
    #[diesel(sql_type = Text)]
    pub pieces: String,
    #[diesel(sql_type = Array<BigInt>)]
    pub collections: Vec<i64>,
    /// Fields by which buyers narrow products down, as JSON.
    #[diesel(sql_type = Text)]
    pub fields: String,
}

#[derive(QueryableByName)]
struct Version {
    #[diesel(sql_type = BigInt)]
    version: i64,
}

/// The version of this moment. A later snapshot has begun more transactions or, of as many, has fewer of them still running.
pub(super) async fn version(db: &mut TenantConn) -> Result<u64> {
    let row: Version = diesel::sql_query(VERSION).prepared().get_result(db.conn()).await?;
    Ok(u64::try_from(row.version).unwrap_or_default())
}

const VERSION: &str = "select pg_snapshot_xmax(s)::text::bigint * 4096
        + 4095 - least(4095, (select count(*) from pg_snapshot_xip(s))) as version
    from pg_current_snapshot() as s";

const COLUMNS: &str = concat!(
    "select d.document::text, ",
    stock_of!("d"),
    " as pieces,
        (select coalesce(array_agg(m.collection_id), '{}') from collection_products m
            where m.tenant_id = d.tenant_id and m.product_id = d.product_id) as collections,
        (select coalesce(json_agg(json_build_object('of_variant', f.variant_id is not null, 'namespace', f.namespace,
                'key', f.key, 'is_list', f.value_type like 'list.%', 'value', f.value)), '[]')::text from (
            select f.* from metafields f where f.tenant_id = d.tenant_id and f.product_id = d.product_id
            union all
            select f.* from product_variants v join metafields f on f.tenant_id = v.tenant_id and f.variant_id = v.id
            where v.tenant_id = d.tenant_id and v.product_id = d.product_id) f
            join metafield_definitions n on n.tenant_id = f.tenant_id and n.owner_type = f.owner_type
                and n.namespace = f.namespace and n.key = f.key
            where n.is_filterable and n.is_public) as fields
    from product_documents d where d.tenant_id = $1"
);

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<IndexRow>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(format!("{COLUMNS} and d.product_id = any($2) order by d.product_id"))
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows)
}

pub(super) async fn after(db: &mut TenantConn, after: i64, limit: i64) -> Result<Vec<IndexRow>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(format!("{COLUMNS} and d.product_id > $2 order by d.product_id limit $3"))
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(limit)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows)
}

pub(super) async fn count(db: &mut TenantConn) -> Result<i64> {
    let tenant = db.tenant_id();
    Ok(d::table.filter(d::tenant_id.eq(tenant)).count().get_result(db.conn()).await?)
}

pub(super) async fn of_items(db: &mut TenantConn, items: &[i64]) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let mine = i::table.filter(i::tenant_id.eq(tenant).and(i::id.eq_any(items)));
    Ok(mine.select(i::product_id).distinct().load(db.conn()).await?)
}

pub(super) async fn of_variants(db: &mut TenantConn, variants: &[i64]) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let wanted = v::table.filter(v::tenant_id.eq(tenant).and(v::id.eq_any(variants)));
    Ok(wanted.select(v::product_id).distinct().load(db.conn()).await?)
}

pub(super) async fn members(
    db: &mut TenantConn,
    collection: i64,
    after: i64,
    limit: i64,
) -> Result<Vec<i64>> {
    let tenant = db.tenant_id();
    let published = d::table.on(d::tenant_id.eq(m::tenant_id).and(d::product_id.eq(m::product_id)));
    let rows = m::table
        .inner_join(published)
        .filter(m::tenant_id.eq(tenant).and(m::collection_id.eq(collection)).and(m::product_id.gt(after)))
        .order(m::product_id)
        .limit(limit)
        .select(m::product_id)
        .load(db.conn())
        .await?;
    Ok(rows)
}
