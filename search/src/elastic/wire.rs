//! Requests to the cluster and what can go wrong with them.

use std::time::Duration;

use elasticsearch::{
    auth::Credentials,
    http::{
        Method, StatusCode, Url,
        headers::HeaderMap,
        request::{Body, JsonBody, NdBody},
        transport::{SingleNodeConnectionPool, Transport, TransportBuilder},
    },
};
use serde_json::Value;

use crate::engine::Unavailable;

/// No request may take longer; searches have less.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where the cluster is.
#[derive(Clone)]
pub struct Node {
    /// Its address, `http://127.0.0.1:9200`.
    pub url: String,
    /// Name and password, if it asks for them.
    pub login: Option<(String, String)>,
}

/// A connection to the cluster.
pub(super) struct Wire(Transport);

impl Wire {
    pub(super) fn to(node: &Node) -> Result<Self, Unavailable> {
        let url = Url::parse(&node.url).map_err(Unavailable::because)?;
        let mut builder = TransportBuilder::new(SingleNodeConnectionPool::new(url)).disable_proxy();
        if let Some((name, password)) = &node.login {
            builder = builder.auth(Credentials::Basic(name.clone(), password.clone()));
        }
        Ok(Wire(builder.build().map_err(Unavailable::because)?))
    }

    pub(super) async fn get(&self, path: &str) -> Result<Value, Unavailable> {
        expect(self.send(Method::Get, path, None::<JsonBody<&Value>>).await?)
    }

    pub(super) async fn post(&self, path: &str, body: &Value) -> Result<Value, Unavailable> {
        expect(self.send(Method::Post, path, Some(JsonBody::new(body))).await?)
    }

    /// Lines of a bulk request.
    pub(super) async fn bulk(&self, path: &str, lines: Vec<Value>) -> Result<Value, Unavailable> {
        let lines: Vec<JsonBody<Value>> = lines.into_iter().map(JsonBody::new).collect();
        expect(self.send(Method::Post, path, Some(NdBody::new(lines))).await?)
    }

    /// Makes an index; one that is there already is as good.
    pub(super) async fn create(&self, index: &str, body: &Value) -> Result<(), Unavailable> {
        let (status, answer) =
            self.send(Method::Put, &format!("/{index}"), Some(JsonBody::new(body))).await?;
        if answer["error"]["type"] == "resource_already_exists_exception" {
            return Ok(());
        }
        expect((status, answer)).map(drop)
    }

    /// Removes an index; one that is gone already is as good.
    pub(super) async fn delete(&self, index: &str) -> Result<(), Unavailable> {
        let (status, answer) =
            self.send(Method::Delete, &format!("/{index}"), None::<JsonBody<&Value>>).await?;
        if status == StatusCode::NOT_FOUND {
            return Ok(());
        }
        expect((status, answer)).map(drop)
    }

    /// Whether there is a document.
    pub(super) async fn exists(&self, path: &str) -> Result<bool, Unavailable> {
        let (status, answer) = self.send(Method::Get, path, None::<JsonBody<&Value>>).await?;
        if status == StatusCode::NOT_FOUND {
            return Ok(false);
        }
        expect((status, answer)).map(|answer| answer["found"] == true)
    }

    async fn send<B: Body>(
        &self,
        method: Method,
        path: &str,
        body: Option<B>,
    ) -> Result<(StatusCode, Value), Unavailable> {
        let headers = HeaderMap::new();
        let sent = self.0.send(method, path, headers, None::<&()>, body, Some(PATIENCE)).await;
        let answer = sent.map_err(Unavailable::because)?;
        let status = answer.status_code();
        let text = answer.text().await.map_err(Unavailable::because)?;
        Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
    }
}

fn expect((status, answer): (StatusCode, Value)) -> Result<Value, Unavailable> {
    if status.is_success() {
        return Ok(answer);
    }
    let reason = answer["error"]["root_cause"][0]["reason"].as_str().or(answer["error"]["reason"].as_str());
    Err(Unavailable(format!("{status}: {}", reason.unwrap_or("no reason was given"))))
}
