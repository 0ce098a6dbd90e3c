//! Rules: what is reported, in which words, and how loudly. Everything about one rule stands in its
//! file in `rules/checks`.

mod checks;
mod erratum;
pub mod finding;
mod ruleset;
pub mod settings;

pub use checks::{Check, Example, check, checks, family, help, ids, message};
pub use erratum::Erratum;
pub use finding::{
    Applicability, Claim, Evidence, Finding, KINDS, Severity, Suggestion, Word, known_id,
};
pub use ruleset::{RuleSet, UnknownRule, named};
pub use settings::Settings;
