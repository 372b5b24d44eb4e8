//! Frees the stock of a checkout whose buyer did not confirm the payment in time, after asking the provider once more.

use mcom_sales::checkout::{self, Resumed, Subject};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Enqueued when a buyer is sent away to confirm, due when the reservation ends, and taken back when the attempt is settled.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct ExpireReservations(Subject);

impl Job for ExpireReservations {
    const KIND: &'static str = checkout::EXPIRE;
    const RETRY: Backoff = Backoff::ALWAYS;

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        Ok(match checkout::resume(job.cx(), self.0.checkout_id).await? {
            Resumed::Settled => Next::Done,
            Resumed::Again(at) => Next::At(at),
        })
    }
}
