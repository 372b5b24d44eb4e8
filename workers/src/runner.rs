//! The loop that claims due jobs and runs them side by side, and that sleeps until there is something to do.

use std::{sync::Arc, time::Duration};

use mcom_data::{
    Change, Error, Result, Services, TenantId,
    delivery::{self, Subscription},
    job::{self, Ask, Claim},
};
use tokio::{sync::Notify, time::MissedTickBehavior};

use crate::{
    Registry,
    desk::Desk,
    lease::{Lease, delta},
    relay::{Relay, hand_over_all},
    turns::Turns,
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

/// How often a worker makes sure that every store has its periodic jobs, and that nothing that is due to a consumer lies forgotten.
const SCHEDULE: Duration = Duration::from_secs(600);
/// How many jobs may wait for each hand.
const AHEAD: usize = 16;
/// How soon to try again what must be done before anything else.
const AGAIN: Duration = Duration::from_secs(1);

/// A worker.
pub struct Runner {
    services: Arc<Services>,
    registry: Registry,
    kinds: Vec<&'static str>,
    settings: Settings,
    woken: Arc<Notify>,
    relay: Relay,
}

impl Runner {
    /// A worker that does the jobs in `registry` and delivers to its consumers. It wakes up when this process or another tells of new jobs.
    pub fn new(services: Arc<Services>, registry: Registry, settings: Settings) -> Self {
        let woken = Arc::new(Notify::new());
        let alarm = woken.clone();
        services.changes.listen(move |told| {
            if matches!(told.change, Change::Jobs | Change::Everything) {
                alarm.notify_one();
            }
        });
        let (relay, kinds) = (Relay::new(services.clone()), registry.kinds());
        Runner { services, registry, kinds, settings, woken, relay }
    }

    /// Works until `stop` is ready; then lets running jobs end within the grace period and gives back those that do not.
    pub async fn run(&self, stop: impl Future<Output = ()> + Send) {
        let mut desk = self.desk(self.settings.concurrency);
        tokio::select! {
            () = self.work(&mut desk, stop) => {}
            // Without end: it hands over until the work is stopped.
            () = self.relay() => {}
        }
        desk.clear(self.settings.grace).await;
    }

    /// Hands events over, once it is written down who wants to hear of them.
    async fn relay(&self) {
        while let Err(error) = self.subscribe().await {
            tracing::warn!(%error, "the consumers could not be written down");
            tokio::time::sleep(AGAIN).await;
        }
        self.relay.run().await;
    }

    async fn subscribe(&self) -> Result<()> {
        let all = self.registry.subscribers().iter();
        let all: Vec<_> = all
            .map(|subscriber| Subscription {
                name: subscriber.name,
                topics: subscriber.topics,
                gather: delta(subscriber.gather),
            })
            .collect();
        delivery::subscribe(&self.services.db, &all).await
    }

    async fn work(&self, desk: &mut Desk, stop: impl Future<Output = ()> + Send) {
        let mut stop = std::pin::pin!(stop);
        let mut turns = Turns::default();
        let mut ahead = 0;
        let mut schedule = tokio::time::interval(SCHEDULE);
        let mut pulse = tokio::time::interval(desk.pulse());
        schedule.set_missed_tick_behavior(MissedTickBehavior::Delay);
        pulse.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let pause = self.begin_due(desk, &mut turns, ahead).await;
            tokio::select! {
                () = &mut stop => return,
                ended = desk.ended() => {
                    // As many as ended during the last round may be claimed beyond the free hands: they will be free when the claim is back.
                    ahead = ended.len().min(self.settings.concurrency * AHEAD);
                    desk.settle(ended).await;
                }
                () = self.woken.notified() => {}
                () = tokio::time::sleep(pause) => {}
                _ = pulse.tick() => desk.keep_alive().await,
                _ = schedule.tick() => self.keep_schedules().await,
            }
        }
    }

    /// Runs what is due in one store until nothing is, events first, and answers with the number of runs: for tests and tools.
    ///
    /// # Errors
    /// `Busy` or `Broken` if the queue cannot be reached.
    pub async fn run_due(&self, store: TenantId) -> Result<usize> {
        if !self.registry.subscribers().is_empty() {
            self.subscribe().await?;
            hand_over_all(&self.services, Some(store)).await?;
        }
        let mut desk = self.desk(1);
        let mut pulse = tokio::time::interval(desk.pulse());
        let mut runs = 0;
        loop {
            let now = self.services.clock.now();
            let claims = job::claim(&self.services.db, now, self.ask(1, Some(store))).await?;
            if claims.is_empty() {
                return Ok(runs);
            }
            desk.take_on(self.leases(claims));
            while !desk.is_empty() {
                tokio::select! {
                    ended = desk.ended() => {
                        runs += ended.len();
                        desk.settle(ended).await;
                    }
                    _ = pulse.tick() => desk.keep_alive().await,
                }
            }
        }
    }

    fn desk(&self, hands: usize) -> Desk {
        Desk::new(self.services.clone(), hands, self.settings.lease)
    }

    /// Begins as many due jobs as there is room for, and answers with how long it may sleep.
    async fn begin_due(&self, desk: &mut Desk, turns: &mut Turns, ahead: usize) -> Duration {
        let idle = job::POLL.to_std().unwrap_or(SCHEDULE);
        let begun = async {
            loop {
                let room = desk.room(ahead);
                if room == 0 {
                    return Ok(idle);
                }
                let (claims, is_more) = turns.claim(&self.services, self.ask(room, None)).await?;
                desk.take_on(self.leases(claims));
                if !is_more {
                    return self.until_due(idle).await;
                }
            }
        };
        begun.await.unwrap_or_else(|error: Error| {
            tracing::warn!(%error, "the job queue cannot be reached");
            idle
        })
    }

    async fn until_due(&self, idle: Duration) -> Result<Duration> {
        let now = self.services.clock.now();
        let due = job::next_due(&self.services.db, &self.kinds).await?;
        let pause = due.map_or(idle, |due| (due - now).to_std().unwrap_or_default());
        // Something due may be in another worker's hands at this moment: never spin.
        Ok(pause.clamp(Duration::from_millis(10), idle))
    }

    fn ask(&self, limit: usize, store: Option<TenantId>) -> Ask<'_> {
        Ask {
            worker: &self.settings.name,
            kinds: &self.kinds,
            limit: i64::try_from(limit).unwrap_or(i64::MAX),
            lease: delta(self.settings.lease),
            store,
        }
    }

    fn leases(&self, claims: Vec<Claim>) -> Vec<Lease> {
        let lease = |claim: Claim| {
            let entry = self.registry.get(&claim.kind)?;
            Some(Lease { services: self.services.clone(), claim, entry })
        };
        claims.into_iter().filter_map(lease).collect()
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
        match delivery::ring(&self.services, None).await {
            Ok(0) => {}
            Ok(rung) => tracing::info!(rung, "jobs that deliver events were missing and are there again"),
            Err(error) => tracing::warn!(%error, "deliveries could not be looked through"),
        }
    }
}
