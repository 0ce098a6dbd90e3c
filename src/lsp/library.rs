//! The references as the server keeps them: read once, and again when their files change.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use serde_json::{Value as Json, json};

use super::text::{Encoding, Lines, Range};
use super::uri;
use crate::Reference;
use crate::cli::check::{guarded, read_reference};
use crate::cli::project::ReferenceFile;
use crate::config::{Config, errata, normal};
use crate::document::Document;
use crate::report::diagnostic::shown;
use crate::source::Span;

/// What tells whether a file is still the same: when it was written, and how long it is.
pub type Stamp = Option<(SystemTime, u64)>;

/// The stamp of a file; none if there is no such file.
pub fn stamp(path: &Path) -> Stamp {
    let about = std::fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// A document with its lines as the client counts them.
#[derive(Debug, Clone)]
pub struct Paper {
    /// The document.
    pub document: Document,
    lines: Lines,
}

impl Paper {
    /// Reads the lines of a document.
    pub fn new(document: Document, encoding: Encoding) -> Self {
        let lines = Lines::new(&document.source, encoding);
        Paper { document, lines }
    }

    /// Where `span` of the clean text stands in the file; its start, where a file has no lines.
    pub fn range(&self, span: Span) -> Range {
        if self.document.extracted {
            return Range::default();
        }
        let bytes = self.document.source_span(span).range();
        self.lines.range(&self.document.source, bytes)
    }

    /// The byte of the clean text at a place.
    pub fn offset(&self, place: super::text::Position) -> u32 {
        let source = std::str::from_utf8(&self.document.source).unwrap_or_default();
        self.document.origin.text_offset(self.lines.offset(source, place) as u32)
    }
}

/// References that govern documents together.
pub struct Library {
    /// The references.
    pub references: Vec<Reference>,
    papers: Vec<(String, Lines)>,
    stamps: Vec<(PathBuf, Stamp)>,
}

impl Library {
    /// The document of a reference with its address.
    pub fn uri(&self, number: usize) -> &str {
        self.papers.get(number).map_or("", |(uri, _)| uri)
    }

    /// Where `span` of the clean text of a reference stands.
    pub fn range(&self, number: usize, span: Span) -> Range {
        match (self.references.get(number), self.papers.get(number)) {
            (Some(reference), Some((_, lines))) if !reference.document.extracted => {
                let document = &reference.document;
                lines.range(&document.source, document.source_span(span).range())
            }
            _ => Range::default(),
        }
    }

    /// The same as a location of the protocol.
    pub fn location(&self, number: usize, span: Span) -> Json {
        json!({"uri": self.uri(number), "range": self.range(number, span)})
    }

    /// Where to look for it, for people: `report.md:27` or `report.docx (page 3)`.
    pub fn named(&self, number: usize, span: Span) -> String {
        let Some(reference) = self.references.get(number) else { return String::new() };
        let path = &reference.document.path;
        let name = shown(Path::new(path.file_name().unwrap_or(path.as_os_str())));
        match reference.document.landmark(span) {
            Some(landmark) => format!("{name} ({landmark})"),
            None => format!("{name}:{}", self.range(number, span).start.line + 1),
        }
    }

    /// Whether a file has changed since it was read.
    pub fn stale(&self) -> bool {
        self.stamps.iter().any(|(path, before)| stamp(path) != *before)
    }

    /// The number of the reference in this file.
    pub fn number(&self, path: &Path) -> Option<usize> {
        let number = self.stamps.iter().position(|(there, _)| there == path);
        number.filter(|number| *number < self.references.len())
    }

    /// The files of the references.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.stamps.iter().map(|(path, _)| path.as_path())
    }
}

/// All libraries in use.
#[derive(Default)]
pub struct Shelves {
    shelves: HashMap<Vec<ReferenceFile>, Arc<Library>>,
}

impl Shelves {
    /// The references at these places, read if that has not been done yet or if a file changed.
    ///
    /// # Errors
    /// If one of them cannot be read; the message tells why.
    pub fn take(
        &mut self,
        here: &Path,
        files: &[ReferenceFile],
        config: Option<&Config>,
        encoding: Encoding,
    ) -> Result<Arc<Library>, String> {
        if let Some(library) = self.shelves.get(files)
            && !library.stale()
        {
            return Ok(library.clone());
        }
        self.shelves.remove(files);
        let (mut references, mut papers, mut stamps) = (Vec::new(), Vec::new(), Vec::new());
        for file in files {
            let path = normal(here, &file.path);
            // Before it is read: a change while it is read is seen later.
            stamps.push((path.clone(), stamp(&path)));
            let reference = guarded(&file.path, || read_reference(file, config))?;
            let lines = Lines::new(&reference.document.source, encoding);
            papers.push((uri::of(&path), lines));
            references.push(reference);
        }
        // Behind the references, which are counted by their stamps.
        let errata: Vec<_> = stamps.iter().map(|(path, _)| errata::path(path)).collect();
        stamps.extend(errata.into_iter().map(|path| (path.clone(), stamp(&path))));
        let library = Arc::new(Library { references, papers, stamps });
        self.shelves.insert(files.to_vec(), library.clone());
        Ok(library)
    }

    /// Forgets what was read from this file.
    pub fn forget(&mut self, path: &Path) {
        self.shelves.retain(|_, library| library.number(path).is_none());
    }

    /// Forgets all that nobody else holds.
    pub fn tidy(&mut self) {
        self.shelves.retain(|_, library| Arc::strong_count(library) > 1);
    }
}
