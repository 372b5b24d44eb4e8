//! What commands print: words for people, JSON for programs.

use std::{io::Write, process::ExitCode};

use serde::Serialize;

/// Prints one line; a reader that went away is not an error.
pub(super) fn line(text: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// Tells how far a long command has come, beside what it prints.
pub(super) fn aside(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Prints a value as JSON on one line.
///
/// # Errors
/// If the value has no JSON form.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(serde_json::to_string(value)?);
    Ok(())
}

/// Tells why a command failed, with every cause.
pub(super) fn failed(error: &anyhow::Error) -> ExitCode {
    let _ = writeln!(std::io::stderr(), "mcom: {error:#}");
    ExitCode::FAILURE
}
