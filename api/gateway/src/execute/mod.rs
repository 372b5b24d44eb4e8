//! Carries out a plan: asks subgraphs, in turn or at once, and merges what they answer into one tree.
//!
//! Nothing here fails as a whole. What goes wrong is recorded with the path of the field that it happened to, and
//! completion decides what becomes null for it.

mod entity;
mod tree;

use std::sync::{Mutex, MutexGuard, PoisonError};

use async_graphql::{Name, PathSegment, Value, Variables};
use futures_util::future::{BoxFuture, join_all};
use mcom_kit::{Answer, Call, Cx, Failure, Fault, Types};

use super::planner::{Fetch, Request, Step, Subgraphs};

/// What the subgraphs have answered so far.
#[derive(Debug, Default)]
pub struct State {
    /// The merged tree, under the keys of the plan's operations.
    pub data: Value,
    /// What went wrong, with paths into the tree.
    pub errors: Vec<Failure>,
}

/// One execution of a plan.
pub struct Run<'a> {
    types: &'a Types,
    subgraphs: &'a Subgraphs,
    variables: &'a Variables,
    cx: &'a Cx,
    state: Mutex<State>,
}

impl<'a> Run<'a> {
    /// A run that has asked nobody yet.
    pub fn new(types: &'a Types, subgraphs: &'a Subgraphs, variables: &'a Variables, cx: &'a Cx) -> Self {
        Run { types, subgraphs, variables, cx, state: Mutex::default() }
    }

    /// Carries out a step and gives back all that is known then.
    pub async fn finish(self, step: Option<&Step>) -> State {
        if let Some(step) = step {
            self.step(step).await;
        }
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner)
    }

    fn step<'s>(&'s self, step: &'s Step) -> BoxFuture<'s, ()> {
        Box::pin(async move {
            match step {
                Step::Sequence(steps) => {
                    for step in steps {
                        self.step(step).await;
                    }
                }
                Step::Parallel(steps) => drop(join_all(steps.iter().map(|step| self.step(step))).await),
                Step::Fetch(fetch) => self.fetch(fetch).await,
                Step::Entities(entities) => self.entities(entities).await,
            }
        })
    }

    async fn fetch(&self, fetch: &Fetch) {
        let mut answer = self.call(&fetch.request, Vec::new()).await;
        for rewrite in &fetch.output {
            tree::rewrite(self.types, rewrite, &mut answer.data);
        }
        let mut state = self.state();
        tree::merge(&mut state.data, answer.data);
        for failure in answer.errors {
            if failure.path.is_empty() {
                // The call failed as a whole, and so did each of its root fields.
                let at =
                    |key: &String| Failure { path: vec![PathSegment::Field(key.clone())], ..failure.clone() };
                state.errors.extend(fetch.request.keys.iter().map(at));
            } else {
                state.errors.push(failure);
            }
        }
    }

    async fn call(&self, request: &Request, representations: Vec<(&str, Vec<Value>)>) -> Answer {
        let mut variables = Variables::default();
        for name in &request.variables {
            if let Some(value) = self.variables.get(name.as_str()) {
                variables.insert(Name::new(name), value.clone());
            }
        }
        for (name, objects) in representations {
            variables.insert(Name::new(name), Value::List(objects));
        }
        match self.subgraphs.get(&request.service) {
            Some(subgraph) => subgraph.call(Call { op: &request.op, variables, cx: self.cx }).await,
            None => Answer::failed(Fault::new("INTERNAL_SERVER_ERROR", "A part of the service is missing")),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
