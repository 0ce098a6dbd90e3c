//! Expressions that need the day the text was written.

use jiff::{Span, ToSpan, civil};
use nom::IResult;

use super::duration::{self, Length};
use super::period::quarter;
use super::{Context, DateValue, Read, Tense, day, ends, feast, nth, refuse, skip, word};
use crate::lexicon::calendar::{self, TimeUnit};
use crate::lexicon::numbers::number_word;
use crate::lexicon::openers;
use crate::parse::Anchor;
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Clock, Moment, PartialDate, YearPart};
use crate::value::{Decimal, Duration, Qualifier};

/// relative := day word | shift (count units | unit | month | weekday | season | ...)
///           | count shift units | length ("ago" | "from now" | "later" | "before" day | ...)
///           | weekday (" of ")? shift " week" | count weekdays " from now"
pub fn relative<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    if input.starts_with(|c: char| c.is_ascii_digit()) {
        return counted_shift(input, context)
            .or_else(|_| weekdays_away(input, context))
            .or_else(|_| offset(input, context));
    }
    if let Some(found) = day_word(input, context) {
        return Ok(found);
    }
    let (rest, first) = word(input)?;
    if first == "that" || calendar::shift(&first).is_some() {
        // "The following February", "the next day" in a story count from the time that it has
        // reached, not from the day of writing.
        let name = rest.strip_prefix(' ').and_then(|tail| word(tail).ok()).map(|(_, name)| name);
        let name = name.unwrap_or_default();
        let month = calendar::month(&name).is_some();
        let weekday = calendar::weekday(&name).is_some();
        let day = name == "day" || weekday || calendar::season(&name).is_some();
        let told = || day && context.tense() == Tense::Past;
        if name == "year"
            && let Some(found) = story_year(rest, &first, context)
        {
            return Ok(found);
        }
        let context = match first.as_str() {
            "following" | "previous" if month => Context { anchor: None, ..context },
            "previous" if weekday => context,
            "following" | "preceding" | "previous" if told() => Context { anchor: None, ..context },
            "next" if context.last_word() == "the" && told() => Context { anchor: None, ..context },
            _ => context,
        };
        return shifted(input, rest, &first, context);
    }
    // "Comes in 2032; she retires the year after."
    if first == "year"
        && context.last_word() == "the"
        && let Some(left) = rest.strip_prefix(" after")
        && (left.is_empty() || left.starts_with([',', '.', ';', ':', ')']))
        && let Some(year) = year_told(context.before)
    {
        return Ok((left, Read::relative(DateValue::Day(PartialDate::year(year + 1)))));
    }
    let counts = matches!(first.as_str(), "closest" | "nearest") || number_word(&first).is_some();
    if counts && let Some(found) = nearest(input, context) {
        return Ok(found);
    }
    if let Some(found) = from_now(input, context).or_else(|| year_to_date(input, context)) {
        return Ok(found);
    }
    let found = weekend(input, context).or_else(|_| weekday_of_week(input, context));
    if !openers::may_count(input) {
        return found;
    }
    found
        .or_else(|_| counted_shift(input, context))
        .or_else(|_| weekdays_away(input, context))
        .or_else(|_| offset(input, context))
}

/// The year counted from the one that the words before name: "in 2014 ... the following year".
fn story_year<'a>(rest: &'a str, shift: &str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let by = match shift {
        "following" | "next" if context.last_word() == "the" => 1,
        "previous" | "preceding" => -1,
        "that" => 0,
        _ => return None,
    };
    let left = rest.strip_prefix(" year").filter(|left| ends(left))?;
    let year = year_told(context.before)?;
    Some((left, Read::relative(DateValue::Day(PartialDate::year(year + by)))))
}

/// The year that a text names last.
fn year_told(before: &str) -> Option<i32> {
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut year: Option<i32> = None;
    for word in words {
        // Four digits are a year behind a preposition, a month or a day.
        if let Some(year) = year
            && (word.len() < 3 && word.bytes().all(|byte| byte.is_ascii_digit())
                || matches!(
                    word,
                    "in" | "In" | "since" | "until" | "of" | "from" | "during" | "late" | "early"
                )
                || calendar::month(&word.to_lowercase()).is_some())
        {
            return Some(year);
        }
        year = word.parse().ok().filter(|year| word.len() == 4 && (1800..2100).contains(year));
    }
    None
}

/// from now := "now" (("+" | "-") length)?; alone only where nothing else is said
fn from_now<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let (rest, name) = word(input).ok()?;
    let anchor = context.anchor.filter(|_| name == "now")?;
    if matches!(context.before.trim(), "" | "right" | "just") && rest.trim().is_empty() {
        let Moment { date, clock } = exact(anchor)?;
        return Some((rest, Read::relative(DateValue::Time { date, clock, part: None })));
    }
    let (tail, by) = match skip(rest, &[" + ", " +", "+"]) {
        Some(tail) => (tail, 1),
        None => (rest.strip_prefix(" - ")?, -1),
    };
    let (left, length) = duration::length(tail).ok().filter(|(left, _)| ends(left))?;
    let value = if by < 0 { away(anchor, &length, by) } else { ahead(anchor, &length) };
    Some((left, Read::relative(value?)))
}

/// year to date := "year to date" | "month to date" | "YTD"
fn year_to_date<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let (rest, name) = word(input).ok()?;
    let (left, unit) = match name.as_str() {
        "ytd" => (rest, TimeUnit::Year),
        "year" => (skip(rest, &[" to date", "-to-date"])?, TimeUnit::Year),
        "month" => (skip(rest, &[" to date", "-to-date"])?, TimeUnit::Month),
        _ => return None,
    };
    let today = context.today().filter(|_| super::clause_ends(left))?;
    let first = period(today, unit, 0)?.interval()?.0;
    let end = |day| Some(Moment { date: Some(PartialDate::day(day)), clock: None });
    Some((left, Read::relative(DateValue::Range(end(first), end(today)))))
}

/// day word := "today" | "the day after tomorrow" | ...
fn day_word<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let (days, len) = calendar::day_word(input)?;
    // "USA Today", "the Today programme"
    if input.starts_with("Today") && (context.in_name() || context.last_word() == "the") {
        return None;
    }
    if input[..len].eq_ignore_ascii_case("tonight") {
        let value = DateValue::Time { date: None, clock: None, part: calendar::part("night") };
        return Some((&input[len..], Read::relative(value)));
    }
    let read = resolved(context, |today| {
        Some(PartialDate::day(today.checked_add(i32::from(days).days()).ok()?))
    });
    Some((&input[len..], read))
}

fn resolved(context: Context<'_>, find: impl Fn(civil::Date) -> Option<PartialDate>) -> Read {
    let value = context.today().and_then(find).map_or(DateValue::Unresolved, DateValue::Day);
    Read::relative(value)
}

/// What follows "last", "next", "this".
fn shifted<'a>(
    input: &'a str,
    rest: &'a str,
    first: &str,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    // What "that year" means stands elsewhere.
    let context = if first == "that" { Context { anchor: None, ..context } } else { context };
    let mut by = calendar::shift(first).unwrap_or(0);
    let mut upcoming = matches!(first, "coming" | "upcoming");
    let mut passed = first == "past";
    let Some(mut tail) = rest.strip_prefix(' ') else { return refuse(input) };
    // "To this day" is always.
    if first == "this" && tail.starts_with("day") && context.last_word() == "to" {
        return refuse(input);
    }
    // "this past Wednesday", "this coming Friday"
    if by == 0
        && let Ok((after, second)) = word(tail)
        && matches!(second.as_str(), "past" | "coming" | "upcoming")
        && let Some(after) = after.strip_prefix(' ')
    {
        by = calendar::shift(&second).unwrap_or(0);
        passed = second == "past";
        upcoming = !passed;
        tail = after;
    }
    // "It should last two hours": a verb.
    let verb = matches!(
        context.last_word().as_str(),
        "to" | "will" | "not" | "t" | "may" | "might" | "could" | "would" | "can" | "should"
    );
    if by != 0
        && !(first == "last" && verb)
        && let Ok((left, span)) = duration::length(tail)
        && !span.article
        && !span.letter
        && span.duration.high.is_none()
        && ends(left)
    {
        // "the past two months"
        return Ok((left, stretch(&span, by, context)));
    }
    let (left, name) = word(tail)?;
    if !ends(left) && !left.starts_with(['-', '\'']) {
        return refuse(input);
    }
    if let Some(unit) = calendar::unit(&name) {
        return unit_shifted(input, left, &name, unit, by, context);
    }
    if let Some(tail) = left.strip_prefix(" year")
        && matches!(name.as_str(), "fiscal" | "financial" | "calendar" | "school" | "academic")
        && ends(tail)
    {
        let part = if matches!(name.as_str(), "fiscal" | "financial") {
            YearPart::Fiscal
        } else {
            YearPart::Whole
        };
        return Ok((
            tail,
            resolved(context, |today| {
                let year = Some(i32::from(today.year()) + i32::from(by));
                Some(PartialDate { year, part, weekday: None })
            }),
        ));
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
                year: Some(i32::from(today.year()) + i32::from(by)),
                part: YearPart::Season(season),
                weekday: None,
            })
        });
        return Ok((left, unless_unresolved(read, YearPart::Season(season))));
    }
    if let Some(weekday) = calendar::weekday(&name).filter(|_| name.len() > 2) {
        // "this Friday, June 15" is told by its date.
        if let Some(found) = day::date_behind(left, weekday, context) {
            return Ok(found);
        }
        let mut read = resolved(context, |today| {
            let own = today.weekday().to_monday_one_offset();
            let within = i32::from(weekday as i8 - own);
            let days = match by {
                // "this past Wednesday" is the latest, "last Wednesday" that of last week.
                -1 if passed => -(i32::from(own - weekday as i8).rem_euclid(7)),
                1 if upcoming => within.rem_euclid(7),
                // On a Sunday "this Wednesday" is ahead.
                0 if within < -3 => within + 7,
                _ => within + 7 * i32::from(by),
            };
            let days = if days == 0 && by != 0 { 7 * i32::from(by) } else { days };
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
        "weekend" | "week-end" => {
            let value = context.today().and_then(|today| {
                let own = today.weekday().to_monday_one_offset();
                let saturday = i32::from(6 - own) + 7 * i32::from(by);
                nth::weekend(today.checked_add(saturday.days()).ok()?)
            });
            Ok((left, Read::relative(value.unwrap_or(DateValue::Unresolved))))
        }
        "weekday" if by == 1 => Ok((
            left,
            resolved(context, |today| {
                let mut day = today.tomorrow().ok()?;
                while day.weekday().to_monday_one_offset() > 5 {
                    day = day.tomorrow().ok()?;
                }
                Some(PartialDate::day(day))
            }),
        )),
        "morning" | "afternoon" | "evening" | "night" => {
            let part = calendar::part(&name);
            // "This morning" is of the day of writing as every time without a day is.
            let date = context
                .today()
                .filter(|_| by != 0)
                .and_then(|today| today.checked_add(i32::from(by).days()).ok())
                .map(PartialDate::day);
            let value = DateValue::Time { date, clock: None, part };
            let read = if first == "that" { Read::plain(value) } else { Read::relative(value) };
            Ok((left, read))
        }
        _ => refuse(input),
    }
}

/// weekend := "weekend", where "the" stands before it: the nearest one, or the next
fn weekend<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, name) = word(input)?;
    if name != "weekend" || context.last_word() != "the" || !ends(rest) {
        return refuse(input);
    }
    let counts = word(rest.trim_start())
        .is_ok_and(|(_, next)| !crate::lexicon::terms::is_stopword(&next) && rest.starts_with(' '));
    if counts {
        return refuse(input);
    }
    let value = context.today().and_then(|today| {
        let own = today.weekday().to_monday_one_offset();
        // Until Wednesday the last one is talked of.
        let by = if own < 4 && !context.looks_ahead() { -7 } else { 0 };
        nth::weekend(today.checked_add((i32::from(6 - own) + by).days()).ok()?)
    });
    Ok((rest, Read::relative(value.unwrap_or(DateValue::Unresolved))))
}

/// "next week", "last year", "next hour"; with a part of it behind: "next week Monday", "this
/// year's third quarter".
fn unit_shifted<'a>(
    input: &'a str,
    left: &'a str,
    name: &str,
    unit: TimeUnit,
    by: i8,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    let singular = !name.ends_with('s');
    if matches!(unit, TimeUnit::Second | TimeUnit::Minute | TimeUnit::Hour) {
        let length = Length::one(unit);
        return match context.anchor.and_then(|anchor| anchor.time) {
            Some(_) if singular && by != 0 => Ok((left, stretch(&length, by, context))),
            _ => refuse(input),
        };
    }
    if !singular {
        return refuse(input);
    }
    // The calendar has no fortnights.
    if unit == TimeUnit::Fortnight && by != 0 {
        return Ok((left, stretch(&Length::one(unit), by, context)));
    }
    if unit == TimeUnit::Week
        && let Some(tail) = skip(left, &["'s ", " - ", ", ", " on ", " "])
        && let Ok((after, name)) = word(tail)
        && let Some(weekday) = calendar::weekday(&name)
        && ends(after)
    {
        return Ok((after, weekday_in_week(weekday, by, context)));
    }
    if unit == TimeUnit::Year
        && let Some(tail) = skip(left, &["'s ", " "])
        && let Some((after, quarter)) = quarter(tail)
    {
        let part = YearPart::Quarter(quarter);
        let read = resolved(context, |today| {
            let year = i32::from(today.year()) + i32::from(by);
            Some(PartialDate { year: Some(year), part, weekday: None })
        });
        return Ok((after, unless_unresolved(read, part)));
    }
    Ok((left, resolved(context, |today| period(today, unit, i32::from(by)))))
}

fn weekday_in_week(weekday: u8, by: i8, context: Context<'_>) -> Read {
    let read = resolved(context, |today| {
        let own = today.weekday().to_monday_one_offset();
        let days = i32::from(weekday as i8 - own) + 7 * i32::from(by);
        Some(PartialDate {
            weekday: Some(weekday),
            ..PartialDate::day(today.checked_add(days.days()).ok()?)
        })
    });
    match read.value {
        DateValue::Unresolved => Read::relative(DateValue::Day(PartialDate {
            year: None,
            part: YearPart::Whole,
            weekday: Some(weekday),
        })),
        _ => read,
    }
}

/// weekday of week := weekday (" of " | " from " | " ")? ("the")? shift " week" | weekday " after next"
fn weekday_of_week<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, name) = word(input)?;
    if let Some(left) = rest.strip_prefix(" after next").filter(|left| ends(left)) {
        if let Some(month) = calendar::month(&name) {
            let read = resolved(context, |today| {
                let over = i32::from(month <= today.month() as u8);
                let year = Some(i32::from(today.year()) + 1 + over);
                Some(PartialDate { year, part: YearPart::Month(month), weekday: None })
            });
            return Ok((left, unless_unresolved(read, YearPart::Month(month))));
        }
        if let Some(unit) = calendar::unit(&name) {
            return Ok((left, resolved(context, |today| period(today, unit, 2))));
        }
    }
    let Some(weekday) = calendar::weekday(&name) else { return refuse(input) };
    if let Some(left) = rest.strip_prefix(" after next").filter(|left| ends(left)) {
        return Ok((
            left,
            resolved(context, |today| {
                let own = today.weekday().to_monday_one_offset();
                let ahead = i32::from((weekday as i8 - own).rem_euclid(7));
                let ahead = if ahead == 0 { 14 } else { ahead + 7 };
                Some(PartialDate::day(today.checked_add(ahead.days()).ok()?))
            }),
        ));
    }
    let Some(tail) = skip(rest, &[" of the ", " of ", " from ", " "]) else {
        return refuse(input);
    };
    let (rest, shift) = word(tail)?;
    match (calendar::shift(&shift), rest.strip_prefix(" week")) {
        (Some(by), Some(left)) if ends(left) => Ok((left, weekday_in_week(weekday, by, context))),
        _ => refuse(input),
    }
}

/// weekdays away := count weekday "s"? " from " ("now" | "today")
fn weekdays_away<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, (count, _)) = duration::count(input)?;
    let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
    let (rest, name) = word(tail)?;
    let Some(left) = skip(rest, &[" from now", " from today"]).filter(|left| ends(left)) else {
        return refuse(input);
    };
    let count = count.to_i64().and_then(|n| i32::try_from(n).ok()).filter(|n| (1..500).contains(n));
    let Some((weekday, count)) = calendar::weekday(&name).zip(count) else {
        return refuse(input);
    };
    Ok((
        left,
        resolved(context, |today| {
            let own = today.weekday().to_monday_one_offset();
            let ahead = i32::from((weekday as i8 - own).rem_euclid(7));
            let ahead = if ahead == 0 { 7 } else { ahead } + 7 * (count - 1);
            Some(PartialDate::day(today.checked_add(ahead.days()).ok()?))
        }),
    ))
}

/// counted shift := count shift units: "the two previous months", "13 last minutes"
fn counted_shift<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, (count, _)) = duration::count(input)?;
    let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
    let (rest, name) = word(tail)?;
    let Some(by) = calendar::shift(&name).filter(|by| *by != 0) else { return refuse(input) };
    let Some(tail) = rest.strip_prefix(' ') else { return refuse(input) };
    let (left, name) = word(tail)?;
    // "13 last minute" counts no minutes.
    let one = by < 0 && !name.ends_with('s') && count > Decimal::ONE;
    match calendar::unit(&name).filter(|_| ends(left) && !one) {
        Some(unit) => Ok((left, stretch(&Length::of(unit, count), by, context))),
        None => refuse(input),
    }
}

/// The stretch of this length that ends (-1) or begins (1) with the day of writing; quarters and
/// decades are whole ones of the calendar.
fn stretch(length: &Length, by: i8, context: Context<'_>) -> Read {
    let found = context.anchor.and_then(|anchor| {
        let end = |date| Some(Moment { date: Some(date), clock: None });
        if let (TimeUnit::Quarter | TimeUnit::Decade | TimeUnit::Century, 1) =
            (length.unit, length.parts)
        {
            let count = length.count()?;
            let near = period(anchor.day, length.unit, i32::from(by))?;
            let far = period(anchor.day, length.unit, i32::from(by) * count)?;
            // "The next decade" that has begun is the present one in many mouths, not here.
            return Some(match by {
                -1 => DateValue::Range(end(far), end(near)),
                _ => DateValue::Range(end(near), end(far)),
            });
        }
        let other = shift_anchor(anchor, &length.duration, by)?;
        if of_clock(&length.duration) {
            let (from, to) = if by < 0 { (other, anchor) } else { (anchor, other) };
            return Some(DateValue::Range(Some(exact(from)?), Some(exact(to)?)));
        }
        let day = |day: civil::Date| end(PartialDate::day(day));
        Some(match by {
            -1 => DateValue::Range(day(other.day), day(anchor.day)),
            _ if context.last_word() == "within" => {
                DateValue::Range(day(anchor.day), day(other.day))
            }
            _ => DateValue::Range(day(anchor.day.tomorrow().ok()?), day(other.day)),
        })
    });
    let value = found.unwrap_or(DateValue::Unresolved);
    let qualifier = length.vague.then_some(Qualifier::About);
    Read { qualifier, ..Read::relative(value) }
}

/// Whether the length is of hours, minutes or seconds.
pub(super) fn of_clock(length: &Duration) -> bool {
    !(length.hours.is_zero() && length.minutes.is_zero() && length.seconds.is_zero())
}

/// The anchor, a length earlier or later; `None` where the time of day would be needed.
pub(super) fn shift_anchor(anchor: Anchor, length: &Duration, by: i8) -> Option<Anchor> {
    let whole =
        |amount: Decimal| -> Option<i64> { amount.to_i64().map(|amount| amount * i64::from(by)) };
    // A month and a half is a month and fifteen days, a year and a half eighteen months.
    let months = length.years.checked_mul(Decimal::from(12))?.checked_add(length.months)?;
    let (months, more) = split(months)?;
    let days = length
        .weeks
        .checked_mul(Decimal::from(7))?
        .checked_add(length.days)?
        .checked_add(more.checked_mul(Decimal::from(30))?)?;
    let seconds = length
        .hours
        .checked_mul(Decimal::from(3600))?
        .checked_add(length.minutes.checked_mul(Decimal::from(60))?)?
        .checked_add(length.seconds)?;
    let (days, part) = split(days)?;
    let span = Span::new().try_months(whole(months)?).ok()?.try_days(whole(days)?).ok()?;
    let day = anchor.day.checked_add(span).ok()?;
    let seconds = split(seconds.checked_add(part.checked_mul(Decimal::from(86_400))?)?)?.0;
    if seconds.is_zero() || (anchor.time.is_none() && !of_clock(length)) {
        return Some(Anchor { day, time: anchor.time });
    }
    let time = anchor.time?;
    let there =
        day.to_datetime(time).checked_add(Span::new().try_seconds(whole(seconds)?).ok()?).ok()?;
    Some(Anchor { day: there.date(), time: Some(there.time()) })
}

/// The whole part and the rest.
fn split(amount: Decimal) -> Option<(Decimal, Decimal)> {
    let below = amount.to_f64().floor();
    if below.abs() > 1e9 {
        return None;
    }
    let whole = Decimal::from(below as i64);
    Some((whole, amount.checked_sub(whole)?))
}

/// The anchor as a moment to the second.
pub fn exact(anchor: Anchor) -> Option<Moment> {
    let time = anchor.time?;
    let clock = Clock {
        hour: time.hour() as u8,
        minute: Some(time.minute() as u8),
        second: Some(time.second() as u8),
        zone: None,
        half_told: true,
    };
    Some(Moment { date: Some(PartialDate::day(anchor.day)), clock: Some(clock) })
}

pub(super) fn span(unit: TimeUnit, count: i32) -> Option<Span> {
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
pub fn period(today: civil::Date, unit: TimeUnit, by: i32) -> Option<PartialDate> {
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

/// Without an anchor the month or season itself was still said.
fn unless_unresolved(mut read: Read, part: YearPart) -> Read {
    if read.value == DateValue::Unresolved {
        read.value = DateValue::Day(PartialDate { year: None, part, weekday: None });
    }
    read
}

/// offset := length (" ago" | " earlier" | " later" | " from now" | " hence")
///         | length (" before " | " after " | " from " | " since ") dated
fn offset<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, length) = duration::length(input)?;
    if length.duration.high.is_some() {
        return refuse(input);
    }
    // What "later" counts from is the day of writing only where nothing else is told.
    let first = context.before.trim().is_empty();
    let alone = |left: &str| first && left.trim().is_empty();
    let (left, by) = if let Some(left) = skip(rest, &[" ago", " back"]) {
        (left, -1)
    } else if let Some(left) = skip(rest, &[" from right now", " from now", " hence", " out"]) {
        (left, 1)
    } else if let Some(left) = rest.strip_prefix(" earlier") {
        (left, if alone(left) { -1 } else { 0 })
    } else if let Some(left) = rest.strip_prefix(" later") {
        (left, if alone(left) { 1 } else { 0 })
    } else {
        return from_date(input, rest, &length, context);
    };
    // "Three years later than planned" is a length.
    if left.starts_with(" than ") {
        return refuse(input);
    }
    // "30 minutes later this week" tells when the half hour is.
    let later = rest.starts_with(" later") && skip(left, &[" this", " in the"]).is_some();
    if later
        || !ends(left)
        || rest.starts_with(" out") && !first
        || rest.starts_with(" back") && !first
    {
        return refuse(input);
    }
    if by == 0 {
        // "Graduated in 1956 and took her doctorate four years later"
        let of_years = matches!(length.unit, TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century);
        let years = (of_years && length.parts == 1 && !length.vague).then_some(&length.duration);
        let years = years.and_then(|length| i32::try_from(length.years.to_i64()?).ok());
        let way = if rest.starts_with(" later") { 1 } else { -1 };
        let there = years.filter(|years| (1..1000).contains(years)).zip(year_told(context.before));
        // Without the year it counts from, how long that was is left.
        let Some((years, told)) = there else { return refuse(input) };
        let day = PartialDate::year(told + way * years);
        return Ok((left, Read::relative(DateValue::Day(day))));
    }
    // Where nothing tells when a text was written, and for times before the calendar ("2,300 years
    // ago"), a length is left.
    let year = context.anchor.map(|anchor| Decimal::from(i64::from(anchor.day.year())));
    let dated = year.is_some_and(|year| length.duration.years < year);
    if by < 0 && !of_clock(&length.duration) && !dated {
        return refuse(input);
    }
    let value = context
        .anchor
        .and_then(|anchor| if by < 0 { away(anchor, &length, by) } else { ahead(anchor, &length) })
        .unwrap_or(DateValue::Unresolved);
    let qualifier = length.vague.then_some(Qualifier::About);
    Ok((left, Read { qualifier, ..Read::relative(value) }))
}

/// The point a length after the anchor, to the day: what is to come is planned by days.
pub fn ahead(anchor: Anchor, length: &Length) -> Option<DateValue> {
    if of_clock(&length.duration) {
        return away(anchor, length, 1);
    }
    let there = shift_anchor(anchor, &length.duration, 1)?;
    Some(DateValue::Day(PartialDate::day(there.day)))
}

/// The point a length away from the anchor, as exact as the length's unit tells it.
pub fn away(anchor: Anchor, length: &Length, by: i8) -> Option<DateValue> {
    let there = shift_anchor(anchor, &length.duration, by)?;
    if of_clock(&length.duration) {
        let Moment { date, clock } = exact(there)?;
        return Some(DateValue::Time { date, clock, part: None });
    }
    let year = i32::from(there.day.year());
    Some(DateValue::Day(match length.unit {
        TimeUnit::Year | TimeUnit::Decade | TimeUnit::Century => PartialDate::year(year),
        TimeUnit::Month | TimeUnit::Quarter => PartialDate {
            year: Some(year),
            part: YearPart::Month(there.day.month() as u8),
            weekday: None,
        },
        _ => PartialDate::day(there.day),
    }))
}

/// "The new year", which a length is counted from: the nearest to come.
fn new_year<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let left = skip(skip(input, &["the "]).unwrap_or(input), &["new year", "New Year"])?;
    let year = Some(i32::from(context.today()?.year()) + 1);
    let date = PartialDate { year, part: YearPart::Day(1, 1), weekday: None };
    ends(left).then(|| (left, Read::relative(DateValue::Day(date))))
}

/// nearest := ordinal? ("closest" | "nearest") (weekday | feast) " to " day
///
/// "The second closest Monday to Oct 5th" is the one on the other side of the closest.
fn nearest<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let (rest, which) = match number(input) {
        Ok((rest, read)) if read.kind == Kind::Ordinal => {
            (rest.strip_prefix(' ')?, read.value.to_i64().filter(|n| (1..10).contains(n))?)
        }
        _ => (input, 1),
    };
    let tail = skip(rest, &["closest ", "nearest "])?;
    let (after, name) = word(tail).ok()?;
    let weekday = calendar::weekday(&name);
    let feast = match weekday {
        Some(_) => None,
        None => Some(calendar::feast(tail)?),
    };
    let after = match feast {
        Some((_, len)) => tail.get(len..)?,
        None => after,
    };
    let target = after.strip_prefix(" to ")?;
    let inner = Context { before: "on ", ..context };
    let (left, read) = match day_word(target, context) {
        Some(found) => found,
        None => day::day(target, inner).ok()?,
    };
    let DateValue::Day(date @ PartialDate { part: YearPart::Day(..), .. }) = read.value else {
        return None;
    };
    let near = date.interval()?.0;
    let mut days: Vec<civil::Date> = match (weekday, feast) {
        (Some(weekday), _) => {
            let ahead = (weekday as i8 - near.weekday().to_monday_one_offset()).rem_euclid(7);
            let around = (-which - 1..=which).map(|weeks| i64::from(ahead) + 7 * weeks);
            around
                .filter_map(|days| near.checked_add(Span::new().try_days(days).ok()?).ok())
                .collect()
        }
        (None, Some((feast, _))) => {
            let year = i64::from(near.year());
            let years = (year - which..=year + which).filter_map(|year| i32::try_from(year).ok());
            years.filter_map(|year| feast::first_day(feast, year)).collect()
        }
        _ => return None,
    };
    days.sort_by_key(|day| (*day - near).get_days().abs());
    let found = days.get(usize::try_from(which - 1).ok()?)?;
    Some((left, Read::relative(DateValue::Day(PartialDate::day(*found)))))
}

/// "two weeks before May 13", "three weeks from tomorrow", "a day after Easter"
fn from_date<'a>(
    input: &'a str,
    rest: &'a str,
    length: &Length,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    if of_clock(&length.duration) {
        return refuse(input);
    }
    let (tail, by) = if let Some(tail) = rest.strip_prefix(" before ") {
        (tail, -1)
    } else if let Some(tail) = skip(rest, &[" after ", " from ", " following "]) {
        (tail, 1)
    } else {
        return refuse(input);
    };
    // What is counted from is a day, also where it is written as "02/02".
    let inner = Context { before: "this ", ..context };
    let (left, read) = match day_word(tail, context).or_else(|| new_year(tail, context)) {
        Some(found) => found,
        None => feast::feast(tail, inner).or_else(|_| day::day(tail, inner)).or_else(
            |_| match word(tail) {
                Ok((rest, first)) if calendar::shift(&first).is_some() => {
                    shifted(tail, rest, &first, inner)
                }
                _ => refuse(tail),
            },
        )?,
    };
    // Where the date cannot be told the length and the date say more apart.
    let DateValue::Day(from @ PartialDate { part: YearPart::Day(..), .. }) = read.value else {
        return refuse(input);
    };
    let there = from
        .interval()
        .and_then(|(day, _)| shift_anchor(Anchor { day, time: None }, &length.duration, by));
    match there {
        Some(there) => {
            Ok((left, Read { value: DateValue::Day(PartialDate::day(there.day)), ..read }))
        }
        None => refuse(input),
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn counted_from_the_day_of_writing() {
        check(&[
            ("the |day before yesterday", "2013-02-10"),
            ("friday after next", "2013-02-22"),
            ("next wednesday", "2013-02-20"),
            ("this past Friday", "2013-02-08"),
            ("wednesday of next week", "2013-02-20"),
            ("next week on Monday", "2013-02-18"),
            ("three fridays from now", "2013-03-01"),
            ("a fortnight ago", "2013-01-29"),
            ("two years ago", "2011"),
            ("90 minutes ago", "2013-02-12T03:00:00"),
            ("2 weeks after yesterday", "2013-02-25"),
            ("two weeks before May 13 1999", "1999-04-29"),
            ("next three days", "2013-02-13/2013-02-15"),
            ("past two quarters", "2012-Q3/2012-Q4"),
            ("last 2 minutes", "2013-02-12T04:28:00/2013-02-12T04:30:00"),
            ("this year's third quarter", "2013-Q3"),
            ("It should |last two hours", "–"),
            ("two days later he left", "P2D…"),
            ("It opens |three years later than planned", "P3Y…"),
            ("now - 2 hours", "2013-02-12T02:30:00"),
            ("the |week after next", "2013-W09"),
            ("year to date", "2013-01-01/2013-02-12"),
            ("the |closest Monday to May 3", "2013-05-06"),
            ("the |second closest Monday to May 3", "2013-04-29"),
            ("the |nearest christmas to today", "2012-12-25"),
            ("5 days before new year", "2013-12-27"),
            ("In 2014 they met; the |following year they wed", "2015…"),
            ("It comes in 2032. She retires the |year after, at 67", "2033…"),
            ("the |year after the war", "–"),
            ("He left in 1956 and came back |four years later", "1960"),
            ("Sales reached 5 in 2019, after 3 |a year earlier", "2018"),
            ("They met in May and wed |two years later", "P2Y…"),
            ("It sold 2014 cars the |following year", "2014"),
            ("He left and returned the |following Saturday", "XXXX-WXX-6"),
            ("the |Today programme", "–"),
        ]);
    }

    #[test]
    fn the_day_a_sentence_looks_to() {
        check(&[
            ("They plan to meet. They arrived on |Friday", "2013-02-08"),
            ("It is expected to be unveiled on |Friday", "2013-02-15"),
            ("They have to finish in |five days", "P5D to 2013-02-17"),
            ("It always falls on a |Saturday", "XXXX-WXX-6"),
            ("It opens next week on Monday, Tuesday or |Friday", "2013-02-22"),
            ("The court heard him in |June", "2012-06"),
            ("Sales will start in |June", "2013-06"),
            ("prices have been stable since |December", "2012-12"),
        ]);
    }
}
