//! The rim: the only place, with `main`, that opens files, reads the environment or prints.

pub mod args;
mod audit;
mod baseline;
mod cache;
pub(crate) mod check;
mod explain;
mod facts;
pub(crate) mod files;
mod fix;
mod git;
mod impact;
mod init;
#[cfg(feature = "lsp")]
mod lsp;
mod progress;
pub mod project;
mod shell;
mod since;
pub(crate) mod stream;
mod trace;
#[cfg(feature = "watch")]
mod watch;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::Parser;

use args::{Cli, Command};
use stream::Streams;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Exit {
    /// Nothing at or above the level that fails a run.
    Clean = 0,
    /// Findings at or above it.
    Findings = 1,
    /// Something could not be done.
    Trouble = 2,
}

/// Runs the program with these arguments, the first being its name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version come this way too; a closed pipe is no reason to complain.
            let _ = error.print();
            return ExitCode::from(error.exit_code() as u8);
        }
    };
    let streams = Streams::new(&cli.common);
    let exit = match cli.command {
        Command::Check(args) => check::run(&args, &streams),
        Command::Audit(args) => audit::run(&args, &streams),
        Command::Facts(args) => facts::run(&args, &streams),
        Command::Trace(args) => trace::run(&args, &streams),
        #[cfg(feature = "lsp")]
        Command::Lsp(args) => lsp::run(args, &streams),
        Command::Impact(args) => impact::run(&args, &streams),
        Command::Init(args) => init::run(&args, &streams),
        Command::Completions { shell } => shell::completions(shell, &streams),
        Command::Man { dir } => shell::man(dir.as_deref(), &streams),
        Command::Explain { rule } => explain::explain(&rule, &streams),
        Command::Rules { format } => explain::list(format, &streams),
    };
    ExitCode::from(exit as u8)
}
