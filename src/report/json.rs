//! `--format json`: one object, its shape published as `schema/report.schema.json`.

use std::io;

use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde_json::{Value as Json, json};

use crate::document::landmark::Mark;
use crate::rule::{Claim, Suggestion};

use super::diagnostic::{Checked, Counts, Diagnostic, Place, Proof};
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
struct Each<'a, T>(&'a [Checked], fn(&'a Checked) -> Vec<T>);

impl<T: Serialize> Serialize for Each<'_, T> {
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
    for diagnostic in documents.iter().flat_map(diagnostics) {
        serde_json::to_writer(&mut *out, &diagnostic)?;
        writeln!(out)?;
    }
    Ok(())
}

/// A diagnostic as it is written.
#[derive(Serialize)]
struct Shown<'a> {
    rule: &'a str,
    severity: &'a str,
    path: &'a str,
    span: Stretch,
    text: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    claim: &'a Claim,
    evidence: Vec<ShownProof<'a>>,
    suggestions: &'a [Suggestion],
    confidence: u8,
    fingerprint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Json>,
}

#[derive(Serialize)]
struct ShownProof<'a> {
    path: &'a str,
    span: Stretch,
    text: &'a str,
    value: &'a str,
    excerpt: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<Json>,
}

/// The diagnostics of one document.
fn diagnostics(document: &Checked) -> Vec<Shown<'_>> {
    let diagnostics = &document.diagnostics;
    diagnostics.iter().zip(fingerprints(diagnostics)).map(|(one, name)| shown(one, name)).collect()
}

fn shown<'a>(diagnostic: &'a Diagnostic, fingerprint: String) -> Shown<'a> {
    let place = &diagnostic.place;
    let proof = |proof: &'a Proof| ShownProof {
        path: &proof.place.path,
        span: Stretch::of(&proof.place),
        text: &proof.place.text,
        value: &proof.value,
        excerpt: &proof.sentence,
        location: location(&proof.place),
    };
    Shown {
        rule: diagnostic.rule,
        severity: diagnostic.severity.id(),
        path: &place.path,
        span: Stretch::of(place),
        text: &place.text,
        message: &diagnostic.message,
        help: diagnostic.help.as_deref(),
        claim: &diagnostic.claim,
        evidence: diagnostic.evidence.iter().map(proof).collect(),
        suggestions: &diagnostic.suggestions,
        confidence: diagnostic.confidence,
        fingerprint,
        location: location(place),
    }
}

/// The `span` object that all JSON formats share.
#[derive(Debug, Serialize)]
pub struct Stretch {
    start_byte: u32,
    end_byte: u32,
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
}

impl Stretch {
    /// The stretch of a place.
    pub fn of(place: &Place) -> Self {
        let Place { file, start, end, .. } = place;
        Stretch {
            start_byte: file.start,
            end_byte: file.end,
            start_line: start.line,
            start_column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

/// Where a person would look, in a file without lines: `{"page": 3}`.
pub fn location(place: &Place) -> Option<Json> {
    let marks = place.landmark.as_ref()?.marks().into_iter().map(|(what, mark)| {
        let mark = match mark {
            Mark::Number(count) => json!(count),
            Mark::Name(name) => json!(*name),
        };
        (what.to_owned(), mark)
    });
    Some(marks.collect())
}
