//! Prints how a document is read: each block with its place, its kind and its text, or the text alone with
//! `--text`. For whoever writes or doubts a reader.

#![allow(clippy::print_stdout, clippy::print_stderr)]

use std::path::Path;
use std::process::ExitCode;

use factlint::document;

fn main() -> ExitCode {
    let (options, paths): (Vec<_>, Vec<_>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let mut status = ExitCode::SUCCESS;
    for path in paths {
        let read = std::fs::read(&path).map_err(|error| error.to_string());
        let read = read.and_then(|bytes| {
            document::read(Path::new(&path), bytes).map_err(|error| error.message)
        });
        match read {
            Ok(document) if options.iter().any(|option| option == "--text") => {
                println!("{}", document.text);
            }
            Ok(document) => {
                for problem in &document.problems {
                    println!("! {problem}");
                }
                for block in &document.blocks {
                    let place = document.landmark(block.span).map(ToString::to_string);
                    let span = document.source_span(block.span);
                    let place = place.unwrap_or_else(|| format!("{}-{}", span.start, span.end));
                    let quoted = if block.quoted { " quoted" } else { "" };
                    println!("{place} {:?}{quoted}: {}", block.kind, document.slice(block.span));
                }
            }
            Err(error) => {
                eprintln!("{path} {error}");
                status = ExitCode::FAILURE;
            }
        }
    }
    status
}
