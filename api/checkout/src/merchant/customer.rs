//! A customer as far as their orders go; the rest is known elsewhere.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::{
    customers::LastOrder,
    orders::{OrderFilter, OrderTerm},
};
use mcom_schema::{id::CustomerId, refuse};

use super::{
    id::IdArgs,
    order::{self, ListArgs, Order, OrderConnection},
};

/// Someone who bought something.
pub struct Customer {
    number: CustomerId,
    id: String,
}

mcom_kit::record!(Customer as "Customer" { "id" = id });

pub(super) fn register(registry: &mut Registry) {
    registry.entity(entities);
    registry.on::<Customer>().load("lastOrder", last_order).load("orders", orders);
}

impl Customer {
    /// The customer with this id.
    pub(super) fn of(number: CustomerId) -> Self {
        Customer { number, id: number.gid() }
    }
}

async fn last_order(cx: &Cx, customer: &Customer, _: Args) -> Result<Option<Arc<Order>>, Error> {
    match cx.load::<LastOrder>(customer.number).await? {
        Some(id) => Order::find(cx, id).await,
        None => Ok(None),
    }
}

async fn orders(cx: &Cx, customer: &Customer, args: ListArgs) -> Result<OrderConnection, Error> {
    let theirs = OrderFilter::Is(OrderTerm::Customer(customer.number.0));
    order::page(cx, args, Some(theirs)).await
}

/// Whether a customer exists is for the subgraph that owns them to say; here an unknown one has no orders.
async fn entities(_: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<Customer>>>, Error> {
    let customer = |key: IdArgs| {
        let wrong = || refuse("id", "INVALID", format!("Invalid global id '{}'", key.id));
        Ok(Some(Arc::new(Customer::of(CustomerId::parse(&key.id).ok_or_else(wrong)?))))
    };
    keys.into_iter().map(customer).collect()
}
