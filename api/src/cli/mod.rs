//! The command line.

mod bogus;
mod config;
mod demo;
mod doctor;
mod import;
mod migrate;
mod output;
pub mod sdl;
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
    Seed(seed::SeedArgs),
    Demo(demo::DemoArgs),
    Store(store::StoreArgs),
    Doctor(doctor::DoctorArgs),
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
        Command::Seed(args) => seed::run(args, env).await?,
        Command::Demo(args) => demo::run(args, env).await?,
        Command::Store(args) => store::run(args, env).await?,
        Command::Doctor(args) => return doctor::run(args, env).await,
        Command::Config(args) => config::run(&args, env)?,
        Command::Bogus(args) => bogus::run(args).await?,
        Command::Sdl(args) => sdl::run(args)?,
        Command::Tables(args) => tables::run(args, env).await?,
    }
    Ok(ExitCode::SUCCESS)
}
