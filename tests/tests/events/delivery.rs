//! Consumers in a quiet house: what they hear, and in which order.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use mcom_data::{Change, Cx, Error, TenantConn, delivery, delivery::Batch, event};
use mcom_schema::event::Event;
use mcom_tests::{Database, Shop, hearer, process::services};
use mcom_workers::{Consumer, JobError, Registry};
use serde_json::json;

/// Keeps every batch it is given.
#[derive(Clone, Default)]
struct Keep(Arc<Mutex<Vec<Batch>>>);

impl Consumer for Keep {
    const NAME: &'static str = "keep";
    const TOPICS: &'static [&'static str] = &["things/update", "things/delete"];

    async fn consume(&self, _: &Cx, events: &Batch) -> Result<(), JobError> {
        self.0.lock().unwrap().push(events.clone());
        Ok(())
    }
}

impl Keep {
    fn heard(&self) -> Vec<(i64, i64)> {
        let batches = self.0.lock().unwrap();
        batches.iter().flat_map(|batch| batch.iter().map(|e| (e.aggregate_id, e.sequence))).collect()
    }
}

async fn emit(shop: &Shop, topic: &'static str, things: &[i64]) {
    let cx = shop.admin();
    cx.write_quietly(async |db| {
        for thing in things {
            event::emit(&cx, db, Event::new(topic, "thing", *thing, &json!({}))).await?;
        }
        Ok(())
    })
    .await
    .unwrap();
}

async fn open() -> Shop {
    let shop = Shop::open_in(Database::own().await, 4).await;
    hearer::prepare(&shop.database.owner().await).await;
    shop
}

#[tokio::test]
async fn a_consumer_hears_its_topics_in_the_order_of_each_thing() {
    let shop = open().await;
    let keep = Keep::default();
    let registry = Registry::default().with_consumer(keep.clone());
    emit(&shop, "things/update", &[1, 2, 1]).await;
    emit(&shop, "things/other", &[1, 3]).await;
    emit(&shop, "things/delete", &[1]).await;
    assert_eq!(shop.run_jobs_of(registry.clone()).await, 1);
    assert_eq!(keep.heard(), [(1, 1), (1, 2), (1, 4), (2, 1)]);
    assert_eq!(keep.0.lock().unwrap().len(), 1, "a burst is one batch");
    assert!(shop.rows("select 1 from outbox where tenant_id = $1").await.is_empty());

    emit(&shop, "things/update", &[2, 1]).await;
    shop.run_jobs_of(registry).await;
    assert_eq!(keep.heard()[4..], [(1, 5), (2, 2)]);
    assert!(shop.jobs().await.is_empty());
}

#[tokio::test]
async fn handing_over_tells_others_of_work_and_makes_nothing_stale() {
    let shop = open().await;
    let other = services(&shop.database, 2, shop.clock.clone()).await;
    let mut told = other.changes.subscribe();
    let listening = tokio::spawn(async move { mcom_data::listen(&other).await });
    let mut next =
        async || tokio::time::timeout(Duration::from_secs(10), told.recv()).await.unwrap().unwrap().change;
    assert_eq!(next().await, Change::Everything, "it begins to hear");

    emit(&shop, "things/update", &[1]).await;
    shop.run_jobs_of(Registry::default().with_consumer(Keep::default())).await;
    let last = Change::Product(7);
    let write = async |db: &mut TenantConn| {
        db.changed(last);
        Ok(())
    };
    shop.admin().write_quietly(write).await.unwrap();
    let mut heard = vec![];
    while heard.last() != Some(&last) {
        heard.push(next().await);
    }
    assert!(heard.contains(&Change::Jobs), "{heard:?}");
    assert!(!heard.contains(&Change::Everything), "{heard:?}");
    listening.abort();
}

#[tokio::test]
async fn a_batch_that_comes_again_has_no_effect() {
    let shop = open().await;
    let keep = Keep::default();
    emit(&shop, hearer::TOPIC, &[1, 1, 2]).await;
    shop.run_jobs_of(Registry::default().with_consumer(keep.clone()).with_consumer(hearer::Within)).await;
    let batch = keep.0.lock().unwrap().pop().unwrap();
    let again = shop.admin().write_quietly(async |db| batch.once(db).await).await;
    assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
    let heard = shop.rows("select event_id from heard where tenant_id = $1").await;
    assert_eq!(heard.len(), 3);
}

#[tokio::test]
async fn long_histories_come_in_parts_and_nothing_is_left_out() {
    let shop = open().await;
    let keep = Keep::default();
    emit(&shop, "things/update", &[7; 230]).await;
    let runs = shop.run_jobs_of(Registry::default().with_consumer(keep.clone())).await;
    assert_eq!(runs, 3);
    assert_eq!(keep.heard(), (1..=230).map(|sequence| (7, sequence)).collect::<Vec<_>>());
}

#[tokio::test]
async fn a_paused_consumer_catches_up_and_the_others_do_not_wait() {
    let shop = open().await;
    let keep = Keep::default();
    let registry = Registry::default().with_consumer(keep.clone()).with_consumer(hearer::Within);
    emit(&shop, hearer::TOPIC, &[1]).await;
    shop.run_jobs_of(registry.clone()).await;
    delivery::pause(&shop.services, "keep").await.unwrap();
    for _ in 0..3 {
        emit(&shop, hearer::TOPIC, &[1, 2]).await;
        shop.run_jobs_of(registry.clone()).await;
    }
    assert_eq!(keep.heard(), [(1, 1)]);
    assert_eq!(shop.rows("select 1 from heard where tenant_id = $1").await.len(), 7);
    assert!(shop.jobs().await.is_empty(), "nobody is asked to deliver what is paused");

    delivery::resume(&shop.services, "keep").await.unwrap();
    shop.run_jobs_of(registry).await;
    assert_eq!(keep.heard(), [(1, 1), (1, 2), (1, 3), (1, 4), (2, 1), (2, 2), (2, 3)]);
    assert!(delivery::pause(&shop.services, "nobody").await.is_err());
}

#[tokio::test]
async fn each_store_is_delivered_to_on_its_own() {
    let shop = open().await;
    let other = shop.beside().await;
    let keep = Keep::default();
    let registry = Registry::default().with_consumer(keep.clone());
    emit(&shop, hearer::TOPIC, &[1]).await;
    emit(&other, hearer::TOPIC, &[1, 2]).await;
    shop.run_jobs_of(registry.clone()).await;
    assert_eq!(keep.heard(), [(1, 1)]);
    other.run_jobs_of(registry).await;
    assert_eq!(keep.heard(), [(1, 1), (1, 1), (2, 1)]);
}
