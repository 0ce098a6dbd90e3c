//! `--format github` and `--format azure`: commands that the two services read from the log.

use std::cmp::Reverse;
use std::fmt::Write;

use super::diagnostic::{Checked, Counts, Diagnostic};
use super::excerpt::mask;
use super::human::summary;
use crate::rule::Severity;

/// GitHub shows so many annotations of each level for a step.
const SHOWN: usize = 10;

/// GitHub workflow commands, the graver and surer first, because only the first ten of a level are
/// shown. `prefix` goes before every path that counts from the folder of the run.
pub fn github(documents: &[Checked], prefix: &str) -> String {
    let mut all: Vec<&Diagnostic> = documents.iter().flat_map(|d| &d.diagnostics).collect();
    all.sort_by_key(|diagnostic| (Reverse(diagnostic.severity), Reverse(diagnostic.confidence)));
    let mut out = String::new();
    for diagnostic in &all {
        let command = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let place = &diagnostic.place;
        // Writing to a String does not fail.
        let _ = writeln!(
            out,
            "::{command} file={},line={},col={},endLine={},endColumn={},title={}::{}",
            property(&located(&place.path, prefix)),
            place.start.line,
            place.start.column,
            place.end.line,
            place.end.column,
            property(&format!("factlint {}", diagnostic.rule)),
            data(&text(diagnostic)),
        );
    }
    let counts = Counts::of(documents);
    if counts.errors.max(counts.warnings).max(counts.notes) > SHOWN {
        let _ = writeln!(out, "::notice title=factlint::{}", data(&summary(&counts)));
    }
    out
}

fn located(path: &str, prefix: &str) -> String {
    match path.starts_with('/') {
        true => path.to_owned(),
        false => format!("{prefix}{}", path.trim_start_matches("./")),
    }
}

/// Azure Pipelines logging commands.
pub fn azure(documents: &[Checked]) -> String {
    let mut out = String::new();
    for diagnostic in documents.iter().flat_map(|document| &document.diagnostics) {
        let kind = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning | Severity::Note => "warning",
        };
        let place = &diagnostic.place;
        // Writing to a String does not fail.
        let _ = writeln!(
            out,
            "##vso[task.logissue type={kind};sourcepath={};linenumber={};columnnumber={};code={};]{}",
            azure_property(&place.path),
            place.start.line,
            place.start.column,
            azure_property(diagnostic.rule),
            azure_data(&text(diagnostic)),
        );
    }
    out
}

fn text(diagnostic: &Diagnostic) -> String {
    let mut text = mask(&diagnostic.message);
    if let Some(proof) = diagnostic.evidence.first() {
        let place = &proof.place;
        text.push_str(&format!(" ({}:{})", mask(&place.path), place.start.line));
    }
    text
}

/// As the runner's own toolkit escapes the text of a command.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As it escapes a property of a command.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

fn azure_data(text: &str) -> String {
    text.replace('%', "%AZP25").replace('\r', "%0D").replace('\n', "%0A")
}

fn azure_property(text: &str) -> String {
    azure_data(text).replace(';', "%3B").replace(']', "%5D")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_document_becomes_a_command() {
        assert_eq!(data("50%\n::error::x"), "50%25%0A::error::x");
        assert_eq!(property("a:b,c\r"), "a%3Ab%2Cc%0D");
        assert_eq!(azure_property("a;b]c"), "a%3Bb%5Dc");
    }
}
