//! What a payment provider can do. It is always asked outside of transactions, and every question can be asked twice.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use mcom_schema::Money;

use super::{Free, Manual, Method};

/// A charge to be made once per key.
#[derive(Debug, Clone)]
pub struct Charge<'a> {
    /// What the provider deduplicates by: the same key is the same charge.
    pub key: &'a str,
    /// How much.
    pub amount: Money,
    /// The card, as the provider's vault knows it.
    pub session: Option<&'a str>,
    /// Where the buyer comes back to from a challenge.
    pub return_url: &'a str,
}

/// A refund to be made once per key.
#[derive(Debug, Clone)]
pub struct Refund<'a> {
    /// What the provider deduplicates by.
    pub key: &'a str,
    /// Key of the charge that is given back.
    pub charge: &'a str,
    /// How much of it.
    pub amount: Money,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The money is there.
    Paid {
        /// The provider's own name for the movement.
        reference: String,
    },
    /// Nothing was moved and nothing will be: the merchant collects the money otherwise.
    Deferred,
    /// The buyer must confirm at `url` first.
    ActionRequired {
        /// A page of the provider.
        url: String,
    },
    /// Nothing was moved and nothing will be under this key.
    Declined(Decline),
}

/// Why a charge was declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decline {
    /// The issuer said no.
    Card,
    /// The account does not hold enough.
    Funds,
    /// The session or card is not one that can be charged.
    InvalidCard,
    /// The buyer turned the confirmation down, or let it lapse.
    Unconfirmed,
    /// The provider could not be made to answer; what it may have charged is given back.
    Unreachable,
}

impl Decline {
    /// The contract's `CompletionErrorCode`.
    pub const fn code(self) -> &'static str {
        match self {
            Decline::Card => "PAYMENT_CARD_DECLINED",
            Decline::Funds => "PAYMENT_INSUFFICIENT_FUNDS",
            Decline::InvalidCard => "PAYMENT_INVALID_CREDIT_CARD",
            Decline::Unconfirmed => "PAYMENT_ERROR",
            Decline::Unreachable => "PAYMENT_TRANSIENT_ERROR",
        }
    }

    /// A sentence for the buyer.
    pub const fn message(self) -> &'static str {
        match self {
            Decline::Card => "The card was declined.",
            Decline::Funds => "The card's account does not hold enough.",
            Decline::InvalidCard => "The card cannot be charged.",
            Decline::Unconfirmed => "The payment was not confirmed.",
            Decline::Unreachable => {
                "The payment could not be made at the moment. Nothing was charged; please try again."
            }
        }
    }
}

/// The provider could not be reached or did not answer in time: whether it did what it was asked is unknown.
#[derive(Debug, Clone, thiserror::Error)]
#[error("no answer from the payment provider: {0}")]
pub struct NoAnswer(pub String);

/// Why a refund did not happen.
#[derive(Debug, Clone, thiserror::Error)]
pub enum RefundFailure {
    /// Unknown whether it did: ask again with the same key.
    #[error(transparent)]
    NoAnswer(#[from] NoAnswer),
    /// It did not and will not.
    #[error("the payment provider refuses to refund: {0}")]
    Refused(String),
}

/// Somebody who moves money. Implementations have a time limit of their own for each call.
pub trait Provider: Send + Sync {
    /// Its name in payments and transactions.
    fn name(&self) -> &'static str;

    /// Charges once per key; a repetition answers what became of the first.
    fn charge<'a>(&'a self, charge: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>>;

    /// What became of a charge; `None` if it never arrived.
    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>>;

    /// Makes sure that nothing stays charged under the key: gives back what was, and declines what may still arrive.
    fn void<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>>;

    /// Gives money back once per key; answers with the provider's own name for the movement.
    fn refund<'a>(&'a self, refund: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>>;
}

/// The providers a process was started with; one of its shared services.
#[derive(Default)]
pub struct Providers {
    card: Option<Arc<dyn Provider>>,
    vault: Option<String>,
}

impl Providers {
    /// Only the built-in ones: orders that cost nothing, and orders paid otherwise.
    pub fn new() -> Self {
        Providers::default()
    }

    /// With `provider` for cards, whose vault takes card numbers at `vault_url`.
    #[must_use]
    pub fn with_card(provider: impl Provider + 'static, vault_url: &str) -> Self {
        Providers { card: Some(Arc::new(provider)), vault: Some(vault_url.to_owned()) }
    }

    /// Where a storefront sends card numbers, to get a session id for them.
    pub fn card_vault_url(&self) -> Option<&str> {
        self.vault.as_deref()
    }

    /// Who takes payments of this kind.
    pub fn of(&self, method: &Method) -> Option<Arc<dyn Provider>> {
        match method {
            Method::Free => Some(Arc::new(Free)),
            Method::Manual => Some(Arc::new(Manual)),
            Method::Card { .. } => self.card.clone(),
        }
    }

    /// The provider with this name.
    pub fn named(&self, name: &str) -> Option<Arc<dyn Provider>> {
        let builtin: [Arc<dyn Provider>; 2] = [Arc::new(Free), Arc::new(Manual)];
        builtin.into_iter().chain(self.card.clone()).find(|provider| provider.name() == name)
    }
}
