//! Request errors: what a client gets instead of data when its document, variables or size are wrong.
//!
//! The shapes are those that clients of the published APIs know: a `path` that begins with the operation
//! (`["query Product", "product", "nope"]`) and `extensions.code` with a few fields beside it.

use graphql_tools::parser::Pos;
use serde::Serialize;
use serde_json::{Map, Value};

/// Line and column in the document, both from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Location {
    line: usize,
    column: usize,
}

impl From<Pos> for Location {
    fn from(pos: Pos) -> Self {
        Location { line: pos.line, column: pos.column }
    }
}

/// An error found before execution: no part of the request was carried out.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct RequestError(Box<Told>);

/// What the client reads. In a box, because every step before execution may return one and hardly any does.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct Told {
    message: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    locations: Vec<Location>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    path: Vec<String>,
    extensions: Map<String, Value>,
}

impl RequestError {
    /// An error with nothing but its code and message.
    pub fn new(code: &str, message: impl Into<String>) -> Self {
        let extensions = Map::from_iter([("code".to_owned(), Value::from(code))]);
        RequestError(Box::new(Told {
            message: message.into(),
            locations: Vec::new(),
            path: Vec::new(),
            extensions,
        }))
    }

    /// Where in the document.
    #[must_use]
    pub fn at(mut self, pos: Pos) -> Self {
        self.0.locations.push(pos.into());
        self
    }

    /// Where in the operation: its kind and name, then field by field.
    #[must_use]
    pub fn along(mut self, path: &[String]) -> Self {
        self.0.path = path.to_vec();
        self
    }

    /// One more entry of `extensions`.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.extensions.insert(key.to_owned(), value.into());
        self
    }

    /// The value of `extensions.code`.
    pub fn code(&self) -> &str {
        self.0.extensions.get("code").and_then(Value::as_str).unwrap_or_default()
    }

    /// The text for people.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

/// Why a request was not executed: at least one error.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Refused {
    errors: Vec<RequestError>,
}

impl Refused {
    /// The errors, in the order of the document.
    pub fn errors(&self) -> &[RequestError] {
        &self.errors
    }

    /// The response body: `errors` alone, no `data` key.
    pub fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).unwrap_or_else(|_| br#"{"errors":[{"message":"Bad request"}]}"#.to_vec())
    }
}

impl From<RequestError> for Refused {
    fn from(error: RequestError) -> Self {
        Refused { errors: vec![error] }
    }
}

impl From<Vec<RequestError>> for Refused {
    fn from(errors: Vec<RequestError>) -> Self {
        Refused { errors }
    }
}
