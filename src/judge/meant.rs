//! Which of two facts a claim is told of: the one that has its value, or the one beside it whose words are the
//! claim's.

use std::mem::discriminant;

use super::apart;
use super::arithmetic::Step;
use super::beside;
use super::claim::{BOUND_AT_ALL, CONTRADICTS, Case, Chosen, IN_SENTENCE, Judge, has, has_term};
use super::course::{Course, ends_of};
use super::held::{COPIED_AT_ALL, Held, Outcome};
use super::nature::{counts_things, rough};
use super::shifted::shiftable;
use super::{Difference, Verdict, unlike, weigh};
use crate::source::Span;
use crate::statement::frame::Bond;
use crate::statement::words::TermId;
use crate::statement::{Dimension, Statement};
use crate::value::date::{DateValue, YearPart};
use crate::value::{Date, Value};

/// A year is another's by no less than this share of the claim's words.
const DATED: f32 = 0.25;
/// What stands between two facts is parted rightly where it is no longer than this, in bytes.
const AT_HAND: u32 = 48;
/// A word bound so closely tells whom a figure is of ...
const TOLD: f32 = 0.5;
/// ... if it is so rare in the report and stands in the sentence of another figure.
const RARE: f32 = 1.5;
/// Words bound so closely tell what a share is of.
const NEAREST: f32 = 0.9;
/// Words bound so closely tell what is said of those.
const TOLD_OF: f32 = 0.8;
/// A fact that is of those is meant where it is bound so well beside the one that has the value.
const OF_OTHERS: f32 = 0.75;

impl Judge<'_> {
    /// The verdict on a claim that has the value of one fact of a sentence and the words of another; but for
    /// what a report gives in brackets only on one that stands alone in its sentence.
    pub(super) fn other_half(&mut self, case: &Case<'_>, chosen: &Chosen) -> Option<(Verdict, u8)> {
        let firm = chosen.firm?;
        let alone = case.together.is_alone(case.claim);
        let meant = case.held.iter().find(|h| {
            case.is_free(h.fact)
                && !unlike::sizes(case.claim, self.reference.fact(h.fact))
                && (self.is_gap(h.fact) || !self.is_gap_told(case, &firm))
                && !case.is_dated_so(self.reference, firm.fact)
                && !self.is_compared_with(case, h, &firm)
                && !self.is_labelled(case.claim, h, &firm)
                && (self.is_before(case, h, &firm)
                    || alone
                        && (self.is_pulled(case.claim, h, &firm)
                            || self.is_other_end(case, h, &firm)
                            || self.is_of_whole(case.claim, h, &firm)
                            || self.is_of_others(case.claim, h, &firm)
                            || self.is_of_another(case.claim, h, &firm)))
        })?;
        // The report contradicts itself: that is told instead. A day that follows from what is told of
        // another is right.
        let follows = |day| self.reference.shifts().derive_told(day).is_some();
        if self.conflicts(firm.fact).contains(&meant.fact)
            || shiftable(case.claim).is_some_and(follows)
        {
            return None;
        }
        let verdict = Verdict::Contradicted {
            facts: vec![meant.fact],
            how: Difference::Value,
            elsewhere: Some(firm.fact),
        };
        Some((verdict, 75))
    }

    /// Whether a claim is pulled to a fact by the words that only this one has, away from the fact
    /// of the same sentence that has its value.
    fn is_pulled(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let alike = match (&fact.measure, &own.measure) {
            (Some(a), Some(b)) => a.same_sort(b),
            _ => {
                matches!(
                    (&fact.mention.value, &own.mention.value),
                    (Value::Set(a), Value::Set(b)) if a.same_sort(b)
                ) || told_alike(fact, own)
                    || both_years(fact, own)
            }
        };
        // "11 were hurt, two of them badly": what stands beside the whole is told of its part too.
        let part =
            fact.sentence == own.sentence && apart::is_part(fact, own, &self.reference.document);
        if meant.outcome != Outcome::Differs(Difference::Value)
            || !(fact.sentence == own.sentence || beside::in_line(self.reference, fact, own))
            || !alike
            || meant.score < BOUND_AT_ALL
            || !part && counts_things(claim)
        {
            return false;
        }
        if fact.sentence != own.sentence {
            return apart::by_headers(&claim.frame, fact, own);
        }
        // "414 in the season, second only to 2018/19 (421)": one thing at two times.
        if self.of_two_times(claim, meant, agree) {
            return false;
        }
        let years = both_years(fact, own);
        // "Until 1991" is no year in which something began.
        let lead = claim.date_qualifier();
        if years && lead.is_some() && lead != fact.date_qualifier() {
            return false;
        }
        let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
        let pull = apart::pull(&claim.frame, (fact, own), report, vocabulary);
        // More than one thing happened in a year.
        (part || agree.shared < COPIED_AT_ALL || pull.second == 0.0)
            && pull.draws()
            && (!years || pull.first >= DATED && pull.second == 0.0)
    }

    /// Whether the fact that has a claim's value stands behind a name that the claim has, and the other
    /// tells of something else.
    fn is_labelled(&self, claim: &Statement, clash: &Held, agree: &Held) -> bool {
        let labels = self.reference.labels();
        let named = |label: Option<TermId>| label.filter(|l| weigh::tells(&claim.frame, *l));
        let other = self.reference.fact(clash.fact);
        named(labels[agree.fact as usize]).is_some_and(|name| {
            named(labels[clash.fact as usize]).is_none() && !has_term(other, name, IN_SENTENCE)
        })
    }

    /// Whether a claim is a date that the report compares with, and no figure that it is told of is one of
    /// those beside the date that it would be wrong for.
    pub(super) fn is_compared_with(&self, case: &Case<'_>, clash: &Held, agree: &Held) -> bool {
        let sentence = self.reference.fact(clash.fact).sentence;
        let mut figures = case.dated().peekable();
        self.reference.fact(agree.fact).frame.compared
            && figures.peek().is_some()
            && !figures.flatten().any(|agree| self.reference.fact(agree.fact).sentence == sentence)
    }

    /// Whether the sentence of the fact with a claim's value opens with the word that the claim's does, and
    /// that of the other does not have it.
    pub(super) fn opens_alike(&self, claim: &Statement, clash: &Held, agree: &Held) -> bool {
        let [other, own] = [clash, agree].map(|held| self.reference.fact(held.fact));
        let opening = claim.frame.subject.last();
        opening.is_some_and(|topic| {
            own.frame.subject.last() == Some(topic) && !has_term(other, *topic, IN_SENTENCE)
        })
    }

    /// Whether the words that tell two facts of a sentence apart are rather those of the one that has a
    /// claim's value: "her husband, the painter, died in 1999" of "she married the painter in 1958; he
    /// died in 1999".
    pub(super) fn belongs_elsewhere(&self, claim: &Statement, clash: &Held, agree: &Held) -> bool {
        let facts = (self.reference.fact(clash.fact), self.reference.fact(agree.fact));
        let [one, other] = [facts.0.mention.span, facts.1.mention.span];
        if self.is_labelled(claim, clash, agree) {
            return true;
        }
        let apart = one.start.max(other.start).saturating_sub(one.end.min(other.end));
        // "34.2 cents, against 32.7 the year before": what is only compared with is not meant.
        let compared = |fact: &Statement| fact.frame.compared != claim.frame.compared;
        let told_apart = compared(facts.1) && !compared(facts.0);
        facts.0.sentence == facts.1.sentence && apart <= AT_HAND && {
            let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
            let pull = apart::pull(&claim.frame, facts, report, vocabulary);
            pull.second > pull.first || pull.second == pull.first && !told_apart
        }
    }

    /// Whether two facts that a figure could be held against are told of two times.
    fn of_two_times(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let [one, other] = [meant, agree].map(|held| self.reference.whens()[held.fact as usize]);
        claim.measure.is_some() && one.is_some() && other.is_some() && one != other
    }

    /// Whether the claim tells of whom the one fact tells, and the other, which has its value, tells of
    /// somebody else: every word that this one shares with the claim the first has too.
    fn is_of_another(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let told = || claim.frame.bonds.iter().filter(|bond| bond.weight >= TOLD);
        let whom = |bond: &&Bond| claim.frame.subject.contains(&bond.term);
        meant.outcome == Outcome::Differs(Difference::Value)
            && !self.of_two_times(claim, meant, agree)
            && meant.score >= CONTRADICTS.max(agree.score)
            && fact.sentence != own.sentence
            && !own.frame.subject.is_empty()
            && !counts_things(claim)
            && !rough(claim)
            && told().filter(whom).all(|bond| !has(own, bond, 0.0))
            && told().filter(whom).any(|bond| {
                has(fact, bond, IN_SENTENCE) && self.reference.vocabulary.rarity(bond.term) >= RARE
            })
            && told().all(|bond| !has(own, bond, BOUND_AT_ALL) || has(fact, bond, BOUND_AT_ALL))
    }

    /// Whether a share is told of those that another fact's is of, and not of those that the fact with
    /// its value is of: "71% of the girls" of 71% of the pupils and 75% of the girls.
    fn is_of_others(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let share = claim.measure.as_ref().is_some_and(|m| m.dimension == Dimension::Share);
        let nearest = |bond: &&Bond| bond.weight >= NEAREST;
        let mut told = claim.frame.bonds.iter().filter(nearest);
        share
            && meant.outcome == Outcome::Differs(Difference::Value)
            && meant.score >= OF_OTHERS * agree.score
            && meant.score >= CONTRADICTS
            && told.clone().all(|bond| !has(own, bond, 0.0))
            && told.any(|bond| has(fact, bond, BOUND_AT_ALL))
            // "58% of participants were women" of "58% women" and "90% of participants stayed".
            && !claim.frame.bonds.iter().any(|bond| {
                bond.weight >= TOLD_OF && has(own, bond, BOUND_AT_ALL) && !has(fact, bond, 0.0)
            })
    }

    /// Whether a claim that tells of no earlier time has the value that the report puts in brackets behind what
    /// the claim is told of: "costs were SEK 1,498 million" of "costs were SEK 1,540 million (1,498)".
    fn is_before(&self, case: &Case<'_>, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let between = Span { start: fact.mention.span.end, end: own.mention.span.start };
        case.course != Some(Course::From)
            && case.date().is_none()
            && !case.together.steps.contains(&Step::Start)
            && meant.fact + 1 == agree.fact
            && self.reference.courses()[agree.fact as usize] == Some(Course::From)
            && between.start < between.end
            && self.reference.document.slice(between) == " ("
            && meant.outcome == Outcome::Differs(Difference::Value)
            && meant.score >= BOUND_AT_ALL
    }

    /// Whether a claim stands among the words of a whole and has the value of its part, of which it tells
    /// nothing: "damage is estimated at 112 million" of "186 million, of which 112 million is insured".
    fn is_of_whole(&self, claim: &Statement, meant: &Held, agree: &Held) -> bool {
        let (whole, part) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
        whole.sentence == part.sentence
            && meant.outcome == Outcome::Differs(Difference::Value)
            && meant.shared >= COPIED_AT_ALL
            && meant.score >= CONTRADICTS
            && apart::is_part(part, whole, report)
            && apart::pull(&claim.frame, (part, whole), report, vocabulary).first == 0.0
    }

    /// Whether a claim tells of a change what one fact of a sentence tells and not what the other,
    /// which has its value: "£218,400 more than planned" of "it cost £218,400, £33,400 over budget",
    /// "fell to 14.8%" of "fell from 14.8% to 11.3%".
    fn is_other_end(&self, case: &Case<'_>, meant: &Held, agree: &Held) -> bool {
        let (fact, own) = (self.reference.fact(meant.fact), self.reference.fact(agree.fact));
        let [of_fact, of_own] =
            [meant, agree].map(|held| self.reference.courses()[held.fact as usize]);
        let told = [of_fact, of_own].contains(&Some(Course::Gap))
            || ends_of(self.reference, agree.fact).is_some_and(|ends| ends.contains(&meant.fact));
        let alike =
            fact.measure.as_ref().zip(own.measure.as_ref()).is_some_and(|(a, b)| a.same_sort(b));
        told && of_fact == case.course
            && of_own != case.course
            && alike
            && fact.sentence == own.sentence
            && meant.outcome == Outcome::Differs(Difference::Value)
            && meant.score >= BOUND_AT_ALL
    }
}

/// Whether two dates are told as precisely: two clock times, two days, two months. Mere years are asked of
/// by themselves: more than one thing is said to happen in one.
fn told_alike(one: &Statement, other: &Statement) -> bool {
    let precise = |statement: &Statement| match &statement.mention.value {
        Value::Date(Date { value: DateValue::Day(date), .. }) => {
            (date.part != YearPart::Whole).then_some(Some(discriminant(&date.part)))
        }
        Value::Date(Date { value: DateValue::Time { clock: Some(_), .. }, .. }) => Some(None),
        _ => None,
    };
    precise(one).is_some() && precise(one) == precise(other)
}

/// Whether two dates are mere years.
fn both_years(one: &Statement, other: &Statement) -> bool {
    [one, other].iter().all(|statement| {
        matches!(&statement.mention.value, Value::Date(Date { value: DateValue::Day(date), .. }) if date.part == YearPart::Whole)
    })
}
