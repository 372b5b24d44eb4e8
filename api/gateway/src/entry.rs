//! A document that was read once, with the plans that were made for it.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use async_graphql::{Value, Variables};

use super::ast::{Ast, OperationKind};
use super::compile::Compiled;
use super::condition;
use super::context::{Context, ContextTemplate};
use super::document::choose;
use super::hot::Hot;
use super::planner::Step;
use super::refuse::RequestError;
use super::variable::Variable;

/// Plans kept per document. Each condition doubles what a client may ask for; further plans are made and forgotten.
const PLANS: usize = 16;

/// How to answer an operation for one combination of its conditions.
#[derive(Debug)]
pub struct Plan {
    /// What the client asked for.
    pub operation: Compiled,
    /// What has to be done; nothing if only the schema itself was asked about.
    pub step: Option<Step>,
    /// The way without an engine, if records can answer it alone.
    pub hot: Option<Hot>,
}

/// A valid document with its chosen operation.
#[derive(Debug)]
pub struct Entry {
    pub(super) document: Ast,
    pub(super) name: Option<String>,
    pub(super) variables: Vec<Variable>,
    kind: OperationKind,
    context: ContextTemplate,
    conditions: Vec<String>,
    plans: RwLock<HashMap<Vec<bool>, Arc<Plan>>>,
}

impl Entry {
    /// Chooses the operation. Fails if there is none of that name, or several and no name.
    pub fn new(mut document: Ast, operation: Option<&str>) -> Result<Entry, RequestError> {
        let conditions = condition::variables(&mut document);
        let chosen = choose(&document, operation)?;
        let name = chosen.name.map(str::to_owned);
        let variables = chosen.variables.iter().map(Variable::read).collect();
        let (kind, context) = (chosen.kind, ContextTemplate::read(chosen));
        Ok(Entry { name, variables, kind, context, conditions, plans: RwLock::default(), document })
    }

    /// What the entry takes in memory, roughly: trees are some forty times as large as their text.
    pub fn bytes(&self, text: &str) -> usize {
        1_024 + text.len() * 40 * (self.conditions.len() + 1).min(PLANS)
    }

    /// The plan for the values of the conditions, made if it is not known yet.
    pub fn plan(
        &self,
        variables: &Variables,
        make: impl FnOnce(&dyn Fn(&str) -> bool) -> Result<Plan, RequestError>,
    ) -> Result<Arc<Plan>, RequestError> {
        let is_set = |name: &str| matches!(variables.get(name), Some(Value::Boolean(true)));
        let key: Vec<bool> = self.conditions.iter().map(|name| is_set(name)).collect();
        if let Some(plan) = self.plans.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Ok(plan.clone());
        }
        let plan = Arc::new(make(&is_set)?);
        let mut plans = self.plans.write().unwrap_or_else(PoisonError::into_inner);
        if plans.len() < PLANS {
            plans.insert(key, plan.clone());
        }
        Ok(plan)
    }
}

/// A request that may be executed.
#[derive(Debug)]
pub struct Prepared {
    pub(super) entry: Arc<Entry>,
    pub(super) plan: Arc<Plan>,
    pub(super) variables: Variables,
    pub(super) cost: u64,
}

impl Prepared {
    /// Whether it writes.
    pub fn is_mutation(&self) -> bool {
        self.entry.kind == OperationKind::Mutation
    }

    /// Whether records can answer it alone, so that no engine is needed as long as nothing fails.
    pub fn is_hot(&self) -> bool {
        self.plan.hot.is_some()
    }

    /// The operation's name, if it has one.
    pub fn operation_name(&self) -> Option<&str> {
        self.entry.name.as_deref()
    }

    /// The names of its root fields, in order; for logs and rules about single fields.
    pub fn root_fields(&self) -> impl Iterator<Item = &str> {
        self.plan.operation.fields.iter().map(|f| f.name.as_str())
    }

    /// What it costs, in points of the table in [`limit`](super::limit).
    pub fn cost(&self) -> u64 {
        self.cost
    }

    /// What its directives say about the request.
    pub fn context(&self) -> Context {
        self.entry.context.fill(&self.variables)
    }
}
