//! A finding with all its places worked out, ready for any output format.
//!
//! It owns what it shows, so that a document can be dropped as soon as it has been checked.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::document::{Document, Landmark};
use crate::rule::{self, Claim, Finding, Severity, Suggestion};
use crate::source::{Location, Span};

use super::excerpt::{self, Excerpt, Room};
use super::html::Page;

/// A stretch of a file.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Place {
    /// The file, as the user named it, with forward slashes.
    pub path: String,
    /// Bytes of the file, in UTF-8.
    pub span: Span,
    /// The same stretch of the document's clean text.
    pub clean: Span,
    /// Bytes of the file as it lies on disk; other than `span` if that is not UTF-8.
    pub file: Span,
    /// Where it starts.
    pub start: Location,
    /// Where it ends (the place after the last character).
    pub end: Location,
    /// First column and the one behind the last in UTF-8 bytes, from 1.
    pub bytes: (usize, usize),
    /// The same in UTF-16 code units.
    pub utf16: (usize, usize),
    /// The file's own words there.
    pub text: String,
    /// Where a person would look for them in a file without lines, such as a PDF. The bytes and lines
    /// are then those of the text that was extracted from it.
    pub landmark: Option<Landmark>,
}

impl Place {
    /// The place of `span` of the clean text of `document`.
    pub fn new(document: &Document, span: Span) -> Self {
        let landmark = document.landmark(span).cloned();
        let clean = span;
        let span = document.source_span(span);
        let lines = &document.lines;
        let start = lines.locate(&document.source, span.start as usize);
        let end = lines.locate(&document.source, span.end as usize);
        let column = |at: u32| at as usize - lines.start(lines.line(at as usize)) + 1;
        Place {
            utf16: (
                lines.utf16_column(start, span.start as usize),
                lines.utf16_column(end, span.end as usize),
            ),
            bytes: (column(span.start), column(span.end)),
            path: shown(&document.path),
            span,
            clean,
            file: document.file_span(span),
            start,
            end,
            text: String::from_utf8_lossy(&document.source[span.range()]).into_owned(),
            landmark,
        }
    }

    /// The file, and where to look in it if lines do not tell: `report.pdf (page 3)`.
    pub fn named(&self) -> String {
        match &self.landmark {
            Some(landmark) => format!("{} ({landmark})", self.path),
            None => self.path.clone(),
        }
    }
}

/// A path as every format prints it.
pub fn shown(path: &Path) -> String {
    let path = path.to_string_lossy();
    if cfg!(windows) { path.replace('\\', "/") } else { path.into_owned() }
}

/// A place of a reference that speaks to a finding.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Proof {
    /// Where.
    pub place: Place,
    /// The value there.
    pub value: String,
    /// The sentence around it, white space as single spaces; what is near, where it is long.
    pub sentence: String,
    /// The lines around it, fit for a terminal.
    pub excerpt: Excerpt,
}

/// A finding ready to be shown.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Id of the rule.
    #[serde(deserialize_with = "rule::known_id")]
    pub rule: rule::Word,
    /// How grave.
    pub severity: Severity,
    /// The words.
    pub place: Place,
    /// The lines around them, fit for a terminal.
    pub excerpt: Excerpt,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The value read.
    pub claim: Claim,
    /// What the reference says instead.
    pub evidence: Vec<Proof>,
    /// What could stand there.
    pub suggestions: Vec<Suggestion>,
    /// How sure the program is, 0 to 100.
    pub confidence: u8,
}

impl Diagnostic {
    /// Works out the places of `finding` in `document` and of its evidence in `references`.
    pub fn new(finding: Finding, document: &Document, references: &[&Document]) -> Self {
        let evidence = finding.evidence.iter().filter_map(|evidence| {
            let reference = references.get(evidence.reference)?;
            let place = Place::new(reference, evidence.span);
            Some(Proof {
                excerpt: Excerpt::new(
                    &reference.source,
                    &reference.lines,
                    place.span,
                    Room::NARROW,
                ),
                place,
                value: evidence.value.clone(),
                sentence: excerpt::sentence(reference, evidence.sentence, evidence.span),
            })
        });
        let place = Place::new(document, finding.span);
        Diagnostic {
            rule: finding.rule,
            severity: finding.severity,
            excerpt: Excerpt::new(&document.source, &document.lines, place.span, Room::WIDE),
            place,
            message: finding.message,
            help: finding.help,
            claim: finding.claim,
            evidence: evidence.collect(),
            suggestions: finding.suggestions,
            confidence: finding.confidence,
        }
    }
}

/// What became of one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Checked {
    /// The document, as the user named it, with forward slashes.
    pub path: String,
    /// The references it was held against.
    pub references: Vec<String>,
    /// How many claims were read.
    pub claims: usize,
    /// What could not be read in it as it should.
    pub problems: Vec<String>,
    /// The findings, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// The document and its references as a whole, where a report shows them.
    #[serde(skip)]
    pub pages: Vec<Arc<Page>>,
}

impl Checked {
    /// What is shown of `document`, held against `references`.
    pub fn new(
        document: &Document,
        references: &[&Document],
        findings: Vec<Finding>,
        claims: usize,
    ) -> Self {
        Checked {
            path: shown(&document.path),
            references: references.iter().map(|reference| shown(&reference.path)).collect(),
            claims,
            problems: document.problems.clone(),
            diagnostics: findings
                .into_iter()
                .map(|finding| Diagnostic::new(finding, document, references))
                .collect(),
            pages: Vec::new(),
        }
    }
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// Notes.
    pub notes: usize,
    /// Documents that were checked.
    pub documents: usize,
    /// Documents with a finding.
    pub documents_with_findings: usize,
    /// Claims that were read.
    pub claims: usize,
}

impl Counts {
    /// Counts what `documents` hold.
    pub fn of(documents: &[Checked]) -> Self {
        let mut counts = Counts { documents: documents.len(), ..Counts::default() };
        for document in documents {
            counts.claims += document.claims;
            counts.documents_with_findings += usize::from(!document.diagnostics.is_empty());
            for diagnostic in &document.diagnostics {
                match diagnostic.severity {
                    Severity::Error => counts.errors += 1,
                    Severity::Warning => counts.warnings += 1,
                    Severity::Note => counts.notes += 1,
                }
            }
        }
        counts
    }

    /// Whether there is a finding of `severity` or graver.
    pub fn reaches(&self, severity: Severity) -> bool {
        self.errors > 0
            || severity <= Severity::Warning && self.warnings > 0
            || severity == Severity::Note && self.notes > 0
    }
}
