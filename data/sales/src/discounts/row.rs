//! Discounts as they are kept.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::Result;
use mcom_schema::id::DiscountId;
use mcom_tables::discounts;
use serde_json::Value;

use super::{deals::key_of, details::DiscountDetails};

/// A discount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discount {
    /// Its id.
    pub id: DiscountId,
    /// What the merchant decided.
    pub details: DiscountDetails,
    /// How many orders and attempts under way have it. Counted for codes only.
    pub used: i64,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = discounts, check_for_backend(Pg))]
pub(super) struct DiscountRow {
    id: i64,
    code: Option<String>,
    title: String,
    terms: Value,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    usage_limit: Option<i64>,
    once_per_customer: bool,
    used: i64,
}

impl DiscountRow {
    pub(super) fn read(self) -> Result<Discount> {
        let details = DiscountDetails {
            code: self.code,
            title: self.title,
            terms: serde_json::from_value(self.terms)?,
            starts_at: self.starts_at,
            ends_at: self.ends_at,
            usage_limit: self.usage_limit,
            once_per_customer: self.once_per_customer,
        };
        Ok(Discount { id: DiscountId(self.id), details, used: self.used })
    }
}

/// The columns that a merchant decides.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = discounts, treat_none_as_null = true)]
pub(super) struct DiscountValues<'a> {
    code: Option<&'a str>,
    code_key: Option<String>,
    title: &'a str,
    terms: Value,
    starts_at: DateTime<Utc>,
    ends_at: Option<DateTime<Utc>>,
    usage_limit: Option<i64>,
    once_per_customer: bool,
}

impl<'a> DiscountValues<'a> {
    pub(super) fn of(details: &'a DiscountDetails) -> Result<Self> {
        Ok(DiscountValues {
            code: details.code.as_deref(),
            code_key: details.code.as_deref().map(key_of),
            title: &details.title,
            terms: serde_json::to_value(&details.terms)?,
            starts_at: details.starts_at,
            ends_at: details.ends_at,
            usage_limit: details.usage_limit,
            once_per_customer: details.once_per_customer,
        })
    }
}
