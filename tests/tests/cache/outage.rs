//! Redis hangs, dies and comes back while a shop is used: slower perhaps, never wrong, never down.

use std::time::{Duration, Instant};

use mcom_tests::{Database, Shop, process::services_sharing, redis::RedisServer, server::Server};
use serde_json::json;

use crate::{hears, published, soon};

const PATIENCE: Duration = Duration::from_millis(100);
/// What a request may take although Redis does not answer: a few waits of [`PATIENCE`] on a busy machine.
const SLOW: Duration = Duration::from_secs(3);

const PRODUCT: &str = "query($handle: String!) { product(handle: $handle) { title } }";
const RENAME: &str = "mutation($id: ID!, $title: String!) {
    productUpdate(product: { id: $id, title: $title }) { product { title } userErrors { message } } }";

/// Two servers of one store, and its product.
struct Street {
    servers: [Server; 2],
    product: String,
    renamed: u32,
}

impl Street {
    async fn open(redis: &RedisServer) -> Street {
        let shop = Shop::open_in(Database::own().await, 4).await;
        let generous = "update plans set requests_per_second = 1000, request_burst = 2000";
        shop.database.superuser().await.batch_execute(generous).await.unwrap();
        let id = published(&shop.admin(), "Mug").await;
        let process = async || {
            let services = services_sharing(&shop.database, shop.clock.clone(), redis.client(PATIENCE)).await;
            hears(&services).await;
            services
        };
        let (second, first) = (shop.in_process(process().await), process().await);
        let servers = [Server::open(shop.moved_to(first)).await, Server::open(second).await];
        Street { servers, product: id.gid(), renamed: 0 }
    }

    async fn title(&self, place: usize) -> String {
        let begun = Instant::now();
        let reply = self.servers[place].storefront(PRODUCT, json!({ "handle": "mug" })).await;
        assert!(begun.elapsed() < SLOW, "{:?}", begun.elapsed());
        assert_eq!(reply.status, 200, "{reply:?}");
        reply.json()["data"]["product"]["title"].as_str().unwrap().to_owned()
    }

    /// Renames the product here and there, and looks whether everybody sees it; the same with one key is done once.
    async fn trade(&mut self, what: &str) {
        for place in [0, 1, 0] {
            self.renamed += 1;
            let title = format!("Mug {}", self.renamed);
            let (key, values) = (
                format!("idempotency-key: k{}", self.renamed),
                json!({ "id": self.product, "title": title }),
            );
            let first = self.servers[place].admin(&key, RENAME, values.clone()).await;
            assert_eq!(first.json()["data"]["productUpdate"]["product"]["title"], title, "{what}: {first:?}");
            let again = self.servers[1 - place].admin(&key, RENAME, values).await;
            assert_eq!((again.status, again.body), (200, first.body), "{what}");
            assert_eq!(self.title(place).await, title, "{what}");
            soon(Duration::from_secs(1), what, async || self.title(1 - place).await == title).await;
        }
    }
}

#[tokio::test]
async fn a_shop_goes_on_while_redis_hangs_dies_and_comes_back() {
    let redis = RedisServer::start();
    let mut street = Street::open(&redis).await;
    for round in 0..3 {
        street.trade(&format!("round {round}, Redis is there")).await;
        redis.hang();
        street.trade(&format!("round {round}, Redis hangs")).await;
        redis.resume();
        street.trade(&format!("round {round}, Redis goes on")).await;
        redis.kill();
        street.trade(&format!("round {round}, Redis is gone")).await;
        redis.start_again();
        street.trade(&format!("round {round}, Redis is back")).await;
    }
}

#[tokio::test]
async fn redis_is_used_again_when_it_is_back() {
    let server = RedisServer::start();
    let shop = Shop::open().await;
    let redis = server.client(PATIENCE);
    let answers =
        async || redis.values(&[mcom_data::redis::RedisKey::of(shop.tenant().id(), "x", 1)]).await.is_some();
    soon(Duration::from_secs(10), "it answers", answers).await;
    server.kill();
    for _ in 0..5 {
        assert!(!answers().await);
    }
    let begun = Instant::now();
    answers().await;
    assert!(begun.elapsed() < PATIENCE, "nobody waits for what is known to be away");
    server.start_again();
    soon(Duration::from_secs(10), "it answers again", answers).await;
    server.hang();
    assert!(!answers().await);
    server.resume();
    soon(Duration::from_secs(10), "it answers after it hung", answers).await;
}
