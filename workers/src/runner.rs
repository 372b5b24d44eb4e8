//! The loop that claims due jobs and runs them side by side, and that sleeps until there is something to do.

use std::{collections::HashMap, sync::Arc, time::Duration};

use mcom_data::{
    Change, Error, Result, Services, TenantId,
    job::{self, Ask, Claim},
};
use tokio::{
    sync::Notify,
    task::{Id, JoinSet},
};

use crate::{
    Registry,
    lease::{Lease, delta},
};

/// How a worker behaves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The worker's name in the queue, for people who look into it.
    pub name: String,
    /// How many jobs run side by side.
    pub concurrency: usize,
    /// How long a job stays this worker's after its last sign of life.
    pub lease: Duration,
    /// How long running jobs may take to end when the worker stops.
    pub grace: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            name: format!("worker-{}", std::process::id()),
            concurrency: 8,
            lease: Duration::from_secs(30),
            grace: Duration::from_secs(20),
        }
    }
}

/// How often a worker makes sure that every store has its periodic jobs.
const SCHEDULE: Duration = Duration::from_secs(600);

/// A worker.
pub struct Runner {
    services: Arc<Services>,
    registry: Registry,
    settings: Settings,
    woken: Arc<Notify>,
}

/// Jobs on their way, and what to give back of them if they do not end in time.
#[derive(Default)]
struct Running {
    tasks: JoinSet<()>,
    claims: HashMap<Id, Claim>,
}

impl Runner {
    /// A worker that does the jobs in `registry`. It wakes up when this process or another tells of new jobs.
    pub fn new(services: Arc<Services>, registry: Registry, settings: Settings) -> Self {
        let woken = Arc::new(Notify::new());
        let alarm = woken.clone();
        services.changes.listen(move |told| {
            if matches!(told.change, Change::Jobs | Change::Everything) {
                alarm.notify_one();
            }
        });
        Runner { services, registry, settings, woken }
    }

    /// Works until `stop` is ready; then lets running jobs end within the grace period and gives back those that do not.
    pub async fn run(&self, stop: impl Future<Output = ()> + Send) {
        let mut stop = std::pin::pin!(stop);
        let mut running = Running::default();
        let mut schedule = tokio::time::interval(SCHEDULE);
        schedule.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let pause = self.begin_due(&mut running).await;
            tokio::select! {
                () = &mut stop => break,
                Some(ended) = running.tasks.join_next_with_id() => running.forget(&ended),
                () = self.woken.notified() => {}
                () = tokio::time::sleep(pause) => {}
                _ = schedule.tick() => self.keep_schedules().await,
            }
        }
        self.drain(running).await;
    }

    /// Runs what is due in one store until nothing is, and answers with the number of runs: for tests and tools.
    ///
    /// # Errors
    /// `Busy` or `Broken` if the queue cannot be reached.
    pub async fn run_due(&self, store: TenantId) -> Result<usize> {
        let mut runs = 0;
        loop {
            let claims = self.claim(1, Some(store)).await?;
            if claims.is_empty() {
                return Ok(runs);
            }
            for lease in claims.into_iter().filter_map(|claim| self.lease(claim)) {
                lease.carry_out().await;
                runs += 1;
            }
        }
    }

    /// Begins as many due jobs as there are free hands, and answers with how long it may sleep.
    async fn begin_due(&self, running: &mut Running) -> Duration {
        let idle = job::POLL.to_std().unwrap_or(SCHEDULE);
        let free = self.settings.concurrency.saturating_sub(running.tasks.len());
        if free == 0 {
            return idle;
        }
        let begun = async {
            let claims = self.claim(free, None).await?;
            let more = claims.len() == free;
            for lease in claims.into_iter().filter_map(|claim| self.lease(claim)) {
                running.begin(lease);
            }
            if more { Ok(idle) } else { self.until_due(idle).await }
        };
        begun.await.unwrap_or_else(|error: Error| {
            tracing::warn!(%error, "the job queue cannot be reached");
            idle
        })
    }

    async fn until_due(&self, idle: Duration) -> Result<Duration> {
        let now = self.services.clock.now();
        let due = job::next_due(&self.services.db, &self.registry.kinds()).await?;
        let pause = due.map_or(idle, |due| (due - now).to_std().unwrap_or_default());
        // Something due may be in another worker's hands at this moment: never spin.
        Ok(pause.clamp(Duration::from_millis(10), idle))
    }

    async fn claim(&self, limit: usize, store: Option<TenantId>) -> Result<Vec<Claim>> {
        let ask = Ask {
            worker: &self.settings.name,
            kinds: &self.registry.kinds(),
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
            lease: delta(self.settings.lease),
            store,
        };
        job::claim(&self.services.db, self.services.clock.now(), ask).await
    }

    fn lease(&self, claim: Claim) -> Option<Lease> {
        let entry = self.registry.get(&claim.kind)?;
        Some(Lease { services: self.services.clone(), claim, entry, length: self.settings.lease })
    }

    async fn keep_schedules(&self) {
        for (kind, every) in self.registry.periodic() {
            let now = self.services.clock.now();
            match job::keep_scheduled(&self.services.db, now, kind, delta(every)).await {
                Ok(0) => {}
                Ok(added) => tracing::info!(job.kind = kind, added, "periodic jobs were added"),
                Err(error) => tracing::warn!(%error, job.kind = kind, "periodic jobs could not be added"),
            }
        }
    }

    async fn drain(&self, mut running: Running) {
        let ended = async { while running.tasks.join_next().await.is_some() {} };
        if tokio::time::timeout(self.settings.grace, ended).await.is_ok() {
            return;
        }
        tracing::warn!(jobs = running.tasks.len(), "jobs did not end in time and are given back");
        let mut unfinished = vec![];
        running.tasks.abort_all();
        while let Some(ended) = running.tasks.join_next_with_id().await {
            if let Err(error) = ended {
                unfinished.extend(running.claims.remove(&error.id()));
            }
        }
        for claim in &unfinished {
            Lease::give_back(&self.services, claim).await;
        }
    }
}

impl Running {
    fn begin(&mut self, lease: Lease) {
        let claim = lease.claim.clone();
        let task = self.tasks.spawn(lease.carry_out());
        self.claims.insert(task.id(), claim);
    }

    fn forget(&mut self, ended: &Result<(Id, ()), tokio::task::JoinError>) {
        let id = match ended {
            Ok((id, ())) => *id,
            Err(error) => error.id(),
        };
        self.claims.remove(&id);
    }
}
