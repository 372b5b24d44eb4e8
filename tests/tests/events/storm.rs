//! Four workers, one of them killed again and again: every event is heard once and in order. A hundred thousand events in long runs.

use std::{
    process::{Child, Command, Stdio},
    time::Duration,
};

use mcom_data::event;
use mcom_tests::{Database, Shop, dice::Dice, hearer, variable};
use tokio::{
    sync::watch,
    time::{Instant, sleep},
};

const THINGS: u64 = 300;
const PER_WRITE: usize = 10;
const BETWEEN_KILLS: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(900);

/// Worker processes. They end with it.
pub struct Workers {
    arguments: [String; 3],
    running: Vec<Child>,
}

impl Workers {
    /// So many workers on this database, with leases of this length.
    pub fn start(database: &Database, count: usize, lease: Duration) -> Workers {
        let arguments = [
            database.url("MCOM_TEST_DATABASE_URL"),
            database.url("MCOM_TEST_DATABASE_PLATFORM_URL"),
            lease.as_millis().to_string(),
        ];
        let mut workers = Workers { arguments, running: vec![] };
        workers.running = (0..count).map(|_| workers.spawn()).collect();
        workers
    }

    fn spawn(&self) -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_worker-under-test"));
        command.args(&self.arguments).stdin(Stdio::null()).stdout(Stdio::null()).spawn().unwrap()
    }

    fn kill(&mut self, place: usize) {
        let place = place % self.running.len();
        self.running[place].kill().unwrap();
        self.running[place].wait().unwrap();
        self.running[place] = self.spawn();
    }

    /// The ids of the processes.
    pub fn ids(&self) -> Vec<u32> {
        self.running.iter().map(Child::id).collect()
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        for worker in &mut self.running {
            // It may be dead already; that is what was wanted.
            let _ = worker.kill();
            let _ = worker.wait();
        }
    }
}

/// Events of a few hundred things, several of them in one transaction, by two writers who often race for the same thing.
async fn emit(shop: &Shop, events: usize) {
    let writer = |seed: u64| async move {
        let (cx, mut dice) = (shop.admin(), Dice::new(seed));
        for _ in 0..events / PER_WRITE / 2 {
            let mut things: Vec<i64> = (0..PER_WRITE).map(|_| 1 + dice.below(THINGS) as i64).collect();
            // In one order, so that two writers do not wait for each other in a circle.
            things.sort_unstable();
            let write = cx.write_quietly(async |db| {
                for thing in &things {
                    event::emit(&cx, db, hearer::thing(*thing)).await?;
                }
                Ok(())
            });
            write.await.unwrap();
        }
    };
    tokio::join!(writer(1), writer(2));
}

async fn havoc(mut workers: Workers, mut stop: watch::Receiver<bool>) -> (Workers, usize) {
    let mut dice = Dice::new(3);
    let mut kills = 0;
    while tokio::time::timeout(BETWEEN_KILLS, stop.wait_for(|stop| *stop)).await.is_err() {
        workers.kill(usize::try_from(dice.below(4)).unwrap());
        kills += 1;
    }
    (workers, kills)
}

async fn number(shop: &Shop, sql: &str) -> i64 {
    shop.database.superuser().await.query_one(sql, &[]).await.unwrap().get(0)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_heard_once_and_in_order_whoever_is_killed() {
    let is_long = variable("MCOM_LONG").is_some();
    let events = if is_long { 100_000 } else { 4_000 };
    let shop = Shop::open_in(Database::own().await, 4).await;
    let other = shop.beside().await;
    hearer::prepare(&shop.database.owner().await).await;
    let workers = Workers::start(&shop.database, 4, Duration::from_secs(1));
    let (stop, told) = watch::channel(false);
    let killer = tokio::spawn(havoc(workers, told));

    let begun = Instant::now();
    tokio::join!(emit(&shop, events / 2), emit(&other, events / 2));
    let emitted = begun.elapsed();
    let all = number(&shop, "select count(*) from events where topic = 'things/update'").await;
    let heard = "select count(*) from heard";
    while number(&shop, heard).await < 2 * all {
        assert!(begun.elapsed() < PATIENCE, "{} of {} are heard", number(&shop, heard).await, 2 * all);
        sleep(Duration::from_millis(200)).await;
    }
    let (consumed, rate) = (begun.elapsed(), 2.0 * all as f64 / begun.elapsed().as_secs_f64());
    stop.send(true).unwrap();
    let (_workers, kills) = killer.await.unwrap();
    eprintln!(
        "{all} events to two consumers, {kills} workers killed: emitted in {emitted:.1?}, heard in {consumed:.1?} ({rate:.0} deliveries/s)"
    );

    assert!(kills > 0);
    let twice = "select count(*) - count(distinct (tenant_id, consumer, event_id)) from heard";
    let disorder = "select count(*) from (
        select sequence - coalesce(lag(sequence) over (partition by tenant_id, consumer, aggregate_id order by place), 0) as step
        from heard) heard where step <> 1";
    let stuck = "select (select count(*) from outbox) + (select count(*) from deliveries where consumed < relayed or parked_at is not null)";
    let left = [number(&shop, twice).await, number(&shop, disorder).await, settled(&shop, stuck).await];
    assert_eq!(left, [0, 0, 0], "heard twice, out of order, stuck");
}

/// The number after the last settlements are written.
async fn settled(shop: &Shop, sql: &str) -> i64 {
    for _ in 0..100 {
        if number(shop, sql).await == 0 {
            break;
        }
        sleep(Duration::from_millis(100)).await;
    }
    number(shop, sql).await
}
