//! Findings: plain data, no drawing, no serialization.

use crate::source::Span;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Worth a look before publishing.
    Warning,
    /// Wrong.
    Error,
}

/// One finding in a derivative.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule's id.
    pub rule: &'static str,
    /// How grave.
    pub severity: Severity,
    /// The exact words, in the derivative's clean text.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
    /// The claim as read.
    pub claim: Claim,
    /// Where the reference says so, best first.
    pub evidence: Vec<Evidence>,
    /// What to write instead.
    pub suggestions: Vec<Suggestion>,
    /// How sure, 0 to 100.
    pub confidence: u8,
}

/// The claim as read.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// Kind of value.
    pub kind: &'static str,
    /// The value.
    pub value: Option<String>,
    /// Its unit.
    pub unit: Option<String>,
    /// Its qualifier.
    pub qualifier: Option<&'static str>,
}

/// A place of a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// Number of the reference in the run.
    pub reference: usize,
    /// The words.
    pub span: Span,
    /// The sentence round them.
    pub sentence: Span,
    /// The value there.
    pub value: String,
}

/// What to write instead.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The words.
    pub replacement: String,
    /// Whether they may be put in without a look.
    pub applicability: Applicability,
}

/// Whether a suggestion may be applied without a look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// It may.
    Safe,
    /// A person should look.
    MaybeIncorrect,
}
