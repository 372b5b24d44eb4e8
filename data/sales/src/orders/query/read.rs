//! Reading orders.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{
    prelude::*,
    sql_types::{Array, BigInt, Nullable, Text},
};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Error, Prepare, Result, TenantConn,
    page::{Page, Position},
};
use mcom_schema::id::OrderId;
use mcom_tables::{checkouts, order_lines, order_taxes, order_transactions, orders};
use serde_json::Value;

use super::super::{
    Order, OrderFilter, OrderOrigin,
    list::{OrderList, OrderSort},
    row::{LineRow, OrderRow, TransactionRow},
};
use crate::taxes::Taxes;

pub(in super::super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Order>> {
    let rows: Vec<OrderRow> = orders::table
        .filter(orders::tenant_id.eq(db.tenant_id()).and(orders::id.eq_any(ids)))
        .select(OrderRow::as_select())
        .load(db.conn())
        .await?;
    rows.into_iter().map(OrderRow::read).collect()
}

pub(in super::super) async fn exists(db: &mut TenantConn, id: OrderId) -> Result<bool> {
    let row = orders::table.find((db.tenant_id(), id.0));
    Ok(diesel::select(diesel::dsl::exists(row)).get_result(db.conn()).await?)
}

/// The order that an attempt became, and its confirmation number.
pub(crate) async fn of_checkout(db: &mut TenantConn, checkout_id: i64) -> Result<(OrderId, String)> {
    let found: Option<(i64, String)> = orders::table
        .filter(orders::tenant_id.eq(db.tenant_id()).and(orders::checkout_id.eq(checkout_id)))
        .select((orders::id, orders::confirmation_number))
        .first(db.conn())
        .await
        .optional()?;
    found.map(|(id, number)| (OrderId(id), number)).ok_or(Error::NotFound("order"))
}

/// The attempt that became this order.
pub(in super::super) async fn checkout_of(db: &mut TenantConn, id: OrderId) -> Result<Option<i64>> {
    let row = orders::table.find((db.tenant_id(), id.0)).select(orders::checkout_id);
    Ok(row.first(db.conn()).await.optional()?)
}

/// The order, so that nobody else changes it until this transaction ends.
pub(in super::super) async fn lock(db: &mut TenantConn, id: OrderId) -> Result<Option<OrderRow>> {
    let row = orders::table
        .find((db.tenant_id(), id.0))
        .select(OrderRow::as_select())
        .for_no_key_update()
        .first(db.conn())
        .await
        .optional()?;
    Ok(row)
}

pub(in super::super) async fn lines_of(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<LineRow>> {
    let rows = order_lines::table
        .filter(order_lines::tenant_id.eq(db.tenant_id()).and(order_lines::order_id.eq_any(ids)))
        .order((order_lines::order_id, order_lines::position))
        .select(LineRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

pub(in super::super) async fn taxes_of(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<OrderId, Taxes>> {
    use order_taxes as t;
    let rows: Vec<(i64, bool, i64, Value, Value)> = t::table
        .filter(t::tenant_id.eq(db.tenant_id()).and(t::order_id.eq_any(ids)))
        .select((t::order_id, t::included, t::total_minor, t::lines, t::shipping))
        .load(db.conn())
        .await?;
    let read = |(order, included, total_minor, lines, shipping)| {
        let (lines, shipping) = (serde_json::from_value(lines)?, serde_json::from_value(shipping)?);
        Ok((OrderId(order), Taxes { included, total_minor, lines, shipping }))
    };
    rows.into_iter().map(read).collect()
}

pub(in super::super) async fn transactions_of(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<Vec<TransactionRow>> {
    let mine = order_transactions::tenant_id.eq(db.tenant_id());
    let rows = order_transactions::table
        .filter(mine.and(order_transactions::order_id.eq_any(ids)))
        .order((order_transactions::order_id, order_transactions::id))
        .select(TransactionRow::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

/// Which attempts became these orders, by the secret names of the attempts.
pub(in super::super) async fn attempts_of(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<HashMap<OrderId, String>> {
    let rows: Vec<(i64, String)> = orders::table
        .inner_join(
            checkouts::table
                .on(checkouts::tenant_id.eq(orders::tenant_id).and(checkouts::id.eq(orders::checkout_id))),
        )
        .filter(orders::tenant_id.eq(db.tenant_id()).and(orders::id.eq_any(ids)))
        .select((orders::id, checkouts::attempt_id))
        .load(db.conn())
        .await?;
    Ok(rows.into_iter().map(|(id, attempt)| (OrderId(id), attempt)).collect())
}

#[derive(QueryableByName)]
struct OriginRow {
    #[diesel(sql_type = BigInt)]
    id: i64,
    #[diesel(sql_type = Nullable<Text>)]
    locale: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    source_name: Option<String>,
}

/// What the attempts said that became these orders.
pub(in super::super) async fn origins_of(
    db: &mut TenantConn,
    ids: &[i64],
) -> Result<HashMap<OrderId, OrderOrigin>> {
    let tenant = db.tenant_id();
    let rows: Vec<OriginRow> = diesel::sql_query(ORIGINS)
        .bind::<BigInt, _>(tenant)
        .bind::<Array<BigInt>, _>(ids)
        .prepared()
        .load(db.conn())
        .await?;
    let origin = |row: OriginRow| OrderOrigin { locale: row.locale, source_name: row.source_name };
    Ok(rows.into_iter().map(|row| (OrderId(row.id), origin(row))).collect())
}

const ORIGINS: &str =
    "select o.id, c.snapshot ->> 'locale' as locale, c.snapshot ->> 'source_name' as source_name
    from orders o join checkouts c on c.tenant_id = $1 and c.id = o.checkout_id
    where o.tenant_id = $1 and o.id = any($2)";

/// Key of the refund of this order that is still to be made.
pub(in super::super) async fn pending_refund(db: &mut TenantConn, id: OrderId) -> Result<Option<String>> {
    let waits = order_transactions::kind.eq("REFUND").and(order_transactions::status.eq("PENDING"));
    let key = order_transactions::table
        .filter(order_transactions::tenant_id.eq(db.tenant_id()).and(order_transactions::order_id.eq(id.0)))
        .filter(waits)
        .select(order_transactions::idempotency_key)
        .first(db.conn())
        .await
        .optional()?;
    Ok(key)
}

/// `$query` from where `$list` says, sorted by `$key` and then by id, as a page.
macro_rules! keyset {
    ($db:expr, $query:expr, $list:expr, $key:expr => $kind:ty, $of:expr) => {{
        let (name, args) = ($list.sort.name(), &$list.page);
        let mut query = $query;
        if let Some(at) = args.position::<$kind>(name)? {
            query = if args.descending() {
                query.filter($key.lt(at.key).or($key.eq(at.key).and(orders::id.lt(at.id))))
            } else {
                query.filter($key.gt(at.key).or($key.eq(at.key).and(orders::id.gt(at.id))))
            };
        }
        query = if args.descending() {
            query.order(($key.desc(), orders::id.desc()))
        } else {
            query.order(($key.asc(), orders::id.asc()))
        };
        let rows: Vec<OrderRow> = query.load($db.conn()).await?;
        let of = $of;
        Page::of(args, rows, |row: &OrderRow| Position { id: row.id, key: of(row) }.cursor(name))
    }};
}

/// What `$list` asks for, before it is sorted.
macro_rules! asked {
    ($db:expr, $list:expr) => {{
        let query = orders::table
            .filter(orders::tenant_id.eq($db.tenant_id()))
            .limit($list.page.limit())
            .select(OrderRow::as_select())
            .into_boxed();
        match &$list.filter {
            Some(filter) => query.filter(filter.clone()),
            None => query,
        }
    }};
}

pub(in super::super) async fn page(db: &mut TenantConn, list: &OrderList) -> Result<Page<Order>> {
    let page = match list.sort {
        OrderSort::ProcessedAt | OrderSort::CreatedAt | OrderSort::UpdatedAt => by_instant(db, list).await?,
        OrderSort::Number | OrderSort::TotalPrice | OrderSort::Id => by_number(db, list).await?,
    };
    let items: Result<Vec<_>> =
        page.items.into_iter().map(|(cursor, row)| Ok((cursor, row.read()?))).collect();
    Ok(Page { items: items?, has_next: page.has_next, has_previous: page.has_previous })
}

async fn by_instant(db: &mut TenantConn, list: &OrderList) -> Result<Page<OrderRow>> {
    let query = asked!(db, list);
    Ok(match list.sort {
        OrderSort::UpdatedAt => {
            keyset!(db, query, list, orders::updated_at => DateTime<Utc>, |row: &OrderRow| row.updated_at)
        }
        _ => keyset!(db, query, list, orders::created_at => DateTime<Utc>, |row: &OrderRow| row.created_at),
    })
}

async fn by_number(db: &mut TenantConn, list: &OrderList) -> Result<Page<OrderRow>> {
    let query = asked!(db, list);
    Ok(match list.sort {
        OrderSort::Number => keyset!(db, query, list, orders::number => i64, |row: &OrderRow| row.number),
        OrderSort::TotalPrice => {
            keyset!(db, query, list, orders::total_minor => i64, |row: &OrderRow| row.total_minor)
        }
        _ => keyset!(db, query, list, orders::id => i64, |row: &OrderRow| row.id),
    })
}

/// How many orders there are; of those that `filter` lets pass.
pub(in super::super) async fn count(db: &mut TenantConn, filter: Option<&OrderFilter>) -> Result<i64> {
    let mut query = orders::table.filter(orders::tenant_id.eq(db.tenant_id())).into_boxed();
    if let Some(filter) = filter {
        query = query.filter(filter.clone());
    }
    Ok(query.count().get_result(db.conn()).await?)
}
