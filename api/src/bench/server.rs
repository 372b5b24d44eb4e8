//! The processes that are measured: a server as in production, and the payment provider beside it.

use std::{
    fs::File,
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, bail};

use super::{
    client::Connection,
    ground::Ground,
    target::{Target, Targets},
};

/// How long a server may take until it answers.
const START: Duration = Duration::from_secs(60);

/// The card that every buyer pays with.
const CARD: &[u8] = br#"{"credit_card":{"number":"4242424242424242"}}"#;

/// A child that ends with this process.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // What cannot be killed has ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The processes that answer.
pub(super) struct Running {
    server: Process,
    _provider: Process,
    address: SocketAddr,
    provider_address: SocketAddr,
    session: String,
    /// Logs and books of the two; removed in the end.
    folder: PathBuf,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

impl Running {
    /// Starts both with the settings of this process and waits until they answer.
    ///
    /// # Errors
    /// If one of them does not start.
    pub async fn start(ground: &Ground, program: Option<PathBuf>) -> anyhow::Result<Self> {
        let host = ground.host.clone();
        let own = std::env::current_exe()?;
        let program = program.unwrap_or(own);
        tokio::task::spawn_blocking(move || Running::start_now(&host, &program)).await?
    }

    fn start_now(host: &str, server: &Path) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("mcom-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let (address, provider_address) = (free()?, free()?);
        let ledger = folder.join("bogus.ledger");
        let mut provider = logged(server, &folder.join("bogus.log"))?;
        provider.args(["bogus", "--listen", &provider_address.to_string(), "--ledger"]).arg(&ledger);
        let provider = Process(provider.spawn()?);
        let mut server = logged(server, &folder.join("serve.log"))?;
        server.args(["serve", "--listen", &address.to_string()]);
        server.env("MCOM_BOGUS_URL", format!("http://{provider_address}"));
        let server = Process(server.spawn().context("the server cannot be started")?);
        let mut running = Running {
            server,
            _provider: provider,
            address,
            provider_address,
            session: String::new(),
            folder,
        };
        running.wait()?;
        running.session = running.card(host)?;
        Ok(running)
    }

    /// The server's process id.
    pub fn pid(&self) -> u32 {
        self.server.0.id()
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What buyers and the merchant of the store ask.
    pub fn targets(&self, ground: &Ground) -> Targets {
        let (address, host) = (self.address, ground.host.clone());
        let storefront = Target {
            address,
            host: host.clone(),
            path: "/api/2026-01/graphql.json",
            header: "x-shopify-storefront-access-token",
            tokens: ground.tokens.storefront.clone(),
        };
        let admin = Target {
            address,
            host,
            path: "/admin/api/2026-01/graphql.json",
            header: "x-shopify-access-token",
            tokens: [ground.tokens.admin.clone()].into(),
        };
        Targets { storefront, admin, session: self.session.clone() }
    }

    fn wait(&mut self) -> anyhow::Result<()> {
        let started = Instant::now();
        while started.elapsed() < START {
            let asked = self.ask("/readyz");
            if asked.is_ok() {
                return Ok(());
            }
            if let Some(status) = self.server.0.try_wait()? {
                let log = std::fs::read_to_string(self.folder.join("serve.log")).unwrap_or_default();
                bail!("the server ended with {status}: {}", log.lines().last().unwrap_or_default());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        bail!("the server was not ready within {} s", START.as_secs())
    }

    fn ask(&self, path: &str) -> anyhow::Result<()> {
        let target = Target {
            address: self.address,
            path: "",
            host: "127.0.0.1".into(),
            header: "x-unused",
            tokens: [].into(),
        };
        Connection::open(&target, 0)?.get(path)?;
        Ok(())
    }

    /// Has the provider take down a card.
    fn card(&self, host: &str) -> anyhow::Result<String> {
        let vault = Target {
            address: self.provider_address,
            path: "/sessions",
            host: host.into(),
            header: "x-unused",
            tokens: [].into(),
        };
        let answer: serde_json::Value = serde_json::from_slice(Connection::open(&vault, 0)?.post(CARD)?)?;
        Ok(answer["id"].as_str().context("the provider takes no card")?.to_owned())
    }
}

/// A program whose log goes to a file.
fn logged(program: &Path, log: &Path) -> anyhow::Result<Command> {
    let mut command = Command::new(program);
    let log = File::create(log)?;
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    Ok(command)
}

/// An address that nobody listens on.
fn free() -> std::io::Result<SocketAddr> {
    TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()
}
