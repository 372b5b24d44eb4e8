//! The shop's side of the provider.

use std::time::Duration;

use futures_util::{FutureExt, future::BoxFuture};
use http::{Method, Request, StatusCode};
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::Bytes;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use mcom_sales::payments::{Charge, Decline, NoAnswer, Outcome, Provider, Refund, RefundFailure};
use serde::Deserialize;
use serde_json::{Value, json};

/// No answer of the provider is longer, in bytes.
const LONGEST: usize = 64 * 1024;

/// The test provider, spoken to over HTTP.
pub struct Bogus {
    http: Client<HttpConnector, Full<Bytes>>,
    url: String,
    patience: Duration,
}

impl Bogus {
    /// The provider at `url`; a call without an answer for `patience` counts as silence.
    pub fn new(url: &str, patience: Duration) -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        Bogus {
            http: Client::builder(TokioExecutor::new()).build(connector),
            url: url.trim_end_matches('/').to_owned(),
            patience,
        }
    }

    /// Where storefronts send card numbers.
    pub fn vault_url(&self) -> String {
        format!("{}/sessions", self.url)
    }

    async fn call(&self, method: Method, path: &str, body: &Value) -> Result<(StatusCode, Value), NoAnswer> {
        match tokio::time::timeout(self.patience, self.exchange(method, path, body)).await {
            Ok(Ok((status, _))) if status.is_server_error() => Err(NoAnswer(format!("HTTP {status}"))),
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(NoAnswer(format!("{error:#}"))),
            Err(_) => Err(NoAnswer(format!("none within {} ms", self.patience.as_millis()))),
        }
    }

    async fn exchange(
        &self,
        method: Method,
        path: &str,
        body: &Value,
    ) -> anyhow::Result<(StatusCode, Value)> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.url))
            .header("content-type", "application/json")
            .body(Full::new(Bytes::from(body.to_string())))?;
        let answer = self.http.request(request).await?;
        let status = answer.status();
        let body = Limited::new(answer.into_body(), LONGEST).collect().await;
        let bytes = body.map_err(|error| anyhow::anyhow!("{error}"))?.to_bytes();
        let value =
            if bytes.is_empty() { Value::Null } else { serde_json::from_slice(&bytes).unwrap_or_default() };
        Ok((status, value))
    }
}

/// What the provider says of a charge.
#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "status")]
enum Said {
    Paid { reference: String },
    ActionRequired { url: String },
    Declined { why: String },
}

fn outcome(status: StatusCode, said: Value) -> Result<Outcome, NoAnswer> {
    let said: Said = serde_json::from_value(said).map_err(|_| NoAnswer(format!("HTTP {status}")))?;
    Ok(match said {
        Said::Paid { reference } => Outcome::Paid { reference },
        Said::ActionRequired { url } => Outcome::ActionRequired { url },
        Said::Declined { why } => Outcome::Declined(match why.as_str() {
            "funds" => Decline::Funds,
            "invalid_card" => Decline::InvalidCard,
            "unconfirmed" => Decline::Unconfirmed,
            "voided" => Decline::Unreachable,
            _ => Decline::Card,
        }),
    })
}

impl Provider for Bogus {
    fn name(&self) -> &'static str {
        "bogus"
    }

    fn charge<'a>(&'a self, charge: &'a Charge<'a>) -> BoxFuture<'a, Result<Outcome, NoAnswer>> {
        let body = json!({
            "key": charge.key,
            "amount_minor": charge.amount.minor,
            "currency": charge.amount.currency.code(),
            "session": charge.session.unwrap_or_default(),
            "return_url": charge.return_url,
        });
        async move {
            let (status, said) = self.call(Method::POST, "/charges", &body).await?;
            outcome(status, said)
        }
        .boxed()
    }

    fn find<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<Option<Outcome>, NoAnswer>> {
        async move {
            match self.call(Method::GET, &format!("/charges/{key}"), &Value::Null).await? {
                (StatusCode::NOT_FOUND, _) => Ok(None),
                (status, said) => outcome(status, said).map(Some),
            }
        }
        .boxed()
    }

    fn void<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), NoAnswer>> {
        async move {
            match self.call(Method::POST, &format!("/charges/{key}/void"), &Value::Null).await? {
                (status, _) if status.is_success() => Ok(()),
                (status, _) => Err(NoAnswer(format!("HTTP {status}"))),
            }
        }
        .boxed()
    }

    fn refund<'a>(&'a self, refund: &'a Refund<'a>) -> BoxFuture<'a, Result<String, RefundFailure>> {
        let body = json!({ "key": refund.key, "charge": refund.charge, "amount_minor": refund.amount.minor });
        async move {
            let (status, said) = self.call(Method::POST, "/refunds", &body).await?;
            let text = |name: &str| said.get(name).and_then(Value::as_str).map(str::to_owned);
            match (text("reference"), text("message")) {
                (Some(reference), _) => Ok(reference),
                (None, Some(why)) => Err(RefundFailure::Refused(why)),
                (None, None) => Err(NoAnswer(format!("HTTP {status}")).into()),
            }
        }
        .boxed()
    }
}
