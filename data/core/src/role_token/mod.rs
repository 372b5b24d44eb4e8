//! Role tokens: how a gateway tells a subgraph in another process who asks, in which store, and for what.
//!
//! A token is a signed statement about one call. It names the subgraph it is for and the bytes of the call, and is good for
//! [`LIFE`] only, so that whoever reads one on the wire can neither use it elsewhere nor put other words into its mouth. Gateways
//! hold the private key, subgraphs the public ones: a subgraph that was broken into cannot speak for a gateway.

mod claims;
mod key;
mod provider;

use std::{collections::HashMap, sync::Arc};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use jsonwebtoken::{Algorithm, DecodingKey, Header, Validation, errors::ErrorKind};
use sha2::{Digest, Sha256};

use crate::{Cx, Error, Result, Services};
use claims::Claims;
pub use key::{PublicKey, SigningKey};

/// How long a token is good.
pub const LIFE: Duration = Duration::seconds(25);
/// How far the clocks of two machines may be apart. With it no token is taken after 30 seconds.
const SKEW: Duration = Duration::seconds(5);

/// Signs calls: the gateway's side.
pub struct Signer {
    key: SigningKey,
    header: Header,
}

impl Signer {
    /// Signs with this key.
    pub fn new(key: SigningKey) -> Self {
        let header = Header { kid: Some(key.public().id().to_owned()), ..Header::new(Algorithm::EdDSA) };
        Signer { key, header }
    }

    /// A token by which the subgraph `audience` knows that `cx` asks it `body`.
    ///
    /// # Errors
    /// `Broken` if the context is not one of a request: jobs and operators have the database itself.
    pub fn sign(&self, cx: &Cx, audience: &str, body: &[u8]) -> Result<String> {
        let claims = Claims::of(cx, audience, digest(body))?;
        jsonwebtoken::encode(&self.header, &claims, self.key.encoding()).map_err(Error::broken)
    }
}

/// Why a token was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Rejected {
    /// It is no role token.
    #[error("it cannot be read")]
    Unreadable,
    /// No public key of this process has the id that the token names.
    #[error("its key is not known here")]
    UnknownKey,
    /// The signature is not by the key that the token names.
    #[error("its signature is wrong")]
    WrongSignature,
    /// It was made for another subgraph.
    #[error("it is for another subgraph")]
    WrongAudience,
    /// It was made for another call.
    #[error("it is for another call")]
    WrongBody,
    /// Its time is over.
    #[error("it has expired")]
    Expired,
    /// It claims to be good for longer than any token is, or to be made in the future.
    #[error("its time is not now")]
    WrongTime,
}

/// Takes calls: the subgraph's side.
pub struct Verifier {
    keys: HashMap<String, DecodingKey>,
}

impl Verifier {
    /// Takes what was signed by any of these keys. While keys are exchanged there are two.
    pub fn new(keys: impl IntoIterator<Item = PublicKey>) -> Self {
        Verifier { keys: keys.into_iter().map(|key| (key.id().to_owned(), key.decoding())).collect() }
    }

    /// The ids of the keys, sorted.
    pub fn key_ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.keys.keys().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }

    /// The context of a call of `audience` with `body`: the gateway's tenant, actor, market, request id and idempotency key.
    ///
    /// # Errors
    /// Why the token is not taken.
    pub fn verify(
        &self,
        services: &Arc<Services>,
        token: &str,
        audience: &str,
        body: &[u8],
    ) -> Result<Cx, Rejected> {
        let header = jsonwebtoken::decode_header(token).map_err(|_| Rejected::Unreadable)?;
        let key = header.kid.and_then(|kid| self.keys.get(&kid)).ok_or(Rejected::UnknownKey)?;
        let claims = jsonwebtoken::decode::<Claims>(token, key, &validation(audience))
            .map_err(|error| rejected(&error))?;
        let claims = claims.claims;
        let now = services.clock.now();
        if now > claims.expires() + SKEW {
            return Err(Rejected::Expired);
        }
        if claims.expires() > now + LIFE + SKEW {
            return Err(Rejected::WrongTime);
        }
        if claims.body != digest(body) {
            return Err(Rejected::WrongBody);
        }
        Ok(claims.into_cx(services.clone()))
    }
}

/// The library would judge the time by the machine's clock; here it is judged by the process's own.
fn validation(audience: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_audience(&[audience]);
    validation.set_required_spec_claims(&["exp", "aud"]);
    validation.validate_exp = false;
    validation
}

fn rejected(error: &jsonwebtoken::errors::Error) -> Rejected {
    match error.kind() {
        ErrorKind::InvalidAudience => Rejected::WrongAudience,
        ErrorKind::InvalidSignature => Rejected::WrongSignature,
        _ => Rejected::Unreadable,
    }
}

fn digest(body: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(body))
}

#[cfg(test)]
mod tests;
