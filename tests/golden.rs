//! The labelled derivatives under `tests/golden`: precision and recall never fall.
//!
//! A finding counts as right when it overlaps a label and is of the label's family (`figure-*`,
//! `date-*`, ...) or of a rule that the label also accepts.

use std::fs;
use std::path::{Path, PathBuf};

use factlint::rule::Settings;
use factlint::{Reference, document, lint};
use serde_json::Value;

/// What the labelled set reached when this was last raised.
const FLOOR: Floor = Floor { f1: 0.86, clean_with_error: 1 };

struct Floor {
    f1: f64,
    clean_with_error: usize,
}

fn family(rule: &str) -> &str {
    rule.split('-').next().unwrap_or(rule)
}

fn read(path: &Path) -> document::Document {
    let bytes = fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    document::read(path, bytes)
        .unwrap_or_else(|error| panic!("{}: {}", path.display(), error.message))
}

/// Byte span of the `occurrence`th `text` on `line` of the file.
fn label_span(source: &str, label: &Value) -> (usize, usize) {
    let text = label["text"].as_str().expect("text");
    let line = label["line"].as_u64().expect("line") as usize;
    let start: usize = source.split_inclusive('\n').take(line - 1).map(str::len).sum();
    let mut at = start;
    for n in 0..label["occurrence"].as_u64().unwrap_or(1) {
        let from = if n == 0 { at } else { at + 1 };
        at = from + source[from..].find(text).unwrap_or_else(|| panic!("label {text:?} not found"));
    }
    (at, at + text.len())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// The labels of all derivatives.
fn sheets(root: &Path) -> Vec<Value> {
    let mut paths: Vec<PathBuf> = fs::read_dir(root.join("cases"))
        .expect("tests/golden/cases")
        .map(|entry| entry.expect("entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".expected.json"))
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "no labelled derivatives");
    let sheet = |path| serde_json::from_slice(&fs::read(path).expect("sheet")).expect("JSON");
    paths.iter().map(sheet).collect()
}

#[test]
fn labelled_derivatives_keep_their_score() {
    let root = root();
    let (mut right, mut findings, mut met_labels, mut labels, mut clean_with_error) =
        (0, 0, 0, 0, 0);
    let mut listing = String::new();
    for sheet in sheets(&root) {
        let reference = Reference::new(
            read(&root.join(sheet["reference"].as_str().expect("reference"))),
            &Settings::default(),
        );
        let derivative = read(&root.join(sheet["document"].as_str().expect("document")));
        let outcome = lint(&[reference], &derivative, &Settings::default());
        let source = String::from_utf8_lossy(&derivative.source).into_owned();
        let expected = sheet["findings"].as_array().expect("findings");
        labels += expected.len();
        let mut met = vec![false; expected.len()];
        for finding in &outcome.findings {
            let span = derivative.source_span(finding.span).range();
            let mut hit = false;
            for (label, met) in expected.iter().zip(&mut met) {
                let (start, end) = label_span(&source, label);
                let accepted = std::iter::once(&label["rule"])
                    .chain(label["also_accept"].as_array().into_iter().flatten())
                    .filter_map(Value::as_str)
                    .any(|rule| family(rule) == family(finding.rule));
                if accepted && span.start < end && start < span.end {
                    hit = true;
                    *met = true;
                }
            }
            findings += 1;
            if !hit {
                listing += &format!(
                    "{}: not wanted: {} {:?}\n",
                    sheet["document"], finding.rule, &source[span]
                );
            } else {
                right += 1;
            }
        }
        met_labels += met.iter().filter(|met| **met).count();
        for (label, _) in expected.iter().zip(&met).filter(|(_, met)| !**met) {
            listing +=
                &format!("{}: missed: {} {}\n", sheet["document"], label["rule"], label["text"]);
        }
        if expected.is_empty()
            && outcome.findings.iter().any(|f| f.severity == factlint::rule::Severity::Error)
        {
            clean_with_error += 1;
        }
    }
    let precision = right as f64 / findings.max(1) as f64;
    let recall = met_labels as f64 / labels as f64;
    let f1 = 2.0 * precision * recall / (precision + recall).max(f64::EPSILON);
    println!(
        "{listing}precision {precision:.3} recall {recall:.3} F1 {f1:.3} clean with an error {clean_with_error}"
    );
    assert!(f1 >= FLOOR.f1, "F1 fell to {f1:.3} from {}", FLOOR.f1);
    assert!(
        clean_with_error <= FLOOR.clean_with_error,
        "{clean_with_error} clean derivatives with an error"
    );
}

/// Held against the report of another thing a text contradicts hardly anything: at most this many
/// errors of figures, dates and names in the sixty pairs.
const STRANGERS: usize = 32;

#[test]
fn a_derivative_of_another_report_contradicts_hardly_anything() {
    let root = root();
    let sheets = sheets(&root);
    let name = |sheet: &Value| sheet["reference"].as_str().expect("reference").to_owned();
    let mut names: Vec<String> = sheets.iter().map(name).collect();
    names.sort();
    names.dedup();
    let (mut pairs, mut errors) = (0, 0);
    for report in &names {
        let reference = [Reference::new(read(&root.join(report)), &Settings::default())];
        for sheet in sheets.iter().filter(|sheet| name(sheet) != *report) {
            let derivative = read(&root.join(sheet["document"].as_str().expect("document")));
            pairs += 1;
            for finding in lint(&reference, &derivative, &Settings::default()).findings {
                let error = finding.severity == factlint::rule::Severity::Error;
                if error && family(finding.rule) != "quote" {
                    errors += 1;
                    println!("{}: {} {:?}", sheet["document"], finding.rule, finding.message);
                }
            }
        }
    }
    assert_eq!(pairs, sheets.len() * (names.len() - 1));
    assert!(errors <= STRANGERS, "{errors} errors");
}
