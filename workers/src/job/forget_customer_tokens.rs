//! Deletes what is known of customers' secrets and of mails when its time is over.

use std::time::Duration;

use mcom_sales::customers;
use mcom_store::notifications;
use serde::Deserialize;

use crate::{Backoff, Job, JobContext, JobError, Next};

/// Every store has one, four times a day.
#[derive(Debug, Deserialize)]
pub struct ForgetCustomerTokens;

impl Job for ForgetCustomerTokens {
    const KIND: &'static str = "forget_customer_tokens";
    const RETRY: Backoff = Backoff::SOON;
    const EVERY: Option<Duration> = Some(Duration::from_secs(6 * 3600));

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        let forgotten = customers::forget_old(job.cx()).await? + notifications::forget_old(job.cx()).await?;
        tracing::debug!(forgotten, "tokens and mails were forgotten");
        Ok(Next::Done)
    }
}
