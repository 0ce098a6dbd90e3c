//! How long a keystroke takes to become diagnostics: an article of 5,000 words, a report of 100 pages.
//!
//! `cargo bench --bench lsp`

use std::path::Path;

use divan::{Bencher, black_box};
use factlint::rule::Settings;
use factlint::{Reference, document, lint};

fn main() {
    divan::main();
}

const REPORT: &str = include_str!("../reference/sco-webinar-2020/report.md");
const ARTICLES: [&str; 3] = [
    include_str!("../articles/explainer.md"),
    include_str!("../articles/news-brief.md"),
    include_str!("../articles/thread.txt"),
];
/// A page holds so many words.
const PAGE: usize = 500;

/// `text` with other figures and other names: what else an author might have written.
fn varied(text: &str, number: usize) -> String {
    const ENDINGS: [&str; 7] = ["ia", "ton", "berg", "sk", "ville", "am", "ora"];
    let mut out = String::with_capacity(text.len() + 64);
    for (at, word) in text.split_inclusive([' ', '\n']).enumerate() {
        let bare = word.trim_end();
        let name = number > 0
            && bare.len() > 5
            && bare.starts_with(char::is_uppercase)
            && bare.ends_with(char::is_alphabetic)
            && at % 3 == 0;
        let digit = |(place, c): (usize, char)| match c.to_digit(10) {
            Some(digit) if digit > 0 => {
                let other = (digit as usize - 1 + number * (place + 3)) % 9 + 1;
                char::from_digit(other as u32, 10).unwrap_or(c)
            }
            _ => c,
        };
        // Years stay, so that dates stay dates.
        let year = bare.starts_with("20") || bare.starts_with("19");
        let figures: String = match year {
            true => bare.to_owned(),
            false => bare.char_indices().map(digit).collect(),
        };
        out.push_str(&figures);
        if name {
            out.push_str(ENDINGS[number % ENDINGS.len()]);
        }
        out.push_str(&word[bare.len()..]);
    }
    out
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A report of so many pages.
fn report(pages: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while words(&text) < pages * PAGE {
        text.push_str(&varied(REPORT, number));
        text.push_str("\n\n");
        number += 1;
    }
    text
}

/// An article of so many words on such a report, with some figures wrong.
fn article(length: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while words(&text) < length {
        for article in ARTICLES {
            text.push_str(&varied(article, number));
            text.push_str("\n\n");
        }
        // The report's own words, some with the figures of another part.
        let paragraphs = REPORT.split("\n\n").skip(number % 5).step_by(5);
        for (at, paragraph) in paragraphs.enumerate() {
            text.push_str(&varied(paragraph, number + usize::from(at % 4 == 0)));
            text.push_str("\n\n");
        }
        number += 1;
    }
    text
}

fn read(text: &str) -> document::Document {
    document::read(Path::new("text.md"), text.as_bytes().to_vec()).expect("text")
}

#[divan::bench(args = [100], sample_count = 5)]
fn read_reference_of_pages(bencher: Bencher, pages: usize) {
    let text = report(pages);
    bencher.bench(|| Reference::new(read(black_box(&text)), &Settings::default()));
}

#[divan::bench(args = [500, 5_000], sample_count = 30)]
fn check_everything(bencher: Bencher, length: usize) {
    let references = [Reference::new(read(&report(100)), &Settings::default())];
    let text = article(length);
    let outcome = lint(&references, &read(&text), &Settings::default());
    eprintln!(
        "{} words, {} claims, {} findings",
        words(&text),
        outcome.claims,
        outcome.findings.len()
    );
    bencher.bench(|| lint(&references, &read(black_box(&text)), &Settings::default()));
}
