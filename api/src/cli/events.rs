//! `mcom events`: how far the consumers of events are, and what people do about it.

use std::sync::Arc;

use clap::{Args, Subcommand};
use mcom_data::{Db, Services, delivery};
use mcom_schema::{SystemClock, SystemEntropy};

use super::output;
use crate::config::{Config, Environment};

/// Shows how far the consumers of events are, pauses and resumes them, and tries again what was given up.
#[derive(Args)]
pub(super) struct EventsArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Status(StatusArgs),
    Retry(RetryArgs),
    /// From now on, events for this consumer stay where they are; what is under way is finished.
    Pause(ConsumerArgs),
    /// Lets a paused consumer catch up.
    Resume(ConsumerArgs),
}

/// Shows every consumer with what it is behind, and what was given up.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom events status\n  mcom events status --json")]
struct StatusArgs {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Tries again what was given up, once its cause is gone.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom events retry
  mcom events retry --consumer index_products --store demo")]
struct RetryArgs {
    /// Only what this consumer gave up.
    #[arg(long)]
    consumer: Option<String>,
    /// Only of the store with this handle.
    #[arg(long)]
    store: Option<String>,
}

#[derive(Args)]
struct ConsumerArgs {
    /// Its name, as `mcom events status` shows it.
    consumer: String,
}

/// Deliveries that were given up and are shown at most.
const SHOWN: i64 = 100;

pub(super) async fn run(args: EventsArgs, env: &Environment) -> anyhow::Result<()> {
    let config = Config::from_env(env)?;
    let db = Db::connect(&config.database.to_db()).await?;
    let services = Services::builder(db, Arc::new(SystemClock), Arc::new(SystemEntropy)).build();
    match args.action {
        Action::Status(args) => status(&services, args.json).await,
        Action::Retry(args) => {
            let again = delivery::retry(&services, args.consumer.as_deref(), args.store.as_deref()).await?;
            output::line(format!("{again} deliveries are tried again"));
            Ok(())
        }
        Action::Pause(args) => {
            delivery::pause(&services, &args.consumer).await?;
            output::line(format!("{} is paused", args.consumer));
            Ok(())
        }
        Action::Resume(args) => {
            delivery::resume(&services, &args.consumer).await?;
            output::line(format!("{} goes on", args.consumer));
            Ok(())
        }
    }
}

async fn status(services: &Services, json: bool) -> anyhow::Result<()> {
    let consumers = delivery::backlog(&services.db).await?;
    let parked = delivery::parked(&services.db, SHOWN).await?;
    if json {
        return output::json(&serde_json::json!({ "consumers": consumers, "parked": parked }));
    }
    for consumer in consumers {
        let state = if consumer.is_paused { "paused" } else { "active" };
        let (behind, parked) = (consumer.behind, consumer.parked);
        output::line(format!("{:<24} {state}  {behind} behind  {parked} given up", consumer.consumer));
    }
    for given_up in parked {
        let why = given_up.last_error.as_deref().unwrap_or_default();
        output::line(format!(
            "  {} {} {}/{} after event {} since {}: {why}",
            given_up.store,
            given_up.consumer,
            given_up.aggregate,
            given_up.aggregate_id,
            given_up.consumed,
            given_up.parked_at,
        ));
    }
    Ok(())
}
