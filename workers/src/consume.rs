//! What a consumer is: a name, the topics it wants to hear of, and what it does with their events.

use std::{sync::Arc, time::Duration};

use futures_util::{FutureExt, future::BoxFuture};
use mcom_data::{Cx, delivery::Batch};

use crate::{Backoff, JobError};

/// Something that follows events: an index, a statistic, somebody outside.
///
/// It is given the events of one store in batches, those of one aggregate in their order and without a gap, those of different aggregates
/// in any order. A batch may come again, as a whole or in part, when a worker died after it was consumed; so consuming it twice
/// must be the same as once:
///
/// - an effect in the database is written with [`Batch::once`] in the same transaction, and happens exactly once;
/// - an effect outside carries a key or a version by which the other side recognizes it: [`Delivered::id`], or
///   [`Delivered::sequence`], which only grows.
///
/// [`Delivered::id`]: mcom_data::delivery::Delivered::id
/// [`Delivered::sequence`]: mcom_data::delivery::Delivered::sequence
pub trait Consumer: Send + Sync + 'static {
    /// Its name: the kind of the jobs that deliver to it, and the word by which it is paused. Never changed.
    const NAME: &'static str;
    /// Topics of the events it consumes.
    const TOPICS: &'static [&'static str];
    /// How long to wait after a failure, and after how many attempts the aggregate is given up and shown to people.
    const RETRY: Backoff = Backoff::SOON;
    /// For how long events are gathered after the first one, for consumers that do better with many at once.
    const GATHER: Duration = Duration::ZERO;
    /// How many aggregates a batch is about at most. Of each it holds up to a hundred events.
    const BATCH: u16 = 200;
    /// Whether a store's batches must not be consumed side by side, by whichever workers.
    const ALONE: bool = false;
    /// How long a batch may take.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Consumes a batch, which has at least one event.
    ///
    /// # Errors
    /// If a batch fails it is tried again in parts, aggregate by aggregate and event by event: those that fail are put off and in the end
    /// given up, while the others go on. [`JobError::Away`] puts off the whole batch and counts against nothing.
    fn consume(&self, cx: &Cx, events: &Batch) -> impl Future<Output = Result<(), JobError>> + Send;
}

type Consume = dyn for<'c> Fn(&'c Cx, &'c Batch) -> BoxFuture<'c, Result<(), JobError>> + Send + Sync;

/// A consumer with its type forgotten.
#[derive(Clone)]
pub(crate) struct Subscriber {
    pub(crate) name: &'static str,
    pub(crate) topics: &'static [&'static str],
    pub(crate) retry: Backoff,
    pub(crate) gather: Duration,
    pub(crate) batch: u16,
    pub(crate) alone: bool,
    pub(crate) patience: Duration,
    consume: Arc<Consume>,
}

impl Subscriber {
    pub(crate) fn new<C: Consumer>(consumer: C) -> Self {
        let consumer = Arc::new(consumer);
        Subscriber {
            name: C::NAME,
            topics: C::TOPICS,
            retry: C::RETRY,
            gather: C::GATHER,
            batch: C::BATCH,
            alone: C::ALONE,
            patience: C::PATIENCE,
            consume: Arc::new(move |cx, events| {
                let consumer = consumer.clone();
                async move { consumer.consume(cx, events).await }.boxed()
            }),
        }
    }

    /// Consumes a batch within the consumer's patience. A batch without events, because all of them are of other topics, is consumed
    /// by doing nothing.
    pub(crate) async fn consume(&self, cx: &Cx, events: &Batch) -> Result<(), JobError> {
        if events.is_empty() {
            return Ok(());
        }
        match tokio::time::timeout(self.patience, (self.consume)(cx, events)).await {
            Ok(consumed) => consumed,
            Err(_) => Err(JobError::retry(format!("took longer than {:?}", self.patience))),
        }
    }
}
