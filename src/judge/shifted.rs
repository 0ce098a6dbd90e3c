//! Dates that lie a told length of time before or after another: "will open in March 2025, four
//! months later than planned" means that it was to open in November 2024.

use jiff::ToSpan;

use super::aged::is_birth;
use super::arithmetic::{Derivation, Step};
use super::date::SOME_YEAR;
use crate::hash::HashMap;
use crate::lexicon::cues::cues;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DAY, DateValue, MONTH, PartialDate, YEAR, YearPart};
use crate::value::{Date, Decimal, Value};

/// So many dates of one sentence are shifted by each of its lengths of time.
const TOGETHER: usize = 8;

/// What a date and a length of time of one sentence lead to, by date.
#[derive(Default)]
pub struct Shifts(HashMap<PartialDate, Shift>);

/// What leads to a date.
struct Shift {
    facts: Vec<FactId>,
    /// The length of time is told as lying between two dates: "nine days later".
    between: bool,
}

impl Shifts {
    /// Shifts the dates of a report; a length of time beside no date is told of the report's own.
    pub fn new(reference: &Reference) -> Shifts {
        let mut shifts = Shifts::default();
        let mut first = 0;
        let mut before: Option<(Option<FactId>, PartialDate)> = None;
        for sentence in reference.facts.chunk_by(|a, b| a.sentence == b.sentence) {
            let mut dates: Vec<(Option<FactId>, PartialDate)> = (first..)
                .zip(sentence)
                .filter_map(|(fact, statement)| Some((Some(fact), movable(statement)?)))
                .take(TOGETHER)
                .collect();
            let last = dates.last().copied();
            if dates.is_empty() {
                dates.extend(reference.date.map(|day| (None, PartialDate::day(day))));
            }
            for (fact, statement) in (first..).zip(sentence) {
                let Some(length) = statement.measure.as_ref().and_then(length) else { continue };
                let between = lies_between(reference, statement)
                    || lasts_from(reference, statement, fact.checked_sub(1));
                // "On 2 September ... Nine days later ..."
                let before = before.filter(|_| between);
                for (date, day) in dates.iter().copied().chain(before) {
                    let facts: Vec<FactId> = date.into_iter().chain([fact]).collect();
                    shifts.add((day, length), &facts, between);
                }
            }
            before = last;
            first += sentence.len() as FactId;
        }
        shifts
    }

    fn add(&mut self, (day, length): (PartialDate, Length), facts: &[FactId], between: bool) {
        // That what comes days later is in the same year tells nothing.
        let own = day.interval();
        let moved = |found: &PartialDate| {
            let there = found.interval();
            !own.zip(there).is_some_and(|(own, there)| there.0 <= own.0 && own.1 <= there.1)
        };
        let found = [true, false].into_iter().flat_map(|back| shifted(day, length, back));
        for found in found.filter(moved) {
            let shift = || Shift { facts: facts.to_vec(), between };
            let known = self.0.entry(found).or_insert_with(shift);
            if between && !known.between {
                *known = shift();
            }
        }
    }

    /// What a date follows from, whatever the length of time is told of.
    pub fn derive(&self, day: PartialDate) -> Option<Derivation> {
        self.0.get(&day).map(Shift::derivation)
    }

    /// What a date follows from where the report tells how much later or earlier it is.
    pub fn derive_told(&self, day: PartialDate) -> Option<Derivation> {
        self.0.get(&day).filter(|shift| shift.between).map(Shift::derivation)
    }
}

impl Shift {
    fn derivation(&self) -> Derivation {
        Derivation { step: Step::Elapsed, facts: self.facts.clone(), result: Decimal::ZERO }
    }
}

/// The date of the report to which a length of time leads from the report's own: "in nineteen months".
pub fn hence(reference: &Reference, claim: &Statement) -> Option<Derivation> {
    let ahead = claim.beside.since(|word| word == Mark::function("in")) == Some(0);
    let length = claim.measure.as_ref().filter(|_| ahead).and_then(length)?;
    let today = PartialDate::day(reference.date?);
    let [day, month, year] = shifted(today, length, false)[..] else { return None };
    let there = match length {
        Length::Days(_) => day,
        Length::Months(_) => month,
        Length::Years(_) => year,
    };
    let told = |fact: &FactId| shiftable(reference.fact(*fact)) == Some(there);
    let fact = reference.dates().iter().copied().find(told)?;
    Some(Derivation { step: Step::Elapsed, facts: vec![fact], result: Decimal::ZERO })
}

/// What a time of day follows from that lies a told length before or after another: 4:20 of "at 8:20, four
/// hours late".
pub fn clock(reference: &Reference, claim: &Statement) -> Option<Derivation> {
    let own = claim.clock()?;
    let told = own.minutes();
    // "Seven in the morning" is said of a quarter past.
    let slack = if own.minute.is_none() { ABOUT } else { 0 };
    let minute = Decimal::from(60);
    reference.dates().iter().find_map(|&fact| {
        let sentence = reference.fact(fact).sentence;
        let start = reference.fact(fact).clock()?.minutes();
        reference.facts.of_sentence(sentence).find_map(|(length, statement)| {
            let time = |m: &&Measure| m.dimension == Dimension::Time;
            let measure = statement.measure.as_ref().filter(time)?;
            let minutes = measure.low.checked_div(minute)?.to_i64()?;
            let minutes = i32::try_from(minutes).ok().filter(|m| (1..DAY_MINUTES).contains(m))?;
            let meets = [start - minutes, start + minutes]
                .iter()
                .any(|at| (at.rem_euclid(DAY_MINUTES) - told).abs() <= slack);
            (meets && lies_between(reference, statement)).then(|| Derivation {
                step: Step::Elapsed,
                facts: vec![fact, length],
                result: Decimal::ZERO,
            })
        })
    })
}

/// The year in which somebody reached an age that the report tells beside the birth: 1900 of "born in 1883 and
/// left at 17".
pub fn year_of_age(reference: &Reference, claim: &Statement) -> Option<Derivation> {
    let year = |statement: &Statement| match shiftable(statement)? {
        PartialDate { year, part: YearPart::Whole, .. } => year,
        _ => None,
    };
    let told = year(claim).filter(|_| !is_birth(claim))?;
    let last = reference.facts.len() as FactId;
    reference.births().iter().take(BIRTHS).find_map(|&birth| {
        let born = shiftable(reference.fact(birth))?.year?;
        (birth + 1..last.min(birth + NEAR)).find_map(|fact| {
            let statement = reference.fact(fact);
            let measure = statement.measure.as_ref().filter(|m| !m.is_range())?;
            let age = measure.age
                || measure.dimension == Dimension::Count
                    && statement.beside.follows(Mark::function("at"));
            let years = i32::try_from(measure.raw.to_i64().filter(|_| age)?).ok()?;
            // Whoever was born late in a year is as old for most of the next.
            let reached =
                (years..=years.checked_add(1)?).any(|years| born.checked_add(years) == Some(told));
            let facts = vec![birth, fact];
            reached.then_some(Derivation { step: Step::Elapsed, facts, result: Decimal::ZERO })
        })
    })
}

/// Births looked at, at most.
const BIRTHS: usize = 200;
/// An age is told within so many facts behind the birth.
const NEAR: FactId = 6;

/// Minutes that a time of day told roughly may be off.
const ABOUT: i32 = 15;

/// Minutes of a day.
const DAY_MINUTES: i32 = 24 * 60;

/// Whether the words right behind a length of time tell that it lies between two dates.
fn lies_between(reference: &Reference, statement: &Statement) -> bool {
    let behind = reference.document.slice(statement.behind()).trim_start();
    let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // "Opened on 3 February after 18 months of work"
    let before = reference.document.slice(statement.until(statement.mention.start()));
    let after = before.trim_end().ends_with(" after");
    after || cues().apart.iter().any(|word| word == next)
}

/// Whether a length of time counts from the date right before it: "closed from May 2027 for 16 months".
fn lasts_from(reference: &Reference, statement: &Statement, before: Option<FactId>) -> bool {
    let Some(date) = before.map(|fact| reference.fact(fact)) else { return false };
    let between = Span { start: date.mention.span.end, end: statement.mention.start() };
    date.sentence == statement.sentence
        && between.start < between.end
        && matches!(reference.document.slice(between), " for " | " and lasts " | " and lasted ")
}

/// A length of time in calendar units.
#[derive(Debug, Clone, Copy)]
enum Length {
    Days(i32),
    Months(i32),
    Years(i32),
}

/// The day, month or year that a statement tells, where it tells the year; without its weekday.
pub fn shiftable(statement: &Statement) -> Option<PartialDate> {
    movable(statement).filter(|date| date.year.is_some())
}

/// The same, or a day whose year is not told.
pub fn movable(statement: &Statement) -> Option<PartialDate> {
    let Value::Date(Date { value: DateValue::Day(date), .. }) = &statement.mention.value else {
        return None;
    };
    let plain = match date.part {
        YearPart::Day(..) => true,
        YearPart::Whole | YearPart::Month(_) => date.year.is_some(),
        _ => false,
    };
    plain.then_some(PartialDate { weekday: None, ..*date })
}

/// A measure as a length of whole days, months or years.
fn length(measure: &Measure) -> Option<Length> {
    if measure.dimension != Dimension::Time || measure.is_range() || measure.age || measure.vague {
        return None;
    }
    let whole = |unit: i64| {
        let count = measure.low.checked_div(Decimal::from(unit))?;
        count.is_integer().then(|| count.to_i64())?.and_then(|count| i32::try_from(count).ok())
    };
    // So long is nobody's plan, and a calendar ends.
    let near = |count: &i32| (1..=1000).contains(count);
    let years = whole(YEAR).filter(near).map(Length::Years);
    let months = || whole(MONTH).filter(near).map(Length::Months);
    years.or_else(months).or_else(|| whole(DAY).filter(near).map(Length::Days))
}

/// The date that lies so long before or after another, as exactly as both tell, and the month and
/// the year that it is in.
fn shifted(date: PartialDate, length: Length, back: bool) -> Vec<PartialDate> {
    let sign = if back { -1 } else { 1 };
    let year = date.year.or(Some(SOME_YEAR));
    let Some((first, _)) = (PartialDate { year, ..date }).interval() else { return Vec::new() };
    let span = match length {
        Length::Days(days) => (sign * days).days(),
        Length::Months(months) => (sign * months).months(),
        Length::Years(years) => (sign * years).years(),
    };
    let Ok(day) = first.checked_add(span) else { return Vec::new() };
    if date.year.is_none() {
        let part = YearPart::Day(day.month() as u8, day.day() as u8);
        return vec![PartialDate { year: None, part, weekday: None }];
    }
    let of = |part| PartialDate { year: Some(i32::from(day.year())), part, weekday: None };
    let (year, month) = (of(YearPart::Whole), of(YearPart::Month(day.month() as u8)));
    match (date.part, length) {
        (YearPart::Whole, Length::Years(_)) => vec![year],
        (YearPart::Month(_), Length::Years(_) | Length::Months(_)) => vec![month, year],
        (YearPart::Day(..), Length::Days(_)) => vec![PartialDate::day(day), month, year],
        (YearPart::Day(..), _) => vec![PartialDate::day(day), month, year],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil;

    use super::*;

    #[test]
    fn dates_move_as_exactly_as_they_are_told() {
        let of = |year, part| PartialDate { year: Some(year), part, weekday: None };
        let march = of(2025, YearPart::Month(3));
        let november = of(2024, YearPart::Month(11));
        assert_eq!(shifted(march, Length::Months(4), true), [november, of(2024, YearPart::Whole)]);
        assert_eq!(shifted(march, Length::Days(4), true), []);
        assert_eq!(
            shifted(of(2024, YearPart::Whole), Length::Years(11), true),
            [of(2013, YearPart::Whole)]
        );
        let day = PartialDate::day(civil::date(2024, 2, 28));
        assert_eq!(shifted(day, Length::Days(2), false)[0], of(2024, YearPart::Day(3, 1)));
    }
}
