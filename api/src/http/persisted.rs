//! Persisted queries as clients register them by themselves: a request names its document by hash alone, is told if nobody knows that
//! document, and then comes once more with both. Each process remembers on its own: who asks another one is told so there too, and
//! loses a round trip, nothing else.

use std::sync::Arc;

use mcom_data::{TenantId, cache::FairCache};
use poem::http::StatusCode;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::{
    answer,
    refusal::{Refused, bad},
    request::GraphqlRequest,
};

/// Bytes of documents that a process remembers. A store that registers too many loses its own first.
const REMEMBERED: u64 = 32 * 1024 * 1024;
/// The only version there is.
const VERSION: u32 = 1;

/// The documents that stores' clients have registered.
pub(super) struct Persisted(FairCache<Box<str>, Arc<str>>);

impl Default for Persisted {
    fn default() -> Self {
        Persisted(FairCache::new(REMEMBERED))
    }
}

impl Persisted {
    /// Gives the request the document that it names by hash; checks the hash if it brings the document.
    ///
    /// # Errors
    /// The answer to a request without a document, with a hash that nobody registered, or with one of something else.
    pub(super) fn complete(&self, tenant: TenantId, sent: &mut GraphqlRequest) -> Result<(), Refused> {
        let text = sent.query.as_deref().filter(|text| !text.trim().is_empty());
        match (sent.persisted(), text) {
            (None, Some(_)) => Ok(()),
            (None, None) => Err(bad("Missing parameter: `query` must be a GraphQL document")),
            (Some(named), _) if named.version != VERSION => {
                Err(refused("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED"))
            }
            (Some(named), Some(text)) if hash(text) == named.sha256_hash => Ok(()),
            (Some(_), Some(_)) => Err(bad("`sha256Hash` is not the hash of `query`")),
            (Some(named), None) => match self.0.get(tenant, named.sha256_hash.as_str()) {
                Some(known) => {
                    sent.query = Some(known.to_string());
                    Ok(())
                }
                None => Err(refused("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND")),
            },
        }
    }

    /// Remembers the document of a request that names its hash. It must have been found valid.
    pub(super) fn keep(&self, tenant: TenantId, sent: &GraphqlRequest) {
        let (Some(named), Some(text)) = (sent.persisted(), &sent.query) else { return };
        if self.0.get(tenant, named.sha256_hash.as_str()).is_none() {
            let bytes = u32::try_from(text.len()).unwrap_or(u32::MAX);
            self.0.put(tenant, named.sha256_hash.as_str().into(), text.as_str().into(), bytes);
        }
    }
}

/// Clients look for this message, and some for the code.
fn refused(message: &str, code: &str) -> Refused {
    let error = json!([{ "message": message, "extensions": { "code": code } }]);
    Box::new(answer::errors(StatusCode::OK, &error))
}

fn hash(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}
