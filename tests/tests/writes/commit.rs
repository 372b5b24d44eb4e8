//! All or nothing, numbered without gaps, and run again when a race was lost.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use mcom_data::{Change, Cx, Error, Result, event};
use mcom_schema::{Scope, event::Event};
use mcom_tests::{Database, Shop, seeds};
use serde_json::json;

use crate::{
    sql::{count_up, run},
    told::hear,
};

fn happened(id: i64) -> Event {
    Event::new("things/update", "thing", id, &json!({ "id": id }))
}

async fn tell(cx: &Cx, id: i64) -> Result<()> {
    cx.write("thing_update", async |db| event::emit(cx, db, happened(id)).await.map(drop)).await
}

#[tokio::test]
async fn a_write_leaves_its_event_its_outbox_row_and_who_did_it() {
    let shop = Shop::open().await;
    let cx = shop.app(&[Scope::WriteProducts]);
    tell(&cx, 1).await.unwrap();
    tell(&cx, 1).await.unwrap();
    tell(&cx, 2).await.unwrap();
    let log: Vec<_> = shop.events().await.iter().map(|e| (e.aggregate_id, e.sequence)).collect();
    assert_eq!(log, [(1, 1), (1, 2), (2, 1)]);
    let outbox = shop.rows("select event_id from outbox where tenant_id = $1").await;
    assert_eq!(outbox.len(), 3);
    let audit = shop
        .rows("select actor, request_id from audit_entries where tenant_id = $1 and verb = 'thing_update'")
        .await;
    assert_eq!(audit.len(), 3);
    assert_eq!((audit[0].get(0), audit[0].get(1)), ("app:1", &*cx.request().0));
}

#[tokio::test]
async fn a_write_that_fails_leaves_nothing() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let heard = hear(&shop);
    let refused: Result<()> = cx
        .write("thing_update", async |db| {
            event::emit(&cx, db, happened(1)).await?;
            count_up(db, "things", 1).await?;
            db.changed(Change::Product(1));
            Err(Error::Conflict("thing"))
        })
        .await;
    assert!(matches!(refused, Err(Error::Conflict(_))));
    assert_eq!(shop.events().await, []);
    for table in ["outbox", "counters"] {
        assert!(
            shop.rows(&format!("select 1 from {table} where tenant_id = $1")).await.is_empty(),
            "{table}"
        );
    }
    let audit = shop.rows("select 1 from audit_entries where tenant_id = $1 and verb = 'thing_update'").await;
    assert!(audit.is_empty());
    assert_eq!(*heard.lock().unwrap(), []);
}

#[tokio::test]
async fn the_log_cannot_be_rewritten() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    tell(&cx, 1).await.unwrap();
    for sql in ["update events set topic = 'x'", "delete from events", "delete from audit_entries"] {
        let refused: Result<usize> = cx.write("tamper", async |db| run(db, sql).await).await;
        assert!(matches!(refused, Err(Error::Broken(_))), "{sql}");
    }
}

#[tokio::test]
async fn writers_of_one_aggregate_number_its_events_without_gaps() {
    let shop = Shop::open_in(Database::own().await, 8).await;
    for seed in 0..seeds(2) {
        let id = i64::try_from(seed).unwrap();
        let writers = (0..8).map(|_| {
            let cx = shop.admin();
            tokio::spawn(async move { tell(&cx, id).await })
        });
        for writer in writers.collect::<Vec<_>>() {
            writer.await.unwrap().unwrap();
        }
        let mut log = shop.events().await;
        log.retain(|event| event.aggregate_id == id);
        let mut numbers: Vec<_> = log.iter().map(|event| event.sequence).collect();
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=8).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_deadlock_is_run_again_and_never_shown() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    shop.admin()
        .write("setup", async |db| {
            count_up(db, "a", 0).await?;
            count_up(db, "b", 0).await
        })
        .await
        .unwrap();
    let runs = Arc::new(AtomicU32::new(0));
    let both_hold_one = Arc::new(tokio::sync::Barrier::new(2));
    let crossing = |first: &'static str, second: &'static str| {
        let (cx, runs, both_hold_one) = (shop.admin(), runs.clone(), both_hold_one.clone());
        tokio::spawn(async move {
            cx.write("cross", async |db| {
                count_up(db, first, 1).await?;
                if runs.fetch_add(1, Ordering::Relaxed) < 2 {
                    both_hold_one.wait().await;
                }
                count_up(db, second, 1).await
            })
            .await
        })
    };
    let (one, other) = (crossing("a", "b"), crossing("b", "a"));
    one.await.unwrap().unwrap();
    other.await.unwrap().unwrap();
    let values = shop.rows("select value from counters where tenant_id = $1").await;
    assert!(values.iter().all(|row| row.get::<_, i64>(0) == 2));
    // The one that gave way may meet the other again before that is done.
    assert!(runs.load(Ordering::Relaxed) >= 3, "none was run again");
}

#[tokio::test]
async fn an_error_that_is_swallowed_is_not_reported_as_success() {
    let shop = Shop::open().await;
    let cx = shop.admin();
    let done = cx
        .write_quietly(async |db| {
            count_up(db, "things", 1).await?;
            let _ = run(db, "select 1 / 0").await;
            Ok(())
        })
        .await;
    assert!(matches!(done, Err(Error::Broken(_))));
    // The next write is not told of it.
    cx.write_quietly(async |db| count_up(db, "things", 1).await).await.unwrap();
}
