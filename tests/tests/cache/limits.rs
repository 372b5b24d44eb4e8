//! Limits and answers that processes share.

use std::time::{Duration, Instant};

use mcom_data::{Change, Told};
use mcom_tests::{Database, Shop, process::services_sharing, redis::RedisServer, server::Server};
use serde_json::{Value, json};

use crate::soon;

const PATIENCE: Duration = Duration::from_secs(2);
const BURST: u64 = 10;

/// Two servers of a store whose tokens may make ten requests at once and one more each second.
async fn two(redis: &RedisServer, patience: Duration) -> [Server; 2] {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let poorer = format!("update plans set requests_per_second = 1, request_burst = {BURST}");
    shop.database.superuser().await.batch_execute(&poorer).await.unwrap();
    let everywhere = Told { tenant: shop.tenant().id().get(), change: Change::Directory };
    let process = async || {
        let services = services_sharing(&shop.database, shop.clock.clone(), redis.client(patience)).await;
        services.changes.tell(everywhere);
        services
    };
    let (second, first) = (shop.in_process(process().await), process().await);
    [Server::open(shop.moved_to(first)).await, Server::open(second).await]
}

/// How many of `requests` to the servers in turn were answered; the others were told to come later.
async fn granted(servers: &[Server; 2], requests: usize) -> u64 {
    let mut granted = 0;
    for number in 0..requests {
        let reply = servers[number % 2].storefront("{ shop { name } }", json!({})).await;
        match reply.status {
            200 => granted += 1,
            429 => assert!(reply.header("retry-after").is_some(), "{reply:?}"),
            _ => panic!("{reply:?}"),
        }
    }
    granted
}

#[tokio::test]
async fn two_processes_have_one_limit() {
    let redis = RedisServer::start();
    let servers = two(&redis, PATIENCE).await;
    let begun = Instant::now();
    let granted = granted(&servers, 40).await;
    let restored = begun.elapsed().as_secs() + 1;
    assert!((BURST..=BURST + restored).contains(&granted), "{granted} within {:?}", begun.elapsed());
    let begun = Instant::now();
    let comes_back = async || servers[1].storefront("{ shop { name } }", json!({})).await.status == 200;
    soon(Duration::from_secs(5), "what was taken comes back", comes_back).await;
    assert!(begun.elapsed() <= Duration::from_secs(3));
}

#[tokio::test]
async fn while_redis_is_away_each_process_limits_on_its_own() {
    let redis = RedisServer::start();
    let servers = two(&redis, Duration::from_millis(100)).await;
    redis.kill();
    let begun = Instant::now();
    let granted = granted(&servers, 60).await;
    let restored = 2 * (begun.elapsed().as_secs() + 1);
    assert!((2 * BURST..=2 * BURST + restored).contains(&granted), "{granted} within {:?}", begun.elapsed());
}

#[tokio::test]
async fn an_app_reads_the_shared_budget() {
    let redis = RedisServer::start();
    let servers = two(&redis, PATIENCE).await;
    let left = async |server: &Server| -> f64 {
        let reply: Value = server.admin("", "{ shop { name } }", json!({})).await.json();
        reply["extensions"]["cost"]["throttleStatus"]["currentlyAvailable"].as_f64().unwrap()
    };
    let (first, second) = (left(&servers[0]).await, left(&servers[1]).await);
    assert!(second < first, "{first}, then {second}");
}

const CREATE: &str =
    "mutation { productCreate(product: { title: \"Mug\" }) { product { id } userErrors { message } } }";

#[tokio::test]
async fn a_settled_answer_is_given_by_every_process_without_a_look_at_the_table() {
    let redis = RedisServer::start();
    let servers = two(&redis, PATIENCE).await;
    let shop = &servers[0].shop;
    let generous = "update plans set requests_per_second = 1000, request_burst = 2000";
    shop.database.superuser().await.batch_execute(generous).await.unwrap();
    for server in &servers {
        let tenant = shop.tenant().id().get();
        server.shop.services.changes.tell(Told { tenant, change: Change::Directory });
    }
    let first = servers[0].admin("idempotency-key: k1", CREATE, json!({})).await;
    let copy = mcom_data::redis::RedisKey::of(shop.tenant().id(), "idempotency", "k1");
    let client = redis.client(PATIENCE);
    let there =
        async || client.values(std::slice::from_ref(&copy)).await.is_some_and(|found| found[0].is_some());
    soon(Duration::from_secs(5), "the copy arrives", there).await;
    let forget = "update idempotency_keys set answer = 'not this one'";
    shop.database.superuser().await.batch_execute(forget).await.unwrap();
    let again = servers[1].admin("idempotency-key: k1", CREATE, json!({})).await;
    assert_eq!((again.status, &again.body), (200, &first.body));
    let other = CREATE.replace("Mug", "Cup");
    let different = servers[1].admin("idempotency-key: k1", &other, json!({})).await;
    assert_eq!(different.status, 400, "{different:?}");
    redis.kill();
    let from_table = servers[1].admin("idempotency-key: k1", CREATE, json!({})).await;
    assert_eq!(from_table.body, "not this one", "the table is the truth");
}
