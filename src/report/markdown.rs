//! `--format markdown`: a table for a pull request or a wiki, and `--format narrated`: plain
//! sentences for a screen reader.

use std::fmt::Write;

use super::diagnostic::{Checked, Counts};
use super::excerpt::mask;
use super::human::summary;

/// A table for each document with findings.
pub fn report(documents: &[Checked]) -> String {
    let mut out = String::from("# factlint\n\n");
    for document in documents.iter().filter(|document| !document.diagnostics.is_empty()) {
        // Writing to a String does not fail.
        let _ = writeln!(out, "## {}\n", cell(&document.path));
        out.push_str("| line | rule | words | finding | reference |\n|---:|---|---|---|---|\n");
        for diagnostic in &document.diagnostics {
            let evidence = diagnostic.evidence.first().map(|proof| {
                let place = &proof.place;
                format!("{}:{} {}", place.path, place.start.line, proof.sentence)
            });
            let _ = writeln!(
                out,
                "| {} | {} `{}` | {} | {} | {} |",
                diagnostic.place.start.line,
                diagnostic.severity.id(),
                diagnostic.rule,
                cell(&diagnostic.place.text),
                cell(&diagnostic.message),
                cell(&evidence.unwrap_or_default()),
            );
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(&Counts::of(documents)));
    out
}

/// Text as a table cell: no mark of it is Markdown or HTML.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in mask(text).chars() {
        match c {
            '\n' | '\t' => out.push(' '),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// One paragraph a finding, nothing drawn.
pub fn narrated(documents: &[Checked]) -> String {
    let mut out = String::new();
    for diagnostic in documents.iter().flat_map(|document| &document.diagnostics) {
        let place = &diagnostic.place;
        let mut text = format!(
            "{} {} in {}, line {}, column {}.\nThe words: {}\n{}.\n",
            diagnostic.severity.id(),
            diagnostic.rule,
            place.path,
            place.start.line,
            place.start.column,
            place.text.replace('\n', " "),
            diagnostic.message,
        );
        for proof in &diagnostic.evidence {
            let at = &proof.place;
            text.push_str(&format!("{}, line {}: {}\n", at.path, at.start.line, proof.sentence));
        }
        if let Some(help) = &diagnostic.help {
            text.push_str(&format!("Help: {help}.\n"));
        }
        // Writing to a String does not fail.
        let _ = writeln!(out, "{}", mask(&text));
    }
    let _ = writeln!(out, "{}.", summary(&Counts::of(documents)));
    out
}
