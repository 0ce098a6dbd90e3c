//! Every example of `rules/checks`: the rule flags exactly the words that its page says.

use std::path::Path;

use factlint::rule::{self, Example, Settings};
use factlint::source::Span;
use factlint::{Reference, document, lint};

/// What is wrong with the outcome of one example, if anything.
fn failure(id: &str, example: &Example) -> Option<String> {
    let settings = Settings::default();
    let read = |name: &str, text: &str| {
        document::read(Path::new(name), text.trim().into()).expect("text can be read")
    };
    let reference = Reference::new(read("reference.md", &example.reference), &settings);
    let document = read("document.md", &example.document);
    let outcome = lint(std::slice::from_ref(&reference), &document, &settings);
    let found: Vec<Span> =
        outcome.findings.iter().filter(|f| f.rule == id).map(|f| f.span).collect();
    let mut from = 0;
    let wanted: Vec<Span> = example
        .flags
        .iter()
        .map(|words| {
            let start = from + document.text[from..].find(words.as_str()).expect("checked before");
            from = start + words.len();
            Span::new(start, from)
        })
        .collect();
    let agree = found.len() == wanted.len()
        && found.iter().zip(&wanted).all(|(found, wanted)| found.overlaps(*wanted));
    let others: Vec<_> = outcome.findings.iter().filter(|f| f.rule != id).map(|f| f.rule).collect();
    // A text that a rule leaves alone is meant to be right altogether.
    if agree && (!wanted.is_empty() || others.is_empty()) {
        return None;
    }
    let found: Vec<_> = found.iter().map(|span| document.slice(*span)).collect();
    Some(format!(
        "{id}: {:?}\n    wanted {:?}, found {found:?}, other rules {others:?}",
        example.document.trim(),
        example.flags
    ))
}

#[test]
fn every_example_is_flagged_as_its_page_says() {
    let examples = rule::checks()
        .iter()
        .flat_map(|check| check.examples.iter().map(move |example| failure(&check.id, example)));
    let (count, failures) = examples.fold((0, Vec::new()), |(count, mut failures), failure| {
        failures.extend(failure);
        (count + 1, failures)
    });
    assert!(failures.is_empty(), "{} of {count}:\n{}", failures.len(), failures.join("\n"));
}
