//! The `factlint` program.

use std::path::Path;

use factlint::{document, parse, report};

// A stand-in until the command line is written: `factlint facts --format json FILE [--date D]`.
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let path = args.iter().skip(2).find(|a| Path::new(a).is_file()).expect("a file");
    let date = args.iter().position(|a| a == "--date").and_then(|i| args.get(i + 1));
    let anchor = date.and_then(|d| {
        let day = d.get(..10)?.parse().ok()?;
        Some(parse::Anchor { day, time: d.get(11..).and_then(|t| t.parse().ok()) })
    });
    let document =
        document::read(Path::new(path), std::fs::read(path).expect("readable")).expect("text");
    let mut facts = Vec::new();
    for block in &document.blocks {
        let start = block.span.start;
        for mut mention in parse::scan::scan(document.slice(block.span), anchor) {
            mention.span.start += start;
            mention.span.end += start;
            facts.extend(report::facts::fact_json(&document, &mention));
        }
    }
    #[allow(clippy::print_stdout)]
    {
        println!("{}", serde_json::json!({"schema": "factlint-facts/1", "facts": facts}));
    }
}
