//! Which files are documents.

use std::collections::HashSet;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::args::Selection;
use super::project::{Project, Tell};
use super::stream::Streams;
use crate::config::{Config, Globs, normal};
use crate::document::{self, Document};
use crate::suppress;

/// A document before it is read.
#[derive(Debug, Clone)]
pub struct DocumentFile {
    /// As the user named it, or as found below a folder the user named.
    pub path: PathBuf,
    /// Its absolute path.
    pub absolute: PathBuf,
    /// Whether the user named this very file.
    pub named: bool,
    /// Its text comes from standard input.
    pub stdin: bool,
    /// The text, where it has been read already.
    pub text: Option<Arc<Vec<u8>>>,
}

/// Finds the documents that `args` ask for, each once.
pub fn find(args: &Selection, project: &mut Project, streams: &Streams) -> Vec<DocumentFile> {
    let mut found = find_quietly(args, project, streams);
    for file in found.iter_mut().filter(|file| file.stdin) {
        match stdin() {
            Ok(bytes) => file.text = Some(Arc::new(bytes)),
            Err(error) => streams.error(&format!("standard input cannot be read: {error}")),
        }
    }
    let empty = |path: &Path| {
        let folder = normal(&project.here, path);
        path.is_dir() && !found.iter().any(|file| file.absolute.starts_with(&folder))
    };
    for folder in args.paths.iter().filter(|path| empty(path)) {
        streams.notice(&format!("{}: no document below this folder", folder.display()));
    }
    found
}

/// The same, but that nothing is said of folders without a document and no standard input read.
pub fn find_quietly(
    args: &Selection,
    project: &mut Project,
    streams: &dyn Tell,
) -> Vec<DocumentFile> {
    let patterns: Vec<_> = args.exclude.iter().map(String::as_str).collect();
    let excluded = match Globs::loose(&project.here, &patterns) {
        Ok(globs) => globs,
        Err(bad) => {
            streams.error(&format!("--exclude {}: {}", args.exclude[bad.index], bad.message));
            return Vec::new();
        }
    };
    let mut paths = args.paths.clone();
    if let Some(list) = &args.files_from {
        paths.extend(listed(list, streams));
    }
    let mut found = Vec::new();
    if paths.is_empty() && args.files_from.is_none() {
        let here = project.here.clone();
        if let Ok(Some(config)) = project.config(&here) {
            walk(&config.root.clone(), project, streams, &mut found);
            for file in &mut found {
                // Shown as seen from here.
                file.path = file.absolute.strip_prefix(&here).unwrap_or(&file.absolute).to_owned();
            }
        }
    }
    for path in paths {
        let absolute = normal(&project.here, &path);
        if path == Path::new("-") {
            let name = args.stdin_filename.clone().unwrap_or_else(|| "<stdin>".into());
            let absolute = normal(&project.here, &name);
            found.push(DocumentFile { path: name, absolute, named: true, stdin: true, text: None });
        } else if path.is_dir() {
            walk(&path, project, streams, &mut found);
        } else {
            found.push(DocumentFile { path, absolute, named: true, stdin: false, text: None });
        }
    }
    let mut seen = HashSet::new();
    found.retain(|file| {
        let exempt = file.named && !args.force_exclude;
        (exempt || !excluded.matches(&file.absolute) && !is_excluded(file, project))
            && seen.insert((file.absolute.clone(), file.stdin))
    });
    found
}

/// Whether the configuration leaves a file out.
pub fn is_excluded(file: &DocumentFile, project: &mut Project) -> bool {
    let config = config_of(file, project);
    config.is_some_and(|config| config.exclude.iter().any(|globs| globs.matches(&file.absolute)))
}

fn config_of(file: &DocumentFile, project: &mut Project) -> Option<std::sync::Arc<Config>> {
    // A broken configuration has been reported; the document is refused when its references are sought.
    project.config(file.absolute.parent()?).ok().flatten()
}

/// The documents below a folder, as `.gitignore` and the like allow.
pub fn walk(
    folder: &Path,
    project: &mut Project,
    streams: &dyn Tell,
    found: &mut Vec<DocumentFile>,
) {
    let start = found.len();
    for entry in WalkBuilder::new(folder).require_git(false).build() {
        let path = match entry {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => entry.into_path(),
            Ok(_) => continue,
            Err(error) => {
                streams.error(&format!("{error}"));
                continue;
            }
        };
        let path = path.strip_prefix("./").map(Path::to_owned).unwrap_or(path);
        let absolute = normal(&project.here, &path);
        let file = DocumentFile { path, absolute, named: false, stdin: false, text: None };
        if !project.is_given(&file.absolute) && is_document(&file, project) {
            found.push(file);
        }
    }
    found[start..].sort_by(|a, b| a.path.cmp(&b.path));
}

/// Whether a file below a folder is a document, by its ending or by its configuration.
pub fn is_document(file: &DocumentFile, project: &mut Project) -> bool {
    let ending = file.path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    if document::is_known(ending) {
        return config_of(file, project).is_none_or(|config| !config.is_reference(&file.absolute));
    }
    config_of(file, project).is_some_and(|config| {
        let named =
            |globs: &Globs| globs.matches(&file.absolute) && globs.spell_out(&file.absolute);
        !config.is_reference(&file.absolute)
            && (config.include.iter().any(|globs| globs.matches(&file.absolute))
                || config.references.iter().filter_map(|r| r.documents.as_ref()).any(named))
    })
}

/// The paths in a list, one a line.
fn listed(list: &Path, streams: &dyn Tell) -> Vec<PathBuf> {
    let text = match list == Path::new("-") {
        true => stdin().and_then(|bytes| {
            String::from_utf8(bytes).map_err(|error| std::io::Error::other(error.to_string()))
        }),
        false => std::fs::read_to_string(list),
    };
    match text {
        Ok(text) => text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect(),
        Err(error) => {
            streams.error(&format!("--files-from {}: {error}", list.display()));
            Vec::new()
        }
    }
}

fn stdin() -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a document from the disk, or says in one line why not.
pub fn read(path: &Path, from_stdin: bool) -> Result<Document, String> {
    parse(path, bytes(path, from_stdin)?)
}

impl DocumentFile {
    /// Its bytes, or in one line why they cannot be had.
    pub fn bytes(&self) -> Result<Vec<u8>, String> {
        match &self.text {
            Some(text) => Ok(text.to_vec()),
            None => bytes(&self.path, self.stdin),
        }
    }

    /// The references that its text names itself.
    pub fn own_references(&self) -> Vec<String> {
        // What cannot be read is spoken of when it is checked.
        match (&self.text, self.stdin) {
            (Some(text), _) => suppress::references(text),
            (None, true) => Vec::new(),
            (None, false) => {
                let mut head = Vec::new();
                let file = std::fs::File::open(&self.path);
                let read = file.map(|file| file.take(suppress::HEAD as u64).read_to_end(&mut head));
                read.map(|_| suppress::references(&head)).unwrap_or_default()
            }
        }
    }
}

/// The bytes of a file or of standard input, or in one line why not.
pub fn bytes(path: &Path, from_stdin: bool) -> Result<Vec<u8>, String> {
    let fail = |reason: String| Err(format!("{}: {reason}", path.display()));
    let bytes = match from_stdin {
        true => stdin(),
        false => std::fs::read(path),
    };
    match bytes {
        Ok(bytes) => Ok(bytes),
        Err(_) if path.is_dir() => fail("is a folder; name a file".into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            fail("there is no such file; check the name".into())
        }
        Err(error) => fail(format!("cannot be read: {error}")),
    }
}

/// Reads a document from the bytes of its file, or says in one line why not.
pub fn parse(path: &Path, bytes: Vec<u8>) -> Result<Document, String> {
    document::read(path, bytes).map_err(|error| format!("{}: {}", path.display(), error.message))
}
