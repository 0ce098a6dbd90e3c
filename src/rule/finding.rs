//! What a check found: plain data that knows no output format.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::source::Span;
use crate::value::Qualifier;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// One of a few fixed words. (Under its own name, so that serde does not take it for a part of what it
/// reads.)
pub type Word = &'static str;

/// A claim's value as machine-readable output shows it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Claim {
    /// Kind of value, as in the facts listing: "number", "date", "quote", "name", ...
    #[serde(deserialize_with = "known_kind")]
    pub kind: Word,
    /// The value, where it has one.
    pub value: Option<String>,
    /// Its unit, where it has one.
    pub unit: Option<String>,
    /// Id of its qualifier, where it has one.
    #[serde(deserialize_with = "known_qualifier")]
    pub qualifier: Option<Word>,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The new text.
    pub replacement: String,
    /// Whether it may be put in unseen.
    pub applicability: Applicability,
}

/// Whether a suggestion may be applied without asking.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

/// The kinds of values in machine-readable output: few and fixed.
pub const KINDS: [&str; 14] = [
    "number",
    "ordinal",
    "fraction",
    "multiplier",
    "percent",
    "money",
    "quantity",
    "range",
    "date",
    "time",
    "daterange",
    "duration",
    "set",
    "quote",
];

/// Reads the name of a rule that there is.
pub fn known_id<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(from)?;
    super::ids().find(|id| *id == name).ok_or_else(|| D::Error::custom("no such rule"))
}

fn known_kind<'de, D: Deserializer<'de>>(from: D) -> Result<&'static str, D::Error> {
    let name = String::deserialize(from)?;
    let known = KINDS.into_iter().chain(["name", ""]).find(|kind| *kind == name);
    known.ok_or_else(|| D::Error::custom("no such kind"))
}

fn known_qualifier<'de, D: Deserializer<'de>>(from: D) -> Result<Option<&'static str>, D::Error> {
    let Some(name) = Option::<String>::deserialize(from)? else { return Ok(None) };
    match Qualifier::from_id(&name) {
        Some(qualifier) => Ok(Some(qualifier.id())),
        None => Err(D::Error::custom("no such qualifier")),
    }
}
