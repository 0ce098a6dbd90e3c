//! Days of the year with a name, fixed or movable.

use jiff::{ToSpan, civil};
use nom::IResult;

use super::{Context, DateValue, Read, day, ends, lower_start, refuse, skip, word};
use crate::lexicon::calendar::{self, Feast};
use crate::value::date::{PartialDate, YearPart};

/// Characters of the longest name of a feast.
const LONGEST: usize = 40;

/// feast := (shift " ")? name ("day")? (year | " of " (shift " year" | year))?
pub fn feast<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (shifted, tail) = match word(input) {
        Ok((rest, name)) => match (calendar::shift(&name), rest.strip_prefix(' ')) {
            (Some(by), Some(tail)) => (Some(by), tail),
            _ => (None, input),
        },
        Err(_) => return refuse(input),
    };
    let Some((feast, len)) = calendar::feast(&lower_start(tail, LONGEST)) else {
        return refuse(input);
    };
    if !tail.is_char_boundary(len) {
        return refuse(input);
    }
    let rest = skip(&tail[len..], &["'s"]).unwrap_or(&tail[len..]);
    if let Some(by) = shifted {
        let Some(today) = context.today() else {
            return Ok((rest, Read::relative(DateValue::Unresolved)));
        };
        return match beside(feast, today, by) {
            Some(date) => Ok((rest, Read::relative(DateValue::Day(PartialDate::day(date))))),
            None => refuse(input),
        };
    }
    if let Some((left, year)) = day::year_behind(rest) {
        return Ok((left, Read::day(named(feast, Some(year)))));
    }
    if let Some(tail) = rest.strip_prefix(" of ")
        && let Ok((left, name)) = word(tail)
        && let Some(by) = calendar::shift(&name)
        && let Some(left) = left.strip_prefix(" year")
    {
        let year = context.today().map(|today| i32::from(today.year()) + i32::from(by));
        return Ok((left, Read { relative: true, ..Read::day(named(feast, year)) }));
    }
    if !ends(rest) {
        return refuse(input);
    }
    let year = context.today().map(|today| i32::from(today.year()));
    let assumed = year.is_some();
    match (feast, year) {
        // Without a year a movable feast has no date to tell.
        (Feast::Fixed(..), _) | (_, Some(_)) => {
            Ok((rest, Read { year_assumed: assumed, ..Read::day(named(feast, year)) }))
        }
        _ => Ok((rest, Read::relative(DateValue::Unresolved))),
    }
}

/// The date of the feast as far as the year tells it.
fn named(feast: Feast, year: Option<i32>) -> PartialDate {
    match (feast, year.and_then(|year| date(feast, year))) {
        (_, Some(date)) => PartialDate::day(date),
        (Feast::Fixed(month, day), None) => {
            PartialDate { year, part: YearPart::Day(month, day), weekday: None }
        }
        (_, None) => PartialDate { year, part: YearPart::Whole, weekday: None },
    }
}

/// The last (-1), next (1) or this year's (0) feast, seen from a day.
fn beside(feast: Feast, today: civil::Date, by: i8) -> Option<civil::Date> {
    let year = i32::from(today.year());
    let own = date(feast, year)?;
    match by {
        -1 if own >= today => date(feast, year - 1),
        1 | 0 if own < today => date(feast, year + 1),
        _ => Some(own),
    }
}

/// The day of a feast in a year.
fn date(feast: Feast, year: i32) -> Option<civil::Date> {
    let year = i16::try_from(year).ok()?;
    match feast {
        Feast::Fixed(month, day) => civil::Date::new(year, month as i8, day as i8).ok(),
        Feast::Easter(days) => easter(year)?.checked_add(i32::from(days).days()).ok(),
        Feast::OrthodoxEaster(days) => {
            orthodox_easter(year)?.checked_add(i32::from(days).days()).ok()
        }
        Feast::Weekday { month, weekday, nth, behind } => {
            let first = civil::Date::new(year, month as i8, 1).ok()?;
            let weekday = civil::Weekday::from_monday_one_offset(weekday as i8).ok()?;
            let day = first.nth_weekday_of_month(nth, weekday).ok()?;
            day.checked_add(i32::from(behind).days()).ok()
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter(year: i16) -> Option<civil::Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let days = h + l - 7 * m + 114;
    civil::Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8).ok()
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus, from the Julian one).
fn orthodox_easter(year: i16) -> Option<civil::Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 4, y % 7, y % 19);
    let d = (19 * c + 15) % 30;
    let e = (2 * a + 4 * b - d + 34) % 7;
    let days = d + e + 114;
    let behind = y / 100 - y / 400 - 2;
    civil::Date::new(year, (days / 31) as i8, (days % 31 + 1) as i8)
        .ok()?
        .checked_add(behind.days())
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn movable_feasts() {
        let day = |feast, year| date(feast, year).map(|date| date.to_string()).unwrap_or_default();
        assert_eq!(day(Feast::Easter(0), 2018), "2018-04-01");
        assert_eq!(day(Feast::Easter(1), 2019), "2019-04-22");
        assert_eq!(day(Feast::OrthodoxEaster(0), 2018), "2018-04-08");
        let thanksgiving = Feast::Weekday { month: 11, weekday: 4, nth: 4, behind: 0 };
        assert_eq!(day(thanksgiving, 2013), "2013-11-28");
    }
}
