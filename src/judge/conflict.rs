//! Where the report tells the same thing with two values.

use super::claim::{Outcome, hold};
use crate::align::Aligner;
use crate::document::BlockKind;
use crate::lexicon::tolerances;
use crate::reference::{FactId, Reference};
use crate::statement::{Dimension, Statement};
use crate::value::date::{DateValue, PartialDate, YearPart};
use crate::value::{Decimal, Value};

/// Two facts are taken to tell the same thing from this likeness of their frames on. Their values
/// must look like a slip of each other besides: two things are told in like words far more often
/// than one thing with two values.
const SAME_THING: f32 = 0.3;

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
            slip(own, other)
                && !same_place(reference, own, other)
                && same_subject(reference, own, other)
                && incompatible(own, other)
                && !told_beside(reference, own, other)
                && !told_beside(reference, other, own)
        })
        .map(|candidate| candidate.fact)
        .collect()
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

/// Whether one value looks like a slip of the other: digits exchanged, one digit or one part of
/// a date different.
fn slip(a: &Statement, b: &Statement) -> bool {
    match (&a.measure, &b.measure) {
        (Some(x), Some(y)) => {
            x.dimension == y.dimension
                && x.dimension != Dimension::Share
                && x.raw.abs() >= Decimal::from(20)
                && digits_slip(&x.raw.to_string(), &y.raw.to_string())
        }
        _ => match (&a.mention.value, &b.mention.value) {
            (Value::Date(x), Value::Date(y)) => match (&x.value, &y.value) {
                (DateValue::Day(x), DateValue::Day(y)) => dates_slip(x, y),
                _ => false,
            },
            _ => false,
        },
    }
}

fn digits_slip(a: &str, b: &str) -> bool {
    a.len() == b.len() && {
        let different = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count();
        let sorted = |s: &str| {
            let mut bytes = s.as_bytes().to_vec();
            bytes.sort_unstable();
            bytes
        };
        (different == 1 && a.len() > 2) || (different > 0 && sorted(a) == sorted(b))
    }
}

fn dates_slip(a: &PartialDate, b: &PartialDate) -> bool {
    let month = |date: &PartialDate| match date.part {
        YearPart::Month(month) | YearPart::Day(month, _) => Some(month),
        _ => None,
    };
    let (Some(m), Some(n)) = (month(a), month(b)) else { return false };
    let day = |date: &PartialDate| match date.part {
        YearPart::Day(_, day) => Some(i32::from(day)),
        _ => None,
    };
    let years = match (a.year, b.year) {
        (Some(x), Some(y)) => (x - y).abs(),
        _ => 0,
    };
    match (day(a), day(b)) {
        // The same month a day or three apart, or the same day of another month or year.
        (Some(x), Some(y)) => {
            (m == n && years == 0 && (x - y).abs() <= 3) || (x == y && (m == n || years == 0))
        }
        (None, None) => m == n && years <= 3,
        _ => m == n && years <= 3,
    }
}

#[cfg(test)]
mod tests {
    use super::digits_slip;

    #[test]
    fn slips() {
        assert!(digits_slip("6240", "6420"));
        assert!(digits_slip("8412", "8142"));
        assert!(!digits_slip("288", "78"));
        assert!(!digits_slip("121", "187"));
        assert!(!digits_slip("58", "18"));
    }
}
