//! The `factlint` program.

use std::process::ExitCode;

fn main() -> ExitCode {
    factlint::cli::run(std::env::args_os())
}
