//! SQL of the customers.

pub(super) mod account;
pub(super) mod address;
pub(super) mod token;
pub(super) mod tries;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::{dsl::max, prelude::*, upsert::excluded};
use diesel_async::RunQueryDsl;
use mcom_data::{
    Prepare, Result, TenantConn,
    page::{Page, PageArgs, Position},
};
use mcom_schema::id::{CustomerId, OrderId};
use mcom_tables::{customers, orders};

use super::{Buyer, Customer};

pub(super) async fn by_ids(db: &mut TenantConn, ids: &[i64]) -> Result<Vec<Customer>> {
    let rows = customers::table
        .filter(customers::tenant_id.eq(db.tenant_id()).and(customers::id.eq_any(ids)))
        .select(Customer::as_select())
        .load(db.conn())
        .await?;
    Ok(rows)
}

pub(super) async fn page(db: &mut TenantConn, args: &PageArgs) -> Result<Page<Customer>> {
    let mut query = customers::table
        .filter(customers::tenant_id.eq(db.tenant_id()))
        .limit(args.limit())
        .select(Customer::as_select())
        .into_boxed();
    let after = args.position::<i64>("ID")?.map(|position| position.id);
    query = match (args.descending(), after) {
        (false, Some(id)) => query.filter(customers::id.gt(id)).order(customers::id.asc()),
        (false, None) => query.order(customers::id.asc()),
        (true, Some(id)) => query.filter(customers::id.lt(id)).order(customers::id.desc()),
        (true, None) => query.order(customers::id.desc()),
    };
    let rows = query.load(db.conn()).await?;
    Ok(Page::of(args, rows, |customer| Position { id: customer.id, key: customer.id }.cursor("ID")))
}

pub(super) async fn last_orders(db: &mut TenantConn, ids: &[i64]) -> Result<HashMap<CustomerId, OrderId>> {
    let rows: Vec<(Option<i64>, Option<i64>)> = orders::table
        .filter(orders::tenant_id.eq(db.tenant_id()).and(orders::customer_id.eq_any(ids)))
        .group_by(orders::customer_id)
        .select((orders::customer_id, max(orders::id)))
        .load(db.conn())
        .await?;
    Ok(rows
        .into_iter()
        .filter_map(|(customer, order)| Some((CustomerId(customer?), OrderId(order?))))
        .collect())
}

pub(super) async fn count_order(db: &mut TenantConn, buyer: &Buyer<'_>) -> Result<CustomerId> {
    let name = |part: fn(&crate::Address) -> Option<&str>| buyer.address.and_then(part);
    let id: i64 = diesel::insert_into(customers::table)
        .values((
            customers::tenant_id.eq(db.tenant_id()),
            customers::email.eq(buyer.email),
            customers::email_key.eq(buyer.email.to_lowercase()),
            customers::phone.eq(buyer.phone),
            customers::first_name.eq(name(|address| address.first_name.as_deref())),
            customers::last_name.eq(name(|address| address.last_name.as_deref())),
            customers::orders_count.eq(1),
            customers::spent_minor.eq(buyer.spent_minor),
            customers::created_at.eq(buyer.now),
            customers::updated_at.eq(buyer.now),
        ))
        .on_conflict((customers::tenant_id, customers::email_key))
        .do_update()
        .set((
            customers::orders_count.eq(customers::orders_count + 1),
            customers::spent_minor.eq(customers::spent_minor + excluded(customers::spent_minor)),
            customers::updated_at.eq(buyer.now),
        ))
        .returning(customers::id)
        .prepared()
        .get_result(db.conn())
        .await?;
    Ok(CustomerId(id))
}

/// The same for a customer who is known. `false` if there is no such customer any more.
pub(super) async fn count_order_of(db: &mut TenantConn, id: CustomerId, buyer: &Buyer<'_>) -> Result<bool> {
    let rows = diesel::update(customers::table.find((db.tenant_id(), id.0)))
        .set((
            customers::orders_count.eq(customers::orders_count + 1),
            customers::spent_minor.eq(customers::spent_minor + buyer.spent_minor),
            customers::updated_at.eq(buyer.now),
        ))
        .execute(db.conn())
        .await?;
    Ok(rows == 1)
}

pub(super) async fn count_refund(db: &mut TenantConn, id: i64, minor: i64, now: DateTime<Utc>) -> Result<()> {
    diesel::update(customers::table.find((db.tenant_id(), id)))
        .set((customers::spent_minor.eq(customers::spent_minor - minor), customers::updated_at.eq(now)))
        .execute(db.conn())
        .await?;
    Ok(())
}
