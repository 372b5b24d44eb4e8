//! The job queue: who may hold a job, what becomes of it, and how work folds.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use std::{
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use chrono::TimeDelta;
use mcom_data::{
    Cx, Error, Services,
    job::{self, Ask, Claim, NewJob, Outcome},
};
use mcom_tests::{Database, Shop};
use mcom_workers::{Backoff, Job, JobContext, JobError, Next, Registry, Runner, Settings};
use serde::{Deserialize, Serialize};

const LEASE: TimeDelta = TimeDelta::seconds(30);

async fn enqueue(cx: &Cx, kind: &'static str, key: Option<&str>, wait: TimeDelta) {
    let run_at = cx.now() + wait;
    cx.write_quietly(async |db| {
        let job = NewJob { kind, payload: &(), unique_key: key.map(str::to_owned), run_at };
        job::enqueue(cx, db, job).await
    })
    .await
    .unwrap();
}

async fn claim(shop: &Shop, kinds: &[&str]) -> Vec<Claim> {
    claim_with(&shop.services, Some(shop), kinds, 10).await
}

async fn claim_with(services: &Services, shop: Option<&Shop>, kinds: &[&str], limit: i64) -> Vec<Claim> {
    let store = shop.map(|shop| shop.tenant().id());
    let ask = Ask { worker: "test", kinds, limit, lease: LEASE, store };
    job::claim(&services.db, services.clock.now(), ask).await.unwrap()
}

#[tokio::test]
async fn a_job_is_claimed_once_and_again_when_its_lease_has_ended() {
    let shop = Shop::open().await;
    enqueue(&shop.admin(), "a", None, TimeDelta::zero()).await;
    let [lost] = claim(&shop, &["a"]).await.try_into().unwrap();
    assert!(claim(&shop, &["a"]).await.is_empty());
    shop.pass(LEASE);
    let [found] = claim(&shop, &["a"]).await.try_into().unwrap();
    assert_eq!((lost.attempts, found.attempts), (1, 2));

    let db = &shop.services.db;
    assert!(!lost.extend(db, shop.admin().now() + LEASE).await.unwrap());
    for outcome in [Outcome::Done, Outcome::Next(shop.admin().now()), Outcome::Failed("late".into())] {
        assert!(matches!(lost.settle(db, &outcome).await, Err(Error::Conflict(_))), "{outcome:?}");
    }
    found.settle(db, &Outcome::Done).await.unwrap();
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test]
async fn only_known_kinds_that_are_due_are_claimed_oldest_first() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    enqueue(&cx, "later", None, TimeDelta::seconds(1)).await;
    enqueue(&cx, "second", None, TimeDelta::seconds(-1)).await;
    enqueue(&cx, "first", None, TimeDelta::seconds(-2)).await;
    enqueue(&cx, "unknown", None, TimeDelta::seconds(-3)).await;
    let mut kinds: Vec<_> = vec![];
    while let [claim] =
        claim_with(&shop.services, Some(&shop), &["first", "second", "later"], 1).await.as_slice()
    {
        kinds.push(claim.kind.clone());
    }
    assert_eq!(kinds, ["first", "second"]);
}

#[tokio::test]
async fn many_workers_at_once_never_hold_the_same_job() {
    let database = Database::own().await;
    let shop = Shop::open_in(database, 8).await;
    let cx = shop.admin();
    for _ in 0..200 {
        enqueue(&cx, "a", None, TimeDelta::zero()).await;
    }
    let workers = (0..8).map(|_| {
        let services = shop.services.clone();
        tokio::spawn(async move {
            let mut held = vec![];
            loop {
                match claim_with(&services, None, &["a"], 3).await {
                    claims if claims.is_empty() => return held,
                    claims => held.extend(claims.iter().map(|claim| claim.id)),
                }
            }
        })
    });
    let mut held = vec![];
    for worker in workers.collect::<Vec<_>>() {
        held.extend(worker.await.unwrap());
    }
    held.sort_unstable();
    let claimed = held.len();
    held.dedup();
    assert_eq!((claimed, held.len()), (200, 200));
}

#[tokio::test]
async fn waiting_work_folds_and_keeps_the_earlier_time() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    enqueue(&cx, "a", Some("x"), TimeDelta::seconds(60)).await;
    enqueue(&cx, "a", Some("x"), TimeDelta::seconds(-1)).await;
    enqueue(&cx, "a", Some("x"), TimeDelta::seconds(90)).await;
    enqueue(&cx, "a", Some("y"), TimeDelta::seconds(90)).await;
    assert_eq!(shop.jobs().await, ["a", "a"]);
    assert_eq!(claim(&shop, &["a"]).await.len(), 1);
}

#[tokio::test]
async fn work_asked_for_while_the_same_is_running_is_not_lost() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    enqueue(&cx, "a", Some("x"), TimeDelta::zero()).await;
    let [running] = claim(&shop, &["a"]).await.try_into().unwrap();
    enqueue(&cx, "a", Some("x"), TimeDelta::zero()).await;
    assert_eq!(shop.jobs().await.len(), 2);
    // Put back beside the one that waits, the two are one again.
    running.settle(&shop.services.db, &Outcome::Again(cx.now(), "again".into())).await.unwrap();
    assert_eq!(shop.jobs().await.len(), 1);
    assert_eq!(claim(&shop, &["a"]).await.len(), 1);
}

#[tokio::test]
async fn a_job_of_a_write_that_fails_is_not_there() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let refused: Result<(), Error> = cx
        .write_quietly(async |db| {
            let job = NewJob { kind: "a", payload: &(), unique_key: None, run_at: cx.now() };
            job::enqueue(&cx, db, job).await?;
            Err(Error::NotFound("thing"))
        })
        .await;
    assert!(refused.is_err());
    assert!(shop.jobs().await.is_empty());
}

/// Fails in the way its payload names, until the last attempt.
#[derive(Serialize, Deserialize)]
struct Stumble(String);

impl Job for Stumble {
    const KIND: &'static str = "stumble";
    const RETRY: Backoff =
        Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(60), attempts: 3 };

    async fn run(&self, job: &JobContext) -> Result<Next, JobError> {
        match self.0.as_str() {
            "retry" if !job.is_last_attempt() => Err(JobError::retry("not yet")),
            "fail" => Err(JobError::fail("never")),
            "panic" => panic!("on purpose"),
            "next" if job.attempt() == 1 => Ok(Next::At(job.cx().now() + TimeDelta::hours(1))),
            _ => Ok(Next::Done),
        }
    }
}

async fn stumble(shop: &Shop, how: &str) {
    let cx = shop.admin();
    cx.write_quietly(async |db| {
        let payload = &Stumble(how.to_owned());
        job::enqueue(&cx, db, NewJob { kind: Stumble::KIND, payload, unique_key: None, run_at: cx.now() })
            .await
    })
    .await
    .unwrap();
}

async fn run(shop: &Shop) -> usize {
    shop.run_jobs_of(Registry::default().with::<Stumble>()).await
}

#[tokio::test]
async fn a_job_is_tried_again_after_growing_pauses() {
    let shop = Shop::open().await;
    stumble(&shop, "retry").await;
    assert_eq!(run(&shop).await, 1);
    assert_eq!(run(&shop).await, 0);
    shop.pass(TimeDelta::seconds(2));
    assert_eq!(run(&shop).await, 1);
    shop.pass(TimeDelta::seconds(2));
    assert_eq!(run(&shop).await, 0);
    shop.pass(TimeDelta::seconds(2));
    assert_eq!(run(&shop).await, 1);
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test]
async fn what_cannot_go_well_is_kept_with_its_reason() {
    let shop = Shop::open().await;
    stumble(&shop, "fail").await;
    assert_eq!(run(&shop).await, 1);
    shop.pass(TimeDelta::days(1));
    assert_eq!(run(&shop).await, 0);
    let rows = shop.rows("select status, last_error from jobs where tenant_id = $1").await;
    assert_eq!((rows[0].get(0), rows[0].get(1)), ("failed", "never"));
}

#[tokio::test]
async fn a_job_that_panics_or_kills_its_worker_gives_up_in_the_end() {
    let shop = Shop::open().await;
    stumble(&shop, "panic").await;
    let mut runs = 0;
    for _ in 0..10 {
        runs += run(&shop).await;
        shop.pass(TimeDelta::minutes(1));
    }
    assert_eq!(runs, 3);
    // Three workers died with it in their hands.
    stumble(&shop, "done").await;
    for _ in 0..3 {
        assert_eq!(claim(&shop, &["stumble"]).await.len(), 1);
        shop.pass(LEASE);
    }
    assert_eq!(run(&shop).await, 1);
    let failed =
        shop.rows("select last_error from jobs where tenant_id = $1 and status = 'failed' order by id").await;
    let reasons: Vec<&str> = failed.iter().map(|row| row.get(0)).collect();
    assert_eq!(reasons, ["panicked", "every attempt ended with its worker"]);
}

#[tokio::test]
async fn a_job_may_ask_for_its_next_time() {
    let shop = Shop::open().await;
    stumble(&shop, "next").await;
    assert_eq!(run(&shop).await, 1);
    assert_eq!(run(&shop).await, 0);
    let rows = shop.rows("select attempts from jobs where tenant_id = $1").await;
    assert_eq!(rows[0].get::<_, i32>(0), 0);
    shop.pass(TimeDelta::hours(1));
    assert_eq!(run(&shop).await, 1);
}

static SWEPT: AtomicU32 = AtomicU32::new(0);

#[derive(Deserialize)]
struct Sweep;

impl Job for Sweep {
    const KIND: &'static str = "sweep";
    const RETRY: Backoff = Backoff::SOON;
    const EVERY: Option<Duration> = Some(Duration::from_secs(3600));

    async fn run(&self, _: &JobContext) -> Result<Next, JobError> {
        SWEPT.fetch_add(1, Ordering::Relaxed);
        Ok(Next::Done)
    }
}

#[tokio::test]
async fn periodic_work_is_there_once_for_every_store() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    shop.neighbour().await;
    let db = &shop.services.db;
    let every = TimeDelta::hours(1);
    assert_eq!(job::keep_scheduled(db, shop.admin().now(), Sweep::KIND, every).await.unwrap(), 2);
    assert_eq!(job::keep_scheduled(db, shop.admin().now(), Sweep::KIND, every).await.unwrap(), 0);
    for _ in 0..3 {
        shop.pass(every);
        assert_eq!(shop.run_jobs_of(Registry::default().with::<Sweep>()).await, 1);
        assert_eq!(job::keep_scheduled(db, shop.admin().now(), Sweep::KIND, every).await.unwrap(), 0);
    }
    assert_eq!(SWEPT.load(Ordering::Relaxed), 3);
}

/// Takes as long as its payload says, in milliseconds.
#[derive(Serialize, Deserialize)]
struct Linger(u64);

impl Job for Linger {
    const KIND: &'static str = "linger";
    const RETRY: Backoff = Backoff::SOON;

    async fn run(&self, _: &JobContext) -> Result<Next, JobError> {
        tokio::time::sleep(Duration::from_millis(self.0)).await;
        Ok(Next::Done)
    }
}

async fn linger(cx: &Cx, milliseconds: u64) {
    cx.write_quietly(async |db| {
        let payload = &Linger(milliseconds);
        job::enqueue(cx, db, NewJob { kind: Linger::KIND, payload, unique_key: None, run_at: cx.now() }).await
    })
    .await
    .unwrap();
}

async fn wait_until_empty(shop: &Shop) {
    for _ in 0..400 {
        if shop.jobs().await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("the jobs do not end: {:?}", shop.jobs().await);
}

#[tokio::test]
async fn a_worker_wakes_up_for_new_work_and_lets_it_end_when_stopped() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let registry = Registry::default().with::<Linger>();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let runner = Runner::new(shop.services.clone(), registry, Settings::default());
    let worker = tokio::spawn(async move {
        runner.run(async { _ = stopped.await }).await;
    });
    tokio::time::sleep(Duration::from_millis(100)).await;
    linger(&shop.admin(), 1).await;
    let begun = tokio::time::Instant::now();
    wait_until_empty(&shop).await;
    assert!(begun.elapsed() < Duration::from_secs(3), "it slept through: {:?}", begun.elapsed());

    linger(&shop.admin(), 700).await;
    tokio::time::sleep(Duration::from_millis(200)).await;
    stop.send(()).unwrap();
    worker.await.unwrap();
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test]
async fn what_does_not_end_in_time_is_given_back_at_once() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let settings = Settings { grace: Duration::from_millis(50), ..Settings::default() };
    let runner = Runner::new(shop.services.clone(), Registry::default().with::<Linger>(), settings);
    linger(&shop.admin(), 60_000).await;
    runner.run(tokio::time::sleep(Duration::from_millis(300))).await;
    let rows = shop.rows("select status, locked_by is null from jobs where tenant_id = $1").await;
    assert_eq!((rows[0].get(0), rows[0].get(1)), ("waiting", true));
}

#[tokio::test]
async fn a_lease_is_kept_alive_and_a_lost_one_ends_the_run() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let settings = Settings { lease: Duration::from_millis(300), ..Settings::default() };
    let runner = Runner::new(shop.services.clone(), Registry::default().with::<Linger>(), settings);
    linger(&shop.admin(), 900).await;
    let store = shop.tenant().id();
    assert_eq!(runner.run_due(store).await.unwrap(), 1);
    assert!(shop.jobs().await.is_empty());

    linger(&shop.admin(), 60_000).await;
    let thief = async {
        tokio::time::sleep(Duration::from_millis(150)).await;
        shop.database.superuser().await.batch_execute("update jobs set locked_by = 'thief'").await.unwrap();
    };
    let (run, ()) = tokio::join!(tokio::time::timeout(Duration::from_secs(10), runner.run_due(store)), thief);
    run.expect("a lost lease ends the run").unwrap();
}
