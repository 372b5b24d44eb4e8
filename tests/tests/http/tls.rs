//! TLS: who trusts the server's authority is answered, and nobody else asks.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use mcom::{
    config::{Environment, HttpConfig, TlsConfig},
    http::Identity,
};
use mcom_schema::{Clock, SystemClock};
use mcom_tests::{Shop, server::Server};
use reqwest::{Certificate, Client};
use serde_json::{Value, json};

/// A server that speaks TLS alone, and the folder of its certificate.
struct Secure {
    server: Server,
    folder: PathBuf,
}

impl Secure {
    async fn open() -> Secure {
        let shop = Shop::open().await;
        let folder = std::env::temp_dir().join(format!("mcom-tls-{}", shop.tenant().host()));
        let env = Environment::default();
        let handle = shop.tenant().host().split('.').next().map(str::to_owned);
        let http = HttpConfig::from_env(&env).expect("every variable has a default");
        let http = HttpConfig { default_store: handle, ..http };
        let tls = TlsConfig { folder: folder.clone(), ..TlsConfig::from_env(&env).expect("it has too") };
        // Clients judge certificates by the machine's own time.
        let identity = Identity::open(&tls, &http, SystemClock.now()).expect("a certificate can be made");
        Secure { server: Server::open_secure(shop, identity).await, folder }
    }

    fn authority(&self) -> Certificate {
        let pem = std::fs::read(self.folder.join("ca.pem")).expect("the authority is told");
        Certificate::from_pem(&pem).expect("it is a certificate")
    }

    /// A client that finds the store, and trusts whom it is told to trust.
    fn client(&self, trusted: Vec<Certificate>) -> Client {
        let at: SocketAddr = self.server.address();
        let nobody = Client::builder().tls_built_in_root_certs(false);
        let client =
            trusted.into_iter().fold(nobody, |client, authority| client.add_root_certificate(authority));
        let client = client.resolve(self.server.shop.tenant().host(), at);
        client.timeout(Duration::from_secs(20)).build().expect("a client")
    }

    async fn ask(&self, client: &Client, document: &str) -> reqwest::Result<Value> {
        let token = self.server.shop.created.storefront_token.as_str();
        let request = client
            .post(format!("https://{}/api/2026-04/graphql.json", self.server.host()))
            .header("content-type", "application/json")
            .header("x-shopify-storefront-access-token", token)
            .body(json!({ "query": document }).to_string());
        let text = request.send().await?.text().await?;
        Ok(serde_json::from_str(&text).expect("JSON"))
    }
}

impl Drop for Secure {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[tokio::test]
async fn who_trusts_the_authority_is_answered_and_led_back_over_tls() {
    let secure = Secure::open().await;
    let client = secure.client(vec![secure.authority()]);
    let answer = secure.ask(&client, "{ shop { name } }").await.expect("an answer");
    assert!(answer["data"]["shop"]["name"].is_string(), "{answer}");
    let made =
        secure.ask(&client, "mutation { cartCreate { cart { checkoutUrl } } }").await.expect("an answer");
    let checkout = made["data"]["cartCreate"]["cart"]["checkoutUrl"].as_str().expect("an address");
    assert!(checkout.starts_with(&format!("https://{}/cart/c/", secure.server.host())), "{checkout}");
}

#[tokio::test]
async fn who_does_not_trust_the_authority_does_not_ask() {
    let (secure, other) = (Secure::open().await, Secure::open().await);
    for trusted in [vec![], vec![other.authority()]] {
        let refused = secure.ask(&secure.client(trusted), "{ shop { name } }").await;
        assert!(refused.expect_err("the certificate is unknown").is_connect());
    }
}

#[tokio::test]
async fn somebody_silent_keeps_nobody_waiting() {
    let secure = Secure::open().await;
    let mut silent = vec![];
    for _ in 0..20 {
        silent.push(tokio::net::TcpStream::connect(secure.server.address()).await.expect("it listens"));
    }
    let client = secure.client(vec![secure.authority()]);
    secure.ask(&client, "{ shop { name } }").await.expect("an answer");
}

#[tokio::test]
async fn a_server_that_is_told_to_stop_answers_what_is_under_way() {
    let secure = Secure::open().await;
    let client = secure.client(vec![secure.authority()]);
    secure.ask(&client, "{ shop { name } }").await.expect("an answer");
    let asking = (0..20).map(|_| secure.ask(&client, "{ products(first: 50) { nodes { title } } }"));
    let (answers, ()) =
        tokio::join!(futures_util::future::join_all(asking), async { secure.server.tell_to_stop() });
    for answer in answers {
        assert!(answer.expect("nothing is lost")["data"].is_object());
    }
}
