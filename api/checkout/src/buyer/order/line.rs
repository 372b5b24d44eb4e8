//! What was bought, as it was then, and what it is a piece of now.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_sales::orders::{LinesOf, OrderLine};
use mcom_schema::{Currency, Money};

use super::{
    super::{
        attribute::{self, Attribute},
        line::Merchandise,
    },
    Order,
};

/// So many of one variant.
pub struct OrderLineItem {
    it: OrderLine,
    currency: Currency,
    cancelled: bool,
}

mcom_kit::record!(OrderLineItem as "OrderLineItem" {
    "currentQuantity" => OrderLineItem::current_quantity,
    "customAttributes" => OrderLineItem::attributes,
    "discountedTotalPrice" => OrderLineItem::total,
    "originalTotalPrice" => OrderLineItem::total,
    "quantity" = it.quantity,
    "title" = it.title,
    "variant" => OrderLineItem::variant,
});

mcom_kit::connection!(
    OrderLineItemConnection, OrderLineItemEdge of OrderLineItem as "OrderLineItemConnection" "OrderLineItemEdge"
);

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Order>().load("lineItems", lines);
}

async fn lines(cx: &Cx, order: &Order, args: Paging) -> Result<OrderLineItemConnection, Error> {
    let lines = cx.load::<LinesOf>(order.it.id).await?.unwrap_or_default();
    let (currency, cancelled) = (order.it.total.currency, order.it.cancelled_at.is_some());
    let keyed =
        |it: &OrderLine| (0, it.id.0, Arc::new(OrderLineItem { it: it.clone(), currency, cancelled }));
    let page = slice::page_of(lines.iter().map(keyed).collect(), "ID", &args.page()?)?;
    Ok(OrderLineItemConnection::of(page))
}

impl OrderLineItem {
    fn current_quantity(&self) -> i64 {
        if self.cancelled { 0 } else { self.it.quantity }
    }

    fn attributes(&self) -> Vec<Attribute> {
        attribute::all(&self.it.attributes)
    }

    fn total(&self) -> Money {
        Money::new(self.it.total_minor, self.currency)
    }

    fn variant(&self) -> Option<Merchandise> {
        self.it.variant.map(Merchandise::of)
    }
}
