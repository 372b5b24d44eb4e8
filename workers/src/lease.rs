//! One claimed job: run under a lease that is kept alive, and settled at the end.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_util::FutureExt;
use mcom_data::{
    Actor, Cx, Error, RequestId, Services,
    job::{Claim, Outcome},
};
use tracing::Instrument;

use crate::{JobContext, JobError, Next, registry::Entry};

/// A claimed job on its way.
pub(crate) struct Lease {
    pub(crate) services: Arc<Services>,
    pub(crate) claim: Claim,
    pub(crate) entry: Entry,
    /// How long the job is ours after each sign of life.
    pub(crate) length: Duration,
}

impl Lease {
    /// Runs the job and settles it. A lease that is lost on the way ends the run without a word: whoever has the job now answers for it.
    pub(crate) async fn carry_out(self) {
        let span = tracing::info_span!("job", job.kind = %self.claim.kind, job.id = self.claim.id);
        async {
            tokio::select! {
                outcome = self.attempt() => self.settle(&outcome).await,
                () = self.keep_alive() => tracing::warn!("the job's lease was lost; its run is abandoned"),
            }
        }
        .instrument(span)
        .await;
    }

    /// Gives an unfinished job back, so that another worker need not wait for the lease to end.
    pub(crate) async fn give_back(services: &Services, claim: &Claim) {
        let again = Outcome::Again(services.clock.now(), "its worker was stopped".to_owned());
        if let Err(error) = claim.settle(&services.db, &again).await {
            tracing::debug!(%error, job.id = claim.id, "an unfinished job could not be given back; its lease will end");
        }
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
            Ok(Err(error)) => self.after(attempt, error),
            Err(_) => self.after(attempt, JobError::retry("panicked")),
        }
    }

    async fn run(&self, attempt: u32) -> Result<Next, JobError> {
        let tenant = self.claim.tenant(&self.services.db).await?;
        let actor = Actor::Worker { job: self.claim.kind.clone() };
        let request = RequestId(format!("job-{}-{attempt}", self.claim.id).into());
        let cx = Cx::new(self.services.clone(), tenant, actor, request);
        let is_last = attempt >= self.entry.retry.attempts;
        let job = JobContext { cx, attempt, is_last };
        let answer = (self.entry.work)(self.claim.payload.clone(), &job).await;
        job.cx.finish().await;
        answer
    }

    fn after(&self, attempt: u32, error: JobError) -> Outcome {
        let (why, pause) = match error {
            JobError::Retry(why) => (format!("{why:#}"), self.entry.retry.after(attempt)),
            JobError::Fail(why) => (format!("{why:#}"), None),
        };
        // Periodic work has no end: it waits for its next time instead.
        match pause.or(self.entry.every) {
            Some(pause) => {
                tracing::info!(attempt, why, pause_ms = pause.as_millis(), "the job will be tried again");
                Outcome::Again(self.services.clock.now() + delta(pause), why)
            }
            None => {
                tracing::error!(attempt, why, "the job failed for good");
                Outcome::Failed(why)
            }
        }
    }

    /// Ends when the lease is lost.
    async fn keep_alive(&self) {
        let db = &self.services.db;
        let mut unheard = Duration::ZERO;
        while unheard < self.length {
            tokio::time::sleep(self.length / 3).await;
            match self.claim.extend(db, self.services.clock.now() + delta(self.length)).await {
                Ok(true) => unheard = Duration::ZERO,
                Ok(false) => return,
                Err(_) => unheard += self.length / 3,
            }
        }
    }

    async fn settle(&self, outcome: &Outcome) {
        match self.claim.settle(&self.services.db, outcome).await {
            Ok(()) => tracing::debug!(?outcome, "settled"),
            Err(Error::Conflict(_)) => tracing::warn!("the job was taken over before it was settled"),
            Err(error) => tracing::warn!(%error, "the job could not be settled; it will run again"),
        }
    }
}

pub(crate) fn delta(duration: Duration) -> TimeDelta {
    TimeDelta::from_std(duration).unwrap_or(TimeDelta::MAX)
}
