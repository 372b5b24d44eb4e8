//! What belongs to a buyer: the checkout tells who and what it is, and has checked who asks; here is what a merchant added to it.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_sales::orders;
use mcom_schema::{
    Gid,
    id::{CustomerId, MetafieldId, OrderId, gid},
};
use mcom_store::metafields::{Owner, OwnerKind};
use serde::Deserialize;

use super::HasMetafields;
use crate::buyer::Cart;

/// A customer, of whom the checkout tells the rest.
pub struct Customer {
    it: CustomerId,
    id: String,
}

mcom_kit::record!(Customer as "Customer" { "id" = id });

/// An order, of which the checkout tells the rest.
pub struct Order {
    it: OrderId,
    id: String,
}

mcom_kit::record!(Order as "Order" { "id" = id });

#[derive(Deserialize)]
struct ById {
    id: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.entity(customers).entity(orders);
}

async fn customers(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Customer>>>, Error> {
    Ok(keys.iter().map(|key| CustomerId::parse(&key.id).map(Customer::of)).collect())
}

async fn orders(_: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Order>>>, Error> {
    Ok(keys.into_iter().map(|key| OrderId::parse(&key.id).map(|it| Order::of(it, key.id))).collect())
}

/// The owner, if it is a buyer's own: who sees what belongs to it sees it too, under the id by which it was shown.
pub(super) fn owner(of: Owner, shown_as: Option<&str>) -> Option<Arc<dyn Record>> {
    match (of.kind, shown_as) {
        (OwnerKind::Customer, _) => Some(Customer::of(CustomerId(of.id))),
        (OwnerKind::Order, Some(id)) => Some(Order::of(OrderId(of.id), id.to_owned())),
        (OwnerKind::Cart, Some(id)) => Some(Cart::of(id.to_owned())),
        _ => None,
    }
}

/// The public id of a field of this owner: an order's carries what opens the order.
pub(super) fn id_of(field: MetafieldId, owner: Owner, shown_as: Option<&str>) -> String {
    let key = shown_as.and_then(Gid::parse).and_then(|id| id.parameter("key"));
    match (owner.kind, key) {
        (OwnerKind::Order, Some(key)) => format!("{}?order={}&key={key}", field.gid(), owner.id),
        _ => field.gid(),
    }
}

/// The order that the id of a field opens, and the number of the field.
pub(super) async fn order_of(cx: &Cx, field: &str) -> Result<Option<(Arc<Order>, MetafieldId)>, Error> {
    let (Some(id), Some(number)) = (Gid::parse(field), MetafieldId::parse(field)) else { return Ok(None) };
    let (Some(order), Some(key)) = (id.parameter("order"), id.parameter("key")) else { return Ok(None) };
    let order = orders::shown(cx, &format!("{}?key={key}", gid(OrderId::KIND, order))).await?;
    Ok(order.map(|order| (Order::of(order.id, order.gid()), number)))
}

impl Customer {
    fn of(it: CustomerId) -> Arc<Self> {
        Arc::new(Customer { it, id: it.gid() })
    }
}

impl Order {
    /// The order `it`, with the id under which its buyer was shown it.
    pub(crate) fn of(it: OrderId, id: String) -> Arc<Self> {
        Arc::new(Order { it, id })
    }
}

impl HasMetafields for Customer {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Customer, id: self.it.0 }
    }
}

impl HasMetafields for Order {
    fn owner(&self, _: &Cx) -> Owner {
        Owner { kind: OwnerKind::Order, id: self.it.0 }
    }

    fn shown_as(&self) -> Option<&str> {
        Some(&self.id)
    }
}
