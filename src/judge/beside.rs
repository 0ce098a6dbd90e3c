//! How two facts of the report stand to each other: in one list, in one line of a table, the one a part
//! of the other or what lies between it and a third.

use super::arithmetic::Derivation;
use crate::lexicon::cues::cues;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::Statement;

/// How many words behind a figure it may be told as the gap between two others.
const GAP_REACH: usize = 3;
/// A list has so many more members at most.
const LIST: FactId = 8;
/// What joins the members of a list.
const JOINTS: &[&str] = &[" and ", ", and ", ", ", " or ", ", or ", " & "];
/// What stands between a part and its whole.
const PARTS: &[&str] = &[" of ", " of the ", " of its ", " of their ", " out of ", " out of the "];

/// The words between two facts, the earlier first.
fn between<'r>(reference: &'r Reference, earlier: &Statement, later: &Statement) -> &'r str {
    let gap = Span { start: earlier.mention.span.end, end: later.mention.span.start };
    if gap.start < gap.end { reference.document.slice(gap) } else { "" }
}

/// Whether two facts stand beside each other in one list: "March and April".
pub(super) fn listed(reference: &Reference, a: FactId, b: FactId) -> bool {
    let (first, last) = (a.min(b), a.max(b));
    let joined = |at: FactId| {
        JOINTS.contains(&between(reference, reference.fact(at), reference.fact(at + 1)))
    };
    last - first <= LIST && (first..last).all(joined)
}

/// Whether two facts are cells of one row or one column of a table.
pub(super) fn in_line(reference: &Reference, a: &Statement, b: &Statement) -> bool {
    let cell = |statement: &Statement| reference.document.cell(statement.block as usize);
    cell(a)
        .zip(cell(b))
        .is_some_and(|(a, b)| a.table == b.table && (a.row == b.row || a.column == b.column))
}

/// Whether the report tells one of two figures as how much more or less the other, `whole`, is than
/// what follows from them: "1,186, 94 more than the year before".
pub(super) fn tells_gap(reference: &Reference, derivation: &Derivation, whole: FactId) -> bool {
    let gap = derivation.facts.iter().find(|fact| **fact != whole);
    let Some(gap) = gap.filter(|_| derivation.facts.contains(&whole)) else { return false };
    let gap = reference.fact(*gap);
    let behind = Span { start: gap.mention.span.end, end: gap.sentence.end };
    let words = reference.document.slice(behind).split(|c: char| !c.is_alphanumeric());
    let mut words = words.filter(|word| !word.is_empty()).take(GAP_REACH);
    words.any(|word| cues().gap_than.iter().any(|cue| cue == word))
}

/// Whether the report tells one of two figures as a part of the other: "17 of 20 floods".
pub(super) fn tells_part(reference: &Reference, derivation: &Derivation) -> bool {
    let [a, b] = derivation.facts[..] else { return false };
    let (part, whole) = (reference.fact(a.min(b)), reference.fact(a.max(b)));
    a.abs_diff(b) == 1 && PARTS.contains(&between(reference, part, whole))
}
