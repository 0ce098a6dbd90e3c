//! Ways told the wrong way round: "from Merrow to Port Ansel" of what went from Port Ansel to Merrow.

use std::cell::LazyCell;

use super::deed::turned;
use super::name::{NameRuling, NameTable};
use crate::document::Document;
use crate::parse::name::Run;
use crate::source::Span;

/// Bytes between the two names, at most.
const REACH: usize = 32;

/// The two names of "from A to B", by their last words, with their place.
fn routes<'r>(
    document: &'r Document,
    runs: &'r [Run],
) -> impl Iterator<Item = ([&'r str; 2], Span)> {
    runs.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let between = Span { start: from.span.end, end: to.span.start.max(from.span.end) };
        let (_, sentence) = document.sentence_at(from.span.start)?;
        let before = Span { start: sentence.start.min(from.span.start), end: from.span.start };
        // "From Kolding to a new plant in Gdansk"
        let between = document.slice(between);
        let joined = between.starts_with(" to ")
            && between.len() <= REACH
            && !between.contains(|c: char| c.is_ascii_punctuation());
        let led = document.slice(before).to_ascii_lowercase().ends_with("from ");
        let last = |run: &'r Run| run.words.last().map(|(word, _)| word.as_str());
        (joined && led).then_some(([last(from)?, last(to)?], from.span.join(to.span)))
    })
}

/// Routes of `derivative` that the report tells the other way only.
pub(super) fn reversed(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    runs: &[Run],
) -> Vec<NameRuling> {
    let told = LazyCell::new(|| routes(report, &table.runs).collect::<Vec<_>>());
    let find = |ends: [&str; 2]| told.iter().find(|told| told.0 == ends).map(|(_, span)| *span);
    routes(derivative, runs)
        .filter_map(|(ends, span)| turned(report, "exchanged", span, ends, find))
        .collect()
}
