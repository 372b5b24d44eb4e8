//! Which kinds of jobs there are.

use std::{collections::BTreeMap, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use serde_json::Value;

use crate::{Backoff, Job, JobContext, JobError, Next};

type Work = for<'c> fn(Value, &'c JobContext) -> BoxFuture<'c, Result<Next, JobError>>;

/// One kind of job, with its payload's type forgotten.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) retry: Backoff,
    pub(crate) every: Option<Duration>,
    pub(crate) work: Work,
}

/// The kinds of jobs a worker can do.
#[derive(Debug, Default, Clone)]
pub struct Registry(BTreeMap<&'static str, Entry>);

impl Registry {
    /// Adds a kind.
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        self.0.insert(J::KIND, Entry { retry: J::RETRY, every: J::EVERY, work: work::<J> });
        self
    }

    /// The names of all kinds.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.0.keys().copied().collect()
    }

    pub(crate) fn get(&self, kind: &str) -> Option<Entry> {
        self.0.get(kind).copied()
    }

    /// Kinds that every open store has one job of, and how often it runs.
    pub(crate) fn periodic(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.0.iter().filter_map(|(kind, entry)| Some((*kind, entry.every?)))
    }
}

fn work<J: Job>(payload: Value, job: &JobContext) -> BoxFuture<'_, Result<Next, JobError>> {
    async move {
        let read = serde_json::from_value::<J>(payload);
        let payload = read.map_err(|error| JobError::fail(format!("unreadable payload: {error}")))?;
        payload.run(job).await
    }
    .boxed()
}
