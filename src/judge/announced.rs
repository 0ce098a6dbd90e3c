//! Results that the words of a document announce: "from 52 minutes to 31, a saving of 21 minutes",
//! "which leaves £330,000 to be found", "that is £29 million a kilometre".

use std::ops::Range;

use super::arithmetic::{Derivation, Step};
use super::own::off;
use crate::document::Document;
use crate::lexicon::cues::cues;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::Decimal;
use crate::value::figure::Per;

/// How many figures before a result may be what it was worked out from.
const OPERANDS: usize = 4;

/// Words right before a figure that may announce it.
const WORDS: usize = 3;

/// What the words right before a figure announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Announced {
    /// A change upwards.
    Gain,
    /// A change downwards.
    Loss,
    /// What lies between two figures.
    Gap,
    /// What is left.
    Rest,
    /// "that is", before a rate.
    Rate,
}

/// Claims (by number) of one sentence that are announced as the result of a calculation and are
/// not, with what they should be.
pub fn check(
    document: &Document,
    claims: &[&Statement],
    sentence: Range<usize>,
    settled: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Derivation)> {
    let wrong = |number: usize| {
        let said = claims[number].measure.as_ref()?;
        let results = results(document, claims, number);
        let &(step, result) = results.first()?;
        results
            .iter()
            .all(|&(_, result)| off(said, result))
            .then_some((number, Derivation { step, facts: Vec::new(), result }))
    };
    sentence.filter(|&number| !settled(number)).filter_map(wrong).collect()
}

/// What a claim could be by the calculation that the words before it announce, the likeliest first;
/// nothing where they announce none. What it is worked out from stands before it, in the sentence
/// or in the one before.
pub fn results(document: &Document, claims: &[&Statement], number: usize) -> Vec<(Step, Decimal)> {
    let claim = claims[number];
    let Some(said) = claim.measure.as_ref().filter(|m| !m.is_range() && !m.vague) else {
        return Vec::new();
    };
    let Some(announced) = announced(document, claim, said) else { return Vec::new() };
    let before: Vec<&Measure> = claims[..number]
        .iter()
        .rev()
        .take(OPERANDS)
        .take_while(|other| other.block == claim.block)
        .filter_map(|other| other.measure.as_ref())
        .filter(|measure| !measure.is_range() && !measure.vague)
        .collect();
    match announced {
        Announced::Rate => rates(said, &before),
        _ => change(announced, said, &before).into_iter().collect(),
    }
}

/// What the words right before a claim announce.
fn announced(document: &Document, claim: &Statement, said: &Measure) -> Option<Announced> {
    let before = document.slice(claim.until(claim.mention.start()));
    // The last words alone: a sentence may hold any number of figures.
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.take(WORDS).map(str::to_lowercase).collect();
    words.reverse();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let is = |word: &str, list: &[String]| list.iter().any(|cue| cue == word);
    let cues = cues();
    match words[..] {
        [.., "a" | "an" | "the", noun, "of"] if is(noun, &cues.gain) => Some(Announced::Gain),
        [.., "a" | "an" | "the", noun, "of"] if is(noun, &cues.loss) => Some(Announced::Loss),
        [.., "a" | "an" | "the", noun, "of"] if is(noun, &cues.gap) => Some(Announced::Gap),
        [.., verb] if is(verb, &cues.rest) => Some(Announced::Rest),
        [.., "that" | "which", "is"] if matches!(said.per, Some(Per::Unit(_))) => {
            Some(Announced::Rate)
        }
        _ => None,
    }
}

/// The difference of the two figures before a claim, or the share of it. The second may leave its
/// unit out: "from 52 minutes to 31".
fn change(announced: Announced, said: &Measure, before: &[&Measure]) -> Option<(Step, Decimal)> {
    let [later, earlier, ..] = before else { return None };
    let share = said.dimension == Dimension::Share;
    let bare = later.dimension == Dimension::Count && earlier.dimension == said.dimension && !share;
    if bare && earlier.raw != earlier.low {
        // The unit's size, which the bare number shares.
        let unit = earlier.low.checked_div(earlier.raw)?;
        let result = later.raw.checked_sub(earlier.raw)?.abs().checked_mul(unit)?;
        return Some((Step::Difference, result));
    }
    if later.dimension != earlier.dimension || !share && later.dimension != said.dimension {
        return None;
    }
    let gap = later.low.checked_sub(earlier.low)?.abs();
    if !share {
        return Some((Step::Difference, gap));
    }
    let (small, large) =
        (later.low.abs().min(earlier.low.abs()), later.low.abs().max(earlier.low.abs()));
    let base = match announced {
        Announced::Gain => small,
        Announced::Loss => large,
        Announced::Gap | Announced::Rest | Announced::Rate => return None,
    };
    let usable =
        matches!(later.dimension, Dimension::Money(_) | Dimension::Count | Dimension::Physical(_));
    (usable && !base.is_zero()).then(|| gap.checked_div(base))?.map(|share| (Step::Change, share))
}

/// What a claim per unit could be: each amount before it, through the nearest quantity in the unit.
fn rates(said: &Measure, before: &[&Measure]) -> Vec<(Step, Decimal)> {
    let quantity = before.iter().find(|m| matches!(m.dimension, Dimension::Physical(_)));
    let Some(quantity) = quantity.filter(|quantity| !quantity.raw.is_zero()) else {
        return Vec::new();
    };
    let amounts = before.iter().filter(|m| m.dimension == said.dimension && m.per.is_none());
    let mut results: Vec<(Step, Decimal)> = amounts
        .filter_map(|amount| Some((Step::Share, amount.low.checked_div(quantity.raw)?)))
        .collect();
    let apart = |result: Decimal| said.low.checked_sub(result).map(Decimal::abs);
    results.sort_by_key(|&(_, result)| apart(result));
    results
}
