//! How an order is sent, and for how much.

use mcom_sales::orders::Order;
use mcom_schema::{
    Money,
    id::{OrderId, gid},
};

use super::money::{Currencies, MoneyBag};

/// The delivery option that the buyer chose, as it was then.
pub struct ShippingLine {
    id: String,
    order: OrderId,
    title: String,
    code: String,
    price_minor: i64,
    currencies: Currencies,
}

mcom_kit::record!(ShippingLine as "ShippingLine" {
    "code" = code,
    "id" = id,
    "originalPrice" => ShippingLine::original_price,
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
            order: order.id,
            title: it.title.clone(),
            code: it.code.clone(),
            price_minor: it.price_minor,
            currencies: Currencies::of(order),
        })
    }

    /// The order that is sent.
    pub(super) fn order(&self) -> OrderId {
        self.order
    }

    /// What its amounts are in.
    pub(super) fn currencies(&self) -> Currencies {
        self.currencies
    }

    fn original_price(&self) -> Money {
        self.currencies.money(self.price_minor)
    }

    fn price_set(&self) -> MoneyBag {
        self.currencies.bag(self.price_minor)
    }

    fn price(&self) -> String {
        self.currencies.decimal(self.price_minor)
    }
}
