//! What hangs off a list of orders, in batches. The asker has checked that the orders may be seen.

use std::{collections::HashMap, sync::Arc};

use mcom_data::{Cx, Result, load::Batch};
use mcom_schema::id::OrderId;

use super::{Fulfillment, Order, OrderLine, OrderOrigin, Transaction, query};
use crate::taxes::Taxes;

/// Orders by id.
pub struct ById;

impl Batch for ById {
    type Key = OrderId;
    type Value = Order;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, Order>> {
        let ids = numbers(&keys);
        let orders = cx.read(async |db| query::by_ids(db, &ids).await).await?;
        Ok(orders.into_iter().map(|order| (order.id, order)).collect())
    }
}

/// The lines of an order, in the order in which they were added.
pub struct LinesOf;

impl Batch for LinesOf {
    type Key = OrderId;
    type Value = Arc<[OrderLine]>;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, Arc<[OrderLine]>>> {
        let ids = numbers(&keys);
        let mut lines: HashMap<OrderId, Vec<OrderLine>> = HashMap::new();
        for row in cx.read(async |db| query::lines_of(db, &ids).await).await? {
            lines.entry(OrderId(row.order_id)).or_default().push(row.read()?);
        }
        Ok(lines.into_iter().map(|(order, lines)| (order, lines.into())).collect())
    }
}

/// What was sent of an order, oldest first.
pub struct FulfillmentsOf;

impl Batch for FulfillmentsOf {
    type Key = OrderId;
    type Value = Arc<[Fulfillment]>;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, Arc<[Fulfillment]>>> {
        let ids = numbers(&keys);
        let mut found: HashMap<OrderId, Vec<Fulfillment>> = HashMap::new();
        for sent in cx.read(async |db| query::fulfillments_of(db, &ids).await).await? {
            found.entry(sent.order).or_default().push(sent);
        }
        Ok(found.into_iter().map(|(order, sent)| (order, sent.into())).collect())
    }
}

/// The movements of an order's money, oldest first.
pub struct TransactionsOf;

impl Batch for TransactionsOf {
    type Key = OrderId;
    type Value = Arc<[Transaction]>;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, Arc<[Transaction]>>> {
        let ids = numbers(&keys);
        let mut found: HashMap<OrderId, Vec<Transaction>> = HashMap::new();
        for row in cx.read(async |db| query::transactions_of(db, &ids).await).await? {
            found.entry(OrderId(row.order_id)).or_default().push(row.read()?);
        }
        Ok(found.into_iter().map(|(order, transactions)| (order, transactions.into())).collect())
    }
}

/// What of an order is tax; nothing for orders of stores that charge none.
pub struct TaxesOf;

impl Batch for TaxesOf {
    type Key = OrderId;
    type Value = Arc<Taxes>;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, Arc<Taxes>>> {
        let ids = numbers(&keys);
        let found = cx.read(async |db| query::taxes_of(db, &ids).await).await?;
        Ok(found.into_iter().map(|(order, taxes)| (order, Arc::new(taxes))).collect())
    }
}

/// Where an order came from; nothing for orders that did not come from a cart.
pub struct OriginOf;

impl Batch for OriginOf {
    type Key = OrderId;
    type Value = OrderOrigin;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, OrderOrigin>> {
        let ids = numbers(&keys);
        cx.read(async |db| query::origins_of(db, &ids).await).await
    }
}

/// The secret name of the attempt that became an order: it opens the page that tells how the order stands.
pub struct AttemptOf;

impl Batch for AttemptOf {
    type Key = OrderId;
    type Value = String;

    async fn load(cx: &Cx, keys: Vec<OrderId>) -> Result<HashMap<OrderId, String>> {
        let ids = numbers(&keys);
        cx.read(async |db| query::attempts_of(db, &ids).await).await
    }
}

fn numbers(keys: &[OrderId]) -> Vec<i64> {
    keys.iter().map(|id| id.0).collect()
}
