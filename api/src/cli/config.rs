//! `mcom config`: which settings are in force.

use clap::Args;

use super::output;
use crate::config::{Config, Environment, example};

/// Prints the settings in force, without secrets, or every variable there is.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom config\n  mcom config --example > .env.example")]
pub(super) struct ConfigArgs {
    /// Print an example with every variable instead.
    #[arg(long)]
    example: bool,
}

pub(super) fn run(args: &ConfigArgs, env: &Environment) -> anyhow::Result<()> {
    if args.example {
        output::line(example().trim_end());
    } else {
        output::line(format!("{:#?}", Config::from_env(env)?));
    }
    Ok(())
}
