//! Where the services are that tests run against: from the environment, or from what `./mcom services up` left.

use std::{
    ops::Range,
    path::{Path, PathBuf},
};

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// How many seeds randomized tests run: `MCOM_SEEDS`, or `default`.
pub fn seeds(default: u64) -> u64 {
    variable("MCOM_SEEDS").and_then(|seeds| seeds.parse().ok()).unwrap_or(default)
}

/// The seeds themselves: as many as [`seeds`] says, or the one that `MCOM_SEED` names, in order to repeat it.
pub fn chosen_seeds(default: u64) -> Range<u64> {
    let one = variable("MCOM_SEED").and_then(|seed| seed.parse::<u64>().ok());
    one.map_or(0..seeds(default), |seed| seed..seed + 1)
}

/// A variable of the environment or, if it is not set there, of `.mcom/test.env`.
pub fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "this is the one place where tests read the environment")]
    let set = std::env::var(name).ok();
    set.or_else(|| {
        let text = std::fs::read_to_string(root().join(".mcom/test.env")).ok()?;
        let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='))?;
        Some(value.trim().to_owned())
    })
}

/// A variable without which no test of the database can run.
///
/// # Panics
/// If it is set nowhere.
pub fn required(name: &str) -> String {
    variable(name).unwrap_or_else(|| panic!("{name} is not set: run `./mcom services up` first"))
}
