//! What the gateway asks of a subgraph, wherever it runs.

use async_graphql::{PathSegment, Value, Variables};
use async_graphql_parser::types::ExecutableDocument;
use futures_util::future::BoxFuture;

use crate::{Cx, Extensions, Fault, dynamic::Direct};

/// One operation of a plan, made ready once: as a document for an engine in this process, as text for the wire.
#[derive(Debug, Clone)]
pub struct Op {
    /// As the planner wrote it.
    pub text: String,
    /// As the subgraph's engine wants it.
    pub document: ExecutableDocument,
}

/// One call of a subgraph.
pub struct Call<'a> {
    /// What to run, from the same subgraph's [`prepare`](Subgraph::prepare).
    pub op: &'a Op,
    /// Coerced variables.
    pub variables: Variables,
    /// Who asks.
    pub cx: &'a Cx,
}

/// An error in a subgraph's answer. Its path and the indices in it count as in the answer's data.
#[derive(Debug, Clone, PartialEq)]
pub struct Failure {
    /// A sentence.
    pub message: String,
    /// The response keys and indices of the field that failed; empty if the call failed as a whole.
    pub path: Vec<PathSegment>,
    /// What goes into `extensions`; may be empty.
    pub extensions: Extensions,
}

impl Failure {
    /// A fault at a place.
    pub fn at(path: Vec<PathSegment>, fault: Fault) -> Self {
        Failure { message: fault.message, path, extensions: fault.extensions }
    }
}

/// What a subgraph answers: not completed, so nulls do not bubble and keys have no order.
/// A field that failed is null or absent; entries of lists keep their places.
#[derive(Debug, Clone, Default)]
pub struct Answer {
    /// Response keys with values; null if the call failed as a whole.
    pub data: Value,
    /// What went wrong.
    pub errors: Vec<Failure>,
}

impl Answer {
    /// A call that failed as a whole.
    pub fn failed(fault: Fault) -> Self {
        Answer { data: Value::Null, errors: vec![Failure::at(vec![], fault)] }
    }
}

/// A subgraph: in this process, or behind HTTP.
pub trait Subgraph: Send + Sync {
    /// Makes an operation ready, once per plan.
    ///
    /// # Errors
    /// Text that is not a GraphQL document, which would be the planner's mistake.
    fn prepare(&self, text: &str) -> Result<Op, Fault> {
        let document = async_graphql_parser::parse_query(text)
            .map_err(|error| Fault::new("INTERNAL_SERVER_ERROR", error.to_string()))?;
        Ok(Op { text: text.to_owned(), document })
    }

    /// Runs an operation. Never fails itself: what goes wrong is in the answer.
    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer>;

    /// The fields of the subgraph one by one, if they can be asked without an operation: in this process only.
    fn direct(&self) -> Option<&Direct> {
        None
    }
}
