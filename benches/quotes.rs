//! How long a quotation takes against a long transcript, and how that grows with the transcript.
//!
//! `cargo bench --bench quotes`

use std::fmt::Write as _;
use std::path::Path;

use divan::{Bencher, black_box, counter::ItemsCount};
use factlint::document::Document;
use factlint::judge::quote::Sayings;
use factlint::parse::name::runs;
use factlint::parse::quote::quotes;
use factlint::value::{Quote, Value};
use factlint::{document, statement::speaker};

fn main() {
    divan::main();
}

const SPEAKERS: &[&str] = &["MAYOR LIND", "CLLR HALE", "DR OTIENO", "MR BROCH", "MS SANDHU"];
const WORDS: &[&str] = &[
    "the", "harbour", "we", "must", "council", "not", "water", "will", "road", "and", "budget",
    "school", "never", "of", "roof", "year", "people", "promise", "to", "bridge", "winter", "a",
    "ferry", "think", "money", "is", "north", "plan", "for", "clinic", "they", "tower", "that",
    "night", "valley", "in", "storm", "answer", "with", "lamp",
];
/// Words of a page.
const PAGE: usize = 400;
/// Words of a quotation.
const LENGTH: usize = 18;
/// Quotations of the article.
const COUNT: usize = 1000;

/// The word at a place of the transcript: no two stretches are alike; half of the words are common.
fn word(at: usize) -> String {
    let mut x = at as u64 ^ 0x9E37_79B9_7F4A_7C15;
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^= x >> 31;
    let count = WORDS.len() as u64;
    let first = WORDS[(x % count) as usize];
    if x & (1 << 40) == 0 {
        first.to_owned()
    } else {
        format!("{first}{}", WORDS[(x / count % count) as usize])
    }
}

/// A transcript of so many pages, a turn every fifty words.
fn transcript(pages: usize) -> String {
    let mut text = String::new();
    for at in 0..pages * PAGE {
        if at % 50 == 0 {
            let _ = write!(text, ".\n\n{}: So", SPEAKERS[(at / 50) % SPEAKERS.len()]);
        }
        text.push(' ');
        text.push_str(&word(at));
    }
    text
}

/// An article that quotes from all over it: a third as it stands, a third with one word changed, a
/// third made up.
fn article(pages: usize) -> String {
    let mut text = String::new();
    for number in 0..COUNT {
        let step = pages * PAGE / COUNT;
        let start = number * step / 50 * 50 + 1;
        let _ = write!(text, "{} said: \"", ["Lind", "Hale", "Otieno", "Broch"][number % 4]);
        for at in start..start + LENGTH {
            let said = match number % 3 {
                1 if at == start + LENGTH / 2 => "whatever".to_owned(),
                2 => word(at + 7 * pages * PAGE),
                _ => word(at),
            };
            text.push_str(&said);
            text.push(' ');
        }
        text.push_str("\".\n\n");
    }
    text
}

fn read(name: &str, text: String) -> Document {
    document::read(Path::new(name), text.into_bytes()).unwrap_or_else(|error| panic!("{error:?}"))
}

/// One thousand quotations.
#[divan::bench(args = [30, 100, 300, 1000], sample_count = 10)]
fn check(bencher: Bencher, pages: usize) {
    let reference = read("transcript.txt", transcript(pages));
    let sayings = Sayings::new(&reference, &runs(&reference));
    let derivative = read("article.txt", article(pages));
    let mut mentions = quotes(&derivative);
    speaker::attribute(&derivative, &runs(&derivative), &mut mentions);
    let all: Vec<Quote> = mentions
        .into_iter()
        .filter_map(|mention| match mention.value {
            Value::Quote(quote) => Some(quote),
            _ => None,
        })
        .collect();
    bencher.counter(ItemsCount::new(all.len())).bench_local(|| {
        for quote in &all {
            black_box(sayings.judge(&derivative, quote, &reference));
        }
    });
}

/// Reading what was said in a transcript.
#[divan::bench(args = [30, 100, 300, 1000], sample_count = 5)]
fn index(bencher: Bencher, pages: usize) {
    let reference = read("transcript.txt", transcript(pages));
    let names = runs(&reference);
    bencher.bench_local(|| Sayings::new(black_box(&reference), &names));
}
