//! Events: what happened, once, in the order in which it happened to one aggregate. The immutable log and the source of webhooks.

use serde::Serialize;
use serde_json::Value;

/// Something that happened to one aggregate, ready for the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The kind of thing it happened to: `product`, `order`.
    pub aggregate: &'static str,
    /// Which one.
    pub aggregate_id: i64,
    /// What happened, as the topic that subscribers know: `products/update`.
    pub topic: &'static str,
    /// Version of the payload's shape.
    pub version: i16,
    /// What is worth knowing about it.
    pub payload: Value,
}

impl Event {
    /// An event of the first version of its payload.
    pub fn new(
        topic: &'static str,
        aggregate: &'static str,
        aggregate_id: i64,
        payload: &impl Serialize,
    ) -> Self {
        let payload = serde_json::to_value(payload).unwrap_or(Value::Null);
        Event { aggregate, aggregate_id, topic, version: 1, payload }
    }
}
