//! The limits of the machine, measured in the same run: a constant answer through the same HTTP stack, and PostgreSQL with the
//! statements of each workload and nothing around them.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use anyhow::Context;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::{Wish, client::Connection, goods::Goods, ground::Ground, server::Running, target::Target};
use crate::config::{Config, Environment};

/// The statements of a workload as pgbench runs them.
const SCRIPTS: [(&str, &str); 5] = [
    ("product_page", include_str!("pgbench/product_page.sql")),
    ("listing", include_str!("pgbench/listing.sql")),
    ("search", include_str!("pgbench/search.sql")),
    ("cart", include_str!("pgbench/cart.sql")),
    ("checkout", include_str!("pgbench/checkout.sql")),
];

/// What the machine could do at best.
#[derive(Debug, Default)]
pub(super) struct Limits {
    constant_json: f64,
    /// Transactions per second by workload; none without pgbench on this machine.
    pgbench: BTreeMap<&'static str, f64>,
}

impl Limits {
    pub(super) fn json(&self) -> Value {
        json!({ "constant_json": self.constant_json.round(), "pgbench": self.pgbench })
    }

    pub(super) fn table(&self) -> String {
        let mut text = format!("limits: a constant JSON answer {:.0}/s", self.constant_json);
        for (workload, rate) in &self.pgbench {
            let _ = write!(text, ", {workload}'s statements {rate:.0}/s");
        }
        if self.pgbench.is_empty() {
            text += "; pgbench is not installed";
        }
        text + "\n"
    }
}

/// Measures both.
///
/// # Errors
/// If the server cannot be reached or a script does not run.
pub(super) async fn measure(
    wish: &Wish,
    (ground, running): (&Ground, &Running),
    (goods, env): (&Goods, &Environment),
) -> anyhow::Result<Limits> {
    let duration = (wish.duration / 2).clamp(Duration::from_secs(1), Duration::from_secs(10));
    let (connections, address) = (wish.connections, running.address());
    let target =
        Target { address, path: "", host: ground.host.clone(), header: "x-unused", tokens: Arc::new([]) };
    let constant = tokio::task::spawn_blocking(move || constant(&target, connections, duration)).await??;
    let mut pgbench = BTreeMap::new();
    if let Some(program) = program(env) {
        let database = Database::of(env, ground, goods)?;
        for (workload, script) in SCRIPTS {
            let (program, database) = (program.clone(), database.clone());
            let run = move || database.run(&program, script, duration);
            pgbench.insert(workload, tokio::task::spawn_blocking(run).await??);
        }
    }
    Ok(Limits { constant_json: constant, pgbench })
}

/// Constant answers per second.
fn constant(target: &Target, connections: usize, duration: Duration) -> anyhow::Result<f64> {
    let start = Instant::now();
    let ask = |number| -> anyhow::Result<u64> {
        let mut connection = Connection::open(target, number)?;
        let mut answered = 0;
        while start.elapsed() < duration {
            connection.get("/healthz")?;
            answered += 1;
        }
        Ok(answered)
    };
    let answered: anyhow::Result<Vec<u64>> = thread::scope(|scope| {
        let asking: Vec<_> = (0..connections).map(|number| scope.spawn(move || ask(number))).collect();
        asking.into_iter().map(|asking| asking.join().unwrap_or(Ok(0))).collect()
    });
    Ok(answered?.iter().sum::<u64>() as f64 / start.elapsed().as_secs_f64())
}

/// Where pgbench is: with the programs of PostgreSQL that the settings name, on the path, or where Debian puts it.
fn program(env: &Environment) -> Option<PathBuf> {
    let named = env.text("MCOM_PG_BIN").into_iter().map(PathBuf::from);
    let path = env.text("PATH").unwrap_or_default();
    let on_path = path.split(':').map(PathBuf::from).collect::<Vec<_>>();
    let installed = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let packaged = installed.map(|version| version.path().join("bin"));
    named.chain(on_path).chain(packaged).map(|folder| folder.join("pgbench")).find(|file| file.is_file())
}

/// How pgbench reaches the store's rows.
#[derive(Clone)]
struct Database {
    host: String,
    port: String,
    user: String,
    password: String,
    name: String,
    tenant: i64,
    /// The first and the last product.
    numbers: (i64, i64),
}

impl Database {
    fn of(env: &Environment, ground: &Ground, goods: &Goods) -> anyhow::Result<Self> {
        let config = Config::from_env(env)?;
        let url: tokio_postgres::Config = config.database.app_url.expose_secret().parse()?;
        let host = match url.get_hosts().first() {
            Some(tokio_postgres::config::Host::Tcp(host)) => host.clone(),
            Some(tokio_postgres::config::Host::Unix(folder)) => folder.display().to_string(),
            None => "127.0.0.1".to_owned(),
        };
        Ok(Database {
            host,
            port: url.get_ports().first().unwrap_or(&5432).to_string(),
            user: url.get_user().unwrap_or_default().to_owned(),
            password: String::from_utf8(url.get_password().unwrap_or_default().to_vec())?,
            name: url.get_dbname().unwrap_or_default().to_owned(),
            tenant: ground.cx.tenant().id().get(),
            numbers: goods.numbers(),
        })
    }

    /// Transactions per second.
    fn run(&self, program: &Path, script: &str, duration: Duration) -> anyhow::Result<f64> {
        let file = std::env::temp_dir().join(format!("mcom-bench-{}.sql", std::process::id()));
        fs::write(&file, script)?;
        let said = Command::new(program)
            .args(["--no-vacuum", "--protocol=prepared", "--client=8", "--jobs=2"])
            .arg(format!("--time={}", duration.as_secs()))
            .arg(format!("--define=tenant={}", self.tenant))
            .arg(format!("--define=first={}", self.numbers.0))
            .arg(format!("--define=last={}", self.numbers.1))
            .arg(format!("--file={}", file.display()))
            .env("PGHOST", &self.host)
            .env("PGPORT", &self.port)
            .env("PGUSER", &self.user)
            .env("PGPASSWORD", &self.password)
            .env("PGDATABASE", &self.name)
            .output();
        let removed = fs::remove_file(&file);
        let said = said?;
        removed?;
        anyhow::ensure!(said.status.success(), "pgbench: {}", String::from_utf8_lossy(&said.stderr));
        rate(&String::from_utf8_lossy(&said.stdout)).context("pgbench tells no rate")
    }
}

fn rate(said: &str) -> Option<f64> {
    let line = said.lines().find_map(|line| line.strip_prefix("tps = "))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::rate;

    #[test]
    fn the_rate_is_read_from_what_pgbench_says() {
        let said = "latency average = 0.2 ms\ntps = 5321.118 (without initial connection time)\n";
        assert_eq!(rate(said), Some(5321.118));
        assert_eq!(rate("nothing"), None);
    }
}
