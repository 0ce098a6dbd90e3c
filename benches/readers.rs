//! How fast each reader is: bytes of the file a second.
//!
//! `cargo bench --bench readers`

use std::path::{Path, PathBuf};

use divan::{Bencher, black_box, counter::BytesCount};
use factlint::document;

fn main() {
    divan::main();
}

/// The sample pages; each format that is text is repeated to about a megabyte.
fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents");
    let entries = std::fs::read_dir(folder).expect("tests/documents");
    let mut found: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    // Of formats with both, the page counts.
    found.sort();
    found.dedup_by(|table, page| table.extension() == page.extension());
    let tables = ["csv", "tsv", "json", "xlsx", "ods"];
    found.retain(|path| {
        let stem = path.file_stem().is_some_and(|stem| stem == "page");
        stem || tables.iter().any(|ending| path.extension().is_some_and(|e| e == *ending))
    });
    found
}

fn endings() -> Vec<String> {
    let ending = |path: PathBuf| path.extension().map(|e| e.to_string_lossy().into_owned());
    samples().into_iter().filter_map(ending).collect()
}

#[divan::bench(args = endings(), sample_count = 10, max_time = 2)]
fn read(bencher: Bencher, ending: &str) {
    let path = samples().into_iter().find(|path| path.extension().is_some_and(|e| e == ending));
    let path = path.expect("a sample");
    let mut bytes = std::fs::read(&path).expect("a file");
    if let (Ok(text), true) =
        (std::str::from_utf8(&bytes), !["eml", "ipynb", "tex"].contains(&ending))
    {
        bytes = text.repeat((1 << 20) / text.len()).into_bytes();
    }
    bencher.counter(BytesCount::new(bytes.len())).bench(|| {
        document::read(black_box(&path), black_box(bytes.clone())).map_err(|error| error.message)
    });
}
