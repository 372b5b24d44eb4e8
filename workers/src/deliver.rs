//! The job that delivers to one consumer in one store: claims a batch, has it consumed, and writes down how far that went.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use chrono::{DateTime, TimeDelta, Utc};
use futures_util::FutureExt;
use mcom_data::delivery::{self, Batch, Claimed, Measure, Settlement, Stretch};

use crate::{JobContext, JobError, Next, consume::Subscriber, lease::delta};

/// A batch holds this many events of one aggregate at most.
const EVENTS_EACH: i64 = 100;
/// How soon to look again whether the store is free, for consumers that want to be alone.
const OCCUPIED: TimeDelta = TimeDelta::milliseconds(100);

/// What went well is written down at least this often, so that a worker that dies in a long batch loses little.
const UNWRITTEN: Duration = Duration::from_secs(1);

/// Delivers one batch. Comes again at once if there is more, and later if something was put off.
pub(crate) async fn deliver(subscriber: &Subscriber, job: &JobContext) -> Result<Next, JobError> {
    let (cx, name) = (job.cx(), subscriber.name);
    if delivery::is_paused(cx, name).await? {
        return Ok(Next::Done);
    }
    let aggregates = i64::from(subscriber.batch);
    let measure = Measure { aggregates, events_each: EVENTS_EACH, alone: subscriber.alone };
    match delivery::claim(cx, name, subscriber.topics, job.holder(), measure).await? {
        Claimed::Occupied => return Ok(Next::At(cx.now() + OCCUPIED)),
        Claimed::Nothing => {}
        Claimed::Batch(batch) => {
            let settled = BTreeMap::new();
            let mut run = Run { subscriber, job, settled, written: Instant::now() };
            let carried_out = run.carry_out(batch).await;
            run.write_down().await?;
            carried_out?;
        }
    }
    let due = delivery::next_due(cx, name).await?;
    Ok(due.map_or(Next::Done, |due| Next::At(due.max(cx.now()))))
}

/// One batch on its way, and what became of each aggregate's part of it.
struct Run<'a> {
    subscriber: &'a Subscriber,
    job: &'a JobContext,
    settled: BTreeMap<(String, i64), Settlement>,
    /// When that was last written down.
    written: Instant,
}

impl Run<'_> {
    /// Has a batch consumed; what fails is taken apart until the one event that cannot be consumed stands alone, and the aggregate waits
    /// there. Fails only if the consumer is out of reach: then what was not consumed waits as if nothing had happened.
    async fn carry_out(&mut self, batch: Batch) -> Result<(), JobError> {
        let mut parts = VecDeque::from(batch.apart_from_tried());
        while let Some(part) = parts.pop_front() {
            match self.attempt(&part).await {
                Ok(()) => self.settle(&part, consumed),
                Err(JobError::Away(why)) => {
                    self.settle(&part, untouched);
                    parts.iter().for_each(|part| self.settle(part, untouched));
                    return Err(JobError::Away(why));
                }
                Err(_) if part.stretches().len() > 1 => put_first(&mut parts, part.by_aggregate()),
                Err(_) if part.len() > 1 => put_first(&mut parts, part.by_event()),
                Err(why) => {
                    let (subscriber, now) = (self.subscriber, self.job.cx().now());
                    self.settle(&part, |stretch| failed(subscriber, stretch, &why, now));
                    parts.retain(|later| !is_same(later, &part));
                }
            }
            let is_between = parts.front().is_none_or(|next| !is_same(next, &part));
            if is_between && self.written.elapsed() > UNWRITTEN {
                self.write_down().await?;
            }
        }
        Ok(())
    }

    /// Writes down how far it went, and lets go of that.
    async fn write_down(&mut self) -> Result<(), JobError> {
        let settled: Vec<_> = std::mem::take(&mut self.settled).into_values().collect();
        if settled.is_empty() {
            return Ok(());
        }
        delivery::settle(self.job.cx(), self.subscriber.name, self.job.holder(), &settled).await?;
        self.written = Instant::now();
        Ok(())
    }

    async fn attempt(&self, part: &Batch) -> Result<(), JobError> {
        let worst = part.stretches().iter().map(|stretch| stretch.attempts).max();
        if worst.is_some_and(|attempts| attempts.unsigned_abs() > self.subscriber.retry.attempts) {
            return Err(JobError::fail("every attempt ended with its worker"));
        }
        let consuming = AssertUnwindSafe(self.subscriber.consume(self.job.cx(), part));
        consuming.catch_unwind().await.unwrap_or_else(|_| Err(JobError::retry("panicked")))
    }

    fn settle(&mut self, part: &Batch, how: impl Fn(&Stretch) -> Settlement) {
        for stretch in part.stretches() {
            self.settled.insert((stretch.aggregate.clone(), stretch.aggregate_id), how(stretch));
        }
    }
}

fn put_first(parts: &mut VecDeque<Batch>, pieces: Vec<Batch>) {
    for piece in pieces.into_iter().rev() {
        parts.push_front(piece);
    }
}

/// Whether two parts are about the same one aggregate.
fn is_same(one: &Batch, other: &Batch) -> bool {
    let name = |part: &Batch| part.stretches().first().map(|s| (s.aggregate.clone(), s.aggregate_id));
    name(one) == name(other)
}

fn settlement(stretch: &Stretch, consumed: i64, attempts: i32) -> Settlement {
    Settlement {
        aggregate: stretch.aggregate.clone(),
        aggregate_id: stretch.aggregate_id,
        consumed,
        attempts,
        again_at: None,
        is_parked: false,
        error: None,
    }
}

fn consumed(stretch: &Stretch) -> Settlement {
    settlement(stretch, stretch.upto, 0)
}

fn untouched(stretch: &Stretch) -> Settlement {
    settlement(stretch, stretch.from, stretch.attempts - 1)
}

/// Puts an aggregate off, or gives it up if this was the last attempt or none will go better.
fn failed(subscriber: &Subscriber, stretch: &Stretch, error: &JobError, now: DateTime<Utc>) -> Settlement {
    let pause = match error {
        JobError::Fail(_) => None,
        JobError::Retry(_) | JobError::Away(_) => subscriber.retry.after(stretch.attempts.unsigned_abs()),
    };
    let (consumer, aggregate, id) = (subscriber.name, &stretch.aggregate, stretch.aggregate_id);
    match pause {
        Some(_) => tracing::warn!(consumer, aggregate, id, %error, "an event could not be consumed"),
        None => {
            tracing::error!(consumer, aggregate, id, %error, "an event was given up; its aggregate waits for `mcom events retry`");
        }
    }
    Settlement {
        again_at: pause.map(|pause| now + delta(pause)),
        is_parked: pause.is_none(),
        error: Some(error.to_string()),
        ..settlement(stretch, stretch.from, stretch.attempts)
    }
}
