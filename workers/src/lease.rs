//! One claimed job: run, and what is to become of it.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use mcom_data::{
    Actor, Cx, RequestId, Services,
    delivery::Holder,
    job::{Claim, Outcome},
};
use tracing::Instrument;

use crate::{JobContext, JobError, Next, registry::Entry};

/// What is out of reach is looked for again after this long.
const AWAY: TimeDelta = TimeDelta::seconds(10);

/// A claimed job on its way.
pub(crate) struct Lease {
    pub(crate) services: Arc<Services>,
    pub(crate) claim: Claim,
    pub(crate) entry: Entry,
}

impl Lease {
    /// Runs the job.
    pub(crate) async fn carry_out(self) -> (Claim, Outcome) {
        let span = tracing::info_span!("job", job.kind = %self.claim.kind, job.id = self.claim.id);
        let outcome = self.attempt().instrument(span).await;
        (self.claim, outcome)
    }

    async fn attempt(&self) -> Outcome {
        let attempt = self.claim.attempts.unsigned_abs();
        if attempt > self.entry.retry.attempts {
            // Attempts that end without an answer took their worker with them.
            return Outcome::Failed("every attempt ended with its worker".to_owned());
        }
        match AssertUnwindSafe(self.run(attempt)).catch_unwind().await {
            Ok(Ok(Next::At(at))) => Outcome::Next(at),
            Ok(Ok(Next::Done)) => match self.entry.every {
                Some(every) => Outcome::Next(self.services.clock.now() + delta(every)),
                None => Outcome::Done,
            },
            Ok(Err(error)) => self.after(attempt, &error),
            Err(_) => self.after(attempt, &JobError::retry("panicked")),
        }
    }

    async fn run(&self, attempt: u32) -> Result<Next, JobError> {
        let Some(tenant) = self.claim.tenant().cloned() else {
            return Err(JobError::fail("store not found"));
        };
        let actor = Actor::Worker { job: self.claim.kind.clone() };
        let request = RequestId(format!("job-{}-{attempt}", self.claim.id).into());
        let cx = Cx::new(self.services.clone(), tenant, actor, request);
        let is_last = attempt >= self.entry.retry.attempts;
        let holder = Holder { job: self.claim.id, lease: self.claim.lease().to_owned() };
        let job = JobContext { cx, holder, attempt, is_last };
        let answer = (self.entry.work)(self.claim.payload.clone(), &job).await;
        job.cx.finish().await;
        answer
    }

    fn after(&self, attempt: u32, error: &JobError) -> Outcome {
        let (now, why) = (self.services.clock.now(), error.to_string());
        let pause = match error {
            JobError::Retry(_) => self.entry.retry.after(attempt),
            JobError::Fail(_) => None,
            JobError::Away(_) => {
                tracing::warn!(why, "what the job needs is out of reach; it will be tried again");
                return Outcome::PutOff(now + AWAY, why);
            }
        };
        // Periodic work has no end: it waits for its next time instead.
        match pause.or(self.entry.every) {
            Some(pause) => {
                tracing::info!(attempt, why, pause_ms = pause.as_millis(), "the job will be tried again");
                Outcome::Again(now + delta(pause), why)
            }
            None => {
                tracing::error!(attempt, why, "the job failed for good");
                Outcome::Failed(why)
            }
        }
    }
}

pub(crate) fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
