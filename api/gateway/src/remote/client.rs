//! The asking side: a subgraph in another process, which the gateway uses as if it were here.

use std::{sync::Arc, time::Duration};

use anyhow::anyhow;
use async_graphql_parser::types::{DocumentOperations, OperationType};
use futures_util::future::BoxFuture;
use http::{Request, Response, StatusCode, header::AUTHORIZATION};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use mcom_data::role_token::Signer;
use mcom_kit::{Answer, Call, Error, Op, Site, Subgraph, ToFault};

use super::{
    PATH,
    peers::{Peers, Turn},
    wire,
};

/// No answer is longer, in bytes.
const LONGEST: usize = 64 << 20;
/// How the asked side says that it did not begin.
pub const NOT_BEGUN: &str = "x-mcom-not-begun";

/// A subgraph that is asked over HTTP.
pub struct Remote {
    name: &'static str,
    peers: Arc<Peers>,
    signer: Arc<Signer>,
    patience: Duration,
}

/// Why there is no answer.
enum Failed {
    /// The call did not reach anybody, or was not begun: it may be made again.
    Unsent(anyhow::Error),
    /// It may have been carried out: only reading may be done again.
    Lost(anyhow::Error),
    /// It will be refused however often it is made.
    Refused(anyhow::Error),
}

/// One call, ready to be sent any number of times.
struct Message<'a> {
    body: Bytes,
    token: String,
    request: &'a str,
}

impl Remote {
    /// The subgraph `name` at these peers; a call is given up after `patience`.
    pub fn new(name: &'static str, peers: Arc<Peers>, signer: Arc<Signer>, patience: Duration) -> Remote {
        Remote { name, peers, signer, patience }
    }

    async fn ask(&self, call: &Call<'_>) -> Result<Answer, Error> {
        let body = Bytes::from(wire::call(&call.op.text, &call.variables));
        let token = self.signer.sign(call.cx, self.name, &body)?;
        let message = Message { body, token, request: &call.cx.request().0 };
        let reads = !is_mutation(call.op);
        let answer = match tokio::time::timeout(self.patience, self.send(&message, reads)).await {
            Ok(answer) => answer,
            Err(_) => Err(Failed::Lost(anyhow!("no answer within {} ms", self.patience.as_millis()))),
        };
        let answer = answer.and_then(|bytes| {
            wire::read_answer(&bytes, call.cx)
                .ok_or_else(|| Failed::Lost(anyhow!("the answer cannot be read")))
        });
        answer.map_err(|failed| match failed {
            Failed::Unsent(_) => Error::Busy,
            Failed::Lost(_) if reads => Error::Busy,
            Failed::Lost(why) | Failed::Refused(why) => Error::broken(why.context(self.name)),
        })
    }

    /// Asks one peer after the other, each once, as long as the call may be made again.
    async fn send(&self, message: &Message<'_>, reads: bool) -> Result<Bytes, Failed> {
        let mut tried = vec![];
        loop {
            let Some(turn) = self.peers.next(&tried) else {
                return Err(Failed::Unsent(anyhow!("nobody answers it")));
            };
            tried.push(turn.index);
            let failed = match self.exchange(&turn, message).await {
                Ok(bytes) => return Ok(bytes),
                Err(failed) => failed,
            };
            let (again, why) = match &failed {
                Failed::Unsent(why) => (true, why),
                Failed::Lost(why) => (reads, why),
                Failed::Refused(why) => (false, why),
            };
            let again = again && tried.len() < self.peers.count().max(2);
            tracing::warn!(
                request.id = message.request,
                subgraph = self.name,
                peer = turn.authority(),
                again,
                error = format!("{why:#}"),
                "a subgraph did not answer"
            );
            if !again {
                return Err(failed);
            }
            metrics::counter!("mcom_subgraph_calls_repeated_total", "subgraph" => self.name).increment(1);
        }
    }

    async fn exchange(&self, turn: &Turn<'_>, message: &Message<'_>) -> Result<Bytes, Failed> {
        let request = Request::post(format!("http://{}{PATH}{}", turn.authority(), self.name))
            .header(AUTHORIZATION, format!("Bearer {}", message.token))
            .header("x-request-id", message.request)
            .body(Full::new(message.body.clone()))
            .map_err(|error| Failed::Refused(error.into()))?;
        let answer = self.peers.http().request(request).await.map_err(|error| {
            turn.is_down();
            if was_not_sent(&error) { Failed::Unsent(error.into()) } else { Failed::Lost(error.into()) }
        })?;
        match answer.status() {
            StatusCode::OK => read(answer).await.inspect_err(|_| turn.is_down()),
            status if answer.headers().contains_key(NOT_BEGUN) => {
                turn.is_down();
                Err(Failed::Unsent(anyhow!("it is not ready: {status}")))
            }
            status if status.is_server_error() => Err(Failed::Lost(anyhow!("{status}"))),
            status => {
                let said = read(answer).await.unwrap_or_default();
                Err(Failed::Refused(anyhow!("{status}: {}", String::from_utf8_lossy(&said))))
            }
        }
    }
}

async fn read(answer: Response<Incoming>) -> Result<Bytes, Failed> {
    let body = Limited::new(answer.into_body(), LONGEST).collect().await;
    Ok(body.map_err(|error| Failed::Lost(anyhow!("{error}")))?.to_bytes())
}

/// There was no connection, or a kept one was closed before the call went out on it.
fn was_not_sent(error: &hyper_util::client::legacy::Error) -> bool {
    let cause = std::error::Error::source(error).and_then(|cause| cause.downcast_ref::<hyper::Error>());
    error.is_connect() || cause.is_some_and(hyper::Error::is_canceled)
}

fn is_mutation(op: &Op) -> bool {
    let writes = |ty| ty == OperationType::Mutation;
    match &op.document.operations {
        DocumentOperations::Single(operation) => writes(operation.node.ty),
        DocumentOperations::Multiple(all) => all.values().any(|operation| writes(operation.node.ty)),
    }
}

impl Subgraph for Remote {
    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer> {
        Box::pin(async move {
            let started = std::time::Instant::now();
            let answer = self.ask(&call).await;
            let outcome = if answer.is_ok() { "answered" } else { "failed" };
            metrics::counter!("mcom_subgraph_calls_total", "subgraph" => self.name, "outcome" => outcome)
                .increment(1);
            metrics::histogram!("mcom_subgraph_call_seconds", "subgraph" => self.name)
                .record(started.elapsed().as_secs_f64());
            let site = Site { cx: call.cx, field: self.name };
            answer.unwrap_or_else(|error| Answer::failed(error.to_fault(&site)))
        })
    }
}
