//! Takes up a checkout whose process is gone, and drives it to an order or back to nothing.

use mcom_sales::checkout::{self, Resumed, Subject};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Enqueued with every attempt, due when its first lease ends, and taken back when the attempt is settled.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ResumeCheckout(Subject);

impl Job for ResumeCheckout {
    const KIND: &'static str = checkout::RESUME;
    const RETRY: Backoff = Backoff::ALWAYS;

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        Ok(match checkout::resume(job.cx(), self.0.checkout_id).await? {
            Resumed::Settled => Next::Done,
            Resumed::Again(at) => Next::At(at),
        })
    }
}
