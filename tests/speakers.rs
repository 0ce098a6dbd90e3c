//! Who said it: quotations of invented news texts with their speakers.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::path::Path;

use factlint::document;
use factlint::parse::name::runs;
use factlint::parse::quote::quotes;
use factlint::statement::speaker::{attribute, same_person};
use factlint::value::Value;

/// One quotation: what was asked, what was found.
struct Case {
    explicit: bool,
    words: String,
    speaker: String,
    found: Option<String>,
}

/// Reads one text with its labels, and who the program says spoke.
fn cases(labelled: &str) -> Vec<Case> {
    let mut text = String::new();
    let mut labels: Vec<(usize, bool, String)> = Vec::new();
    let mut rest = labelled;
    while let Some(at) = rest.find('{') {
        text.push_str(&rest[..at]);
        let end = rest[at..].find('}').unwrap() + at;
        let (how, name) = rest[at + 1..end].split_once(' ').unwrap();
        labels.push((text.len(), how == "e", name.to_owned()));
        rest = &rest[end + 1..];
    }
    text.push_str(rest);
    let document = document::read(Path::new("news.md"), text.into_bytes()).unwrap();
    let mut found = quotes(&document);
    attribute(&document, &runs(&document), &mut found);
    let said = |end: usize| {
        found.iter().find_map(|mention| match &mention.value {
            // The label stands right behind the closing mark, or behind the point that follows it.
            Value::Quote(quote)
                if (document.source_span(mention.span).end as usize).abs_diff(end) <= 1 =>
            {
                Some((document.slice(quote.inner).to_owned(), quote.speaker.clone()))
            }
            _ => None,
        })
    };
    labels
        .into_iter()
        .map(|(end, explicit, speaker)| {
            let (words, found) = said(end).unwrap_or_default();
            Case { explicit, words, speaker, found: found.map(|speaker| speaker.name) }
        })
        .collect()
}

#[test]
fn speakers_of_news_are_found() {
    let file = include_str!("quotations/speakers.txt");
    let texts = file.split("\n---\n").skip(1);
    let all: Vec<Case> = texts.flat_map(cases).collect();
    assert!(all.len() >= 150, "{} quotations", all.len());
    let right = |case: &Case| {
        case.found.as_ref().is_some_and(|found| {
            found.eq_ignore_ascii_case(&case.speaker) || same_person(found, &case.speaker)
        })
    };
    let mut report = String::new();
    for case in all.iter().filter(|case| !right(case)) {
        report += &format!("{:?} is {}'s, not {:?}\n", case.words, case.speaker, case.found);
    }
    for (explicit, least) in [(true, 0.95), (false, 0.70)] {
        let of: Vec<&Case> = all.iter().filter(|case| case.explicit == explicit).collect();
        let share = of.iter().filter(|case| right(case)).count() as f64 / of.len() as f64;
        println!("explicit {explicit}: {share:.3} of {}", of.len());
        assert!(share >= least, "explicit {explicit}: {share:.3} of {}\n{report}", of.len());
    }
    println!("{report}");
}
