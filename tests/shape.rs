//! The shape of the project: which floor may use which, and that its lists are whole.

#![allow(clippy::unwrap_used)] // A helper that fails is a test that fails.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each floor of `src/` and the floors it may use. A floor may always use itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("value", &["source"]),
    ("lexicon", &["source", "value"]),
    ("document", &["source", "value", "lexicon"]),
    ("parse", &["source", "value", "lexicon", "document"]),
    ("statement", &["source", "value", "lexicon", "document", "parse"]),
    // What a user may set and what is found: plain data that the engine reads and fills.
    ("rule", &["source", "value", "lexicon"]),
    ("reference", &["value", "document", "parse", "statement", "judge", "rule"]),
    ("align", &["source", "document", "statement", "reference"]),
    (
        "judge",
        &["source", "value", "lexicon", "document", "parse", "statement", "reference", "align"],
    ),
    ("config", &["lexicon", "rule"]),
    ("report", &["source", "value", "document", "parse", "rule", "config"]),
    (
        "diagnose",
        &[
            "source",
            "value",
            "lexicon",
            "document",
            "statement",
            "reference",
            "judge",
            "rule",
            "report",
        ],
    ),
    ("suppress", &["source", "document", "rule"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The floors that the code of a source names as `crate::floor`, alone or within braces.
fn used(text: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, _) in text.match_indices("crate::") {
        let line = &text[text[..at].rfind('\n').map_or(0, |end| end + 1)..at];
        if line.trim_start().starts_with("//") {
            continue;
        }
        let rest = &text[at + "crate::".len()..];
        if let Some(list) = rest.strip_prefix('{') {
            let list = list.split_once('}').map_or(list, |(list, _)| list);
            used.extend(list.split(',').map(first_word));
        } else {
            used.insert(first_word(rest));
        }
    }
    used
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    &text[..text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len())]
}

#[test]
fn floors_use_only_floors_below() {
    let src = root().join("src");
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap().to_owned();
        let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
        let floor = first.trim_end_matches(".rs");
        let Some((_, allowed)) = FLOORS.iter().find(|(name, _)| *name == floor) else { continue };
        let text = fs::read_to_string(&path).unwrap();
        // Tests inside a floor may build what they need from any other.
        let text = text.split("#[cfg(test)]\nmod tests").next().unwrap();
        for other in used(text) {
            if FLOORS.iter().any(|(name, _)| *name == other)
                && other != floor
                && !allowed.contains(&other)
                || other == "cli"
            {
                wrong.push(format!("{} uses crate::{other}", inside.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn only_the_rim_touches_the_world() {
    let src = root().join("src");
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).unwrap();
        if inside.starts_with("cli") || inside.starts_with("lsp") || inside == Path::new("main.rs")
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        for word in
            ["std::fs", "std::io::std", "println!(", "SystemTime", "Instant::now", "Zoned::now"]
        {
            assert!(!text.contains(word), "{} uses {word}", inside.display());
        }
    }
}

#[test]
fn the_list_of_rules_in_the_readme_is_whole() {
    let readme = fs::read_to_string(root().join("rules/README.md")).unwrap();
    for check in factlint::rule::checks() {
        let line = format!("| `{}` | {} | {} |", check.id, check.severity.id(), check.summary);
        assert!(readme.contains(&line), "rules/README.md lacks:\n{line}");
    }
}
