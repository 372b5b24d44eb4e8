//! An SDL and a registry become a schema that answers: async-graphql's dynamic engine, spoken to as a [`Subgraph`].
//!
//! The engine departs from the specification; so it is told that everything may be null, and whoever calls it
//! completes the answer: bubbling, order of keys, nulls of fields that failed.

mod build;
mod convert;
mod direct;
mod entity;
mod ledger;
mod slot;
mod unions;

use std::{fmt, sync::Arc};

use async_graphql::{Request, ServerError, dynamic::Schema};
use async_graphql_parser::types::DocumentOperations;
use futures_util::future::BoxFuture;

use crate::{
    Cx, Fault, Registry, Types,
    alive::Alive,
    answer::{self, Site},
    subgraph::{Answer, Call, Failure, Op, Subgraph},
};
pub use direct::{Answerer, Direct};
use ledger::Ledger;

/// What a schema insists on.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Every mutation must carry `@access`; for schemas that merchants and apps speak to.
    pub require_access: bool,
}

/// Why a schema was not built: everything that is wrong, each with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaints(pub Vec<String>);

impl fmt::Display for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "the SDL and the code disagree in {} places:", self.0.len())?;
        self.0.iter().try_for_each(|complaint| writeln!(f, "- {complaint}"))
    }
}

impl std::error::Error for Complaints {}

/// A subgraph in this process.
pub struct Dynamic {
    schema: Schema,
    types: Arc<Types>,
    alive: Alive,
    direct: Direct,
}

impl Dynamic {
    /// Builds the schema of an SDL whose fields the registry answers.
    ///
    /// # Errors
    /// All places in which the two disagree.
    pub fn build(sdl: &str, registry: Registry, options: Options) -> Result<Self, Complaints> {
        let types = Types::parse(sdl).map_err(|error| Complaints(vec![error.to_string()]))?;
        build::build(Arc::new(types), registry, options)
    }

    /// The types of the SDL.
    pub fn types(&self) -> &Arc<Types> {
        &self.types
    }

    /// Which fields have answered so far.
    pub fn alive(&self) -> &Alive {
        &self.alive
    }

    async fn run(&self, call: Call<'_>) -> Answer {
        let ledger = Arc::new(Ledger::default());
        let mut request =
            Request::new("").variables(call.variables).data(call.cx.clone()).data(ledger.clone());
        request.set_parsed_query(call.op.document.clone());
        let response = self.schema.execute(request).await;
        let unexpected = response.errors.into_iter().map(|error| engine_failure(call.cx, error)).collect();
        ledger.close(response.data, unexpected)
    }
}

/// What the engine itself refuses is a mistake of ours: a value that its enum does not have, for instance.
fn engine_failure(cx: &Cx, error: ServerError) -> Failure {
    let cause = anyhow::anyhow!("{}", error.message);
    Failure::at(error.path, answer::broken(&Site { cx, field: "engine" }, &cause))
}

impl Subgraph for Dynamic {
    fn prepare(&self, text: &str) -> Result<Op, Fault> {
        let mut document = async_graphql_parser::parse_query(text)
            .map_err(|error| Fault::new("INTERNAL_SERVER_ERROR", error.to_string()))?;
        let fragments = document.fragments.clone();
        let rewrite = unions::Rewrite { types: &self.types, fragments: &fragments };
        for fragment in document.fragments.values_mut() {
            rewrite.selection(&mut fragment.node.selection_set.node);
        }
        match &mut document.operations {
            DocumentOperations::Single(operation) => {
                rewrite.selection(&mut operation.node.selection_set.node);
            }
            DocumentOperations::Multiple(operations) => {
                for operation in operations.values_mut() {
                    rewrite.selection(&mut operation.node.selection_set.node);
                }
            }
        }
        Ok(Op { text: text.to_owned(), document })
    }

    fn call<'a>(&'a self, call: Call<'a>) -> BoxFuture<'a, Answer> {
        Box::pin(self.run(call))
    }

    fn direct(&self) -> Option<&Direct> {
        Some(&self.direct)
    }
}
