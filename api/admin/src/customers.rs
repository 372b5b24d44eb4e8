//! Customers: who bought something.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry, connection::Paging};
use mcom_sales::customers;
use mcom_schema::{Currency, Money, id::CustomerId};
use mcom_store::settings;

use crate::id::{self, IdArgs};

/// Someone who bought something.
pub struct Customer {
    it: customers::Customer,
    currency: Currency,
}

mcom_kit::record!(Customer as "Customer" {
    "amountSpent" => Customer::amount_spent,
    "createdAt" = it.created_at,
    "defaultEmailAddress" => Customer::email_address,
    "defaultPhoneNumber" => Customer::phone_number,
    "displayName" => Customer::display_name,
    "email" = it.email,
    "firstName" = it.first_name,
    "id" => Customer::gid,
    "lastName" = it.last_name,
    "legacyResourceId" => Customer::number,
    "numberOfOrders" => Customer::orders_count,
    "phone" = it.phone,
    "updatedAt" = it.updated_at,
});

mcom_kit::connection!(CustomerConnection, CustomerEdge of Customer as "CustomerConnection" "CustomerEdge");

/// An e-mail address of a customer.
pub struct CustomerEmailAddress {
    email_address: String,
}

mcom_kit::record!(CustomerEmailAddress as "CustomerEmailAddress" { "emailAddress" = email_address });

/// A telephone number of a customer.
pub struct CustomerPhoneNumber {
    phone_number: String,
}

mcom_kit::record!(CustomerPhoneNumber as "CustomerPhoneNumber" { "phoneNumber" = phone_number });

pub(crate) fn register(registry: &mut Registry) {
    registry.query("customer", one).query("customers", list).entity(entities);
}

impl Customer {
    fn of(it: customers::Customer, currency: Currency) -> Arc<Self> {
        Arc::new(Customer { it, currency })
    }

    fn amount_spent(&self) -> Money {
        Money::new(self.it.spent_minor, self.currency)
    }

    fn email_address(&self) -> Option<CustomerEmailAddress> {
        Some(CustomerEmailAddress { email_address: self.it.email.clone()? })
    }

    fn phone_number(&self) -> Option<CustomerPhoneNumber> {
        Some(CustomerPhoneNumber { phone_number: self.it.phone.clone()? })
    }

    fn display_name(&self) -> String {
        self.it.display_name()
    }

    fn gid(&self) -> String {
        self.it.id().gid()
    }

    fn number(&self) -> String {
        self.it.id().to_string()
    }

    fn orders_count(&self) -> String {
        self.it.orders_count.to_string()
    }
}

async fn one(cx: &Cx, args: IdArgs) -> Result<Option<Arc<Customer>>, Error> {
    find(cx, id::read(CustomerId::parse, &args.id)?).await
}

async fn list(cx: &Cx, args: Paging) -> Result<CustomerConnection, Error> {
    let found = customers::page(cx, &args.page()?).await?;
    let currency = settings::get(cx).await?.currency;
    Ok(CustomerConnection::of(found.map(|it| Customer::of(it, currency))))
}

/// The customer with this id.
///
/// # Errors
/// `Forbidden` without `read_customers`.
pub(crate) async fn find(cx: &Cx, id: CustomerId) -> Result<Option<Arc<Customer>>, Error> {
    let Some(it) = customers::get(cx, id).await? else { return Ok(None) };
    Ok(Some(Customer::of(it, settings::get(cx).await?.currency)))
}

async fn entities(cx: &Cx, keys: Vec<IdArgs>) -> Result<Vec<Option<Arc<Customer>>>, Error> {
    let ids: Vec<CustomerId> =
        keys.iter().map(|key| id::read(CustomerId::parse, &key.id)).collect::<Result<_, _>>()?;
    // Asked for at once, so that the loader fetches them together.
    futures_util::future::try_join_all(ids.into_iter().map(|id| find(cx, id))).await
}
