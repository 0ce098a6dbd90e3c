//! `factlint facts`.

use std::cmp::Reverse;
use std::path::Path;

use super::Exit;
use super::args::{Facts, FactsFormat};
use super::check::guarded;
use super::files;
use super::stream::Streams;
use crate::parse::name::runs;
use crate::parse::quote;
use crate::report::facts::{self, Listing};
use crate::statement::{self, speaker};
use crate::value::Value;

/// Runs the command.
pub fn run(args: &Facts, streams: &Streams) -> Exit {
    let mut listings = Vec::new();
    for path in &args.paths {
        let from_stdin = path == Path::new("-");
        let name = if from_stdin { Path::new("<stdin>") } else { path };
        let listing = guarded(name, || {
            let document = files::read(name, from_stdin)?;
            let mut mentions = statement::mentions(&document, args.date);
            let mut quotes = quote::quotes(&document);
            speaker::attribute(&document, &runs(&document), &mut quotes);
            // A title or a word for itself in marks is nobody's saying.
            quotes.retain(|mention| !matches!(&mention.value, Value::Quote(quote) if quote.scare));
            mentions.append(&mut quotes);
            // A quotation before what stands inside it.
            mentions.sort_by_key(|mention| (mention.span.start, Reverse(mention.span.end)));
            Ok(Listing::new(&document, &mentions, args.date.map(|anchor| anchor.day)))
        });
        match listing {
            Ok(listing) => {
                for problem in &listing.problems {
                    streams.notice(&format!("{}: {problem}", listing.path));
                }
                listings.push(listing);
            }
            Err(trouble) => streams.error(&trouble),
        }
    }
    let text = match args.format {
        FactsFormat::Human => facts::human(&listings),
        FactsFormat::Json => format!("{}\n", facts::json(listings, args.date.map(|a| a.day))),
        FactsFormat::Csv => facts::csv(&listings),
    };
    streams.print_text(&text);
    streams.exit(Exit::Clean)
}
