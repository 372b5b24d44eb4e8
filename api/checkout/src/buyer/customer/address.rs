//! The address book of a customer.

use std::sync::Arc;

use mcom_kit::{Args, Cx, Error, Registry, connection::Paging, slice};
use mcom_sales::customers::{self, AddressesOf, CustomerAddressInput, Pass, SavedAddress};
use mcom_schema::{id::CustomerAddressId, refuse};
use serde::Deserialize;

use super::{
    super::address::MailingAddress,
    Customer,
    payload::{
        CustomerAddressCreatePayload, CustomerAddressDeletePayload, CustomerAddressUpdatePayload,
        CustomerDefaultAddressUpdatePayload, NotCarriedOut,
    },
};

mcom_kit::connection!(
    MailingAddressConnection, MailingAddressEdge of MailingAddress as "MailingAddressConnection" "MailingAddressEdge"
);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Create {
    address: CustomerAddressInput,
    customer_access_token: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    address: CustomerAddressInput,
    customer_access_token: String,
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Delete {
    customer_access_token: String,
    id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Choose {
    address_id: String,
    customer_access_token: String,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<Customer>().load("addresses", addresses).load("defaultAddress", default_address);
    registry
        .mutation("customerAddressCreate", create)
        .mutation("customerAddressDelete", delete)
        .mutation("customerAddressUpdate", update)
        .mutation("customerDefaultAddressUpdate", choose);
}

async fn addresses(cx: &Cx, customer: &Customer, args: Paging) -> Result<MailingAddressConnection, Error> {
    let keyed = |saved: &SavedAddress| (0, saved.id.0, show(saved, customer.pass.as_ref()));
    let book = book(cx, customer).await?.iter().map(keyed).collect();
    Ok(MailingAddressConnection::of(slice::page_of(book, "ID", &args.page()?)?))
}

async fn default_address(
    cx: &Cx,
    customer: &Customer,
    _: Args,
) -> Result<Option<Arc<MailingAddress>>, Error> {
    Ok(book(cx, customer)
        .await?
        .iter()
        .find(|saved| saved.is_default)
        .map(|saved| show(saved, customer.pass.as_ref())))
}

async fn book(cx: &Cx, customer: &Customer) -> Result<Arc<[SavedAddress]>, Error> {
    Ok(cx.load::<AddressesOf>(customer.it.id()).await?.unwrap_or_default())
}

/// Whoever has no pass of their own is shown an id by which the address is changed, but not found.
fn show(saved: &SavedAddress, pass: Option<&Pass>) -> Arc<MailingAddress> {
    let id = pass.map_or_else(|| saved.id.gid(), |pass| pass.address_gid(saved.id));
    Arc::new(MailingAddress::of(id, saved.address.clone()))
}

/// Shows an address to the customer who has just written it.
fn written(saved: &SavedAddress, token: &str) -> Option<Arc<MailingAddress>> {
    Some(show(saved, Some(&Pass::of_token(token))))
}

async fn create(cx: &Cx, args: Create) -> Result<CustomerAddressCreatePayload, NotCarriedOut> {
    let saved = customers::create_address(cx, &args.customer_access_token, &args.address).await?;
    let customer_address = written(&saved, &args.customer_access_token);
    Ok(CustomerAddressCreatePayload { customer_address, ..Default::default() })
}

async fn update(cx: &Cx, args: Update) -> Result<CustomerAddressUpdatePayload, NotCarriedOut> {
    let id = number("id", &args.id)?;
    let saved = customers::update_address(cx, &args.customer_access_token, id, &args.address).await?;
    let customer_address = written(&saved, &args.customer_access_token);
    Ok(CustomerAddressUpdatePayload { customer_address, ..Default::default() })
}

async fn delete(cx: &Cx, args: Delete) -> Result<CustomerAddressDeletePayload, NotCarriedOut> {
    customers::delete_address(cx, &args.customer_access_token, number("id", &args.id)?).await?;
    Ok(CustomerAddressDeletePayload { deleted_customer_address_id: Some(args.id), ..Default::default() })
}

async fn choose(cx: &Cx, args: Choose) -> Result<CustomerDefaultAddressUpdatePayload, NotCarriedOut> {
    let id = number("addressId", &args.address_id)?;
    let customer = customers::choose_default_address(cx, &args.customer_access_token, id).await?;
    let customer = Some(Customer::signed_in(customer, &args.customer_access_token));
    Ok(CustomerDefaultAddressUpdatePayload { customer, ..Default::default() })
}

/// Addresses of orders and carts are in no book.
fn number(field: &str, id: &str) -> Result<CustomerAddressId, Error> {
    let number = customers::saved_address_id(id);
    number.ok_or_else(|| refuse(field, "NOT_FOUND", "Address does not exist").into())
}
