//! The program itself, built where tests find it, so that they can start it and kill it.

use std::process::ExitCode;

fn main() -> ExitCode {
    mcom::cli::main()
}
