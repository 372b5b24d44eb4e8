//! The command line.

mod apply;
mod bench;
mod bogus;
mod config;
mod demo;
mod doctor;
mod events;
mod export;
mod import;
mod keys;
mod migrate;
mod output;
mod ready;
pub mod sdl;
mod search;
mod seed;
mod serve;
mod store;
mod tables;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Environment;

/// Commerce in one program: storefront, admin and checkout APIs, and the work behind them.
///
/// Most people start with the script `./mcom up`, which prepares a database, makes a demo store and serves it. The commands below
/// are its parts. They read their settings from the environment; `mcom config --example` lists the variables.
#[derive(Parser)]
#[command(name = "mcom", version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Serve(serve::ServeArgs),
    Migrate(migrate::MigrateArgs),
    Import(import::ImportArgs),
    Export(export::ExportArgs),
    Seed(seed::SeedArgs),
    Demo(demo::DemoArgs),
    Search(search::SearchArgs),
    Store(store::StoreArgs),
    Apply(apply::ApplyArgs),
    Bench(bench::BenchArgs),
    Doctor(doctor::DoctorArgs),
    Events(events::EventsArgs),
    Ready(ready::ReadyArgs),
    Keys(keys::KeysArgs),
    Config(config::ConfigArgs),
    Bogus(bogus::BogusArgs),
    Sdl(sdl::SdlArgs),
    Tables(tables::TablesArgs),
}

/// Runs the command that the process was started with.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return output::failed(&error.into()),
    };
    match runtime.block_on(run(cli.command, &Environment::of_process())) {
        Ok(code) => code,
        Err(error) => output::failed(&error),
    }
}

async fn run(command: Command, env: &Environment) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(args) => serve::run(args, env).await?,
        Command::Migrate(args) => migrate::run(args, env).await?,
        Command::Import(args) => import::run(args, env).await?,
        Command::Export(args) => export::run(args, env).await?,
        Command::Seed(args) => seed::run(args, env).await?,
        Command::Demo(args) => demo::run(args, env).await?,
        Command::Search(args) => search::run(args, env).await?,
        Command::Store(args) => store::run(args, env).await?,
        Command::Apply(args) => return apply::run(args, env).await,
        Command::Bench(args) => return bench::run(args, env).await,
        Command::Events(args) => events::run(args, env).await?,
        Command::Doctor(args) => return doctor::run(args, env).await,
        Command::Ready(args) => return ready::run(args, env).await,
        Command::Keys(args) => keys::run(&args)?,
        Command::Config(args) => config::run(&args, env)?,
        Command::Bogus(args) => bogus::run(args).await?,
        Command::Sdl(args) => sdl::run(args)?,
        Command::Tables(args) => tables::run(args, env).await?,
    }
    Ok(ExitCode::SUCCESS)
}
