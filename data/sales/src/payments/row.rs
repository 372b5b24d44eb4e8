//! A payment as it is kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_data::{Error, Result};
use mcom_schema::{Currency, Money};
use mcom_tables::payments;

use super::PaymentState;

/// One intent to move money for a checkout.
#[derive(Debug, Clone, PartialEq, Queryable, QueryableByName, Selectable)]
#[diesel(table_name = payments, check_for_backend(diesel::pg::Pg))]
pub struct PaymentRow {
    /// The attempt it belongs to.
    pub checkout_id: i64,
    /// Name of the provider.
    pub provider: String,
    /// What the provider deduplicates by.
    pub idempotency_key: String,
    /// Name of a [`PaymentState`].
    pub status: String,
    /// How much, in minor units.
    pub amount_minor: i64,
    /// ISO 4217.
    pub currency: String,
    /// The provider's own name for the movement.
    pub reference: Option<String>,
    /// Where the buyer confirms.
    pub action_url: Option<String>,
    /// When the attempt began.
    pub created_at: DateTime<Utc>,
}

impl PaymentRow {
    /// How much.
    ///
    /// # Errors
    /// `Broken` if the row holds an unknown currency.
    pub fn amount(&self) -> Result<Money> {
        let currency = Currency::parse(&self.currency);
        Ok(Money::new(self.amount_minor, currency.ok_or_else(|| Error::bug("a payment in no currency"))?))
    }

    /// Where it stands.
    ///
    /// # Errors
    /// `Broken` if the row holds an unknown state.
    pub fn state(&self) -> Result<PaymentState> {
        PaymentState::parse(&self.status).ok_or_else(|| Error::bug("a payment in no known state"))
    }
}
