//! Which kinds of jobs there are.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use serde_json::Value;

use crate::{Backoff, Consumer, Job, JobContext, JobError, Next, consume::Subscriber, deliver::deliver};

type Work = dyn for<'c> Fn(Value, &'c JobContext) -> BoxFuture<'c, Result<Next, JobError>> + Send + Sync;

/// One kind of job, with its payload's type forgotten.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) retry: Backoff,
    pub(crate) every: Option<Duration>,
    pub(crate) work: Arc<Work>,
}

/// The kinds of jobs a worker can do, and the consumers it can deliver to: to each by a kind of job that has its name.
#[derive(Default, Clone)]
pub struct Registry {
    jobs: BTreeMap<&'static str, Entry>,
    subscribers: Vec<Subscriber>,
}

impl Registry {
    /// Adds a kind.
    #[must_use]
    pub fn with<J: Job>(mut self) -> Self {
        let entry = Entry { retry: J::RETRY, every: J::EVERY, work: Arc::new(work::<J>) };
        self.jobs.insert(J::KIND, entry);
        self
    }

    /// Adds a consumer of events.
    #[must_use]
    pub fn with_consumer<C: Consumer>(mut self, consumer: C) -> Self {
        let subscriber = Subscriber::new(consumer);
        self.subscribers.push(subscriber.clone());
        let work: Arc<Work> = Arc::new(move |_, job| {
            let subscriber = subscriber.clone();
            async move { deliver(&subscriber, job).await }.boxed()
        });
        self.jobs.insert(C::NAME, Entry { retry: Backoff::ALWAYS, every: None, work });
        self
    }

    /// The consumers.
    pub(crate) fn subscribers(&self) -> &[Subscriber] {
        &self.subscribers
    }

    /// The names of all kinds.
    pub fn kinds(&self) -> Vec<&'static str> {
        self.jobs.keys().copied().collect()
    }

    pub(crate) fn get(&self, kind: &str) -> Option<Entry> {
        self.jobs.get(kind).cloned()
    }

    /// Kinds that every open store has one job of, and how often it runs.
    pub(crate) fn periodic(&self) -> impl Iterator<Item = (&'static str, Duration)> {
        self.jobs.iter().filter_map(|(kind, entry)| Some((*kind, entry.every?)))
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
