//! Shares and multiples that a document works out of the report's figures: "121 cases, nearly half of
//! the total", "has almost quadrupled, to 438".

use super::apart::THE_WHOLE;
use super::arithmetic::{Derivation, Step, reaches};
use super::course::start_of;
use super::table::Columns;
use crate::document::Document;
use crate::lexicon::cues::{cues, has_cue};
use crate::lexicon::terms;
use crate::lexicon::tolerances::Tolerances;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::Decimal;

/// A share that misses what the figures give by less than this part of it is rough, not wrong.
const ROUGH: (i128, i32) = (15, -2);
/// A word that stands right beside a figure is bound to it at least this well.
const BESIDE: f32 = 0.5;
/// Facts behind an amount among which a share of it is sought.
const NEAR: FactId = 3;
/// Words of the whole behind a share.
const REACH: usize = 4;

/// What a share comes to that stands right behind the figure it is the share of, where the report
/// has the whole: `part` is the fact that has the figure of `before`.
pub(super) fn of(
    document: &Document,
    (before, claim): (&Statement, &Statement),
    part: FactId,
    reference: &Reference,
    columns: &Columns,
) -> Option<Derivation> {
    if claim.measure.as_ref()?.dimension != Dimension::Share {
        return None;
    }
    let amount = reference.fact(part).measure.as_ref().filter(|m| !m.is_range())?;
    if matches!(amount.dimension, Dimension::Share | Dimension::Factor | Dimension::Ordinal) {
        return None;
    }
    let gap = Span { start: before.mention.span.end, end: claim.mention.start() };
    let beside = before.sentence == claim.sentence
        && gap.start < gap.end
        && document.slice(gap).split([' ', ',', '(', '–', '—']).all(|word| {
            matches!(word, "" | "or" | "that" | "which" | "is" | "was")
                || stands_beside(&word.to_lowercase(), reference.fact(part), reference)
        })
        && document.slice(gap).contains([',', '(', '–', '—']);
    let behind = Span { start: claim.mention.span.end, end: claim.sentence.end };
    let behind = document.slice(behind).strip_prefix(" of ").filter(|_| beside)?;
    let behind = behind.split([',', '.', ';', ':', ')']).next()?.to_lowercase();
    let whole = whole(&behind, part, reference, columns)?;
    let result = amount.low.checked_div(reference.fact(whole).measure.as_ref()?.low)?;
    Some(Derivation { step: Step::Share, facts: vec![part, whole], result })
}

/// Whether a claim is the part, or the rest, of an amount that a share behind it tells: "64,000" of "96,000
/// were without power; it is back for two thirds of them", "four" of "six hikers; two of them".
pub(super) fn of_them(
    claim: &Measure,
    whole: FactId,
    reference: &Reference,
    tolerances: &Tolerances,
) -> Option<Derivation> {
    let own = reference.fact(whole);
    let amount =
        own.measure.as_ref().filter(|m| m.dimension == claim.dimension && !m.is_range())?;
    let last = (whole + NEAR).min(reference.facts.len() as FactId - 1);
    (whole + 1..=last).find_map(|fact| {
        let part = reference.fact(fact);
        let measure = part.measure.as_ref().filter(|m| !m.is_range())?;
        let tail = Span { start: part.mention.span.end, end: part.sentence.end };
        let tail = reference.document.slice(tail).strip_prefix(" of ")?;
        let word = tail.split(|c: char| !c.is_alphabetic()).next()?;
        // "12 shelters ... three of the shelters"
        let again = || {
            let counted = own.beside.next().zip(tail.strip_prefix("the "));
            counted.is_some_and(|(counted, tail)| {
                let noun = tail.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
                counted == Mark::content(&terms::stem(&noun.to_lowercase()))
            })
        };
        let of_them = THE_WHOLE.contains(&word) || measure.dimension == Dimension::Count && again();
        (of_them && part.block == own.block).then_some(())?;
        let share = measure.dimension == Dimension::Share;
        let part = match measure.dimension {
            Dimension::Share if part.sentence == own.sentence => {
                amount.low.checked_mul(measure.low)?
            }
            Dimension::Count if measure.low < amount.low => measure.low,
            _ => return None,
        };
        let rest = amount.low.checked_sub(part)?;
        let facts = vec![whole, fact];
        // What the report counts itself needs no working out.
        let mut results = [rest, part].into_iter().take(1 + usize::from(share));
        let result = results.find(|result| reaches(claim, *result, tolerances))?;
        Some(Derivation { step: Step::Portion, facts, result })
    })
}

/// Whether a claim counts one more, or one less, than a figure that tells the others: "38 patents" of "her first
/// patent was followed by 37 others", "43 men" of "the only woman among 44 students".
pub(super) fn with_others(
    claim: &Measure,
    fact: FactId,
    reference: &Reference,
) -> Option<Derivation> {
    let statement = reference.fact(fact);
    let count = |m: &Measure| m.dimension == Dimension::Count && !m.is_range();
    let told = statement.measure.as_ref().filter(|told| count(told) && count(claim))?;
    let behind = reference.document.slice(statement.behind());
    let before = reference.document.slice(statement.until(statement.mention.span.start));
    let word =
        behind.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
    let others = matches!(word, Some("others" | "other")) || before.ends_with(" the other ");
    let among = before.trim_end().ends_with(" among") && before.contains(" only ");
    let result = match (others, among) {
        (true, _) => told.low.checked_add(Decimal::ONE)?,
        (_, true) => told.low.checked_sub(Decimal::ONE)?,
        _ => return None,
    };
    (claim.low == result).then(|| Derivation { step: Step::Sum, facts: vec![fact], result })
}

/// What a share comes to that the report tells right before its whole: "around 200,000 homes" of "about half of
/// the 410,000 homes".
pub(super) fn of_the(
    claim: &Measure,
    whole: FactId,
    reference: &Reference,
    tolerances: &Tolerances,
) -> Option<Derivation> {
    let (share, statement) = (whole.checked_sub(1)?, reference.fact(whole));
    let part = reference.fact(share);
    let alike = |m: &&Measure| m.dimension == claim.dimension && !m.is_range();
    let amount = statement.measure.as_ref().filter(alike)?;
    let measure = part.measure.as_ref().filter(|m| m.dimension == Dimension::Share)?;
    let gap = Span { start: part.mention.span.end, end: statement.mention.start() };
    let of = gap.start < gap.end
        && matches!(reference.document.slice(gap).trim(), "of the" | "of" | "of its" | "of all");
    let result = amount.low.checked_mul(measure.low).filter(|_| of)?;
    // "About half": to the digit that the claim has.
    let rough = measure.qualifier.is_some()
        && claim.qualifier.is_some()
        && claim.low.checked_sub(result).is_some_and(|miss| miss.abs() < claim.step);
    (rough || reaches(claim, result, tolerances)).then(|| Derivation {
        step: Step::Portion,
        facts: vec![share, whole],
        result,
    })
}

/// Whether a share misses what comes out by more than a rough one may.
pub(super) fn misses(claim: &Statement, portion: &Derivation) -> bool {
    let rough = Decimal::new(ROUGH.0, ROUGH.1).and_then(|rough| rough.checked_mul(portion.result));
    let said = claim.measure.as_ref().and_then(|measure| measure.low.checked_sub(portion.result));
    said.zip(rough).is_some_and(|(miss, rough)| miss.abs() > rough)
}

/// What a multiple comes to that is told beside the end of a change: "almost quadrupled, to 438" of
/// what rose from 112 to 438. `end` is the fact that the change came to.
pub(super) fn growth(claim: &Statement, end: FactId, reference: &Reference) -> Option<Derivation> {
    if claim.measure.as_ref()?.dimension != Dimension::Factor {
        return None;
    }
    let start = start_of(reference, end)?;
    let [from, to] = [start, end].map(|fact| reference.fact(fact).measure.as_ref());
    let (from, to) = from.zip(to).filter(|(from, to)| from.dimension == to.dimension)?;
    let result = to.low.checked_div(from.low)?;
    Some(Derivation { step: Step::Multiple, facts: vec![start, end], result })
}

/// Whether a lower-case word is one that a fact has right beside it: "121 cases".
fn stands_beside(lower: &str, fact: &Statement, reference: &Reference) -> bool {
    let term = reference.vocabulary.get(&terms::stem(lower));
    let bonds = &fact.frame.bonds;
    term.is_some_and(|term| bonds.iter().any(|bond| bond.term == term && bond.weight >= BESIDE))
}

/// The fact that the words behind a share name: the total of the part's column, or the largest figure of
/// the part's sentence that one of them stands beside.
fn whole(behind: &str, part: FactId, reference: &Reference, columns: &Columns) -> Option<FactId> {
    if has_cue(behind, &cues().total)
        && let Some(total) = columns.total_of(part)
    {
        return Some(total);
    }
    let own = reference.fact(part);
    let amount = own.measure.as_ref()?;
    let named = |fact: &Statement| {
        let words = behind.split(|c: char| !c.is_alphanumeric()).take(REACH);
        let mut words = words.filter(|word| !terms::is_stopword(word));
        words.any(|word| stands_beside(word, fact, reference))
    };
    let (number, _) = reference
        .facts
        .of_sentence(own.sentence)
        .filter_map(|(number, fact)| Some((number, fact, fact.measure.as_ref()?)))
        .filter(|(_, _, m)| m.dimension == amount.dimension && m.per == amount.per && !m.is_range())
        .filter(|(_, fact, m)| m.low > amount.low && named(fact))
        .map(|(number, _, measure)| (number, measure.low))
        .max_by(|a, b| a.1.cmp(&b.1))?;
    Some(number)
}
