//! The `mcom` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    mcom::cli::main()
}
