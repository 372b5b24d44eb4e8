//! Keys of role tokens: Ed25519, written as the two values that a JSON Web Key calls `d` and `x`.

use anyhow::{Context, ensure};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{
    Algorithm, DecodingKey, EncodingKey,
    jwk::{AlgorithmParameters, Jwk, ThumbprintHash},
};
use mcom_schema::Entropy;

/// Both kinds of key have this many bytes.
const BYTES: usize = 32;
/// What stands before a private key in PKCS#8, the form in which the library takes it.
const PKCS8: [u8; 16] = [0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];

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
        let key = EncodingKey::from_ed_der(&[&PKCS8, bytes(text)?.as_slice()].concat());
        let jwk = Jwk::from_encoding_key(&key, Algorithm::EdDSA).context("this is no Ed25519 key")?;
        Ok(SigningKey { key, public: PublicKey::of(&jwk)? })
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
        bytes(text)?;
        let key = DecodingKey::from_ed_components(text).context("this is no Ed25519 key")?;
        PublicKey::of(&Jwk::from_decoding_key(&key, Some(Algorithm::EdDSA))?)
    }

    fn of(jwk: &Jwk) -> anyhow::Result<PublicKey> {
        let AlgorithmParameters::OctetKeyPair(pair) = &jwk.algorithm else {
            anyhow::bail!("this is no Ed25519 key")
        };
        Ok(PublicKey { text: pair.x.clone(), id: jwk.thumbprint(ThumbprintHash::SHA256)? })
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
