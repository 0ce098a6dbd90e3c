//! Expressions that need the day the text was written.

use jiff::{Span, ToSpan, civil};
use nom::IResult;

use super::{Context, DateValue, Read, day, ends, refuse, skip, word};
use crate::lexicon::calendar::{self, TimeUnit};
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Moment, PartialDate, YearPart};

/// relative := day word | ("last" | "next" | "this" | ...) (unit | month | weekday | season)
///           | number unit ("ago" | "earlier" | "later" | "from now") | "the past" number units
pub fn relative<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, first) = word_or_number(input)?;
    if let Some(days) = calendar::day_word(&first) {
        return Ok((
            rest,
            resolved(context, |today| {
                Some(PartialDate::day(today.checked_add(i32::from(days).days()).ok()?))
            }),
        ));
    }
    match first.as_str() {
        "last" | "past" => shifted(input, rest, -1, context),
        "next" | "coming" => shifted(input, rest, 1, context),
        // These count from the time that the story has reached, not from the day of writing.
        "previous" => shifted(input, rest, -1, Context { anchor: None, ..context }),
        "following" => shifted(input, rest, 1, Context { anchor: None, ..context }),
        "this" | "current" => shifted(input, rest, 0, context),
        "that" => shifted(input, rest, 0, Context { anchor: None, ..context }),
        _ => ago(input, context),
    }
}

fn word_or_number(input: &str) -> IResult<&str, String> {
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        Ok((input, String::new()))
    } else {
        word(input)
    }
}

fn resolved(context: Context<'_>, find: impl Fn(civil::Date) -> Option<PartialDate>) -> Read {
    let value = context
        .anchor
        .and_then(|anchor| find(anchor.day))
        .map_or(DateValue::Unresolved, DateValue::Day);
    Read::relative(value)
}

/// What follows "last", "next", "this".
fn shifted<'a>(
    input: &'a str,
    rest: &'a str,
    by: i32,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
    if by != 0
        && let Ok((left, count)) = number(tail)
        && count.kind == Kind::Cardinal
        && let Some(count) =
            count.value.to_i64().and_then(|n| i32::try_from(n).ok()).filter(|n| *n < 1000)
        && let Some(gap) = left.strip_prefix(' ')
        && let Ok((left, name)) = word(gap)
        && let Some(unit) = calendar::unit(&name)
    {
        // "the past two months"
        let value = context.anchor.and_then(|anchor| {
            let other = anchor.day.checked_add(span(unit, by * count)?).ok()?;
            let moment = |day| Some(Moment { date: Some(PartialDate::day(day)), clock: None });
            let (from, to) = if by < 0 { (other, anchor.day) } else { (anchor.day, other) };
            Some(DateValue::Range(moment(from), moment(to)))
        });
        return Ok((left, Read::relative(value.unwrap_or(DateValue::Unresolved))));
    }
    let (left, name) = word(tail)?;
    if !ends(left) {
        return refuse(input);
    }
    if let Some(unit) = calendar::unit(&name) {
        let singular = !name.ends_with('s') || name == "s";
        if !singular || matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour) {
            return refuse(input);
        }
        return Ok((left, resolved(context, |today| period(today, unit, by))));
    }
    if let Some(month) =
        calendar::month(&name).filter(|_| name.len() > 3 || tail.starts_with(char::is_uppercase))
    {
        // "this May 13" is read as the day.
        let read = resolved(context, |today| {
            let own = today.month() as u8;
            let year = i32::from(today.year())
                + match by {
                    -1 if month >= own => -1,
                    1 if month <= own => 1,
                    _ => 0,
                };
            Some(PartialDate { year: Some(year), part: YearPart::Month(month), weekday: None })
        });
        return Ok((left, unless_unresolved(read, YearPart::Month(month))));
    }
    if let Some(season) = calendar::season(&name) {
        let read = resolved(context, |today| {
            Some(PartialDate {
                year: Some(i32::from(today.year()) + by),
                part: YearPart::Season(season),
                weekday: None,
            })
        });
        return Ok((left, unless_unresolved(read, YearPart::Season(season))));
    }
    if let Some(weekday) = calendar::weekday(&name).filter(|_| name.len() > 4) {
        let mut read = resolved(context, |today| {
            let own = today.weekday().to_monday_one_offset();
            let ahead = (weekday as i8 - own).rem_euclid(7);
            let days = match by {
                -1 => {
                    if ahead == 0 {
                        -7
                    } else {
                        ahead - 7
                    }
                }
                1 => {
                    if ahead == 0 {
                        7
                    } else {
                        ahead
                    }
                }
                _ => weekday as i8 - own,
            };
            Some(PartialDate {
                weekday: Some(weekday),
                ..PartialDate::day(today.checked_add(days.days()).ok()?)
            })
        });
        if read.value == DateValue::Unresolved {
            read.value = DateValue::Day(PartialDate {
                year: None,
                part: YearPart::Whole,
                weekday: Some(weekday),
            });
        }
        return Ok((left, read));
    }
    match name.as_str() {
        "weekend" => Ok((
            left,
            resolved(context, |today| {
                let own = today.weekday().to_monday_one_offset();
                let saturday = i32::from(6 - own) + 7 * by;
                Some(PartialDate::day(today.checked_add(saturday.days()).ok()?))
            }),
        )),
        "morning" | "afternoon" | "evening" | "night" => {
            let part = calendar::part(&name);
            let back = if by < 0 { -1 } else { 0 };
            let day = context
                .anchor
                .and_then(|anchor| anchor.day.checked_add(back.days()).ok())
                .map(PartialDate::day);
            Ok((left, Read::relative(DateValue::Time { date: day, clock: None, part })))
        }
        _ => refuse(input),
    }
}

/// Without an anchor the month or season itself was still said.
fn unless_unresolved(mut read: Read, part: YearPart) -> Read {
    if read.value == DateValue::Unresolved {
        read.value = DateValue::Day(PartialDate { year: None, part, weekday: None });
    }
    read
}

fn span(unit: TimeUnit, count: i32) -> Option<Span> {
    let base = Span::new();
    Some(match unit {
        TimeUnit::Day => base.try_days(count).ok()?,
        TimeUnit::Week => base.try_weeks(count).ok()?,
        TimeUnit::Fortnight => base.try_weeks(count.checked_mul(2)?).ok()?,
        TimeUnit::Month => base.try_months(count).ok()?,
        TimeUnit::Quarter => base.try_months(count.checked_mul(3)?).ok()?,
        TimeUnit::Year => base.try_years(count).ok()?,
        TimeUnit::Decade => base.try_years(count.checked_mul(10)?).ok()?,
        TimeUnit::Century => base.try_years(count.checked_mul(100)?).ok()?,
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
    })
}

/// The day, week, month, year ... `by` units from that of `today`.
fn period(today: civil::Date, unit: TimeUnit, by: i32) -> Option<PartialDate> {
    let day = today.checked_add(span(unit, by)?).ok()?;
    let year = i32::from(day.year());
    let part = match unit {
        TimeUnit::Day => return Some(PartialDate::day(day)),
        TimeUnit::Week | TimeUnit::Fortnight => {
            let week = day.iso_week_date();
            return Some(PartialDate {
                year: Some(i32::from(week.year())),
                part: YearPart::Week(week.week() as u8),
                weekday: None,
            });
        }
        TimeUnit::Month => YearPart::Month(day.month() as u8),
        TimeUnit::Quarter => YearPart::Quarter((day.month() as u8 - 1) / 3 + 1),
        TimeUnit::Year => YearPart::Whole,
        TimeUnit::Decade => {
            return Some(PartialDate {
                year: Some(year - year.rem_euclid(10)),
                part: YearPart::Decade,
                weekday: None,
            });
        }
        TimeUnit::Century => {
            return Some(PartialDate {
                year: Some(year - year.rem_euclid(100)),
                part: YearPart::Century,
                weekday: None,
            });
        }
        TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour => return None,
    };
    Some(PartialDate { year: Some(year), part, weekday: None })
}

/// ago := (number | "a") unit ("ago" | "earlier" | "before" | "later" | "from now" | "hence")
fn ago<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, count) = match skip(input, &["a ", "an ", "A ", "An "]) {
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => (rest, 1),
        _ => {
            let (rest, read) = number(input)?;
            let Some(count) = read.value.to_i64().filter(|_| read.kind == Kind::Cardinal) else {
                return refuse(input);
            };
            (
                rest.strip_prefix([' ', '-']).unwrap_or(rest),
                i32::try_from(count).unwrap_or(i32::MAX),
            )
        }
    };
    let (rest, name) = word(rest)?;
    let Some(unit) = calendar::unit(&name) else { return refuse(input) };
    let sign = if let Some(left) = rest.strip_prefix(" ago") {
        (left, -1, true)
    } else if let Some(left) = skip(rest, &[" from now", " hence"]) {
        (left, 1, true)
    } else if let Some(left) = skip(rest, &[" earlier", " later"]) {
        (left, 0, false)
    } else {
        return refuse(input);
    };
    let (left, sign, anchored) = sign;
    if !ends(left) {
        return refuse(input);
    }
    if !anchored || count > 100_000 {
        return Ok((left, Read::relative(DateValue::Unresolved)));
    }
    let read = resolved(context, |today| {
        let there = today.checked_add(span(unit, sign * count)?).ok()?;
        let year = i32::from(there.year());
        Some(match unit {
            TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => PartialDate::year(year),
            TimeUnit::Month | TimeUnit::Quarter => PartialDate {
                year: Some(year),
                part: YearPart::Month(there.month() as u8),
                weekday: None,
            },
            _ => PartialDate::day(there),
        })
    });
    let _ = day::day;
    Ok((left, read))
}
