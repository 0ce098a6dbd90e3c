//! Clock times.

use nom::IResult;

use super::{Context, DateValue, Read, digits, ends, refuse, skip, word};
use crate::lexicon::calendar;
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Clock, DayPart};

fn time(clock: Clock) -> Read {
    Read {
        value: DateValue::Time { date: None, clock: Some(clock), part: None },
        relative: false,
        year_assumed: false,
        qualifier: None,
    }
}

/// clock := digits | words | "noon" | "midnight"
pub fn clock<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, mut clock) = if input.starts_with(|c: char| c.is_ascii_digit()) {
        in_digits(input, context)
    } else {
        in_words(input, context)
    }?;
    let (rest, afternoon) = half_of_day(rest);
    match afternoon {
        Some(true) if clock.hour < 12 => clock.hour += 12,
        Some(false) if clock.hour == 12 => clock.hour = 0,
        _ => {}
    }
    let (rest, zone) = zone(rest);
    clock.zone = zone;
    Ok((rest, time(clock)))
}

/// A part of the day behind a date: "Friday afternoon".
pub fn part_of_day(input: &str) -> IResult<&str, Read> {
    let (rest, name) = word(input)?;
    match calendar::part(&name) {
        Some(part) => Ok((
            rest,
            Read {
                value: DateValue::Time { date: None, clock: None, part: Some(part) },
                relative: false,
                year_assumed: false,
                qualifier: None,
            },
        )),
        None => refuse(input),
    }
}

/// Whether "pm", "in the evening" or the like follows: true for the second half of the day.
fn half_of_day(input: &str) -> (&str, Option<bool>) {
    let tail = input.strip_prefix(' ').unwrap_or(input);
    for (form, late) in [
        ("p.m.", true),
        ("p.m", true),
        ("pm", true),
        ("a.m.", false),
        ("a.m", false),
        ("am", false),
    ] {
        if tail.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
            && ends(&tail[form.len()..])
        {
            // "a.m" of "a.m." at the end of a sentence keeps the point as its own.
            return (&tail[form.len()..], Some(late));
        }
    }
    if let Some(tail) = skip(input, &[" in the ", " at "])
        && let Ok((rest, name)) = word(tail)
        && let Some(part) = calendar::part(&name)
    {
        return (rest, Some(part != DayPart::Morning));
    }
    (input, None)
}

fn zone(input: &str) -> (&str, Option<i16>) {
    let tail = input.strip_prefix(' ').unwrap_or(input);
    if let Ok((rest, name)) = word(tail)
        && tail.starts_with(char::is_uppercase)
        && let Some(zone) = calendar::zone(&name)
    {
        return (rest, Some(zone));
    }
    (input, None)
}

/// in digits := hh (":" | ".") mm (":" ss)? | hh ("am" | "pm" | "o'clock")
fn in_digits<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Clock> {
    let (rest, hour) = digits(2)(input)?;
    if !(0..=24).contains(&hour) {
        return refuse(input);
    }
    let hour = hour as u8;
    let colon = rest.starts_with(':');
    if let Some(tail) = skip(rest, &[":", "."])
        && let Ok((left, minute)) = digits(2)(tail)
        && tail.len() - left.len() == 2
        && minute < 60
    {
        let (left, second) = match left.strip_prefix(':').map(digits(2)) {
            Some(Ok((left, second))) if second < 60 => (left, Some(second as u8)),
            _ => (left, None),
        };
        // "2.00 pm" is a time, "2.50" a number.
        let late = half_of_day(left).1.is_some();
        if late || colon && ends(left) {
            return Ok((left, Clock { hour, minute: Some(minute as u8), second, zone: None }));
        }
        return refuse(input);
    }
    let plain = Clock { hour, minute: None, second: None, zone: None };
    if let Some(left) = skip(rest, &[" o'clock", "o'clock"]) {
        return Ok((left, plain));
    }
    let (_, late) = half_of_day(rest);
    let _ = context;
    if late.is_some()
        && !rest.starts_with(" in the")
        && !rest.starts_with(" at ")
        && (1..=12).contains(&hour)
    {
        return Ok((rest, plain));
    }
    refuse(input)
}

/// in words := "noon" | "midnight" | "half past" hour | ("a quarter" | minutes) ("past" | "to") hour
///           | hour "o'clock"
fn in_words<'a>(input: &'a str, _context: Context<'_>) -> IResult<&'a str, Clock> {
    let (rest, first) = word(input)?;
    let at = |hour: u8, minute: u8| Clock { hour, minute: Some(minute), second: None, zone: None };
    match first.as_str() {
        "noon" | "midday" => return Ok((rest, at(12, 0))),
        "midnight" => return Ok((rest, at(0, 0))),
        _ => {}
    }
    let hour_of = |input: &'a str| -> Option<(&'a str, u8)> {
        let (rest, read) = number(input).ok()?;
        let hour = read.value.to_i64().filter(|hour| (1..=12).contains(hour))?;
        (read.kind == Kind::Cardinal).then_some((rest, hour as u8))
    };
    let quarter = skip(input, &["a quarter", "quarter"]).map(|rest| (rest, 15));
    let half = input.strip_prefix("half").map(|rest| (rest, 30));
    let minutes = number(input).ok().filter(|(_, read)| read.kind == Kind::Cardinal).and_then(
        |(rest, read)| Some((rest, read.value.to_i64().filter(|m| (1..=29).contains(m))? as u8)),
    );
    for (rest, minute) in [quarter, half, minutes].into_iter().flatten() {
        let rest = skip(rest, &[" minutes"]).unwrap_or(rest);
        if let Some(tail) = skip(rest, &[" past "])
            && let Some((left, hour)) = hour_of(tail)
        {
            return Ok((left, at(hour, minute)));
        }
        if minute != 30
            && let Some(tail) = skip(rest, &[" to "])
            && let Some((left, hour)) = hour_of(tail)
            && (minute % 5 == 0)
            && ends(left)
            && !left.starts_with(" o")
            && clock_end(left)
        {
            let hour = if hour == 1 { 12 } else { hour - 1 };
            return Ok((left, at(hour, 60 - minute)));
        }
    }
    if let Some((rest, hour)) = hour_of(input)
        && let Some(left) = skip(rest, &[" o'clock"])
    {
        return Ok((left, Clock { hour, minute: None, second: None, zone: None }));
    }
    refuse(input)
}

/// "five to ten" is a time only where nothing counted follows.
fn clock_end(rest: &str) -> bool {
    let tail = rest.trim_start();
    let Ok((_, name)) = word(tail) else { return true };
    matches!(
        name.as_str(),
        "and" | "in" | "at" | "on" | "we" | "the" | "when" | "that" | "a" | "p" | "pm" | "am"
    )
}
