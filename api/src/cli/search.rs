//! `mcom search`: indexes built, compared with the tables, and taught synonyms.

use std::{fs, path::PathBuf, sync::Arc};

use anyhow::Context;
use clap::{Args, Subcommand};
use indicatif::ProgressBar;
use mcom_catalog::index as catalog;
use mcom_data::{Cx, Services};
use mcom_store::{settings, stores};
use mcom_workers::index::{self, Difference, Tallied};
use serde_json::json;

use super::{import::style, output};
use crate::{
    assembly,
    config::{Config, Environment},
};

/// How many differences are told one by one.
const TOLD: usize = 20;

/// Builds search indexes anew, compares them with the tables, and sets a store's synonyms.
#[derive(Args)]
pub(super) struct SearchArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    Rebuild(WalkArgs),
    Verify(WalkArgs),
    Synonyms(SynonymArgs),
}

/// Makes indexes true to the tables, while they are searched and written.
#[derive(Args)]
#[command(after_help = "Examples:\n  mcom search rebuild --store demo\n  mcom search verify --json")]
struct WalkArgs {
    /// The store's handle [default: all stores].
    #[arg(long)]
    store: Option<String>,
    /// Print JSON, one line per store.
    #[arg(long)]
    json: bool,
}

/// Shows which phrases a store's buyers use for the same thing, or sets them from a file with one group per line: `sofa, couch, settee`.
#[derive(Args)]
#[command(
    after_help = "Examples:\n  mcom search synonyms --store demo\n  mcom search synonyms --store demo --file synonyms.txt"
)]
struct SynonymArgs {
    /// The store's handle.
    #[arg(long)]
    store: String,
    /// The file with the groups that replace all those there are.
    #[arg(long)]
    file: Option<PathBuf>,
}

pub(super) async fn run(args: SearchArgs, env: &Environment) -> anyhow::Result<()> {
    let services = assembly::services(&Config::from_env(env)?).await?;
    match args.action {
        Action::Rebuild(args) => each(&services, &args, Walk::Rebuild).await,
        Action::Verify(args) => each(&services, &args, Walk::Verify).await,
        Action::Synonyms(args) => synonyms(&services, args).await,
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Walk {
    Rebuild,
    Verify,
}

async fn each(services: &Arc<Services>, args: &WalkArgs, walk: Walk) -> anyhow::Result<()> {
    let handles = match &args.store {
        Some(handle) => vec![handle.clone()],
        None => stores::list(services).await?.into_iter().map(|store| store.handle).collect(),
    };
    let mut differ = 0;
    for handle in handles {
        let cx = assembly::operator(services, &handle, "search").await?;
        let (tallied, differences) = one(&cx, walk).await.with_context(|| format!("the store «{handle}»"))?;
        differ += differences.len();
        tell(&handle, args.json, walk, tallied, &differences)?;
        cx.finish().await;
    }
    anyhow::ensure!(differ == 0, "{differ} products differ; `mcom search rebuild` corrects them");
    Ok(())
}

/// Walks over one store.
async fn one(cx: &Cx, walk: Walk) -> anyhow::Result<(Tallied, Vec<Difference>)> {
    let bar = ProgressBar::new(catalog::count(cx).await?).with_style(style()?);
    let mut progress = |done: u64| bar.set_position(done);
    let mut differences = vec![];
    let tallied = match walk {
        Walk::Rebuild => index::rebuild(cx, &mut progress).await,
        Walk::Verify => {
            index::verify(cx, &mut progress, &mut |difference| differences.push(difference)).await
        }
    };
    bar.finish_and_clear();
    let tallied = tallied.map_err(|error| anyhow::anyhow!("{error}"))?;
    Ok((tallied, differences))
}

fn tell(handle: &str, json: bool, walk: Walk, tallied: Tallied, differ: &[Difference]) -> anyhow::Result<()> {
    if json {
        let kind = |wanted: fn(&Difference) -> bool| differ.iter().filter(|one| wanted(one)).count();
        return output::json(&json!({
            "store": handle,
            "products": tallied.products,
            "written": if walk == Walk::Rebuild { tallied.written } else { 0 },
            "missing": kind(|one| matches!(one, Difference::Missing(_))),
            "extra": kind(|one| matches!(one, Difference::Extra(_))),
            "outdated": kind(|one| matches!(one, Difference::Outdated(_))),
        }));
    }
    for difference in differ.iter().take(TOLD) {
        output::line(match difference {
            Difference::Missing(id) => format!("{handle}: product {id} is published and not in the index"),
            Difference::Extra(id) => format!("{handle}: product {id} is in the index and not published"),
            Difference::Outdated(id) => format!("{handle}: the index knows product {id} as it was"),
        });
    }
    output::line(match walk {
        Walk::Rebuild => format!("{handle}: {} products, {} written", tallied.products, tallied.written),
        Walk::Verify => format!("{handle}: {} products, {} differ", tallied.products, differ.len()),
    });
    Ok(())
}

async fn synonyms(services: &Arc<Services>, args: SynonymArgs) -> anyhow::Result<()> {
    let cx = assembly::operator(services, &args.store, "search_synonyms").await?;
    if let Some(file) = &args.file {
        let text = fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        settings::set_synonyms(&cx, groups(&text)).await?;
    }
    for group in settings::get(&cx).await?.synonyms.iter() {
        output::line(group.join(", "));
    }
    Ok(())
}

/// One group per line, phrases with commas between; empty lines say nothing.
fn groups(text: &str) -> Vec<Vec<String>> {
    let phrases = |line: &str| line.split(',').map(|phrase| phrase.trim().to_owned()).collect();
    text.lines().filter(|line| !line.trim().is_empty()).map(phrases).collect()
}

#[cfg(test)]
mod tests {
    use super::groups;

    #[test]
    fn a_line_is_a_group() {
        assert_eq!(groups("sofa, couch\n\nmug,cup\n"), [["sofa", "couch"], ["mug", "cup"]]);
    }
}
