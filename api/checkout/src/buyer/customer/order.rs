//! What a customer bought.

use std::sync::Arc;

use mcom_kit::{Asked, Cx, Error, Registry, connection::Paging};
use mcom_sales::orders::{self, OrderList, OrderSort};
use serde::Deserialize;

use super::{
    super::order::{self, Order},
    Customer,
};
use crate::search;

mcom_kit::connection!(OrderConnection, OrderEdge of Order as "OrderConnection" "OrderEdge" {
    "totalCount" = total_count: String,
});

/// What a customer's orders can be sorted by.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum SortKey {
    Id,
    ProcessedAt,
    Relevance,
    TotalPrice,
}

impl From<SortKey> for OrderSort {
    fn from(key: SortKey) -> Self {
        match key {
            // All that meet a query do so equally.
            SortKey::Id | SortKey::Relevance => OrderSort::Id,
            SortKey::ProcessedAt => OrderSort::ProcessedAt,
            SortKey::TotalPrice => OrderSort::TotalPrice,
        }
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListArgs {
    #[serde(flatten)]
    paging: Paging,
    query: Option<String>,
    sort_key: Option<SortKey>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Customer>().load("orders", list);
    order::register(registry);
}

async fn list(cx: &Cx, customer: &Customer, asked: Asked<ListArgs>) -> Result<OrderConnection, Error> {
    let Asked { args, selection } = asked;
    let sought = search::read("orders", args.query.as_deref(), cx.now())?;
    cx.remark(sought.remark);
    let total_count = match selection.has("totalCount") {
        true => orders::count_of_customer(cx, customer.it.id(), sought.filter.as_ref()).await?,
        false => 0,
    };
    let sort = args.sort_key.map_or(OrderSort::Id, Into::into);
    let list = OrderList { sort, filter: sought.filter, page: args.paging.page()? };
    let found = orders::of_customer(cx, customer.it.id(), list).await?;
    let shown = OrderConnection::of(found.map(|order| Arc::new(Order::of(order))));
    Ok(OrderConnection { total_count: total_count.to_string(), ..shown })
}
