//! Events on their way to those who consume them: from the outbox into one row per consumer and aggregate, and from there, in the
//! order of the aggregate's log, to the consumer.
//!
//! A row of `deliveries` holds two numbers: the last sequence the consumer is done with, and the last one it was handed. Since an
//! event gets its number under a unique constraint, the committed numbers of an aggregate have no gaps, and what lies between the
//! two is the whole of what the consumer has not seen. Order rests on the log alone, not on who relays or claims what first.

use chrono::{DateTime, Utc};
use mcom_schema::id::EventId;
use serde_json::Value;

mod batch;
mod claim;
mod consumers;
mod parked;
mod relay;
mod settle;

pub use batch::{Batch, Stretch};
pub use claim::{Claimed, Measure, claim};
pub use consumers::{Backlog, Subscription, backlog, is_paused, pause, resume, ring, subscribe};
pub use parked::{Parked, parked, retry};
pub use relay::{Round, Span, hand_over};
pub use settle::{Settlement, next_due, settle};

/// The `unique_key` of the job that delivers to one consumer in one store; the job's kind is the consumer's name.
pub(crate) const KEY: &str = "deliver";

/// An event as its consumers see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivered {
    /// Its number in the log: the key by which a consumer recognizes an event that comes again.
    pub id: EventId,
    /// The kind of thing it happened to: `product`, `order`.
    pub aggregate: String,
    /// Which one.
    pub aggregate_id: i64,
    /// 1 for the first event of that thing; a version that only grows.
    pub sequence: i64,
    /// What happened: `products/update`.
    pub topic: String,
    /// Version of the payload's shape.
    pub version: i16,
    /// What is worth knowing about it.
    pub payload: Value,
    /// When it happened.
    pub created_at: DateTime<Utc>,
}

/// Who has claimed deliveries: a job, under one of its leases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The job's id.
    pub job: i64,
    /// The name of its lease. When that has ended, what it held is free.
    pub lease: String,
}
