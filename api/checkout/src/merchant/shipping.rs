//! How an order is sent, and for how much.

use mcom_sales::orders::Order;
use mcom_schema::{Money, id::gid};

use super::money::MoneyBag;

/// The delivery option that the buyer chose, as it was then.
pub struct ShippingLine {
    id: String,
    title: String,
    code: String,
    price: Money,
}

mcom_kit::record!(ShippingLine as "ShippingLine" {
    "code" = code,
    "id" = id,
    "originalPrice" = price,
    "originalPriceSet" => ShippingLine::price_set,
    "price" => ShippingLine::price,
    "shippingRateHandle" = code,
    "title" = title,
});

mcom_kit::connection!(
    ShippingLineConnection, ShippingLineEdge of ShippingLine as "ShippingLineConnection" "ShippingLineEdge"
);

impl ShippingLine {
    /// How `order` is sent; none if nothing has to be.
    pub(super) fn of(order: &Order) -> Option<Self> {
        let it = order.shipping_line.as_ref()?;
        Some(ShippingLine {
            id: gid("ShippingLine", order.id),
            title: it.title.clone(),
            code: it.code.clone(),
            price: Money::new(it.price_minor, order.total.currency),
        })
    }

    fn price_set(&self) -> MoneyBag {
        self.price.into()
    }

    fn price(&self) -> String {
        self.price.decimal()
    }
}
