//! What changes where a cart may go, and whom its bill names.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::carts::{
    self, CartSelectableAddressInput, CartSelectableAddressUpdateInput, MailingAddressInput,
};
use serde::Deserialize;

use super::payload::{
    CartBillingAddressUpdatePayload, CartDeliveryAddressesAddPayload, CartDeliveryAddressesRemovePayload,
    CartDeliveryAddressesReplacePayload, CartDeliveryAddressesUpdatePayload,
};

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Addresses {
    cart_id: String,
    addresses: Vec<CartSelectableAddressInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Update {
    cart_id: String,
    addresses: Vec<CartSelectableAddressUpdateInput>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Remove {
    cart_id: String,
    address_ids: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Billing {
    cart_id: String,
    billing_address: Option<MailingAddressInput>,
}

pub(super) fn register(registry: &mut Registry) {
    registry
        .mutation("cartBillingAddressUpdate", update_billing)
        .mutation("cartDeliveryAddressesAdd", add)
        .mutation("cartDeliveryAddressesRemove", remove)
        .mutation("cartDeliveryAddressesReplace", replace)
        .mutation("cartDeliveryAddressesUpdate", update);
}

async fn add(cx: &Cx, args: Addresses) -> Result<CartDeliveryAddressesAddPayload, Error> {
    Ok(carts::add_delivery_addresses(cx, &args.cart_id, &args.addresses).await?.into())
}

async fn remove(cx: &Cx, args: Remove) -> Result<CartDeliveryAddressesRemovePayload, Error> {
    Ok(carts::remove_delivery_addresses(cx, &args.cart_id, &args.address_ids).await?.into())
}

async fn replace(cx: &Cx, args: Addresses) -> Result<CartDeliveryAddressesReplacePayload, Error> {
    Ok(carts::replace_delivery_addresses(cx, &args.cart_id, &args.addresses).await?.into())
}

async fn update(cx: &Cx, args: Update) -> Result<CartDeliveryAddressesUpdatePayload, Error> {
    Ok(carts::update_delivery_addresses(cx, &args.cart_id, &args.addresses).await?.into())
}

async fn update_billing(cx: &Cx, args: Billing) -> Result<CartBillingAddressUpdatePayload, Error> {
    Ok(carts::update_billing_address(cx, &args.cart_id, args.billing_address.as_ref()).await?.into())
}
