//! A customer as they are kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_data::Result;
use mcom_schema::id::{CustomerAddressId, CustomerId};
use mcom_tables::{customer_addresses, customers};
use serde_json::Value;

use crate::Address;

/// Somebody who placed an order or opened an account.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = customers, check_for_backend(diesel::pg::Pg))]
pub struct Customer {
    pub(super) id: i64,
    /// As they wrote it last.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Given name.
    pub first_name: Option<String>,
    /// Family name.
    pub last_name: Option<String>,
    /// How many orders they placed.
    pub orders_count: i64,
    /// What they paid and did not get back, in minor units of the store's currency.
    pub spent_minor: i64,
    /// Whether the store may send them what they did not ask for.
    pub accepts_marketing: bool,
    /// What the merchant sorts them by.
    pub tags: Vec<String>,
    /// When they placed their first order, or opened their account.
    pub created_at: DateTime<Utc>,
    /// When something about them last changed.
    pub updated_at: DateTime<Utc>,
}

impl Customer {
    /// The customer's id.
    pub fn id(&self) -> CustomerId {
        CustomerId(self.id)
    }

    /// What to call them: their name, else their address.
    pub fn display_name(&self) -> String {
        let names: Vec<&str> =
            [&self.first_name, &self.last_name].into_iter().filter_map(|name| name.as_deref()).collect();
        if names.is_empty() { self.email.clone().unwrap_or_default() } else { names.join(" ") }
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = customer_addresses, check_for_backend(diesel::pg::Pg))]
pub(super) struct AddressRow {
    id: i64,
    pub(super) customer_id: i64,
    address: Value,
    pub(super) is_default: bool,
}

/// An address of an address book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedAddress {
    /// Its id.
    pub id: CustomerAddressId,
    /// The address.
    pub address: Address,
    /// Whether it is the one to begin with.
    pub is_default: bool,
}

impl AddressRow {
    pub(super) fn read(self) -> Result<SavedAddress> {
        Ok(SavedAddress {
            id: CustomerAddressId(self.id),
            address: serde_json::from_value(self.address)?,
            is_default: self.is_default,
        })
    }
}
