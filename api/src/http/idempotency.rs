//! Mutations with an idempotency key: done once, answered alike.

use std::time::Duration;

use mcom_data::{
    Cx,
    idempotency::{self, Begun, Ticket},
};
use poem::{Request, Response, http::StatusCode};
use sha2::{Digest, Sha256};
use tracing::Instrument;

use super::{
    answer,
    graphql::{Graphql, execute},
    refusal::{self, Refused, bad, conflict},
    request::GraphqlRequest,
};
use crate::gateway::{Prepared, ThrottleStatus};

/// How often, and how many times, a request looks whether the same request before it is done.
const LOOKS: (Duration, u32) = (Duration::from_millis(100), 50);

/// An idempotency key as it was sent.
pub(super) struct Key(String);

impl Key {
    /// The key of a mutation: of the header, else of the directive.
    ///
    /// # Errors
    /// The answer to more than one key, or to one that cannot be kept.
    pub(super) fn of(request: &Request, prepared: &Prepared) -> Result<Option<Key>, Refused> {
        if !prepared.is_mutation() {
            return Ok(None);
        }
        let header = request.header("idempotency-key").map(str::to_owned);
        let mut keys: Vec<String> =
            prepared.context().idempotency_keys.into_iter().map(|(_, key)| key).collect();
        keys.extend(header);
        keys.sort_unstable();
        keys.dedup();
        match keys.pop() {
            _ if !keys.is_empty() => Err(bad("A request takes one idempotency key")),
            Some(key) if !(1..=255).contains(&key.chars().count()) => {
                Err(bad("An idempotency key has 1 to 255 characters"))
            }
            key => Ok(key.map(Key)),
        }
    }
}

/// Executes the request unless it was executed before under the same key; then the answer is the same to the byte.
pub(super) async fn once(
    endpoint: &Graphql,
    key: Key,
    sent: GraphqlRequest,
    (cx, prepared, throttle): (Cx, Prepared, Option<ThrottleStatus>),
) -> Result<Response, Refused> {
    let ticket = match begin(endpoint, &key, &fingerprint(&cx, &sent), &cx).await? {
        Ok(ticket) => ticket,
        Err(answered) => return Ok(answer::body(StatusCode::OK, answered.into_bytes())),
    };
    // On a task of its own: a caller that hangs up must not leave the key without its answer.
    let (app, api) = (endpoint.app.clone(), endpoint.api);
    let work = async move {
        let gateway = app.slot(api).and_then(|slot| slot.get()).ok_or_else(refusal::preparing)?;
        let body = execute(gateway, &prepared, &cx.holding(ticket.clone()), throttle).await;
        let text = String::from_utf8_lossy(&body);
        if let Err(error) = ticket.settle(&cx, &text, is_final(&body)).await {
            tracing::error!(%error, "the answer to an idempotent request could not be kept");
        }
        Ok(answer::body(StatusCode::OK, body))
    };
    tokio::spawn(work.in_current_span()).await.unwrap_or_else(|_| Err(Box::new(answer::broken(""))))
}

/// The ticket to go on, or the answer that was given before.
async fn begin(
    endpoint: &Graphql,
    key: &Key,
    fingerprint: &[u8],
    cx: &Cx,
) -> Result<Result<Ticket, String>, Refused> {
    let lease = chrono::Duration::from_std(endpoint.app.config.request_timeout * 2).unwrap_or_default();
    for _ in 0..LOOKS.1 {
        let begun = idempotency::begin(cx, &key.0, fingerprint, lease).await;
        match begun.map_err(|error| refusal::failed(&error))? {
            Begun::Mine(ticket) => return Ok(Ok(ticket)),
            Begun::Answered(answer) => return Ok(Err(answer)),
            Begun::Different => {
                return Err(bad("This idempotency key was used for another request"));
            }
            Begun::AnswerLost => {
                return Err(conflict(
                    "The request with this idempotency key was carried out, but its answer is lost",
                ));
            }
            Begun::UnderWay => tokio::time::sleep(LOOKS.0).await,
        }
    }
    Err(refusal::later(*conflict("The same request is being carried out"), Duration::from_secs(1)))
}

/// Of everything that makes two requests the same: who asks for what with which values.
fn fingerprint(cx: &Cx, sent: &GraphqlRequest) -> Vec<u8> {
    let variables = serde_json::to_string(&sent.variables).unwrap_or_default();
    let name = sent.operation_name.as_deref().unwrap_or_default();
    let mut hash = Sha256::new();
    for part in [&cx.actor().to_string(), sent.query.as_deref().unwrap_or_default(), name, &variables] {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}

/// Whether asking again would be answered alike. Top-level errors come first in a body, and may be gone the next time.
fn is_final(body: &[u8]) -> bool {
    !body.starts_with(br#"{"errors""#)
}
