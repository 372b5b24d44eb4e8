//! Lists of orders.

use mcom_data::{
    Cx, Result,
    page::{Page, PageArgs},
};
use mcom_schema::{Scope, id::CustomerId};

use super::{Order, OrderFilter, OrderTerm, query};

/// What orders can be sorted by; equal ones are in the order of their ids.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OrderSort {
    /// By when they were placed.
    #[default]
    ProcessedAt,
    /// By when they were written.
    CreatedAt,
    /// By the last change.
    UpdatedAt,
    /// By their number in the store.
    Number,
    /// By what they came to.
    TotalPrice,
    /// By their id.
    Id,
}

impl OrderSort {
    /// The name of the sort in cursors and in the contract's `OrderSortKeys`.
    pub const fn name(self) -> &'static str {
        match self {
            OrderSort::ProcessedAt => "PROCESSED_AT",
            OrderSort::CreatedAt => "CREATED_AT",
            OrderSort::UpdatedAt => "UPDATED_AT",
            OrderSort::Number => "ORDER_NUMBER",
            OrderSort::TotalPrice => "TOTAL_PRICE",
            OrderSort::Id => "ID",
        }
    }
}

/// Which orders, and in which order.
#[derive(Debug, Clone)]
pub struct OrderList {
    /// The order.
    pub sort: OrderSort,
    /// Only these; all if there is none.
    pub filter: Option<OrderFilter>,
    /// Which page.
    pub page: PageArgs,
}

/// One page of the orders.
///
/// # Errors
/// `Forbidden` without `read_orders`; refuses cursors of other lists.
pub async fn page(cx: &Cx, list: &OrderList) -> Result<Page<Order>> {
    cx.require(Scope::ReadOrders)?;
    cx.read(async |db| query::page(db, list).await).await
}

/// How many orders there are; of those that `filter` lets pass.
///
/// # Errors
/// `Forbidden` without `read_orders`; `Busy` or `Broken` if they cannot be counted.
pub async fn count(cx: &Cx, filter: Option<&OrderFilter>) -> Result<i64> {
    cx.require(Scope::ReadOrders)?;
    cx.read(async |db| query::count(db, filter).await).await
}

/// One page of a customer's orders. The asker has checked that they may be seen.
///
/// # Errors
/// Refuses cursors of other lists; `Busy` or `Broken` if they cannot be read.
pub async fn of_customer(cx: &Cx, customer: CustomerId, list: OrderList) -> Result<Page<Order>> {
    let filter = Some(theirs(customer, list.filter));
    let list = OrderList { filter, ..list };
    cx.read(async |db| query::page(db, &list).await).await
}

/// How many orders of a customer there are; of those that `filter` lets pass. The asker has checked that they may be seen.
///
/// # Errors
/// `Busy` or `Broken` if they cannot be counted.
pub async fn count_of_customer(cx: &Cx, customer: CustomerId, filter: Option<&OrderFilter>) -> Result<i64> {
    let filter = theirs(customer, filter.cloned());
    cx.read(async |db| query::count(db, Some(&filter)).await).await
}

/// Whatever else is asked for, only the orders of this customer.
fn theirs(customer: CustomerId, filter: Option<OrderFilter>) -> OrderFilter {
    let own = OrderFilter::Is(OrderTerm::Customer(customer.0));
    OrderFilter::All(std::iter::once(own).chain(filter).collect())
}
