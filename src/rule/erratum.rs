//! What was found wrong in a reference after it was published.

use jiff::civil::Date;

/// One correction of a value, with who answers for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erratum {
    /// The words of the figure or date as they stand in the reference.
    pub text: String,
    /// Words of the same sentence, where the value stands more than once.
    pub near: Option<String>,
    /// The words that should stand there.
    pub holds: String,
    /// Why.
    pub why: String,
    /// Who said so.
    pub by: String,
    /// Since when.
    pub since: Date,
}
