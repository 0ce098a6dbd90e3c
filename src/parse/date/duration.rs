//! Lengths of time and ages.

use nom::IResult;

use super::{refuse, skip, word};
use crate::lexicon::calendar::{TimeUnit, unit};
use crate::parse::figure::number::{Kind, number};
use crate::value::{Decimal, Duration};

/// duration := part ((", " | " and " | " ") part)* age?
pub fn duration<'a>(input: &'a str, before: &str) -> IResult<&'a str, Duration> {
    let mut all = Duration::default();
    let (mut rest, mut last) = part(input, &mut all)?;
    // "4 hours and 12 minutes", "7 years, 3 months".
    while let Some(tail) = skip(rest, &[" and ", ", ", " "]) {
        let mut more = all.clone();
        match part(tail, &mut more) {
            Ok((left, next)) if next < last => {
                all = more;
                rest = left;
                last = next;
            }
            _ => break,
        }
    }
    let old = skip(rest, &[" old", "-old"]).filter(|left| !left.starts_with(char::is_alphanumeric));
    if let Some(left) = old {
        rest = left;
        all.age = true;
    } else {
        let lead =
            before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        all.age = lead.eq_ignore_ascii_case("aged");
    }
    Ok((rest, all))
}

/// One unit without a number, as after "every".
pub fn one_unit(input: &str) -> IResult<&str, Duration> {
    let (rest, name) = word(input)?;
    let Some(found) = unit(&name) else { return refuse(input) };
    let mut all = Duration::default();
    add(&mut all, found, Decimal::ONE);
    Ok((rest, all))
}

/// Seconds of the unit, for keeping the order of a compound.
fn size(unit: TimeUnit) -> u64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Minute => 60,
        TimeUnit::Hour => 3_600,
        TimeUnit::Day => 86_400,
        TimeUnit::Week | TimeUnit::Fortnight => 604_800,
        TimeUnit::Month | TimeUnit::Quarter => 2_600_000,
        TimeUnit::Year => 31_000_000,
        TimeUnit::Decade | TimeUnit::Century => 310_000_000,
    }
}

fn add(all: &mut Duration, unit: TimeUnit, amount: Decimal) {
    let scaled = |factor: i64| amount.checked_mul(Decimal::from(factor)).unwrap_or(amount);
    let (slot, amount) = match unit {
        TimeUnit::Second => (&mut all.seconds, amount),
        TimeUnit::Minute => (&mut all.minutes, amount),
        TimeUnit::Hour => (&mut all.hours, amount),
        TimeUnit::Day => (&mut all.days, amount),
        TimeUnit::Week => (&mut all.weeks, amount),
        TimeUnit::Fortnight => (&mut all.weeks, scaled(2)),
        TimeUnit::Month => (&mut all.months, amount),
        TimeUnit::Quarter => (&mut all.months, scaled(3)),
        TimeUnit::Year => (&mut all.years, amount),
        TimeUnit::Decade => (&mut all.years, scaled(10)),
        TimeUnit::Century => (&mut all.years, scaled(100)),
    };
    *slot = slot.checked_add(amount).unwrap_or(amount);
}

/// part := (number | "a" | "half a" | "a couple of") (" " | "-") unit (" and a half")?
fn part<'a>(input: &'a str, all: &mut Duration) -> IResult<&'a str, u64> {
    let lower =
        input.get(..13).map(str::to_ascii_lowercase).unwrap_or_else(|| input.to_ascii_lowercase());
    let one = Decimal::ONE;
    let half = Decimal::new(5, -1).unwrap_or(one);
    let mut high = None;
    let (rest, amount, article) = if lower.starts_with("half an ") {
        (&input[7..], half, false)
    } else if lower.starts_with("half a ") {
        (&input[6..], half, false)
    } else if lower.starts_with("a couple of ") {
        (&input[11..], Decimal::from(2), false)
    } else if lower.starts_with("a dozen ") {
        (&input[7..], Decimal::from(12), false)
    } else if let Some(rest) =
        skip(input, &["a", "an", "A", "An"]).filter(|rest| rest.starts_with(' '))
    {
        (rest, one, true)
    } else {
        let (rest, read) = number(input)?;
        if !matches!(read.kind, Kind::Cardinal) || read.value.is_negative() {
            return refuse(input);
        }
        // "7 to 9 days", "2-14 days".
        let range = skip(rest, &["-", "–", " to ", " or ", " and "])
            .and_then(|tail| number(tail).ok())
            .filter(|(_, upper)| upper.kind == Kind::Cardinal && upper.value > read.value);
        match range {
            Some((left, upper))
                if skip(left, &[" ", "-"]).is_some_and(|tail| unit_word(tail).is_some()) =>
            {
                high = Some(upper.value);
                (left, read.value, false)
            }
            _ => (rest, read.value, false),
        }
    };
    // "30m" and "5s" are measures as often; letters alone are not read here.
    let tail = skip(rest, &[" ", "-", ""]).unwrap_or(rest);
    let Some((left, found)) = unit_word(tail) else { return refuse(input) };
    let spelled = tail.len() - left.len() > 2;
    if !spelled && rest.len() != tail.len() && rest.starts_with('-') {
        return refuse(input);
    }
    // "a second", "a quarter", "a day", "a minute" are words or rates more often than lengths.
    if article
        && !left.starts_with(" and a half")
        && !matches!(found, TimeUnit::Decade | TimeUnit::Century | TimeUnit::Fortnight)
    {
        return refuse(input);
    }
    // "40 day tickets" counts tickets; "a 40-day strike" and "40 days" tell a length.
    let word = &tail[..tail.len() - left.len()];
    let plural =
        matches!(word, "min" | "sec" | "hr" | "yr") || word.ends_with('s') || word.ends_with("ies");
    if rest.starts_with(' ') && !plural && high.is_none() && amount > one {
        return refuse(input);
    }
    let mut amount = amount;
    let mut left = left;
    if let Some(after) = left.strip_prefix(" and a half") {
        amount = amount.checked_add(half).unwrap_or(amount);
        left = after;
    }
    // "two quarters" of an hour or of a game.
    if found == TimeUnit::Quarter {
        return refuse(input);
    }
    add(all, found, amount);
    all.high = high;
    Ok((left, size(found)))
}

/// A unit's word at the start of `input`.
fn unit_word(input: &str) -> Option<(&str, TimeUnit)> {
    let (rest, name) = word(input).ok()?;
    if rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let found = unit(&name)?;
    // "'s" of "two years' time" goes with it.
    Some((rest, found))
}
