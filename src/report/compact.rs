//! `--format compact`: `path:line:col: severity[rule] message`, a line for each finding.

use std::fmt::Write;

use super::diagnostic::Checked;
use super::excerpt::mask;

/// The lines of the whole report.
pub fn report(documents: &[Checked]) -> String {
    let mut out = String::new();
    for diagnostic in documents.iter().flat_map(|document| &document.diagnostics) {
        let place = &diagnostic.place;
        let landmark =
            place.landmark.as_ref().map(|landmark| format!(" ({landmark})")).unwrap_or_default();
        let line = format!(
            "{}:{}:{}: {}[{}] {}{landmark}",
            place.path,
            place.start.line,
            place.start.column,
            diagnostic.severity.id(),
            diagnostic.rule,
            diagnostic.message
        );
        // Writing to a String does not fail.
        let _ = writeln!(out, "{}", mask(&line).replace(['\n', '\t'], " "));
    }
    out
}
