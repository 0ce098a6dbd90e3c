//! The verdict on one figure or date: hold it against the facts it is bound to.

use std::cmp::Ordering;
use std::collections::HashSet;

use super::aged::{self, End, Likeness};
use super::apart::{self, Pull};
use super::arithmetic::{self, Derivation, Step};
use super::beside;
use super::conflict;
use super::course::{Course, comparison, course};
use super::date::{self, DateMatch};
use super::figure;
use super::follows::exactly;
use super::held::{
    COPIED, COPIED_WHOLE, NOT_COPIED, best, copied, loosely, one_end, other_half_of_day, same_day,
    swapped_sort,
};
pub use super::held::{Held, Outcome, hold};
use super::nature::{
    both_small, checkable, count_alike, counts_people, counts_things, exempt, is_relative,
    mentions_year, of_a_size, rough, slips, stated_year,
};
use super::portion;
use super::shifted::{self, hence, movable, shiftable};
use super::slip;
use super::stage::{Stage, stage};
use super::table::Columns;
use super::together::{Together, agreeing, exchanged};
use super::weigh;
use super::when::{When, when, whens};
use super::{Difference, Ruling, Verdict};
use crate::align::{Aligner, Candidate};
use crate::document::Document;
use crate::lexicon::tolerances::Tolerances;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::beside::Mark;
use crate::statement::frame::Bond;
use crate::statement::words::TermId;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DateValue, YearPart};
use crate::value::{Date, Decimal, Value};

/// Below this a fact is not taken to speak of the claim's thing at all.
pub(super) const BOUND_AT_ALL: f32 = 0.16;
/// A value that stands nowhere in the report contradicts a fact that is bound this well.
pub(super) const CONTRADICTS: f32 = 0.27;
/// The same where the value looks like a slip for the fact's, by at least this likelihood.
const CONTRADICTS_SLIP: f32 = 0.16;
const LOOKS_LIKE: f32 = 1.25;
/// In a passage that tells what the report tells, the one is multiplied by this ...
const AT_HOME: f32 = 0.85;
/// ... and the other by this.
const AT_HOME_SLIP: f32 = 0.7;
/// A value that stands elsewhere in the report contradicts a fact that is bound this well ...
pub(super) const CONTRADICTS_SWAPPED: f32 = 0.40;
/// ... and this much better than the fact that has the value.
const SWAP_RATIO: f32 = 1.6;
/// The same for a value that is unlikely to stand in the report by chance.
const TELLING_RATIO: f32 = 2.15;
/// From here on a number of two digits has a size: "4.8 million".
const SIZED: i64 = 10_000;
/// The same for a fact that shares so much of the words right beside the claim ...
const CONTRADICTS_BESIDE: f32 = 0.19;
const LEANS: f32 = 1.0;
/// ... of which the fact that has the value shares this part at most, and is bound so many times less.
const LEANS_ELSEWHERE: f32 = 0.5;
const LEANS_RATIO: f32 = 2.0;
/// A weekday of a passage that tells what the report tells, and that the report never names.
const ANOTHER_WEEKDAY: f32 = 0.08;
/// A fact that has the value and is bound so many times less has nothing to do with the claim.
const STRAY_RATIO: f32 = 8.0;
/// A small count contradicts a fact with another small count that is bound this well ...
const CONTRADICTS_COUNT: f32 = 0.3;
/// ... and this much better than one that has the count.
const COUNT_RATIO: f32 = 1.5;
/// How sure it is that a fact supports a claim with which it shares the value and hardly a word.
pub const BY_VALUE: u8 = 60;
/// A fact in whose sentence the claims beside it are at home too weighs so much more.
const COMPANY: f32 = 1.5;
/// One in whose sentence they are less at home than in that of the other weighs so much less.
const LONELY: f32 = 1.3;
/// Beside other numbers small ones in words count named things more often than they report: they need
/// this much more.
const SMALL_COUNT: f32 = 1.6;
/// What would be is not what a report counts: it needs a little more.
const SUPPOSED_COUNT: f32 = 1.3;
/// A word is bound to a figure of its sentence no less than this.
pub(super) const IN_SENTENCE: f32 = 0.2;
/// In a sentence longer than this, in bytes, no words tell two figures apart.
const PULLED_WITHIN: usize = 2_000;
/// So many things may be numbered behind their count.
const FEW: i64 = 12;
/// From here on a claim and a fact tell the same thing, whatever else could be made of the value or is
/// told in the claim's passage.
pub(super) const CLEAR: f32 = 0.45;
/// From here on no sum of facts of several sentences excuses it.
pub(super) const PLAIN: f32 = 0.7;
/// A bound that points the other way is told of the same number: hardly by chance.
const SAME_NUMBER: f32 = 1.4;
/// How well an age is bound to that of the same person.
pub(super) const OWN_AGE: f32 = 0.8;
/// Words that a claim of a passage of other things shares with the fact that it contradicts.
const TOLD_ALIKE: usize = 3;
/// Facts looked at for one claim.
pub(super) const CANDIDATES: usize = 60;
/// Facts that arithmetic may use are bound at least this well.
pub(super) const DERIVES: f32 = 0.2;

/// One claim of a sentence with the facts that it can be held against.
pub(super) struct Case<'c> {
    pub(super) claim: &'c Statement,
    pub(super) held: &'c [Held],
    /// Number of the claim in its sentence.
    pub(super) number: usize,
    /// The one before it there.
    pub(super) before: Option<&'c Statement>,
    /// What it tells of a change.
    pub(super) course: Option<Course>,
    /// When that was.
    pub(super) when: Option<When<'c>>,
    /// At which stage of something it holds.
    pub(super) stage: Option<Stage>,
    pub(super) together: &'c Together,
}

impl Case<'_> {
    /// Whether the claim numbers what the sentence has just counted: "scored twice, the second late".
    fn numbers_counted(&self) -> bool {
        let number = |claim: &Statement, dimension: &[Dimension]| {
            claim.measure.as_ref().filter(|m| dimension.contains(&m.dimension)).map(|m| m.low)
        };
        let count =
            self.before.and_then(|claim| number(claim, &[Dimension::Count, Dimension::Factor]));
        let ordinal = number(self.claim, &[Dimension::Ordinal]);
        self.claim.beside.next().is_none()
            && ordinal
                .zip(count)
                .is_some_and(|(ordinal, count)| ordinal <= count && count <= Decimal::from(FEW))
    }

    /// The arithmetic that the sentence announces for the claim.
    pub(super) fn steps(&self) -> Vec<Step> {
        let mut steps = self.together.steps.clone();
        // A share of an amount is told like a share.
        steps.extend(steps.contains(&Step::Share).then_some(Step::Portion));
        steps.extend(self.tells_gap().then_some(Step::Difference));
        // "40 fish to a tank"
        let rated = self.claim.beside.leads_then(Mark::function("to"), Mark::function("a"));
        steps.extend(rated.then_some(Step::Average));
        // "In 2010 it was about 3%" of "18%, six times as many as in 2010".
        steps.extend(self.date().map(|_| Step::Start));
        steps
    }

    /// The date that the claim is told of.
    pub(super) fn date(&self) -> Option<&DateValue> {
        self.when.and_then(When::date)
    }

    /// Whether the claim is what lies between two values.
    pub(super) fn tells_gap(&self) -> bool {
        matches!(self.course, Some(Course::Gap | Course::By))
    }

    /// Whether the claim is the date of a figure of its sentence, and a fact that agrees is that of a
    /// fact which agrees with the figure: "80% by 2035" of "70% by 2030 and 80% by 2035".
    pub(super) fn is_dated_so(&self, reference: &Reference, fact: FactId) -> bool {
        self.dated().flatten().any(|agree| reference.whens()[agree.fact as usize] == Some(fact))
    }

    /// For each figure of the sentence that the claim is the date of, the fact that agrees best with it.
    pub(super) fn dated(&self) -> impl Iterator<Item = &Option<Held>> {
        let claims = self.together.whens.iter().zip(&self.together.agree);
        claims.filter(|(when, _)| **when == Some(self.number)).map(|(_, agree)| agree)
    }

    /// Whether no other claim of the sentence has a better right to a fact.
    pub(super) fn is_free(&self, fact: FactId) -> bool {
        self.together.taken.iter().all(|&(other, by)| other != fact || by == self.number)
    }
}

/// What a sentence tells of one of its figures besides its frame.
#[derive(Clone, Copy)]
struct Told<'d> {
    /// Of what part of a change it is.
    course: Option<Course>,
    /// Of when it is.
    when: Option<When<'d>>,
    /// Of what stage it is.
    stage: Option<Stage>,
}

/// The facts that decide on a claim.
pub(super) struct Chosen {
    /// The best bound that agrees with all that was said.
    pub(super) firm: Option<Held>,
    /// The best bound that agrees at all.
    pub(super) agree: Option<Held>,
    /// The one that agrees and stands against a contradiction.
    pub(super) against: Option<Held>,
    /// The one that differs most tellingly.
    pub(super) clash: Option<Held>,
}

/// What a contradiction takes.
struct Needed {
    /// The suspicion from which on a fact contradicts the claim.
    suspicion: f32,
    /// The fact that has the claim's value, if one has.
    elsewhere: Option<FactId>,
}

/// Judges claims against one reference.
pub struct Judge<'a> {
    pub(super) reference: &'a Reference,
    pub(super) aligner: Aligner<'a>,
    pub(super) columns: Columns,
    pub(super) tolerances: &'a Tolerances,
}

impl<'a> Judge<'a> {
    /// A judge for one reference.
    pub fn new(reference: &'a Reference, tolerances: &'a Tolerances) -> Self {
        let columns = Columns::new(&reference.document, &*reference.facts);
        let aligner = Aligner::new(&reference.facts, &reference.vocabulary);
        Judge { reference, aligner, columns, tolerances }
    }

    /// For each claim of a sentence the facts that it can be held against, best bound first, those
    /// of equal value that share no word with it last.
    pub fn held(&mut self, document: &Document, claims: &[Statement]) -> Vec<Vec<Held>> {
        self.held_all(document, claims, &told(document, claims, &whens(document, claims)))
    }

    /// The same for claims of which is known what else their sentence tells of them.
    fn held_all(
        &mut self,
        document: &Document,
        claims: &[Statement],
        told: &[Told<'_>],
    ) -> Vec<Vec<Held>> {
        let mut held: Vec<Vec<Held>> = claims
            .iter()
            .zip(told)
            .map(|(claim, told)| self.held_as(document, claim, told))
            .collect();
        for at in 1..held.len() {
            if let [one, other] = &mut held[at - 1..=at] {
                let courses = [told[at - 1].course, told[at].course];
                weigh::by_other_end(self.reference, courses, [one, other]);
            }
        }
        held
    }

    /// The facts that a claim can be held against.
    fn held_as(&mut self, document: &Document, claim: &Statement, told: &Told<'_>) -> Vec<Held> {
        let person = aged::person(document, claim);
        let end = aged::end_of_life(claim);
        let compared = comparison(document, claim);
        let candidates = self.aligner.candidates(&claim.frame);
        let mut found: Vec<Held> = candidates
            .iter()
            .filter_map(|&Candidate { fact, score }| {
                let statement = self.reference.fact(fact);
                let shared = || claim.beside.shared(&statement.beside);
                let outcome = end
                    .and_then(|end| self.hold_to_life(claim, end, statement))
                    .or_else(|| hold(claim, statement, self.tolerances))
                    .or_else(|| swapped_sort(claim, statement).filter(|_| shared() >= COPIED))?;
                // "Rose from 2,140" and "dropped to 2,140": the change went the other way, not to there.
                let courses = [told.course, self.reference.courses()[fact as usize]];
                let at_an_end =
                    courses.contains(&Some(Course::From)) || courses.contains(&Some(Course::To));
                let outcome = match outcome {
                    Outcome::Agrees
                        if compared.as_ref().is_some_and(|own| {
                            own.is_turned(comparison(&self.reference.document, statement))
                        }) =>
                    {
                        Outcome::Differs(Difference::Direction)
                    }
                    Outcome::Differs(Difference::Direction)
                        if courses[0] != courses[1] && at_an_end =>
                    {
                        Outcome::Agrees
                    }
                    outcome => outcome,
                };
                let shared = shared();
                // How old somebody is says nothing of how long something took.
                if !outcome.agrees() && shared < COPIED && is_age(claim) != is_age(statement) {
                    return None;
                }
                let mut score = score.max(copied(shared));
                if self.likeness(person, statement) > Some(Likeness::Other) {
                    score = score.max(OWN_AGE);
                }
                let suspicion = match outcome {
                    Outcome::Differs(Difference::Value) if other_half_of_day(claim, statement) => {
                        score.max(CONTRADICTS)
                    }
                    Outcome::Differs(Difference::Value) => {
                        score * slip::likelihood(claim, statement)
                    }
                    Outcome::Differs(Difference::Bound | Difference::Direction) => {
                        score * SAME_NUMBER
                    }
                    _ => score,
                };
                Some(Held { fact, score, suspicion, shared, outcome })
            })
            .take(CANDIDATES)
            .collect();
        weigh::by_change(self.reference, told.course, &mut found);
        weigh::by_date(self.reference, told.when, &mut found);
        weigh::by_row(self.reference, &claim.frame, &mut found);
        weigh::by_item(self.reference, &claim.frame, &mut found);
        weigh::by_label(self.reference, &claim.frame, &mut found);
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
            } else if one_end(claim, there) || other_half_of_day(claim, there) {
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
                    // "More than 26 degrees" of 26.4 °C.
                    Dimension::Physical("angle") => {
                        dimensions.push(Dimension::Physical("temperature"));
                    }
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
        // One person's age tells nothing of another's.
        let like = |h: &Held| self.likeness(person, self.reference.fact(h.fact));
        if let Some(most) = found.iter().filter_map(like).max().filter(|m| *m > Likeness::Other) {
            found.retain(|h| like(h).is_none_or(|like| like == most));
        }
        found
    }

    /// How the day of a birth or of a death relates to a life that the report has in brackets.
    fn hold_to_life(&self, claim: &Statement, end: End, fact: &Statement) -> Option<Outcome> {
        let Value::Date(said) = &claim.mention.value else { return None };
        let life = aged::life(&self.reference.document, fact)?;
        Some(match date::days(&said.day()?, &life[end as usize]) {
            DateMatch::Differs => Outcome::Differs(Difference::Value),
            DateMatch::Agrees => Outcome::Agrees,
            _ => return None,
        })
    }

    /// How surely a fact is the age of this person; `None` if one of the two is no named person's.
    fn likeness(&self, person: Option<&str>, fact: &Statement) -> Option<Likeness> {
        // Few claims are ages: the others need not know whose the fact is.
        let person = person?;
        let other = aged::person(&self.reference.document, fact)?;
        Some(aged::likeness(person, other))
    }

    /// Rules on the claims of one sentence of `document` together: one fact serves one claim.
    pub fn sentence(&mut self, document: &Document, claims: &[Statement]) -> Vec<Ruling> {
        let whens = whens(document, claims);
        let told = told(document, claims, &whens);
        let held = self.held_all(document, claims, &told);
        let agree: Vec<Option<Held>> = held.iter().map(|held| agreeing(held)).collect();
        let ends = |(claim, fact): (usize, FactId)| {
            Some((told[claim].course?, self.reference.courses()[fact as usize]?))
        };
        // "Lost 14 members and has 318" of "318 members, 14 fewer": a gap is exchanged for an amount only
        // where both are told so.
        let gap = |claim: usize, fact: FactId| {
            let of_fact = self.reference.courses()[fact as usize] == Some(Course::Gap);
            (told[claim].course == Some(Course::Gap), of_fact)
        };
        // "Two of the firm's 11 plants" are not exchanged either.
        let part_of = |one: usize, other: usize| {
            let [one, other] =
                [one.min(other), one.max(other)].map(|claim| claims[claim].mention.span);
            let between = Span { start: one.end, end: other.start.max(one.end) };
            let between = document.slice(between);
            between.starts_with(" of ")
                && !between.contains(" and ")
                && !between.contains([',', '.', ';'])
        };
        // "More than in 2021 but fewer than in 2019" of "fewer than in 2019 but more than in 2021".
        let compared = |(claim, fact): (usize, FactId)| {
            let (claim, fact) = (&claims[claim], self.reference.fact(fact));
            claim.frame.compared && claim.beside.opens_like(&fact.beside)
        };
        let of_a_kind = |one: (usize, FactId), other: (usize, FactId)| {
            if part_of(one.0, other.0) || compared(one) || compared(other) {
                return false;
            }
            let [one, other] = [gap(one.0, one.1), gap(other.0, other.1)];
            one.1 == other.1 || one.0 == other.1 && other.0 == one.1
        };
        // "Rose from 2,140 to 2,305" of what fell from the one to the other.
        let other_ends = |one, other| {
            ends(one).zip(ends(other)).is_some_and(|(one, other)| {
                one.0 != one.1 && other.0 != other.1 && one.0 != other.0
            })
        };
        // "52 of the vaccinated, 31 of the others" of "31 of the vaccinated and 52 of the others".
        let pulled = |(one, own): (usize, FactId), (other, there): (usize, FactId)| {
            let facts = [own, there].map(|fact| self.reference.fact(fact));
            let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
            let pull =
                |claim: usize, facts| apart::pull(&claims[claim].frame, facts, report, vocabulary);
            let sorts = facts[0].measure.as_ref().zip(facts[1].measure.as_ref());
            facts[0].sentence == facts[1].sentence
                && facts[0].sentence.len() <= PULLED_WITHIN
                && sorts.is_some_and(|(a, b)| a.same_sort(b))
                && {
                    let pulls =
                        [pull(one, (facts[1], facts[0])), pull(other, (facts[0], facts[1]))];
                    pulls.iter().any(Pull::draws)
                        && pulls.iter().all(|pull| pull.first > pull.second)
                }
        };
        // "From 71% to 38%" of "from 38% to 71%"
        let turned = |first: usize, second: usize, range: FactId| {
            let courses = [told[first].course, told[second].course];
            let range = self.reference.fact(range).measure.as_ref().filter(|m| m.is_range());
            let ends = [first, second].map(|claim| low_of(&claims[claim]));
            courses == [Some(Course::From), Some(Course::To)]
                && range.is_some_and(|range| ends == [Some(range.high), Some(range.low)])
        };
        let exchanged = match claims.first().is_some_and(Statement::is_background) {
            true => Vec::new(),
            false => exchanged(claims, &held, &agree, other_ends, pulled, of_a_kind, turned),
        };
        let together = Together::new(document, claims, &held, agree, whens);
        claims
            .iter()
            .zip(&held)
            .enumerate()
            .map(|(number, (claim, held))| {
                match exchanged.iter().find(|(exchanged, ..)| *exchanged == number) {
                    Some(&(_, meant, own)) => Ruling {
                        span: claim.mention.span,
                        verdict: Verdict::Contradicted {
                            facts: vec![meant],
                            how: Difference::Value,
                            elsewhere: own,
                        },
                        confidence: 80,
                    },
                    None => {
                        let (Told { course, when, stage }, together) = (told[number], &together);
                        let before = number.checked_sub(1).map(|before| &claims[before]);
                        let case =
                            Case { claim, held, number, before, course, when, stage, together };
                        self.rule(document, &case)
                    }
                }
            })
            .collect()
    }

    /// Rules on one claim of a sentence.
    fn rule(&mut self, document: &Document, case: &Case<'_>) -> Ruling {
        let span = case.claim.mention.span;
        let ruling = |verdict, confidence| Ruling { span, verdict, confidence };
        if exempt(case.claim) || self.dateline(case.claim) || case.numbers_counted() {
            return ruling(Verdict::Exempt, 100);
        }
        let chosen = self.choose(case);
        let familiar = !case.claim.is_background();
        if familiar && let Some(fact) = chosen.agree.and_then(|agree| self.other_year(case, &agree))
        {
            let facts = vec![fact];
            let how = Difference::Value;
            return ruling(Verdict::Contradicted { facts, how, elsewhere: None }, 70);
        }
        if familiar
            && chosen.agree.is_none_or(|agree| agree.score < BOUND_AT_ALL)
            && let Some(derivation) = self.portion(document, case)
        {
            return match portion::misses(case.claim, &derivation) {
                true => ruling(Verdict::Miscalculated { derivation }, 75),
                false => ruling(Verdict::Derived(derivation), 70),
            };
        }
        if chosen.agree.is_none()
            && let Some(derivation) = self.of_whole(case)
        {
            return ruling(Verdict::Derived(derivation), 70);
        }
        if let Some(clash) = chosen.clash
            && let Outcome::Differs(how) = clash.outcome
        {
            let Needed { suspicion, elsewhere } = self.needed(case, &chosen, &clash, how);
            if clash.suspicion >= suspicion {
                let over = (clash.suspicion - suspicion) / (1.0 - suspicion);
                let sure = (55.0 + 45.0 * over.clamp(0.0, 1.0)) as u8;
                let (verdict, confidence) = self.contradiction(case, &chosen, &clash, how);
                return match verdict {
                    Verdict::Contradicted { facts, how, .. } => {
                        ruling(Verdict::Contradicted { facts, how, elsewhere }, sure)
                    }
                    excused => ruling(excused, confidence),
                };
            }
        }
        let (verdict, confidence) = self.other_half(case, &chosen).unwrap_or_else(|| {
            let Some(agree) = chosen.agree else { return self.without_fact(case) };
            self.agreement(case, &agree)
        });
        ruling(verdict, confidence)
    }

    /// Of the facts that a claim can be held against, the one that agrees best and the one that
    /// differs most tellingly.
    fn choose(&self, case: &Case<'_>) -> Chosen {
        let Case { claim, held, .. } = *case;
        let loosely = |h: &Held| loosely(claim, self.reference.fact(h.fact));
        let firm = best(held.iter().filter(|h| h.outcome.agrees() && !loosely(h)));
        let agree = firm.or_else(|| best(held.iter().filter(|h| h.outcome.agrees())));
        let against = agree
            .filter(|agree| agree.score >= BOUND_AT_ALL || !self.contains_only(claim, agree.fact));
        let elsewhere = against.is_some() && firm.is_some();
        let clash = held
            .iter()
            .filter(|h| !h.outcome.agrees() && self.is_rival(case, h, firm, agree))
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
        // A passage of other things may tell this one as the report does.
        let meant = |clash: &Held| {
            let fact = self.reference.fact(clash.fact);
            let words = claim.frame.bonds.chunk_by(|a, b| a.word == b.word);
            let shared = words.filter(|word| word.iter().any(|bond| has(fact, bond, IN_SENTENCE)));
            let shared = shared.count();
            // One word does not tell that a year which the report has is wrong here.
            let dated = claim.measure.is_none()
                && agree.is_some()
                && clash.outcome == Outcome::Differs(Difference::Value);
            (!dated || shared > 1 || clash.shared > 0.0)
                && (!claim.is_background() || clash.score >= CLEAR && shared >= TOLD_ALIKE)
        };
        let clash = weekday.copied().or(clash).filter(meant);
        // What agrees by chance is no excuse for what is plainly meant.
        let against = against.filter(|agree| {
            firm.is_some()
                || clash.is_none_or(|clash| {
                    clash.suspicion.max(clash.score) <= agree.score
                        && clash.outcome == Outcome::Differs(Difference::Value)
                })
        });
        Chosen { firm, agree, against, clash }
    }

    /// Whether a fact lies between two values.
    pub(super) fn is_gap(&self, fact: FactId) -> bool {
        self.reference.courses()[fact as usize] == Some(Course::Gap)
    }

    /// Whether a claim tells a gap that has its value, or a change by it: "cut 160 jobs" of "160 fewer".
    pub(super) fn is_gap_told(&self, case: &Case<'_>, agree: &Held) -> bool {
        let moved = case.claim.measure.as_ref().is_some_and(|measure| measure.direction.is_some());
        let told =
            matches!(case.course, Some(Course::Gap | Course::By)) || case.course.is_none() && moved;
        told && self.is_gap(agree.fact)
    }

    /// What it takes for the fact that differs to contradict the claim.
    fn needed(&self, case: &Case<'_>, chosen: &Chosen, clash: &Held, how: Difference) -> Needed {
        let Case { claim, together, .. } = *case;
        // What stands beside the claim tells which sentence of the report it is from.
        let company = |held: &Held| self.company(case, held.fact);
        let company =
            chosen.agree.map_or(Ordering::Equal, |agree| company(&agree).cmp(&company(clash)));
        let in_company = company == Ordering::Greater;
        let company = match company {
            Ordering::Greater => COMPANY,
            Ordering::Equal => 1.0,
            Ordering::Less => 1.0 / LONELY,
        };
        let agree_score = company * chosen.agree.map_or(0.0, |h| h.score);
        let fact = self.reference.fact(clash.fact);
        // "Four children" of four riders and two children.
        let own_count = count_alike(claim, fact) == Some(true)
            && chosen.agree.is_some_and(|agree| {
                count_alike(claim, self.reference.fact(agree.fact)) == Some(false)
            });
        // "Eleven of the 13 stations": there are 13, however many of them are told of.
        let whole = claim.beside.follows(Mark::function("of"))
            && case.before.is_some()
            && chosen.agree.is_some_and(|agree| {
                count_alike(claim, self.reference.fact(agree.fact)) == Some(true)
            });
        let ratio = if own_count { 1.0 } else { COUNT_RATIO };
        let counts = how == Difference::Value
            && !in_company
            && clash.score >= CONTRADICTS_COUNT.max(agree_score * ratio)
            && (own_count || both_small(claim, fact));
        let small = match () {
            () if counts_things(claim) => SMALL_COUNT,
            () if together.supposed => SUPPOSED_COUNT,
            () => 1.0,
        };
        let (home, home_slip) = match claim.is_at_home() && !together.supposed {
            true => (AT_HOME, AT_HOME_SLIP),
            false => (1.0, 1.0),
        };
        let leans = || {
            claim.is_at_home()
                && clash.shared >= LEANS
                && of_a_size(claim, fact)
                && (!counts_things(claim) || both_small(claim, fact))
        };
        let suspicion = match chosen.against {
            // The same day under another weekday is the same day.
            _ if how == Difference::Weekday && same_day(claim, fact) => {
                return Needed { suspicion: 0.0, elsewhere: None };
            }
            _ if whole => f32::INFINITY,
            // Of two small counts the one that is bound better was meant.
            _ if counts => CONTRADICTS_COUNT,
            // Of two facts with the claim's number the nearer one tells which bound it has.
            Some(held)
                if how == Difference::Bound
                    && matches!(held.outcome, Outcome::Requalified { .. }) =>
            {
                held.score.max(BOUND_AT_ALL)
            }
            // A rise that is told of something else is no sign of it.
            Some(held) if how == Difference::Direction && held.score < BOUND_AT_ALL => BOUND_AT_ALL,
            // A bare number is no sign of another unit.
            Some(held) if how == Difference::Unit && self.bare(held.fact) => {
                held.score.max(BOUND_AT_ALL)
            }
            // "545 hectares in 2009" of 310 in 2009 and 545 in 2022; the figure of another item.
            Some(held)
                if weigh::dated_apart(self.reference, case.when, (clash.fact, held.fact))
                    || weigh::named_apart(
                        self.reference,
                        &claim.frame,
                        (clash.fact, held.fact),
                    ) =>
            {
                small * BOUND_AT_ALL
            }
            // What the date that agrees tells of agrees too.
            Some(held) if case.is_dated_so(self.reference, held.fact) => f32::INFINITY,
            // "In 2022 it sold 389,000" of "412,000, 6% more than in 2022": the year of another figure.
            Some(held) if self.is_compared_with(case, clash, &held) => f32::INFINITY,
            // "Inflation stands at 2.6%" of "inflation has come down to 2.6%. Unemployment stands at 5.3%".
            Some(held) if in_company && self.opens_alike(claim, clash, &held) => f32::INFINITY,
            // Of two facts of a sentence the one is meant to which the claim's own words belong.
            Some(held) if self.belongs_elsewhere(claim, clash, &held) => f32::INFINITY,
            // Copied words tell the place better than anything else.
            Some(held) if clash.shared >= COPIED && held.shared < NOT_COPIED * clash.shared => {
                small * CONTRADICTS.max(agree_score)
            }
            // "Mother of one" of a mother of two, where nothing else there is one of is a mother's.
            Some(held)
                if held.score < BOUND_AT_ALL
                    && leans()
                    && held.shared <= LEANS_ELSEWHERE * clash.shared
                    && clash.score >= LEANS_RATIO * held.score =>
            {
                CONTRADICTS_BESIDE
            }
            // What has the value has nothing else in common with the claim: it stands there by chance.
            Some(held)
                if clash.score >= STRAY_RATIO * held.score
                    && claim.is_at_home()
                    && !counts_things(claim)
                    && !rough(claim)
                    && of_a_size(claim, fact) =>
            {
                small * home * CONTRADICTS
            }
            Some(_) => {
                // Three digits hardly come out alike by chance.
                let telling = claim.measure.as_ref().is_some_and(is_telling);
                let ratio = match telling && agree_score >= BOUND_AT_ALL {
                    true => TELLING_RATIO,
                    false => SWAP_RATIO,
                };
                small * CONTRADICTS_SWAPPED.max(agree_score * ratio)
            }
            // A number of three digits in another unit stands there by no chance, nor does a weekday
            // that the report never names.
            None if how == Difference::Weekday && claim.is_at_home() => ANOTHER_WEEKDAY,
            None if how == Difference::Unit
                && claim.is_at_home()
                && !self.bare(clash.fact)
                && claim
                    .measure
                    .as_ref()
                    .is_some_and(|m| arithmetic::significant_digits(m) > 2) =>
            {
                0.0
            }
            // The same number with the wrong unit or bound is too like to be chance.
            None if how != Difference::Value => BOUND_AT_ALL,
            None if slips(claim, fact) && clash.suspicion >= LOOKS_LIKE * clash.score => {
                small * home_slip * CONTRADICTS_SLIP
            }
            None if leans() => small * CONTRADICTS_BESIDE,
            None => small * home * CONTRADICTS,
        };
        Needed { suspicion, elsewhere: chosen.against.map(|held| held.fact) }
    }

    /// How many other claims of the sentence agree best with a fact of this one's sentence.
    fn company(&self, case: &Case<'_>, fact: FactId) -> usize {
        let sentence = self.reference.fact(fact).sentence;
        let others = case.together.agree.iter().enumerate();
        let others = others.filter(|(number, _)| *number != case.number);
        let there = |agree: &Option<Held>| {
            agree.is_some_and(|agree| self.reference.fact(agree.fact).sentence == sentence)
        };
        others.filter(|(_, agree)| there(agree)).count()
    }

    /// The verdict where a fact contradicts the claim: unless the claim follows from other facts, or
    /// the report contradicts itself.
    fn contradiction(
        &mut self,
        case: &Case<'_>,
        chosen: &Chosen,
        clash: &Held,
        how: Difference,
    ) -> (Verdict, u8) {
        let Case { claim, held, .. } = *case;
        let steps = case.steps();
        // "The other 74" is a difference too.
        let invited = |step: Step| {
            steps.contains(&step) || step == Step::Difference && steps.contains(&Step::Remainder)
        };
        // What is clearly the same thing is not excused by a sum that happens to come out.
        let derived = self.derivation(case, &steps).filter(|derivation| {
            let score = |fact: &FactId| {
                let held = held.iter().find(|h| h.fact == *fact).map_or(0.0, |h| h.score);
                held.max(self.aligner.score(*fact))
            };
            let bound = derivation.facts.iter().all(|fact| score(fact) >= CONTRADICTS);
            // "Exceeds revenue by 14.5 billion": that the number stands elsewhere too is no wonder.
            let announced = exactly(claim, derivation)
                && case.tells_gap()
                && chosen.agree.is_some_and(|agree| agree.score < BOUND_AT_ALL);
            // "Three were not" of twelve of which nine were, whatever else there are three of.
            let sentence = |fact: &FactId| self.reference.fact(*fact).sentence;
            let here = derivation.facts.iter().all(|fact| sentence(fact) == sentence(&clash.fact));
            let parts = invited(derivation.step)
                && (derivation.facts.contains(&clash.fact) || case.tells_gap())
                && here
                && chosen.agree.is_some_and(|agree| agree.score < BOUND_AT_ALL);
            let left = here && Judge::is_left(case, derivation);
            let start = here && self.is_start(case, derivation);
            // "A mean of 5.3 tonnes" of "4.8 tonnes, half a tonne below the mean".
            let level = here
                && matches!(derivation.step, Step::Sum | Step::Difference)
                && derivation.facts.contains(&clash.fact)
                && derivation.facts.iter().any(|f| *f != clash.fact && self.is_gap(*f));
            // No sum tells how old somebody is of whom the report says it.
            let own_age = is_age(claim) && clash.score >= OWN_AGE;
            // Something always comes out of figures from here and there.
            let ratio = matches!(derivation.step, Step::Share | Step::Change | Step::Multiple);
            let told = invited(derivation.step) && !ratio;
            let found = !told && clash.suspicion >= PLAIN && !here;
            // "More than a third" holds of many a share.
            let free = match rough(claim) {
                true => chosen.firm.is_none(),
                false => chosen.agree.is_none(),
            };
            let same_part = derivation.step == Step::Difference && self.is_same_part(claim, clash);
            // "0.25%" of "0.5%" and "0.25%": a value follows from itself.
            let circular = chosen.agree.is_some_and(|agree| derivation.facts.contains(&agree.fact));
            how == Difference::Value
                && !own_age
                && !found
                && !circular
                && !same_part
                && (free || announced || parts || start)
                && (left
                    || start
                    || level
                    || exactly(claim, derivation)
                        && beside::tells_gap(self.reference, derivation, clash.fact)
                    // The share of a vote.
                    || derivation.step == Step::Share
                        && (derivation.facts.len() == 1
                            || beside::tells_part(self.reference, derivation))
                    // "82 people" of 44 scientists and a crew of 38.
                    || derivation.step == Step::Sum && here && counts_people(claim)
                    || is_age(claim)
                        && derivation.facts.iter().any(|f| self.reference.births().contains(f))
                    // "And the rest in Norway"
                    || derivation.step == Step::Remainder
                        && derivation.facts.len() > 2
                        && derivation.facts.contains(&clash.fact)
                    || derivation.step == Step::Portion
                        && self.is_of_part(claim, derivation, clash)
                    || match clash.shared < COPIED_WHOLE {
                        // A fraction in words is so rough that something always makes it.
                        true => {
                            clash.suspicion < CLEAR
                                || bound
                                || invited(derivation.step)
                                    && (!rough(claim) || derivation.step == Step::Remainder)
                        }
                        false => bound && invited(derivation.step),
                    })
        });
        let beside = || self.beside(case, clash).filter(|_| how == Difference::Value);
        // "Nine days later": a day that so comes out is no other one's error.
        let shifted = || {
            let day = movable(claim).filter(|_| how == Difference::Value)?;
            let found = self.reference.shifts().derive_told(day)?;
            (clash.suspicion < PLAIN || found.facts.contains(&clash.fact)).then_some(found)
        };
        let clock = || shifted::clock(self.reference, claim).filter(|_| how == Difference::Value);
        let aged =
            || shifted::year_of_age(self.reference, claim).filter(|_| how == Difference::Value);
        let derived = derived.or_else(beside).or_else(shifted).or_else(clock).or_else(aged);
        if let Some(derivation) = derived.or_else(|| self.share_of(case, clash)) {
            return (Verdict::Derived(derivation), 70);
        }
        let mut facts = vec![clash.fact];
        facts.extend(self.conflicts(clash.fact));
        let agrees = |fact: &FactId| {
            hold(claim, self.reference.fact(*fact), self.tolerances).is_some_and(Outcome::agrees)
        };
        // The clash itself may have the value, told the other way round.
        match facts[1..].iter().any(agrees) {
            true => (Verdict::Disputed(facts), 75),
            false => (Verdict::Contradicted { facts, how, elsewhere: None }, 0),
        }
    }

    /// The verdict on a claim that no fact has the value of.
    fn without_fact(&mut self, case: &Case<'_>) -> (Verdict, u8) {
        if let Some(derivation) = self.derivation(case, &case.steps()) {
            return (Verdict::Derived(derivation), 70);
        }
        let shifted = |day| self.reference.shifts().derive(day);
        let aged = || shifted::year_of_age(self.reference, case.claim);
        if let Some(derivation) = shiftable(case.claim).and_then(shifted).or_else(aged) {
            return (Verdict::Derived(derivation), 70);
        }
        if !checkable(case.claim) {
            return (Verdict::Exempt, 60);
        }
        let clock = || shifted::clock(self.reference, case.claim);
        if let Some(derivation) = hence(self.reference, case.claim).or_else(clock) {
            return (Verdict::Derived(derivation), 60);
        }
        if let Some(derivation) = self.complement(case).or_else(|| self.gap_nearby(case)) {
            return (Verdict::Derived(derivation), 60);
        }
        if let Some(derivation) = self.other_gap(case) {
            return (Verdict::Miscalculated { derivation }, 70);
        }
        let measure = case.claim.measure.as_ref();
        match measure.and_then(|measure| self.reference.pairs().derive(measure, self.tolerances)) {
            Some(derivation) => (Verdict::Derived(derivation), 60),
            None => (Verdict::Unsupported, 60),
        }
    }

    /// The verdict on a claim that agrees with a fact.
    fn agreement(&mut self, case: &Case<'_>, agree: &Held) -> (Verdict, u8) {
        let relative = is_relative(case.claim);
        if agree.score >= if relative { CONTRADICTS } else { BOUND_AT_ALL } {
            let others = self.conflicts(agree.fact);
            if !others.is_empty() {
                let facts = std::iter::once(agree.fact).chain(others).collect();
                return (Verdict::Disputed(facts), 75);
            }
        }
        match agree.outcome {
            Outcome::Requalified { dropped } if agree.score >= BOUND_AT_ALL => {
                (Verdict::Requalified { fact: agree.fact, dropped }, 70)
            }
            _ => {
                let agreeing = case.held.iter().filter(|h| h.outcome.agrees());
                let sure = if agree.score >= BOUND_AT_ALL { 80 } else { BY_VALUE };
                (Verdict::Supported(agreeing.map(|h| h.fact).take(3).collect()), sure)
            }
        }
    }

    /// What a share comes to that is told right behind the figure that it is of, or a multiple beside
    /// what it led to.
    fn portion(&self, document: &Document, case: &Case<'_>) -> Option<Derivation> {
        let mut ends = case.together.agree.iter().flatten();
        if let Some(growth) =
            ends.find_map(|end| portion::growth(case.claim, end.fact, self.reference))
        {
            return Some(growth);
        }
        let before = case.before?;
        let part = case.together.agree[case.number - 1]?;
        let bound = part.score >= BOUND_AT_ALL;
        let claims = (before, case.claim);
        bound.then(|| portion::of(document, claims, part.fact, self.reference, &self.columns))?
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
    fn other_year(&self, case: &Case<'_>, agree: &Held) -> Option<FactId> {
        let year = stated_year(case.claim)?;
        let dates = self.reference.dates();
        let heard = |fact: &FactId| mentions_year(self.reference.fact(*fact), year);
        let own = self.reference.date.map(|day| i32::from(day.year()));
        if stated_year(self.reference.fact(agree.fact)).is_some()
            || own == Some(year)
            || dates.iter().any(heard)
        {
            return None;
        }
        let others = case.held.iter().filter(|h| {
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
    /// no sign that it has November 2018. A day of the claim's month is one.
    fn contains_only(&self, claim: &Statement, fact: FactId) -> bool {
        let part = |date: &Date| match &date.value {
            DateValue::Day(day) => Some(day.part),
            _ => None,
        };
        match (&claim.mention.value, &self.reference.fact(fact).mention.value) {
            (Value::Date(said), Value::Date(meant)) => {
                // A day of the claim's month, or its very day without the year.
                let day_of_month = match (part(said), part(meant)) {
                    (Some(YearPart::Month(month)), Some(YearPart::Day(other, _))) => month == other,
                    (Some(YearPart::Day(..)), Some(YearPart::Day(..))) => part(said) == part(meant),
                    _ => false,
                };
                // "Sunday" is no sign of "2.50 pm on Sunday".
                let timed =
                    |date: &Date| matches!(date.value, DateValue::Time { clock: Some(_), .. });
                timed(said) && !timed(meant)
                    || !said.relative && said.value != meant.value && !day_of_month
            }
            _ => false,
        }
    }

    /// Whether a fact is a bound that the claim's value keeps to, by so many times at least: "more
    /// than 40%" beside 44%, "at least one" beside 68.
    pub(super) fn within(&self, claim: &Statement, fact: FactId, times: i64) -> bool {
        match (&claim.measure, &self.reference.fact(fact).measure) {
            (Some(said), Some(bound)) => figure::within(said, bound, Decimal::from(times)),
            _ => false,
        }
    }

    /// The facts that tell the same thing as `fact` with another value.
    pub(super) fn conflicts(&mut self, fact: FactId) -> Vec<FactId> {
        conflict::conflicts(self.reference, &mut self.aligner, fact)
    }

    /// The share that is bound best to a claim, if it is bound well.
    pub(super) fn best_share(&mut self, claim: &Statement) -> Option<Candidate> {
        let candidates = self.aligner.candidates(&claim.frame);
        let mut shares = candidates.iter().filter(|candidate| {
            let fact = self.reference.fact(candidate.fact).measure.as_ref();
            fact.is_some_and(|fact| fact.dimension == Dimension::Share && !fact.is_range())
        });
        shares.next().filter(|share| share.score >= CLEAR).copied()
    }
}

/// Whether a value is unlikely to stand in a report by chance: it has three digits, or two and a size.
fn is_telling(measure: &Measure) -> bool {
    let digits = arithmetic::significant_digits(measure);
    digits >= 3 || digits == 2 && measure.raw.abs() >= Decimal::from(SIZED)
}

/// Whether a value tells of a change as a part of what changed.
pub(super) fn is_rate_of_change(measure: &Measure) -> bool {
    matches!(measure.dimension, Dimension::Share | Dimension::Factor | Dimension::Points)
}

/// What the claims of a sentence tell besides their frames.
fn told<'d>(
    document: &Document,
    claims: &'d [Statement],
    whens: &[Option<usize>],
) -> Vec<Told<'d>> {
    let told = |(claim, told_of): (_, &Option<usize>)| Told {
        course: course(document, claim),
        when: told_of.and_then(|number| when(&claims[number])),
        stage: stage(document, claim),
    };
    claims.iter().zip(whens).map(told).collect()
}

/// Whether a claim is somebody's age.
pub(super) fn is_age(claim: &Statement) -> bool {
    claim.measure.as_ref().is_some_and(|measure| measure.age)
}

/// A line with the date of a text is not longer than this, in bytes.
const MASTHEAD: u32 = 120;

/// The size of what is no range.
pub(super) fn low_of(fact: &Statement) -> Option<Decimal> {
    fact.measure.as_ref().filter(|measure| !measure.is_range()).map(|measure| measure.low)
}

/// Whether a word is bound to a fact by so much at least.
pub(super) fn has(fact: &Statement, bond: &Bond, least: f32) -> bool {
    has_term(fact, bond.term, least)
}

pub(super) fn has_term(fact: &Statement, term: TermId, least: f32) -> bool {
    fact.frame.bonds.iter().any(|bond| bond.term == term && bond.weight >= least)
}
