//! What a user may set about the comparison itself, as plain data.

use jiff::civil::Date;

use super::RuleSet;
use crate::lexicon::tolerances::Tolerances;

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
