//! What was sold when, counted from the events of orders a moment after they happened.

mod query;

use mcom_data::{Cx, Result, delivery::Batch};

/// An order was placed.
pub const PLACED: &str = "orders/create";
/// An order was cancelled.
pub const CANCELLED: &str = "orders/cancelled";

/// Counts the units that the orders of these events sold, product by product, on the day on which they were placed, and which products
/// were bought together; cancelled orders are taken off again. Each event counts exactly once, however often it is delivered.
///
/// # Errors
/// `Conflict` if one of the events was counted meanwhile; nothing is counted then.
pub async fn count_sales(cx: &Cx, events: &Batch) -> Result<()> {
    let changes: Vec<(i64, i64)> = events
        .iter()
        .filter_map(|event| match event.topic.as_str() {
            PLACED => Some((event.aggregate_id, 1)),
            CANCELLED => Some((event.aggregate_id, -1)),
            _ => None,
        })
        .collect();
    cx.write_quietly(async |db| {
        events.once(db).await?;
        query::add(db, &changes).await?;
        query::sum_up(db, &changes).await?;
        query::pair(db, &changes).await
    })
    .await
}
