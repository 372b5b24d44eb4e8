//! Fills a collection by its rules beyond the part that was looked at when the rules were set.

use mcom_catalog::collections::{self, Refresh};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Enqueued when the rules of a collection are set in a store with more products than one transaction looks at.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub struct RefreshCollection(Refresh);

impl Job for RefreshCollection {
    const KIND: &'static str = collections::REFRESH;
    const RETRY: Backoff = Backoff::ALWAYS;

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        collections::refresh(job.cx(), self.0).await?;
        Ok(Next::Done)
    }
}
