//! Where an order goes and whom its bill names.

use mcom_kit::{Cx, Error, Registry};
use mcom_sales::Address;
use mcom_schema::id::{OrderId, gid};
use serde::Deserialize;

/// A postal address of an order.
pub struct MailingAddress {
    it: Address,
    id: String,
}

mcom_kit::record!(MailingAddress as "MailingAddress" {
    "address1" = it.address1,
    "address2" = it.address2,
    "city" = it.city,
    "company" = it.company,
    "countryCode" = it.country_code,
    "countryCodeV2" = it.country_code,
    "firstName" = it.first_name,
    "formattedArea" => MailingAddress::area,
    "id" = id,
    "lastName" = it.last_name,
    "name" => MailingAddress::name,
    "phone" = it.phone,
    "provinceCode" = it.province_code,
    "zip" = it.zip,
});

pub(super) fn register(registry: &mut Registry) {
    registry.on::<MailingAddress>().field("formatted", formatted);
}

impl MailingAddress {
    /// An address of an order; `part` tells its addresses apart.
    pub(super) fn of(order: OrderId, part: &str, it: &Address) -> Self {
        let id = format!("{}?part={part}", gid("MailingAddress", order));
        MailingAddress { it: it.clone(), id }
    }

    fn area(&self) -> Option<String> {
        self.it.formatted_area()
    }

    fn name(&self) -> Option<String> {
        self.it.name()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Lines {
    with_company: Option<bool>,
    with_name: Option<bool>,
}

fn formatted(_: &Cx, address: &MailingAddress, args: &Lines) -> Result<Vec<String>, Error> {
    Ok(address.it.formatted(args.with_name.unwrap_or(false), args.with_company.unwrap_or(true)))
}
