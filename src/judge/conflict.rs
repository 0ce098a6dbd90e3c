//! Where the report tells the same thing with two values.

use super::claim::{Outcome, hold};
use super::slip::slip;
use crate::align::Aligner;
use crate::document::BlockKind;
use crate::lexicon::tolerances;
use crate::reference::{FactId, Reference};
use crate::statement::Statement;
use crate::value::Value;
use crate::value::date::{DateValue, PartialDate, YearPart};

/// Two facts are taken to tell the same thing from this likeness of their frames on. Their values
/// must look like a slip of each other besides: two things are told in like words far more often
/// than one thing with two values.
const SAME_THING: f32 = 0.3;

/// Two dates of one form need not look like a slip where their frames are this much alike.
const SAME_EVENT: f32 = 0.7;

/// The facts that tell the same thing as `fact` with another value, best bound first.
pub fn conflicts(reference: &Reference, aligner: &mut Aligner, fact: FactId) -> Vec<FactId> {
    let own = reference.fact(fact);
    aligner
        .candidates(&own.frame)
        .into_iter()
        .take_while(|candidate| candidate.score >= SAME_THING)
        .filter(|candidate| candidate.fact != fact)
        .filter(|candidate| {
            let other = reference.fact(candidate.fact);
            (slip(own, other) || candidate.score >= SAME_EVENT && months(own, other))
                && !same_place(reference, own, other)
                && same_subject(reference, own, other)
                && incompatible(own, other)
                && !told_beside(reference, own, other)
                && !told_beside(reference, other, own)
        })
        .map(|candidate| candidate.fact)
        .collect()
}

/// Whether both are months of one year, which no one gives for the same event by rounding.
fn months(a: &Statement, b: &Statement) -> bool {
    let month = |statement: &Statement| match &statement.mention.value {
        Value::Date(date) if !date.relative => match date.value {
            DateValue::Day(PartialDate { year, part: YearPart::Month(_), .. }) => year,
            _ => None,
        },
        _ => None,
    };
    month(a).is_some_and(|year| month(b) == Some(year))
}

/// All pairs of facts of a report that contradict each other, each once.
pub fn audit(reference: &Reference) -> Vec<(FactId, FactId)> {
    let mut aligner = Aligner::new(&reference.facts, &reference.vocabulary);
    let mut found = Vec::new();
    for fact in 0..reference.facts.len() as FactId {
        for other in conflicts(reference, &mut aligner, fact) {
            if other > fact {
                found.push((fact, other));
            } else if !found.contains(&(other, fact)) {
                found.push((other, fact));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Whether the sentence of `other` has the value of `own` too: then it tells of both things.
fn told_beside(reference: &Reference, own: &Statement, other: &Statement) -> bool {
    let sentence =
        reference.facts.partition_point(|fact| fact.mention.span.start < other.sentence.start);
    reference.facts[sentence..].iter().take_while(|fact| fact.sentence == other.sentence).any(
        |fact| {
            fact.mention.span != other.mention.span
                && hold(own, fact, tolerances::shipped()).is_some_and(Outcome::agrees)
        },
    )
}

/// Neither value admits the other: "more than 40%" and "about 44%" do not conflict.
fn incompatible(a: &Statement, b: &Statement) -> bool {
    let differs = |x, y| matches!(hold(x, y, tolerances::shipped()), Some(Outcome::Differs(_)));
    differs(a, b) && differs(b, a)
}

/// Two figures of two sentences are of one thing only if the sentences share a word before them
/// besides the nearest, which is as often the verb: "the shipyard employs", "the mill employs".
fn same_subject(reference: &Reference, a: &Statement, b: &Statement) -> bool {
    let cell = |s: &Statement| {
        matches!(reference.document.blocks[s.block as usize].kind, BlockKind::Cell(_))
    };
    let date = a.measure.is_none() || b.measure.is_none();
    date || cell(a) || cell(b) || a.frame.subject.iter().any(|term| b.frame.subject.contains(term))
}

/// Two cells tell of two rows, columns or tables, two neighbours in a list of two entries, and two
/// figures of one sentence of two things.
fn same_place(reference: &Reference, a: &Statement, b: &Statement) -> bool {
    let table = |s: &Statement| match &reference.document.blocks[s.block as usize].kind {
        BlockKind::Cell(cell) => Some(cell.table),
        _ => None,
    };
    let item =
        |s: &Statement| reference.document.blocks[s.block as usize].kind == BlockKind::ListItem;
    a.sentence == b.sentence
        || (table(a).is_some() && table(b).is_some())
        || (item(a) && item(b) && a.block.abs_diff(b.block) == 1)
}
