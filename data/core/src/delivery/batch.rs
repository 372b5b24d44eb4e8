//! A batch of events, and how it comes apart when it cannot be consumed as a whole.

use std::{collections::HashSet, ops::Deref};

use super::{Delivered, Holder};

/// So often an aggregate is tried together with others. A worker that is killed for other reasons does no harm to the size of batches.
const TOGETHER: i32 = 3;

/// One aggregate's part of a batch: the events after `from`, up to `upto`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// The kind of thing.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: i64,
    /// How often this delivery was begun, this time included; 1 unless something went wrong before.
    pub attempts: i32,
    /// Sequence of the last event that was consumed before.
    pub from: i64,
    /// Sequence of the last event that is consumed with this batch.
    pub upto: i64,
}

/// Events of one store for one consumer, ordered within each aggregate.
#[derive(Debug, Clone)]
pub struct Batch {
    consumer: &'static str,
    holder: Holder,
    stretches: Vec<Stretch>,
    events: Vec<Delivered>,
}

impl Deref for Batch {
    type Target = [Delivered];

    fn deref(&self) -> &[Delivered] {
        &self.events
    }
}

impl Batch {
    pub(super) fn new(
        consumer: &'static str,
        holder: Holder,
        stretches: Vec<Stretch>,
        events: Vec<Delivered>,
    ) -> Self {
        Batch { consumer, holder, stretches, events }
    }

    pub(super) fn consumer(&self) -> &'static str {
        self.consumer
    }

    pub(super) fn holder(&self) -> &Holder {
        &self.holder
    }

    /// The aggregates it is about.
    pub fn stretches(&self) -> &[Stretch] {
        &self.stretches
    }

    /// The same events in smaller batches that can fail apart: each aggregate that was tried again and again on its own, since it may
    /// be the one that kills its worker; all others together.
    #[must_use]
    pub fn apart_from_tried(self) -> Vec<Batch> {
        let (fresh, tried): (Vec<_>, Vec<_>) =
            self.stretches.iter().cloned().partition(|stretch| stretch.attempts <= TOGETHER);
        let together = (!fresh.is_empty()).then(|| self.part(fresh));
        together.into_iter().chain(tried.into_iter().map(|stretch| self.part(vec![stretch]))).collect()
    }

    /// One batch per aggregate.
    #[must_use]
    pub fn by_aggregate(&self) -> Vec<Batch> {
        self.stretches.iter().map(|stretch| self.part(vec![stretch.clone()])).collect()
    }

    /// One batch per event, each to be consumed before the next is begun. For a batch about one aggregate.
    #[must_use]
    pub fn by_event(&self) -> Vec<Batch> {
        let Some(whole) = self.stretches.first() else { return vec![] };
        let mut from = whole.from;
        let mut parts = Vec::with_capacity(self.events.len());
        for (place, event) in self.events.iter().enumerate() {
            let is_last = place + 1 == self.events.len();
            let upto = if is_last { whole.upto } else { event.sequence };
            // What counted against the first event does not count against the next.
            let attempts = if place == 0 { whole.attempts } else { 1 };
            let stretch = Stretch { from, upto, attempts, ..whole.clone() };
            parts.push(Batch {
                consumer: self.consumer,
                holder: self.holder.clone(),
                stretches: vec![stretch],
                events: vec![event.clone()],
            });
            from = upto;
        }
        parts
    }

    fn part(&self, stretches: Vec<Stretch>) -> Batch {
        let wanted: HashSet<_> = stretches.iter().map(|s| (s.aggregate.as_str(), s.aggregate_id)).collect();
        let belongs = |event: &&Delivered| wanted.contains(&(event.aggregate.as_str(), event.aggregate_id));
        let events = self.events.iter().filter(belongs).cloned().collect();
        Batch { consumer: self.consumer, holder: self.holder.clone(), stretches, events }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use mcom_schema::id::EventId;
    use serde_json::Value;

    use super::{Batch, Stretch};
    use crate::delivery::{Delivered, Holder};

    fn event(aggregate_id: i64, sequence: i64) -> Delivered {
        Delivered {
            id: EventId(aggregate_id * 100 + sequence),
            aggregate: "thing".to_owned(),
            aggregate_id,
            sequence,
            topic: "things/update".to_owned(),
            version: 1,
            payload: Value::Null,
            created_at: DateTime::UNIX_EPOCH,
        }
    }

    fn stretch(aggregate_id: i64, attempts: i32, from: i64, upto: i64) -> Stretch {
        Stretch { aggregate: "thing".to_owned(), aggregate_id, attempts, from, upto }
    }

    fn batch(stretches: Vec<Stretch>) -> Batch {
        let events =
            stretches.iter().flat_map(|s| (s.from + 1..=s.upto).map(|n| event(s.aggregate_id, n))).collect();
        Batch::new("test", Holder { job: 1, lease: "lease".to_owned() }, stretches, events)
    }

    fn aggregates(batch: &Batch) -> Vec<i64> {
        batch.stretches().iter().map(|stretch| stretch.aggregate_id).collect()
    }

    #[test]
    fn what_was_tried_before_is_kept_apart_from_what_was_not() {
        let parts =
            batch(vec![stretch(1, 1, 0, 2), stretch(2, 5, 0, 1), stretch(3, 3, 4, 5), stretch(4, 4, 0, 1)])
                .apart_from_tried();
        assert_eq!(parts.iter().map(aggregates).collect::<Vec<_>>(), [vec![1, 3], vec![2], vec![4]]);
        assert_eq!(parts[0].len(), 3);
    }

    #[test]
    fn the_events_of_an_aggregate_follow_each_other_without_a_gap() {
        let mut whole = batch(vec![stretch(1, 1, 3, 6)]);
        // The consumer does not care for the fifth, nor for what comes after the sixth.
        whole.events.remove(1);
        whole.stretches[0].upto = 8;
        let parts = whole.by_event();
        let stretches: Vec<_> = parts.iter().map(|p| (p.stretches[0].from, p.stretches[0].upto)).collect();
        assert_eq!(stretches, [(3, 4), (4, 8)]);
        assert_eq!(parts.iter().map(|part| part[0].sequence).collect::<Vec<_>>(), [4, 6]);
    }
}
