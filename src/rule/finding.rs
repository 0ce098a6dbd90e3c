//! What a check found: plain data that knows no output format.

use crate::source::Span;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth a look, no more.
    Note,
    /// Likely to need a change.
    Warning,
    /// Contradicts the reference.
    Error,
}

impl Severity {
    /// The word used in configuration and in every output format.
    pub fn id(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// One disagreement at its exact words.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// Id of the rule, the name of its file in `rules/checks`.
    pub rule: &'static str,
    /// The rule's default until [`super::RuleSet::apply`] has spoken.
    pub severity: Severity,
    /// The words, in the clean text of the document that was checked.
    pub span: Span,
    /// What is wrong, in one line.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The value that was read at `span`.
    pub claim: Claim,
    /// What the reference says instead, the weightiest first.
    pub evidence: Vec<Evidence>,
    /// Texts that could stand at `span`.
    pub suggestions: Vec<Suggestion>,
    /// How sure the program is, 0 to 100.
    pub confidence: u8,
}

/// A claim's value as machine-readable output shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// Kind of value, as in the facts listing: "number", "date", "quote", "name", ...
    pub kind: &'static str,
    /// The value, where it has one.
    pub value: Option<String>,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Id of its qualifier, where it has one.
    pub qualifier: Option<&'static str>,
}

/// A place in a reference that speaks to the claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Index into the references of the run.
    pub reference: usize,
    /// The words that carry the value, in the reference's clean text.
    pub span: Span,
    /// The sentence around them.
    pub sentence: Span,
    /// The value, as machine-readable output shows it.
    pub value: String,
}

/// A text that could replace the words found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The new text.
    pub replacement: String,
    /// Whether it may be put in unseen.
    pub applicability: Applicability,
}

/// Whether a suggestion may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applicability {
    /// Certain.
    Safe,
    /// A person has to look.
    MaybeIncorrect,
}

impl Applicability {
    /// The word used in machine-readable output.
    pub fn id(self) -> &'static str {
        match self {
            Applicability::Safe => "safe",
            Applicability::MaybeIncorrect => "maybe-incorrect",
        }
    }
}
