//! `mcom keys`: the keys by which processes with different roles know each other.

use clap::{Args, Subcommand};
use mcom_data::role_token::SigningKey;
use mcom_schema::SystemEntropy;
use serde_json::json;

use super::output;

/// Makes keys for roles in processes of their own.
#[derive(Args)]
pub(super) struct KeysArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    New(NewArgs),
}

/// Prints a new key: the private half for the gateways, the public one for the processes that they ask.
///
/// To exchange a key in use: add the new public key to MCOM_ROLE_PUBLIC_KEYS of every process that is asked and restart those,
/// then give the gateways the new MCOM_ROLE_KEY and restart them, then take the old public key away.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom keys new\n  mcom keys new --json")]
struct NewArgs {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &KeysArgs) -> anyhow::Result<()> {
    let Action::New(NewArgs { json }) = &args.action;
    let secret = SigningKey::generate(&SystemEntropy);
    let key = SigningKey::parse(&secret)?;
    if *json {
        let public = key.public();
        return output::json(&json!({ "key": secret, "publicKey": public.text(), "id": public.id() }));
    }
    output::line(format!("MCOM_ROLE_KEY={secret}"));
    output::line(format!("MCOM_ROLE_PUBLIC_KEYS={}", key.public().text()));
    Ok(())
}
