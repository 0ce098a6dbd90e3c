//! Dates, times, periods, durations and recurrences.
//!
//! expression := recurrence | duration | range | time | day | period | relative

mod clock;
mod day;
mod duration;
mod period;
mod relative;

use nom::branch::alt;
use nom::character::complete::digit1;
use nom::{IResult, Parser};

use super::figure::qualifier_beside;
use super::{Anchor, At, Mention};
use crate::lexicon::calendar;
use crate::source::Span;
use crate::value::date::{DateValue, Moment, PartialDate, YearPart};
use crate::value::{Date, Qualifier, Recurrence, Value};

/// What a date parser knows beside the text.
#[derive(Clone, Copy)]
struct Context<'a> {
    anchor: Option<Anchor>,
    before: &'a str,
}

/// A date expression without its qualifier.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Read {
    value: DateValue,
    relative: bool,
    year_assumed: bool,
    qualifier: Option<Qualifier>,
}

impl Read {
    fn day(day: PartialDate) -> Self {
        Read { value: DateValue::Day(day), relative: false, year_assumed: false, qualifier: None }
    }

    fn relative(value: DateValue) -> Self {
        Read { value, relative: true, year_assumed: false, qualifier: None }
    }
}

fn refuse<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// The next word, lower-cased, and what follows it. A point after an abbreviated month or weekday
/// goes with it.
fn word(input: &str) -> IResult<&str, String> {
    let end = input.find(|c: char| !c.is_alphabetic()).unwrap_or(input.len());
    if end == 0 {
        return refuse(input);
    }
    Ok((&input[end..], input[..end].to_lowercase()))
}

/// A whole number of at most `most` digits.
fn digits(most: usize) -> impl Fn(&str) -> IResult<&str, i32> {
    move |input| {
        let (rest, text) = digit1::<_, nom::error::Error<&str>>.parse(input)?;
        match text.parse() {
            Ok(number) if text.len() <= most => Ok((rest, number)),
            _ => refuse(input),
        }
    }
}

/// Skips one of the given strings.
fn skip<'a>(input: &'a str, any_of: &[&str]) -> Option<&'a str> {
    any_of.iter().find_map(|text| input.strip_prefix(text))
}

/// Whether an expression may end here: at the end of a word.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some(c) if c.is_alphanumeric() || c == '_' || c == '%' => false,
        Some('/' | ':' | '.' | ',' | '-') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(_) => true,
    }
}

/// Reads the longest date, time, duration or recurrence that starts here.
/// Spans count from the start of `at.text`.
pub fn date(at: At<'_>, anchor: Option<Anchor>) -> Option<Mention> {
    let rest = at.rest();
    if !starts(at) {
        return None;
    }
    let context = Context { anchor, before: at.before() };
    let mut best: Option<(usize, Value)> = None;
    let mut keep = |left: &str, value: Value| {
        let len = rest.len() - left.len();
        if best.as_ref().is_none_or(|(longest, _)| len > *longest) {
            best = Some((len, value));
        }
    };
    if let Ok((left, set)) = recurrence(rest) {
        keep(left, Value::Set(set));
    }
    if let Ok((left, duration)) = duration::duration(rest, context.before) {
        keep(left, Value::Duration(duration));
    }
    if let Ok((left, read)) = expression(rest, context)
        && ends(left)
    {
        keep(
            left,
            Value::Date(Date {
                value: read.value,
                qualifier: read.qualifier,
                relative: read.relative,
                year_assumed: read.year_assumed,
            }),
        );
    }
    let (len, mut value) = best?;
    let span = Span::new(at.pos, at.pos + len);
    let mut qualifier_span = None;
    match &mut value {
        Value::Duration(duration) => {
            (duration.qualifier, qualifier_span) = qualifier_beside(at.text, span)
        }
        Value::Date(date) if date.qualifier.is_none() => {
            if let Some((qualifier, words)) = qualifier_before(at.before()) {
                let offset = (at.pos - at.before().len()) as u32;
                date.qualifier = Some(qualifier);
                qualifier_span =
                    Some(Span { start: words.start + offset, end: words.end + offset });
            }
        }
        _ => {}
    }
    Some(Mention { span, qualifier_span, value })
}

/// Whether a date can start here at all: the cheap refusal for most words.
fn starts(at: At<'_>) -> bool {
    let rest = at.rest();
    let before = at.before().chars().next_back();
    let inside = before.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '$' | '£' | '€' | '#')
    });
    match rest.bytes().next() {
        Some(b'0'..=b'9') => !inside && !before.is_some_and(|c| matches!(c, '.' | ',')),
        Some(b'\'') => rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        Some(byte) if byte.is_ascii_alphabetic() => !inside && before != Some('\''),
        _ => false,
    }
}

/// The word before a date that qualifies it, with its place.
fn qualifier_before(before: &str) -> Option<(Qualifier, Span)> {
    let trimmed = before.trim_end();
    let last = trimmed.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let qualifier = match last.to_ascii_lowercase().as_str() {
        "before" => Qualifier::Before,
        "after" => Qualifier::After,
        "since" => Qualifier::Since,
        "until" | "till" => Qualifier::Until,
        "by" => Qualifier::By,
        "about" | "around" | "circa" => Qualifier::About,
        _ => return None,
    };
    Some((qualifier, Span::new(trimmed.len() - last.len(), trimmed.len())))
}

/// expression := range | dated time | single
fn expression<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, first) = single(input, context)?;
    // range := single ("-" | "–" | " to " | " and " after "between" | " until ") single
    if let Some((left, range)) = range(rest, first, context) {
        return Ok((left, range));
    }
    // "9am on Friday", "Friday at 9am".
    if let Some((left, read)) = with_other_half(rest, first, context) {
        return Ok((left, read));
    }
    Ok((rest, first))
}

/// single := day | period | clock | relative
fn single<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let mut best: Option<(&str, Read)> = None;
    let attempts = [
        day::day(input, context),
        period::period(input, context),
        relative::relative(input, context),
        clock::clock(input, context),
    ];
    for (rest, read) in attempts.into_iter().flatten() {
        if best.is_none_or(|(longest, _)| rest.len() < longest.len()) {
            best = Some((rest, read));
        }
    }
    match best {
        Some((rest, read)) => Ok((rest, read)),
        None => refuse(input),
    }
}

fn moment(value: &DateValue) -> Option<Moment> {
    match value {
        DateValue::Day(day) => Some(Moment { date: Some(*day), clock: None }),
        DateValue::Time { date, clock: Some(clock), .. } => {
            Some(Moment { date: *date, clock: Some(*clock) })
        }
        _ => None,
    }
}

fn range<'a>(rest: &'a str, first: Read, context: Context<'_>) -> Option<(&'a str, Read)> {
    let between = context.before.trim_end().to_ascii_lowercase().ends_with("between");
    let joints: &[&str] = if between {
        &[" and the ", " and "]
    } else {
        &["-", "–", " - ", " – ", " to the ", " to ", " until ", " till ", " through "]
    };
    let tail = skip(rest, joints)?;
    let start = moment(&first.value)?;
    // "May 3-5", "2018-21".
    if let (Some(PartialDate { year, part: YearPart::Day(month, day), .. }), Ok((left, last))) =
        (start.date, digits(2)(tail))
        && (1..=31).contains(&last)
        && last > i32::from(day)
        && ends(left)
        && !left.trim_start().starts_with(|c: char| {
            c.is_alphabetic()
                && calendar::month(&word(left.trim_start()).map(|w| w.1).unwrap_or_default())
                    .is_some()
        })
    {
        let (left, year) = match day::year_behind(left) {
            Some((left, year)) => (left, Some(year)),
            None => (left, year),
        };
        let at = |day: u8| {
            Some(Moment {
                date: Some(PartialDate { year, part: YearPart::Day(month, day), weekday: None }),
                clock: None,
            })
        };
        return Some((left, Read { value: DateValue::Range(at(day), at(last as u8)), ..first }));
    }
    if let (
        Some(PartialDate { year: Some(year), part: YearPart::Whole, weekday: None }),
        Ok((left, short)),
    ) = (start.date, digits(2)(tail))
        && tail.len() - left.len() == 2
        && ends(left)
    {
        let last = year - year.rem_euclid(100) + short;
        if last > year {
            return Some((
                left,
                Read {
                    value: DateValue::Range(
                        moment(&DateValue::Day(PartialDate::year(year))),
                        moment(&DateValue::Day(PartialDate::year(last))),
                    ),
                    ..first
                },
            ));
        }
    }
    let (left, second) = single(tail, context).ok()?;
    if !ends(left) {
        return None;
    }
    let mut end = moment(&second.value)?;
    let mut start = start;
    if start.clock.is_some() != end.clock.is_some() && start.date.is_some() != end.date.is_some() {
        return None;
    }
    if let (Some(a), Some(b)) = (&mut start.date, &mut end.date) {
        // "3 to 12 June 2019", "from March to June 2020": the year stands once.
        if a.year.is_none() || first.year_assumed {
            a.year = b.year;
        }
        if b.year.is_none() || (second.year_assumed && !first.year_assumed) {
            b.year = a.year;
        }
        if a.part == YearPart::Whole
            && a.weekday.is_none()
            && !matches!(b.part, YearPart::Whole | YearPart::Decade)
            && !between
            && rest.starts_with('-')
        {
            return None;
        }
    }
    // "9-10am": both in the morning.
    let year_assumed = first.year_assumed && second.year_assumed;
    let relative = first.relative || second.relative;
    Some((
        left,
        Read {
            value: DateValue::Range(Some(start), Some(end)),
            relative,
            year_assumed,
            qualifier: None,
        },
    ))
}

/// A time that names its day behind or before it.
fn with_other_half<'a>(
    rest: &'a str,
    first: Read,
    context: Context<'_>,
) -> Option<(&'a str, Read)> {
    match first.value {
        DateValue::Time { date: None, clock, part } => {
            let tail = skip(rest, &[" on the ", " on ", ", ", " of ", " "])?;
            let (left, second) = single(tail, context).ok()?;
            let DateValue::Day(day) = second.value else { return None };
            let full = matches!(day.part, YearPart::Day(..)) || day.weekday.is_some();
            (full && ends(left)).then_some((
                left,
                Read { value: DateValue::Time { date: Some(day), clock, part }, ..second },
            ))
        }
        DateValue::Day(day) if matches!(day.part, YearPart::Day(..)) || day.weekday.is_some() => {
            let tail = skip(rest, &[" at ", ", at ", ", ", " in the ", " "])?;
            let (left, second) =
                clock::clock(tail, context).ok().or_else(|| clock::part_of_day(tail).ok())?;
            let DateValue::Time { date: None, clock, part } = second.value else { return None };
            ends(left).then_some((
                left,
                Read { value: DateValue::Time { date: Some(day), clock, part }, ..first },
            ))
        }
        _ => None,
    }
}

/// recurrence := "daily" | "weekly" | ... | "every" (unit | weekday | number unit)
fn recurrence(input: &str) -> IResult<&str, Recurrence> {
    let (rest, first) = word(input)?;
    let set = |rest, pattern: &str| Ok((rest, Recurrence { pattern: pattern.to_owned() }));
    match first.as_str() {
        "daily" | "nightly" => set(rest, "R/P1D"),
        "hourly" => set(rest, "R/PT1H"),
        "weekly" => set(rest, "R/P1W"),
        "fortnightly" | "biweekly" => set(rest, "R/P2W"),
        "monthly" => set(rest, "R/P1M"),
        "quarterly" => set(rest, "R/P3M"),
        "yearly" | "annually" => set(rest, "R/P1Y"),
        "every" => {
            let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
            if let Ok((left, name)) = word(tail)
                && let Some(weekday) = calendar::weekday(&name)
            {
                return set(left, &format!("XXXX-WXX-{weekday}"));
            }
            let (left, duration) =
                alt((|input| duration::duration(input, "every"), duration::one_unit))
                    .parse(tail)?;
            set(left, &format!("R/{duration}"))
        }
        _ => refuse(input),
    }
}
