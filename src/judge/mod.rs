//! Claims to verdicts: data with values in it, never a sentence.

pub mod aged;
pub mod announced;
pub mod apart;
pub mod arithmetic;
mod beside;
pub mod claim;
pub mod conflict;
pub mod course;
pub mod date;
mod deed;
pub mod figure;
mod follows;
mod held;
pub mod label;
pub mod listed;
mod meant;
pub mod name;
mod nature;
mod number;
pub mod own;
pub mod pairs;
mod portion;
pub mod quote;
mod rest;
mod rival;
pub mod role;
mod route;
pub mod shifted;
pub mod slip;
pub mod slot;
mod stage;
pub mod table;
mod together;
pub mod twin;
mod unlike;
mod weigh;
pub mod when;

use crate::reference::FactId;
use crate::source::Span;

/// What was found of one figure or date of a derivative.
#[derive(Debug, Clone, PartialEq)]
pub enum Verdict {
    /// The report says the same.
    Supported(Vec<FactId>),
    /// The value follows from facts of the report.
    Derived(arithmetic::Derivation),
    /// The report says something else of the same thing.
    Contradicted {
        /// What the claim should have agreed with, best first.
        facts: Vec<FactId>,
        /// In what way it differs.
        how: Difference,
        /// Where the report has the claim's value of something else.
        elsewhere: Option<FactId>,
    },
    /// The value agrees, its qualifier does not.
    Requalified {
        /// The fact.
        fact: FactId,
        /// The qualifier was dropped, not changed.
        dropped: bool,
    },
    /// The report contradicts itself on this, and the claim repeats one of its values.
    Disputed(Vec<FactId>),
    /// The claim was meant to follow from facts of the report or of the derivative, and does not.
    Miscalculated {
        /// What it should be.
        derivation: arithmetic::Derivation,
    },
    /// The report says nothing of this value.
    Unsupported,
    /// Not a claim that could be checked.
    Exempt,
}

/// In what way a claim differs from the report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// Another value.
    Value,
    /// Its bound points the other way.
    Bound,
    /// Another unit, currency, or period.
    Unit,
    /// Up for down.
    Direction,
    /// The right day under the wrong weekday.
    Weekday,
}

/// A verdict with how sure it is, 0 to 100: 50 is as likely wrong as right, 90 is safe to block a
/// publication on.
#[derive(Debug, Clone, PartialEq)]
pub struct Ruling {
    /// Place of the claim, qualifier included where it matters.
    pub span: Span,
    /// What was found.
    pub verdict: Verdict,
    /// How sure.
    pub confidence: u8,
}
