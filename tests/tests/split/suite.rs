//! The documents of the suite: its other tests run once more with gateways that ask every question twice, here and over HTTP, and
//! fail where the answers differ.

use std::{path::PathBuf, process::Command, time::SystemTime};

use mcom_tests::variable;

/// Tests that speak GraphQL.
const TESTS: [&str; 4] = ["storefront", "admin", "http", "liveness"];
/// The same, for those who have time (`MCOM_LONG`).
const SLOW: [&str; 1] = ["tenancy"];

/// The newest build of another test, which lies beside this one.
fn build(test: &str) -> PathBuf {
    let folder = std::env::current_exe().unwrap().parent().unwrap().to_owned();
    let is_it = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let hash = name.strip_prefix(test).and_then(|rest| rest.strip_prefix('-'));
        hash.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    };
    let changed =
        |path: &PathBuf| path.metadata().and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH);
    let found = std::fs::read_dir(folder).unwrap().filter_map(|entry| Some(entry.ok()?.path()));
    let newest = found.filter(is_it).max_by_key(changed);
    newest.unwrap_or_else(|| panic!("{test} is not built: run `cargo test -p mcom-tests --no-run` first"))
}

#[test]
fn the_suites_own_tests_hold_with_every_question_asked_over_http() {
    let slow = if variable("MCOM_LONG").is_some() { &SLOW[..] } else { &[] };
    for test in TESTS.iter().chain(slow) {
        // Statements that run in another process are counted there.
        let run = Command::new(build(test))
            .args(["--skip", "budget", "--skip", "statement"])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .env("MCOM_TEST_SPLIT", "1")
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success(), "{test}: {said}\n{}", String::from_utf8_lossy(&run.stderr));
        println!(
            "{test}: {}",
            said.lines().rev().find(|line| line.starts_with("test result")).unwrap_or_default()
        );
    }
}
