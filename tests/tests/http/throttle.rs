//! How much one caller may ask.

use mcom_data::{Change, Told};
use mcom_tests::{Database, Shop, server::Server};
use serde_json::json;

/// A server in front of a store whose tokens may make two requests at once and one more each 1,000 seconds or so.
async fn poor() -> Server {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let owner = shop.database.superuser().await;
    let poorer = owner.batch_execute("update plans set requests_per_second = 1, request_burst = 2");
    poorer.await.expect("plans can be changed");
    let tenant = shop.tenant().id().get();
    shop.services.changes.tell(Told { tenant, change: Change::Directory });
    Server::open(shop).await
}

#[tokio::test]
async fn a_storefront_that_asks_too_much_is_told_when_to_come_again() {
    let server = poor().await;
    let replies =
        futures_util::future::join_all((0..6).map(|_| server.storefront("{ shop { name } }", json!({}))))
            .await;
    let refused: Vec<_> = replies.iter().filter(|reply| reply.status == 429).collect();
    assert!((3..=4).contains(&refused.len()), "{replies:?}");
    for reply in refused {
        assert_eq!(reply.code(), "THROTTLED");
        assert!(
            reply.header("retry-after").is_some_and(|seconds| seconds.parse::<u64>().is_ok_and(|s| s >= 1))
        );
    }
}

#[tokio::test]
async fn an_app_reads_its_budget_in_every_answer() {
    let server = poor().await;
    let replies =
        futures_util::future::join_all((0..6).map(|_| server.admin("", "{ shop { name } }", json!({}))))
            .await;
    assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
    let throttled: Vec<_> = replies.iter().filter(|reply| reply.code() == "THROTTLED").collect();
    assert!(throttled.len() >= 3, "{replies:?}");
    for reply in &replies {
        let status = &reply.json()["extensions"]["cost"]["throttleStatus"];
        assert_eq!(
            (status["maximumAvailable"].as_f64(), status["restoreRate"].as_f64()),
            (Some(2.0), Some(1.0))
        );
    }
}

#[tokio::test]
async fn callers_do_not_use_up_each_others_budget() {
    let server = poor().await;
    for _ in 0..4 {
        server.admin("", "{ shop { name } }", json!({})).await;
    }
    assert_eq!(server.storefront("{ shop { name } }", json!({})).await.status, 200);
}
