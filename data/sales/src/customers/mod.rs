//! Customers: the people who placed orders, one per email address.

mod query;
mod row;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use mcom_data::{
    Cx, Result, TenantConn,
    load::Batch,
    page::{Page, PageArgs},
};
use mcom_schema::{
    Scope,
    id::{CustomerId, OrderId},
};

use crate::Address;

pub use row::Customer;

/// A customer.
///
/// # Errors
/// `Forbidden` without `read_customers`; `Busy` or `Broken` if it cannot be read.
pub async fn get(cx: &Cx, id: CustomerId) -> Result<Option<Customer>> {
    cx.require(Scope::ReadCustomers)?;
    cx.load::<ById>(id).await
}

/// Customers by id, in batches. The asker has checked that they may be seen.
pub struct ById;

impl Batch for ById {
    type Key = CustomerId;
    type Value = Customer;

    async fn load(cx: &Cx, keys: Vec<CustomerId>) -> Result<HashMap<CustomerId, Customer>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        let rows = cx.read(async |db| query::by_ids(db, &ids).await).await?;
        Ok(rows.into_iter().map(|customer| (customer.id(), customer)).collect())
    }
}

/// One page of the customers, by id.
///
/// # Errors
/// `Forbidden` without `read_customers`; refuses cursors of other lists.
pub async fn page(cx: &Cx, args: &PageArgs) -> Result<Page<Customer>> {
    cx.require(Scope::ReadCustomers)?;
    cx.read(async |db| query::page(db, args).await).await
}

/// The last order of each customer that placed one.
pub struct LastOrder;

impl Batch for LastOrder {
    type Key = CustomerId;
    type Value = OrderId;

    async fn load(cx: &Cx, keys: Vec<CustomerId>) -> Result<HashMap<CustomerId, OrderId>> {
        let ids: Vec<i64> = keys.iter().map(|id| id.0).collect();
        cx.read(async |db| query::last_orders(db, &ids).await).await
    }
}

/// Who buys, as the order knows them.
pub(crate) struct Buyer<'a> {
    pub(crate) email: &'a str,
    pub(crate) phone: Option<&'a str>,
    pub(crate) address: Option<&'a Address>,
    pub(crate) spent_minor: i64,
    pub(crate) now: DateTime<Utc>,
}

/// Finds the customer with this address or makes one, and counts the order.
pub(crate) async fn count_order(db: &mut TenantConn, buyer: &Buyer<'_>) -> Result<CustomerId> {
    query::count_order(db, buyer).await
}

/// Takes back what a cancelled order added to what its customer spent.
pub(crate) async fn count_refund(db: &mut TenantConn, id: i64, minor: i64, now: DateTime<Utc>) -> Result<()> {
    query::count_refund(db, id, minor, now).await
}
