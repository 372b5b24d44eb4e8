//! What caches are told, here and in other processes.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use mcom_data::{Change, Told};
use mcom_tests::{Database, Shop, process::services};

/// Collects what this shop's process is told.
pub fn hear(shop: &Shop) -> Arc<Mutex<Vec<Told>>> {
    let heard = Arc::new(Mutex::new(vec![]));
    let mine = heard.clone();
    shop.services.changes.listen(move |told| mine.lock().unwrap().push(told));
    heard
}

#[tokio::test]
async fn whoever_wrote_is_told_before_the_write_returns() {
    let shop = Shop::open().await;
    let heard = hear(&shop);
    shop.admin()
        .write_quietly(async |db| {
            db.changed(Change::Product(7));
            db.changed(Change::Product(7));
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(
        *heard.lock().unwrap(),
        [Told { tenant: shop.tenant().id().get(), change: Change::Product(7) }]
    );
}

#[tokio::test]
async fn other_processes_are_told_and_distrust_everything_when_they_could_not_hear() {
    let shop = Shop::open_in(Database::own().await, 2).await;
    let other = services(&shop.database, 2, shop.clock.clone()).await;
    let mut heard = other.changes.subscribe();
    let listening = tokio::spawn({
        let other = other.clone();
        async move { mcom_data::listen(&other).await }
    });
    let everything = Told { tenant: 0, change: Change::Everything };
    let mut next =
        async || tokio::time::timeout(Duration::from_secs(10), heard.recv()).await.unwrap().unwrap();
    assert_eq!(next().await, everything);

    let changed = Change::Product(7);
    let cx = shop.admin();
    let write = async || {
        cx.write_quietly(async |db| {
            db.changed(changed);
            Ok(())
        })
        .await
        .unwrap();
    };
    write().await;
    assert_eq!(next().await, Told { tenant: shop.tenant().id().get(), change: changed });

    shop.database.deafen().await;
    assert_eq!(next().await, everything);
    assert_eq!(next().await, everything, "and once more when it hears again");
    write().await;
    assert_eq!(next().await.change, changed);
    listening.abort();
}
