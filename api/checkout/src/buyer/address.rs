//! Postal addresses, in the two types that the API has for them.

use std::sync::Arc;

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::{
    Address, Mailing,
    carts::{CartAddress, CartView},
};
use serde::Deserialize;

use super::cart::ById;

/// An address on a cart.
pub struct DeliveryAddress {
    address: Address,
}

mcom_kit::record!(DeliveryAddress as "CartDeliveryAddress" {
    "address1" = address.address1,
    "address2" = address.address2,
    "city" = address.city,
    "company" = address.company,
    "countryCode" = address.country_code,
    "firstName" = address.first_name,
    "formattedArea" => DeliveryAddress::area,
    "lastName" = address.last_name,
    "latitude" => DeliveryAddress::unmeasured,
    "longitude" => DeliveryAddress::unmeasured,
    "name" => DeliveryAddress::name,
    "phone" = address.phone,
    "provinceCode" = address.province_code,
    "zip" = address.zip,
});

/// A postal address: where a group of goods goes, where a customer lives.
pub struct MailingAddress {
    id: String,
    address: Address,
}

mcom_kit::record!(MailingAddress as "MailingAddress" {
    "address1" = address.address1,
    "address2" = address.address2,
    "city" = address.city,
    "company" = address.company,
    "country" => MailingAddress::country,
    "countryCode" => MailingAddress::country_code,
    "countryCodeV2" => MailingAddress::country_code,
    "firstName" = address.first_name,
    "formattedArea" => MailingAddress::area,
    "id" = id,
    "lastName" = address.last_name,
    "latitude" => MailingAddress::unmeasured,
    "longitude" => MailingAddress::unmeasured,
    "name" => MailingAddress::name,
    "phone" = address.phone,
    "province" => MailingAddress::province,
    "provinceCode" => MailingAddress::province_code,
    "zip" = address.zip,
});

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Format {
    with_company: Option<bool>,
    with_name: Option<bool>,
}

pub(super) fn register(registry: &mut Registry) {
    registry.on::<DeliveryAddress>().field("formatted", delivery_lines);
    registry.on::<MailingAddress>().field("formatted", mailing_lines);
    registry.entity(entities);
}

async fn entities(cx: &Cx, keys: Vec<ById>) -> Result<Vec<Option<Arc<MailingAddress>>>, Error> {
    let mut found = Vec::with_capacity(keys.len());
    for key in keys {
        found.push(mcom_sales::mailing(cx, &key.id).await?.map(|it| Arc::new(it.into())));
    }
    Ok(found)
}

fn delivery_lines(_: &Cx, it: &DeliveryAddress, format: &Format) -> Result<Vec<String>, Error> {
    Ok(format.lines(&it.address))
}

fn mailing_lines(_: &Cx, it: &MailingAddress, format: &Format) -> Result<Vec<String>, Error> {
    Ok(format.lines(&it.address))
}

impl Format {
    fn lines(&self, address: &Address) -> Vec<String> {
        address.formatted(self.with_name.unwrap_or_default(), self.with_company.unwrap_or_default())
    }
}

impl DeliveryAddress {
    /// Shows an address of a cart.
    pub(super) fn of(address: Address) -> Self {
        DeliveryAddress { address }
    }

    /// Where it is on a map is not looked up.
    fn unmeasured(&self) -> Option<f64> {
        None
    }

    fn area(&self) -> Option<String> {
        self.address.formatted_area()
    }

    fn name(&self) -> Option<String> {
        self.address.name()
    }
}

impl MailingAddress {
    /// Shows an address.
    pub(super) fn of(id: String, address: Address) -> Self {
        MailingAddress { id, address }
    }

    /// Shows an address of a cart.
    pub(super) fn of_cart(cart: &CartView, address: &CartAddress) -> Self {
        MailingAddress::of(cart.mailing_gid(address), address.address.clone())
    }

    /// Where it is on a map is not looked up.
    fn unmeasured(&self) -> Option<f64> {
        None
    }

    fn country(&self) -> Option<&str> {
        self.address.country()
    }

    /// What a buyer wrote and is no country has no code.
    fn country_code(&self) -> Option<&str> {
        self.address.country().and(self.address.country_code.as_deref())
    }

    fn province(&self) -> Option<&str> {
        self.address.province()
    }

    /// What is too long to be a code is a name.
    fn province_code(&self) -> Option<&str> {
        self.address.province_code.as_deref().filter(|code| code.len() <= 3)
    }

    fn area(&self) -> Option<String> {
        self.address.formatted_area()
    }

    fn name(&self) -> Option<String> {
        self.address.name()
    }
}

impl From<Mailing> for MailingAddress {
    fn from(it: Mailing) -> Self {
        MailingAddress::of(it.id, it.address)
    }
}
