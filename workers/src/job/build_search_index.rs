//! Builds the search index of a store that has none: after an upgrade, a change of engine, or the loss of a disk.

use std::time::Duration;

use mcom_search::{Search, SearchEngine};
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next, index};

/// Looks whether the index was ever built to its end. Has no payload: it is periodic.
#[derive(Debug, Deserialize)]
pub struct BuildSearchIndex;

impl Job for BuildSearchIndex {
    const KIND: &'static str = "build_search_index";
    const RETRY: Backoff = Backoff::ALWAYS;
    const EVERY: Option<Duration> = Some(Duration::from_secs(3600));

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        let engine = job.cx().shared::<Search>()?;
        if !engine.is_built(job.cx().tenant().store()).await? {
            index::rebuild(job.cx(), &mut |_| {}).await?;
        }
        Ok(Next::Done)
    }
}
