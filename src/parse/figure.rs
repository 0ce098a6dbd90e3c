//! Figures.

use super::{At, Mention};

/// Reads the longest figure that starts here. Spans count from the start of `at.text`.
pub fn figure(_at: At<'_>) -> Option<Mention> {
    None
}
