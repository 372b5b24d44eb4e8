//! The program as it runs for real: a server, a worker and the payment provider, each a process that can be killed.

use std::{
    net::SocketAddr,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use serde_json::Value;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{Database, environment};

/// The processes of a deployment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Answers buyers.
    Server,
    /// Does what is left over.
    Worker,
    /// Takes the money.
    Provider,
}

/// A running deployment. Its processes end with it.
pub struct Deployment {
    program: PathBuf,
    environment: Vec<(&'static str, String)>,
    ledger: PathBuf,
    server: SocketAddr,
    provider: SocketAddr,
    running: Mutex<[Option<Child>; 3]>,
}

/// A call is given up after this long.
const PATIENCE: Duration = Duration::from_secs(20);

impl Deployment {
    /// Starts `program`, or the one that `MCOM_TEST_BINARY` names, on this database. Everything that is waited for is short: the provider
    /// is given 250 ms to answer, and what a killed process held is free after a second or little more.
    pub async fn start(program: &str, database: &Database) -> Deployment {
        Deployment::start_with(program, database, vec![]).await
    }

    /// The same with further variables.
    pub async fn start_with(
        program: &str,
        database: &Database,
        further: Vec<(&'static str, String)>,
    ) -> Deployment {
        let program = environment::variable("MCOM_TEST_BINARY").unwrap_or_else(|| program.to_owned());
        let (server, provider) = (free_address(), free_address());
        let mut environment = vec![
            ("DATABASE_URL", database.url("MCOM_TEST_DATABASE_URL")),
            ("DATABASE_PLATFORM_URL", database.url("MCOM_TEST_DATABASE_PLATFORM_URL")),
            ("MCOM_BOGUS_URL", format!("http://{provider}")),
            ("MCOM_PAYMENT_TIMEOUT_MS", "250".to_owned()),
            ("MCOM_CHECKOUT_LEASE_MS", "1200".to_owned()),
            ("MCOM_CHECKOUT_HOLD_MS", "1500".to_owned()),
            ("MCOM_WORKER_LEASE_MS", "1000".to_owned()),
            ("MCOM_WORKER_JOBS", "8".to_owned()),
            ("MCOM_SEARCH_PATH", crate::process::search_folder().display().to_string()),
            ("MCOM_LISTEN", server.to_string()),
            ("MCOM_LOG", "error".to_owned()),
        ];
        environment.extend(further);
        let ledger = std::env::temp_dir().join(format!("mcom-ledger-{}.jsonl", provider.port()));
        let deployment = Deployment {
            program: PathBuf::from(program),
            environment,
            ledger,
            server,
            provider,
            running: Mutex::default(),
        };
        for part in [Part::Provider, Part::Server, Part::Worker] {
            deployment.start_part(part);
        }
        deployment.wait().await;
        deployment
    }

    /// Where the server listens.
    pub fn address(&self) -> SocketAddr {
        self.server
    }

    /// Runs a command of the program on this deployment, to its end.
    pub fn run(&self, command: &[&str]) {
        let mut program = Command::new(&self.program);
        program
            .args(command)
            .envs(self.environment.iter().cloned())
            .stdin(Stdio::null())
            .stdout(Stdio::null());
        let done = program.status().expect("the program starts");
        assert!(done.success(), "{command:?} failed");
    }

    /// Kills a process without warning and starts it again.
    pub fn kill(&self, part: Part) {
        self.stop_part(part);
        self.start_part(part);
    }

    /// Waits until the server and the provider answer.
    pub async fn wait(&self) {
        for (address, path) in [(self.provider, "/healthz"), (self.server, "/readyz")] {
            let ready = async {
                while !get(address, path).await.is_some_and(|reply| reply.starts_with("HTTP/1.1 200")) {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            let waited = tokio::time::timeout(Duration::from_secs(60), ready).await;
            waited.unwrap_or_else(|_| panic!("nothing answers at {address}{path}"));
        }
    }

    /// POSTs JSON to the server as a browser of the store `host`; `None` if there was no whole answer.
    pub async fn ask(&self, host: &str, headers: &str, path: &str, body: &Value) -> Option<Value> {
        let head = format!("POST {path} HTTP/1.1\r\nhost: {host}\r\n{headers}");
        body_of(&exchange(self.server, &head, &body.to_string()).await?)
    }

    /// A session of the provider's vault for a card number.
    pub async fn session(&self, number: &str) -> Option<String> {
        let card = serde_json::json!({ "credit_card": { "number": number } });
        let head = "POST /sessions HTTP/1.1\r\nhost: vault";
        let reply = body_of(&exchange(self.provider, head, &card.to_string()).await?)?;
        Some(reply["id"].as_str()?.to_owned())
    }

    /// Answers the provider's question to a buyer, by the path of its page and the answer. Whether it arrived is not told.
    pub async fn answer_challenge(&self, path: &str) {
        let _ = exchange(self.provider, &format!("POST {path} HTTP/1.1\r\nhost: provider"), "").await;
    }

    /// The provider's books: what became of every charge, by its key.
    pub async fn ledger(&self) -> Value {
        let reply = get(self.provider, "/ledger").await.expect("the provider answers");
        body_of(&reply).expect("the ledger is JSON")["charges"].take()
    }

    fn start_part(&self, part: Part) {
        let mut command = Command::new(&self.program);
        match part {
            Part::Server => command.args(["serve", "--roles", "gateway,storefront,checkout"]),
            Part::Worker => command.args(["serve", "--roles", "worker"]),
            Part::Provider => {
                command.args(["bogus", "--listen", &self.provider.to_string(), "--ledger"]).arg(&self.ledger)
            }
        };
        let child = command.envs(self.environment.iter().cloned()).stdin(Stdio::null()).spawn();
        let child = child.expect("the program starts");
        self.running.lock().unwrap_or_else(PoisonError::into_inner)[part as usize] = Some(child);
    }

    fn stop_part(&self, part: Part) {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner)[part as usize].take();
        if let Some(mut child) = running {
            // It may be dead already; that is what was wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

impl Drop for Deployment {
    fn drop(&mut self) {
        for part in [Part::Server, Part::Worker, Part::Provider] {
            self.stop_part(part);
        }
        let _ = std::fs::remove_file(&self.ledger);
    }
}

/// An address of this machine at which nobody listens.
pub fn free_address() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
    listener.local_addr().expect("it is bound")
}

async fn get(address: SocketAddr, path: &str) -> Option<String> {
    exchange(address, &format!("GET {path} HTTP/1.1\r\nhost: localhost"), "").await
}

async fn exchange(address: SocketAddr, head: &str, body: &str) -> Option<String> {
    let length = body.len();
    let request = format!(
        "{head}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    );
    let talk = async {
        let mut socket = TcpStream::connect(address).await.ok()?;
        socket.write_all(request.as_bytes()).await.ok()?;
        let mut reply = String::new();
        socket.read_to_string(&mut reply).await.ok()?;
        Some(reply)
    };
    tokio::time::timeout(PATIENCE, talk).await.ok()?
}

fn body_of(reply: &str) -> Option<Value> {
    serde_json::from_str(reply.split_once("\r\n\r\n")?.1).ok()
}
