//! The walls that the compiler keeps: each file of `walls/` must fail to compile, for the reason it names.
#![expect(clippy::unwrap_used, reason = "what cannot be done in a test has failed")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::SystemTime,
};

use mcom_tests::root;

/// Where this test was built, with everything it was built from.
fn dependencies() -> PathBuf {
    std::env::current_exe().unwrap().parent().unwrap().to_owned()
}

/// The builds of the ground crate, the newest first: different sets of features leave different ones.
fn builds() -> Vec<PathBuf> {
    let changed = |path: &PathBuf| {
        fs::metadata(path).and_then(|data| data.modified()).unwrap_or(SystemTime::UNIX_EPOCH)
    };
    let mut found: Vec<PathBuf> = fs::read_dir(dependencies())
        .unwrap()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "rlib"))
        .filter(|path| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("libmcom_data-"))
        })
        .collect();
    found.sort_by_key(changed);
    found.reverse();
    found
}

/// What the compiler says of a case: nothing if it compiles.
fn compile(case: &Path, build: &Path) -> String {
    let compiler = Path::new(env!("CARGO")).with_file_name("rustc");
    let out = std::env::temp_dir();
    let output = Command::new(compiler)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--cap-lints", "allow"])
        .arg("--out-dir")
        .arg(out)
        .arg("-L")
        .arg(format!("dependency={}", dependencies().display()))
        .arg("--extern")
        .arg(format!("mcom_data={}", build.display()))
        .arg(case)
        .output()
        .unwrap();
    if output.status.success() { String::new() } else { String::from_utf8_lossy(&output.stderr).into_owned() }
}

/// The codes of all errors.
fn codes(said: &str) -> BTreeSet<&str> {
    said.lines().filter_map(|line| line.strip_prefix("error[")?.split(']').next()).collect()
}

#[test]
fn sql_without_a_tenant_does_not_compile() {
    let folder = root().join("tests/walls");
    let allowed = folder.join("allowed.rs");
    let builds = builds();
    let build = builds.iter().find(|build| compile(&allowed, build).is_empty());
    let build = build.unwrap_or_else(|| panic!("the way in is shut: {}", compile(&allowed, &builds[0])));
    let mut cases: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    cases.retain(|case| *case != allowed);
    assert!(cases.len() >= 10);
    for case in cases {
        let text = fs::read_to_string(&case).unwrap();
        let expected = text.lines().find_map(|line| line.strip_prefix("//! error: ")).unwrap();
        let said = compile(&case, build);
        assert_eq!(codes(&said), BTreeSet::from([expected]), "{}: {said}", case.display());
    }
}
