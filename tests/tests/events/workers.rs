//! Workers under load and at rest: no store starves, many small jobs are done fast, and nothing to do costs nothing.

use std::{fs, time::Duration};

use mcom_tests::{Database, Shop, hearer, variable};
use mcom_workers::{Runner, Settings};
use tokio::time::{Instant, sleep};

use crate::storm::Workers;

/// Adds jobs that do nothing, which have been due for so many seconds.
async fn enqueue(shop: &Shop, jobs: i64, seconds: i64) {
    let due = (shop.services.clock.now().timestamp() - seconds) as f64;
    let everything = shop.database.superuser().await;
    let insert = "insert into jobs (tenant_id, kind, payload, run_at, created_at)
        select $1, 'nothing', 'null', due.at, due.at from generate_series(1, $2::bigint), (select to_timestamp($3) as at) due";
    everything.execute(insert, &[&shop.tenant().id().get(), &jobs, &due]).await.unwrap();
}

#[tokio::test]
async fn a_store_with_a_long_queue_does_not_starve_the_others() {
    let hog = Shop::open_in(Database::own().await, 4).await;
    let other = hog.beside().await;
    enqueue(&hog, 20_000, 3_600).await;
    enqueue(&other, 5, 1).await;
    let runner = Runner::new(hog.services.clone(), hearer::registry(), Settings::default());
    let served = async {
        while !other.jobs().await.is_empty() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    runner.run(served).await;
    let left = hog.jobs().await.len();
    assert!(left > 10_000, "the younger jobs waited until {left} were left of the long queue");
}

#[tokio::test(flavor = "multi_thread")]
async fn many_small_jobs_are_done_fast_and_rest_costs_nothing() {
    let is_long = variable("MCOM_LONG").is_some();
    let jobs: i64 = if is_long { 50_000 } else { 5_000 };
    let shop = Shop::open_in(Database::own().await, 4).await;
    hearer::prepare(&shop.database.owner().await).await;
    let workers = Workers::start(&shop.database, 2, Settings::default().lease);
    sleep(Duration::from_secs(1)).await;
    enqueue(&shop, jobs, 1).await;
    let begun = Instant::now();
    let left = "select count(*) from jobs where kind = 'nothing' and tenant_id = $1";
    while shop.rows(left).await[0].get::<_, i64>(0) > 0 {
        sleep(Duration::from_millis(50)).await;
    }
    let rate = jobs as f64 / begun.elapsed().as_secs_f64();
    let (rest, before) = (Duration::from_secs(if is_long { 30 } else { 4 }), ticks(&workers));
    sleep(rest).await;
    let used = ticks(&workers) - before;
    eprintln!(
        "{rate:.0} jobs/s by two workers; at rest they used {used} of {} ticks",
        rest.as_secs() * 2 * 100
    );
    // One of a hundred, on a machine that does other things too.
    assert!(used <= rest.as_secs() * 2, "two workers at rest used {used} ticks in {rest:?}");
}

/// Processor time that the workers have used, in hundredths of a second.
fn ticks(workers: &Workers) -> u64 {
    let of = |id: u32| {
        let stat = fs::read_to_string(format!("/proc/{id}/stat")).unwrap();
        let fields: Vec<&str> = stat.rsplit_once(')').unwrap().1.split_whitespace().collect();
        fields[11].parse::<u64>().unwrap() + fields[12].parse::<u64>().unwrap()
    };
    workers.ids().into_iter().map(of).sum()
}
