//! What a job is: a payload that knows its kind, how patiently it is tried again, and what to do.

use std::{
    fmt::{self, Display},
    time::Duration,
};

use chrono::{DateTime, Utc};
use mcom_data::{Cx, Error, delivery::Holder};
use serde::de::DeserializeOwned;

use crate::Backoff;

/// One kind of background work. Implemented by the payload, which whoever enqueues serializes under the same kind.
///
/// A job may run more than once, and in rare cases (a lease that ended while its holder hung) twice at the same time: running
/// it again must change nothing.
pub trait Job: DeserializeOwned + Send + Sync + 'static {
    /// The name under which it is enqueued.
    const KIND: &'static str;
    /// How long to wait between attempts, and how many there are.
    const RETRY: Backoff;
    /// For periodic work: every open store has one such job, which runs this often. Its payload is null.
    const EVERY: Option<Duration> = None;

    /// Does the work.
    ///
    /// # Errors
    /// [`JobError::Retry`] if another attempt may go better, [`JobError::Fail`] if none will.
    fn run(&self, job: &JobContext) -> impl Future<Output = Result<Next, JobError>> + Send;
}

/// What becomes of a job that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// It is done. Periodic work runs again when its time comes.
    Done,
    /// There will be more to do at this instant: the same job runs again, its attempts forgiven.
    At(DateTime<Utc>),
}

/// Why a job did not go well.
#[derive(Debug)]
pub enum JobError {
    /// Another attempt may go better.
    Retry(anyhow::Error),
    /// No attempt will.
    Fail(anyhow::Error),
    /// What it needs is out of reach, which says nothing about the work: another attempt in a few seconds, as long as it takes.
    Away(anyhow::Error),
}

impl Display for JobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (JobError::Retry(why) | JobError::Fail(why) | JobError::Away(why)) = self;
        write!(f, "{why:#}")
    }
}

impl JobError {
    /// Another attempt may go better; `why` is kept with the job.
    pub fn retry(why: impl Display) -> Self {
        JobError::Retry(anyhow::anyhow!("{why}"))
    }

    /// No attempt will go better; `why` is kept with the job.
    pub fn fail(why: impl Display) -> Self {
        JobError::Fail(anyhow::anyhow!("{why}"))
    }

    /// What the work needs is out of reach; `why` is kept with the job.
    pub fn away(why: impl Display) -> Self {
        JobError::Away(anyhow::anyhow!("{why}"))
    }
}

/// What is gone or refused stays so; everything else may pass.
impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound(_) | Error::Refused(_) | Error::Forbidden(_) | Error::SignedOut => {
                JobError::Fail(error.into())
            }
            Error::Broken(cause) => JobError::Retry(anyhow::anyhow!("{cause:#}")),
            Error::Conflict(_) | Error::Busy | Error::TooOften(_) => JobError::Retry(error.into()),
        }
    }
}

/// One run of a job: the store it belongs to, and how often it was tried.
pub struct JobContext {
    pub(crate) cx: Cx,
    pub(crate) holder: Holder,
    pub(crate) attempt: u32,
    pub(crate) is_last: bool,
}

impl JobContext {
    /// The context for verbs: the store under which the job was enqueued, with a worker as its actor.
    pub fn cx(&self) -> &Cx {
        &self.cx
    }

    /// Under what name this run claims deliveries.
    pub(crate) fn holder(&self) -> &Holder {
        &self.holder
    }

    /// 1 for the first attempt.
    pub fn attempt(&self) -> u32 {
        self.attempt
    }

    /// Whether no attempt follows this one: the time to undo what was begun.
    pub fn is_last_attempt(&self) -> bool {
        self.is_last
    }
}
