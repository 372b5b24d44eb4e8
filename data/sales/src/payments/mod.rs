//! Payments: how a buyer wants to pay, which provider moves the money, and what became of it.

mod builtin;
mod provider;
pub(crate) mod query;
mod row;
mod state;

use mcom_schema::Currency;
use serde::{Deserialize, Serialize};

use crate::Address;

pub use builtin::{Free, Manual};
pub use provider::{Charge, Decline, NoAnswer, Outcome, Provider, Providers, Refund, RefundFailure};
pub use row::PaymentRow;
pub use state::{PaymentState, PaymentStep};

/// How a cart is to be paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payment {
    /// What the buyer agreed to pay, in minor units of the cart's currency.
    pub amount_minor: i64,
    /// The cart's currency then.
    #[serde(default)]
    pub currency: Option<Currency>,
    /// By what.
    pub method: Method,
    /// Whom the bill names; the shipping address if absent.
    pub billing_address: Option<Address>,
}

/// A way to pay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Method {
    /// There is nothing to pay.
    Free,
    /// Later, outside: the order is placed unpaid.
    Manual,
    /// With a card that the provider's vault holds.
    Card {
        /// The vault's name for it.
        session: String,
    },
}

impl Method {
    /// The provider's name for the card, if it is one.
    pub fn session(&self) -> Option<&str> {
        match self {
            Method::Card { session } => Some(session),
            Method::Free | Method::Manual => None,
        }
    }
}
