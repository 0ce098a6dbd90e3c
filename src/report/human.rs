//! `--format human`: every finding with its words in place and what the reference has instead.
//!
//! miette draws; what it draws from is an [`Excerpt`] that has been cut and masked before, because
//! miette reads a whole file for each finding, fails on very long lines, counts columns in bytes and
//! passes control characters to the terminal.

use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, Severity as Gravity,
    SourceCode, SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use super::diagnostic::{Checked, Counts, Diagnostic, Place, Proof};
use super::excerpt::{Excerpt, Room, mask};
use super::sarif::percent_encoded;
use crate::config::Problem;
use crate::rule::{Claim, Severity};
use crate::source::{LineIndex, Location, Span};

/// So many places of the references are shown for a finding; `json` lists all.
const SHOWN_EVIDENCE: usize = 3;

/// The findings and the closing line.
pub fn report(documents: &[Checked], colored: bool, width: usize) -> String {
    linked(documents, colored, width, None)
}

/// The same with the names of files as links, `here` being the folder that paths count from.
pub fn linked(documents: &[Checked], colored: bool, width: usize, here: Option<&Path>) -> String {
    let mut out = String::new();
    for diagnostic in documents.iter().flat_map(|document| &document.diagnostics) {
        let start = out.len();
        draw(&Drawing::of(diagnostic), colored, width, &mut out);
        if let Some(here) = here {
            let drawn = out.split_off(start);
            let places = diagnostic.evidence.iter().map(|proof| &proof.place);
            out.push_str(&link(drawn, [&diagnostic.place].into_iter().chain(places), here));
        }
        out.push('\n');
    }
    if !documents.is_empty() {
        out.push_str(&summary(&Counts::of(documents)));
        out.push('\n');
    }
    out
}

/// Makes the heads of excerpts, `[path:line:column]`, into links (OSC 8).
fn link<'a>(mut drawn: String, places: impl Iterator<Item = &'a Place>, here: &Path) -> String {
    let mut seen = BTreeSet::new();
    for place in places {
        let name = mask(&place.named());
        let head = format!("{name}:{}:{}", place.start.line, place.start.column);
        if !seen.insert(head.clone()) {
            continue;
        }
        let path = here.join(&place.path);
        let path = percent_encoded(&path.to_string_lossy());
        let link = format!("[\u{1b}]8;;file://{path}\u{1b}\\{head}\u{1b}]8;;\u{1b}\\]");
        drawn = drawn.replace(&format!("[{head}]"), &link);
    }
    drawn
}

/// "3 errors and 1 warning in 2 of 5 documents".
pub fn summary(counts: &Counts) -> String {
    let of = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        _ => format!("{count} {one}s"),
    };
    let parts: Vec<_> =
        [(counts.errors, "error"), (counts.warnings, "warning"), (counts.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| of(count, word))
            .collect();
    let documents = of(counts.documents, "document");
    if parts.is_empty() {
        return format!("no findings in {documents} ({} read)", of(counts.claims, "claim"));
    }
    format!("{} in {} of {documents}", parts.join(", "), counts.documents_with_findings)
}

/// Something wrong in a configuration file, drawn at its place.
pub fn config_problem(path: &str, text: &str, problem: &Problem) -> String {
    let mut out = String::new();
    let source = problem.span.as_ref().map(|span| {
        let lines = LineIndex::new(text.as_bytes());
        let start = span.start.min(text.len());
        let excerpt = Excerpt::new(
            text.as_bytes(),
            &lines,
            Span::new(start, span.end.clamp(start, text.len())),
            Room::WIDE,
        );
        Source {
            name: path.to_owned(),
            start: lines.locate(text.as_bytes(), start),
            excerpt,
            label: String::new(),
        }
    });
    let drawing = Drawing {
        code: format!("error[{path}]"),
        message: problem.message.clone(),
        severity: Severity::Error,
        help: problem.help.clone(),
        source,
        related: Vec::new(),
    };
    draw(&drawing, false, 100, &mut out);
    out
}

fn draw(drawing: &Drawing, colored: bool, width: usize, out: &mut String) {
    // The sixteen colours that every terminal has, so that the user's own scheme holds.
    let styles = if colored { ThemeStyles::ansi() } else { ThemeStyles::none() };
    let theme = GraphicalTheme { characters: ThemeCharacters::unicode(), styles };
    let handler = GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_width(width)
        .with_context_lines(0)
        .with_show_related_as_nested(true);
    let before = out.len();
    let drawn = catch_unwind(AssertUnwindSafe(|| handler.render_report(out, drawing)));
    // Should the drawing fail after all, the message still counts.
    if !matches!(drawn, Ok(Ok(()))) {
        out.truncate(before);
        let _ = writeln!(out, "{}: {drawing}", drawing.code);
    }
}

/// What miette draws.
#[derive(Debug)]
struct Drawing {
    code: String,
    message: String,
    severity: Severity,
    help: Option<String>,
    source: Option<Source>,
    related: Vec<Drawing>,
}

/// An excerpt and where it comes from.
#[derive(Debug)]
struct Source {
    name: String,
    start: Location,
    excerpt: Excerpt,
    label: String,
}

impl Drawing {
    fn of(diagnostic: &Diagnostic) -> Self {
        let place = &diagnostic.place;
        // The other places: the finding's own is drawn already.
        let other =
            |proof: &&Proof| proof.place.path != place.path || proof.place.start != place.start;
        let shown = diagnostic.evidence.iter().filter(other).take(SHOWN_EVIDENCE);
        let related = shown.map(|proof| Drawing {
            code: String::new(),
            message: match proof.place.path == place.path {
                true => "elsewhere in this document".into(),
                false => "in the reference".into(),
            },
            severity: Severity::Note,
            help: None,
            source: Some(Source {
                name: mask(&proof.place.named()),
                start: proof.place.start,
                excerpt: proof.excerpt.clone(),
                label: String::new(),
            }),
            related: Vec::new(),
        });
        Drawing {
            code: format!("{}[{}]", diagnostic.severity.id(), diagnostic.rule),
            message: mask(&diagnostic.message),
            severity: diagnostic.severity,
            help: diagnostic.help.as_deref().map(mask),
            source: Some(Source {
                name: mask(&place.named()),
                start: place.start,
                excerpt: diagnostic.excerpt.clone(),
                label: mask(&read_as(&diagnostic.claim)),
            }),
            related: related.collect(),
        }
    }
}

/// The value that was read, so that a misreading shows; a quotation's words show by themselves.
fn read_as(claim: &Claim) -> String {
    let value = claim.value.as_deref().filter(|_| !["quote", "name"].contains(&claim.kind));
    match value {
        Some(value) => {
            let parts = [claim.qualifier, Some(value), claim.unit.as_deref()];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }
        None => String::new(),
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        (!self.code.is_empty()).then(|| Box::new(&self.code) as _)
    }

    fn severity(&self) -> Option<Gravity> {
        Some(match self.severity {
            Severity::Error => Gravity::Error,
            Severity::Warning => Gravity::Warning,
            Severity::Note => Gravity::Advice,
        })
    }

    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as _)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.source.as_ref().map(|source| source as _)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let source = self.source.as_ref()?;
        let label = (!source.label.is_empty()).then(|| source.label.clone());
        let span = LabeledSpan::new(label, source.excerpt.mark.start, source.excerpt.mark.len());
        Some(Box::new(std::iter::once(span)))
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn miette::Diagnostic> + 'a>> {
        let mut related = self.related.iter().map(|drawing| drawing as _).peekable();
        related.peek()?;
        Some(Box::new(related))
    }
}

impl SourceCode for Source {
    /// The whole excerpt, whatever is asked: it holds nothing but the lines at hand.
    fn read_span<'a>(
        &'a self,
        _span: &SourceSpan,
        _before: usize,
        _after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let text = &self.excerpt.text;
        Ok(Box::new(miette::MietteSpanContents::new_named(
            self.name.clone(),
            text.as_bytes(),
            (0, text.len()).into(),
            self.start.line - 1,
            self.start.column - 1,
            text.lines().count(),
        )))
    }
}
