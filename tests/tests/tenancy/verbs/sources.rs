//! The public verbs and loaders of the data rooms, read from their sources.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

/// Crate, room and name of each: `catalog::products::delete`.
pub(super) fn verbs() -> BTreeSet<String> {
    let mut verbs = BTreeSet::new();
    for package in ["store", "catalog", "sales"] {
        let root = mcom_tests::root().join("data").join(package).join("src");
        for file in sources(&root) {
            let text = std::fs::read_to_string(&file).unwrap();
            let path = file.strip_prefix(&root).unwrap();
            let room = path.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs");
            verbs.extend(names(&text).map(|name| format!("{package}::{room}::{name}")));
        }
    }
    verbs
}

/// What is `pub` in SQL files is so within its room only.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.file_stem().is_some_and(|stem| stem != "query"))
        .flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] })
        .collect()
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let named = line.strip_prefix("pub async fn ").or_else(|| line.strip_prefix("impl Batch for "))?;
        named.split(['(', '<', ' ']).next()
    })
}
