//! SQL of discounts.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text, Timestamptz},
};
use diesel_async::RunQueryDsl;
use mcom_data::{Prepare, Result, TenantConn, on_constraint};
use mcom_schema::{
    id::{CollectionId, DiscountId, ProductId},
    refuse,
};
use mcom_tables::{collection_products, discounts as d};

use super::{
    details::DiscountDetails,
    row::{Discount, DiscountRow, DiscountValues},
    uses::Buyer,
};

pub(super) async fn all(db: &mut TenantConn) -> Result<Vec<Discount>> {
    let rows: Vec<DiscountRow> = d::table
        .filter(d::tenant_id.eq(db.tenant_id()))
        .order((d::code_key.is_null(), d::id))
        .select(DiscountRow::as_select())
        .load(db.conn())
        .await?;
    rows.into_iter().map(DiscountRow::read).collect()
}

/// Those without a code, oldest first.
pub(super) async fn automatic(db: &mut TenantConn) -> Result<Vec<Discount>> {
    let rows: Vec<DiscountRow> = d::table
        .filter(d::tenant_id.eq(db.tenant_id()).and(d::code_key.is_null()))
        .order(d::id)
        .select(DiscountRow::as_select())
        .load(db.conn())
        .await?;
    rows.into_iter().map(DiscountRow::read).collect()
}

pub(super) async fn count_automatic(db: &mut TenantConn) -> Result<i64> {
    let mine = d::table.filter(d::tenant_id.eq(db.tenant_id()).and(d::code_key.is_null()));
    Ok(mine.count().get_result(db.conn()).await?)
}

/// The discounts that answer to these keys, and which of them this buyer has had.
pub(super) async fn by_codes(
    db: &mut TenantConn,
    keys: &[String],
    buyer: Buyer<'_>,
) -> Result<Vec<(Discount, bool)>> {
    let rows: Vec<DiscountRow> = d::table
        .filter(d::tenant_id.eq(db.tenant_id()).and(d::code_key.eq_any(keys)))
        .select(DiscountRow::as_select())
        .load(db.conn())
        .await?;
    let found = rows.into_iter().map(DiscountRow::read).collect::<Result<Vec<Discount>>>()?;
    let once: Vec<i64> = found.iter().filter(|it| it.details.once_per_customer).map(|it| it.id.0).collect();
    let had = if once.is_empty() { HashSet::new() } else { had_by(db, &once, buyer).await? };
    Ok(found.into_iter().map(|it| (had.contains(&it.id.0), it)).map(|(had, it)| (it, had)).collect())
}

/// Which of these discounts the buyer has had.
async fn had_by(db: &mut TenantConn, ids: &[i64], buyer: Buyer<'_>) -> Result<HashSet<i64>> {
    let rows: Vec<Id> = diesel::sql_query(HAD)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Text, _>(buyer.email_key())
        .bind::<Nullable<BigInt>, _>(buyer.customer.map(|id| id.0))
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

const HAD: &str = "select wanted.id from unnest($2) as wanted (id)
    where exists (select from discount_uses u where u.tenant_id = $1 and u.discount_id = wanted.id and u.email_key = $3)
    or exists (select from discount_uses u where u.tenant_id = $1 and u.customer_id = $4 and u.discount_id = wanted.id)";

#[derive(QueryableByName)]
struct Id {
    #[diesel(sql_type = BigInt)]
    id: i64,
}

/// In which of these collections these products are.
pub(super) async fn memberships(
    db: &mut TenantConn,
    products: &[i64],
    collections: &[i64],
) -> Result<HashSet<(CollectionId, ProductId)>> {
    use collection_products as m;
    let rows: Vec<(i64, i64)> = m::table
        .filter(m::tenant_id.eq(db.tenant_id()).and(m::product_id.eq_any(products)))
        .filter(m::collection_id.eq_any(collections))
        .select((m::collection_id, m::product_id))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(collection, product)| (CollectionId(collection), ProductId(product))).collect())
}

pub(super) async fn insert(
    db: &mut TenantConn,
    details: &DiscountDetails,
    now: DateTime<Utc>,
) -> Result<DiscountId> {
    let tenant = db.tenant_id();
    let id: i64 = diesel::insert_into(d::table)
        .values((
            d::tenant_id.eq(tenant),
            DiscountValues::of(details)?,
            d::created_at.eq(now),
            d::updated_at.eq(now),
        ))
        .returning(d::id)
        .get_result(db.conn())
        .await
        .map_err(taken)?;
    Ok(DiscountId(id))
}

pub(super) async fn update(
    db: &mut TenantConn,
    id: DiscountId,
    details: &DiscountDetails,
    now: DateTime<Utc>,
) -> Result<bool> {
    let tenant = db.tenant_id();
    let rows = diesel::update(d::table.find((tenant, id.0)))
        .set((DiscountValues::of(details)?, d::updated_at.eq(now)))
        .execute(db.conn())
        .await
        .map_err(taken)?;
    Ok(rows == 1)
}

fn taken(error: diesel::result::Error) -> mcom_data::Error {
    let is_title = matches!(
        &error,
        diesel::result::Error::DatabaseError(_, told) if told.constraint_name() == Some("discounts_title")
    );
    let refusal = if is_title {
        refuse("title", "TAKEN", "Title must be unique among the discounts without a code")
    } else {
        refuse("code", "TAKEN", "Code must be unique. Please try a different code")
    };
    on_constraint(if is_title { "discounts_title" } else { "discounts_code" }, refusal)(error)
}

pub(super) async fn delete(db: &mut TenantConn, id: DiscountId) -> Result<bool> {
    let tenant = db.tenant_id();
    Ok(diesel::delete(d::table.find((tenant, id.0))).execute(db.conn()).await? == 1)
}

/// Counts one use more of each of these discounts, and answers with those that still had one. Nobody else counts them until this
/// transaction ends.
pub(super) async fn count_use(db: &mut TenantConn, ids: &[i64]) -> Result<HashSet<i64>> {
    let rows: Vec<Id> = diesel::sql_query(COUNT_USE)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

// Locked in the order of their ids, so that two who want the same ones do not wait for each other.
const COUNT_USE: &str = "with locked as materialized (
        select id from discounts where tenant_id = $1 and id = any($2) and (usage_limit is null or used < usage_limit)
        order by id for no key update)
    update discounts d set used = d.used + 1 from locked where d.tenant_id = $1 and d.id = locked.id returning d.id";

/// Notes who has these discounts, and answers with those that this buyer may have.
pub(super) async fn insert_uses(
    db: &mut TenantConn,
    ids: &[i64],
    (checkout_id, buyer): (i64, Buyer<'_>),
    now: DateTime<Utc>,
) -> Result<HashSet<i64>> {
    let rows: Vec<Id> = diesel::sql_query(USE)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .bind::<Array<BigInt>, _>(ids)
        .bind::<Text, _>(buyer.email_key())
        .bind::<Nullable<BigInt>, _>(buyer.customer.map(|id| id.0))
        .bind::<Timestamptz, _>(now)
        .prepared()
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

const USE: &str = "insert into discount_uses (tenant_id, discount_id, checkout_id, email_key, customer_id, created_at)
    select $1, d.id, $2, $4, $5, $6 from discounts d
    where d.tenant_id = $1 and d.id = any($3) and not (d.once_per_customer and (
        exists (select from discount_uses u where u.tenant_id = $1 and u.discount_id = d.id and u.email_key = $4)
        or exists (select from discount_uses u where u.tenant_id = $1 and u.customer_id = $5 and u.discount_id = d.id)))
    returning discount_id as id";

/// Takes back what an attempt has had. A second time there is nothing left to take back.
pub(super) async fn end_uses(db: &mut TenantConn, checkout_id: i64) -> Result<()> {
    diesel::sql_query(END_USES)
        .bind::<BigInt, _>(db.tenant_id())
        .bind::<BigInt, _>(checkout_id)
        .prepared()
        .execute(db.conn())
        .await?;
    Ok(())
}

const END_USES: &str = "with ended as (
        delete from discount_uses where tenant_id = $1 and checkout_id = $2 returning discount_id),
    locked as materialized (
        select id from discounts where tenant_id = $1 and id = any(select discount_id from ended)
        order by id for no key update)
    update discounts d set used = d.used - 1 from locked where d.tenant_id = $1 and d.id = locked.id";
