//! Counts what is sold per product and day.

use std::time::Duration;

use mcom_data::{Cx, delivery::Batch};
use mcom_sales::statistics::{self, CANCELLED, PLACED};

use crate::{Consumer, JobError};

/// Follows orders.
#[derive(Debug)]
pub struct CountSales;

impl Consumer for CountSales {
    const NAME: &'static str = "count_sales";
    const TOPICS: &'static [&'static str] = &[PLACED, CANCELLED];
    // Nobody waits for a statistic, and a sale is cheaper to count together with others.
    const GATHER: Duration = Duration::from_secs(1);

    async fn consume(&self, cx: &Cx, events: &Batch) -> Result<(), JobError> {
        Ok(statistics::count_sales(cx, events).await?)
    }
}
