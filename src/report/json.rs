//! `--format json`: one object, its shape published as `schema/report.schema.json`.

use std::collections::HashMap;

use serde_json::{Value as Json, json};

use crate::document::landmark::Mark;

use super::diagnostic::{Checked, Counts, Diagnostic, Place};

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

/// The diagnostics of one document. They come together because a fingerprint counts its equals.
fn diagnostics(diagnostics: &[Diagnostic]) -> Vec<Json> {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut one = |diagnostic: &Diagnostic| {
        let key = fingerprint(diagnostic);
        let occurrence = seen.entry(key).and_modify(|count| *count += 1).or_insert(0);
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
            "fingerprint": format!("{key:016x}-{occurrence}"),
        });
        locate(&mut shown, &diagnostic.place);
        shown
    };
    diagnostics.iter().map(&mut one).collect()
}

/// The `span` object that all JSON formats share.
pub fn span(place: &Place) -> Json {
    json!({
        "start_byte": place.span.start, "end_byte": place.span.end,
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

/// Names a finding by what it says rather than by where it stands, so that it stays the same when
/// lines are added above: rule, claimed words and the values held against them (FNV-1a).
fn fingerprint(diagnostic: &Diagnostic) -> u64 {
    let name = diagnostic.place.path.rsplit('/').next().unwrap_or_default();
    let parts = [diagnostic.rule, name, &diagnostic.place.text];
    let values = diagnostic.evidence.iter().map(|proof| proof.value.as_str());
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for part in parts.into_iter().chain(values) {
        // 0xFF is in no UTF-8 text: it keeps ("ab", "c") apart from ("a", "bc").
        for byte in part.bytes().chain([0xFF]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    hash
}
