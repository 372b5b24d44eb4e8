//! From an HTTP request to a GraphQL request.

use async_graphql::Variables;
use poem::{
    Request,
    error::ReadBodyError,
    http::{Method, StatusCode},
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    answer,
    refusal::{Refused, bad},
};
use crate::gateway::Limits;

/// A GraphQL request as clients send it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GraphqlRequest {
    /// The document.
    #[serde(default)]
    pub(super) query: Option<String>,
    /// Which of its operations.
    #[serde(default)]
    pub(super) operation_name: Option<String>,
    /// Values for its variables.
    #[serde(default)]
    pub(super) variables: Option<Variables>,
    /// What clients and servers have agreed upon besides.
    #[serde(default)]
    pub(super) extensions: Option<Extensions>,
}

/// The extensions that mean something.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Extensions {
    #[serde(default)]
    persisted_query: Option<PersistedQuery>,
}

/// A document by its hash.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PersistedQuery {
    /// Of the agreement.
    pub(super) version: u32,
    /// In hexadecimal digits.
    pub(super) sha256_hash: String,
}

impl GraphqlRequest {
    /// Reads the query string of a GET, or the body of a POST up to the limit.
    ///
    /// # Errors
    /// The answer that says what is wrong.
    pub(super) async fn read(request: &mut Request, limits: &Limits) -> Result<Self, Refused> {
        if *request.method() == Method::GET {
            return from_query(request);
        }
        let kind = request.content_type().unwrap_or_default().to_owned();
        from_body(&kind, &body(request, limits).await?)
    }

    /// The document by its hash, if it is named so.
    pub(super) fn persisted(&self) -> Option<&PersistedQuery> {
        self.extensions.as_ref()?.persisted_query.as_ref()
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct QueryString {
    query: Option<String>,
    operation_name: Option<String>,
    variables: Option<String>,
    extensions: Option<String>,
}

fn from_query(request: &Request) -> Result<GraphqlRequest, Refused> {
    let sent: QueryString = request.params().map_err(|_| bad("The query string could not be read"))?;
    Ok(GraphqlRequest {
        query: sent.query,
        operation_name: sent.operation_name,
        variables: json_of("variables", sent.variables)?,
        extensions: json_of("extensions", sent.extensions)?,
    })
}

fn json_of<T: DeserializeOwned>(name: &str, text: Option<String>) -> Result<Option<T>, Refused> {
    let value = text.filter(|text| !text.is_empty()).map(|text| serde_json::from_str(&text)).transpose();
    value.map_err(|error| bad(&format!("`{name}` are not JSON: {error}")))
}

async fn body(request: &mut Request, limits: &Limits) -> Result<Vec<u8>, Refused> {
    let announced = request.header("content-length").and_then(|length| length.parse().ok());
    if let Some(length) = announced {
        limits.body(length).map_err(|_| too_large(limits))?;
    }
    match request.take_body().into_bytes_limit(limits.body_bytes).await {
        Ok(bytes) => Ok(bytes.into()),
        Err(ReadBodyError::PayloadTooLarge) => Err(too_large(limits)),
        Err(_) => Err(bad("The body ended too early")),
    }
}

fn from_body(content_type: &str, body: &[u8]) -> Result<GraphqlRequest, Refused> {
    let kind = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/graphql" => {
            let text = std::str::from_utf8(body).map_err(|_| bad("The document is not UTF-8"))?;
            let query = Some(text.to_owned());
            Ok(GraphqlRequest { query, operation_name: None, variables: None, extensions: None })
        }
        "application/json" | "" | "text/plain" => from_json(body),
        kind if kind.ends_with("+json") => from_json(body),
        _ => Err(Box::new(answer::error(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send application/json or application/graphql",
        ))),
    }
}

fn from_json(body: &[u8]) -> Result<GraphqlRequest, Refused> {
    if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
        return Err(bad("Several operations in one request are not supported: send them one by one"));
    }
    serde_json::from_slice(body)
        .map_err(|error| bad(&format!("The body is not a GraphQL request in JSON: {error}")))
}

fn too_large(limits: &Limits) -> Refused {
    let message = format!("The body has more than the allowed {} bytes", limits.body_bytes);
    let mut response = answer::error(StatusCode::PAYLOAD_TOO_LARGE, "MAX_BODY_SIZE_EXCEEDED", &message);
    // The rest of the body is not read, so nothing else can be asked over this connection.
    response.headers_mut().insert("connection", poem::http::HeaderValue::from_static("close"));
    Box::new(response)
}

#[cfg(test)]
mod tests {
    use poem::http::StatusCode;

    use super::from_body;

    #[test]
    fn documents_come_in_json_or_bare() {
        let json = from_body(
            "application/json; charset=utf-8",
            br#"{"query":"{a}","operationName":null,"variables":null}"#,
        );
        assert!(json.is_ok_and(|read| read.query.as_deref() == Some("{a}") && read.variables.is_none()));
        let bare = from_body("application/graphql; charset=utf-8", b"{ a }");
        assert!(bare.is_ok_and(|read| read.query.as_deref() == Some("{ a }")));
    }

    #[test]
    fn what_is_no_request_is_refused_with_a_fitting_status() {
        for (kind, body, status) in [
            ("application/json", &b" [{\"query\":\"{a}\"}]"[..], StatusCode::BAD_REQUEST),
            ("application/json", b"{", StatusCode::BAD_REQUEST),
            ("multipart/form-data", b"", StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ] {
            assert_eq!(from_body(kind, body).err().map(|response| response.status()), Some(status));
        }
    }
}
