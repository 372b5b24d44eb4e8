//! `mcom migrate`: the tables, and the roles that may use them.

use anyhow::Context;
use clap::{Args, Subcommand};
use mcom_data::{Migrations, Roles};
use secrecy::ExposeSecret;

use super::output;
use crate::config::{DatabaseConfig, Environment, Provisioning};

/// Brings the database to the version of this program.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom migrate                    run what has not run yet
  mcom migrate status             tell what that would be
  mcom migrate up --make-roles    first make the roles and the database that the DATABASE_* URLs name
  mcom migrate down               drop every table, with what is in it")]
pub(super) struct MigrateArgs {
    #[command(subcommand)]
    action: Option<Action>,
    /// First make the roles mcom_owner, mcom_app and mcom_platform with the passwords of their URLs, and the database if it is
    /// not there. Needs DATABASE_ADMIN_URL.
    #[arg(long, global = true)]
    make_roles: bool,
}

#[derive(Subcommand, Clone, Copy)]
enum Action {
    /// Run every migration that has not run yet (this is the default).
    Up,
    /// Revert every migration: all data is lost.
    Down,
    /// List the migrations that have not run yet.
    Status,
}

pub(super) async fn run(args: MigrateArgs, env: &Environment) -> anyhow::Result<()> {
    let provisioning = Provisioning::from_env(env)?;
    if args.make_roles {
        make_roles(&provisioning, &DatabaseConfig::from_env(env)?).await?;
    }
    let migrations = Migrations::new(provisioning.owner_url.expose_secret());
    let (names, none) = match args.action.unwrap_or(Action::Up) {
        Action::Up => (migrations.up().await?, "the database is up to date"),
        Action::Down => (migrations.down().await?, "there was nothing to revert"),
        Action::Status => (migrations.pending().await?, "the database is up to date"),
    };
    if names.is_empty() {
        output::line(none);
    }
    names.iter().for_each(output::line);
    Ok(())
}

async fn make_roles(provisioning: &Provisioning, database: &DatabaseConfig) -> anyhow::Result<()> {
    let admin = provisioning.admin_url.as_ref().context("--make-roles needs DATABASE_ADMIN_URL")?;
    let parse = |name: &'static str, url: &str| {
        url.parse::<tokio_postgres::Config>()
            .map_err(|error| anyhow::anyhow!("{name} is not a database URL: {error}"))
    };
    let owner = parse("DATABASE_OWNER_URL", provisioning.owner_url.expose_secret())?;
    let app = parse("DATABASE_URL", database.app_url.expose_secret())?;
    let platform = parse("DATABASE_PLATFORM_URL", database.platform_url.expose_secret())?;
    let roles = Roles {
        owner: password("DATABASE_OWNER_URL", "mcom_owner", &owner)?,
        app: password("DATABASE_URL", "mcom_app", &app)?,
        platform: password("DATABASE_PLATFORM_URL", "mcom_platform", &platform)?,
    };
    let server = Migrations::new(admin.expose_secret());
    server.make_roles(&roles).await?;
    let name = owner.get_dbname().context("DATABASE_OWNER_URL names no database")?;
    server.make_database(name).await
}

/// The password in a role's URL; the role must be the one that the migrations grant rights to.
fn password(variable: &str, role: &str, url: &tokio_postgres::Config) -> anyhow::Result<String> {
    anyhow::ensure!(url.get_user() == Some(role), "{variable} must be of the role {role}");
    let password = url.get_password().with_context(|| format!("{variable} has no password"))?;
    Ok(String::from_utf8(password.to_vec())?)
}
