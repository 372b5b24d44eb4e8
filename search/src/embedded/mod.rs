//! The embedded engine: one index per store on local disk, opened when it is asked for, closed when it is not.

mod choice;
mod collect;
mod columns;
mod complete;
mod count;
mod index;
mod matching;
mod rank;
mod schema;
mod stored;

use std::{
    collections::{HashMap, VecDeque},
    path::PathBuf,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use futures_util::future::{BoxFuture, FutureExt};
use mcom_schema::id::{ProductId, StoreId};

use crate::{
    analysis,
    document::Write,
    engine::{Hits, SearchEngine, Stored, Unavailable},
    facet::{self, Tally},
    interpret::{Meaning, interpret},
    query::{Query, Scope, Text},
};
use collect::Pass;
use complete::Completing;
use index::StoreIndex;

/// How many indexes may be open at a time; each holds a few file handles and mapped pages.
const OPEN: usize = 128;
/// How many of them may have a writer at a time, with its heap.
const WRITERS: usize = 4;
/// How long a writer stays open after the last write, for the next one.
const IDLE: Duration = Duration::from_secs(2);

/// The mark of a finished rebuild: a tombstone of a product that cannot be.
const BUILT: ProductId = ProductId(0);

/// Searches in files of its own.
#[derive(Clone)]
pub struct Embedded(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    open: Mutex<Open>,
    writes: AtomicU64,
}

#[derive(Default)]
struct Open {
    indexes: HashMap<i64, (Arc<StoreIndex>, u64)>,
    /// Stores with a writer, the one that wrote last at the end.
    writers: VecDeque<(i64, u64)>,
    asked: u64,
}

impl Embedded {
    /// Keeps its indexes below `folder`, which several processes of one machine may share.
    pub fn new(folder: PathBuf) -> Self {
        Embedded(Arc::new(Inner { folder, open: Mutex::default(), writes: AtomicU64::new(0) }))
    }

    /// Runs on a thread that may wait for the disk.
    fn run<T, F>(&self, work: F) -> BoxFuture<'static, Result<T, Unavailable>>
    where
        T: Send + 'static,
        F: FnOnce(&Inner) -> Result<T, Unavailable> + Send + 'static,
    {
        let inner = self.0.clone();
        async move {
            let done = tokio::task::spawn_blocking(move || work(&inner)).await;
            done.unwrap_or_else(|error| Err(Unavailable::because(error)))
        }
        .boxed()
    }

    /// Closes the store's writer unless it writes again soon.
    fn close_when_idle(&self, store: StoreId) {
        let stamp = self.0.writes.fetch_add(1, Ordering::Relaxed);
        let crowded = self.0.wrote(store.0, stamp);
        let engine = self.clone();
        tokio::spawn(async move {
            for other in crowded {
                let _ = engine.run(move |inner| inner.close(other)).await;
            }
            tokio::time::sleep(IDLE).await;
            if engine.0.is_idle(store.0, stamp) {
                let _ = engine.run(move |inner| inner.close(store.0)).await;
            }
        });
    }
}

impl Inner {
    fn locked(&self) -> std::sync::MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn index(&self, store: i64) -> Result<Arc<StoreIndex>, Unavailable> {
        let mut open = self.locked();
        open.asked += 1;
        let asked = open.asked;
        if let Some((index, last)) = open.indexes.get_mut(&store) {
            *last = asked;
            return Ok(index.clone());
        }
        let index = Arc::new(StoreIndex::open(&self.folder.join(schema::LAYOUT).join(store.to_string()))?);
        open.indexes.insert(store, (index.clone(), asked));
        if open.indexes.len() > OPEN {
            let writing: Vec<i64> = open.writers.iter().map(|(store, _)| *store).collect();
            let idle = open.indexes.iter().filter(|(store, _)| !writing.contains(store));
            if let Some(oldest) = idle.min_by_key(|(_, (_, last))| *last).map(|(store, _)| *store) {
                open.indexes.remove(&oldest);
            }
        }
        Ok(index)
    }

    /// Notes that a store has a writer; tells whose are one too many.
    fn wrote(&self, store: i64, stamp: u64) -> Vec<i64> {
        let mut open = self.locked();
        open.writers.retain(|(other, _)| *other != store);
        open.writers.push_back((store, stamp));
        let too_many = open.writers.len().saturating_sub(WRITERS);
        open.writers.drain(..too_many).map(|(store, _)| store).collect()
    }

    fn is_idle(&self, store: i64, stamp: u64) -> bool {
        let mut open = self.locked();
        let is_idle = open.writers.contains(&(store, stamp));
        open.writers.retain(|writer| *writer != (store, stamp));
        is_idle
    }

    fn close(&self, store: i64) -> Result<(), Unavailable> {
        let index = self.locked().indexes.get(&store).map(|(index, _)| index.clone());
        if let Some(index) = index {
            index.close();
        }
        Ok(())
    }
}

impl SearchEngine for Embedded {
    fn name(&self) -> &'static str {
        "embedded"
    }

    fn apply(&self, store: StoreId, writes: Vec<Write>) -> BoxFuture<'_, Result<(), Unavailable>> {
        async move {
            let done = self.run(move |inner| inner.index(store.0)?.apply(writes)).await;
            self.close_when_idle(store);
            done
        }
        .boxed()
    }

    fn search<'a>(&'a self, store: StoreId, query: &'a Query) -> BoxFuture<'a, Result<Hits, Unavailable>> {
        let query = query.clone();
        self.run(move |inner| search(&*inner.index(store.0)?, &query))
    }

    fn completions<'a>(
        &'a self,
        store: StoreId,
        text: &'a Text,
        limit: usize,
    ) -> BoxFuture<'a, Result<Vec<Tally>, Unavailable>> {
        let text = text.clone();
        self.run(move |inner| completions(&*inner.index(store.0)?, &text, limit))
    }

    fn stored(
        &self,
        store: StoreId,
        after: i64,
        limit: usize,
    ) -> BoxFuture<'_, Result<Vec<Stored>, Unavailable>> {
        self.run(move |inner| inner.index(store.0)?.stored(after, limit))
    }

    fn refresh(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.run(move |inner| inner.index(store.0)?.latest().map(drop))
    }

    fn is_built(&self, store: StoreId) -> BoxFuture<'_, Result<bool, Unavailable>> {
        self.run(move |inner| Ok(inner.index(store.0)?.version(BUILT.0)?.is_some()))
    }

    /// Nothing is to be begun: a rebuild corrects the index in place, a part at a time, while it is searched and written.
    fn begin_rebuild(&self, _: StoreId, _: u64) -> BoxFuture<'_, Result<(), Unavailable>> {
        async { Ok(()) }.boxed()
    }

    fn finish_rebuild(&self, store: StoreId) -> BoxFuture<'_, Result<(), Unavailable>> {
        self.apply(store, vec![Write::Remove { version: 0, id: BUILT }])
    }
}

fn search(index: &StoreIndex, query: &Query) -> Result<Hits, Unavailable> {
    let searcher = index.searcher()?;
    let run = |slips: bool| {
        let meaning = query.text.as_ref().map(|text| interpret(text, slips)).unwrap_or_default();
        searcher.search(&matching::condition(&index.fields, &query.scope, &meaning), &Pass(query))
    };
    let outcome = run(false)?;
    // Whoever makes no slip gets no others' words: they are tried only if nothing else is there.
    let outcome = if outcome.matched || query.text.is_none() { outcome } else { run(true)? };
    Ok(outcome.hits)
}

fn completions(index: &StoreIndex, text: &Text, limit: usize) -> Result<Vec<Tally>, Unavailable> {
    let words = analysis::words(&text.words);
    let Some((last, before)) = words.split_last() else { return Ok(vec![]) };
    let meaning: Meaning = interpret(&Text { prefix: true, ..text.clone() }, false);
    let condition = matching::condition(&index.fields, &Scope::default(), &meaning);
    let counts = index.searcher()?.search(&condition, &Completing(last))?;
    Ok(facet::most(counts, limit).into_iter().map(|word| word.after(before)).collect())
}
