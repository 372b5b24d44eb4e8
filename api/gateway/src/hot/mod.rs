//! The hot path: a query that one subgraph's records can answer alone is written straight into the answer, without an engine.
//!
//! It is compiled once for each plan, over the same registry as the engine. Only plain success is its business: whatever fails, and
//! any null where none may be, is left to the engine, which answers the query again from the beginning. So there is one place that
//! knows how failures are told.

mod compile;
mod write;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use async_graphql::{Name, Variables};
use async_graphql_value::Value;
use mcom_kit::dynamic::Answerer;
use mcom_kit::types::Ty;
use mcom_kit::{Args, Cx, Selection};

pub use compile::compile;

/// A query ready to be answered by records.
pub struct Hot {
    fields: Vec<Field>,
    /// How long the last answer was: the next one will be much the same.
    length: AtomicUsize,
}

impl fmt::Debug for Hot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hot").finish_non_exhaustive()
    }
}

/// A field of one object type.
struct Field {
    /// The response key with quotes and colon.
    json_key: Vec<u8>,
    ty: Ty,
    answer: Answer,
    /// What is selected below, for each object type that the value may have.
    below: Vec<(Arc<str>, Vec<Field>)>,
    /// It, or something below it, has to be waited for.
    waits: bool,
}

enum Answer {
    /// The name of the object type, in quotes.
    TypeName(Vec<u8>),
    /// What a record says.
    From { answerer: Answerer, arguments: Arguments, selection: Selection },
}

enum Arguments {
    /// The same for every request.
    Fixed(Args),
    /// With variables in them.
    Written(Vec<(Name, Value)>),
}

impl Hot {
    /// The answer up to the end of its data: `{"data":{…}`. `None`: something failed, and the engine has to answer.
    pub async fn data(&self, cx: &Cx, variables: &Variables) -> Option<Vec<u8>> {
        let mut out = Vec::with_capacity(self.length.load(Ordering::Relaxed) + 512);
        out.extend_from_slice(b"{\"data\":");
        write::Writer { cx, variables }.root(&mut out, &self.fields).await.ok()?;
        self.length.store(out.len(), Ordering::Relaxed);
        Some(out)
    }
}
