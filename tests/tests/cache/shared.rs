//! The cache that processes share.

use std::time::Duration;

use mcom_data::redis::{Redis, RedisKey};
use mcom_schema::id::ProductId;
use mcom_tests::{Database, Shop, process::services_sharing, redis::RedisServer};

use crate::{hears, published, rename, seen, soon};

const PATIENCE: Duration = Duration::from_secs(2);

/// A store in two processes that share a Redis, and hear each other.
async fn two(server: &RedisServer) -> (Shop, Shop) {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let process = async || {
        let services = services_sharing(&shop.database, shop.clock.clone(), server.client(PATIENCE)).await;
        hears(&services).await;
        services
    };
    let other = shop.in_process(process().await);
    let one = process().await;
    (shop.moved_to(one), other)
}

fn key(shop: &Shop, id: ProductId) -> RedisKey {
    RedisKey::of(shop.tenant().id(), "product", id.0)
}

async fn copy(redis: &Redis, key: &RedisKey) -> Option<Vec<u8>> {
    redis.values(std::slice::from_ref(key)).await?.pop()?
}

#[tokio::test]
async fn what_one_process_read_the_other_need_not_read() {
    let server = RedisServer::start();
    let (one, other) = two(&server).await;
    let id = published(&one.admin(), "Mug").await;
    let redis = server.client(PATIENCE);
    let mut round = 0;
    // A transaction of somebody else in the same cluster makes copies untrusted while it lasts: then it is tried again.
    soon(Duration::from_secs(30), "a copy is used", async || {
        round += 1;
        let title = format!("Mug {round}");
        rename(&one.admin(), id, &title).await;
        assert_eq!(seen(&one, id).await, (title.clone(), 1));
        let arrived = async || {
            let copy = copy(&redis, &key(&one, id)).await.unwrap_or_default();
            String::from_utf8_lossy(&copy).contains(&title)
        };
        soon(Duration::from_secs(5), "the copy arrives", arrived).await;
        seen(&other, id).await == (title, 0)
    })
    .await;
}

#[tokio::test]
async fn an_old_copy_that_is_put_back_is_never_used() {
    let server = RedisServer::start();
    let (one, other) = two(&server).await;
    let id = published(&one.admin(), "Mug 0").await;
    let redis = server.client(PATIENCE);
    for round in 1..20 {
        seen(&one, id).await;
        soon(Duration::from_secs(5), "the copy arrives", async || {
            copy(&redis, &key(&one, id)).await.is_some()
        })
        .await;
        let old = copy(&redis, &key(&one, id)).await.unwrap();
        let title = format!("Mug {round}");
        rename(&other.admin(), id, &title).await;
        // A load that began before the change puts its answer back only now.
        redis.keep(vec![(key(&one, id), old.clone())], Duration::from_secs(60));
        soon(Duration::from_secs(5), "the old copy is back", async || {
            copy(&redis, &key(&one, id)).await == Some(old.clone())
        })
        .await;
        assert_eq!(seen(&other, id).await.0, title, "whoever wrote reads its own write");
        soon(Duration::from_secs(1), "the change is heard", async || seen(&one, id).await.0 == title).await;
    }
}

#[tokio::test]
async fn a_process_that_cannot_hear_uses_no_copies() {
    let server = RedisServer::start();
    let (one, _) = two(&server).await;
    let id = published(&one.admin(), "Mug").await;
    seen(&one, id).await;
    let deaf = services_sharing(&one.database, one.clock.clone(), server.client(PATIENCE)).await;
    let (title, statements) = seen(&one.in_process(deaf), id).await;
    assert_eq!((title.as_str(), statements), ("Mug", 1));
}

#[tokio::test]
async fn stores_do_not_see_each_others_copies() {
    let server = RedisServer::start();
    let (one, _) = two(&server).await;
    let neighbour = one.beside().await;
    let id = published(&one.admin(), "Mug").await;
    seen(&one, id).await;
    let found = mcom_catalog::products::live(&neighbour.buyer(), &[id]).await.unwrap();
    assert!(found[0].is_none());
}
