//! The whole process as its callers see it: a socket that speaks HTTP, in front of a store of the test's own.

use std::{
    net::SocketAddr,
    sync::{Arc, OnceLock},
};

use mcom::{
    assembly,
    config::{Config, Environment},
    gateway::Gateway,
    http::{self, Apis, App, Identity, PublicApi},
    role::Part,
};
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

use crate::{
    Shop,
    mirror::{self, Mirror},
};

/// A server and the store it answers for.
pub struct Server {
    /// The store.
    pub shop: Shop,
    address: SocketAddr,
    stop: watch::Sender<bool>,
    serving: JoinHandle<anyhow::Result<()>>,
}

/// What a server answered.
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The status code.
    pub status: u16,
    /// Names in lower case, with values.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: String,
}

impl Reply {
    /// The value of a header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The body, which must be JSON.
    ///
    /// # Panics
    /// If it is not.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// `extensions.code` of the first error; empty if there is none.
    pub fn code(&self) -> String {
        self.json()["errors"][0]["extensions"]["code"].as_str().unwrap_or_default().to_owned()
    }
}

impl Server {
    /// A server in front of this store.
    pub async fn open(shop: Shop) -> Server {
        Server::open_with(shop, None).await
    }

    /// A server in front of this store that speaks TLS, and nothing else.
    pub async fn open_secure(shop: Shop, identity: Identity) -> Server {
        Server::open_with(shop, Some(identity)).await
    }

    async fn open_with(shop: Shop, identity: Option<Identity>) -> Server {
        let nowhere = [("DATABASE_URL", "unused"), ("DATABASE_PLATFORM_URL", "unused")];
        let config =
            Config::from_env(&Environment::from_iter(nowhere)).expect("every variable has a default");
        let metrics = metrics_exporter_prometheus::PrometheusBuilder::new().build_recorder().handle();
        let apis = Apis { storefront: true, admin: true };
        let app = App::new(shop.services.clone(), &config, apis, metrics).expect("the services are complete");
        for (api, gateway) in gateways() {
            app.offer(*api, gateway.clone());
        }
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("it is bound");
        let (stop, told) = watch::channel(false);
        let app = Arc::new(app);
        let serving = match identity {
            Some(identity) => tokio::spawn(http::serve_tls(listener, identity, app, told)),
            None => tokio::spawn(http::serve(listener, app, told)),
        };
        Server { shop, address, stop, serving }
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Tells the server to stop.
    pub fn tell_to_stop(&self) {
        self.stop.send_replace(true);
    }

    /// Tells the server to stop and waits until it has.
    pub async fn stop(self) {
        self.tell_to_stop();
        self.serving.await.expect("it ends").expect("in order");
    }

    /// The Host header of the store.
    pub fn host(&self) -> String {
        format!("{}:{}", self.shop.tenant().host(), self.address.port())
    }

    /// Sends a request as it is written, but for the Host header if there is none, and reads the answer to its end.
    pub async fn send(&self, head: &str, body: &[u8]) -> Reply {
        let mut socket = TcpStream::connect(self.address).await.expect("it listens");
        let host =
            if head.contains("\nhost:") { String::new() } else { format!("\r\nhost: {}", self.host()) };
        let head = format!("{}{host}\r\nconnection: close\r\n\r\n", head.trim_end());
        socket.write_all(head.as_bytes()).await.expect("it reads");
        // A server that refuses a body does not read it to the end.
        let _ = socket.write_all(body).await;
        let mut answer = Vec::new();
        let _ = socket.read_to_end(&mut answer).await;
        read(&String::from_utf8_lossy(&answer))
    }

    /// POSTs to a path with headers.
    pub async fn post(&self, path: &str, headers: &str, body: &str) -> Reply {
        let head = format!("POST {path} HTTP/1.1\r\ncontent-length: {}\r\n{headers}", body.len());
        self.send(&head, body.as_bytes()).await
    }

    /// GETs a path.
    pub async fn get(&self, path: &str) -> Reply {
        self.send(&format!("GET {path} HTTP/1.1"), b"").await
    }

    /// Asks the Storefront API with the store's token.
    pub async fn storefront(&self, document: &str, variables: Value) -> Reply {
        let token = self.shop.created.storefront_token.as_str();
        let headers = format!("content-type: application/json\r\nx-shopify-storefront-access-token: {token}");
        self.post("/api/2026-04/graphql.json", &headers, &request(document, &variables)).await
    }

    /// Asks the Admin API with the store's token and further headers.
    pub async fn admin(&self, headers: &str, document: &str, variables: Value) -> Reply {
        let token = self.shop.created.admin_token.as_str();
        let headers =
            format!("content-type: application/json\r\nx-shopify-access-token: {token}\r\n{headers}");
        self.post("/admin/api/2026-04/graphql.json", &headers, &request(document, &variables)).await
    }
}

fn request(document: &str, variables: &Value) -> String {
    json!({ "query": document, "variables": variables }).to_string()
}

fn read(answer: &str) -> Reply {
    let (head, body) = answer.split_once("\r\n\r\n").expect("an answer has a head");
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status line");
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()))
        .collect();
    let body = if headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked") {
        unchunked(body)
    } else {
        body.to_owned()
    };
    Reply { status, headers, body }
}

fn unchunked(mut body: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size, 16).expect("a chunk has a size");
        whole.push_str(&rest[..size]);
        body = rest[size..].trim_start_matches("\r\n");
    }
    whole
}

/// The gateways of both APIs, built once for all servers of a test run.
pub fn gateways() -> &'static [(PublicApi, Arc<Gateway>); 2] {
    static BUILT: OnceLock<[(PublicApi, Arc<Gateway>); 2]> = OnceLock::new();
    BUILT.get_or_init(|| [PublicApi::Storefront, PublicApi::Admin].map(|api| (api, Arc::new(gateway(api)))))
}

/// A gateway over the subgraphs of this process, or over their mirrors if those are wanted.
pub fn gateway(api: PublicApi) -> Gateway {
    let subgraph = |part: Part| {
        let own = part.build()?;
        Ok(if mirror::is_wanted() { Mirror::of(part.name(), own) } else { own })
    };
    assembly::gateway_over(api, subgraph).expect("schemas and code agree")
}
