//! `--format json`: one object, its shape published as `schema/report.schema.json`.

use std::io;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Value as Json, json};

use crate::document::landmark::Mark;

use super::diagnostic::{Checked, Counts, Diagnostic, Place};
use super::fingerprint::fingerprints;

/// The whole report. It is written document by document: that of a large run is never held in memory.
pub fn report(documents: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, &Report(documents))?;
    writeln!(out)
}

struct Report<'a>(&'a [Checked]);

impl Serialize for Report<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Report(documents) = self;
        let counts = Counts::of(documents);
        let mut report = serializer.serialize_map(None)?;
        report.serialize_entry("version", &1)?;
        let tool = json!({"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")});
        report.serialize_entry("tool", &tool)?;
        report.serialize_entry("diagnostics", &Each(documents, diagnostics))?;
        report.serialize_entry("documents", &Each(documents, summary))?;
        report.serialize_entry(
            "summary",
            &json!({
                "errors": counts.errors,
                "warnings": counts.warnings,
                "notes": counts.notes,
                "documents": counts.documents,
                "documents_with_findings": counts.documents_with_findings,
                "claims": counts.claims,
            }),
        )?;
        report.end()
    }
}

/// One list of what each document gives.
struct Each<'a>(&'a [Checked], fn(&Checked) -> Vec<Json>);

impl Serialize for Each<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Each(documents, give) = self;
        let mut list = serializer.serialize_seq(None)?;
        for given in documents.iter().flat_map(give) {
            list.serialize_element(&given)?;
        }
        list.end()
    }
}

fn summary(document: &Checked) -> Vec<Json> {
    vec![json!({
        "path": document.path,
        "references": document.references,
        "claims": document.claims,
        "findings": document.diagnostics.len(),
    })]
}

/// `--format jsonl`: one diagnostic a line.
pub fn lines(documents: &[Checked], out: &mut dyn io::Write) -> io::Result<()> {
    let mut all = documents.iter().flat_map(diagnostics);
    all.try_for_each(|diagnostic| writeln!(out, "{diagnostic}"))
}

/// The diagnostics of one document.
fn diagnostics(document: &Checked) -> Vec<Json> {
    let diagnostics = &document.diagnostics;
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
