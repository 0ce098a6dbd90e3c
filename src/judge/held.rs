//! A fact held against a claim: how well the two are bound, and how their values relate.

use std::sync::LazyLock;

use super::Difference;
use super::arithmetic;
use super::date::{self, DateMatch};
use super::figure::{self, Match};
use crate::lexicon::tolerances::Tolerances;
use crate::lexicon::{qualifiers, terms};
use crate::reference::FactId;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DAY, DateValue, MONTH, PartialDate, WEEK, YEAR, YearPart};
use crate::value::{Date, Decimal, Qualifier, Value};

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
        // "In the 81st minute", "after 81 minutes".
        if in_its_course(claim, fact) || in_its_course(fact, claim) {
            return (said.raw == meant.raw).then_some(Outcome::Agrees);
        }
        // "Hundreds" may be said of 300, but nothing contradicts it.
        if !figure::comparable(said, meant) {
            return None;
        }
        let found = figure::compare(said, meant, tolerances);
        // Figures of two sorts ("three times", "10%") may say the same, but they do not clash.
        // Nor do a part in words and a change: "two thirds flew abroad", "+6.4%".
        let change = said.dimension == Dimension::Share
            && said.in_words
            && said.direction.is_none()
            && meant.direction.is_some();
        if found == Match::Differs && (said.dimension != meant.dimension || meant.vague || change) {
            return None;
        }
        return Some(match found {
            Match::Agrees => Outcome::Agrees,
            Match::QualifierDropped
                if meant.qualifier == Some(Qualifier::AtMost) && tops(claim) =>
            {
                Outcome::Agrees
            }
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
                // "In mid-October" is not told of the second.
                DateMatch::Agrees if date::misses_part(said, meant) => None,
                DateMatch::Agrees => Some(Outcome::Agrees),
                DateMatch::Incomparable => {
                    (falls_on(said, meant) || falls_on(meant, said)).then_some(Outcome::Agrees)
                }
                DateMatch::WeekdayDiffers => Some(Outcome::Differs(Difference::Weekday)),
                DateMatch::Differs if date::adjoins(said, meant) => Some(Outcome::Agrees),
                DateMatch::Differs if in_year_to(said, fact) => Some(Outcome::Agrees),
                // "By 16 October" is no other date than one before it.
                DateMatch::Differs if date::admits(said, meant) => None,
                DateMatch::Differs => Some(Outcome::Differs(Difference::Value)),
            }
        }
        // "In three hours and 38 minutes" of "I ran 3:38".
        (Value::Duration(_), Value::Date(time)) => runs(claim, time).then_some(Outcome::Agrees),
        (Value::Date(time), Value::Duration(_)) => runs(fact, time).then_some(Outcome::Agrees),
        (Value::Set(said), Value::Set(meant)) if said == meant => Some(Outcome::Agrees),
        // "Every 12 minutes" beside "every 8 minutes"; a weekday is no interval.
        (Value::Set(said), Value::Set(meant)) => {
            said.same_sort(meant).then_some(Outcome::Differs(Difference::Value))
        }
        _ => None,
    }
}

/// Whether a time of day is how long something took, written with a colon: hours and minutes, or minutes and
/// seconds.
fn runs(length: &Statement, time: &Date) -> bool {
    let DateValue::Time { date: None, clock: Some(clock), .. } = &time.value else { return false };
    let Some(minute) = clock.minute.filter(|_| clock.second.is_none()) else { return false };
    let [high, low] = [i64::from(clock.hour), i64::from(minute)];
    length.measure.as_ref().is_some_and(|measure| {
        let is = |seconds: i64| measure.low == Decimal::from(seconds) && !measure.is_range();
        is(high * 3600 + low * 60) || is(high * 60 + low)
    })
}

/// Words between a figure and the one that tells that it is the most there was: "a top speed of".
const TOPS: usize = 2;

/// Whether a claim is told as the most there was: "gusts reached 214 km/h".
fn tops(claim: &Statement) -> bool {
    static WORDS: LazyLock<Vec<Mark>> = LazyLock::new(|| {
        qualifiers::attained().iter().map(|word| Mark::content(&terms::stem(word))).collect()
    });
    claim.beside.since(|word| WORDS.contains(&word)).is_some_and(|gap| gap <= TOPS)
}

/// Whether the first counts a unit of time ("the 81st minute") of which the second is so many.
fn in_its_course(first: &Statement, second: &Statement) -> bool {
    let (Some(place), Some(length)) = (&first.measure, &second.measure) else { return false };
    let sorts = (&place.dimension, &length.dimension) == (&Dimension::Ordinal, &Dimension::Time);
    let unit =
        || first.beside.next().and_then(unit_of_time).zip(length.low.checked_div(length.raw));
    sorts && !length.age && unit().is_some_and(|(unit, one)| Decimal::from(unit) == one)
}

/// The seconds of the unit that a word names.
pub(super) fn unit_of_time(word: Mark) -> Option<i64> {
    static UNITS: LazyLock<Vec<(Mark, i64)>> = LazyLock::new(|| {
        let units = [
            ("second", 1),
            ("minute", 60),
            ("hour", 3600),
            ("day", DAY),
            ("week", WEEK),
            ("month", MONTH),
            ("year", YEAR),
        ];
        units.map(|(word, seconds)| (Mark::content(&terms::stem(word)), seconds)).to_vec()
    });
    UNITS.iter().find(|(unit, _)| *unit == word).map(|(_, seconds)| *seconds)
}

/// Whether a day is that of a bare weekday, in the week of the document's date that it resolves to or in
/// one next to it: "21 November" of "on Sunday" in a report of the day after.
fn falls_on(day: &Date, weekday: &Date) -> bool {
    let first = |date: PartialDate| date.interval().map(|(first, _)| first);
    let day = day.day().filter(|day| matches!(day.part, YearPart::Day(..))).and_then(first);
    let weekday = weekday.day().filter(|day| weekday.relative && day.weekday.is_some());
    let days = day.zip(weekday.and_then(first));
    days.is_some_and(|(day, weekday)| [-7, 0, 7].contains(&(day - weekday).get_days()))
}

/// A bare weekday resolves to one week of the document's date, which need not be the one meant:
/// only the weekday itself was said.
pub(super) fn as_written(date: &Date) -> Date {
    let mut written = date.clone();
    let bare = |day: &mut PartialDate| {
        if day.weekday.is_some() {
            (day.year, day.part) = (None, YearPart::Whole);
        }
    };
    if date.relative {
        match &mut written.value {
            DateValue::Day(day) | DateValue::Time { date: Some(day), .. } => bare(day),
            // "Monday to Friday"
            DateValue::Range(from, to) => {
                let ends = [from, to].into_iter().flatten();
                ends.filter_map(|end| end.date.as_mut()).for_each(bare);
            }
            _ => {}
        }
    }
    if date.year_assumed {
        match &mut written.value {
            DateValue::Day(day) => day.year = None,
            DateValue::Range(from, to) => {
                let ends = [from, to].into_iter().flatten();
                ends.filter_map(|end| end.date.as_mut()).for_each(|day| day.year = None);
            }
            _ => {}
        }
    }
    written
}

/// From so many shared words on, two mentions stand in the same place of one sentence.
pub(super) const COPIED_AT_ALL: f32 = 2.0;

/// From here on also what is no value of the same sort stands in its place.
pub(super) const COPIED: f32 = 3.0;

/// From here on a whole clause was copied.
pub(super) const COPIED_WHOLE: f32 = 4.0;

/// A place that shares less than this part of the words is another place.
pub(super) const NOT_COPIED: f32 = 0.4;

/// How well a claim is bound to a fact with whose surroundings its own share so many words, in
/// the same order.
pub(super) fn copied(shared: f32) -> f32 {
    if shared < COPIED_AT_ALL { 0.0 } else { 0.9 * (1.0 - (-(shared - 1.0) / 2.5).exp()) }
}

/// Figures of two sorts in the same place of a sentence: "aged 210" for "aged 21".
pub(super) fn swapped_sort(claim: &Statement, fact: &Statement) -> Option<Outcome> {
    let (said, meant) = (claim.measure.as_ref()?, fact.measure.as_ref()?);
    let bare = |measure: &Measure| measure.dimension == Dimension::Count && !measure.vague;
    let sorts = bare(said) && !meant.vague || bare(meant) && !said.vague;
    (sorts && said.raw != meant.raw).then_some(Outcome::Differs(Difference::Value))
}

/// The best bound, with a preference for plain agreement among nearly equals.
pub(super) fn best<'h>(held: impl Iterator<Item = &'h Held>) -> Option<Held> {
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

/// Whether a claim that agrees with a fact does so only because one of the two leaves room: another
/// number within the claim's bound, a day within the fact's year, a bare number for a quantity.
pub(super) fn loosely(claim: &Statement, fact: &Statement) -> bool {
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
        return bound && said.low != meant.low && !same_range(said, meant) && !closely(said, meant)
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
            (DateValue::Time { clock: Some(_), .. }, DateValue::Day(_) | DateValue::Range(..)) => {
                !matches!(&meant.value, DateValue::Range(Some(from), _) if from.clock.is_some())
            }
            (DateValue::Range(from, to), DateValue::Day(meant)) => !date::spans(from, to, meant),
            (DateValue::Day(said), DateValue::Range(from, to)) => date::between(said, from, to),
            _ => false,
        },
        _ => false,
    }
}

/// A bound that lies this near to a value, as a share of it, is the value cut short.
const CUT_SHORT: (i128, i32) = (1, -1);

/// Whether a bound is the number itself, cut short: "over 6.8 million" of 6.84 million, "more than 200"
/// of 212.
fn closely(said: &Measure, meant: &Measure) -> bool {
    let near = Decimal::new(CUT_SHORT.0, CUT_SHORT.1);
    let near = near.and_then(|share| meant.low.abs().checked_mul(share));
    let gap = said.low.checked_sub(meant.low);
    gap.zip(near).is_some_and(|(gap, near)| gap.abs() <= near && gap.abs() < said.step)
}

fn same_range(said: &Measure, meant: &Measure) -> bool {
    meant.is_range() && meant.low <= said.low && said.low <= meant.high
}

/// Whether two ranges of one sort have one end in common, and one that is not found by chance.
pub(super) fn one_end(claim: &Statement, fact: &Statement) -> bool {
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

/// Whether a year is one into which a twelvemonth reaches that ends on the day of a fact: "last year"
/// of "the year to 31 March 2024".
fn in_year_to(said: &Date, fact: &Statement) -> bool {
    let year = |date: &Date| match date.value {
        DateValue::Day(PartialDate { year, part, .. }) => year.map(|year| (year, part)),
        _ => None,
    };
    let Value::Date(end) = &fact.mention.value else { return false };
    match (year(said), year(end)) {
        (Some((said, YearPart::Whole)), Some((end, YearPart::Day(..) | YearPart::Month(_)))) => {
            said + 1 == end && fact.beside.follows(Mark::content("year"))
        }
        _ => false,
    }
}

/// Whether two times of day are the same but for the half of the day: "2.50 pm" for "2.50 am". Full hours
/// are told of many things.
pub(super) fn other_half_of_day(claim: &Statement, fact: &Statement) -> bool {
    let clock = |statement: &Statement| {
        statement.clock().filter(|clock| clock.half_told && clock.minute.is_some_and(|m| m > 0))
    };
    clock(claim)
        .zip(clock(fact))
        .is_some_and(|(a, b)| (a.minutes() - b.minutes()).abs() == HALF_DAY && a.zone == b.zone)
}

/// Minutes.
const HALF_DAY: i32 = 12 * 60;

/// Whether two dates name the same day of a year.
pub(super) fn same_day(claim: &Statement, fact: &Statement) -> bool {
    let day = |statement: &Statement| match &statement.mention.value {
        Value::Date(Date {
            value: DateValue::Day(date) | DateValue::Time { date: Some(date), .. },
            relative: false,
            ..
        }) => match date.part {
            YearPart::Day(month, day) => Some((date.year, month, day)),
            _ => None,
        },
        _ => None,
    };
    day(claim).is_some_and(|said| day(fact) == Some(said))
}
