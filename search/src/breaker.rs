//! A circuit breaker around an engine: while it is away, callers are told at once instead of waiting for it each.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use futures_util::future::{BoxFuture, FutureExt};
use mcom_schema::id::StoreId;

use crate::{
    document::Write,
    engine::{Hits, SearchEngine, Stored, Unavailable},
    facet::Tally,
    query::{Query, Text},
};

/// After so many failures in a row the engine counts as away.
const FAILURES: u32 = 3;
/// For so long nobody asks it; then one caller tries.
const PAUSE: Duration = Duration::from_secs(1);

/// The engine that a process searches with, which is not asked while it is away. Writes always try: whoever writes waits and
/// tries again by itself.
#[derive(Clone)]
pub struct Search {
    engine: Arc<dyn SearchEngine>,
    patience: Duration,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    failures: u32,
    closed_until: Option<Instant>,
}

impl Search {
    /// Searches that take longer than `patience` count as failed.
    pub fn around(engine: Arc<dyn SearchEngine>, patience: Duration) -> Self {
        Search { engine, patience, state: Arc::default() }
    }

    fn may_ask(&self) -> bool {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match state.closed_until {
            Some(until) if Instant::now() < until => false,
            Some(_) => {
                // This caller tries; the others wait for what comes of it.
                state.closed_until = Some(Instant::now() + PAUSE);
                true
            }
            None => true,
        }
    }

    fn note(&self, went_well: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if went_well {
            *state = State::default();
            return;
        }
        state.failures = state.failures.saturating_add(1);
        if state.failures >= FAILURES {
            state.closed_until = Some(Instant::now() + PAUSE);
        }
    }

    async fn ask<T>(&self, answer: impl Future<Output = Result<T, Unavailable>>) -> Result<T, Unavailable> {
        if !self.may_ask() {
            return Err(Unavailable::because("it did not answer just now"));
        }
        let answer = tokio::time::timeout(self.patience, answer).await;
        let answer = answer.unwrap_or_else(|_| Err(Unavailable::because("it took too long")));
        self.note(answer.is_ok());
        answer
    }
}

impl SearchEngine for Search {
    fn name(&self) -> &'static str {
        self.engine.name()
    }

    fn apply(&self, store: StoreId, writes: Vec<Write>) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.engine.apply(store, writes)
    }

    fn search<'a>(&'a self, store: StoreId, query: &'a Query) -> BoxFuture<'a, Result<Hits, Unavailable>> {
        self.ask(self.engine.search(store, query)).boxed()
    }

    fn completions<'a>(
        &'a self,
        store: StoreId,
        text: &'a Text,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Tally>, Unavailable>> {
        self.ask(self.engine.completions(store, text, limit)).boxed()
    }

    fn stored(
        &self,
        store: StoreId,
        after: i64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Stored>, Unavailable>> {
        self.engine.stored(store, after, limit)
    }

    fn refresh(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.engine.refresh(store)
    }

    fn is_built(&self, store: StoreId) -> BoxFuture<'_, Result<bool, Unavailable>> {
        self.engine.is_built(store)
    }

    fn begin_rebuild(&self, store: StoreId, size: u64) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.engine.begin_rebuild(store, size)
    }

    fn finish_rebuild(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.engine.finish_rebuild(store)
    }
}
