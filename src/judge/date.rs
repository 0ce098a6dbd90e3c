//! Whether a date of a derivative agrees with a date of the report.
//!
//! Dates agree when one contains the other: "2018" agrees with "December 2018", and "autumn"
//! with October. Weekday, day, month and year can each contradict alone.

use jiff::civil;

use crate::value::date::{Clock, DateValue, Moment, PartialDate, YearPart};
use crate::value::{Date, Qualifier};

/// How two dates of the same event relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateMatch {
    /// The same, or one contains the other.
    Agrees,
    /// Nothing in the two can be held against each other.
    Incomparable,
    /// The same day under another weekday.
    WeekdayDiffers,
    /// Another date.
    Differs,
}

/// Holds a claim against a fact.
pub fn compare(claim: &Date, fact: &Date) -> DateMatch {
    use DateValue::*;
    match (&claim.value, &fact.value) {
        (Unresolved, _) | (_, Unresolved) => DateMatch::Incomparable,
        (Day(a), Day(b)) => days(a, b),
        (Time { date: a, clock: x, part: p }, Time { date: b, clock: y, part: q }) => {
            let day = optional_days(a.as_ref(), b.as_ref());
            let clock = match (x, y) {
                (Some(x), Some(y)) => clocks(x, y),
                _ => match (p, q) {
                    (Some(p), Some(q)) if p != q => DateMatch::Differs,
                    // "Friday night" is not told by "before midnight".
                    (Some(_), None) | (None, Some(_)) if a.is_some() != b.is_some() => {
                        DateMatch::Incomparable
                    }
                    _ => DateMatch::Agrees,
                },
            };
            worst(day, clock)
        }
        (Time { date: Some(a), .. }, Day(b)) | (Day(a), Time { date: Some(b), .. }) => days(a, b),
        (Time { date, clock: Some(clock), .. }, Range(a, b))
        | (Range(a, b), Time { date, clock: Some(clock), .. }) => {
            at_end(date.as_ref(), clock, a, b)
        }
        (Time { date: None, .. }, _) | (_, Time { date: None, .. }) => DateMatch::Incomparable,
        (Range(a, b), Range(x, y)) => {
            let (first, last) = (moments(a, x), moments(b, y));
            worst(first, last)
        }
        (Day(day), Range(a, b)) | (Range(a, b), Day(day)) => in_range(day, a, b),
        (Time { date: Some(day), .. }, Range(a, b))
        | (Range(a, b), Time { date: Some(day), .. }) => in_range(day, a, b),
    }
}

fn worst(a: DateMatch, b: DateMatch) -> DateMatch {
    match (a, b) {
        (DateMatch::Incomparable, other) | (other, DateMatch::Incomparable) => other,
        (a, b) => a.max(b),
    }
}

fn optional_days(a: Option<&PartialDate>, b: Option<&PartialDate>) -> DateMatch {
    match (a, b) {
        (Some(a), Some(b)) => days(a, b),
        _ => DateMatch::Incomparable,
    }
}

fn moments(a: &Option<Moment>, b: &Option<Moment>) -> DateMatch {
    let (Some(a), Some(b)) = (a, b) else {
        return if a.is_none() && b.is_none() {
            DateMatch::Agrees
        } else {
            DateMatch::Incomparable
        };
    };
    let day = optional_days(a.date.as_ref(), b.date.as_ref());
    match (&a.clock, &b.clock) {
        (Some(x), Some(y)) => worst(day, clocks(x, y)),
        _ => day,
    }
}

/// A time of day against a range: that of the end whose day is told, or without a day that of either.
fn at_end(
    day: Option<&PartialDate>,
    clock: &Clock,
    from: &Option<Moment>,
    to: &Option<Moment>,
) -> DateMatch {
    let mut ends = [from, to].into_iter().flatten();
    let Some(day) = day else {
        let told =
            |end: &Moment| end.clock.is_some_and(|own| clocks(clock, &own) == DateMatch::Agrees);
        return if ends.any(told) { DateMatch::Agrees } else { DateMatch::Incomparable };
    };
    let of_day = |end: &Moment| {
        let day = end.date.is_some_and(|date| days(day, &date) == DateMatch::Agrees);
        end.clock.filter(|_| day)
    };
    match ends.find_map(of_day) {
        Some(own) => clocks(clock, &own),
        None => in_range(day, from, to),
    }
}

/// Whether a date is neither end of a range.
pub fn between(day: &PartialDate, from: &Option<Moment>, to: &Option<Moment>) -> bool {
    let mut ends = [from, to].into_iter().flatten().filter_map(|end| end.date);
    !ends.any(|end| days(day, &end) == DateMatch::Agrees)
}

/// A single date against a range: at an end or inside it agrees.
fn in_range(day: &PartialDate, from: &Option<Moment>, to: &Option<Moment>) -> DateMatch {
    let end = |moment: &Option<Moment>| moment.and_then(|m| m.date);
    for end in [end(from), end(to)].into_iter().flatten() {
        if days(day, &end) == DateMatch::Agrees {
            return DateMatch::Agrees;
        }
    }
    let dates = [Some(*day), end(from), end(to)];
    // "Between July and September" of the third quarter of 2025: the year was left out. No month was of
    // "between 1180 and 1216".
    let dated = |date: &&PartialDate| date.part != YearPart::Whole;
    let year = dates.iter().flatten().filter(dated).find_map(|date| date.year);
    let year = year.filter(|_| day.part != YearPart::Whole);
    let whole = dates.iter().flatten().all(|date| date.year.is_some());
    let in_year = |date: PartialDate| PartialDate { year: date.year.or(year), ..date }.interval();
    let start = end(from).and_then(in_year).map(|(first, _)| first);
    let stop = end(to).and_then(in_year).map(|(_, last)| last);
    let (Some((first, last)), Some(start), Some(stop)) = (in_year(*day), start, stop) else {
        return DateMatch::Incomparable;
    };
    // A year that reaches into the range, or a day inside it.
    match first <= stop && start <= last {
        true => DateMatch::Agrees,
        false if whole => DateMatch::Differs,
        false => DateMatch::Incomparable,
    }
}

/// First and last day of a date.
fn interval(date: &Date) -> Option<(civil::Date, civil::Date)> {
    match &date.value {
        DateValue::Range(from, to) => range_interval(from, to),
        _ => date.day()?.interval(),
    }
}

/// First and last day of a range with both ends.
fn range_interval(
    from: &Option<Moment>,
    to: &Option<Moment>,
) -> Option<(civil::Date, civil::Date)> {
    let interval = |end: &Option<Moment>| end.and_then(|m| m.date)?.interval();
    Some((interval(from)?.0, interval(to)?.1))
}

/// Whether a claim is a bound that a fact keeps to: "by 16 October" beside 1 October.
pub fn admits(claim: &Date, fact: &Date) -> bool {
    let by = match claim.qualifier {
        Some(Qualifier::By) => true,
        Some(Qualifier::Since) => false,
        _ => return false,
    };
    // Both are the last day.
    if fact.qualifier == claim.qualifier || by && fact.qualifier == Some(Qualifier::Until) {
        return false;
    }
    let days = interval(claim).zip(interval(fact));
    days.is_some_and(
        |((first, last), (start, stop))| if by { stop <= last } else { start >= first },
    )
}

/// Days of a month that are early or late in it, with those that may be called so.
const EARLY: i8 = 12;
const LATE: i8 = 18;
/// Days that may be called the middle of a month.
const MIDDLE: std::ops::RangeInclusive<i8> = 8..=22;

/// Whether a claim tells of a part of a month in which the fact's day is not: "in mid-October" of 2 October.
pub fn misses_part(claim: &Date, fact: &Date) -> bool {
    let days = claim.day().zip(fact.day());
    days.is_some_and(|(month, day)| {
        let YearPart::Day(_, day) = day.part else { return false };
        let day = day as i8;
        matches!(month.part, YearPart::Month(_))
            && match claim.qualifier {
                Some(Qualifier::Early) => day > EARLY,
                Some(Qualifier::Mid) => !MIDDLE.contains(&day),
                Some(Qualifier::Late) => day < LATE,
                _ => false,
            }
    })
}

/// Whether a claim's bound is the day next to a fact's: "before June" and "until the end of May"; or the
/// hour next to it: "before six" and 5:40.
pub fn adjoins(claim: &Date, fact: &Date) -> bool {
    let before = match claim.qualifier {
        Some(Qualifier::Before) => true,
        Some(Qualifier::After) => false,
        _ => return false,
    };
    if let (
        DateValue::Time { date: a, clock: Some(x), .. },
        DateValue::Time { date: b, clock: Some(y), .. },
    ) = (&claim.value, &fact.value)
    {
        let (first, last) = if before { (y, x) } else { (x, y) };
        let near = (1..=HOUR).contains(&(last.minutes() - first.minutes()));
        return near && optional_days(a.as_ref(), b.as_ref()) != DateMatch::Differs;
    }
    // Without a year both are of the same one.
    let of_year = |date: &Date| match date.value {
        DateValue::Day(day) if day.year.is_none() => {
            let value = DateValue::Day(PartialDate { year: Some(SOME_YEAR), ..day });
            interval(&Date { value, ..date.clone() })
        }
        _ => None,
    };
    let days = interval(claim).zip(interval(fact));
    let Some(((first, last), (start, stop))) = days.or_else(|| of_year(claim).zip(of_year(fact)))
    else {
        return false;
    };
    let (day, next) = if before { (stop, first) } else { (last, start) };
    day.tomorrow().ok() == Some(next)
}

/// Minutes from a time of day to the bound that is told for it, at most.
const HOUR: i32 = 60;
/// Any year will do.
pub(super) const SOME_YEAR: i32 = 2001;

/// Whether a range and a date cover the same days: "July to September 2025" is its third quarter.
pub fn spans(from: &Option<Moment>, to: &Option<Moment>, date: &PartialDate) -> bool {
    range_interval(from, to).is_some_and(|days| date.interval() == Some(days))
}

fn clocks(a: &Clock, b: &Clock) -> DateMatch {
    let (mut a_minutes, b_minutes) = (a.minutes(), b.minutes());
    if let (Some(a_zone), Some(b_zone)) = (a.zone, b.zone) {
        a_minutes += i32::from(b_zone) - i32::from(a_zone);
    }
    let apart = (a_minutes - b_minutes).rem_euclid(24 * 60);
    // "ten to eleven" without morning or evening may be either.
    let same = apart == 0 || (apart == 12 * 60 && !(a.half_told && b.half_told));
    if same { DateMatch::Agrees } else { DateMatch::Differs }
}

/// Holds two calendar dates against each other.
pub fn days(a: &PartialDate, b: &PartialDate) -> DateMatch {
    // Most dates are mere years: a long report has thousands, each held against each.
    let year = |date: &PartialDate| {
        date.year.filter(|_| date.part == YearPart::Whole && date.weekday.is_none())
    };
    if let (Some(a), Some(b)) = (year(a), year(b)) {
        return if a == b { DateMatch::Agrees } else { DateMatch::Differs };
    }
    if let (Some(_), Some(_)) = (a.year, b.year)
        && let (Some((a_first, a_last)), Some((b_first, b_last))) = (a.interval(), b.interval())
    {
        let contains =
            |x: (civil::Date, civil::Date), y: (civil::Date, civil::Date)| x.0 <= y.0 && y.1 <= x.1;
        let (x, y) = ((a_first, a_last), (b_first, b_last));
        return if contains(x, y) || contains(y, x) {
            weekdays(a, b)
        } else if fiscal(a) != fiscal(b) && a_first <= b_last && b_first <= a_last {
            DateMatch::Agrees
        } else {
            DateMatch::Differs
        };
    }
    if let (Some(x), Some(y)) = (a.year, b.year)
        && x != y
    {
        return DateMatch::Differs;
    }
    parts(a, b)
}

fn fiscal(date: &PartialDate) -> bool {
    matches!(date.part, YearPart::Fiscal | YearPart::FiscalQuarter(_))
}

fn weekdays(a: &PartialDate, b: &PartialDate) -> DateMatch {
    match (a.weekday.or_else(|| a.own_weekday()), b.weekday.or_else(|| b.own_weekday())) {
        (Some(x), Some(y)) if x != y => DateMatch::WeekdayDiffers,
        _ => DateMatch::Agrees,
    }
}

/// Parts of the year where at least one of the two does not say which year.
fn parts(a: &PartialDate, b: &PartialDate) -> DateMatch {
    use YearPart::*;
    let months = |part: YearPart| match part {
        Month(m) | Day(m, _) => Some((m, m)),
        Quarter(q) => Some((q * 3 - 2, q * 3)),
        Half(h) => Some((h * 6 - 5, h * 6)),
        Season(24) => None,
        Season(s) => Some(((s - 21) * 3 + 3, (s - 21) * 3 + 5)),
        _ => None,
    };
    let part = match (a.part, b.part) {
        (Day(m, d), Day(n, e)) if (m, d) != (n, e) => DateMatch::Differs,
        (Season(s), Season(t)) if s != t => DateMatch::Differs,
        // The quarters of a fiscal year may lie anywhere.
        (Quarter(_) | Half(_), Day(..) | Month(_)) | (Day(..) | Month(_), Quarter(_) | Half(_)) => {
            return DateMatch::Incomparable;
        }
        (Whole, Whole) if a.weekday.is_some() && b.weekday.is_some() => DateMatch::Agrees,
        (Whole, _) | (_, Whole) if a.weekday.is_none() || b.weekday.is_none() => {
            return DateMatch::Incomparable;
        }
        (x, y) => match (months(x), months(y)) {
            (Some((first, last)), Some((start, stop))) if first > stop || start > last => {
                DateMatch::Differs
            }
            (Some(_), Some(_)) => DateMatch::Agrees,
            _ => return DateMatch::Incomparable,
        },
    };
    if part != DateMatch::Agrees {
        return part;
    }
    weekdays(a, b)
}
