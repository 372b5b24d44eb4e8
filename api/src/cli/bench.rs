//! `mcom bench`: how fast it is, on this machine and now.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use clap::Args;

use super::output;
use crate::{
    bench::{self, Wish, Workload},
    config::Environment,
};

/// Measures a server of this program over the database of the settings, with a store of its own (`bench-N`).
///
/// Each workload runs as fast as it goes and then at half of that rate, where latencies are taken. One change of the catalog is made
/// for a hundred requests. Limits and logs are those of production. Ends with status 1 if a request failed.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom bench
  mcom bench --workloads product_page,listing --seconds 30
  mcom bench --products 1000000 --json")]
pub(super) struct BenchArgs {
    /// What buyers do [default: all].
    #[arg(long, value_enum, value_delimiter = ',')]
    workloads: Vec<Workload>,
    /// How long each workload runs at its most, and again at half of that.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Products in the store, of three variants each; those that are missing are made.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    products: u64,
    /// Connections that ask as fast as they are answered.
    #[arg(long, default_value_t = 32, value_parser = clap::value_parser!(u16).range(1..=1000))]
    connections: u16,
    /// Measure the server of another build, to compare.
    #[arg(long)]
    program: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(args: BenchArgs, env: &Environment) -> anyhow::Result<ExitCode> {
    let workloads = if args.workloads.is_empty() { Workload::ALL.to_vec() } else { args.workloads };
    let wish = Wish {
        workloads,
        duration: Duration::from_secs(args.seconds),
        products: args.products,
        connections: args.connections.into(),
        program: args.program,
    };
    let report = bench::run(wish, env, output::aside).await?;
    if args.json {
        output::json(&report.json())?;
    } else {
        output::line(report.table());
    }
    Ok(if report.errors() == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
