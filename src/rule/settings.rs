//! What a user may set about the comparison itself, as plain data.

use jiff::civil::Date;

use super::RuleSet;

/// The settings that govern one document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// Groups of names that mean the same ("SCO", "the Organisation").
    pub aliases: Vec<Vec<String>>,
    /// The day the document at hand was written: relative dates resolve against it. For a derivative
    /// without one the reference's own date counts.
    pub document_date: Option<Date>,
    /// How far figures may lie apart and still agree.
    pub tolerances: Tolerances,
    /// Which rules speak, and how loudly.
    pub rules: RuleSet,
}

/// How far values may lie apart and still agree, beyond what their own wording allows.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tolerances {
    /// How a less precise figure is held against a more precise one.
    pub rounding: Rounding,
}

/// When a figure counts as a rounding of another.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Rounding {
    /// The written precision decides: "38%" agrees with "38.4%", "39%" does not.
    #[default]
    Written,
    /// Figures must be equal.
    None,
}
