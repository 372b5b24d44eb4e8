//! Two servers as they run for real, and the connection on which they hear each other cut.

use std::{
    net::SocketAddr,
    process::{Child, Command, Stdio},
    time::Duration,
};

use mcom_tests::{Database, Shop};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{published, soon};

/// A server in a process of its own. It ends with the test.
struct Serving {
    process: Child,
    address: SocketAddr,
}

impl Serving {
    async fn start(database: &Database) -> Serving {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        let process = Command::new(env!("CARGO_BIN_EXE_mcom-under-test"))
            .args(["serve", "--listen", &address.to_string()])
            .args(["--roles", "gateway,storefront,checkout,admin"])
            .env("DATABASE_URL", database.url("MCOM_TEST_DATABASE_URL"))
            .env("DATABASE_PLATFORM_URL", database.url("MCOM_TEST_DATABASE_PLATFORM_URL"))
            .env("MCOM_SEARCH_PATH", mcom_tests::process::search_folder())
            .env("MCOM_LOG", "error")
            .stdin(Stdio::null())
            .spawn()
            .unwrap();
        let serving = Serving { process, address };
        soon(Duration::from_secs(60), "the server is ready", async || {
            serving.exchange("GET /readyz HTTP/1.1\r\nhost: localhost", "").await.starts_with("HTTP/1.1 200")
        })
        .await;
        serving
    }

    /// What is answered; empty if nobody answers.
    async fn exchange(&self, head: &str, body: &str) -> String {
        let mut answer = String::new();
        if let Ok(mut socket) = TcpStream::connect(self.address).await {
            let length = body.len();
            let request = format!("{head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}");
            let _ = socket.write_all(request.as_bytes()).await;
            let _ = socket.read_to_string(&mut answer).await;
        }
        answer
    }

    async fn graphql(&self, shop: &Shop, path: &str, token: (&str, &str), body: Value) -> Value {
        let (host, (name, secret)) = (shop.tenant().host(), token);
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n{name}: {secret}"
        );
        let answer = self.exchange(&head, &body.to_string()).await;
        let (_, body) = answer.split_once("\r\n\r\n").unwrap();
        serde_json::from_str(body).unwrap_or_else(|error| panic!("{error}: {answer}"))
    }

    async fn title(&self, shop: &Shop) -> String {
        let token = ("x-shopify-storefront-access-token", shop.created.storefront_token.as_str());
        let body = json!({ "query": "{ product(handle: \"mug\") { title } }" });
        let answer = self.graphql(shop, "/api/2026-04/graphql.json", token, body).await;
        answer["data"]["product"]["title"].as_str().unwrap_or_else(|| panic!("{answer}")).to_owned()
    }

    async fn rename(&self, shop: &Shop, id: &str, title: &str) {
        let token = ("x-shopify-access-token", shop.created.admin_token.as_str());
        let query = "mutation($id: ID!, $title: String!) {
            productUpdate(product: { id: $id, title: $title }) { product { title } } }";
        let body = json!({ "query": query, "variables": { "id": id, "title": title } });
        let answer = self.graphql(shop, "/admin/api/2026-04/graphql.json", token, body).await;
        assert_eq!(answer["data"]["productUpdate"]["product"]["title"], title, "{answer}");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test]
async fn a_change_is_seen_by_every_process_within_a_second_even_when_nobody_could_hear_it() {
    let shop = Shop::open_in(Database::own().await, 4).await;
    let generous = "update plans set requests_per_second = 1000, request_burst = 2000";
    shop.database.superuser().await.batch_execute(generous).await.unwrap();
    let id = published(&shop.admin(), "Mug").await.gid();
    let (one, other) = (Serving::start(&shop.database).await, Serving::start(&shop.database).await);
    for round in 0..10 {
        let title = format!("Mug {round}");
        // In every second round the change happens while nobody hears.
        if round % 2 == 1 {
            shop.database.deafen().await;
        }
        one.rename(&shop, &id, &title).await;
        assert_eq!(one.title(&shop).await, title, "whoever wrote reads its own write");
        let seen = async || other.title(&shop).await == title;
        soon(Duration::from_secs(1), &format!("round {round}"), seen).await;
    }
}
