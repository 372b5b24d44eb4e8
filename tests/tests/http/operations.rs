//! What machines and people who run the process see.

use std::time::Duration;

use mcom_tests::{Database, Shop, server::Server};
use serde_json::json;

use crate::server;

#[tokio::test]
async fn the_process_tells_how_it_is() {
    let server = server().await;
    let alive = server.get("/healthz").await;
    assert_eq!((alive.status, alive.json()), (200, json!({ "status": "ok" })));
    let ready = server.get("/readyz").await;
    assert_eq!((ready.status, ready.json()["ready"].as_bool()), (200, Some(true)), "{ready:?}");
    let metrics = server.get("/metrics").await;
    assert_eq!((metrics.status, metrics.header("content-type")), (200, Some("text/plain; version=0.0.4")));
}

#[tokio::test]
async fn every_answer_has_a_name_and_says_what_browsers_may_do_with_it() {
    let server = server().await;
    let sent = server.send("GET /healthz HTTP/1.1\r\nx-request-id: my-name", b"").await;
    assert_eq!(sent.header("x-request-id"), Some("my-name"));
    for path in ["/healthz", "/nothing", "/graphiql", "/assets/graphiql/start.js"] {
        let reply = server.get(path).await;
        assert!(reply.header("x-request-id").is_some_and(|name| name.len() >= 16), "{path}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        let policy = reply.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn graphiql_comes_with_everything_it_needs() {
    let server = server().await;
    for path in ["/graphiql", "/admin/graphiql", "/api/2026-04/graphiql", "/admin/api/2026-04/graphiql"] {
        let page = server.get(path).await;
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, Some("text/html; charset=utf-8")),
            "{path}"
        );
        assert!(!page.body.contains("https://"), "the page asks nobody else");
        for part in page.body.split('"').filter(|part| part.starts_with("/assets/")) {
            assert_eq!(server.get(part).await.status, 200, "{part}");
        }
    }
    let led_here = "GET /api/2026-04/graphql HTTP/1.1\r\naccept: text/html,*/*;q=0.8";
    assert_eq!(server.send(led_here, b"").await.header("content-type"), Some("text/html; charset=utf-8"));
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_finishes_what_is_under_way() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let owner = shop.database.superuser().await;
    let server = Server::open(shop).await;
    owner.batch_execute("begin; lock table store_settings in access exclusive mode").await.unwrap();
    let asking = server.storefront("{ shop { name } }", json!({}));
    let stopping = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        server.tell_to_stop();
        tokio::time::sleep(Duration::from_millis(300)).await;
        owner.batch_execute("commit").await.unwrap();
    };
    let (reply, ()) = tokio::join!(asking, stopping);
    assert_eq!(reply.json()["data"]["shop"]["name"], "Test");
    tokio::time::timeout(Duration::from_secs(5), server.stop()).await.expect("nothing keeps it");
}
