//! `factlint init`: a configuration from what lies in the folder, and a workflow for the service
//! that the repository lives on. Nothing is asked, and nothing that exists is written over.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::Exit;
use super::args::Init;
use super::git;
use super::stream::Streams;
use crate::config::NAMES;
use crate::document;
use crate::report::diagnostic::shown;

/// So many files are looked at.
const MOST_FILES: usize = 5_000;
/// So many documents of one folder are named one by one.
const MOST_NAMED: usize = 12;
/// Folders and names that tell of a reference.
const REFERENCE_WORDS: [&str; 10] = [
    "reference",
    "references",
    "report",
    "reports",
    "canonical",
    "original",
    "originals",
    "transcript",
    "transcripts",
    "minutes",
];
/// Names of files that belong to a project rather than to what it publishes.
const HOUSEKEEPING: [&str; 14] = [
    "readme",
    "license",
    "licence",
    "changelog",
    "changes",
    "contributing",
    "code_of_conduct",
    "security",
    "authors",
    "notice",
    "todo",
    "source",
    "requirements",
    "copying",
];
/// Folders that hold what was not written here.
const FOREIGN: [&str; 6] = ["node_modules", "target", "vendor", "dist", "build", "venv"];

/// Runs the command.
pub fn run(args: &Init, streams: &Streams) -> Exit {
    let root = &args.folder;
    if !root.is_dir() {
        streams.error(&format!("{}: there is no such folder", shown(root)));
        return Exit::Trouble;
    }
    if let Some(there) = NAMES.iter().map(|name| root.join(name)).find(|path| path.is_file()) {
        streams.error(&format!("{}: there is a configuration already", shown(&there)));
        return Exit::Trouble;
    }
    let survey = match survey(root, &args.reference) {
        Ok(survey) => survey,
        Err(trouble) => {
            streams.error(&trouble);
            return Exit::Trouble;
        }
    };
    let mut files = vec![(PathBuf::from(NAMES[0]), survey.config())];
    let hints = services(root, &mut files);
    for (name, text) in &files {
        let path = root.join(name);
        if args.dry_run {
            streams.print_text(&format!("# {}\n{text}\n", shown(name)));
            continue;
        }
        if let Some(folder) = path.parent()
            && let Err(error) = std::fs::create_dir_all(folder)
        {
            streams.error(&format!("{}: {error}", shown(folder)));
            continue;
        }
        // Between the look and the writing another may have put a file there.
        match std::fs::File::create_new(&path)
            .and_then(|mut file| std::io::Write::write_all(&mut file, text.as_bytes()))
        {
            Ok(()) => streams.notice(&format!("wrote {}", shown(&path))),
            Err(error) => streams.error(&format!("{}: not written: {error}", shown(&path))),
        }
    }
    hints.iter().for_each(|hint| streams.notice(hint));
    survey.tell(streams);
    streams.exit(Exit::Clean)
}

/// What lies in the folder.
#[derive(Debug, Default)]
struct Survey {
    /// The references with the documents that were written from each.
    references: BTreeMap<PathBuf, BTreeSet<PathBuf>>,
    /// The reference was chosen because it is the longest text.
    guessed: bool,
}

fn survey(root: &Path, given: &[PathBuf]) -> Result<Survey, String> {
    let mut texts: Vec<(PathBuf, u64)> = Vec::new();
    let foreign = |name: &std::ffi::OsStr| FOREIGN.iter().any(|foreign| name == *foreign);
    let walk = WalkBuilder::new(root)
        .require_git(false)
        .filter_entry(move |entry| !foreign(entry.file_name()))
        .build();
    for entry in walk.filter_map(Result::ok).take(MOST_FILES) {
        let path = entry.path();
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
        if !is_file || !document::is_known(ending) || is_housekeeping(path) {
            continue;
        }
        if let Ok(inside) = path.strip_prefix(root) {
            let length = entry.metadata().map_or(0, |about| about.len());
            texts.push((inside.to_owned(), length));
        }
    }
    texts.sort();
    let mut survey = Survey::default();
    let mut references: Vec<PathBuf> = Vec::new();
    for path in given {
        // As seen from here, or from the folder of the project.
        let inside = path.strip_prefix(root).unwrap_or(path).to_owned();
        if !root.join(&inside).is_file() {
            return Err(format!("{}: there is no such file in the project", shown(path)));
        }
        references.push(inside);
    }
    if references.is_empty() {
        references = texts.iter().map(|(path, _)| path.clone()).filter(|p| is_told(p)).collect();
    }
    if references.is_empty() && texts.len() > 1 {
        survey.guessed = true;
        // Of texts of one length the first by name.
        let longest = texts.iter().rev().max_by_key(|(_, length)| *length);
        references.extend(longest.map(|(path, _)| path.clone()));
    }
    survey.references = references.iter().map(|path| (path.clone(), BTreeSet::new())).collect();
    for (text, _) in texts.iter().filter(|(path, _)| !references.contains(path)) {
        // A document belongs with the references that lie nearest to it.
        let nearest = survey.references.keys().map(|path| shared(path, text)).max();
        for (path, documents) in &mut survey.references {
            if Some(shared(path, text)) == nearest {
                documents.insert(text.clone());
            }
        }
    }
    Ok(survey)
}

fn is_housekeeping(path: &Path) -> bool {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_lowercase());
    stem.is_some_and(|stem| HOUSEKEEPING.contains(&stem.as_str()))
}

/// Whether the name of a file or of a folder over it tells that it is a reference.
fn is_told(path: &Path) -> bool {
    let told = |name: &str| {
        name.to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| REFERENCE_WORDS.contains(&word))
    };
    let folder = path.parent().is_some_and(|folder| {
        folder.components().any(|part| told(&part.as_os_str().to_string_lossy()))
    });
    folder || path.file_stem().is_some_and(|stem| told(&stem.to_string_lossy()))
}

/// How many folders two files have in common.
fn shared(a: &Path, b: &Path) -> usize {
    let folders = |path: &Path| -> Vec<PathBuf> {
        let parts = path.parent().into_iter().flat_map(Path::components);
        parts.map(|part: Component| PathBuf::from(part.as_os_str())).collect()
    };
    folders(a).iter().zip(folders(b)).take_while(|(a, b)| *a == b).count()
}

impl Survey {
    /// The text of the configuration.
    fn config(&self) -> String {
        let mut out = String::from(
            "# What factlint holds against what; `factlint check` reads it.\n\
             # All that may stand here: https://factlint.github.io/configuration.html\n",
        );
        if self.references.is_empty() {
            out.push_str(
                "\n# The report, and what was written from it:\n# [[reference]]\n\
                 # path = \"reference/report.md\"\n# documents = [\"articles/**\"]\n",
            );
        }
        for (path, documents) in &self.references {
            out.push('\n');
            if self.guessed {
                out.push_str("# The longest text here. If it is not the report, name another.\n");
            }
            let globs: Vec<_> = globs(path, documents).iter().map(|glob| quoted(glob)).collect();
            // Writing to a String does not fail.
            let _ = writeln!(
                out,
                "[[reference]]\npath = {}\ndocuments = [{}]",
                quoted(&shown(path)),
                globs.join(", ")
            );
        }
        out
    }

    fn tell(&self, streams: &Streams) {
        if self.references.is_empty() {
            streams.notice("no report and no documents were found: fill in factlint.toml");
            return;
        }
        let documents: BTreeSet<_> = self.references.values().flatten().collect();
        streams.notice(&format!(
            "references: {}, documents: {}; `factlint check` holds them against each other",
            self.references.len(),
            documents.len()
        ));
        if self.guessed {
            streams.notice(
                "no name tells which text is the report: the longest was taken; \
                 see that this is right in factlint.toml",
            );
        }
    }
}

/// Globs for the documents of a reference: whole folders where it does not lie in them itself.
fn globs(reference: &Path, documents: &BTreeSet<PathBuf>) -> Vec<String> {
    let own = reference.parent().unwrap_or(Path::new(""));
    let mut folders: BTreeMap<PathBuf, Vec<&PathBuf>> = BTreeMap::new();
    for document in documents {
        let folder = document.parent().unwrap_or(Path::new(""));
        // The topmost folder that the reference is not in.
        let top = folder.ancestors().take_while(|above| !own.starts_with(above)).last();
        folders.entry(top.unwrap_or(folder).to_owned()).or_default().push(document);
    }
    let mut globs = Vec::new();
    for (folder, files) in folders {
        let inside = |name: &str| match folder.as_os_str().is_empty() {
            true => name.to_owned(),
            false => format!("{}/{name}", escaped(&shown(&folder))),
        };
        if !own.starts_with(&folder) {
            globs.push(inside("**"));
        } else if files.len() <= MOST_NAMED {
            globs.extend(files.iter().map(|file| escaped(&shown(file))));
        } else {
            let endings: BTreeSet<_> = files.iter().filter_map(|file| file.extension()).collect();
            globs.extend(endings.iter().map(|end| inside(&format!("*.{}", end.to_string_lossy()))));
        }
    }
    globs
}

/// A name as a glob that matches it alone.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '*' | '?' | '[' | ']' | '{' | '}' | '!' => {
                out.push('[');
                out.push(c);
                out.push(']');
            }
            c => out.push(c),
        }
    }
    out
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Adds the workflow of the service the repository lives on. Returns what the user may add to files
/// that are there already.
fn services(root: &Path, files: &mut Vec<(PathBuf, String)>) -> Vec<String> {
    let mut hints = Vec::new();
    let remote = git::line(root, &["remote", "get-url", "origin"]).unwrap_or_default();
    let top = git::line(root, &["rev-parse", "--show-cdup"]);
    // A workflow lies at the top of a repository, or nowhere.
    let is_top = top.is_ok_and(|up| up.is_empty());
    let there = |name: &str| root.join(name).exists();
    if is_top && (remote.contains("github") || there(".github")) {
        let path = PathBuf::from(".github/workflows/factlint.yml");
        if !root.join(&path).exists() {
            files.push((path, WORKFLOW.replace("VERSION", env!("CARGO_PKG_VERSION"))));
        }
    }
    if there(".gitlab-ci.yml") {
        hints.push(
            "for GitLab, add to .gitlab-ci.yml: include: \
             https://factlint.github.io/ci/factlint.gitlab-ci.yml"
                .to_owned(),
        );
    } else if is_top && remote.contains("gitlab") {
        files.push((PathBuf::from(".gitlab-ci.yml"), GITLAB.to_owned()));
    }
    if there(".pre-commit-config.yaml") {
        hints.push(format!(
            "for pre-commit, add the hook `factlint` of {} at v{}",
            env!("CARGO_PKG_REPOSITORY"),
            env!("CARGO_PKG_VERSION")
        ));
    }
    hints
}

const WORKFLOW: &str = include_str!("../../docs/src/ci/github-workflow.yml");
const GITLAB: &str = include_str!("../../docs/src/ci/factlint.gitlab-ci.yml");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_what_a_reference_is() {
        for (path, told) in [
            ("reference/a.md", true),
            ("2024/annual-report.docx", true),
            ("reports/q3/text.txt", true),
            ("articles/a.md", false),
            ("reporters.md", false),
        ] {
            assert_eq!(is_told(Path::new(path)), told, "{path}");
        }
    }

    #[test]
    fn globs_are_whole_folders_or_names() {
        let of = |reference: &str, documents: &[&str]| {
            globs(Path::new(reference), &documents.iter().map(PathBuf::from).collect())
        };
        assert_eq!(of("reference/r.md", &["articles/a.md", "articles/b/c.md"]), ["articles/**"]);
        assert_eq!(of("report.md", &["a[1].md", "news/b.md"]), ["a[[]1[]].md", "news/**"]);
        assert_eq!(of("q3/report.md", &["q3/post.md"]), ["q3/post.md"]);
    }
}
