//! Finding orders.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_sales::orders::{self, OrderFilter, OrderList, OrderSort};
use mcom_schema::id::OrderId;
use serde::Deserialize;

use super::{
    super::{
        count::Count,
        id::{self, IdArgs},
    },
    Order,
};
use crate::search;

mcom_kit::connection!(OrderConnection, OrderEdge of Order as "OrderConnection" "OrderEdge");

pub(super) fn register(registry: &mut Registry) {
    registry.query("order", one).query("orders", list).query("ordersCount", count).entity(entities);
}

/// What an order can be sorted by in a list.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SortKey {
    CreatedAt,
    Id,
    OrderNumber,
    ProcessedAt,
    UpdatedAt,
}

impl From<SortKey> for OrderSort {
    fn from(key: SortKey) -> Self {
        match key {
            SortKey::CreatedAt => OrderSort::CreatedAt,
            SortKey::Id => OrderSort::Id,
            SortKey::OrderNumber => OrderSort::Number,
            SortKey::ProcessedAt => OrderSort::ProcessedAt,
            SortKey::UpdatedAt => OrderSort::UpdatedAt,
        }
    }
}

/// Which orders are asked for.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(in super::super) struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<SortKey>,
}

#[derive(Deserialize)]
struct CountArgs {
    limit: Option<i64>,
    query: Option<String>,
}

async fn one(cx: &Cx, args: IdArgs) -> Result<Option<Arc<Order>>, Error> {
    Order::find(cx, id::order(&args.id)?).await
}

async fn list(cx: &Cx, args: ListArgs) -> Result<OrderConnection, Error> {
    page(cx, args, None).await
}

async fn count(cx: &Cx, args: CountArgs) -> Result<Count, Error> {
    let asked = search::read("ordersCount", args.query.as_deref(), cx.now())?;
    cx.remark(asked.remark);
    Ok(Count::up_to(args.limit, orders::count(cx, asked.filter.as_ref()).await?))
}

/// One page of the orders that `args` ask for, narrowed further by `only`.
///
/// # Errors
/// `Forbidden` without `read_orders`; refuses pages and queries that are too large.
pub(in super::super) async fn page(
    cx: &Cx,
    args: ListArgs,
    only: Option<OrderFilter>,
) -> Result<OrderConnection, Error> {
    let asked = search::read("orders", args.query.as_deref(), cx.now())?;
    cx.remark(asked.remark);
    let filter = match (asked.filter, only) {
        (Some(asked), Some(only)) => Some(OrderFilter::All(vec![only, asked])),
        (asked, only) => asked.or(only),
    };
    let sort = args.sort_key.map_or(OrderSort::ProcessedAt, Into::into);
    let found = orders::page(cx, &OrderList { sort, filter, page: args.paging.page()? }).await?;
    Ok(OrderConnection::of(found.map(Order::of)))
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<Order>>>, Error> {
    let ids: Vec<OrderId> = keys.iter().map(|key| id::order(&key.id)).collect::<Result<_, _>>()?;
    // Asked for at once, so that the loader fetches them together.
    futures_util::future::try_join_all(ids.into_iter().map(|id| Order::find(cx, id))).await
}
