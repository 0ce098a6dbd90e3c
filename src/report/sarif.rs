//! `--format sarif`: SARIF 2.1.0, as code scanning reads it.

use std::cmp::Reverse;
use std::collections::HashSet;

use serde_json::{Value as Json, json};

use super::diagnostic::{Checked, Diagnostic, Place};
use super::fingerprint::fingerprints;
use crate::rule::{self, Applicability, Severity};

/// Code scanning takes no more results of one run.
const MOST: usize = 25_000;

/// The whole log.
pub fn report(documents: &[Checked]) -> Json {
    let mut all: Vec<(&Diagnostic, String)> = documents
        .iter()
        .flat_map(|document| document.diagnostics.iter().zip(fingerprints(&document.diagnostics)))
        .collect();
    let left = all.len().saturating_sub(MOST);
    if left > 0 {
        // The graver and surer ones are kept, in their order.
        let weight = |diagnostic: &Diagnostic| (diagnostic.severity, diagnostic.confidence);
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|&number| (Reverse(weight(all[number].0)), number));
        let kept: HashSet<usize> = order.into_iter().take(MOST).collect();
        let mut number = 0;
        all.retain(|_| {
            number += 1;
            kept.contains(&(number - 1))
        });
    }
    let results: Vec<Json> = all.into_iter().map(result).collect();
    let mut invocation = json!({"executionSuccessful": true});
    if left > 0 {
        let text = format!("{left} more findings were left out: no more than {MOST} are taken.");
        invocation["toolExecutionNotifications"] =
            json!([{"level": "warning", "message": {"text": text}}]);
    }
    let rules: Vec<Json> = rule::checks().iter().map(descriptor).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "rules": rules,
            }},
            "columnKind": "utf16CodeUnits",
            "originalUriBaseIds": {"%SRCROOT%": {"description": {"text": "The folder of the run."}}},
            "invocations": [invocation],
            "results": results,
        }],
    })
}

fn descriptor(check: &rule::Check) -> Json {
    let help = check.help.trim();
    let full = format!("{}\n\n{}", check.why.trim(), help);
    json!({
        "id": check.id,
        "name": pascal(&check.id),
        "shortDescription": {"text": sentence(&check.summary)},
        "fullDescription": {"text": sentence(&check.summary)},
        "help": {"text": full, "markdown": full},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {"tags": ["facts", rule::family(&check.id)], "precision": "high"},
    })
}

/// "figure-mismatch" as "FigureMismatch".
fn pascal(id: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first = chars.next().map(|c| c.to_ascii_uppercase());
        first.into_iter().chain(chars).collect::<String>()
    };
    id.split('-').map(word).collect()
}

/// With a capital and a full stop.
fn sentence(text: &str) -> String {
    let mut chars = text.trim().trim_end_matches('.').chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

fn level(severity: Severity) -> &'static str {
    severity.id()
}

fn result((diagnostic, fingerprint): (&Diagnostic, String)) -> Json {
    let message = sentence(&diagnostic.message);
    let related: Vec<Json> = diagnostic
        .evidence
        .iter()
        .enumerate()
        .map(|(number, proof)| {
            let mut location = location(&proof.place);
            location["id"] = json!(number);
            location["message"] =
                json!({"text": sentence(&format!("The reference: {}", proof.sentence))});
            location
        })
        .collect();
    let fixes: Vec<Json> = diagnostic
        .suggestions
        .iter()
        .map(|suggestion| {
            let what = match suggestion.applicability {
                Applicability::Safe => "Write what the reference has.",
                Applicability::MaybeIncorrect => {
                    "Write what the reference has, if it is meant here."
                }
            };
            json!({
                "description": {"text": what},
                "artifactChanges": [{
                    "artifactLocation": artifact(&diagnostic.place),
                    "replacements": [{
                        "deletedRegion": region(&diagnostic.place),
                        "insertedContent": {"text": suggestion.replacement},
                    }],
                }],
            })
        })
        .collect();
    let mut result = json!({
        "ruleId": diagnostic.rule,
        "ruleIndex": rule::checks().iter().position(|check| check.id == diagnostic.rule),
        "level": level(diagnostic.severity),
        "message": {"text": message},
        "locations": [location(&diagnostic.place)],
        "partialFingerprints": {"factlint/v1": fingerprint},
        "rank": f64::from(diagnostic.confidence),
    });
    if !related.is_empty() {
        result["relatedLocations"] = json!(related);
    }
    if !fixes.is_empty() {
        result["fixes"] = json!(fixes);
    }
    result
}

fn location(place: &Place) -> Json {
    json!({"physicalLocation": {"artifactLocation": artifact(place), "region": region(place)}})
}

fn artifact(place: &Place) -> Json {
    let uri = percent_encoded(place.path.trim_start_matches("./"));
    match place.path.starts_with('/') {
        true => json!({"uri": format!("file://{uri}")}),
        false => json!({"uri": uri, "uriBaseId": "%SRCROOT%"}),
    }
}

fn region(place: &Place) -> Json {
    let (start, end) = place.utf16;
    json!({
        "startLine": place.start.line, "startColumn": start,
        "endLine": place.end.line, "endColumn": end,
        "snippet": {"text": place.text},
    })
}

/// A path as a URI reference (RFC 3986).
pub(super) fn percent_encoded(path: &str) -> String {
    use std::fmt::Write;
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            // Writing to a String does not fail.
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}
