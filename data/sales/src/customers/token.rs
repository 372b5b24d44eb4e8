//! Secrets that customers hold: long enough not to be guessed, and kept as hashes only.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use mcom_schema::{Entropy, id::CustomerId};
use sha2::{Digest, Sha256};

/// How long somebody stays signed in.
pub(super) const SIGNED_IN: TimeDelta = TimeDelta::days(42);

/// What a mail is for that lets its reader set a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    /// To open an account.
    Activate,
    /// To open it again.
    Reset,
}

impl Purpose {
    /// The name in the database and in addresses.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Purpose::Activate => "activate",
            Purpose::Reset => "reset",
        }
    }

    /// How long the mail is good for.
    pub(super) const fn life(self) -> TimeDelta {
        match self {
            Purpose::Activate => TimeDelta::days(30),
            Purpose::Reset => TimeDelta::hours(3),
        }
    }

    /// The path of the page that a mail leads to.
    pub(super) fn path(self, customer: CustomerId, secret: &str) -> String {
        format!("account/{}/{customer}/{secret}", self.name())
    }

    /// What the address of such a page says, whatever it begins with: mails may lead through a storefront's own domain.
    pub(super) fn read(self, url: &str) -> Option<(CustomerId, &str)> {
        let url = url.split(['?', '#']).next().unwrap_or_default();
        let (_, path) = url.rsplit_once(&format!("/account/{}/", self.name()))?;
        let (id, secret) = path.trim_end_matches('/').split_once('/')?;
        Some((CustomerId::parse(id)?, secret))
    }
}

/// What a customer who signed in holds.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Only the customer knows it.
    pub secret: String,
    /// Until when it is good.
    pub expires_at: DateTime<Utc>,
}

impl AccessToken {
    /// A new one.
    pub(super) fn new(entropy: &dyn Entropy, now: DateTime<Utc>) -> Self {
        AccessToken { secret: secret(entropy), expires_at: now + SIGNED_IN }
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AccessToken(until {})", self.expires_at)
    }
}

/// 192 random bits.
pub(super) fn secret(entropy: &dyn Entropy) -> String {
    entropy.token(24)
}

/// What is kept of a secret: of 192 random bits one round of SHA-256 gives nothing away.
pub(super) fn digest(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

#[cfg(test)]
mod tests {
    use mcom_schema::id::CustomerId;

    use super::Purpose;

    #[test]
    fn an_address_is_read_back_wherever_it_leads() {
        let path = Purpose::Reset.path(CustomerId(7), "s3cret");
        for before in ["https://mugs.example/", "http://127.0.0.1:8080/", "https://front.example/de/"] {
            let url = format!("{before}{path}");
            assert_eq!(Purpose::Reset.read(&url), Some((CustomerId(7), "s3cret")), "{url}");
            assert_eq!(Purpose::Reset.read(&format!("{url}?syclid=1")), Some((CustomerId(7), "s3cret")));
            assert_eq!(Purpose::Activate.read(&url), None);
        }
        for wrong in ["", "https://mugs.example/account/reset/7", "https://mugs.example/account/reset/x/y"] {
            assert_eq!(Purpose::Reset.read(wrong), None, "{wrong}");
        }
    }
}
