//! `mcom tables`: writes diesel's table definitions from a migrated database, or tells that they are stale.

use std::{fs, path::PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use secrecy::ExposeSecret;

use crate::config::{Environment, Provisioning};

/// Writes the table definitions that the program is built with from the database of DATABASE_OWNER_URL.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  mcom tables           after a migration was edited and run
  mcom tables --check   fail if that was forgotten")]
pub(super) struct TablesArgs {
    /// Write nothing; fail if the file is stale.
    #[arg(long)]
    check: bool,
    /// The file.
    #[arg(long, value_name = "FILE", default_value = "data/tables/src/lib.rs")]
    file: PathBuf,
}

pub(super) async fn run(args: TablesArgs, env: &Environment) -> anyhow::Result<()> {
    let provisioning = Provisioning::from_env(env)?;
    let text = mcom_data::table_definitions(provisioning.owner_url.expose_secret()).await?;
    let file = args.file.display();
    let is_fresh = fs::read_to_string(&args.file).is_ok_and(|old| old == text);
    ensure!(is_fresh || !args.check, "{file} is stale: run `mcom tables` on a migrated database");
    if !is_fresh {
        fs::write(&args.file, text).with_context(|| format!("writing {file}"))?;
    }
    Ok(())
}
