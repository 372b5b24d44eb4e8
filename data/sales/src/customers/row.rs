//! A customer as it is kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_schema::id::CustomerId;
use mcom_tables::customers;

/// Somebody who placed an order.
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
    /// When they placed their first order.
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
