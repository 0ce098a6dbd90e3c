//! `--fix` and `--diff`: suggestions put into the documents.

use std::io::Write;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use crate::document::Document;
use crate::report::diagnostic::shown;
use crate::rule::{Applicability, Finding};

/// What is to be done with suggestions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// Put in those too that a person should look at.
    pub unsafe_too: bool,
    /// Show what would change, and change nothing.
    pub dry: bool,
}

/// A document with suggestions put in.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The file.
    pub path: PathBuf,
    before: String,
    after: String,
    /// What was changed, a line each.
    pub changes: Vec<String>,
}

/// Takes the findings out of `findings` whose suggestions can be put in, and puts them in. `bytes`
/// are those of the file, which must be the text itself: a document in another encoding or in a
/// package is left alone.
pub fn apply(
    document: &Document,
    bytes: &[u8],
    findings: &mut Vec<Finding>,
    wanted: Wanted,
) -> Option<Fixed> {
    if document.extracted || document.coded || document.source != bytes {
        return None;
    }
    let before = std::str::from_utf8(bytes).ok()?;
    let markup = document.html;
    let mut after = String::with_capacity(before.len());
    let mut changes = Vec::new();
    let mut end = 0;
    let mut order: Vec<usize> = (0..findings.len()).collect();
    order.sort_by_key(|&number| findings[number].span);
    let mut done = vec![false; findings.len()];
    for number in order {
        let finding = &findings[number];
        let fits = |applicability| wanted.unsafe_too || applicability == Applicability::Safe;
        let Some(suggestion) =
            finding.suggestions.first().filter(|suggestion| fits(suggestion.applicability))
        else {
            continue;
        };
        let range = document.source_span(finding.span).range();
        // Words with markup between them, or typographic signs, are not put together again blindly.
        let Some(words) = before.get(range.clone()).filter(|words| !words.contains(['<', '\n']))
        else {
            continue;
        };
        if range.start < end || suggestion.replacement.is_empty() {
            continue;
        }
        let replacement = match markup {
            true => escaped(&suggestion.replacement),
            false => suggestion.replacement.clone(),
        };
        let line = document.lines.line(range.start);
        changes.push(format!(
            "{}:{line}: \"{words}\" -> \"{replacement}\" ({})",
            shown(&document.path),
            finding.rule
        ));
        after.push_str(&before[end..range.start]);
        after.push_str(&replacement);
        end = range.end;
        done[number] = true;
    }
    if changes.is_empty() {
        return None;
    }
    after.push_str(&before[end..]);
    let mut number = 0;
    findings.retain(|_| {
        number += 1;
        !done[number - 1]
    });
    Some(Fixed { path: document.path.clone(), before: before.to_owned(), after, changes })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl Fixed {
    /// The changes as a unified diff.
    pub fn diff(&self) -> String {
        let name = shown(&self.path);
        let diff = TextDiff::from_lines(&self.before, &self.after);
        diff.unified_diff().header(&format!("a/{name}"), &format!("b/{name}")).to_string()
    }

    /// Writes the file anew: beside it first, then over it, so that it is never half written.
    ///
    /// # Errors
    /// If the file has changed since it was read, or the disk does not take it.
    pub fn write(&self) -> Result<(), String> {
        let fail = |reason: String| format!("{}: not changed: {reason}", shown(&self.path));
        if std::fs::read(&self.path).is_ok_and(|now| now != self.before.as_bytes()) {
            return Err(fail("it has changed since it was read; run again".into()));
        }
        replace(&self.path, self.after.as_bytes()).map_err(|error| fail(error.to_string()))
    }
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // A link stays a link: what it points to is written.
    let path = std::fs::canonicalize(path)?;
    let mut beside = path.clone().into_os_string();
    beside.push(format!(".factlint-{}", std::process::id()));
    let beside = PathBuf::from(beside);
    let written = (|| {
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::set_permissions(&beside, std::fs::metadata(&path)?.permissions())?;
        std::fs::rename(&beside, &path)
    })();
    if written.is_err() {
        let _ = std::fs::remove_file(&beside);
    }
    written
}
