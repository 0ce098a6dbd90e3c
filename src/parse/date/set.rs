//! What recurs.

use nom::IResult;

use super::clock::{self, Trust};
use super::{Context, duration, ends, refuse, skip, word};
use crate::lexicon::{calendar, openers};
use crate::parse::figure::number::{Kind, number};
use crate::value::Recurrence;
use crate::value::date::{Clock, DayPart};

/// recurrence := name | ("every" | "each") what (" at " clock)? | "once a " unit
///             | weekday "s" (" at " clock)? | parts of the day | clock " " recurrence
///             | ordinal " of every month"
pub fn recurrence<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Recurrence> {
    let (rest, pattern) = timed(input).or_else(|_| plain(input, context))?;
    if !ends(rest) {
        return refuse(input);
    }
    // "every monday at 4pm"
    if let Some(tail) = skip(rest, &[" at ", " "])
        && !pattern.contains('T')
        && let Some(at) = pattern.strip_prefix("R/P1D").or(Some(&pattern))
        && !at.starts_with('R')
        && let Ok((left, face)) = clock::face(tail, Trust::At)
        && ends(left)
    {
        return Ok((left, Recurrence { pattern: format!("{at}{}", hour(&face.clock)) }));
    }
    Ok((rest, Recurrence { pattern }))
}

/// `T16`, `T17:30`.
fn hour(clock: &Clock) -> String {
    match clock.minute {
        None | Some(0) => format!("T{:02}", clock.hour),
        Some(minute) => format!("T{:02}:{minute:02}", clock.hour),
    }
}

/// timed := clock " " ("everyday" | "daily" | "every day" | "each day")
fn timed(input: &str) -> IResult<&str, String> {
    let (rest, face) = clock::face(input, Trust::Prose)?;
    let Some(tail) = skip(rest, &[" everyday", " daily", " every day", " each day"]) else {
        return refuse(input);
    };
    Ok((tail, hour(&face.clock)))
}

fn plain<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, String> {
    let set = |rest, pattern: &str| Ok((rest, pattern.to_owned()));
    if let Some((pattern, len)) = calendar::recurrence(input) {
        // "Daily Mail", "Monthly Notices"
        let next = input[len..].strip_prefix(' ');
        if input.starts_with(char::is_uppercase)
            && (context.in_name() || next.is_some_and(|next| next.starts_with(char::is_uppercase)))
        {
            return refuse(input);
        }
        return set(&input[len..], pattern);
    }
    // "19th of every month"
    if openers::may_count(input)
        && let Ok((rest, read)) = number(input)
        && read.kind == Kind::Ordinal
        && let Some(day @ 1..=31) = read.value.to_i64()
    {
        return match skip(rest, &[" of every month", " of each month"]) {
            Some(left) => Ok((left, format!("XXXX-XX-{day:02}"))),
            None => refuse(input),
        };
    }
    let (rest, first) = word(input)?;
    // "two straight nights", "a few nights", "girls' nights out" tell no habit.
    let habit = || {
        let last = context.last_word();
        !(number(&last).is_ok()
            || calendar::fills_length(&last)
            || matches!(last.as_str(), "few" | "several" | "couple" | "many")
            || context.before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == '\'')
            || rest.starts_with(" out"))
    };
    if let Some(part) = calendar::part(&first).filter(|_| first.ends_with('s') && habit()) {
        return set(rest, part_pattern(part));
    }
    // "Thursdays": in the plural they recur.
    if let Some(weekday) = calendar::weekday(&first).filter(|_| first.ends_with("days"))
        && !context.before.trim_end().ends_with(|c: char| c.is_ascii_digit())
    {
        return Ok((rest, format!("XXXX-WXX-{weekday}")));
    }
    let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
    match first.as_str() {
        "once" | "twice" => {
            let Some(tail) = skip(tail, &["a ", "an ", "every ", "each "]) else {
                return refuse(input);
            };
            let (left, unit) = duration::one_unit(tail)?;
            Ok((left, format!("R/{unit}")))
        }
        "every" | "each" => {
            let (tail, other) = match tail.strip_prefix("other ") {
                Some(tail) => (tail, true),
                None => (tail, false),
            };
            let (left, name) = word(tail).unwrap_or((tail, super::Lower::default()));
            if let Some(weekday) = calendar::weekday(&name) {
                return Ok((left, format!("XXXX-WXX-{weekday}")));
            }
            if let Some(part) = calendar::part(&name) {
                return set(left, part_pattern(part));
            }
            match name.as_str() {
                "weekend" => return set(left, "XXXX-WXX-WE"),
                "weekday" => return set(left, "XXXX-WXX-WD"),
                _ => {}
            }
            let (left, mut unit) = match duration::one_unit(tail) {
                Ok((left, unit)) => (left, unit),
                Err(_) => {
                    let (left, length) = duration::length(tail)?;
                    if length.article || length.duration.high.is_some() {
                        return refuse(input);
                    }
                    (left, length.duration)
                }
            };
            if other {
                unit = duration::doubled(unit);
            }
            Ok((left, format!("R/{unit}")))
        }
        _ => refuse(input),
    }
}

fn part_pattern(part: DayPart) -> &'static str {
    match part {
        DayPart::Morning => "TMO",
        DayPart::Afternoon => "TAF",
        DayPart::Evening => "TEV",
        DayPart::Night => "TNI",
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn recurrences() {
        check(&[
            ("every two weeks", "R/P2W"),
            ("every other day", "R/P2D"),
            ("every monday at 4pm", "XXXX-WXX-1T16"),
            ("3pm each day", "T15"),
            ("once a week", "R/P1W"),
            ("Thursdays at 17.30", "XXXX-WXX-4T17:30"),
            ("19th of every month", "XXXX-XX-19"),
            ("semi-annually", "R/P6M"),
            ("Daily Courier", "–"),
        ]);
    }
}
