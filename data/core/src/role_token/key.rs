//! Keys of role tokens: Ed25519, written as the two values that a JSON Web Key calls `d` and `x`.

use anyhow::{Context, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{DecodingKey, EncodingKey};
use mcom_schema::Entropy;
use ring::{digest, signature::KeyPair};

use super::provider;

/// Both kinds of key have this many bytes.
const BYTES: usize = 32;

/// A private key and its public half.
pub struct SigningKey {
    key: EncodingKey,
    public: PublicKey,
}

impl SigningKey {
    /// A new key, as text: 43 characters, to be kept secret.
    pub fn generate(entropy: &dyn Entropy) -> String {
        entropy.token(BYTES)
    }

    /// Reads the text of a key.
    ///
    /// # Errors
    /// If it is not one.
    pub fn parse(text: &str) -> anyhow::Result<SigningKey> {
        provider::install();
        let key = EncodingKey::from_ed_der(&bytes(text)?);
        let pair = provider::pair(&key).context("this is no Ed25519 key")?;
        Ok(SigningKey { key, public: PublicKey::of(pair.public_key().as_ref()) })
    }

    /// The half that may be shown to everybody.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(super) fn encoding(&self) -> &EncodingKey {
        &self.key
    }
}

/// The public half of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey {
    text: String,
    id: String,
}

impl PublicKey {
    /// Reads the text of a public key: 43 characters.
    ///
    /// # Errors
    /// If it is not one.
    pub fn parse(text: &str) -> anyhow::Result<PublicKey> {
        provider::install();
        Ok(PublicKey::of(&bytes(text)?))
    }

    fn of(key: &[u8]) -> PublicKey {
        let text = URL_SAFE_NO_PAD.encode(key);
        let named = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{text}"}}"#);
        let id = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, named.as_bytes()));
        PublicKey { text, id }
    }

    /// The name by which tokens call the key: its thumbprint (RFC 7638).
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The key as text.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn decoding(&self) -> DecodingKey {
        DecodingKey::from_ed_der(&URL_SAFE_NO_PAD.decode(&self.text).unwrap_or_default())
    }
}

fn bytes(text: &str) -> anyhow::Result<Vec<u8>> {
    let bytes = URL_SAFE_NO_PAD.decode(text).context("a key is written in base64url without padding")?;
    ensure!(bytes.len() == BYTES, "a key has {BYTES} bytes, written as 43 characters");
    Ok(bytes)
}
