//! Customers as they see themselves: who they are, where they live, what they bought.

mod account;
mod address;
mod order;
mod password;
mod payload;
mod session;

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry};
use mcom_sales::customers::{self, Pass};
use mcom_schema::id::CustomerId;
use serde::Deserialize;

use super::cart::{BuyerIdentity, ById};

/// A customer.
pub struct Customer {
    pub(super) it: customers::Customer,
    /// How whoever asks came to see them.
    pass: Option<Pass>,
}

mcom_kit::record!(Customer as "Customer" {
    "acceptsMarketing" = it.accepts_marketing,
    "createdAt" = it.created_at,
    "displayName" => Customer::display_name,
    "email" = it.email,
    "firstName" = it.first_name,
    "id" => Customer::id,
    "lastName" = it.last_name,
    "numberOfOrders" => Customer::orders_count,
    "phone" = it.phone,
    "tags" = it.tags,
    "updatedAt" = it.updated_at,
});

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct SignedIn {
    customer_access_token: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.query("customer", customer).entity(entities);
    registry.on::<BuyerIdentity>().load("customer", buyer);
    account::register(registry);
    address::register(registry);
    order::register(registry);
    password::register(registry);
    session::register(registry);
}

async fn customer(cx: &Cx, args: SignedIn) -> Result<Option<Arc<Customer>>, Error> {
    let token = &args.customer_access_token;
    Ok(customers::signed_in(cx, token).await?.map(|it| Customer::signed_in(it, token)))
}

/// The gateway comes back here from what belongs to a customer, and showed that to nobody else.
async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<Customer>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.push(match CustomerId::parse(&key.id) {
            Some(id) => cx.load::<customers::ById>(id).await?.map(Customer::of),
            None => None,
        });
    }
    Ok(found)
}

/// The cart's key has been checked: without it the identity is empty.
async fn buyer(cx: &Cx, identity: &BuyerIdentity, _: Args) -> Result<Option<Arc<Customer>>, Error> {
    match identity.cart.identity.customer {
        Some(id) => {
            let found = cx.load::<customers::ById>(id).await?;
            Ok(found.map(|it| Arc::new(Customer { it, pass: Pass::of_cart(&identity.cart) })))
        }
        None => Ok(None),
    }
}

impl Customer {
    /// Shows a customer to whoever may see them.
    fn of(it: customers::Customer) -> Arc<Self> {
        Arc::new(Customer { it, pass: None })
    }

    /// Shows a customer to themselves: they hold this access token.
    fn signed_in(it: customers::Customer, token: &str) -> Arc<Self> {
        Arc::new(Customer { it, pass: Some(Pass::of_token(token)) })
    }

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
