//! Which of the facts that differ from a claim may be the one that it is wrong for.
//!
//! A fact that shares words with a claim and has another value is often told of something else: of
//! another unit, another time, another sort of thing. Each question here is one such way to differ.

use super::Difference;
use super::beside;
use super::claim::{
    BOUND_AT_ALL, CONTRADICTS_SWAPPED, Case, Judge, OWN_AGE, PLAIN, has, is_age, is_rate_of_change,
};
use super::course::Course;
use super::held::{COPIED, Held, Outcome, other_half_of_day};
use super::nature::{count_alike, in_other_orders, is_relative, led_alike, stated_year};
use super::stage::stage;
use super::unlike;
use crate::reference::FactId;
use crate::statement::Statement;
use crate::value::Value;
use crate::value::date::PartialDate;

/// Who keeps to a bound that is bound no less than this part of what stands beside it tells of the bound.
const BESIDE: f32 = 0.8;
/// Of two values in a list the one is bound so many times as well as the other at most.
const ALIKE: f32 = 1.5;

/// A fact that differs from a claim, and those that agree with it.
#[derive(Clone, Copy)]
struct Rival<'c> {
    fact: &'c Held,
    /// The best that agrees with all that was said.
    firm: Option<Held>,
    /// The best that agrees at all.
    agree: Option<Held>,
}

impl Judge<'_> {
    /// Whether a claim may be wrong for a fact that differs from it, where `firm` and `agree` are the best bound
    /// that agree with all that it says, and with its value.
    pub(super) fn is_rival(
        &self,
        case: &Case<'_>,
        fact: &Held,
        firm: Option<Held>,
        agree: Option<Held>,
    ) -> bool {
        let rival = Rival { fact, firm, agree };
        // The same number in another unit is too like to be another claim's fact.
        let free = case.is_free(fact.fact) || fact.outcome == Outcome::Differs(Difference::Unit);
        free && self.is_of_a_time(case, rival)
            && self.is_of_a_sort(case, rival)
            && self.is_of_a_matter(case, rival)
            && !self.is_kept_to(case, rival)
    }

    /// Whether the claim keeps to the fact as to a bound, or to a bound that stands beside it.
    fn is_kept_to(&self, case: &Case<'_>, rival: Rival<'_>) -> bool {
        let Rival { fact, agree, .. } = rival;
        let slack = if agree.is_some_and(|agree| agree.score >= BOUND_AT_ALL) { 1 } else { 5 };
        // "0.6 hours" of "wearing them for three hours lengthened sleep by more than half an hour".
        let bound = |other: &Held| {
            other.score >= BESIDE * fact.score
                && self.reference.fact(other.fact).sentence
                    == self.reference.fact(fact.fact).sentence
                && self.within(case.claim, other.fact, 1)
        };
        self.within(case.claim, fact.fact, slack) || agree.is_some() && case.held.iter().any(bound)
    }

    /// Whether a date may be meant for the fact's, as far as what tells when they are is of one sort.
    fn is_of_a_time(&self, case: &Case<'_>, rival: Rival<'_>) -> bool {
        let (claim, Rival { fact: held, firm, agree }) = (case.claim, rival);
        let fact = self.reference.fact(held.fact);
        let relative = is_relative(claim);
        let copied = held.shared >= COPIED;
        // "Three months ago" counts from the day of the report, and may be told of anything.
        let counted = relative
            && held.outcome != Outcome::Differs(Difference::Weekday)
            && !other_half_of_day(claim, fact)
            && (held.score < CONTRADICTS_SWAPPED || self.is_own_day(held.fact));
        // "Goes in 2028" of "who has led it since 2014, will leave in 2028".
        let since = || {
            agree.is_some_and(|agree| {
                self.reference.fact(agree.fact).sentence == fact.sentence
                    && unlike::since(claim, fact)
            })
        };
        // "The dome is from 1971" of "the dome of 1971" and "we close the dome next year".
        let of_today = || {
            !relative
                && is_relative(fact)
                && stated_year(claim).is_some()
                && firm.is_some_and(|firm| firm.score >= BOUND_AT_ALL)
        };
        // "By Friday" is no other day than "by Friday, 6 a.m.".
        let led = |fact| led_alike(claim, self.reference.fact(fact));
        let led_apart = || agree.is_some_and(|agree| led(agree.fact) && !led(held.fact));
        // "Before Thursday" is no other day than "since Sunday".
        let apart = || unlike::ends(claim, fact) || since() || of_today();
        // "Only in 2031 was more lost": the exception is no other than what it is set against.
        let set_apart = || firm.is_some() && unlike::is_exception(claim);
        !(counted || !copied && apart() || led_apart() || set_apart())
    }

    /// Whether a figure may be meant for the fact's, as far as they count one sort of thing.
    fn is_of_a_sort(&self, case: &Case<'_>, rival: Rival<'_>) -> bool {
        let (claim, Rival { fact: held, agree, .. }) = (case.claim, rival);
        let fact = self.reference.fact(held.fact);
        // "43,862 passed" is no slip for 2.4.
        let vague = claim.measure.as_ref().is_some_and(|measure| measure.vague);
        let sizes = || !(vague && agree.is_none()) && unlike::sizes(claim, fact);
        // What was copied word for word is of one sort, whatever it looks like.
        let apart = || {
            in_other_orders(claim, fact)
                // "2-0 up" is no other score than the last.
                || !self.is_of_stage(case, held)
                // Days are no slip for years.
                || unlike::lengths(claim, fact)
                // "Nine months later" is no other length of an inquiry.
                || unlike::counted_from(claim, fact)
                || unlike::single(claim, fact)
                // "300 watt-hours a kilogram" is no other number of watt-hours.
                || unlike::rates(claim, fact)
        };
        !(sizes()
            || unlike::place_and_count(claim, fact)
            // "Outside the top 100"
            || unlike::lists(claim, fact)
            || held.shared < COPIED && apart()
            // Ages of which nothing else is told alike are not those of one thing.
            || is_age(claim) && held.score < OWN_AGE && !self.shares_topic(claim, held.fact)
            // The second of something is no slip for the 14th.
            || held.score < PLAIN && unlike::orders(claim, fact))
    }

    /// Whether a figure may be meant for the fact's, as far as what they tell of is one matter.
    fn is_of_a_matter(&self, case: &Case<'_>, rival: Rival<'_>) -> bool {
        let (claim, Rival { fact: held, firm, agree }) = (case.claim, rival);
        let fact = self.reference.fact(held.fact);
        // How much more or less there is than of something else is no amount.
        let gap = case.tells_gap()
            && !claim.measure.as_ref().is_none_or(is_rate_of_change)
            && held.shared < COPIED
            && !self.tells_change(held.fact);
        // A gap that the report tells is no other figure's error.
        let told =
            || !self.is_gap(held.fact) && agree.is_some_and(|agree| self.is_gap_told(case, &agree));
        // "14 countries" is no other number of people.
        let counted = || {
            firm.is_some_and(|firm| {
                let own = self.reference.fact(firm.fact);
                let elsewhere = own.sentence != fact.sentence;
                count_alike(claim, own) == Some(true)
                    && count_alike(claim, fact).map_or(elsewhere, |alike| !alike)
            })
        };
        // "In March (and April)": one of a list is no other than the others.
        let listed = || {
            agree.is_some_and(|agree| {
                held.score <= ALIKE * agree.score
                    && beside::listed(self.reference, agree.fact, held.fact)
            })
        };
        !(gap || told() || counted() || listed())
    }

    /// Whether a fact holds at the same stage of something as a claim, or one of its value does.
    fn is_of_stage(&self, case: &Case<'_>, meant: &Held) -> bool {
        let value =
            |h: &Held| self.reference.fact(h.fact).measure.as_ref().map(|m| (m.low, m.high));
        let told = |h: &Held| stage(&self.reference.document, self.reference.fact(h.fact));
        told(meant) == case.stage
            || case.stage.is_some()
                && case.held.iter().any(|h| value(h) == value(meant) && told(h) == case.stage)
    }

    /// Whether a claim shares a word with a fact besides that both are ages.
    fn shares_topic(&self, claim: &Statement, fact: FactId) -> bool {
        let (age, fact) = (self.reference.vocabulary.words().age(), self.reference.fact(fact));
        let mut topics = claim.frame.bonds.iter().filter(|bond| Some(bond.term) != age);
        topics.any(|bond| has(fact, bond, 0.0))
    }

    /// Whether a fact tells how much more or less something became or is than something else.
    fn tells_change(&self, fact: FactId) -> bool {
        let course = self.reference.courses()[fact as usize];
        let measure = self.reference.fact(fact).measure.as_ref();
        let directed = measure.is_some_and(|measure| measure.direction.is_some());
        matches!(course, Some(Course::Gap | Course::By)) || directed && course.is_none()
    }

    /// Whether a fact is the day of the report itself.
    fn is_own_day(&self, fact: FactId) -> bool {
        let Value::Date(date) = &self.reference.fact(fact).mention.value else { return false };
        let days = date.day().zip(self.reference.date);
        days.is_some_and(|(day, own)| PartialDate { weekday: None, ..day } == PartialDate::day(own))
    }
}
