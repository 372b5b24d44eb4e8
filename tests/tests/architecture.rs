//! The shape of the code: which crate may know which, where SQL is written, and how long a file may be.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use mcom_tests::root;

/// Which of our crates each crate may know.
const ARROWS: &[(&str, &[&str])] = &[
    ("mcom-schema", &[]),
    ("mcom-tables", &[]),
    ("mcom-data", &["mcom-schema", "mcom-tables"]),
    ("mcom-store", &["mcom-schema", "mcom-tables", "mcom-data"]),
    ("mcom-catalog", &["mcom-schema", "mcom-tables", "mcom-data"]),
    ("mcom-sales", &["mcom-schema", "mcom-tables", "mcom-data", "mcom-store", "mcom-catalog"]),
    ("mcom-search", &["mcom-schema"]),
    ("mcom-kit", &["mcom-schema", "mcom-data"]),
    ("mcom-storefront", SUBGRAPH),
    ("mcom-checkout", SUBGRAPH),
    ("mcom-admin", SUBGRAPH),
    ("mcom-gateway", &["mcom-schema", "mcom-data", "mcom-kit"]),
    ("mcom-objects", &["mcom-schema", "mcom-data", "mcom-catalog"]),
    ("mcom-apply", &["mcom-schema", "mcom-data", "mcom-store", "mcom-catalog", "mcom-sales", "mcom-objects"]),
    (
        "mcom-demo",
        &[
            "mcom-schema",
            "mcom-data",
            "mcom-store",
            "mcom-catalog",
            "mcom-sales",
            "mcom-objects",
            "mcom-apply",
        ],
    ),
    (
        "mcom-workers",
        &["mcom-schema", "mcom-data", "mcom-store", "mcom-catalog", "mcom-sales", "mcom-search"],
    ),
];

const SUBGRAPH: &[&str] =
    &["mcom-schema", "mcom-data", "mcom-store", "mcom-catalog", "mcom-sales", "mcom-search", "mcom-kit"];

/// What only these crates may know.
const RESERVED: &[(&[&str], &[&str])] = &[
    // Rules know no protocol.
    (&["async-graphql"], &["mcom-kit", "mcom-gateway", "mcom"]),
    (&["async-graphql-parser", "async-graphql-value", "graphql-tools"], &["mcom-kit", "mcom-gateway"]),
    (&["hive-router-query-planner", "graphql-composition"], &["mcom-gateway"]),
    (&["s3s", "s3s-fs"], &["mcom-objects"]),
    (&["poem"], &["mcom"]),
    // Adapters know no SQL.
    (&["diesel", "diesel-async"], &["mcom-tables", "mcom-data", "mcom-store", "mcom-catalog", "mcom-sales"]),
    (&["dataloader"], &["mcom-data"]),
];

/// Files that may look across stores, beside the ground itself. Each is a place to look at when the walls are audited.
const ACROSS_STORES: &[&str] = &["data/store/src/stores/query.rs"];

/// Crates with what they depend on, tests left out.
fn crates() -> BTreeMap<String, BTreeSet<String>> {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--format-version", "1", "--offline"])
        .current_dir(root())
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let name = |value: &serde_json::Value| value["name"].as_str().unwrap().to_owned();
    let needs = |package: &serde_json::Value| {
        let dependencies = package["dependencies"].as_array().unwrap();
        dependencies.iter().filter(|dependency| dependency["kind"].is_null()).map(name).collect()
    };
    let packages = metadata["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (name(package), needs(package)))
        .filter(|(name, _)| name != "mcom-tests")
        .collect()
}

#[test]
fn crates_know_only_what_lies_below_them() {
    for (name, needs) in crates() {
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| *from == name) else {
            assert_eq!(name, "mcom", "a crate without arrows");
            continue;
        };
        let ours = needs.iter().filter(|need| need.starts_with("mcom"));
        let forbidden: Vec<_> = ours.filter(|need| !allowed.contains(&need.as_str())).collect();
        assert!(forbidden.is_empty(), "{name} may not know {forbidden:?}");
    }
}

#[test]
fn protocols_and_sql_stay_in_their_crates() {
    for (name, needs) in crates() {
        for (reserved, owners) in RESERVED {
            let forbidden: Vec<_> = reserved.iter().filter(|package| needs.contains(**package)).collect();
            assert!(
                owners.contains(&name.as_str()) || forbidden.is_empty(),
                "{name} may not know {forbidden:?}"
            );
        }
    }
}

/// Our source files, relative to the root.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("target") {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = vec![];
    for folder in ["schema", "data", "search", "workers", "api", "tests"] {
        walk(&root().join(folder), &mut found);
    }
    let relative = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
    found.iter().map(|path| (relative(path), fs::read_to_string(path).unwrap())).collect()
}

/// The file up to its tests in place.
fn shipped(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn sql_runs_in_query_files_only() {
    for (path, text) in sources() {
        let is_query = path.ends_with("/query.rs") || path.contains("/query/");
        if is_query || path.starts_with("data/core/") || path.starts_with("tests/") {
            continue;
        }
        // A macro borrows the name of the file it is used in.
        let text = shipped(&text).replace("$db.conn()", "");
        assert!(!text.contains(".conn()"), "{path}: SQL belongs into query.rs");
    }
}

#[test]
fn whoever_looks_across_stores_is_on_the_list() {
    for (path, text) in sources() {
        if path.starts_with("data/core/")
            || path.starts_with("tests/")
            || ACROSS_STORES.contains(&path.as_str())
        {
            continue;
        }
        let across = ["PlatformConn", ".platform()"].iter().any(|word| shipped(&text).contains(word));
        assert!(!across, "{path} looks across stores: put it on the list, or better, do not");
    }
    for path in ACROSS_STORES {
        assert!(root().join(path).exists(), "{path} is gone: the list may shrink");
    }
}

#[test]
fn no_file_is_long_and_most_are_short() {
    let mut lengths = vec![];
    for (path, text) in sources() {
        let lines = text.lines().count();
        let is_generated = path == "data/tables/src/lib.rs";
        assert!(lines <= 500 || is_generated, "{path} has {lines} lines: it is more than one idea");
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 120, "half of the files have more than {median} lines");
}

#[test]
fn every_file_says_what_it_is_for() {
    for (path, text) in sources() {
        // Tests in place are part of the file beside them.
        let is_part = path.ends_with("/tests.rs");
        assert!(text.starts_with("//!") || is_part, "{path} does not begin with what it is for");
    }
}

#[test]
fn rooms_are_not_drawers() {
    let drawers = ["utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"];
    for (path, _) in sources() {
        let is_drawer = path.trim_end_matches(".rs").split('/').any(|part| drawers.contains(&part));
        assert!(!is_drawer, "{path}: name it after what is in it");
    }
}
