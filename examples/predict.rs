//! Judges labelled pairs in one process, for scorers: every line of the first file is a JSON object
//! with `id`, `source` and `derivative`; the second file gets a line for each, with the errors and
//! warnings found in the derivative (offsets in characters).
//!
//! `cargo run --release --example predict -- PAIRS.jsonl PREDICTIONS.jsonl`

use std::error::Error;
use std::path::Path;

use factlint::rule::{Settings, Severity};
use factlint::{Reference, document, lint};
use rayon::prelude::*;
use serde_json::{Value, json};

fn main() -> Result<(), Box<dyn Error>> {
    let mut files = std::env::args().skip(1);
    let (Some(pairs), Some(predictions)) = (files.next(), files.next()) else {
        return Err("usage: predict PAIRS.jsonl PREDICTIONS.jsonl".into());
    };
    let text = std::fs::read_to_string(&pairs)?;
    let rows: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let lines: Vec<String> = rows
        .par_iter()
        .map(|row| predict(row).map(|found| format!("{found}\n")))
        .collect::<Result<_, _>>()?;
    std::fs::write(&predictions, lines.concat())?;
    Ok(())
}

fn predict(row: &Value) -> Result<Value, String> {
    let read = |key: &str, name: &str| {
        let text = row[key].as_str().ok_or(format!("{}: no text {key:?}", row["id"]))?;
        let path = Path::new(name);
        document::read(path, text.into()).map_err(|error| format!("{}: {error:?}", row["id"]))
    };
    let settings = Settings::default();
    let reference = Reference::new(read("source", "reference.md")?, &settings);
    let derivative = read("derivative", "derivative.md")?;
    let mut findings = lint(std::slice::from_ref(&reference), &derivative, &settings).findings;
    settings.rules.apply(&mut findings);
    let source = row["derivative"].as_str().unwrap_or_default();
    let chars = |end: u32| source.get(..end as usize).map_or(0, |text| text.chars().count());
    let found =
        findings.iter().filter(|finding| finding.severity != Severity::Note).map(|finding| {
            let span = derivative.source_span(finding.span);
            json!({
                "start": chars(span.start), "end": chars(span.end), "rule": finding.rule,
                "severity": finding.severity.id(), "text": derivative.slice(finding.span),
                "message": finding.message, "confidence": finding.confidence,
            })
        });
    Ok(json!({ "id": row["id"], "findings": found.collect::<Vec<_>>() }))
}
