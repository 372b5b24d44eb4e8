//! Orders by the ids under which their buyers were shown them.

use mcom_data::{Cx, Result};
use mcom_schema::{
    Gid,
    id::{CustomerAddressId, OrderId, gid},
};

use super::{ById, Order};
use crate::{Address, Mailing, proof};

/// What ids of postal addresses call those of orders.
pub(crate) const MODEL: &str = "OrderAddress";

/// Which of an order's addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrderAddress {
    /// Whom the bill names.
    Billing,
    /// Where it goes.
    Shipping,
}

impl OrderAddress {
    const fn name(self) -> &'static str {
        match self {
            OrderAddress::Billing => "billing",
            OrderAddress::Shipping => "shipping",
        }
    }
}

/// The public id of an order as its buyer sees it. It opens the order to be read: whoever has the cart's token alone, or hears the
/// confirmation number alone, cannot make it.
pub(crate) fn order_gid(id: OrderId, cart_token: &str, confirmation_number: &str) -> String {
    format!("{}?key={}", id.gid(), key(cart_token, confirmation_number))
}

fn key(cart_token: &str, confirmation_number: &str) -> String {
    proof::of("order", &[cart_token.as_bytes(), confirmation_number.as_bytes()])
}

impl Order {
    /// The public id as the buyer of the order sees it.
    pub fn gid(&self) -> String {
        order_gid(self.id, &self.cart_token, &self.confirmation_number)
    }

    /// One of its addresses as its buyer sees it, if it has such a one.
    pub fn mailing(&self, which: OrderAddress) -> Option<Mailing> {
        let address: &Address = match which {
            OrderAddress::Billing => self.billing_address.as_ref(),
            OrderAddress::Shipping => self.shipping_address.as_ref(),
        }?;
        let (number, part) = (gid(CustomerAddressId::KIND, self.id), which.name());
        let key = key(&self.cart_token, &self.confirmation_number);
        let id = format!("{number}?model_name={MODEL}&part={part}&key={key}");
        Some(Mailing { id, address: address.clone() })
    }
}

/// The order that was shown to its buyer under this id; `None` if the id does not carry its key.
///
/// # Errors
/// `Busy` or `Broken` if it cannot be read.
pub async fn shown(cx: &Cx, id: &str) -> Result<Option<Order>> {
    match Gid::parse(id).filter(|id| id.kind == OrderId::KIND) {
        Some(id) => opened(cx, &id).await,
        None => Ok(None),
    }
}

/// The address of an order under this id.
pub(crate) async fn shown_address(cx: &Cx, id: &Gid<'_>) -> Result<Option<Mailing>> {
    let Some(order) = opened(cx, id).await? else { return Ok(None) };
    let parts = [OrderAddress::Billing, OrderAddress::Shipping].into_iter();
    let named =
        parts.filter(|part| id.parameter("part") == Some(part.name())).find_map(|it| order.mailing(it));
    Ok(named)
}

/// The order with this number, if the id has its key.
async fn opened(cx: &Cx, id: &Gid<'_>) -> Result<Option<Order>> {
    let (Some(number), Some(given)) = (id.number(), id.parameter("key")) else { return Ok(None) };
    let order = cx.load::<ById>(OrderId(number)).await?;
    Ok(order.filter(|order| key(&order.cart_token, &order.confirmation_number) == given))
}
