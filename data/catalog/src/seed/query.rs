//! SQL of seeding, besides that of the rooms it writes to.

use diesel::{
    dsl::max,
    prelude::*,
    sql_types::{BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Change, Result, TenantConn};
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

/// A published product with its first variant.
#[derive(Debug, Clone, PartialEq, Eq, QueryableByName)]
pub struct Offered {
    /// The product's number.
    #[diesel(sql_type = BigInt)]
    pub product: i64,
    /// Its address.
    #[diesel(sql_type = Text)]
    pub handle: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub title: String,
    /// The number of its first variant.
    #[diesel(sql_type = BigInt)]
    pub variant: i64,
    /// Name of its first option.
    #[diesel(sql_type = Text)]
    pub option: String,
    /// The last value of that option.
    #[diesel(sql_type = Text)]
    pub value: String,
}

/// The next published products after `after`, by id.
pub(super) async fn offered(db: &mut TenantConn, after: i64, limit: i64) -> Result<Vec<Offered>> {
    let tenant = db.tenant_id();
    let rows = diesel::sql_query(OFFERED)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(limit)
        .load(db.conn())
        .await?;
    Ok(rows)
}

const OFFERED: &str = "select product_id as product, handle, document->>'title' as title,
        (document->'variants'->0->>'id')::bigint as variant, document->'options'->0->>'name' as option,
        document->'options'->0->'values'->-1->>'name' as value
    from product_documents where tenant_id = $1 and product_id > $2 order by product_id limit $3";

/// Fills the next shelves after the item `after`; answers with the last one, if there was any.
pub(super) async fn restock(db: &mut TenantConn, after: i64, pieces: i64) -> Result<Option<i64>> {
    #[derive(QueryableByName)]
    struct Last {
        #[diesel(sql_type = Nullable<BigInt>)]
        last: Option<i64>,
    }
    let tenant = db.tenant_id();
    let filled: Last = diesel::sql_query(RESTOCK)
        .bind::<BigInt, _>(tenant)
        .bind::<BigInt, _>(after)
        .bind::<BigInt, _>(pieces)
        .get_result(db.conn())
        .await?;
    db.changed(Change::Everything);
    Ok(filled.last)
}

/// The range of items is a value before the update begins: joined to the rows themselves, a store that the planner takes for one row would be
/// read once per row.
const RESTOCK: &str = "with next as (
        select max(item_id) as last from (
            select item_id from inventory_levels where tenant_id = $1 and item_id > $2 order by item_id limit 20000) items),
    filled as (
        update inventory_levels set available = $3
        where tenant_id = $1 and item_id > $2 and item_id <= (select last from next) and available < $3 / 2)
    select last from next";
