//! What was bought, as it was then, and what it is a piece of now.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging, slice};
use mcom_sales::{
    discounts::AppliedDiscount,
    orders::{LinesOf, OrderLine},
};
use mcom_schema::{Currency, Money, id::LineItemId};

use super::{
    super::{
        attribute::{self, Attribute},
        discount::{self, OrderAllocation},
        line::Merchandise,
    },
    Order,
};

/// So many of one variant.
pub struct OrderLineItem {
    it: OrderLine,
    discounts: Arc<[AppliedDiscount]>,
    currency: Currency,
    cancelled: bool,
    /// Its place among the order's lines.
    place: usize,
}

mcom_kit::record!(OrderLineItem as "OrderLineItem" {
    "currentQuantity" => OrderLineItem::current_quantity,
    "customAttributes" => OrderLineItem::attributes,
    "discountAllocations" => OrderLineItem::discounts,
    "discountedTotalPrice" => OrderLineItem::discounted,
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
    let keyed = all(cx, order).await?.into_iter().map(|(id, line)| (0, id.0, line)).collect();
    Ok(OrderLineItemConnection::of(slice::page_of(keyed, "ID", &args.page()?)?))
}

/// Every line of an order, with its id.
pub(super) async fn all(cx: &Cx, order: &Order) -> Result<Vec<(LineItemId, Arc<OrderLineItem>)>, Error> {
    let lines = cx.load::<LinesOf>(order.it.id).await?.unwrap_or_default();
    let (currency, cancelled) = (order.it.total.currency, order.it.cancelled_at.is_some());
    let shown = |(place, it): (usize, &OrderLine)| OrderLineItem {
        it: it.clone(),
        discounts: order.it.discounts.clone(),
        currency,
        cancelled,
        place,
    };
    let keyed = |(place, it): (usize, &OrderLine)| (it.id, Arc::new(shown((place, it))));
    Ok(lines.iter().enumerate().map(keyed).collect())
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

    fn discounted(&self) -> Money {
        let off: i64 = self.discounts.iter().map(|discount| discount.off_line(self.place)).sum();
        Money::new(self.it.total_minor - off, self.currency)
    }

    fn discounts(&self) -> Vec<OrderAllocation> {
        discount::off_place((&self.discounts, self.currency), |it| it.off_line(self.place))
    }

    fn variant(&self) -> Option<Merchandise> {
        self.it.variant.map(Merchandise::of)
    }
}
