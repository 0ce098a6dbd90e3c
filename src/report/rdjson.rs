//! `--format rdjson` and `--format rdjsonl`: reviewdog's diagnostic format, columns in UTF-8 bytes.

use serde_json::{Value as Json, json};

use super::diagnostic::{Checked, Diagnostic, Place};
use crate::rule::Severity;

/// One object for the run.
pub fn report(documents: &[Checked]) -> Json {
    let diagnostics: Vec<Json> = all(documents).map(diagnostic).collect();
    json!({"source": {"name": "factlint", "url": env!("CARGO_PKG_REPOSITORY")}, "diagnostics": diagnostics})
}

/// One object a line.
pub fn lines(documents: &[Checked]) -> String {
    all(documents).map(|found| format!("{}\n", diagnostic(found))).collect()
}

fn all(documents: &[Checked]) -> impl Iterator<Item = &Diagnostic> {
    documents.iter().flat_map(|document| &document.diagnostics)
}

fn diagnostic(diagnostic: &Diagnostic) -> Json {
    let severity = match diagnostic.severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Note => "INFO",
    };
    let suggestions = diagnostic.suggestions.iter();
    let suggestions: Vec<Json> = suggestions
        .map(
            |suggestion| json!({"range": range(&diagnostic.place), "text": suggestion.replacement}),
        )
        .collect();
    let related: Vec<Json> = diagnostic
        .evidence
        .iter()
        .map(|proof| json!({"message": proof.sentence, "location": location(&proof.place)}))
        .collect();
    json!({
        "message": diagnostic.message,
        "location": location(&diagnostic.place),
        "severity": severity,
        "source": {"name": "factlint", "url": env!("CARGO_PKG_REPOSITORY")},
        "code": {"value": diagnostic.rule},
        "suggestions": suggestions,
        "related_locations": related,
    })
}

fn location(place: &Place) -> Json {
    json!({"path": place.path, "range": range(place)})
}

fn range(place: &Place) -> Json {
    json!({
        "start": {"line": place.start.line, "column": place.bytes.0},
        "end": {"line": place.end.line, "column": place.bytes.1},
    })
}
