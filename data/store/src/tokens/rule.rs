//! What a token looks like and what it lets its bearer be.

use std::fmt;

use mcom_data::Actor;
use mcom_schema::{Entropy, Scope};
use sha2::{Digest, Sha256};

/// The API that a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Api {
    /// What buyers see.
    Storefront,
    /// What merchants and their apps do.
    Admin,
}

impl Api {
    /// The name in the database.
    pub const fn name(self) -> &'static str {
        match self {
            Api::Storefront => "storefront",
            Api::Admin => "admin",
        }
    }

    /// What a secret begins with, so that one found in a log can be told apart.
    const fn prefix(self) -> &'static str {
        match self {
            Api::Storefront => "mcst_",
            Api::Admin => "mcat_",
        }
    }
}

/// A secret just made: shown to its owner now and never again.
#[derive(Clone, PartialEq, Eq)]
pub struct Issued(String);

impl Issued {
    /// The secret itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Issued {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Issued(…)")
    }
}

/// A new secret of 192 random bits.
pub(crate) fn make(api: Api, entropy: &dyn Entropy) -> Issued {
    Issued(format!("{}{}", api.prefix(), entropy.token(24)))
}

/// What is kept of a secret. One round of SHA-256 is enough for 192 random bits, and lets a request be checked in a microsecond.
pub(crate) fn digest(secret: &str) -> [u8; 32] {
    Sha256::digest(secret.as_bytes()).into()
}

/// Whoever holds token number `token`. Scopes that are no longer known count for nothing.
pub(super) fn actor(api: Api, token: i64, scopes: &[String]) -> Actor {
    match api {
        Api::Storefront => Actor::Storefront { token },
        Api::Admin => {
            Actor::App { token, scopes: scopes.iter().filter_map(|name| Scope::parse(name)).collect() }
        }
    }
}

#[cfg(test)]
mod tests {
    use mcom_schema::SystemEntropy;

    use super::{Api, digest, make};

    #[test]
    fn secrets_are_long_distinct_and_never_printed() {
        let (one, two) = (make(Api::Admin, &SystemEntropy), make(Api::Admin, &SystemEntropy));
        assert_ne!(one, two);
        assert!(one.as_str().len() >= 37 && one.as_str().starts_with("mcat_"));
        assert!(!format!("{one:?}").contains(one.as_str()));
        assert_ne!(digest(one.as_str()), digest(two.as_str()));
    }
}
