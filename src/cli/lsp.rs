//! `factlint lsp`.

use super::Exit;
use super::args::Lsp;
use super::check::silence_panics;
use super::stream::Streams;
use crate::lsp::server::{End, serve_stdio};

/// Runs the command.
pub fn run(args: Lsp, streams: &Streams) -> Exit {
    silence_panics();
    match serve_stdio(args.config, args.reference) {
        Ok(End::Orderly) => Exit::Clean,
        Ok(End::Broken) => Exit::Findings,
        Err(error) => {
            streams.error(&format!("the client cannot be understood: {error}"));
            Exit::Trouble
        }
    }
}
