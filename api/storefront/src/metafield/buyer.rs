//! What belongs to a buyer: the checkout tells who and what it is, and has checked who asks; here is what a merchant added to it.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Record, Registry};
use mcom_schema::id::{CustomerId, OrderId};
use mcom_store::metafields::{Owner, OwnerKind};
use serde::Deserialize;

use super::HasMetafields;

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
    Ok(keys.iter().map(|key| OrderId::parse(&key.id).map(Order::of)).collect())
}

/// The owner, if it is a buyer's own: who sees what belongs to it sees it too.
pub(super) fn owner(of: Owner) -> Option<Arc<dyn Record>> {
    match of.kind {
        OwnerKind::Customer => Some(Customer::of(CustomerId(of.id))),
        OwnerKind::Order => Some(Order::of(OrderId(of.id))),
        _ => None,
    }
}

impl Customer {
    fn of(it: CustomerId) -> Arc<Self> {
        Arc::new(Customer { it, id: it.gid() })
    }
}

impl Order {
    fn of(it: OrderId) -> Arc<Self> {
        Arc::new(Order { it, id: it.gid() })
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
}
