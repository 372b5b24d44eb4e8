//! Who a cart belongs to, if its buyer has signed in.

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::customers;

use super::cart::BuyerIdentity;

/// A customer, as they see themselves.
pub struct Customer {
    it: customers::Customer,
}

mcom_kit::record!(Customer as "Customer" {
    "createdAt" = it.created_at,
    "displayName" => Customer::display_name,
    "email" = it.email,
    "firstName" = it.first_name,
    "id" => Customer::id,
    "lastName" = it.last_name,
    "numberOfOrders" => Customer::orders_count,
    "phone" = it.phone,
    "updatedAt" = it.updated_at,
});

pub(super) fn register(registry: &mut Registry) {
    registry.on::<BuyerIdentity>().load("customer", customer);
}

/// The cart's key has been checked: without it the identity is empty.
async fn customer(cx: &Cx, identity: &BuyerIdentity, _: Args) -> Result<Option<Customer>, Error> {
    match identity.0.customer {
        Some(id) => Ok(cx.load::<customers::ById>(id).await?.map(|it| Customer { it })),
        None => Ok(None),
    }
}

impl Customer {
    fn id(&self) -> String {
        self.it.id().gid()
    }

    fn display_name(&self) -> String {
        self.it.display_name()
    }

    fn orders_count(&self) -> String {
        self.it.orders_count.to_string()
    }
}
