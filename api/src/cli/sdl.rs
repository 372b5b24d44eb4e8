//! `mcom sdl`: composes the committed schemas from the SDL files, or tells that they are stale.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use clap::{Args, ValueEnum};

use crate::gateway::compose::{SdlFile, assemble, compose};

/// Composes the public APIs from the SDL files of their subgraphs.
///
/// Writes, below the SDL folder: `subgraph/<name>.graphql` (the domain files of a subgraph as one, with the
/// shared types it refers to), `supergraph/<api>.graphql` (for the planner) and `api/<api>.graphql` (what
/// clients see). All of them are committed.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  mcom sdl                    compose after an edit below schema/sdl
  mcom sdl --check            fail if something was edited and not composed
  mcom sdl --api storefront   compose the Storefront API only")]
pub struct SdlArgs {
    /// Write nothing; fail and name the files that are stale.
    #[arg(long)]
    pub check: bool,
    /// Compose this API only.
    #[arg(long, value_enum)]
    pub api: Option<ApiName>,
    /// The SDL folder.
    #[arg(long, value_name = "FOLDER", default_value = "schema/sdl")]
    pub folder: PathBuf,
}

/// The APIs that are composed from subgraphs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ApiName {
    /// For buyers: the subgraphs storefront and checkout.
    Storefront,
    /// For merchants and apps: the subgraphs admin and orders.
    Admin,
}

impl ApiName {
    const ALL: [ApiName; 2] = [ApiName::Storefront, ApiName::Admin];

    fn name(self) -> &'static str {
        match self {
            ApiName::Storefront => "storefront",
            ApiName::Admin => "admin",
        }
    }

    fn subgraphs(self) -> [&'static str; 2] {
        match self {
            ApiName::Storefront => ["storefront", "checkout"],
            ApiName::Admin => ["admin", "orders"],
        }
    }
}

/// Runs the command.
///
/// # Errors
/// SDL that does not parse or compose, files that cannot be read or written, and with `--check` stale files.
#[expect(clippy::needless_pass_by_value, reason = "the signature of every command")]
pub fn run(args: SdlArgs) -> anyhow::Result<()> {
    let apis = ApiName::ALL.into_iter().filter(|api| args.api.is_none_or(|only| only == *api));
    let mut stale = Vec::new();
    for api in apis {
        for (path, text) in render(&args.folder, api)? {
            if fs::read_to_string(&path).is_ok_and(|old| old == text) {
                continue;
            }
            if args.check {
                stale.push(path.display().to_string());
            } else {
                write(&path, &text)?;
            }
        }
    }
    if stale.is_empty() {
        return Ok(());
    }
    bail!("stale, run `mcom sdl`: {}", stale.join(", "))
}

/// What an API's files should hold, by path. Empty while none of its subgraphs has an SDL.
fn render(folder: &Path, api: ApiName) -> anyhow::Result<BTreeMap<PathBuf, String>> {
    let shared = read(&folder.join("shared"))?;
    let mut files = BTreeMap::new();
    let mut parts = Vec::new();
    for subgraph in api.subgraphs() {
        let own = read(&folder.join(subgraph))?;
        if own.is_empty() {
            continue;
        }
        let sdl = assemble(&own, &shared).with_context(|| format!("assembling the subgraph {subgraph}"))?;
        files.insert(folder.join("subgraph").join(subgraph).with_extension("graphql"), generated(&sdl));
        parts.push((subgraph, sdl));
    }
    if parts.is_empty() {
        return Ok(files);
    }
    let directives = read(&folder.join("directives"))?;
    let own = directives.iter().find(|file| file.name == format!("{}.graphql", api.name()));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, sdl)| (*name, sdl.as_str())).collect();
    let composed = compose(&parts, own.map_or("", |file| &file.text))
        .with_context(|| format!("composing the {} API", api.name()))?;
    for (kind, text) in [("supergraph", composed.supergraph), ("api", composed.public)] {
        files.insert(folder.join(kind).join(api.name()).with_extension("graphql"), generated(&text));
    }
    Ok(files)
}

fn generated(sdl: &str) -> String {
    format!("# Written by `mcom sdl` from the files beside this folder; edit those.\n\n{}\n", sdl.trim_end())
}

/// The SDL files of a folder in the order of their names; none if there is no folder.
fn read(folder: &Path) -> anyhow::Result<Vec<SdlFile>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "graphql") {
            paths.push(path);
        }
    }
    paths.sort();
    let file = |path: &PathBuf| {
        let text = fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        Ok(SdlFile { name, text })
    };
    paths.iter().map(file).collect()
}

fn write(path: &Path, text: &str) -> anyhow::Result<()> {
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, text).with_context(|| format!("writing {}", path.display()))
}
