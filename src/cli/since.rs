//! `--diff-base`: only what stands on lines that changed since a revision.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::git::{git, line};
use crate::config::normal;
use crate::report::Checked;

/// The lines of a file that are new, from 1, both ends included.
type Lines = Vec<(usize, usize)>;

/// What changed in a repository since a revision.
#[derive(Debug)]
pub struct Since {
    here: PathBuf,
    root: PathBuf,
    tracked: HashSet<PathBuf>,
    /// No lines: a file whose lines git does not tell apart.
    changed: HashMap<PathBuf, Option<Lines>>,
}

impl Since {
    /// Asks git what changed between `revision` (or where it parted from the present one) and the
    /// files as they lie on the disk.
    ///
    /// # Errors
    /// If there is no repository or no such revision.
    pub fn new(here: &Path, revision: &str) -> Result<Since, String> {
        let commit = format!("{revision}^{{commit}}");
        let named = line(here, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        let named = match named {
            Ok(named) => named,
            // Its own message says little, unless there is no repository at all.
            Err(_) => {
                line(here, &["rev-parse", "--show-toplevel"])?;
                return Err(format!("git: there is no revision `{revision}`"));
            }
        };
        let base = line(here, &["merge-base", &named, "HEAD"]).unwrap_or(named);
        let root = PathBuf::from(line(here, &["rev-parse", "--show-toplevel"])?);
        let names = |bytes: Vec<u8>| -> HashSet<PathBuf> {
            let names = bytes.split(|byte| *byte == 0).filter(|name| !name.is_empty());
            names.map(|name| PathBuf::from(String::from_utf8_lossy(name).into_owned())).collect()
        };
        let tracked = names(git(&root, &["ls-files", "-z"])?);
        let diff = ["diff", "--no-renames", "--no-color", "--no-ext-diff", "--no-textconv"];
        let listed = names(git(&root, &[&diff[..], &["--name-only", "-z", &base]].concat())?);
        let options = ["--unified=0", "--src-prefix=a/", "--dst-prefix=b/", &base];
        let patch = git(&root, &[&diff[..], &options].concat())?;
        let mut changed = hunks(&patch);
        for file in listed {
            changed.entry(file).or_insert(None);
        }
        let root = std::fs::canonicalize(&root).unwrap_or(root);
        let here = std::fs::canonicalize(here).unwrap_or_else(|_| here.to_owned());
        Ok(Since { here, root, tracked, changed })
    }

    /// Leaves out what stands on lines that are as they were. What git does not know is new.
    pub fn apply(&self, checked: &mut [Checked]) {
        for document in checked {
            let path = normal(&self.here, Path::new(&document.path));
            let Ok(inside) = path.strip_prefix(&self.root) else { continue };
            if !self.tracked.contains(inside) {
                continue;
            }
            match self.changed.get(inside) {
                None => document.diagnostics.clear(),
                Some(None) => {}
                Some(Some(lines)) => document.diagnostics.retain(|diagnostic| {
                    let (first, last) = (diagnostic.place.start.line, diagnostic.place.end.line);
                    diagnostic.place.landmark.is_some()
                        || lines.iter().any(|&(from, to)| from <= last && first <= to)
                }),
            }
        }
    }

    /// Whether this file changed.
    pub fn touches(&self, path: &Path) -> bool {
        let path = normal(&self.here, path);
        path.strip_prefix(&self.root).is_ok_and(|inside| self.changed.contains_key(inside))
    }
}

/// The new lines by file, from a patch without context.
fn hunks(patch: &[u8]) -> HashMap<PathBuf, Option<Lines>> {
    let patch = String::from_utf8_lossy(patch);
    let mut found: HashMap<PathBuf, Option<Lines>> = HashMap::new();
    let mut file = None;
    let mut lines = patch.lines();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("+++ ") {
            let name = unquoted(name.trim_end_matches('\t'));
            file = name.strip_prefix("b/").map(PathBuf::from);
        } else if let Some(head) = line.strip_prefix("@@ ") {
            let count = |part: &str| -> Option<(usize, usize)> {
                let (start, count) = part[1..].split_once(',').unwrap_or((&part[1..], "1"));
                Some((start.parse().ok()?, count.parse().ok()?))
            };
            let mut parts = head.split(' ');
            let Some((_, gone)) = parts.next().and_then(count) else { continue };
            let Some((start, come)) = parts.next().and_then(count) else { continue };
            if let Some(file) = &file {
                let lines = found.entry(file.clone()).or_insert_with(|| Some(Vec::new()));
                if let (Some(lines), true) = (lines, come > 0) {
                    lines.push((start, start + come - 1));
                }
            }
            // What changed may look like the head of a file: it is passed over by count.
            let mut left = gone + come;
            while left > 0 {
                match lines.next() {
                    Some(line) if line.starts_with('\\') => {}
                    Some(_) => left -= 1,
                    None => break,
                }
            }
        }
    }
    found
}

/// A file name as git writes it: names with odd characters are in marks, with escapes as in C.
fn unquoted(name: &str) -> String {
    let Some(body) = name.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return name.to_owned();
    };
    let mut bytes = Vec::new();
    let mut rest = body.bytes().peekable();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        match rest.next() {
            Some(digit @ b'0'..=b'3') => {
                let mut value = u32::from(digit - b'0');
                for _ in 0..2 {
                    if let Some(next) = rest.next_if(|next| (b'0'..=b'7').contains(next)) {
                        value = value * 8 + u32::from(next - b'0');
                    }
                }
                bytes.push(value as u8);
            }
            Some(b'n') => bytes.push(b'\n'),
            Some(b't') => bytes.push(b'\t'),
            Some(b'r') => bytes.push(b'\r'),
            Some(other) => bytes.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_lines_are_read_from_a_patch() {
        let patch = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -2 +2,2 @@ head\n-old\n\
                     +++ b/not a file\n+new\n\\ No newline at end of file\n@@ -9,2 +10,0 @@\n-a\n-b\n\
                     --- \"a/\\303\\251 b.md\"\n+++ \"b/\\303\\251 b.md\"\n@@ -0,0 +1 @@\n+a\n\
                     --- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        let found = hunks(patch.as_bytes());
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[Path::new("x.md")], Some(vec![(2, 3)]));
        assert_eq!(found[Path::new("é b.md")], Some(vec![(1, 1)]));
    }
}
