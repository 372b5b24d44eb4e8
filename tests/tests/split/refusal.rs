//! Who is not believed, and who does not even start.

use std::{process::Command, sync::Arc};

use mcom_data::{
    Actor, Cx,
    role_token::{Signer, SigningKey},
};
use mcom_tests::{
    Shop,
    cluster::{Cluster, Key, Plan},
    wire::{self, Line},
};
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_mcom-under-test");

fn serve(roles: &str, environment: &[(&str, &str)]) -> (bool, String) {
    let nowhere = "postgres://nobody@127.0.0.1:1/none";
    let ended = Command::new(PROGRAM)
        .args(["serve", "--roles", roles])
        .env_clear()
        .envs([("DATABASE_URL", nowhere), ("DATABASE_PLATFORM_URL", nowhere)])
        .envs(environment.iter().copied())
        .output()
        .unwrap();
    (ended.status.success(), String::from_utf8_lossy(&ended.stderr).into_owned())
}

#[test]
fn nobody_starts_without_the_keys_that_its_roles_need() {
    let elsewhere =
        [("MCOM_STOREFRONT_URLS", "http://127.0.0.2:1"), ("MCOM_CHECKOUT_URLS", "http://127.0.0.3:1")];
    for (roles, environment, named) in [
        ("gateway", &elsewhere[..], "MCOM_ROLE_KEY is not set"),
        ("storefront", &[("MCOM_INTERNAL_LISTEN", "127.0.0.2:0")], "MCOM_ROLE_PUBLIC_KEYS is not set"),
        ("checkout", &[], "MCOM_INTERNAL_LISTEN"),
        ("gateway", &[], "MCOM_STOREFRONT_URLS"),
    ] {
        let (started, said) = serve(roles, environment);
        assert!(!started && said.contains(named), "{roles}: {said}");
    }
}

/// A call by hand, with whatever stands in for the token.
async fn call(address: std::net::SocketAddr, token: Option<&str>, body: &[u8]) -> u16 {
    let token = token.map_or_else(String::new, |token| format!("\r\nauthorization: Bearer {token}"));
    let head = format!("POST /subgraph/storefront HTTP/1.1\r\nhost: inside{token}");
    Line::single(address).send(&head, body).await.unwrap().status
}

#[tokio::test]
async fn a_subgraph_takes_only_what_its_gateway_signed_for_it_now() {
    let shop = Shop::open().await;
    let split = Cluster::start(PROGRAM, &shop.database, Plan { gateways: 0, subgraphs: 1, workers: 0 }).await;
    let address = split.addresses("storefront")[0];
    let key = || SigningKey::parse(&split.key().secret).unwrap();
    // In the process's own time, not in the shop's.
    let services = mcom_tests::process::services(&shop.database, 2, Arc::new(mcom_schema::SystemClock)).await;
    let cx = Cx::new(services, shop.tenant().clone(), Actor::Anonymous, shop.buyer().request().clone());
    let sign = |key, cx: &Cx, audience| Signer::new(key).sign(cx, audience, b"body").unwrap();
    let right = sign(key(), &cx, "storefront");
    assert_eq!(call(address, Some(&right), b"body").await, 400, "believed, though it says nothing");
    let foreign = sign(SigningKey::parse(&Key::new().secret).unwrap(), &cx, "storefront");
    // The shop's clock stands still, long ago.
    let expired = sign(key(), &shop.buyer(), "storefront");
    let elsewhere = sign(key(), &cx, "admin");
    for wrong in [None, Some("x.y.z"), Some(&*foreign), Some(&*expired), Some(&*elsewhere)] {
        assert_eq!(call(address, wrong, b"body").await, 401, "{wrong:?}");
    }
    assert_eq!(call(address, Some(&right), b"another body").await, 401);
}

#[tokio::test]
async fn a_subgraph_is_nowhere_near_the_public_listener() {
    let shop = Shop::open().await;
    let plan = Plan { gateways: 1, subgraphs: 1, workers: 0 };
    let split = Cluster::start(PROGRAM, &shop.database, plan).await;
    let public = split.addresses("gateway")[0];
    let head = "POST /subgraph/storefront HTTP/1.1\r\nhost: inside";
    assert_eq!(Line::single(public).send(head, b"").await.unwrap().status, 404);
    assert_eq!(wire::status(split.addresses("storefront")[0], "/api/2026-04/graphql").await, Some(404));
}

#[tokio::test]
async fn while_keys_are_exchanged_both_are_believed_and_afterwards_one() {
    let shop = Shop::open().await;
    let plan = Plan { gateways: 1, subgraphs: 1, workers: 0 };
    let mut split = Cluster::start(PROGRAM, &shop.database, plan).await;
    let (old, new) = (split.key().public.clone(), Key::new());
    let both = format!("{old},{}", new.public);
    assert!(works(&shop, &split).await);
    split.tell_all("MCOM_ROLE_PUBLIC_KEYS", &both).await;
    assert!(works(&shop, &split).await, "the old key is believed beside the new one");
    split.tell_all("MCOM_ROLE_KEY", &new.secret).await;
    assert!(works(&shop, &split).await, "the new key is believed");
    split.tell_all("MCOM_ROLE_PUBLIC_KEYS", &new.public).await;
    assert!(works(&shop, &split).await, "the new key is believed alone");
    split.tell_all("MCOM_ROLE_PUBLIC_KEYS", &old).await;
    assert!(!works(&shop, &split).await, "a key that was taken away is not believed");
}

async fn works(shop: &Shop, split: &Cluster) -> bool {
    let head = format!(
        "POST /api/2026-04/graphql.json HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\nx-shopify-storefront-access-token: {}",
        shop.tenant().host(),
        shop.created.storefront_token.as_str()
    );
    let body = json!({ "query": "{ shop { name } }" }).to_string();
    let reply = Line::single(split.addresses("gateway")[0]).send(&head, body.as_bytes()).await.unwrap();
    reply.body.starts_with(br#"{"data":{"shop":{"name":"#)
}
