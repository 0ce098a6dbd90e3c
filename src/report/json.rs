//! `--format json`: one object, its shape published as `schema/report.schema.json`.

use serde_json::{Value as Json, json};

use crate::document::landmark::Mark;

use super::diagnostic::{Checked, Counts, Diagnostic, Place};
use super::fingerprint::fingerprints;

/// The whole report.
pub fn report(documents: &[Checked]) -> Json {
    let diagnostics: Vec<Json> =
        documents.iter().flat_map(|d| diagnostics(&d.diagnostics)).collect();
    let counts = Counts::of(documents);
    json!({
        "version": 1,
        "tool": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "diagnostics": diagnostics,
        "documents": documents.iter().map(|document| json!({
            "path": document.path,
            "references": document.references,
            "claims": document.claims,
            "findings": document.diagnostics.len(),
        })).collect::<Vec<_>>(),
        "summary": {
            "errors": counts.errors,
            "warnings": counts.warnings,
            "notes": counts.notes,
            "documents": counts.documents,
            "documents_with_findings": counts.documents_with_findings,
            "claims": counts.claims,
        },
    })
}

/// `--format jsonl`: one diagnostic a line.
pub fn lines(documents: &[Checked]) -> String {
    let all = documents.iter().flat_map(|document| diagnostics(&document.diagnostics));
    all.map(|diagnostic| format!("{diagnostic}\n")).collect()
}

/// The diagnostics of one document.
fn diagnostics(diagnostics: &[Diagnostic]) -> Vec<Json> {
    let one = |(diagnostic, fingerprint): (&Diagnostic, String)| {
        let mut shown = json!({
            "rule": diagnostic.rule,
            "severity": diagnostic.severity.id(),
            "path": diagnostic.place.path,
            "span": span(&diagnostic.place),
            "text": diagnostic.place.text,
            "message": diagnostic.message,
            "help": diagnostic.help,
            "claim": {
                "kind": diagnostic.claim.kind,
                "value": diagnostic.claim.value,
                "unit": diagnostic.claim.unit,
                "qualifier": diagnostic.claim.qualifier,
            },
            "evidence": diagnostic.evidence.iter().map(|proof| {
                let mut shown = json!({
                    "path": proof.place.path,
                    "span": span(&proof.place),
                    "text": proof.place.text,
                    "value": proof.value,
                    "excerpt": proof.sentence,
                });
                locate(&mut shown, &proof.place);
                shown
            }).collect::<Vec<_>>(),
            "suggestions": diagnostic.suggestions.iter().map(|suggestion| json!({
                "replacement": suggestion.replacement,
                "applicability": suggestion.applicability.id(),
            })).collect::<Vec<_>>(),
            "confidence": diagnostic.confidence,
            "fingerprint": fingerprint,
        });
        locate(&mut shown, &diagnostic.place);
        shown
    };
    diagnostics.iter().zip(fingerprints(diagnostics)).map(one).collect()
}

/// The `span` object that all JSON formats share.
pub fn span(place: &Place) -> Json {
    json!({
        "start_byte": place.file.start, "end_byte": place.file.end,
        "start_line": place.start.line, "start_column": place.start.column,
        "end_line": place.end.line, "end_column": place.end.column,
    })
}

/// Adds where a person would look, in a file without lines: `"location": {"page": 3}`.
pub fn locate(shown: &mut Json, place: &Place) {
    let Some(landmark) = &place.landmark else { return };
    let marks = landmark.marks().into_iter().map(|(what, mark)| {
        let mark = match mark {
            Mark::Number(count) => json!(count),
            Mark::Name(name) => json!(*name),
        };
        (what.to_owned(), mark)
    });
    shown["location"] = marks.collect();
}
