//! The federated gateway: one public schema in front of several subgraphs.
//!
//! A request goes through [`Gateway::prepare`], which may refuse it but touches no subgraph, and then through
//! [`Gateway::execute`], which always yields an answer. Between the two the caller takes the request's
//! [cost](Prepared::cost) from its budget and builds the [`Cx`] from its [context](Prepared::context).

mod alias;
mod api;
mod ast;
mod cache;
mod compile;
mod complete;
pub mod compose;
mod condition;
mod context;
mod document;
mod entry;
mod execute;
mod hot;
mod introspect;
pub mod limit;
mod planner;
mod refuse;
mod remark;
pub mod remote;
mod schema;
mod typename;
mod validate;
mod variable;

use std::collections::HashSet;
use std::sync::Arc;

use async_graphql::{Value, Variables};
use mcom_kit::{Cx, Subgraph};

pub use api::Api;
pub use context::Context;
pub use entry::Prepared;
pub use limit::Limits;
pub use refuse::{Location, Refused, RequestError};

use cache::TextCache;
use entry::{Entry, Plan};
use execute::Run;
use planner::{Planner, Subgraphs};
use schema::Schema;

/// How many documents are remembered with their plans.
const CACHED_DOCUMENTS: usize = 4_096;
/// What they may take together, as estimated from their length.
const CACHED_BYTES: usize = 64 << 20;

/// The budget of a caller, as the Admin API tells it in `extensions.cost.throttleStatus`. All in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ThrottleStatus {
    /// What the budget holds when it is full.
    pub maximum_available: f64,
    /// What is left after this request.
    pub currently_available: f64,
    /// What comes back each second.
    pub restore_rate: f64,
}

/// One public API over its subgraphs.
pub struct Gateway {
    schema: Schema,
    planner: Planner,
    subgraphs: Subgraphs,
    key_names: HashSet<String>,
    limits: Limits,
    documents: TextCache<Entry>,
    engine_only: bool,
}

impl Gateway {
    /// Reads the API's schemas. A second of CPU for an Admin API of full size, so it may be worth a thread.
    ///
    /// Fails if the texts do not parse or the supergraph cannot be planned over.
    pub fn new(api: &Api, subgraphs: Vec<(&str, Arc<dyn Subgraph>)>) -> anyhow::Result<Gateway> {
        Ok(Gateway {
            schema: Schema::read(api.public)?,
            planner: Planner::new(api.supergraph)?,
            subgraphs: subgraphs.into_iter().map(|(name, subgraph)| (name.to_owned(), subgraph)).collect(),
            key_names: alias::key_names(api.supergraph),
            limits: api.limits.clone(),
            documents: TextCache::new(CACHED_DOCUMENTS, CACHED_BYTES),
            engine_only: false,
        })
    }

    /// The same without the hot path: every answer is put together by the subgraphs' engines. For comparison.
    #[must_use]
    pub fn engine_only(self) -> Gateway {
        Gateway { engine_only: true, ..self }
    }

    /// The bounds that this API sets.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Makes a request ready: reads, validates and plans its document and coerces its variables.
    /// No subgraph is asked. A request that is refused here has cost next to nothing.
    pub fn prepare(
        &self,
        text: &str,
        operation: Option<&str>,
        variables: Variables,
    ) -> Result<Prepared, Refused> {
        let entry = self.entry(text, operation)?;
        let variables = variable::coerce(&self.schema, &entry.variables, variables)?;
        let plan = entry.plan(&variables, |is_set| self.plan(&entry, is_set))?;
        let cost = limit::cost(&self.schema, &plan.operation, &variables)?;
        if cost > self.limits.cost {
            return Err(limit::too_dear(cost, self.limits.cost).into());
        }
        Ok(Prepared { entry, plan, variables, cost })
    }

    /// Carries out a request and writes the finished JSON body. Fails never: errors are in the body.
    pub async fn execute(&self, prepared: &Prepared, cx: &Cx, throttle: Option<ThrottleStatus>) -> Vec<u8> {
        if let Some(hot) = &prepared.plan.hot
            && let Some(mut body) = hot.data(cx, &prepared.variables).await
        {
            body.extend_from_slice(b",\"extensions\":");
            body.extend_from_slice(extensions(prepared, cx, throttle).as_bytes());
            body.push(b'}');
            return body;
        }
        Box::pin(self.execute_by_engines(prepared, cx, throttle)).await
    }

    async fn execute_by_engines(
        &self,
        prepared: &Prepared,
        cx: &Cx,
        throttle: Option<ThrottleStatus>,
    ) -> Vec<u8> {
        let Prepared { plan, variables, .. } = prepared;
        let run = Run::new(&self.schema.types, &self.subgraphs, variables, cx);
        let mut state = run.finish(plan.step.as_ref()).await;
        for field in &plan.operation.fields {
            if let Some(value) = introspect::answer(&self.schema, field, variables) {
                if !matches!(state.data, Value::Object(_)) {
                    state.data = Value::Object(async_graphql::indexmap::IndexMap::new());
                }
                if let Value::Object(data) = &mut state.data {
                    data.insert(async_graphql::Name::new(&field.source), value);
                }
            }
        }
        let extensions = extensions(prepared, cx, throttle);
        complete::complete(&plan.operation, &state.data, state.errors, Some(&extensions))
    }

    fn entry(&self, text: &str, operation: Option<&str>) -> Result<Arc<Entry>, Refused> {
        let named = operation.map(|name| format!("{name}\0{text}"));
        let key = named.as_deref().unwrap_or(text);
        if let Some(entry) = self.documents.get(key) {
            return Ok(entry);
        }
        let document = document::read(text, &self.schema, &self.limits)?;
        let entry = Arc::new(Entry::new(document, operation)?);
        self.documents.put(key, entry.clone(), entry.bytes(text));
        Ok(entry)
    }

    fn plan(&self, entry: &Entry, is_set: &dyn Fn(&str) -> bool) -> Result<Plan, RequestError> {
        let name = entry.name.as_deref();
        let mut document = condition::decide(&entry.document, name, is_set);
        alias::protect(&mut document, &self.key_names);
        let operation = compile::compile(&self.schema, &document, document::choose(&document, name)?)?;
        typename::add(&self.schema, &mut document);
        let step = self.planner.plan(&document, name, &self.subgraphs).map_err(|error| {
            tracing::error!(
                error = format!("{error:#}"),
                graphql.operation = name,
                "a valid operation has no plan"
            );
            RequestError::new("INTERNAL_SERVER_ERROR", "The operation could not be planned")
        })?;
        let hot = if self.engine_only {
            None
        } else {
            hot::compile(&self.schema, &operation, step.as_ref(), &self.subgraphs)
        };
        Ok(Plan { operation, step, hot })
    }
}

/// What is told beside the data: what the request cost, and what its searches passed over.
fn extensions(prepared: &Prepared, cx: &Cx, throttle: Option<ThrottleStatus>) -> String {
    let Prepared { plan, variables, cost, .. } = prepared;
    let mut extensions = limit::cost_extension(*cost, throttle);
    remark::append(&mut extensions, &plan.operation, variables, &cx.remarks());
    extensions
}

#[cfg(test)]
mod tests;
