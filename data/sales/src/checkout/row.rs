//! An attempt as it is kept.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use mcom_data::{Error, Result};
use mcom_schema::Refusal;
use mcom_tables::checkouts;
use serde_json::Value;

use super::{CheckoutState, snapshot::Snapshot};

/// The saga's row.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = checkouts, check_for_backend(diesel::pg::Pg))]
pub(crate) struct CheckoutRow {
    pub(crate) id: i64,
    pub(crate) attempt_id: String,
    pub(crate) cart_token: String,
    pub(super) status: String,
    snapshot: Value,
    failure: Option<Value>,
    pub(crate) expires_at: DateTime<Utc>,
    pub(super) locked_until: Option<DateTime<Utc>>,
    pub(crate) created_at: DateTime<Utc>,
    pub(crate) completed_at: Option<DateTime<Utc>>,
    /// What its order will be called, if that is known already.
    pub(super) order_number: Option<i64>,
}

impl CheckoutRow {
    pub(crate) fn state(&self) -> Result<CheckoutState> {
        state(&self.status)
    }

    pub(crate) fn snapshot(&self) -> Result<Snapshot> {
        Ok(serde_json::from_value(self.snapshot.clone())?)
    }

    /// Why it failed, or will.
    pub(super) fn failure(&self) -> Result<Option<Refusal>> {
        Ok(self.failure.clone().map(serde_json::from_value).transpose()?)
    }

    /// What the provider knows the charge by.
    pub(crate) fn charge_key(&self) -> String {
        format!("{}:charge", self.attempt_id)
    }
}

/// What has to be known of an earlier attempt to judge a new one.
#[derive(Debug, Clone, PartialEq, Queryable, Selectable)]
#[diesel(table_name = checkouts, check_for_backend(diesel::pg::Pg))]
pub(super) struct Earlier {
    pub(super) id: i64,
    pub(super) attempt_id: String,
    pub(super) round: i32,
    pub(super) status: String,
}

impl Earlier {
    /// Whether it is under way or has become an order, so that there can be no other.
    pub(super) fn stands(&self) -> Result<bool> {
        Ok(state(&self.status)? != CheckoutState::Failed)
    }
}

fn state(name: &str) -> Result<CheckoutState> {
    CheckoutState::parse(name).ok_or_else(|| Error::bug("an attempt in no known state"))
}
