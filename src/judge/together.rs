//! What the claims of one sentence tell of each other: one fact serves one claim, and two claims may
//! have each other's values.

use std::sync::LazyLock;

use super::arithmetic::Step;
use super::claim::BOUND_AT_ALL;
use super::held::{Held, best};
use crate::document::Document;
use crate::hash::HashMap;
use crate::lexicon::cues::cues;
use crate::reference::FactId;
use crate::statement::Statement;
use crate::value::date::DateValue;
use crate::value::{Decimal, Value};

/// What the claims of one sentence have in common.
pub(super) struct Together {
    /// Which facts belong to which claims (by number).
    pub(super) taken: Vec<(FactId, usize)>,
    /// The fact that agrees best with each claim.
    pub(super) agree: Vec<Option<Held>>,
    /// The claim that tells when that was which each tells.
    pub(super) whens: Vec<Option<usize>>,
    /// The arithmetic that the sentence announces.
    pub(super) steps: Vec<Step>,
    /// How many figures there are in it, and how many dates.
    figures: usize,
    dates: usize,
    /// Their numbers as written.
    pub(super) numbers: Vec<Decimal>,
    /// It tells what would be.
    pub(super) supposed: bool,
}

impl Together {
    /// Reads a sentence's claims, for which `held` are the facts that they can be held against, `agree`
    /// the best of those that agree, and `whens` the claims that tell when each was.
    pub(super) fn new(
        document: &Document,
        claims: &[Statement],
        held: &[Vec<Held>],
        agree: Vec<Option<Held>>,
        whens: Vec<Option<usize>>,
    ) -> Self {
        let sentence = claims.first().map_or("", |claim| document.slice(claim.sentence));
        Together {
            taken: assign(held),
            agree,
            whens,
            steps: invited(sentence),
            figures: claims.iter().filter(|claim| is_figure(claim)).count(),
            dates: claims.iter().filter(|claim| is_date(claim)).count(),
            numbers: claims.iter().filter_map(|c| Some(c.measure.as_ref()?.raw)).collect(),
            supposed: SUPPOSED.iter().any(|word| sentence.contains(word)),
        }
    }
}

impl Together {
    /// Whether a claim is the only figure, or the only date, of its sentence.
    pub(super) fn is_alone(&self, claim: &Statement) -> bool {
        is_figure(claim) && self.figures == 1 || is_date(claim) && self.dates == 1
    }
}

fn is_figure(claim: &Statement) -> bool {
    claim.measure.is_some() || matches!(claim.mention.value, Value::Set(_))
}

fn is_date(claim: &Statement) -> bool {
    matches!(claim.mention.value, Value::Date(_))
}

/// What each word announces.
static ANNOUNCED: LazyLock<HashMap<&'static str, Vec<Step>>> = LazyLock::new(|| {
    let cues = cues();
    let mut announced: HashMap<_, Vec<Step>> = HashMap::default();
    for (step, words) in [
        (Step::Sum, &cues.sum),
        (Step::Difference, &cues.difference),
        (Step::Share, &cues.share),
        (Step::Multiple, &cues.multiple),
        (Step::Elapsed, &cues.elapsed),
        (Step::Average, &cues.average),
        (Step::Remainder, &cues.remainder),
        (Step::Start, &cues.earlier),
    ] {
        words.iter().for_each(|word| announced.entry(word.as_str()).or_default().push(step));
    }
    announced
});

/// The steps of arithmetic that the words of a sentence announce, some perhaps twice.
fn invited(sentence: &str) -> Vec<Step> {
    let lower = sentence.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    words.filter_map(|word| ANNOUNCED.get(word)).flatten().copied().collect()
}

/// The fact that agrees best with a claim.
pub(super) fn agreeing(held: &[Held]) -> Option<Held> {
    best(held.iter().filter(|h| h.outcome.agrees()))
}

/// Two claims are exchanged when crossing them fits their facts better than leaving them by this.
const EXCHANGED: f32 = 1.06;

/// ... and each is bound to the other's fact at least this well.
const EXCHANGED_BOUND: f32 = 0.3;

/// Only claims this near to each other in a sentence are exchanged.
const EXCHANGED_REACH: usize = 12;

/// Pairs of claims of a sentence that have each other's values: (claim, the fact it should have,
/// the fact that has its value, if that is another). `other_ends` tells whether two claims are the two ends of a change
/// that agree with its facts at the other end each, `pulled` whether each has the words of the other's fact,
/// `of_a_kind` whether they could be mixed up at all, `turned` whether they are the ends of one range the wrong
/// way round.
pub(super) fn exchanged(
    claims: &[Statement],
    held: &[Vec<Held>],
    agree: &[Option<Held>],
    other_ends: impl Fn((usize, FactId), (usize, FactId)) -> bool,
    pulled: impl Fn((usize, FactId), (usize, FactId)) -> bool,
    of_a_kind: impl Fn((usize, FactId), (usize, FactId)) -> bool,
    turned: impl Fn(usize, usize, FactId) -> bool,
) -> Vec<(usize, FactId, Option<FactId>)> {
    let mut found: Vec<(usize, FactId, Option<FactId>)> = Vec::new();
    let score = |claim: usize, fact: FactId| {
        held[claim].iter().find(|h| h.fact == fact && !h.outcome.agrees()).map(|h| h.score)
    };
    for i in 0..held.len() {
        for j in i + 1..held.len().min(i + EXCHANGED_REACH) {
            if !same_form(&claims[i], &claims[j]) {
                continue;
            }
            let (Some(own_i), Some(own_j)) = (agree[i], agree[j]) else { continue };
            if own_i.fact == own_j.fact && turned(i, j, own_i.fact) {
                found.extend([i, j].map(|claim| (claim, own_i.fact, None)));
                continue;
            }
            let (Some(crossed_i), Some(crossed_j)) = (score(i, own_j.fact), score(j, own_i.fact))
            else {
                continue;
            };
            if !of_a_kind((i, own_i.fact), (j, own_j.fact)) {
                continue;
            }
            let straight = own_i.score + own_j.score;
            let ends = other_ends((i, own_i.fact), (j, own_j.fact));
            if ends
                && (own_i.score.min(own_j.score) >= BOUND_AT_ALL
                    || crossed_i + crossed_j > straight)
                || crossed_i + crossed_j > straight * EXCHANGED
                    && crossed_i.min(crossed_j) >= EXCHANGED_BOUND
                || crossed_i.min(crossed_j) >= BOUND_AT_ALL
                    && pulled((i, own_i.fact), (j, own_j.fact))
            {
                found.push((i, own_j.fact, Some(own_i.fact)));
                found.push((j, own_i.fact, Some(own_j.fact)));
            }
        }
    }
    found
}

/// Whether two values could stand in each other's place: a year is not exchanged with a day.
fn same_form(a: &Statement, b: &Statement) -> bool {
    if let (Some(a), Some(b)) = (&a.measure, &b.measure) {
        // A child of 14 months and one of three years are not mixed up.
        let ages = a.age && b.age && !a.same_sort(b);
        return a.dimension == b.dimension && a.per == b.per && !ages;
    }
    match (&a.mention.value, &b.mention.value) {
        (Value::Date(a), Value::Date(b)) => match (&a.value, &b.value) {
            (DateValue::Day(a), DateValue::Day(b)) => {
                std::mem::discriminant(&a.part) == std::mem::discriminant(&b.part)
            }
            (a, b) => std::mem::discriminant(a) == std::mem::discriminant(b),
        },
        _ => true,
    }
}

/// Greedy one-to-one assignment of facts to the claims of a sentence, the surest pairs first.
fn assign(held: &[Vec<Held>]) -> Vec<(FactId, usize)> {
    let mut pairs: Vec<(f32, usize, FactId)> = held
        .iter()
        .enumerate()
        .flat_map(|(claim, held)| {
            held.iter().filter(|h| h.score >= BOUND_AT_ALL).map(move |h| {
                // A value that agrees speaks for the pair.
                let value = if h.outcome.agrees() { 1.25 } else { 1.0 };
                (h.score * value, claim, h.fact)
            })
        })
        .collect();
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut settled = vec![false; held.len()];
    let mut taken: Vec<(FactId, usize)> = Vec::new();
    for (_, claim, fact) in pairs {
        if !settled[claim] && taken.iter().all(|&(other, _)| other != fact) {
            settled[claim] = true;
            taken.push((fact, claim));
        }
    }
    taken
}

const SUPPOSED: [&str; 2] = [" would ", " could "];
