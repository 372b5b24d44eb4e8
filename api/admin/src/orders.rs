//! Orders, of which this subgraph knows only that they are there.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::orders;
use mcom_schema::{Scope, id::OrderId};

use crate::id;

/// An order, which another subgraph knows more of.
pub struct Order {
    id: String,
}

mcom_kit::record!(Order as "Order" { "id" = id });

pub(crate) fn register(registry: &mut Registry) {
    registry.record::<Order>();
}

/// The order with this id.
///
/// # Errors
/// `Forbidden` without `read_orders`.
pub(crate) async fn find(cx: &Cx, text: &str) -> Result<Option<Arc<dyn Record>>, Error> {
    cx.require(Scope::ReadOrders)?;
    let id = id::read(OrderId::parse, text)?;
    let there = orders::exists(cx, id).await?;
    Ok(there.then(|| Arc::new(Order { id: id.gid() }) as Arc<dyn Record>))
}
