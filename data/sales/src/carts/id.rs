//! The id of a cart: a public token, and a key that only its owner knows.

use mcom_schema::{Entropy, Gid, id::gid};
use sha2::{Digest, Sha256};

use crate::proof;

/// A cart's id, `gid://shopify/Cart/{token}?key={key}`. Whoever has the token may see what is in the cart; its key opens
/// the buyer's data and every change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartId {
    /// Names the cart.
    pub token: String,
    /// The secret half, if the caller has it.
    pub key: Option<String>,
}

impl CartId {
    /// The public type name.
    pub const KIND: &'static str = "Cart";

    /// A new id that nobody can guess.
    pub fn random(entropy: &dyn Entropy) -> Self {
        CartId { token: entropy.token(18), key: Some(entropy.token(18)) }
    }

    /// Reads the id, with or without its key. Also takes the part after the last `/`, which clients keep in cookies.
    pub fn parse(text: &str) -> Option<Self> {
        let (token, key) = match Gid::parse(text) {
            Some(id) if id.kind == Self::KIND => (id.key, id.parameter("key")),
            Some(_) => return None,
            None => {
                let (token, query) = text.split_once('?').unwrap_or((text, ""));
                (token, Gid { kind: Self::KIND, key: token, query }.parameter("key"))
            }
        };
        let plain = |part: &str| {
            (1..=64).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        };
        (plain(token) && key.is_none_or(plain))
            .then(|| CartId { token: token.to_owned(), key: key.map(str::to_owned) })
    }

    /// The public form.
    pub fn gid(&self) -> String {
        gid(Self::KIND, self.path())
    }

    /// `{token}?key={key}`, or the token alone if the key is not known.
    pub fn path(&self) -> String {
        match &self.key {
            Some(key) => format!("{}?key={key}", self.token),
            None => self.token.clone(),
        }
    }

    /// Whether the key is the one whose hash is `hash`.
    pub(crate) fn opens(&self, hash: &[u8]) -> bool {
        // Hashes of a random key: comparing them early-out tells nothing about the key.
        self.key_hash().is_some_and(|own| own.as_slice() == hash)
    }

    /// What the ids of the cart's parts carry, if the key is known: it opens them to be read, and changes nothing.
    pub(crate) fn proof(&self) -> Option<String> {
        self.key_hash().map(|hash| proof_of(&hash))
    }

    /// What is kept of the key.
    pub(crate) fn key_hash(&self) -> Option<Vec<u8>> {
        self.key.as_ref().map(|key| Sha256::digest(key.as_bytes()).to_vec())
    }
}

/// The same of a cart of whose key the hash is known.
pub(crate) fn proof_of(key_hash: &[u8]) -> String {
    proof::of("cart", &[key_hash])
}

#[cfg(test)]
mod tests {
    use mcom_schema::SystemEntropy;

    use super::CartId;

    #[test]
    fn an_id_is_read_back_in_every_form() {
        let id = CartId::random(&SystemEntropy);
        assert_eq!(CartId::parse(&id.gid()), Some(id.clone()));
        assert_eq!(CartId::parse(&id.path()), Some(id.clone()));
        let public = CartId { key: None, ..id.clone() };
        assert_eq!(CartId::parse(&public.gid()), Some(public.clone()));
        assert!(id.opens(&id.key_hash().unwrap()));
        assert!(!public.opens(&id.key_hash().unwrap()));
    }

    #[test]
    fn what_is_no_cart_id_is_not_taken_for_one() {
        for bad in
            ["", "gid://shopify/Product/1", "gid://shopify/Cart/", "a b", "gid://shopify/Cart/a?key=", "x'--"]
        {
            assert_eq!(CartId::parse(bad), None, "{bad}");
        }
    }
}
