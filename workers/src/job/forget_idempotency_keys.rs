//! Deletes idempotency keys whose time is over.

use std::time::Duration;

use mcom_data::idempotency;
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Every store has one, four times a day.
#[derive(Debug, Deserialize)]
pub struct ForgetIdempotencyKeys;

impl Job for ForgetIdempotencyKeys {
    const KIND: &'static str = "forget_idempotency_keys";
    const RETRY: Backoff = Backoff::SOON;
    const EVERY: Option<Duration> = Some(Duration::from_secs(6 * 3600));

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        let forgotten = idempotency::forget_old(job.cx()).await?;
        tracing::debug!(forgotten, "idempotency keys were forgotten");
        Ok(Next::Done)
    }
}
