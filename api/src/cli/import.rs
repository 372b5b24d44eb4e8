//! `mcom import`: a product export becomes a catalog.

use std::{fs::File, path::PathBuf};

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use mcom_catalog::import::{self, Progress, Remark, Totals};
use serde::Serialize;

use super::output;
use crate::{
    assembly,
    config::{Config, Environment},
};

/// Imports products, variants, prices, stock and images from the standard product CSV export.
///
/// It can be run again: what is there already is compared and left alone. Rows that cannot be taken are told with line and reason,
/// and the rest is taken.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom import products.csv --store demo
  mcom import products.csv --store demo --json | jq .refused")]
pub(super) struct ImportArgs {
    /// The CSV file.
    file: PathBuf,
    /// Handle of the store.
    #[arg(long)]
    store: String,
    /// Print one JSON object with the totals, the refused rows and what else was noticed.
    #[arg(long)]
    json: bool,
}

/// Collects remarks and moves the bar.
struct Report {
    bar: ProgressBar,
    refused: Vec<Remark>,
    noticed: Vec<Remark>,
}

impl Progress for Report {
    fn refused(&mut self, remark: &Remark) {
        self.refused.push(remark.clone());
    }

    fn noticed(&mut self, remark: &Remark) {
        self.noticed.push(remark.clone());
    }

    fn advanced(&mut self, totals: &Totals) {
        self.bar.set_length(totals.rows_in_file);
        self.bar.set_position(totals.rows_read);
    }
}

#[derive(Serialize)]
struct Outcome<'a> {
    #[serde(flatten)]
    totals: &'a Totals,
    refused: &'a [Remark],
    noticed: &'a [Remark],
}

pub(super) async fn run(args: ImportArgs, env: &Environment) -> anyhow::Result<()> {
    let file = File::open(&args.file).with_context(|| format!("cannot open {}", args.file.display()))?;
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, &args.store, "import").await?;
    let bar = ProgressBar::no_length().with_style(style()?);
    let mut report = Report { bar, refused: vec![], noticed: vec![] };
    let totals = import::run(&cx, file, &mut report).await?;
    report.bar.finish_and_clear();
    if args.json {
        let Report { refused, noticed, .. } = &report;
        return output::json(&Outcome { totals: &totals, refused, noticed });
    }
    print(&report, &totals);
    Ok(())
}

/// A bar of rows, as `mcom seed` has one of products.
pub(super) fn style() -> anyhow::Result<ProgressStyle> {
    Ok(ProgressStyle::with_template("{wide_bar} {human_pos}/{human_len}  {per_sec}  {eta} left")?)
}

fn print(report: &Report, totals: &Totals) {
    let line = |what: &str, remark: &Remark| {
        let whose = remark.handle.as_deref().map(|handle| format!(" ({handle})")).unwrap_or_default();
        output::line(format!("line {}{whose}: {what}: {}", remark.line, remark.reason));
    };
    report.refused.iter().for_each(|remark| line("not taken", remark));
    report.noticed.iter().for_each(|remark| line("note", remark));
    for column in &totals.columns_ignored {
        output::line(format!("column «{column}» means nothing to mcom and was left out"));
    }
    output::line(format!(
        "{} products created, {} updated, {} unchanged, {} refused; {} variants, {} images; {} of {} rows refused",
        totals.products_created,
        totals.products_updated,
        totals.products_unchanged,
        totals.products_refused,
        totals.variants,
        totals.images,
        totals.rows_refused,
        totals.rows_in_file,
    ));
}
