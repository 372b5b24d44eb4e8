//! What a discount took off a cart, and off the order that it became.

use mcom_schema::id::DiscountId;
use serde::{Deserialize, Serialize};

use super::terms::{DiscountClass, DiscountValue};

/// A discount that applies, and what it takes off. Amounts are minor units of the store's currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedDiscount {
    /// Which.
    pub id: DiscountId,
    /// Its code as the merchant writes it; `None`: it applied by itself.
    pub code: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is taken off.
    pub class: DiscountClass,
    /// How much, as people are told.
    pub value: DiscountValue,
    /// Whether that is taken off each piece, instead of being spread over all.
    pub each: bool,
    /// Whether it is taken off single pieces, which were picked for it.
    #[serde(default)]
    pub picked: bool,
    /// What it takes off each line, or, if it is one of shipping, off sending each group.
    pub parts: Vec<DiscountPart>,
}

/// A discount's part of one line or one delivery group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DiscountPart {
    /// The place of the line or group in its cart or order, from 0 on.
    pub place: usize,
    /// Above 0.
    pub minor: i64,
}

impl AppliedDiscount {
    /// What buyers know it by: its code, or else what it is called.
    pub fn name(&self) -> &str {
        self.code.as_deref().unwrap_or(&self.title)
    }

    /// All that it takes off.
    pub fn total_minor(&self) -> i64 {
        self.parts.iter().map(|part| part.minor).sum()
    }

    /// What it takes off the line at `place`; nothing if it is one of shipping.
    pub fn off_line(&self, place: usize) -> i64 {
        if self.class == DiscountClass::Shipping { 0 } else { self.off(place) }
    }

    /// What it takes off sending the group at `place`; nothing unless it is one of shipping.
    pub fn off_group(&self, place: usize) -> i64 {
        if self.class == DiscountClass::Shipping { self.off(place) } else { 0 }
    }

    fn off(&self, place: usize) -> i64 {
        self.parts.iter().filter(|part| part.place == place).map(|part| part.minor).sum()
    }
}
