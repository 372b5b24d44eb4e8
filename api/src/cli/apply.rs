//! `mcom apply`: a store becomes what its store file says.

use std::{fs, path::PathBuf, process::ExitCode};

use anyhow::Context;
use clap::Args;
use mcom_data::objects::Objects;
use serde_json::json;

use super::output;
use crate::{
    apply::{self, Action, Fault, Outcome, Wish},
    assembly,
    config::{Config, Environment},
    objects::{Album, Shelf},
};

/// Makes a store what its store file says: collections, pages, blogs, menus, policies, redirects, metafields, metaobjects, taxes, quantities, selling plans, discounts, gift cards. It can be
/// run again: what is so already is left alone.
///
/// Everything in the file is looked at before anything is changed. Sections that the file leaves out are left alone, and so is what
/// its sections do not name, unless told otherwise.
#[derive(Args)]
#[command(after_help = "Examples:
  mcom apply store.yaml --store demo --dry-run
  mcom apply store.yaml --store demo --prune
  mcom apply examples/stores/demo.yaml --store demo --images-from examples/pictures
  mcom apply --schema > store.schema.json")]
pub(super) struct ApplyArgs {
    /// The store file, YAML.
    #[arg(required_unless_present = "schema")]
    file: Option<PathBuf>,
    /// Handle of the store.
    #[arg(long, required_unless_present = "schema")]
    store: Option<String>,
    /// Change nothing, and tell what would be changed.
    #[arg(long)]
    dry_run: bool,
    /// Delete what the sections of the file do not name.
    #[arg(long)]
    prune: bool,
    /// A folder with pictures: those named like the last part of an address in the file are kept by the store and shown from there.
    #[arg(long, value_name = "FOLDER", conflicts_with = "schema")]
    images_from: Option<PathBuf>,
    /// Print one JSON object: what was changed, or what is wrong with the file.
    #[arg(long)]
    json: bool,
    /// Print the JSON schema of store files, for editors.
    #[arg(long, conflicts_with_all = ["file", "store"])]
    schema: bool,
}

pub(super) async fn run(args: ApplyArgs, env: &Environment) -> anyhow::Result<ExitCode> {
    let (Some(file), Some(store)) = (&args.file, &args.store) else {
        output::line(apply::schema()?.trim_end());
        return Ok(ExitCode::SUCCESS);
    };
    let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let services = assembly::services(&Config::from_env(env)?).await?;
    let cx = assembly::operator(&services, store, "apply").await?;
    let wish = Wish { dry_run: args.dry_run, prune: args.prune };
    let applied = match &args.images_from {
        Some(folder) => {
            let storage = services.get::<Objects>();
            let storage = storage
                .context("--images-from needs a place for them: set MCOM_OBJECTS_DIR or MCOM_S3_ENDPOINT")?;
            storage.prepare().await?;
            let album = Album::folder(folder.clone());
            apply::apply_with(&cx, &text, wish, &Shelf::new(&album, &storage)).await?
        }
        None => apply::apply(&cx, &text, wish).await?,
    };
    match applied {
        Ok(outcome) if args.json => output::json(&outcome)?,
        Ok(outcome) => print(&outcome, args.dry_run),
        Err(faults) => {
            if args.json {
                output::json(&json!({ "errors": faults }))?;
            } else {
                let tell = |fault: &Fault| output::aside(&format!("{}:{fault}", file.display()));
                faults.iter().for_each(tell);
            }
            return Ok(ExitCode::FAILURE);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print(outcome: &Outcome, dry_run: bool) {
    for change in &outcome.changes {
        let sign = match change.action {
            Action::Create => "+ create",
            Action::Update => "~ update",
            Action::Delete => "- delete",
        };
        output::line(format!("{sign} {} {}", change.kind, change.name));
    }
    let (changed, unchanged) = (outcome.changes.len(), outcome.unchanged);
    let would = if dry_run { "would be changed" } else { "changed" };
    output::line(format!("{changed} {would}, {unchanged} unchanged"));
    if outcome.unnamed > 0 {
        output::line(format!("{} not in the file, left alone (--prune deletes them)", outcome.unnamed));
    }
}
