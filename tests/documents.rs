//! Every input format: one page in all of them gives the same facts, and no file, however broken,
//! brings the program down.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use factlint::document::{self, Document};
use factlint::parse::quote;
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

#[test]
fn one_page_gives_the_same_facts_in_every_format() {
    let page = samples("page");
    let plain = page.iter().find(|path| path.extension().unwrap() == "md").unwrap();
    let expected = facts(&read(plain));
    assert!(expected.len() > 20, "{expected:#?}");
    for path in page {
        assert_eq!(facts(&read(&path)), expected, "{}", path.display());
    }
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
    for path in samples("page").iter().chain(&samples("table")) {
        let bytes = fs::read(path).unwrap();
        let name = path.display();
        for seed in 0..300 {
            let broken = damaged(&bytes, &mut Random(seed));
            let start = std::time::Instant::now();
            let read = std::panic::catch_unwind(|| document::read(path, broken))
                .unwrap_or_else(|_| panic!("{name} damaged by {seed}"));
            assert!(start.elapsed().as_secs() < 10, "{name} damaged by {seed} takes too long");
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
        for seed in 0..150 {
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
