//! The program with its roles in processes of their own, each at an address of its own, as on several machines.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use mcom_data::role_token::SigningKey;
use mcom_schema::SystemEntropy;
use serde_json::Value;

use crate::{
    Database, environment,
    wire::{self, Line},
};

/// A key of the gateways, as text.
pub struct Key {
    /// For `MCOM_ROLE_KEY`.
    pub secret: String,
    /// For `MCOM_ROLE_PUBLIC_KEYS`.
    pub public: String,
}

impl Key {
    /// A new one.
    pub fn new() -> Key {
        let secret = SigningKey::generate(&SystemEntropy);
        let key = SigningKey::parse(&secret).expect("it was just made");
        Key { public: key.public().text().to_owned(), secret }
    }
}

impl Default for Key {
    fn default() -> Self {
        Key::new()
    }
}

/// What processes are told by their environment.
type Variables = Vec<(&'static str, String)>;

/// How many processes of each role there are, and what is done in one process.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Processes with the role gateway.
    pub gateways: u8,
    /// Processes of each of the roles storefront, checkout and admin; none: gateways answer themselves.
    pub subgraphs: u8,
    /// Processes with the role worker.
    pub workers: u8,
}

/// One process.
pub struct Member {
    /// Role and number, such as `checkout-2`.
    pub name: String,
    /// Where it listens.
    pub address: SocketAddr,
    args: Vec<String>,
    environment: Variables,
    child: Option<Child>,
}

/// Processes that run together. They end with it.
pub struct Cluster {
    key: Key,
    program: PathBuf,
    shared: Variables,
    members: Vec<Member>,
    provider: Member,
    ledger: Option<PathBuf>,
}

/// How long a process may take to begin or to end.
const PATIENCE: Duration = Duration::from_secs(60);

impl Cluster {
    /// Starts `program`, or the one that `MCOM_TEST_BINARY` names, on this database, and waits until everybody is ready.
    pub async fn start(program: &str, database: &Database, plan: Plan) -> Cluster {
        let program = environment::variable("MCOM_TEST_BINARY").unwrap_or_else(|| program.to_owned());
        let address = free_address(9);
        let ledger = std::env::temp_dir().join(format!("mcom-cluster-{}.jsonl", address.port()));
        let ledger_path = ledger.display().to_string();
        let bogus = ["bogus", "--listen", &address.to_string(), "--ledger", &ledger_path];
        let mut provider = Member::new("provider", address, &bogus, vec![]);
        provider.start(Path::new(&program), &[]);
        let mut cluster = Cluster::of(PathBuf::from(program), shared(database, address), plan, provider);
        cluster.ledger = Some(ledger);
        cluster.begin().await;
        cluster
    }

    /// More processes on the same database, with the same payment provider and a key of their own.
    pub async fn beside(&self, plan: Plan) -> Cluster {
        let provider = Member::new("provider", self.provider.address, &[], vec![]);
        let mut cluster = Cluster::of(self.program.clone(), self.shared.clone(), plan, provider);
        cluster.begin().await;
        cluster
    }

    fn of(program: PathBuf, shared: Variables, plan: Plan, provider: Member) -> Cluster {
        let key = Key::new();
        Cluster { members: members(plan, &key), key, program, shared, provider, ledger: None }
    }

    async fn begin(&mut self) {
        for member in &mut self.members {
            member.start(&self.program, &self.shared);
        }
        for index in 0..self.members.len() {
            self.wait(index).await;
        }
    }

    /// The key with which the gateways began.
    pub fn key(&self) -> &Key {
        &self.key
    }

    /// Sets a variable for everybody who has it, and starts those anew.
    pub async fn tell_all(&mut self, variable: &'static str, value: &str) {
        for index in 0..self.members.len() {
            let told = self.members[index].environment.iter_mut().find(|(name, _)| *name == variable);
            if let Some((_, known)) = told {
                value.clone_into(known);
                self.kill(index);
                self.again(index).await;
            }
        }
    }

    /// The names of all processes but the provider, in the order of their numbers.
    pub fn names(&self) -> Vec<String> {
        self.members.iter().map(|member| member.name.clone()).collect()
    }

    /// Where the processes of a role listen.
    pub fn addresses(&self, role: &str) -> Vec<SocketAddr> {
        let is_one = |member: &&Member| member.name.starts_with(role);
        self.members.iter().filter(is_one).map(|member| member.address).collect()
    }

    /// Kills a process without warning. When this returns, it is gone.
    pub fn kill(&mut self, index: usize) {
        self.members[index].kill();
    }

    /// Tells a process to stop and waits until it has, in order.
    pub async fn stop(&mut self, index: usize) {
        let member = &mut self.members[index];
        let Some(mut child) = member.child.take() else { return };
        let told = Command::new("kill").args(["-TERM", &child.id().to_string()]).status();
        assert!(told.is_ok_and(|told| told.success()), "{} cannot be told to stop", member.name);
        let name = member.name.clone();
        let ended = tokio::task::spawn_blocking(move || child.wait());
        let ended =
            tokio::time::timeout(PATIENCE, ended).await.unwrap_or_else(|_| panic!("{name} does not stop"));
        let ended = ended.expect("it can be waited for").expect("it ends");
        assert!(ended.success(), "{name} ended with {ended}");
    }

    /// Starts a process again and waits until it is ready.
    pub async fn again(&mut self, index: usize) {
        self.members[index].start(&self.program, &self.shared);
        self.wait(index).await;
    }

    async fn wait(&self, index: usize) {
        let Member { name, address, .. } = &self.members[index];
        let ready = async {
            while wire::status(*address, "/readyz").await != Some(200) {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let waited = tokio::time::timeout(PATIENCE, ready).await;
        waited.unwrap_or_else(|_| panic!("{name} is not ready at {address}"));
    }

    /// Where the payment provider and its vault listen.
    pub fn provider(&self) -> SocketAddr {
        self.provider.address
    }

    /// The provider's books: what became of every charge, by its key.
    pub async fn ledger(&self) -> Value {
        let reply =
            Line::single(self.provider.address).send("GET /ledger HTTP/1.1\r\nhost: provider", b"").await;
        let told = reply.expect("the provider answers").body;
        serde_json::from_slice::<Value>(&told).expect("in JSON")["charges"].take()
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.members.iter_mut().for_each(Member::kill);
        self.provider.kill();
        // Nothing was charged, or it is gone already.
        let _ = self.ledger.as_ref().map(std::fs::remove_file);
    }
}

impl Member {
    fn new(name: &str, address: SocketAddr, args: &[&str], environment: Variables) -> Member {
        let args = args.iter().map(|arg| (*arg).to_owned()).collect();
        Member { name: name.to_owned(), address, args, environment, child: None }
    }

    fn start(&mut self, program: &Path, shared: &[(&'static str, String)]) {
        let environment = shared.iter().chain(&self.environment).cloned();
        let child = Command::new(program).args(&self.args).envs(environment).stdin(Stdio::null()).spawn();
        self.child = Some(child.expect("the program starts"));
    }

    fn kill(&mut self) {
        if let Some(mut child) = self.child.take() {
            // It may be dead already; that is what was wanted.
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

/// What all processes are told. Everything that is waited for is short, so that what a killed process held is soon free.
fn shared(database: &Database, provider: SocketAddr) -> Variables {
    vec![
        ("DATABASE_URL", database.url("MCOM_TEST_DATABASE_URL")),
        ("DATABASE_PLATFORM_URL", database.url("MCOM_TEST_DATABASE_PLATFORM_URL")),
        ("MCOM_DATABASE_POOL", "6".to_owned()),
        ("MCOM_DATABASE_WAIT_MS", "15000".to_owned()),
        ("MCOM_BOGUS_URL", format!("http://{provider}")),
        ("MCOM_SEARCH_PATH", crate::process::search_folder().display().to_string()),
        ("MCOM_CHECKOUT_LEASE_MS", "20000".to_owned()),
        ("MCOM_WORKER_LEASE_MS", "1000".to_owned()),
        ("MCOM_LOG", "error".to_owned()),
    ]
}

fn members(plan: Plan, key: &Key) -> Vec<Member> {
    let mut members = vec![];
    let mut urls = vec![("MCOM_ROLE_KEY", key.secret.clone())];
    let roles = [
        ("storefront", "MCOM_STOREFRONT_URLS"),
        ("checkout", "MCOM_CHECKOUT_URLS"),
        ("admin", "MCOM_ADMIN_URLS"),
    ];
    for (place, (role, variable)) in (2..).zip(roles) {
        let inside = (0..plan.subgraphs).map(|number| {
            let address = free_address(place * 10 + number);
            let told = vec![
                ("MCOM_INTERNAL_LISTEN", address.to_string()),
                ("MCOM_ROLE_PUBLIC_KEYS", key.public.clone()),
            ];
            Member::new(&format!("{role}-{}", number + 1), address, &["serve", "--roles", role], told)
        });
        let inside: Vec<Member> = inside.collect();
        let addresses: Vec<String> =
            inside.iter().map(|member| format!("http://{}", member.address)).collect();
        urls.push((variable, addresses.join(",")));
        members.extend(inside);
    }
    let roles = if plan.subgraphs == 0 { "gateway,storefront,checkout,admin" } else { "gateway" };
    for number in 0..plan.gateways {
        let address = free_address(60 + number);
        let mut told = if plan.subgraphs == 0 { vec![] } else { urls.clone() };
        told.push(("MCOM_LISTEN", address.to_string()));
        members.push(Member::new(
            &format!("gateway-{}", number + 1),
            address,
            &["serve", "--roles", roles],
            told,
        ));
    }
    for number in 0..plan.workers {
        let address = free_address(80 + number);
        let told = vec![("MCOM_INTERNAL_LISTEN", address.to_string())];
        members.push(Member::new(
            &format!("worker-{}", number + 1),
            address,
            &["serve", "--roles", "worker"],
            told,
        ));
    }
    members
}

/// A free port of 127.0.0.`machine`.
fn free_address(machine: u8) -> SocketAddr {
    let listener = std::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, machine], 0)))
        .expect("there is a free port");
    listener.local_addr().expect("it is bound")
}
