//! The verdict on one figure or date: hold it against the facts it is bound to.

use std::collections::HashSet;

use super::apart;
use super::arithmetic::{self, Derivation, Step};
use super::conflict;
use super::date::{self, DateMatch};
use super::figure::{self, Match};
use super::slip;
use super::table::Columns;
use super::{Difference, Ruling, Verdict};
use crate::align::{Aligner, Candidate};
use crate::document::Document;
use crate::lexicon::cues::cues;
use crate::lexicon::tolerances::Tolerances;
use crate::reference::{FactId, Reference};
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DateValue, Moment, PartialDate, YearPart};
use crate::value::{Date, Decimal, Qualifier, Value};

/// Below this a fact is not taken to speak of the claim's thing at all.
const BOUND_AT_ALL: f32 = 0.16;
/// A value that stands nowhere in the report contradicts a fact that is bound this well.
const CONTRADICTS: f32 = 0.27;
/// The same where the value looks like a slip for the fact's, by at least this likelihood.
const CONTRADICTS_SLIP: f32 = 0.16;
const LOOKS_LIKE: f32 = 1.25;
/// A value that stands elsewhere in the report contradicts a fact that is bound this well ...
const CONTRADICTS_SWAPPED: f32 = 0.40;
/// ... and this much better than the fact that has the value.
const SWAP_RATIO: f32 = 1.6;
/// The same for a value that is unlikely to stand in the report by chance.
const TELLING_RATIO: f32 = 2.2;
/// The same where the clash counts the same thing, and nothing that has the value does.
const CONTRADICTS_COUNTED: f32 = 0.4;
const COUNTED_RATIO: f32 = 1.2;
const COUNTED_OFTEN: usize = 2;
/// Small numbers in words count named things more often than they report: they need this much more.
const SMALL_COUNT: f32 = 1.6;
/// What would be is not what a report counts: it needs a little more.
const SUPPOSED_COUNT: f32 = 1.3;
const SUPPOSED: [&str; 2] = [" would ", " could "];
/// From here on a claim and a fact tell the same thing, whatever else could be made of the value.
const CLEAR: f32 = 0.45;
/// A claim is pulled to the other fact of a sentence by this share of its words ...
const PULLED: f32 = 0.12;
/// ... and so many times more than to the fact that has its value.
const PULLED_RATIO: f32 = 3.0;
/// A bound that points the other way is told of the same number: hardly by chance.
const SAME_NUMBER: f32 = 1.4;
/// Facts looked at for one claim.
const CANDIDATES: usize = 60;
/// The facts beside so many of the best bound may be used in arithmetic too.
const SIBLINGS: usize = 3;
/// Facts that arithmetic may use are bound at least this well.
const DERIVES: f32 = 0.2;

/// A fact held against a claim.
#[derive(Debug, Clone, Copy)]
pub struct Held {
    /// The fact.
    pub fact: FactId,
    /// How well it is bound to the claim.
    pub score: f32,
    /// The same, weighed with how likely the claim's value is an error for the fact's.
    pub suspicion: f32,
    /// How many of the words beside the two are the same, in order.
    pub shared: f32,
    /// How the values relate.
    pub outcome: Outcome,
}

/// How a claim's value relates to a fact's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It agrees.
    Agrees,
    /// It agrees but for the qualifier.
    Requalified {
        /// Dropped rather than changed.
        dropped: bool,
    },
    /// It differs.
    Differs(Difference),
}

impl Outcome {
    /// Whether the value agrees, whatever happened to its qualifier.
    pub fn agrees(self) -> bool {
        !matches!(self, Outcome::Differs(_))
    }
}

/// Holds a claim's value against a fact's; `None` where the two cannot be compared.
pub fn hold(claim: &Statement, fact: &Statement, tolerances: &Tolerances) -> Option<Outcome> {
    if let (Some(said), Some(meant)) = (&claim.measure, &fact.measure) {
        // "Hundreds" may be said of 300, but nothing contradicts it.
        if !figure::comparable(said, meant) {
            return None;
        }
        let found = figure::compare(said, meant, tolerances);
        // Figures of two sorts ("three times", "10%") may say the same, but they do not clash.
        if found == Match::Differs && (said.dimension != meant.dimension || meant.vague) {
            return None;
        }
        return Some(match found {
            Match::Agrees => Outcome::Agrees,
            Match::QualifierDropped => Outcome::Requalified { dropped: true },
            Match::QualifierChanged => Outcome::Requalified { dropped: false },
            Match::BoundFlipped => Outcome::Differs(Difference::Bound),
            Match::UnitDiffers => Outcome::Differs(Difference::Unit),
            Match::DirectionDiffers => Outcome::Differs(Difference::Direction),
            Match::Differs => Outcome::Differs(Difference::Value),
        });
    }
    match (&claim.mention.value, &fact.mention.value) {
        (Value::Date(said), Value::Date(meant)) => {
            match date::compare(&as_written(said), &as_written(meant)) {
                DateMatch::Agrees => Some(Outcome::Agrees),
                DateMatch::Incomparable => None,
                DateMatch::WeekdayDiffers => Some(Outcome::Differs(Difference::Weekday)),
                // "By 16 October" is no other date than one before it.
                DateMatch::Differs if date::admits(said, meant) => None,
                DateMatch::Differs => Some(Outcome::Differs(Difference::Value)),
            }
        }
        (Value::Set(said), Value::Set(meant)) if said == meant => Some(Outcome::Agrees),
        // "Every 12 minutes" beside "every 8 minutes"; a weekday is no interval.
        (Value::Set(said), Value::Set(meant)) => {
            said.same_sort(meant).then_some(Outcome::Differs(Difference::Value))
        }
        _ => None,
    }
}

/// A bare weekday resolves to one week of the document's date, which need not be the one meant:
/// only the weekday itself was said.
fn as_written(date: &Date) -> Date {
    let mut written = date.clone();
    let bare = |day: &mut PartialDate| {
        if day.weekday.is_some() {
            (day.year, day.part) = (None, YearPart::Whole);
        }
    };
    if date.relative {
        match &mut written.value {
            DateValue::Day(day) | DateValue::Time { date: Some(day), .. } => bare(day),
            _ => {}
        }
    }
    if date.year_assumed
        && let DateValue::Day(day) = &mut written.value
    {
        day.year = None;
    }
    written
}

/// How well a claim is bound to a fact with whose surroundings its own share so many words, in
/// the same order.
fn copied(shared: f32) -> f32 {
    if shared < COPIED_AT_ALL { 0.0 } else { 0.9 * (1.0 - (-(shared - 1.0) / 2.5).exp()) }
}

/// From so many shared words on, two mentions stand in the same place of one sentence.
const COPIED_AT_ALL: f32 = 2.0;
/// From here on also what is no value of the same sort stands in its place.
const COPIED: f32 = 3.0;

/// From here on a whole clause was copied.
const COPIED_WHOLE: f32 = 4.0;
/// A place that shares less than this part of the words is another place.
const NOT_COPIED: f32 = 0.4;

/// Figures of two sorts in the same place of a sentence: "aged 210" for "aged 21".
fn swapped_sort(claim: &Statement, fact: &Statement) -> Option<Outcome> {
    let (said, meant) = (claim.measure.as_ref()?, fact.measure.as_ref()?);
    let bare = |measure: &Measure| measure.dimension == Dimension::Count && !measure.vague;
    (bare(said) && !meant.vague || bare(meant) && !said.vague)
        .then_some(Outcome::Differs(Difference::Value))
}

/// What the claims of one sentence have in common.
struct Together {
    /// Which facts belong to which claims (by number).
    taken: Vec<(FactId, usize)>,
    /// The arithmetic that the sentence announces.
    steps: Vec<Step>,
    /// There is but one figure in it.
    alone: bool,
    /// It tells what would be.
    supposed: bool,
}

/// Judges claims against one reference.
pub struct Judge<'a> {
    reference: &'a Reference,
    aligner: Aligner<'a>,
    columns: Columns,
    tolerances: &'a Tolerances,
}

impl<'a> Judge<'a> {
    /// A judge for one reference.
    pub fn new(reference: &'a Reference, tolerances: &'a Tolerances) -> Self {
        let columns = Columns::new(&reference.document, &reference.facts);
        let aligner = Aligner::new(&reference.facts, &reference.vocabulary);
        Judge { reference, aligner, columns, tolerances }
    }

    /// The facts that a claim can be held against, best bound first, those of equal value that
    /// share no word with it last.
    pub fn held(&mut self, claim: &Statement) -> Vec<Held> {
        let candidates = self.aligner.candidates(&claim.frame);
        let mut found: Vec<Held> = candidates
            .iter()
            .filter_map(|&Candidate { fact, score }| {
                let statement = self.reference.fact(fact);
                let shared = claim.beside.shared(&statement.beside);
                let score = score.max(copied(shared));
                let outcome = hold(claim, statement, self.tolerances)
                    .or_else(|| (shared >= COPIED).then(|| swapped_sort(claim, statement))?)?;
                let suspicion = match outcome {
                    Outcome::Differs(Difference::Value) => {
                        score * slip::likelihood(claim, statement)
                    }
                    Outcome::Differs(Difference::Bound) => score * SAME_NUMBER,
                    _ => score,
                };
                Some(Held { fact, score, suspicion, shared, outcome })
            })
            .take(CANDIDATES)
            .collect();
        let known: HashSet<FactId> = found.iter().map(|held| held.fact).collect();
        let mut more: Vec<Held> = Vec::new();
        let mut add = |fact: FactId| {
            let there = self.reference.fact(fact);
            if known.contains(&fact) {
                return;
            }
            let Some(outcome) = hold(claim, there, self.tolerances) else { return };
            let score = self.aligner.score(fact);
            let weekday =
                outcome == Outcome::Differs(Difference::Weekday) && same_day(claim, there);
            let shared = claim.beside.shared(&there.beside);
            if outcome.agrees() || weekday {
                more.push(Held { fact, score, suspicion: score, shared, outcome });
            } else if one_end(claim, there) {
                let suspicion = score.max(CONTRADICTS);
                more.push(Held { fact, score, suspicion, shared, outcome });
            }
        };
        match &claim.measure {
            Some(measure) => {
                let (low, high) = (measure.low.to_f64(), measure.high.to_f64());
                let slack = 0.35 * low.abs().max(high.abs());
                let mut dimensions = vec![measure.dimension.clone()];
                match measure.dimension {
                    Dimension::Share => dimensions.push(Dimension::Factor),
                    Dimension::Factor => dimensions.push(Dimension::Share),
                    _ => {}
                }
                for dimension in dimensions {
                    for fact in self.reference.sized(&dimension, low - slack, high + slack) {
                        add(fact);
                    }
                }
                // "Aged 80" stands in a table as a bare 80.
                if measure.age {
                    let raw = measure.raw.to_f64();
                    for fact in self.reference.sized(&Dimension::Count, raw, raw) {
                        add(fact);
                    }
                }
            }
            None => self.reference.dates().iter().for_each(|&fact| add(fact)),
        }
        // A number that stands in a long report a thousand times supports once.
        more.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.fact.cmp(&b.fact)));
        more.dedup_by_key(|held| held.fact);
        more.truncate(CANDIDATES);
        found.extend(more);
        found
    }

    /// Rules on the claims of one sentence of `document` together: one fact serves one claim.
    pub fn sentence(&mut self, document: &Document, claims: &[Statement]) -> Vec<Ruling> {
        let held: Vec<Vec<Held>> = claims.iter().map(|claim| self.held(claim)).collect();
        let taken = assign(&held);
        let exchanged = exchanged(claims, &held);
        let counted = |claim: &&Statement| {
            claim.measure.is_some() || matches!(claim.mention.value, Value::Set(_))
        };
        let alone = claims.iter().filter(counted).count() == 1;
        let sentence = claims.first().map_or("", |claim| document.slice(claim.sentence));
        let supposed = SUPPOSED.iter().any(|word| sentence.contains(word));
        let together = Together { taken, steps: invited(sentence), alone, supposed };
        claims
            .iter()
            .zip(&held)
            .enumerate()
            .map(|(i, (claim, held))| match exchanged.iter().find(|(number, ..)| *number == i) {
                Some(&(_, meant, own)) => Ruling {
                    span: claim.mention.span,
                    verdict: Verdict::Contradicted {
                        facts: vec![meant],
                        how: Difference::Value,
                        elsewhere: Some(own),
                    },
                    confidence: 80,
                },
                None => self.rule(claim, held, i, &together),
            })
            .collect()
    }

    fn rule(
        &mut self,
        claim: &Statement,
        held: &[Held],
        number: usize,
        together: &Together,
    ) -> Ruling {
        let Together { taken, steps, alone, supposed } = together;
        let ruling = |verdict, confidence| Ruling { span: claim.mention.span, verdict, confidence };
        if exempt(claim) || self.dateline(claim) {
            return ruling(Verdict::Exempt, 100);
        }
        let free = |fact: FactId| taken.iter().all(|&(other, by)| other != fact || by == number);
        let loosely = |h: &Held| loosely(claim, self.reference.fact(h.fact));
        let firm = best(held.iter().filter(|h| h.outcome.agrees() && !loosely(h)));
        let agree = firm.or_else(|| best(held.iter().filter(|h| h.outcome.agrees())));
        // What stands against a contradiction.
        let against = agree
            .filter(|agree| agree.score >= BOUND_AT_ALL || !self.contains_only(claim, agree.fact));
        let elsewhere = against.is_some() && firm.is_some();
        let clash = held
            .iter()
            .filter(|h| !h.outcome.agrees())
            // The same number in another unit is too like to be another claim's fact.
            .filter(|h| free(h.fact) || h.outcome == Outcome::Differs(Difference::Unit))
            .filter(|h| {
                let slack = if agree.is_some_and(|a| a.score >= BOUND_AT_ALL) { 1 } else { 5 };
                !self.within(claim, h.fact, slack)
            })
            // A value that stands elsewhere was mixed up: it need not look like a slip, and a
            // quarter or a day beside another is no sign of one.
            .map(|h| Held {
                suspicion: match elsewhere {
                    true if claim.measure.is_none() => h.score,
                    true => h.suspicion.max(h.score),
                    false => h.suspicion,
                },
                ..*h
            })
            .reduce(|top, next| if next.suspicion > top.suspicion { next } else { top });
        // The same day under another weekday: whatever else may be meant, this is wrong.
        let weekday = held.iter().find(|h| {
            h.outcome == Outcome::Differs(Difference::Weekday)
                && same_day(claim, self.reference.fact(h.fact))
        });
        let clash = weekday.copied().or(clash);
        let agree_score = agree.map_or(0.0, |h| h.score);
        if let Some(fact) = agree.and_then(|agree| self.other_year(claim, &agree, held)) {
            let facts = vec![fact];
            let how = Difference::Value;
            return ruling(Verdict::Contradicted { facts, how, elsewhere: None }, 70);
        }
        // What agrees by chance is no excuse for what is plainly meant.
        let against = against.filter(|agree| {
            firm.is_some()
                || clash.is_none_or(|clash| {
                    clash.suspicion.max(clash.score) <= agree.score
                        && clash.outcome == Outcome::Differs(Difference::Value)
                })
        });
        if let Some(clash) = clash
            && let Outcome::Differs(how) = clash.outcome
        {
            let things = |fact: FactId| claim.beside.same_thing(&self.reference.fact(fact).beside);
            // What is counted is the same for the clash, and for nothing that has the number. What
            // the report counts again and again ("people") tells nothing.
            let named = how == Difference::Value
                && clash.score >= CONTRADICTS_COUNTED
                && few(claim, self.reference.fact(clash.fact))
                && things(clash.fact)
                && !held.iter().any(|h| h.outcome.agrees() && things(h.fact))
                && held.iter().filter(|h| things(h.fact)).count() <= COUNTED_OFTEN;
            let small = if named {
                1.0
            } else if counts_things(claim) {
                SMALL_COUNT
            } else if *supposed {
                SUPPOSED_COUNT
            } else {
                1.0
            };
            let (needed, elsewhere) = match against {
                // The same day under another weekday is the same day.
                _ if how == Difference::Weekday
                    && same_day(claim, self.reference.fact(clash.fact)) =>
                {
                    (0.0, None)
                }
                // Of two facts with the claim's number the nearer one tells which bound it has.
                Some(held)
                    if how == Difference::Bound
                        && matches!(held.outcome, Outcome::Requalified { .. }) =>
                {
                    (held.score.max(BOUND_AT_ALL), Some(held.fact))
                }
                // A bare number is no sign of another unit.
                Some(held) if how == Difference::Unit && self.bare(held.fact) => {
                    (held.score.max(BOUND_AT_ALL), Some(held.fact))
                }
                // Copied words tell the place better than anything else.
                Some(held) if clash.shared >= COPIED && held.shared < NOT_COPIED * clash.shared => {
                    (small * CONTRADICTS.max(agree_score), Some(held.fact))
                }
                Some(held) if named => (agree_score * COUNTED_RATIO, Some(held.fact)),
                Some(held) => {
                    // Three digits hardly come out alike by chance.
                    let ratio = match claim.measure.as_ref().map(arithmetic::significant_digits) {
                        Some(3..) if agree_score >= BOUND_AT_ALL => TELLING_RATIO,
                        _ => SWAP_RATIO,
                    };
                    (small * CONTRADICTS_SWAPPED.max(agree_score * ratio), Some(held.fact))
                }
                // The same number with the wrong unit or bound is too like to be chance.
                None if how != Difference::Value => (BOUND_AT_ALL, None),
                None if slips(claim, self.reference.fact(clash.fact))
                    && clash.suspicion >= LOOKS_LIKE * clash.score =>
                {
                    (small * CONTRADICTS_SLIP, None)
                }
                None => (small * CONTRADICTS, None),
            };
            if clash.suspicion >= needed {
                // What is clearly the same thing is not excused by a sum that happens to come out.
                let derived = self.derivation(claim, steps).filter(|derivation| {
                    let score = |fact: &FactId| {
                        held.iter().find(|h| h.fact == *fact).map_or(0.0, |h| h.score)
                    };
                    let bound = derivation.facts.iter().all(|fact| score(fact) >= CONTRADICTS);
                    how == Difference::Value
                        && agree.is_none()
                        && match clash.shared < COPIED_WHOLE {
                            // A fraction in words is so rough that something always makes it.
                            true => {
                                clash.suspicion < CLEAR
                                    || bound
                                    || steps.contains(&derivation.step)
                                        && (!rough(claim) || derivation.step == Step::Remainder)
                            }
                            false => bound && steps.contains(&derivation.step),
                        }
                });
                if let Some(derivation) = derived {
                    return ruling(Verdict::Derived(derivation), 70);
                }
                let mut facts = vec![clash.fact];
                facts.extend(self.conflicts(clash.fact));
                if facts.iter().any(|&fact| {
                    hold(claim, self.reference.fact(fact), self.tolerances)
                        .is_some_and(Outcome::agrees)
                }) {
                    return ruling(Verdict::Disputed(facts), 75);
                }
                let confidence =
                    55.0 + 45.0 * ((clash.suspicion - needed) / (1.0 - needed)).clamp(0.0, 1.0);
                return ruling(Verdict::Contradicted { facts, how, elsewhere }, confidence as u8);
            }
        }
        if *alone
            && let Some(firm) = firm
            && let Some(meant) =
                held.iter().find(|h| free(h.fact) && self.other_half(claim, h, &firm))
        {
            let verdict = Verdict::Contradicted {
                facts: vec![meant.fact],
                how: Difference::Value,
                elsewhere: Some(firm.fact),
            };
            return ruling(verdict, 75);
        }
        let Some(agree) = agree else {
            return match self.derivation(claim, steps) {
                Some(derivation) => ruling(Verdict::Derived(derivation), 70),
                None if checkable(claim) => ruling(Verdict::Unsupported, 60),
                None => ruling(Verdict::Exempt, 60),
            };
        };
        let relative = matches!(&claim.mention.value, Value::Date(date) if date.relative);
        if agree.score >= if relative { CONTRADICTS } else { BOUND_AT_ALL } {
            let others = self.conflicts(agree.fact);
            if !others.is_empty() {
                let facts = std::iter::once(agree.fact).chain(others).collect();
                return ruling(Verdict::Disputed(facts), 75);
            }
        }
        match agree.outcome {
            Outcome::Requalified { dropped } if agree.score >= BOUND_AT_ALL => {
                ruling(Verdict::Requalified { fact: agree.fact, dropped }, 70)
            }
            _ => {
                let facts =
                    held.iter().filter(|h| h.outcome.agrees()).map(|h| h.fact).take(3).collect();
                ruling(Verdict::Supported(facts), 80)
            }
        }
    }

    /// Whether the claim has the value of one fact of a sentence and the words of another.
    fn other_half(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let alike = match (&fact.measure, &own.measure) {
            (Some(a), Some(b)) => a.same_sort(b),
            _ => matches!(
                (&fact.mention.value, &own.mention.value),
                (Value::Set(a), Value::Set(b)) if a.same_sort(b)
            ),
        };
        if meant.outcome != Outcome::Differs(Difference::Value)
            || fact.sentence != own.sentence
            || !alike
            || meant.score < BOUND_AT_ALL
            || agree.shared >= COPIED_AT_ALL
            || counts_things(claim)
        {
            return false;
        }
        let pull = apart::pull(
            &claim.frame,
            (fact, own),
            &self.reference.document,
            &self.reference.vocabulary,
        );
        pull.first >= PULLED && pull.first >= PULLED_RATIO * pull.second
    }

    /// Whether a claim is the day of the report itself.
    fn dateline(&self, claim: &Statement) -> bool {
        let day = self.reference.date.map(|day| (i32::from(day.year()), day.month(), day.day()));
        // A day in the middle of a long sentence is no dateline.
        let told = |fact: &&FactId| {
            let fact = self.reference.fact(**fact);
            fact.sentence.end - fact.sentence.start > MASTHEAD
                && hold(claim, fact, self.tolerances) == Some(Outcome::Agrees)
        };
        match &claim.mention.value {
            Value::Date(Date { value: DateValue::Day(date), .. }) => match date.part {
                YearPart::Day(month, of_month) => {
                    date.year.map(|year| (year, month as i8, of_month as i8)) == day
                        && day.is_some()
                        && date.weekday.is_none_or(|told| Some(told) == date.own_weekday())
                        && self.reference.dates().iter().find(told).is_none()
                }
                _ => false,
            },
            _ => false,
        }
    }

    /// The fact that has another year than the claim, which agrees with a day of the report that has
    /// none: "January 7, 2022" beside the report's "January 7" and "in 2012". No date of the report is
    /// of the claim's year.
    fn other_year(&self, claim: &Statement, agree: &Held, held: &[Held]) -> Option<FactId> {
        let year = stated_year(claim)?;
        let dates = self.reference.dates();
        let heard = |fact: &FactId| mentions_year(self.reference.fact(*fact), year);
        let own = self.reference.date.map(|day| i32::from(day.year()));
        if stated_year(self.reference.fact(agree.fact)).is_some()
            || own == Some(year)
            || dates.iter().any(heard)
        {
            return None;
        }
        let others = held.iter().filter(|h| {
            h.score >= CONTRADICTS && stated_year(self.reference.fact(h.fact)).is_some()
        });
        best(others).map(|other| other.fact)
    }

    /// Whether a fact is a number without a unit.
    fn bare(&self, fact: FactId) -> bool {
        let measure = &self.reference.fact(fact).measure;
        measure.as_ref().is_some_and(|measure| measure.dimension == Dimension::Count)
    }

    /// Whether two dates agree only because one contains the other: "2018" somewhere in a report is
    /// no sign that it has November 2018.
    fn contains_only(&self, claim: &Statement, fact: FactId) -> bool {
        match (&claim.mention.value, &self.reference.fact(fact).mention.value) {
            (Value::Date(said), Value::Date(meant)) => !said.relative && said.value != meant.value,
            _ => false,
        }
    }

    /// Whether a fact is a bound that the claim's value keeps to, by so many times at least: "more
    /// than 40%" beside 44%, "at least one" beside 68.
    fn within(&self, claim: &Statement, fact: FactId, times: i64) -> bool {
        match (&claim.measure, &self.reference.fact(fact).measure) {
            (Some(said), Some(bound)) => figure::within(said, bound, Decimal::from(times)),
            _ => false,
        }
    }

    /// The facts that tell the same thing as `fact` with another value.
    fn conflicts(&mut self, fact: FactId) -> Vec<FactId> {
        conflict::conflicts(self.reference, &mut self.aligner, fact)
    }

    /// One step of arithmetic on facts that speak of the claim's thing.
    fn derivation(&mut self, claim: &Statement, steps: &[Step]) -> Option<Derivation> {
        let measure = claim.measure.as_ref()?;
        let candidates = self.aligner.candidates(&claim.frame);
        let mut pool: Vec<FactId> = candidates
            .iter()
            .take_while(|candidate| candidate.score >= DERIVES)
            .map(|candidate| candidate.fact)
            .take(CANDIDATES)
            .collect();
        // What stands beside the facts that are meant belongs to the same sum.
        for candidate in candidates.iter().take(SIBLINGS) {
            let sentence = self.reference.fact(candidate.fact).sentence;
            let facts = &self.reference.facts;
            let first = facts.partition_point(|fact| fact.sentence.end <= sentence.start);
            for (offset, fact) in facts[first..].iter().enumerate() {
                if fact.sentence != sentence || pool.len() > CANDIDATES {
                    break;
                }
                if !pool.contains(&((first + offset) as FactId)) {
                    pool.push((first + offset) as FactId);
                }
            }
        }
        arithmetic::derive(measure, &pool, self.reference, steps, self.tolerances)
            .or_else(|| arithmetic::elapsed(measure, &pool, self.reference, self.tolerances))
            .or_else(|| self.columns.derive(measure, self.tolerances))
    }
}

/// The steps of arithmetic that the words of a sentence announce.
fn invited(sentence: &str) -> Vec<Step> {
    let lower = sentence.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let cues = cues();
    [
        (Step::Sum, &cues.sum),
        (Step::Difference, &cues.difference),
        (Step::Share, &cues.share),
        (Step::Multiple, &cues.multiple),
        (Step::Elapsed, &cues.elapsed),
    ]
    .into_iter()
    .filter(|(_, list)| words.iter().any(|word| list.iter().any(|cue| cue == word)))
    .map(|(step, _)| step)
    .collect()
}

/// Two claims are exchanged when crossing them fits their facts better than leaving them by this.
const EXCHANGED: f32 = 1.06;
/// ... and each is bound to the other's fact at least this well.
const EXCHANGED_BOUND: f32 = 0.3;

/// A line with the date of a text is not longer than this, in bytes.
const MASTHEAD: u32 = 120;

/// Only claims this near to each other in a sentence are exchanged.
const EXCHANGED_REACH: usize = 12;

/// Pairs of claims of a sentence that have each other's values: (claim, the fact it should have,
/// the fact that has its value).
fn exchanged(claims: &[Statement], held: &[Vec<Held>]) -> Vec<(usize, FactId, FactId)> {
    let mut found: Vec<(usize, FactId, FactId)> = Vec::new();
    let agreeing = |claim: usize| best(held[claim].iter().filter(|h| h.outcome.agrees()));
    let score = |claim: usize, fact: FactId| {
        held[claim].iter().find(|h| h.fact == fact && !h.outcome.agrees()).map(|h| h.score)
    };
    for i in 0..held.len() {
        for j in i + 1..held.len().min(i + EXCHANGED_REACH) {
            if !same_form(&claims[i], &claims[j]) {
                continue;
            }
            let (Some(own_i), Some(own_j)) = (agreeing(i), agreeing(j)) else { continue };
            let (Some(crossed_i), Some(crossed_j)) = (score(i, own_j.fact), score(j, own_i.fact))
            else {
                continue;
            };
            let straight = own_i.score + own_j.score;
            if crossed_i + crossed_j > straight * EXCHANGED
                && crossed_i.min(crossed_j) >= EXCHANGED_BOUND
            {
                found.push((i, own_j.fact, own_i.fact));
                found.push((j, own_i.fact, own_j.fact));
            }
        }
    }
    found
}

/// Whether two values could stand in each other's place: a year is not exchanged with a day.
fn same_form(a: &Statement, b: &Statement) -> bool {
    if let (Some(a), Some(b)) = (&a.measure, &b.measure) {
        return a.dimension == b.dimension && a.per == b.per;
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

/// The best bound, with a preference for plain agreement among nearly equals.
fn best<'h>(held: impl Iterator<Item = &'h Held>) -> Option<Held> {
    let mut top: Option<Held> = None;
    for &candidate in held {
        top = Some(match top {
            None => candidate,
            Some(top) => {
                let plain = |h: &Held| h.outcome == Outcome::Agrees;
                let margin = if plain(&candidate) && !plain(&top) { 0.85 } else { 1.0 };
                if candidate.score > top.score * margin { candidate } else { top }
            }
        });
    }
    top
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

/// Whether a claim that agrees with a fact does so only because one of the two leaves room: another
/// number within the claim's bound, a day within the fact's year, a bare number for a quantity.
fn loosely(claim: &Statement, fact: &Statement) -> bool {
    if let (Some(said), Some(meant)) = (&claim.measure, &fact.measure) {
        let bound = said.qualifier.is_some_and(|qualifier| {
            matches!(
                qualifier,
                Qualifier::Over | Qualifier::AtLeast | Qualifier::Under | Qualifier::AtMost
            )
        });
        let sized = |measure: &Measure| {
            matches!(measure.dimension, Dimension::Time | Dimension::Physical(_))
        };
        return bound && said.low != meant.low && !same_range(said, meant)
            || said.raw <= Decimal::from(12)
                && (sized(said) && meant.dimension == Dimension::Count
                    || said.dimension == Dimension::Count && sized(meant))
            || said.is_range() && !meant.is_range() && !said.vague
            || meant.is_range() && !said.is_range() && !meant.vague && said.qualifier.is_none();
    }
    match (&claim.mention.value, &fact.mention.value) {
        (Value::Date(said), Value::Date(meant)) => match (&said.value, &meant.value) {
            (DateValue::Day(said), DateValue::Day(meant)) => {
                matches!(said.part, YearPart::Day(..)) && !matches!(meant.part, YearPart::Day(..))
            }
            (DateValue::Range(from, to), DateValue::Day(meant)) => !date::spans(from, to, meant),
            _ => false,
        },
        _ => false,
    }
}

fn same_range(said: &Measure, meant: &Measure) -> bool {
    meant.is_range() && meant.low <= said.low && said.low <= meant.high
}

/// Whether two ranges of one sort have one end in common, and one that is not found by chance.
fn one_end(claim: &Statement, fact: &Statement) -> bool {
    let (Some(said), Some(meant)) = (&claim.measure, &fact.measure) else { return false };
    let telling = |end: Decimal| {
        said.dimension != Dimension::Count && arithmetic::digits(end) >= 2
            || arithmetic::digits(end) >= 3
    };
    said.is_range()
        && meant.is_range()
        && !said.vague
        && said.dimension == meant.dimension
        && (said.low == meant.low && telling(said.low)
            || said.high == meant.high && telling(said.high))
}

/// The year of a day, month or year, where it was said.
fn stated_year(statement: &Statement) -> Option<i32> {
    match &statement.mention.value {
        Value::Date(Date {
            value: DateValue::Day(PartialDate { year, .. }),
            relative: false,
            year_assumed: false,
            ..
        }) => *year,
        _ => None,
    }
}

/// Whether a date is in a year or reaches into it.
fn mentions_year(statement: &Statement, asked: i32) -> bool {
    let Value::Date(date) = &statement.mention.value else { return false };
    let year = |day: &Option<PartialDate>| day.and_then(|day| day.year);
    match &date.value {
        DateValue::Day(day) => match day.part {
            YearPart::Decade | YearPart::Century => true,
            _ => day.year == Some(asked),
        },
        DateValue::Time { date, .. } => year(date) == Some(asked),
        DateValue::Range(from, to) => {
            let end = |end: &Option<Moment>| end.as_ref().and_then(|end| year(&end.date));
            end(from).unwrap_or(i32::MIN) <= asked && asked <= end(to).unwrap_or(i32::MAX)
        }
        DateValue::Unresolved => false,
    }
}

/// Whether two dates name the same day of a year.
fn same_day(claim: &Statement, fact: &Statement) -> bool {
    let day = |statement: &Statement| match &statement.mention.value {
        Value::Date(Date {
            value: DateValue::Day(PartialDate { year, part: YearPart::Day(month, day), .. }),
            relative: false,
            ..
        }) => Some((*year, *month, *day)),
        _ => None,
    };
    day(claim).is_some_and(|said| day(fact) == Some(said))
}

/// Whether the claim's value may be a slip for the fact's at all: an age is none for a duration, and
/// a small count in words is none for anything.
fn slips(claim: &Statement, fact: &Statement) -> bool {
    let age = |statement: &Statement| statement.measure.as_ref().is_some_and(|m| m.age);
    !counts_things(claim) && age(claim) == age(fact)
}

/// Whether a claim is a share in words.
fn rough(claim: &Statement) -> bool {
    let share = |measure: &Measure| measure.dimension == Dimension::Share && measure.in_words;
    claim.measure.as_ref().is_some_and(share)
}

/// Whether both values are small counts, or both ages.
fn few(claim: &Statement, fact: &Statement) -> bool {
    let (Some(said), Some(meant)) = (&claim.measure, &fact.measure) else { return false };
    let small = |measure: &Measure| {
        measure.dimension == Dimension::Count && measure.raw.abs() <= Decimal::from(12)
    };
    small(said) && small(meant) || said.age && meant.age
}

/// Whether a claim is a small count in words ("two films").
fn counts_things(claim: &Statement) -> bool {
    claim.measure.as_ref().is_some_and(|measure| {
        measure.in_words
            && measure.dimension == Dimension::Count
            && measure.raw.abs() <= Decimal::from(12)
    })
}

/// What looks like a value but states none.
fn exempt(claim: &Statement) -> bool {
    match &claim.mention.value {
        Value::Date(date) => date.value == DateValue::Unresolved || passing(date),
        Value::Quote(_) | Value::Name(_) => true,
        Value::Set(_) => false,
        Value::Figure(_) | Value::Duration(_) => claim.measure.is_none(),
    }
}

/// A relative expression as exact as a day, a week or a month tells of the day of writing rather
/// than of the report ("today", "three months ago").
fn passing(date: &Date) -> bool {
    date.relative
        && match date.value {
            DateValue::Day(day) => {
                day.weekday.is_none() && matches!(day.part, YearPart::Day(..) | YearPart::Week(_))
            }
            DateValue::Range(..) => true,
            DateValue::Time { .. } | DateValue::Unresolved => false,
        }
}

/// "On Thursday" places a text in its week; a report has no reason to say it.
fn weekday_only(claim: &Statement) -> bool {
    let Value::Date(date) = &claim.mention.value else { return false };
    match as_written(date).value {
        DateValue::Day(day) => day.year.is_none() && day.part == YearPart::Whole,
        _ => false,
    }
}

/// Whether a claim of which the report says nothing is worth a word: small numbers in words count
/// named things, tell turns and idioms.
fn checkable(claim: &Statement) -> bool {
    let Some(measure) = &claim.measure else {
        return !weekday_only(claim) && !matches!(claim.mention.value, Value::Set(_));
    };
    if measure.vague {
        return false;
    }
    let small = measure.raw.abs() <= Decimal::from(12);
    match measure.dimension {
        Dimension::Count => !(small && measure.in_words),
        // "Thirty times as many" and "four decades" are worked out or remembered.
        Dimension::Factor => !measure.in_words,
        Dimension::Ordinal => false,
        // "Forty years on": round spans of years are remembered rather than reported.
        Dimension::Time => !small && (measure.age || !round_years(measure)),
        _ => true,
    }
}

/// Whether a duration is a multiple of five years.
fn round_years(measure: &Measure) -> bool {
    let unit = measure.low.checked_div(measure.raw).and_then(Decimal::to_i64);
    unit.is_some_and(|seconds| seconds > 31_000_000)
        && measure.raw.to_i64().is_some_and(|years| years % 5 == 0)
}
