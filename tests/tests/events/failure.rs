//! Events that cannot be consumed: what waits for them, and what does not.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU8, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use mcom_data::{Cx, delivery, delivery::Batch, event};
use mcom_tests::{Database, Shop, hearer};
use mcom_workers::{Backoff, Consumer, JobError, Registry};

/// Stumbles over the second event of thing 2 in the way it is told to.
#[derive(Clone, Default)]
struct Stumble {
    heard: Arc<Mutex<Vec<(i64, i64)>>>,
    how: Arc<AtomicU8>,
}

const NOT: u8 = 0;
const RETRY: u8 = 1;
const PANIC: u8 = 2;
const HANG: u8 = 3;
const AWAY: u8 = 4;
const FAIL: u8 = 5;

impl Consumer for Stumble {
    const NAME: &'static str = "stumble";
    const TOPICS: &'static [&'static str] = &[hearer::TOPIC];
    const RETRY: Backoff =
        Backoff { first: Duration::from_secs(2), longest: Duration::from_secs(60), attempts: 3 };
    const PATIENCE: Duration = Duration::from_millis(200);

    async fn consume(&self, _: &Cx, events: &Batch) -> Result<(), JobError> {
        if events.iter().any(|event| (event.aggregate_id, event.sequence) == (2, 2)) {
            match self.how.load(Ordering::Relaxed) {
                RETRY => return Err(JobError::retry("a stone")),
                FAIL => return Err(JobError::fail("a wall")),
                AWAY => return Err(JobError::away("fog")),
                PANIC => panic!("on purpose"),
                HANG => std::future::pending().await,
                _ => {}
            }
        }
        self.heard.lock().unwrap().extend(events.iter().map(|event| (event.aggregate_id, event.sequence)));
        Ok(())
    }
}

struct House {
    shop: Shop,
    stumble: Stumble,
}

impl House {
    async fn open(how: u8) -> House {
        let shop = Shop::open_in(Database::own().await, 4).await;
        let stumble = Stumble::default();
        stumble.how.store(how, Ordering::Relaxed);
        let house = House { shop, stumble };
        house.emit(&[1, 2, 2, 2, 3]).await;
        house
    }

    async fn emit(&self, things: &[i64]) {
        let cx = self.shop.admin();
        cx.write_quietly(async |db| {
            for thing in things {
                event::emit(&cx, db, hearer::thing(*thing)).await?;
            }
            Ok(())
        })
        .await
        .unwrap();
    }

    async fn run(&self) -> usize {
        self.shop.run_jobs_of(Registry::default().with_consumer(self.stumble.clone())).await
    }

    fn heard(&self) -> Vec<(i64, i64)> {
        let mut heard = self.stumble.heard.lock().unwrap().clone();
        heard.sort_unstable();
        heard
    }

    async fn parked(&self) -> Vec<(i64, String)> {
        let parked = delivery::parked(&self.shop.services.db, 10).await.unwrap();
        parked.into_iter().map(|p| (p.aggregate_id, p.last_error.unwrap_or_default())).collect()
    }
}

#[tokio::test]
async fn what_cannot_be_consumed_blocks_its_own_thing_only_and_is_given_up_in_the_end() {
    for (how, why) in [(RETRY, "a stone"), (PANIC, "panicked"), (HANG, "took longer than 200ms")] {
        let house = House::open(how).await;
        house.run().await;
        assert_eq!(house.heard(), [(1, 1), (2, 1), (3, 1)], "{why}");
        house.emit(&[1, 2]).await;
        house.run().await;
        assert_eq!(house.heard(), [(1, 1), (1, 2), (2, 1), (3, 1)], "{why}");
        assert_eq!(house.parked().await, []);
        for _ in 0..3 {
            house.shop.pass(TimeDelta::minutes(1));
            house.run().await;
        }
        assert_eq!(house.parked().await, [(2, why.to_owned())]);
        assert!(house.shop.jobs().await.is_empty());

        house.stumble.how.store(NOT, Ordering::Relaxed);
        house.shop.pass(TimeDelta::days(1));
        house.run().await;
        assert_eq!(house.heard().len(), 4, "what was given up waits for people: {why}");
        assert_eq!(delivery::retry(&house.shop.services, Some("stumble"), None).await.unwrap(), 1);
        house.run().await;
        assert_eq!(house.heard()[2..6], [(2, 1), (2, 2), (2, 3), (2, 4)], "{why}");
        assert_eq!(house.parked().await, []);
    }
}

#[tokio::test]
async fn what_no_attempt_will_mend_is_given_up_at_once() {
    let house = House::open(FAIL).await;
    house.run().await;
    assert_eq!(house.parked().await, [(2, "a wall".to_owned())]);
    let backlog = delivery::backlog(&house.shop.services.db).await.unwrap();
    let [only] = backlog.as_slice() else { panic!("{backlog:?}") };
    assert_eq!((only.consumer.as_str(), only.behind, only.parked, only.is_paused), ("stumble", 0, 1, false));
}

#[tokio::test]
async fn who_is_out_of_reach_is_waited_for_as_long_as_it_takes() {
    let house = House::open(AWAY).await;
    for _ in 0..20 {
        house.run().await;
        house.shop.pass(TimeDelta::seconds(10));
    }
    assert_eq!(house.parked().await, []);
    let worst = house.shop.rows("select max(attempts) from deliveries where tenant_id = $1").await;
    assert_eq!(worst[0].get::<_, i32>(0), 0);
    house.stumble.how.store(NOT, Ordering::Relaxed);
    house.run().await;
    assert_eq!(house.heard(), [(1, 1), (2, 1), (2, 2), (2, 3), (3, 1)]);
}
