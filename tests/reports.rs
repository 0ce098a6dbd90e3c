//! One fixed set of findings through every format.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::path::Path;

use factlint::document::{self, Document};
use factlint::report::{Checked, compact, human, json};
use factlint::rule::{Applicability, Claim, Evidence, Finding, Severity, Suggestion};
use factlint::source::Span;

fn read(path: &str, text: &str) -> Document {
    document::read(Path::new(path), text.into()).unwrap()
}

fn words(document: &Document, words: &str) -> Span {
    let start = document.text.find(words).unwrap_or_else(|| panic!("{words}"));
    Span::new(start, start + words.len())
}

const REFERENCE: &str = "About the fleet\n\nThe harbour has more than 3,420 boats. It was built in 1912.\n\nA second count found 3,402 boats.\n";
const ARTICLE: &str =
    "Boats é😀 galore: fewer than 3,420 boats lie here.\n\nAll were built in May 1912.\n";

fn checked(article: &str) -> Checked {
    let reference = read("reports/fleet.md", REFERENCE);
    let article = read("articles/boats.md", article);
    let evidence = |text: &str, sentence: &str, value: &str| Evidence {
        reference: 0,
        span: words(&reference, text),
        sentence: words(&reference, sentence),
        value: value.to_owned(),
    };
    let findings = vec![
        Finding {
            rule: "figure-mismatch",
            severity: Severity::Error,
            span: words(&article, "fewer than 3,420 boats"),
            message: "the reference has \"more than 3,420\" here, not \"fewer than 3,420\"".into(),
            help: Some("write the reference's figure, or say where the new one comes from".into()),
            claim: Claim {
                kind: "number",
                value: Some("3420".into()),
                unit: None,
                qualifier: Some("under"),
            },
            evidence: vec![
                evidence("more than 3,420", "The harbour has more than 3,420 boats.", "over 3420"),
                evidence("3,402 boats", "A second count found 3,402 boats.", "3402"),
            ],
            suggestions: vec![Suggestion {
                replacement: "more than 3,420 boats".into(),
                applicability: Applicability::MaybeIncorrect,
            }],
            confidence: 90,
        },
        Finding {
            rule: "date-unsupported",
            severity: Severity::Warning,
            span: words(&article, "May 1912"),
            message: "the reference gives no such date: May 1912".into(),
            help: None,
            claim: Claim { kind: "date", value: Some("1912-05".into()), ..Claim::default() },
            evidence: Vec::new(),
            suggestions: Vec::new(),
            confidence: 60,
        },
    ];
    Checked::new(&article, &[&reference], findings, 3)
}

/// The JSON report, read back.
fn json_report(documents: &[Checked]) -> serde_json::Value {
    let mut out = Vec::new();
    json::report(documents, &mut out).expect("a Vec takes everything");
    serde_json::from_slice(&out).expect("a report is JSON")
}

#[test]
fn human_shows_the_words_and_the_evidence() {
    insta::assert_snapshot!("human", human::report(&[checked(ARTICLE)], false, 80));
}

#[test]
fn compact_is_a_line_for_each_finding() {
    insta::assert_snapshot!("compact", compact::report(&[checked(ARTICLE)]));
}

#[test]
fn json_has_the_shape_that_its_schema_publishes() {
    let report = json_report(&[checked(ARTICLE)]);
    let schema = include_str!("../schema/report.schema.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let problems: Vec<_> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
    assert_eq!(problems, Vec::<String>::new());
    insta::assert_snapshot!("json", format!("{:#}", report["diagnostics"][0]));
}

#[test]
fn a_fingerprint_stays_when_lines_are_added_above() {
    let prints = |article: &str| {
        let report = json_report(&[checked(article)]);
        let diagnostics = report["diagnostics"].as_array().unwrap().clone();
        diagnostics.iter().map(|d| d["fingerprint"].to_string()).collect::<Vec<_>>()
    };
    let first = prints(ARTICLE);
    assert_eq!(first, prints(&format!("A new line.\n\n{ARTICLE}")));
    assert_ne!(first[0], first[1]);
}

#[test]
fn nothing_a_document_holds_reaches_the_terminal_raw() {
    let article = ARTICLE.replace("galore", "\u{1b}]0;x\u{7}\u{202e}galore");
    let report =
        human::report(&[checked(&article)], false, 80) + &compact::report(&[checked(&article)]);
    assert!(!report.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{report}");
}

#[test]
fn a_line_of_any_length_is_drawn() {
    let article = format!("{}{ARTICLE}", "é ".repeat(70_000));
    let report = human::report(&[checked(&article)], false, 80);
    assert!(report.contains("[articles/boats.md:1:140018]") && report.len() < 10_000, "{report}");
}
