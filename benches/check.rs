//! How long one derivative takes, and how that grows with the reference.
//!
//! `cargo bench --bench check`

use std::fmt::Write as _;
use std::path::Path;

use divan::{Bencher, black_box, counter::BytesCount};
use factlint::rule::Settings;
use factlint::{Reference, document, lint, statement};

fn main() {
    divan::main();
}

const PLACES: &[&str] = &[
    "Vennmark",
    "Oldhaven",
    "Tarrowby",
    "Skelling",
    "Marrowick",
    "Quillport",
    "Ostrand",
    "Hexley",
];
const THINGS: &[&str] = &[
    "ferry passengers",
    "library loans",
    "school meals",
    "bus journeys",
    "hospital beds",
    "planning appeals",
    "housing permits",
    "flood warnings",
    "road repairs",
    "street lamps",
];

/// A report of about `bytes` bytes: invented, regular, every sentence with its own figures.
fn report(bytes: usize) -> String {
    let mut text = String::from("Annual report of the Northern Districts, 4 March 2024\n\n");
    let mut n = 0usize;
    while text.len() < bytes {
        let place = PLACES[n % PLACES.len()];
        let thing = THINGS[(n / PLACES.len()) % THINGS.len()];
        let count = 1_000 + (n * 7_919) % 90_000;
        let year = 2000 + n % 24;
        let _ = write!(
            text,
            "In {year} the district of {place} {n} counted more than {count} {thing}, which cost £{}.{} million. \
             The office in Ward {n} opened on {} May {year} and employs {} people. ",
            1 + n % 97,
            n % 10,
            1 + n % 28,
            12 + n % 400,
        );
        n += 1;
        if n.is_multiple_of(6) {
            text.push_str("\n\n");
        }
    }
    text
}

/// An article of about 4 KB on such a report, with some figures wrong.
fn article() -> String {
    report(4_000).replace("more than 8", "more than 9").replace("May", "June")
}

fn read(text: &str) -> document::Document {
    document::read(Path::new("text.md"), text.as_bytes().to_vec()).expect("text")
}

#[divan::bench(args = [10_000, 100_000, 1_000_000, 10_000_000], sample_count = 10, max_time = 10)]
fn check_article_against_reference_of(bencher: Bencher, bytes: usize) {
    let references = [Reference::new(read(&report(bytes)), &Settings::default())];
    let article = read(&article());
    bencher
        .counter(BytesCount::new(article.text.len()))
        .bench(|| lint(black_box(&references), black_box(&article), &Settings::default()));
}

#[divan::bench(args = [10_000, 100_000, 1_000_000], sample_count = 5)]
fn read_reference_of(bencher: Bencher, bytes: usize) {
    let text = report(bytes);
    bencher
        .counter(BytesCount::new(text.len()))
        .bench(|| Reference::new(read(black_box(&text)), &Settings::default()));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5)]
fn read_all_values_of_prose(bencher: Bencher, bytes: usize) {
    let document = read(&report(bytes));
    bencher
        .counter(BytesCount::new(document.text.len()))
        .bench(|| statement::mentions(black_box(&document), None));
}
