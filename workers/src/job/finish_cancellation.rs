//! Refunds what a cancelled order was paid with, should the process that cancelled it not have done so.

use mcom_sales::orders::{self, FINISH_CANCELLATION, ToCancel};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Enqueued with the cancellation, and taken back when the refund is booked.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct FinishCancellation(ToCancel);

impl Job for FinishCancellation {
    const KIND: &'static str = FINISH_CANCELLATION;
    const RETRY: Backoff = Backoff::ALWAYS;

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        orders::finish_cancel(job.cx(), self.0.order).await?;
        Ok(Next::Done)
    }
}
