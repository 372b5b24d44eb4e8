//! `mcom export`: the catalog as the CSV that `mcom import` reads.

use std::{
    fs::File,
    io::{BufWriter, Write},
    path::PathBuf,
};

use anyhow::Context;
use clap::Args;
use indicatif::ProgressBar;
use mcom_catalog::{export, products};

use super::{import::style, output};
use crate::{
    assembly,
    config::{Config, Environment},
};

/// Writes products, variants, prices, stock at the main location and images in the standard CSV format.
///
/// Importing the file into the same store changes nothing.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom export --store demo > products.csv
  mcom export --store demo --output products.csv")]
pub(super) struct ExportArgs {
    /// Handle of the store.
    #[arg(long)]
    store: String,
    /// The file to write [default: standard output].
    #[arg(long)]
    output: Option<PathBuf>,
}

pub(super) async fn run(args: ExportArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "export").await?;
    let Some(path) = args.output else {
        export::run(&cx, std::io::stdout(), &mut |_| {}).await?;
        return Ok(());
    };
    let file = File::create(&path).with_context(|| format!("cannot write {}", path.display()))?;
    let mut file = BufWriter::new(file);
    let count = u64::try_from(products::count(&cx, None).await?)?;
    let bar = ProgressBar::new(count).with_style(style()?);
    let written = export::run(&cx, &mut file, &mut |written| bar.set_position(written)).await?;
    file.flush().with_context(|| format!("cannot write {}", path.display()))?;
    bar.finish_and_clear();
    output::line(format!("{written} products written to {}", path.display()));
    Ok(())
}
