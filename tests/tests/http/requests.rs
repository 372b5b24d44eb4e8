//! What is read, and how the rest is refused.

use mcom_tests::server::{Reply, Server};

use crate::server;

const PATH: &str = "/api/2026-04/graphql.json";

fn token(server: &Server) -> String {
    format!("x-shopify-storefront-access-token: {}", server.shop.created.storefront_token.as_str())
}

async fn post(server: &Server, kind: &str, body: &str) -> Reply {
    server.post(PATH, &format!("{}\r\ncontent-type: {kind}", token(server)), body).await
}

#[tokio::test]
async fn documents_are_read_in_every_form_that_clients_send() {
    let server = server().await;
    let json = r#"{"query":"query A { shop { name } } query B { __typename }","operationName":"A","variables":null}"#;
    let replies = [
        post(&server, "application/json", json).await,
        post(&server, "application/graphql; charset=utf-8", "{ shop { name } }").await,
        server
            .send(
                &format!(
                    "GET {PATH}?query=%7B%20shop%20%7B%20name%20%7D%20%7D HTTP/1.1\r\n{}",
                    token(&server)
                ),
                b"",
            )
            .await,
        server
            .post(
                "/api/unstable/graphql",
                &format!("{}\r\ncontent-type: application/json", token(&server)),
                json,
            )
            .await,
    ];
    for reply in replies {
        assert_eq!(
            (reply.status, reply.json()["data"]["shop"]["name"].as_str()),
            (200, Some("Test")),
            "{reply:?}"
        );
        assert_eq!(reply.header("content-type"), Some("application/json; charset=utf-8"));
    }
}

#[tokio::test]
async fn what_is_no_request_is_refused_in_json() {
    let server = server().await;
    for (kind, body, status, code) in [
        ("application/json", "", 400, "BAD_REQUEST"),
        ("application/json", "{", 400, "BAD_REQUEST"),
        ("application/json", "{}", 400, "BAD_REQUEST"),
        ("application/json", r#"[{"query":"{ shop { name } }"}]"#, 400, "BAD_REQUEST"),
        ("application/json", r#"{"query":"{ shop { name } }","variables":[1]}"#, 400, "BAD_REQUEST"),
        ("multipart/form-data; boundary=x", "--x--", 415, "UNSUPPORTED_MEDIA_TYPE"),
    ] {
        let reply = post(&server, kind, body).await;
        assert_eq!((reply.status, reply.code().as_str()), (status, code), "{kind} {body}: {reply:?}");
    }
    let reply =
        server.send(&format!("GET {PATH}?query=mutation%7Bx%7D HTTP/1.1\r\n{}", token(&server)), b"").await;
    assert_ne!(reply.json()["errors"], serde_json::Value::Null);
    let reply = server.get("/nothing/here").await;
    assert_eq!((reply.status, reply.code().as_str()), (404, "NOT_FOUND"));
    let reply = server.send("DELETE /healthz HTTP/1.1", b"").await;
    assert_eq!((reply.status, reply.code().as_str()), (405, "METHOD_NOT_ALLOWED"));
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused_whether_or_not_its_length_was_told() {
    let server = server().await;
    let large = "a".repeat(3_000_000);
    let told = post(&server, "application/json", &large).await;
    assert_eq!((told.status, told.code().as_str()), (413, "MAX_BODY_SIZE_EXCEEDED"));
    let chunked = format!("{:x}\r\n{large}\r\n0\r\n\r\n", large.len());
    let head = format!(
        "POST {PATH} HTTP/1.1\r\ntransfer-encoding: chunked\r\ncontent-type: application/json\r\n{}",
        token(&server)
    );
    let untold = server.send(&head, chunked.as_bytes()).await;
    assert_eq!((untold.status, untold.code().as_str()), (413, "MAX_BODY_SIZE_EXCEEDED"));
}

#[tokio::test]
async fn storefronts_of_every_origin_may_ask_and_nobody_else() {
    let server = server().await;
    let ask = |path: &str| {
        format!(
            "OPTIONS {path} HTTP/1.1\r\norigin: https://shop.example\r\naccess-control-request-method: POST\r\n\
             access-control-request-headers: content-type, x-shopify-storefront-access-token"
        )
    };
    let open = server.send(&ask(PATH), b"").await;
    assert_eq!((open.status, open.header("access-control-allow-origin")), (204, Some("*")));
    let allowed = Some("content-type, x-shopify-storefront-access-token");
    assert_eq!(open.header("access-control-allow-headers"), allowed);
    let closed = server.send(&ask("/admin/api/2026-04/graphql.json"), b"").await;
    assert_eq!(closed.header("access-control-allow-origin"), None);
    let refused = post(&server, "application/json", "{").await;
    assert_eq!(
        refused.header("access-control-allow-origin"),
        Some("*"),
        "a page must be able to read a refusal"
    );
}

#[tokio::test]
async fn a_document_is_asked_for_by_its_hash_once_it_was_registered() {
    const HASH: &str = "d87467d81cf8b1001256a65ff79cf59a2002d2c31d46a049be787ef1c9802317";
    let server = server().await;
    let named = |query: &str, hash: &str| {
        format!(r#"{{{query}"extensions":{{"persistedQuery":{{"version":1,"sha256Hash":"{hash}"}}}}}}"#)
    };
    let by_hash = named("", HASH);
    let unknown = post(&server, "application/json", &by_hash).await;
    assert_eq!((unknown.status, unknown.code().as_str()), (200, "PERSISTED_QUERY_NOT_FOUND"));
    assert_eq!(unknown.json()["errors"][0]["message"], "PersistedQueryNotFound");
    let wrong = post(&server, "application/json", &named(r#""query":"{ shop { id } }","#, HASH)).await;
    assert_eq!((wrong.status, wrong.code().as_str()), (400, "BAD_REQUEST"));
    let whole = post(&server, "application/json", &named(r#""query":"{ shop { name } }","#, HASH)).await;
    let known = post(&server, "application/json", &by_hash).await;
    let extensions =
        format!("%7B%22persistedQuery%22:%7B%22version%22:1,%22sha256Hash%22:%22{HASH}%22%7D%7D");
    let get = format!("GET {PATH}?extensions={extensions} HTTP/1.1\r\n{}", token(&server));
    for reply in [whole, known, server.send(&get, b"").await] {
        assert_eq!(reply.json()["data"]["shop"]["name"], "Test", "{reply:?}");
    }
    let broken = "0".repeat(64);
    let invalid = named(r#""query":"{ nothing }","#, &broken);
    assert_eq!(post(&server, "application/json", &invalid).await.status, 400, "of something else");
    let other = named("", HASH).replace("\"version\":1", "\"version\":2");
    assert_eq!(post(&server, "application/json", &other).await.code(), "PERSISTED_QUERY_NOT_SUPPORTED");
}
