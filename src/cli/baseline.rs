//! `--baseline`: findings that are known and not spoken of again.
//!
//! An entry is known by its document, its rule, the claim's words and the reference's value, never
//! by a line number: it survives edits above, and is met no more once the claim is put right.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::report::diagnostic::shown;
use crate::report::{Checked, Diagnostic};

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Entry>,
}

/// One known finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    path: String,
    rule: String,
    text: String,
    reference: Option<String>,
}

/// The version of the file's shape.
const VERSION: u32 = 1;

fn entry(path: &str, diagnostic: &Diagnostic) -> Entry {
    Entry {
        path: path.to_owned(),
        rule: diagnostic.rule.to_owned(),
        text: diagnostic.place.text.clone(),
        reference: diagnostic.evidence.first().map(|proof| proof.value.clone()),
    }
}

/// Drops the findings that the baseline knows. Returns how many of its entries were not met.
///
/// # Errors
/// If the file cannot be read, or is no baseline.
pub fn apply(file: &Path, checked: &mut [Checked]) -> Result<usize, String> {
    let fail = |reason: String| format!("--baseline {}: {reason}", shown(file));
    let text = std::fs::read_to_string(file).map_err(|error| fail(error.to_string()))?;
    let known: File = serde_json::from_str(&text)
        .map_err(|error| fail(format!("is no baseline of factlint: {error}")))?;
    if known.version != VERSION {
        return Err(fail(format!("is of version {}, not {VERSION}; write it anew", known.version)));
    }
    let mut left: BTreeMap<Entry, usize> = BTreeMap::new();
    for entry in known.findings {
        *left.entry(entry).or_default() += 1;
    }
    for document in checked.iter_mut() {
        let path = document.path.clone();
        document.diagnostics.retain(|diagnostic| {
            match left.get_mut(&entry(&path, diagnostic)).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    false
                }
                None => true,
            }
        });
    }
    // What stands in documents that were not checked may still be there.
    let looked = |path: &str| checked.iter().any(|document| document.path == path);
    Ok(left.iter().filter(|(entry, _)| looked(&entry.path)).map(|(_, count)| count).sum())
}

/// The baseline that knows all of these findings.
pub fn of(checked: &[Checked]) -> String {
    let mut findings: Vec<Entry> = checked
        .iter()
        .flat_map(|document| {
            document.diagnostics.iter().map(|diagnostic| entry(&document.path, diagnostic))
        })
        .collect();
    findings.sort();
    let file = File { version: VERSION, findings };
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}
