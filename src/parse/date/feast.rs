//! Days of the year with a name, fixed or movable.

use jiff::{Span, ToSpan, civil};
use nom::IResult;

use super::{Context, DateValue, Read, almanac, day, ends, nth, refuse, skip, word};
use crate::lexicon::calendar::{self, Feast};
use crate::value::date::{Moment, PartialDate, YearPart};

/// feast := (shift " ")? name ("day")? (year | " of " (shift " year" | year))?
pub fn feast<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (shifted, tail) = match word(input) {
        Ok((rest, name)) => match (calendar::shift(&name), rest.strip_prefix(' ')) {
            (Some(by), Some(tail)) => (Some(by), tail),
            _ => (None, input),
        },
        Err(_) => return refuse(input),
    };
    let Some((feast, len)) = calendar::feast(tail) else {
        return refuse(input);
    };
    if !tail.is_char_boundary(len) {
        return refuse(input);
    }
    let rest = skip(&tail[len..], &["'s"]).unwrap_or(&tail[len..]);
    // "Easter Island", "Ramadan Sobhi", "Holocaust Memorial Day"
    let named_on = rest.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
    let capital = tail.starts_with(char::is_uppercase);
    if capital && (named_on || shifted.is_none() && context.in_name()) {
        return refuse(input);
    }
    if let Some(by) = shifted {
        let Some(today) = context.today() else {
            return Ok((rest, Read::relative(DateValue::Unresolved)));
        };
        return match beside(feast, today, by) {
            Some((date, lasts)) => Ok((rest, Read::relative(days(date, lasts)))),
            None => refuse(input),
        };
    }
    if let Some((left, year)) = day::year_behind(rest) {
        let value = named(feast, Some(year));
        let weekend = left.strip_prefix(" weekend").filter(|left| ends(left));
        if let Some((after, value)) = weekend.zip(weekend_beside(value)) {
            return Ok((after, Read::plain(value)));
        }
        return Ok((left, Read::plain(value)));
    }
    if let Some(tail) = rest.strip_prefix(" of ")
        && let Ok((left, name)) = word(tail)
        && let Some(by) = calendar::shift(&name)
        && let Some(left) = left.strip_prefix(" year")
    {
        let year = context.today().map(|today| i32::from(today.year()) + i32::from(by));
        return Ok((left, Read { relative: true, ..Read::plain(named(feast, year)) }));
    }
    if !ends(rest) {
        return refuse(input);
    }
    let year = context.today().map(|today| i32::from(today.year()));
    let assumed = year.is_some();
    match (feast, year) {
        // Without a year a movable feast has no date to tell.
        (Feast::Fixed(..), _) | (_, Some(_)) => {
            Ok((rest, Read { year_assumed: assumed, ..Read::plain(named(feast, year)) }))
        }
        _ => Ok((rest, Read::relative(DateValue::Unresolved))),
    }
}

/// The weekend nearest to a day.
fn weekend_beside(value: DateValue) -> Option<DateValue> {
    let DateValue::Day(day) = value else { return None };
    let (date, _) = day.interval()?;
    // From Monday to Wednesday the one before.
    let ahead = (8 - i32::from(date.weekday().to_monday_one_offset())).rem_euclid(7) - 2;
    let ahead = if ahead > 2 { ahead - 7 } else { ahead };
    nth::weekend(date.checked_add(ahead.days()).ok()?)
}

/// The date of the feast as far as the year tells it.
fn named(feast: Feast, year: Option<i32>) -> DateValue {
    match (feast, year.and_then(|year| date(feast, year))) {
        (_, Some((date, lasts))) => days(date, lasts),
        (Feast::Fixed(month, day), None) => {
            DateValue::Day(PartialDate { year, part: YearPart::Day(month, day), weekday: None })
        }
        (_, None) => DateValue::Unresolved,
    }
}

/// A day, or as many from it as the feast lasts.
fn days(first: civil::Date, lasts: u8) -> DateValue {
    let end = |date| Some(Moment { date: Some(PartialDate::day(date)), clock: None });
    match first.checked_add((i32::from(lasts) - 1).days()) {
        Ok(last) if last > first => DateValue::Range(end(first), end(last)),
        _ => DateValue::Day(PartialDate::day(first)),
    }
}

/// The last (-1), next (1) or this year's (0) feast, seen from a day.
fn beside(feast: Feast, today: civil::Date, by: i8) -> Option<(civil::Date, u8)> {
    let year = i32::from(today.year());
    let own = date(feast, year)?;
    match by {
        -1 if own.0 >= today => date(feast, year - 1),
        1 | 0 if own.0 < today => date(feast, year + 1),
        _ => Some(own),
    }
}

/// The first day of a feast in a year.
pub fn first_day(feast: Feast, year: i32) -> Option<civil::Date> {
    date(feast, year).map(|(date, _)| date)
}

/// The first day of a feast in a year and how many days it lasts.
fn date(feast: Feast, year: i32) -> Option<(civil::Date, u8)> {
    let year = i16::try_from(year).ok()?;
    let from = |date: Option<civil::Date>, days: i16, lasts: u8| {
        Some((date?.checked_add(i32::from(days).days()).ok()?, lasts))
    };
    match feast {
        Feast::Fixed(month, day) => Some((civil::Date::new(year, month as i8, day as i8).ok()?, 1)),
        Feast::Easter(days) => from(easter(year), days, 1),
        Feast::OrthodoxEaster(days) => from(orthodox_easter(year), days, 1),
        Feast::Weekday { month, weekday, nth, behind } => {
            let first = civil::Date::new(year, month as i8, 1).ok()?;
            let weekday = civil::Weekday::from_monday_one_offset(weekday as i8).ok()?;
            from(first.nth_weekday_of_month(nth, weekday).ok(), i16::from(behind), 1)
        }
        // A Jewish day begins on the evening before; of several the last evening is not counted.
        Feast::RoshHashanah(days, lasts) => {
            from(rosh_hashanah(year), days - 1, lasts + u8::from(lasts > 1))
        }
        Feast::Passover(days, lasts) => {
            from(rosh_hashanah(year), days - 164, lasts + u8::from(lasts > 1))
        }
        Feast::Hanukkah => {
            let length = (rosh_hashanah(year + 1)? - rosh_hashanah(year)?).get_days();
            // The month before it has a day more in a full year.
            let full = i16::from(length % 10 == 5);
            from(rosh_hashanah(year), 82 + full, 9)
        }
        Feast::Islamic(month, day, lasts) => Some((islamic(year, month, day)?, lasts)),
        Feast::IndianMoon { month, tithi, hour, behind, lasts } => {
            from(almanac::indian_moon(year, month, tithi, hour), i16::from(behind), lasts)
        }
        Feast::IndianSun { longitude, hour, behind } => {
            from(almanac::indian_sun(year, longitude, hour), i16::from(behind), 1)
        }
        Feast::Chinese(month, day, lasts) => Some((almanac::chinese(year, month, day)?, lasts)),
        Feast::NotSunday(month, day) => {
            let date = civil::Date::new(year, month as i8, day as i8).ok()?;
            let sunday = date.weekday() == civil::Weekday::Sunday;
            from(Some(date), -i16::from(sunday), 1)
        }
        Feast::Parsi => Some((parsi(year)?, 1)),
    }
}

/// The first day of the Parsi (Shahenshahi) year, which has 365 days and no leap years.
fn parsi(year: i16) -> Option<civil::Date> {
    let known = civil::Date::constant(2018, 8, 17);
    known.checked_add(Span::new().try_days((i64::from(year) - 2018) * 365).ok()?).ok()
}

/// Day one of the proleptic Gregorian calendar.
fn day_one() -> civil::Date {
    civil::Date::constant(1, 1, 1)
}

/// The first of Tishri in the autumn of a year (the molad and its four postponements).
fn rosh_hashanah(year: i16) -> Option<civil::Date> {
    let elapsed = |year: i64| {
        let months = (235 * year - 234).div_euclid(19);
        let parts = 12_084 + 13_753 * months;
        let days = 29 * months + parts.div_euclid(25_920);
        if (3 * (days + 1)).rem_euclid(7) < 3 { days + 1 } else { days }
    };
    let year = i64::from(year) + 3761;
    let (before, own, after) = (elapsed(year - 1), elapsed(year), elapsed(year + 1));
    let postponed = match (after - own, own - before) {
        (356, _) => 2,
        (_, 382) => 1,
        _ => 0,
    };
    let fixed = own + postponed - 1_373_427;
    day_one().checked_add(Span::new().try_days(fixed - 1).ok()?).ok()
}

/// The first such day of the Islamic calendar that falls in the year: of the Saudi one for the years
/// whose rules are known, else of the tabular one.
fn islamic(year: i16, month: u8, day: u8) -> Option<civil::Date> {
    let (month, day) = (i64::from(month), i64::from(day));
    let about = (i64::from(year) - 622) * 33 / 32;
    (about - 1..=about + 2).find_map(|hijri| {
        let days = day
            + (59 * (month - 1) + 1) / 2
            + (hijri - 1) * 354
            + (3 + 11 * hijri).div_euclid(30)
            + 227_014;
        let date = match almanac::islamic_month(hijri, month as u8) {
            Some(first) => first.checked_add((day as i32 - 1).days()).ok()?,
            None => day_one().checked_add(Span::new().try_days(days - 1).ok()?).ok()?,
        };
        (date.year() == year).then_some(date)
    })
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
        let day =
            |feast, year| date(feast, year).map(|(date, _)| date.to_string()).unwrap_or_default();
        assert_eq!(day(Feast::Easter(0), 2018), "2018-04-01");
        assert_eq!(day(Feast::Easter(1), 2019), "2019-04-22");
        assert_eq!(day(Feast::OrthodoxEaster(0), 2018), "2018-04-08");
        let thanksgiving = Feast::Weekday { month: 11, weekday: 4, nth: 4, behind: 0 };
        assert_eq!(day(thanksgiving, 2013), "2013-11-28");
        assert_eq!(day(Feast::RoshHashanah(0, 2), 2018), "2018-09-09");
        assert_eq!(day(Feast::Passover(0, 8), 2018), "2018-03-30");
        assert_eq!(day(Feast::Hanukkah, 2018), "2018-12-02");
        assert_eq!(day(Feast::Islamic(10, 1, 1), 2018), "2018-06-15");
        assert_eq!(day(Feast::Islamic(10, 1, 1), 2034), "2034-12-12");
        assert_eq!(day(Feast::NotSunday(4, 27), 2014), "2014-04-26");
        assert_eq!(day(Feast::Parsi, 2022), "2022-08-16");
    }

    #[test]
    fn feasts_by_their_names() {
        super::super::table::check(&[
            ("Diwali 2020", "2020-11-14"),
            ("Chinese New Year 2019", "2019-02-05"),
            ("Easter Saturday 2013", "2013-03-30"),
            ("Labor Day 2021 weekend", "2021-09-04/2021-09-05"),
            ("Pongal 2018", "2018-01-14"),
        ]);
    }
}
