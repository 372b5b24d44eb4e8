//! The jobs in one worker's hands: kept alive together, settled together, given back when it stops.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
    time::Duration,
};

use mcom_data::{
    Services,
    job::{self, Claim, Outcome},
};
use tokio::task::{AbortHandle, JoinError, JoinSet};

use crate::lease::{Lease, delta};

type Ended = Result<(Claim, Outcome), JoinError>;

/// For how long jobs that have ended wait for others that end meanwhile, so that small ones are settled and claimed by the hundred.
const TOGETHER: Duration = Duration::from_millis(5);

/// Jobs that run, and jobs that are claimed and wait for a free hand.
pub(crate) struct Desk {
    services: Arc<Services>,
    hands: usize,
    /// How long a lease lasts after each sign of life.
    length: Duration,
    /// For how long no sign of life could be given.
    unheard: Duration,
    tasks: JoinSet<(Claim, Outcome)>,
    running: HashMap<i64, (Claim, AbortHandle)>,
    waiting: VecDeque<Lease>,
    /// Ended and not yet handed out to be settled.
    ended: Vec<(Claim, Outcome)>,
}

impl Desk {
    /// A desk with so many hands, whose leases are of this length.
    pub(crate) fn new(services: Arc<Services>, hands: usize, length: Duration) -> Self {
        Desk {
            services,
            hands,
            length,
            unheard: Duration::ZERO,
            tasks: JoinSet::new(),
            running: HashMap::new(),
            waiting: VecDeque::new(),
            ended: vec![],
        }
    }

    /// How many jobs more it can take on, if `ahead` may wait for a hand.
    pub(crate) fn room(&self, ahead: usize) -> usize {
        (self.hands + ahead).saturating_sub(self.running.len() + self.waiting.len())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.running.is_empty() && self.waiting.is_empty() && self.ended.is_empty()
    }

    /// Takes jobs on: begins as many as there are hands for.
    pub(crate) fn take_on(&mut self, leases: Vec<Lease>) {
        self.waiting.extend(leases);
        self.begin();
    }

    fn begin(&mut self) {
        while self.running.len() < self.hands {
            let Some(lease) = self.waiting.pop_front() else { return };
            let claim = lease.claim.clone();
            let task = self.tasks.spawn(lease.carry_out());
            self.running.insert(claim.id, (claim, task));
        }
    }

    /// Waits for jobs to end, and answers with what is to become of them. Never ready while nothing runs. A call that is given up loses
    /// nothing: the next one answers with what ended during this one.
    pub(crate) async fn ended(&mut self) -> Vec<(Claim, Outcome)> {
        while self.ended.is_empty() {
            let Some(first) = self.tasks.join_next().await else { return std::future::pending().await };
            self.note(first);
        }
        let until = tokio::time::Instant::now() + TOGETHER;
        loop {
            while let Some(next) = self.tasks.try_join_next() {
                self.note(next);
            }
            self.begin();
            if self.running.is_empty() {
                break;
            }
            match tokio::time::timeout_at(until, self.tasks.join_next()).await {
                Ok(Some(next)) => self.note(next),
                _ => break,
            }
        }
        std::mem::take(&mut self.ended)
    }

    fn note(&mut self, ended: Ended) {
        // Only a job whose lease was lost is aborted, and then it is somebody else's.
        let Ok((claim, outcome)) = ended else { return };
        if self.running.remove(&claim.id).is_some() {
            self.ended.push((claim, outcome));
        }
    }

    /// Writes down what became of jobs.
    pub(crate) async fn settle(&self, ended: Vec<(Claim, Outcome)>) {
        let db = &self.services.db;
        let (done, others): (Vec<_>, Vec<_>) =
            ended.into_iter().partition(|(_, outcome)| *outcome == Outcome::Done);
        let done: Vec<&Claim> = done.iter().map(|(claim, _)| claim).collect();
        if !done.is_empty() {
            match job::settle_done(db, &done).await {
                Ok(gone) if gone.len() == done.len() => {}
                Ok(gone) => tracing::warn!(
                    jobs = done.len() - gone.len(),
                    "jobs were taken over before they were settled"
                ),
                Err(error) => tracing::warn!(%error, "jobs could not be settled; they will run again"),
            }
        }
        for (claim, outcome) in others {
            if let Err(error) = claim.settle(db, &outcome).await {
                tracing::warn!(%error, job.id = claim.id, "a job could not be settled; it will run again");
            }
        }
    }

    /// How often leases are to be extended.
    pub(crate) fn pulse(&self) -> Duration {
        self.length / 3
    }

    /// Extends the leases of all jobs, and ends the runs of those that were lost: whoever has them now answers for them.
    pub(crate) async fn keep_alive(&mut self) {
        if self.is_empty() {
            return;
        }
        let waiting = self.waiting.iter().map(|lease| &lease.claim);
        let all: Vec<&Claim> = self.running.values().map(|(claim, _)| claim).chain(waiting).collect();
        let until = self.services.clock.now() + delta(self.length);
        let held = match job::extend(&self.services.db, &all, until).await {
            Ok(held) => {
                self.unheard = Duration::ZERO;
                held
            }
            Err(error) => {
                tracing::warn!(%error, "leases could not be extended");
                self.unheard += self.pulse();
                if self.unheard < self.length {
                    return;
                }
                vec![]
            }
        };
        self.waiting.retain(|lease| held.contains(&lease.claim.id));
        self.running.retain(|id, (_, task)| {
            let is_held = held.contains(id);
            if !is_held {
                tracing::warn!(job.id = id, "the job's lease was lost; its run is abandoned");
                task.abort();
            }
            is_held
        });
    }

    /// Lets running jobs end within `grace`, then gives back those that did not, so that other workers need not wait for their leases to end.
    pub(crate) async fn clear(mut self, grace: Duration) {
        let unbegun: Vec<Claim> = self.waiting.drain(..).map(|lease| lease.claim).collect();
        self.give_back(unbegun).await;
        let deadline = tokio::time::Instant::now() + grace;
        while !self.running.is_empty() {
            match tokio::time::timeout_at(deadline, self.ended()).await {
                Ok(ended) => self.settle(ended).await,
                Err(_) => break,
            }
        }
        let ended = std::mem::take(&mut self.ended);
        self.settle(ended).await;
        if self.running.is_empty() {
            return;
        }
        tracing::warn!(jobs = self.running.len(), "jobs did not end in time and are given back");
        self.tasks.shutdown().await;
        let unfinished: Vec<Claim> = self.running.drain().map(|(_, (claim, _))| claim).collect();
        self.give_back(unfinished).await;
    }

    async fn give_back(&self, claims: Vec<Claim>) {
        let now = self.services.clock.now();
        let put_off = |claim| (claim, Outcome::PutOff(now, "its worker was stopped".to_owned()));
        self.settle(claims.into_iter().map(put_off).collect()).await;
    }
}
