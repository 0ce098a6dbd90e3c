//! `factlint explain` and `factlint rules`.

use std::fmt::Write;

use serde_json::json;

use super::Exit;
use super::args::RulesFormat;
use super::stream::Streams;
use crate::rule::{self, Check};

/// Prints the manual page of one rule.
pub fn explain(name: &str, streams: &Streams) -> Exit {
    match rule::check(name) {
        Some(check) => streams.print_text(&page(check)),
        None => match rule::named(name) {
            // A family has no page of its own, but its members have.
            Ok(members) => {
                let pages: Vec<_> =
                    members.iter().filter_map(|id| rule::check(id)).map(page).collect();
                streams.print_text(&pages.join("\n"));
            }
            Err(unknown) => streams.error(&unknown.to_string()),
        },
    }
    streams.exit(Exit::Clean)
}

/// Prints the list of rules.
pub fn list(format: RulesFormat, streams: &Streams) -> Exit {
    let text = match format {
        RulesFormat::Human => {
            let width = rule::ids().map(str::len).max().unwrap_or(0);
            let line = |check: &Check| {
                format!("{:width$}  {:7}  {}\n", check.id, check.severity.id(), check.summary)
            };
            rule::checks().iter().map(line).collect()
        }
        RulesFormat::Json => {
            let rules: Vec<_> = rule::checks()
                .iter()
                .map(|check| {
                    json!({
                        "id": check.id, "family": rule::family(&check.id),
                        "severity": check.severity.id(), "summary": check.summary,
                    })
                })
                .collect();
            format!("{:#}\n", json!(rules))
        }
    };
    streams.print_text(&text);
    streams.exit(Exit::Clean)
}

fn page(check: &Check) -> String {
    let mut page = format!("{} ({})\n{}\n", check.id, check.severity.id(), check.summary);
    let mut part = |title: &str, text: &str| {
        // Writing to a String does not fail.
        let _ = write!(page, "\n{title}\n");
        for line in text.trim().lines() {
            let _ = if line.is_empty() { writeln!(page) } else { writeln!(page, "  {line}") };
        }
    };
    part("Why", &check.why);
    for example in &check.examples {
        let verdict = match example.flags.as_slice() {
            [] => "nothing".to_owned(),
            flags => {
                flags.iter().map(|words| format!("\"{words}\"")).collect::<Vec<_>>().join(", ")
            }
        };
        let text = format!(
            "reference: {}\ndocument:  {}\nflagged:   {verdict}",
            example.reference.trim(),
            example.document.trim()
        );
        part("Example", &text);
    }
    let silence = format!(
        "[rules]\n{} = \"off\"    # in factlint.toml; or --ignore {} on the command line",
        check.id, check.id
    );
    part("To silence it", &silence);
    page
}
