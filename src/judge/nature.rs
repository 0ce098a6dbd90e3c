//! What sort of claim one is: worth a word, a count of things, a passing mention.

use super::held::{as_written, unit_of_time};
use crate::lexicon::deeds;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DateValue, Moment, PartialDate, YearPart};
use crate::value::{Date, Decimal, Qualifier, Value};

/// The year of a day, month or year, where it was said.
pub(super) fn stated_year(statement: &Statement) -> Option<i32> {
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
pub(super) fn mentions_year(statement: &Statement, asked: i32) -> bool {
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

/// Whether the claim's value may be a slip for the fact's at all: an age is none for a duration, and
/// a small count in words is none for anything.
pub(super) fn slips(claim: &Statement, fact: &Statement) -> bool {
    let age = |statement: &Statement| statement.measure.as_ref().is_some_and(|m| m.age);
    !counts_things(claim) && age(claim) == age(fact)
}

/// Whether a claim is a share in words.
pub(super) fn rough(claim: &Statement) -> bool {
    let share = |measure: &Measure| measure.dimension == Dimension::Share && measure.in_words;
    claim.measure.as_ref().is_some_and(share)
}

/// Whether both values are counts of a few things.
pub(super) fn both_small(claim: &Statement, fact: &Statement) -> bool {
    let small = |statement: &Statement| {
        statement.measure.as_ref().is_some_and(|measure| {
            measure.dimension == Dimension::Count && measure.raw.abs() <= Decimal::from(12)
        })
    };
    small(claim) && small(fact)
}

/// Whether two figures lie within a hundred times of each other; dates always do.
pub(super) fn of_a_size(a: &Statement, b: &Statement) -> bool {
    let size = |statement: &Statement| statement.measure.as_ref().map(|m| m.high.to_f64().abs());
    let (Some(a), Some(b)) = (size(a), size(b)) else { return true };
    a.max(b) <= 100.0 * a.min(b)
}

/// Whether a claim counts people, whoever they are.
pub(super) fn counts_people(claim: &Statement) -> bool {
    let counted = claim.measure.as_ref().is_some_and(|measure| measure.counted);
    counted && claim.beside.next() == Some(Mark::content("person"))
}

/// Whether two counts have the same word for what they count right behind them: "four children". None if
/// either has no such word, or but "people", who may be anybody.
pub(super) fn count_alike(a: &Statement, b: &Statement) -> Option<bool> {
    let people = Mark::content("person");
    let counted = |statement: &Statement| {
        let counted = statement.measure.as_ref().is_some_and(|measure| measure.counted);
        statement.beside.next().filter(|next| counted && *next != people)
    };
    Some(counted(a)? == counted(b)?)
}

/// Whether two places in an order are in the orders of two things: "the 12th minute", "his 14th goal".
pub(super) fn in_other_orders(a: &Statement, b: &Statement) -> bool {
    let ordered = |statement: &Statement| {
        let ordinal = statement.measure.as_ref().is_some_and(|m| m.dimension == Dimension::Ordinal);
        statement.beside.next().filter(|_| ordinal)
    };
    let timed = |word: Mark| unit_of_time(word).is_some();
    ordered(a).zip(ordered(b)).is_some_and(|(a, b)| a != b && (timed(a) || timed(b)))
}

/// Whether two dates bound what is told in the same way: "by Friday", "since May".
pub(super) fn led_alike(a: &Statement, b: &Statement) -> bool {
    let lead = |statement: &Statement| match &statement.mention.value {
        Value::Date(date) => date.qualifier.filter(|qualifier| {
            use Qualifier::{After, Before, By, Since, Until};
            matches!(qualifier, By | Since | Until | Before | After)
        }),
        _ => None,
    };
    lead(a).is_some() && lead(a) == lead(b)
}

/// Whether a claim is a small count in words ("two films").
pub(super) fn counts_things(claim: &Statement) -> bool {
    claim.measure.as_ref().is_some_and(|measure| {
        measure.in_words
            && measure.dimension == Dimension::Count
            && measure.raw.abs() <= Decimal::from(12)
    })
}

/// Whether a statement is a date that counts from another: "last year".
pub(super) fn is_relative(statement: &Statement) -> bool {
    matches!(&statement.mention.value, Value::Date(date) if date.relative)
}

/// What looks like a value but states none.
pub(super) fn exempt(claim: &Statement) -> bool {
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
pub(super) fn checkable(claim: &Statement) -> bool {
    let Some(measure) = &claim.measure else {
        // "The previous year" names no date of its own: a report has no need to.
        return !weekday_only(claim)
            && !is_relative(claim)
            && !of_no_year(claim)
            && !matches!(claim.mention.value, Value::Set(_));
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
        // "A litre of milk"
        Dimension::Physical(_) => !(measure.in_words && measure.raw == Decimal::ONE),
        // "Forty years on": round spans of years are remembered rather than reported.
        Dimension::Time if measure.age => true,
        Dimension::Time => is_term(claim) || !round_years(measure) && (!small || lasts(claim)),
        _ => true,
    }
}

/// Whether a claim of what the report tells is how long something lasts: "banned for three years". What
/// "has been so for three years" counts from a date.
fn lasts(claim: &Statement) -> bool {
    let since = |word| claim.beside.since(|other| other == Mark::function(word));
    claim.is_at_home() && since("for") == Some(0) && since("been").is_none()
}

/// Whether a claim of what the report tells is a term that somebody laid down: "jailed for six years", "a new
/// two-year contract".
fn is_term(claim: &Statement) -> bool {
    let stems = |words: &[String], wanted: Mark| words.iter().any(|w| Mark::content(w) == wanted);
    let set = |word| stems(deeds::sets_term(), word);
    let led = claim.beside.since(|word| word == Mark::function("for")) == Some(0);
    claim.is_at_home()
        && (claim.beside.next().is_some_and(|noun| stems(deeds::has_term(), noun))
            || led && claim.beside.since(set) == Some(1))
}

/// Whether a date is a week or a half of no year: "week 12" of a study, the "second half" of a match.
fn of_no_year(claim: &Statement) -> bool {
    let Value::Date(date) = &claim.mention.value else { return false };
    let DateValue::Day(day) = &date.value else { return false };
    matches!(day.part, YearPart::Week(_) | YearPart::Half(_))
        && (day.year.is_none() || date.year_assumed)
}

/// Whether a duration is a multiple of five years.
fn round_years(measure: &Measure) -> bool {
    let unit = measure.low.checked_div(measure.raw).and_then(Decimal::to_i64);
    unit.is_some_and(|seconds| seconds > 31_000_000)
        && measure.raw.to_i64().is_some_and(|years| years % 5 == 0)
}
