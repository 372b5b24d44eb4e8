//! Gift cards as they are kept.

use chrono::{DateTime, Utc};
use diesel::{pg::Pg, prelude::*};
use mcom_data::{Error, Result};
use mcom_schema::{Currency, Money, id::GiftCardId};
use mcom_tables::gift_cards;

/// A gift card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiftCard {
    /// Its id.
    pub id: GiftCardId,
    pub(super) code_hash: Vec<u8>,
    /// The end of its code.
    pub last_characters: String,
    /// What it was issued with.
    pub initial: Money,
    /// What is left.
    pub balance: Money,
    /// Whether it can be spent at all.
    pub enabled: bool,
    /// Not from then on; `None`: it never expires.
    pub expires_at: Option<DateTime<Utc>>,
    /// The merchant's words.
    pub note: Option<String>,
}

impl GiftCard {
    /// Whether it can be spent now, as far as there is something left.
    pub fn is_open(&self, now: DateTime<Utc>) -> bool {
        self.enabled && self.expires_at.is_none_or(|end| now < end)
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = gift_cards, check_for_backend(Pg))]
pub(super) struct GiftCardRow {
    id: i64,
    code_hash: Vec<u8>,
    last_characters: String,
    initial_minor: i64,
    balance_minor: i64,
    currency: String,
    enabled: bool,
    expires_at: Option<DateTime<Utc>>,
    note: Option<String>,
}

impl GiftCardRow {
    pub(super) fn read(self) -> Result<GiftCard> {
        let unknown = || Error::bug("a gift card in no currency");
        let currency = Currency::parse(&self.currency).ok_or_else(unknown)?;
        Ok(GiftCard {
            id: GiftCardId(self.id),
            code_hash: self.code_hash,
            last_characters: self.last_characters,
            initial: Money::new(self.initial_minor, currency),
            balance: Money::new(self.balance_minor, currency),
            enabled: self.enabled,
            expires_at: self.expires_at,
            note: self.note,
        })
    }
}
