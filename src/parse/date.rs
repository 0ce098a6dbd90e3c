//! Dates, times, durations and recurrences.

use super::{Anchor, At, Mention};

/// Reads the longest date, time, duration or recurrence that starts here.
/// Spans count from the start of `at.text`.
pub fn date(_at: At<'_>, _anchor: Option<Anchor>) -> Option<Mention> {
    None
}
