//! Who is let in.

use crate::server;

const BODY: &str = r#"{"query":"{ shop { name } }"}"#;
const STOREFRONT: &str = "/api/2026-04/graphql.json";
const ADMIN: &str = "/admin/api/2026-04/graphql.json";

#[tokio::test]
async fn a_token_opens_its_own_store_and_api_only() {
    let (mine, other) = (server().await, server().await);
    let storefront = mine.shop.created.storefront_token.as_str();
    let admin = mine.shop.created.admin_token.as_str();
    let foreign = other.shop.created.storefront_token.as_str();
    for (path, header, token, status) in [
        (STOREFRONT, "x-shopify-storefront-access-token", storefront, 200),
        (STOREFRONT, "shopify-storefront-private-token", storefront, 200),
        (STOREFRONT, "x-shopify-storefront-access-token", admin, 403),
        (STOREFRONT, "x-shopify-storefront-access-token", foreign, 403),
        (STOREFRONT, "x-shopify-storefront-access-token", "", 401),
        (STOREFRONT, "x-shopify-access-token", storefront, 401),
        (ADMIN, "x-shopify-access-token", admin, 200),
        (ADMIN, "x-shopify-access-token", storefront, 401),
        (ADMIN, "x-shopify-access-token", "wrong", 401),
        (ADMIN, "accept", "*/*", 401),
    ] {
        let headers = format!("content-type: application/json\r\n{header}: {token}");
        let reply = mine.post(path, &headers, BODY).await;
        assert_eq!(reply.status, status, "{path} {header}: {reply:?}");
        assert_eq!(reply.json()["errors"].is_null(), status == 200, "{reply:?}");
    }
}

#[tokio::test]
async fn a_refusal_has_the_shape_that_clients_print() {
    let server = server().await;
    let reply = server.post(ADMIN, "content-type: application/json", BODY).await;
    assert!(reply.json()["errors"].is_string(), "{reply:?}");
    let reply = server.post(STOREFRONT, "content-type: application/json", BODY).await;
    assert_eq!(reply.code(), "UNAUTHORIZED");
}

#[tokio::test]
async fn the_host_says_which_store() {
    let server = server().await;
    let token = server.shop.created.storefront_token.as_str();
    let handle = server.shop.tenant().handle();
    for (host, status) in [
        (format!("{handle}.localhost"), 200),
        (format!("{}.LOCALHOST:8080", handle.to_uppercase()), 200),
        ("nobody.localhost".to_owned(), 404),
        ("127.0.0.1".to_owned(), 404),
    ] {
        let headers = format!(
            "content-type: application/json\r\nx-shopify-storefront-access-token: {token}\r\nhost: {host}"
        );
        let reply = server.post(STOREFRONT, &headers, BODY).await;
        assert_eq!(reply.status, status, "{host}: {reply:?}");
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused_at_once() {
    let server = server().await;
    assert_eq!(server.storefront("{ shop { name } }", serde_json::json!({})).await.status, 200);
    let sql = "select id from access_tokens where tenant_id = $1 and api = 'storefront'";
    let token: i64 = server.shop.rows(sql).await[0].get(0);
    mcom_store::tokens::revoke(&server.shop.admin(), token).await.expect("it is there");
    assert_eq!(server.storefront("{ shop { name } }", serde_json::json!({})).await.status, 403);
}
