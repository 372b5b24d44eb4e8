//! `mcom doctor`: looks for what could be wrong and says what to do about it.

mod engines;
mod roles;

use std::process::ExitCode;

use clap::Args;
use mcom_data::{Db, Migrations, Services};
use mcom_schema::{SystemClock, SystemEntropy};
use secrecy::ExposeSecret;
use serde::Serialize;

use super::output;
use crate::config::{Config, Environment, Provisioning};

/// Checks the settings, the database, its roles and migrations, the stores, the engines, the port and the processes that are asked, and says
/// what to do.
///
/// Ends with status 1 if something must be done before `mcom serve` can work.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom doctor\n  mcom doctor --json")]
pub(super) struct DoctorArgs {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Finding {
    check: &'static str,
    fine: bool,
    message: String,
}

/// What was looked at so far.
#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn fine(&mut self, check: &'static str, message: impl Into<String>) {
        self.0.push(Finding { check, fine: true, message: message.into() });
    }

    fn wrong(&mut self, check: &'static str, message: impl Into<String>) {
        self.0.push(Finding { check, fine: false, message: message.into() });
    }
}

pub(super) async fn run(args: DoctorArgs, env: &Environment) -> anyhow::Result<ExitCode> {
    let mut findings = Findings::default();
    match Config::from_env(env) {
        Err(error) => {
            findings.wrong("settings", format!("{error}. `mcom config --example` lists every variable."));
        }
        Ok(config) => {
            findings.fine("settings", "every variable can be read");
            check_database(&mut findings, &config, env).await;
            check_port(&mut findings, &config).await;
            check_payments(&mut findings, &config).await;
            roles::check(&mut findings, &config.roles).await;
        }
    }
    if args.json {
        output::json(&findings.0)?;
    } else {
        for Finding { check, fine, message } in &findings.0 {
            output::line(format!("{} {check:<12} {message}", if *fine { "ok   " } else { "WRONG" }));
        }
    }
    let healthy = findings.0.iter().all(|finding| finding.fine);
    Ok(if healthy { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn check_database(findings: &mut Findings, config: &Config, env: &Environment) {
    let db = match Db::connect(&config.database.to_db()).await {
        Ok(db) => db,
        Err(error) => {
            let hint =
                "Is it running (`./mcom services up`), and are the roles made (`mcom migrate --make-roles`)?";
            return findings.wrong("database", format!("cannot be used: {error:#}. {hint}"));
        }
    };
    findings.fine("database", "answers, and row-level security binds the serving role");
    engines::check(findings, config, &db).await;
    if check_migrations(findings, env).await {
        check_stores(findings, db, config).await;
    }
}

/// Whether the tables are those of this program, or it cannot be told.
async fn check_migrations(findings: &mut Findings, env: &Environment) -> bool {
    let Ok(provisioning) = Provisioning::from_env(env) else {
        findings.fine("migrations", "not checked: DATABASE_OWNER_URL is not set");
        return true;
    };
    match Migrations::new(provisioning.owner_url.expose_secret()).pending().await {
        Ok(pending) if pending.is_empty() => {
            findings.fine("migrations", "the tables are those of this program");
        }
        Ok(pending) => {
            findings.wrong("migrations", format!("{} have not run: run `mcom migrate`", pending.len()));
            return false;
        }
        Err(error) => {
            findings.wrong("migrations", format!("{error:#}. DATABASE_OWNER_URL must be of mcom_owner"));
            return false;
        }
    }
    true
}

async fn check_stores(findings: &mut Findings, db: Db, config: &Config) {
    let services =
        Services::builder(db, std::sync::Arc::new(SystemClock), std::sync::Arc::new(SystemEntropy)).build();
    check_consumers(findings, &services).await;
    match mcom_store::stores::list(&services).await {
        Err(error) => findings.wrong("stores", format!("cannot be read: {error}. Run `mcom migrate`.")),
        Ok(stores) if stores.is_empty() => {
            findings.wrong("stores", "there is none: make one with `mcom store create --handle NAME`");
        }
        Ok(stores) => {
            findings.fine("stores", format!("{} found", stores.len()));
            if let Some(default) = &config.http.default_store
                && !stores.iter().any(|store| store.handle == *default)
            {
                findings.wrong("stores", format!("MCOM_DEFAULT_STORE names «{default}», which is not there"));
            }
        }
    }
}

/// What consumers of events gave up waits for people.
async fn check_consumers(findings: &mut Findings, services: &Services) {
    match mcom_data::delivery::backlog(&services.db).await {
        Err(error) => findings.wrong("events", format!("cannot be read: {error}. Run `mcom migrate`.")),
        Ok(consumers) => {
            let parked: Vec<_> = consumers.iter().filter(|consumer| consumer.parked > 0).collect();
            if parked.is_empty() {
                findings.fine("events", format!("{} consumers, none gave up on anything", consumers.len()));
            }
            for consumer in parked {
                let (name, parked) = (&consumer.consumer, consumer.parked);
                let hint = "`mcom events status` says why, `mcom events retry` tries again";
                findings.wrong("events", format!("{name} gave up on {parked} things: {hint}"));
            }
        }
    }
}

async fn check_port(findings: &mut Findings, config: &Config) {
    let listen = config.http.listen;
    match tokio::net::TcpListener::bind(listen).await {
        Ok(_) => findings.fine("port", format!("{listen} is free")),
        Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
            findings.fine("port", format!("{listen} is in use: fine if that is mcom, else set MCOM_LISTEN"));
        }
        Err(error) => {
            findings.wrong("port", format!("{listen} cannot be listened on: {error}. Set MCOM_LISTEN."));
        }
    }
}

async fn check_payments(findings: &mut Findings, config: &Config) {
    let Some(url) = &config.payments.bogus_url else {
        return findings.fine("payments", "manual payment only: MCOM_BOGUS_URL is not set");
    };
    let address = url.trim_start_matches("http://");
    match tokio::net::TcpStream::connect(address).await {
        Ok(_) => findings.fine("payments", format!("the test provider listens at {url}")),
        Err(error) => {
            findings
                .wrong("payments", format!("nothing listens at {url} ({error}): start it with `mcom bogus`"));
        }
    }
}
