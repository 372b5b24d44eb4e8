//! `mcom import`: a product export becomes a catalog.

use std::{fs::File, path::PathBuf, sync::Arc};

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use mcom_catalog::{
    images,
    import::{self, Progress, Remark, Totals},
};
use mcom_data::{Cx, Services, objects::Objects};
use serde::Serialize;

use super::output;
use crate::{
    assembly,
    config::{Config, Environment},
    objects::{self, Album, Fetcher, Limits, Network, Totals as Pictures},
};

/// Imports products, variants, prices, stock and images from the standard product CSV export.
///
/// It can be run again: what is there already is compared and left alone. Rows that cannot be taken are told with line and reason,
/// and the rest is taken.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom import products.csv --store demo
  mcom import products.csv --store demo --with-images
  mcom import examples/catalogs/demo.csv --store demo --with-images --images-from examples/pictures
  mcom import products.csv --store demo --json | jq .refused")]
pub(super) struct ImportArgs {
    /// The CSV file.
    file: PathBuf,
    /// Handle of the store.
    #[arg(long)]
    store: String,
    /// Fetch the products' pictures into the object storage and show them from there.
    #[arg(long)]
    with_images: bool,
    /// At most so many pictures; the next run goes on with the rest.
    #[arg(long, default_value_t = 100_000, requires = "with_images")]
    max_images: u64,
    /// A folder with pictures: those named like the last part of an address are taken from it, and not fetched.
    #[arg(long, value_name = "FOLDER", requires = "with_images")]
    images_from: Option<PathBuf>,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    pictures: Option<&'a Pictures>,
}

pub(super) async fn run(args: ImportArgs, env: &Environment) -> anyhow::Result<()> {
    let file = File::open(&args.file).with_context(|| format!("cannot open {}", args.file.display()))?;
    let config = Config::from_env(env)?;
    let services = assembly::services(&config).await?;
    let storage = args.with_images.then(|| storage(&services)).transpose()?;
    let cx = assembly::operator(&services, &args.store, "import").await?;
    let bar = ProgressBar::no_length().with_style(style()?);
    let mut report = Report { bar, refused: vec![], noticed: vec![] };
    let totals = import::run(&cx, file, &mut report).await?;
    report.bar.finish_and_clear();
    let pictures = match &storage {
        Some(storage) => Some(fetch(&cx, storage, &config, &args).await?),
        None => None,
    };
    if args.json {
        let Report { refused, noticed, .. } = &report;
        return output::json(&Outcome { totals: &totals, refused, noticed, pictures: pictures.as_ref() });
    }
    print(&report, &totals);
    pictures.iter().for_each(print_pictures);
    Ok(())
}

fn storage(services: &Services) -> anyhow::Result<Arc<Objects>> {
    services.get().context("--with-images needs a place for them: set MCOM_OBJECTS_DIR or MCOM_S3_ENDPOINT")
}

async fn fetch(cx: &Cx, storage: &Objects, config: &Config, args: &ImportArgs) -> anyhow::Result<Pictures> {
    storage.prepare().await?;
    let network = Network::with(config.objects.also.clone());
    let most = args.max_images;
    let fetcher = Fetcher::new(network, Limits { pictures: most, ..Limits::default() })?
        .beside(args.images_from.clone().map(Album::folder));
    let awaited = images::count_awaited(cx).await?.unsigned_abs().min(most);
    let bar = ProgressBar::new(awaited).with_style(style()?);
    let advanced = |pictures: &Pictures| bar.set_position(pictures.fetched + pictures.failed.len() as u64);
    let pictures = objects::fetch_all(cx, (&fetcher, storage), advanced).await?;
    bar.finish_and_clear();
    Ok(pictures)
}

fn print_pictures(pictures: &Pictures) {
    for (url, reason) in &pictures.failed {
        output::line(format!("picture not fetched: {url}: {reason}"));
    }
    let (fetched, failed, bytes) = (pictures.fetched, pictures.failed.len(), pictures.bytes);
    output::line(format!("{fetched} pictures fetched ({bytes} bytes), {failed} not"));
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
