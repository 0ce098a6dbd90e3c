//! Sets of globs that count from a folder.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs relative to a folder; those with a leading `!` take out again.
#[derive(Debug, Clone)]
pub struct Globs {
    root: PathBuf,
    wanted: GlobSet,
    unwanted: GlobSet,
    /// Endings that the wanted globs spell out ("md" in `articles/*.md`).
    endings: Vec<String>,
}

/// A pattern that is no glob.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadGlob {
    /// Which of the patterns.
    pub index: usize,
    /// What is wrong with it.
    pub message: String,
}

impl Globs {
    /// Exact globs: `*` stays within a folder, `**` does not.
    pub fn new(root: &Path, patterns: &[&str]) -> Result<Self, BadGlob> {
        let (mut wanted, mut unwanted) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        let mut endings = Vec::new();
        for (index, pattern) in patterns.iter().enumerate() {
            let (pattern, set) = match pattern.strip_prefix('!') {
                Some(rest) => (rest, &mut unwanted),
                None => (*pattern, &mut wanted),
            };
            let pattern = pattern.strip_prefix("./").unwrap_or(pattern);
            let glob = GlobBuilder::new(pattern).literal_separator(true).build();
            set.add(glob.map_err(|error| BadGlob { index, message: error.kind().to_string() })?);
            endings.extend(pattern.rsplit_once('.').map(|(_, ending)| ending.to_owned()));
        }
        let built = |set: GlobSetBuilder| {
            set.build().map_err(|error| BadGlob { index: 0, message: error.to_string() })
        };
        Ok(Globs {
            root: root.to_owned(),
            wanted: built(wanted)?,
            unwanted: built(unwanted)?,
            endings,
        })
    }

    /// Globs as in an ignore file: without a slash they match at any depth, and what lies below a
    /// matching folder matches too.
    pub fn loose(root: &Path, patterns: &[&str]) -> Result<Self, BadGlob> {
        let spelled: Vec<[String; 2]> = patterns
            .iter()
            .map(|pattern| {
                let pattern = pattern.trim_start_matches("./").trim_end_matches('/');
                let pattern = match pattern.strip_prefix('/') {
                    Some(anchored) => anchored.to_owned(),
                    None if pattern.contains('/') => pattern.to_owned(),
                    None => format!("**/{pattern}"),
                };
                [format!("{pattern}/**"), pattern]
            })
            .collect();
        let spelled: Vec<&str> = spelled.iter().flatten().map(String::as_str).collect();
        Globs::new(root, &spelled).map_err(|bad| BadGlob { index: bad.index / 2, ..bad })
    }

    /// Whether the file at this absolute path is meant.
    pub fn matches(&self, path: &Path) -> bool {
        let Ok(path) = path.strip_prefix(&self.root) else { return false };
        self.wanted.is_match(path) && !self.unwanted.is_match(path)
    }

    /// Whether the globs spell out the ending of `path`, so that its format is no accident.
    pub fn spell_out(&self, path: &Path) -> bool {
        path.extension().is_some_and(|ending| self.endings.iter().any(|e| ending == e.as_str()))
    }
}

/// The absolute path without `.` and `..`, as far as that can be told from its words.
pub fn normal(folder: &Path, path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in folder.join(path).components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                normal.pop();
            }
            other => normal.push(other),
        }
    }
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_count_from_their_folder() {
        let root = Path::new("/site");
        let globs = Globs::new(root, &["articles/**/*.md", "!articles/drafts/**"]).unwrap();
        for (path, wanted) in [
            ("/site/articles/a.md", true),
            ("/site/articles/deep/er/a.md", true),
            ("/site/articles/drafts/a.md", false),
            ("/site/other/articles/a.md", false),
            ("/elsewhere/articles/a.md", false),
        ] {
            assert_eq!(globs.matches(Path::new(path)), wanted, "{path}");
        }
        assert!(globs.spell_out(Path::new("x.md")) && !globs.spell_out(Path::new("x.rst")));
        assert_eq!(Globs::new(root, &["a", "b/["]).unwrap_err().index, 1);
    }

    #[test]
    fn loose_globs_match_like_ignore_files() {
        let globs = Globs::loose(Path::new("/site"), &["drafts", "old/*.md", "/top.md"]).unwrap();
        for (path, wanted) in [
            ("/site/drafts/a.md", true),
            ("/site/deep/drafts/b/a.md", true),
            ("/site/old/a.md", true),
            ("/site/deep/old/a.md", false),
            ("/site/top.md", true),
            ("/site/deep/top.md", false),
        ] {
            assert_eq!(globs.matches(Path::new(path)), wanted, "{path}");
        }
    }

    #[test]
    fn normal_paths_have_no_dots() {
        assert_eq!(normal(Path::new("/a/b"), Path::new("../c/./d.md")), Path::new("/a/c/d.md"));
        assert_eq!(normal(Path::new("/a"), Path::new("/x.md")), Path::new("/x.md"));
    }
}
