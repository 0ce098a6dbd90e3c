//! Every input format: one page in all of them gives the same facts, and no file, however broken,
//! brings the program down.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use factlint::document::{self, Document};
use factlint::parse::{name, quote};
use factlint::report::facts::fact_json;
use factlint::statement;

/// The same page, or the same table, in every format that is read.
fn samples(stem: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let mut found: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_stem().is_some_and(|name| name == stem))
        .collect();
    found.sort();
    found
}

fn read(path: &Path) -> Document {
    document::read(path, fs::read(path).unwrap())
        .unwrap_or_else(|error| panic!("{}: {}", path.display(), error.message))
}

/// What is stated, without the places and the spelling, in alphabetical order: notes stand where they
/// are written in some formats and at the end in others.
fn facts(document: &Document) -> Vec<String> {
    let mut mentions = statement::mentions(document, None);
    mentions.extend(quote::quotes(document));
    let mut facts: Vec<_> = mentions
        .iter()
        .filter_map(|mention| fact_json(document, mention, None))
        .map(|fact| {
            let fields =
                ["kind", "qualifier", "value", "unit"].map(|field| fact[field].to_string());
            fields.join(" ")
        })
        .collect();
    facts.sort();
    facts
}

/// Names and quotations, in alphabetical order.
fn names_and_quotations(document: &Document) -> Vec<String> {
    let names = name::runs(document);
    let names = names.iter().map(|run| document.slice(run.span).to_owned());
    let quotes = quote::quotes(document);
    let words = |text: &str| text.trim_matches(['"', '“', '”']).to_owned();
    let quotes = quotes.iter().map(|quote| words(document.slice(quote.span)));
    let mut found: Vec<_> = names.chain(quotes).collect();
    found.sort();
    found
}

/// All samples of this stem state what the Markdown one does.
fn all_agree(stem: &str, least: usize) {
    let samples = samples(stem);
    assert!(samples.len() > 8, "{samples:?}");
    let plain = samples.iter().find(|path| path.extension().unwrap() == "md").unwrap();
    let plain = read(plain);
    let expected = (facts(&plain), names_and_quotations(&plain));
    assert!(expected.0.len() >= least, "{expected:#?}");
    for path in samples {
        let read = read(&path);
        assert_eq!(facts(&read), expected.0, "{}", path.display());
        assert_eq!(names_and_quotations(&read), expected.1, "{}", path.display());
    }
}

#[test]
fn one_page_gives_the_same_facts_names_and_quotations_in_every_format() {
    all_agree("page", 20);
}

#[test]
fn one_table_gives_the_same_facts_in_every_format() {
    all_agree("table", 9);
}

/// Columns, hyphens, ligatures, running heads, a table over both columns, a sentence over a page end.
#[test]
fn a_report_in_columns_gives_the_facts_of_its_page() {
    let [page, pdf] = ["columns.html", "columns.pdf"].map(|name| {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name))
    });
    assert_eq!(facts(&pdf), facts(&page));
    assert_eq!(names_and_quotations(&pdf), names_and_quotations(&page));
    let words = |document: &Document| document.text.split_whitespace().count();
    assert_eq!(words(&pdf), words(&page));
    assert!(!pdf.text.contains("Page 1"), "{}", pdf.text);
    let hearing = pdf.text.find("A public hearing").unwrap();
    let place = pdf.landmark(factlint::source::Span::new(hearing, hearing + 1)).unwrap();
    assert_eq!(place.to_string(), "page 2");
}

/// A small generator of its own, so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// The file with some bytes changed, taken out or doubled, or with its end cut off.
fn damaged(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=random.below(8) {
        let at = random.below(bytes.len());
        let end = (at + random.below(64)).min(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at.max(1)),
            1 => drop(bytes.drain(at..end)),
            2 => {
                let piece = bytes[at..end].to_vec();
                let to = random.below(bytes.len());
                bytes.splice(to..to, piece);
            }
            _ => bytes[at] = random.below(256) as u8,
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
    bytes
}

/// Everything in a document points into it.
fn is_sound(document: &Document) {
    for block in &document.blocks {
        assert!(document.text.get(block.span.range()).is_some());
        let source = document.source_span(block.span).range();
        assert!(document.source.get(source).is_some());
        for sentence in &block.sentences {
            assert!(block.span.contains(*sentence));
            assert!(document.text.get(sentence.range()).is_some());
        }
    }
    assert!(document.blocks.is_sorted_by(|one, next| one.span.end < next.span.start));
}

#[test]
fn damaged_files_are_read_or_refused() {
    damage(60, 10);
}

/// `cargo test --release --test documents -- --ignored`
#[test]
#[ignore = "takes minutes"]
fn a_thousand_damaged_files_of_each_format_are_read_or_refused() {
    damage(1000, 2);
    // The most that this process ever held, in KiB.
    if let Ok(status) = fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        println!("at most {} MiB", peak >> 10);
        assert!(peak < 512 << 10, "{peak} KiB");
    }
}

fn damage(count: u64, seconds: u64) {
    for path in samples("page").iter().chain(&samples("table")) {
        let bytes = fs::read(path).unwrap();
        let name = path.display();
        for seed in 0..count {
            let broken = damaged(&bytes, &mut Random(seed));
            let start = std::time::Instant::now();
            let read = std::panic::catch_unwind(|| document::read(path, broken))
                .unwrap_or_else(|_| panic!("{name} damaged by {seed}"));
            assert!(start.elapsed().as_secs() < seconds, "{name} damaged by {seed} takes too long");
            match read {
                Ok(document) => is_sound(&document),
                Err(error) => assert!(!error.message.is_empty() && !error.message.contains('\n')),
            }
        }
    }
}

#[test]
fn a_package_that_was_packed_again_after_damage_is_read_or_refused() {
    for path in samples("page").iter().chain(&samples("table")) {
        let bytes = fs::read(path).unwrap();
        if !bytes.starts_with(b"PK") {
            continue;
        }
        for seed in 0..60 {
            let broken = repacked(&bytes, &mut Random(seed));
            let read = std::panic::catch_unwind(|| document::read(path, broken))
                .unwrap_or_else(|_| panic!("{} damaged by {seed}", path.display()));
            if let Ok(document) = read {
                is_sound(&document);
            }
        }
    }
}

/// The package with one part damaged inside, where checksums do not guard it.
fn repacked(bytes: &[u8], random: &mut Random) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut new = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = random.below(old.len());
    for index in 0..old.len() {
        let mut file = old.by_index(index).unwrap();
        let name = file.name().unwrap().into_owned();
        let mut part = Vec::new();
        file.read_to_end(&mut part).unwrap();
        if index == chosen && !part.is_empty() {
            part = damaged(&part, random);
        }
        new.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        new.write_all(&part).unwrap();
    }
    new.finish().unwrap().into_inner()
}
