//! Days and weeks told by their number within a longer period.

use jiff::{ToSpan, civil};
use nom::IResult;

use super::{
    Context, DateValue, Read, count_word, day, digits, ends, refuse, relative, skip, word,
};
use crate::lexicon::calendar::{self, TimeUnit};
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Moment, PartialDate, YearPart};

/// nth := which (weekday | unit | "weekend") (" of " | " in ") container
///      | ordinal (" day")? " of " container | "week of " day | "week " number (" of " year)?
pub fn nth<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let start = skip(input, &["the "]).unwrap_or(input);
    if let Some(tail) = skip(start, &["week of ", "Week of ", "week beginning "]) {
        return week_of(input, tail, context);
    }
    if let Some(tail) = skip(start, &["week ", "Week "]) {
        return week_number(input, tail, context);
    }
    let Some((rest, which)) = which(start) else { return refuse(input) };
    // ordinal of := "20th of next month", "the 15th day of June"
    let tail = skip(rest, &[" day of the ", " day of ", " of the ", " of "]);
    if let Some(tail) = tail
        && (1..=31).contains(&which)
        && let Some((left, month, read)) = container(tail, context)
        && matches!(month.part, YearPart::Month(_))
    {
        return within_month(input, left, month, which, read);
    }
    // "on the 15th": of the present month.
    if let Some(found) = of_this_month(rest, which, context) {
        return Ok(found);
    }
    let counts = start.starts_with(|c: char| c.is_ascii_digit())
        && start[..start.len() - rest.len()].ends_with(|c: char| c.is_ascii_digit());
    let Some(tail) = rest.strip_prefix(' ').filter(|_| !counts) else { return refuse(input) };
    let Some((rest, what)) = thing(tail) else { return refuse(input) };
    let Some(tail) = skip(rest, &[" of the ", " in the ", " of ", " in ", " from "]) else {
        return refuse(input);
    };
    let Some((left, period, read)) = container(tail, context) else { return refuse(input) };
    let on_day = skip(left, &[". on ", " on "]).and_then(|tail| word(tail).ok());
    // Without a year the month says more alone.
    let Some(value) = find(what, which, &period) else { return refuse(input) };
    // "1st week of October on Friday"
    if let (What::Week, Some((after, name)), DateValue::Day(week)) = (what, on_day, value)
        && let Some(weekday) = calendar::weekday(&name)
        && let Some((monday, _)) = week.interval()
        && let Ok(date) = monday.checked_add((i32::from(weekday) - 1).days())
    {
        return Ok((after, Read { value: DateValue::Day(PartialDate::day(date)), ..read }));
    }
    Ok((left, Read { value, ..read }))
}

/// "on the 15th", "on 29th", where nothing that it could count follows
fn of_this_month<'a>(rest: &'a str, which: i64, context: Context<'_>) -> Option<(&'a str, Read)> {
    let before = context.before.trim_end().to_ascii_lowercase();
    let led = ["on", "on the"].iter().any(|form| {
        before.strip_suffix(form).is_some_and(|front| !front.ends_with(char::is_alphanumeric))
    });
    let today = context.today().filter(|_| led && (1..=31).contains(&which))?;
    let followed = skip(rest, &[" at ", " from ", " between "]).is_some();
    if !(super::clause_ends(rest) || followed) || rest.starts_with('-') {
        return None;
    }
    let date = civil::Date::new(today.year(), today.month(), which as i8).ok()?;
    Some((rest, Read::relative(DateValue::Day(PartialDate::day(date)))))
}

/// What is counted.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Weekday(u8),
    Day,
    Week,
    Weekend,
    Month,
}

fn thing(input: &str) -> Option<(&str, What)> {
    for form in ["week-end", "week end"] {
        if let Some(rest) = input.strip_prefix(form) {
            return Some((rest, What::Weekend));
        }
    }
    let (rest, name) = word(input).ok()?;
    let what = match name.as_str() {
        "weekend" | "wkend" => What::Weekend,
        _ => match (calendar::weekday(&name), calendar::unit(&name)) {
            (Some(weekday), _) => What::Weekday(weekday),
            (_, Some(TimeUnit::Day)) => What::Day,
            (_, Some(TimeUnit::Week)) => What::Week,
            (_, Some(TimeUnit::Month)) => What::Month,
            _ => return None,
        },
    };
    Some((rest, what))
}

/// which := ordinal (" last" | "-last")? | "last"; counted from the end below zero
fn which(input: &str) -> Option<(&str, i64)> {
    if let Some(rest) = skip(input, &["last", "final"]).filter(|rest| rest.starts_with(' ')) {
        return Some((rest, -1));
    }
    let (rest, read) = number(input).ok()?;
    let nth = read.value.to_i64().filter(|nth| (1..=366).contains(nth))?;
    if read.kind != Kind::Ordinal && (read.kind != Kind::Cardinal || read.in_words) {
        return None;
    }
    match skip(rest, &[" last", "-last", " to last"]) {
        Some(left) if read.kind == Kind::Ordinal => Some((left, -nth)),
        _ => Some((rest, nth)),
    }
}

/// container := month year? | year | shift unit | ("the" | "") unit
fn container<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, PartialDate, Read)> {
    let inner = Context { before: "in ", ..context };
    let input = skip(input, &["the "]).unwrap_or(input);
    let (rest, read) = day::day(input, inner)
        .or_else(|_| relative::relative(input, inner))
        .or_else(|_| this_unit(input, context))
        .ok()?;
    let DateValue::Day(period) = read.value else { return None };
    let fits = period.weekday.is_none()
        && matches!(period.part, YearPart::Whole | YearPart::Month(_) | YearPart::Quarter(_));
    fits.then_some((rest, period, read))
}

/// "the month", "the year": the present one.
fn this_unit<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, name) = word(input)?;
    let unit = calendar::unit(&name)
        .filter(|unit| matches!(unit, TimeUnit::Month | TimeUnit::Year) && !name.ends_with('s'));
    let Some((unit, today)) = unit.zip(context.today()).filter(|_| ends(rest)) else {
        return refuse(input);
    };
    match relative::period(today, unit, 0) {
        Some(period) => Ok((rest, Read::relative(DateValue::Day(period)))),
        None => refuse(input),
    }
}

fn within_month<'a>(
    input: &'a str,
    rest: &'a str,
    month: PartialDate,
    which: i64,
    read: Read,
) -> IResult<&'a str, Read> {
    let YearPart::Month(number) = month.part else { return refuse(input) };
    let part = YearPart::Day(number, which as u8);
    let date = PartialDate { part, ..month };
    if month.year.is_some() && date.interval().is_none() {
        return refuse(input);
    }
    Ok((rest, Read { value: DateValue::Day(date), ..read }))
}

/// The `which`th of them in the period. A week lies where its Thursday lies.
fn find(what: What, which: i64, period: &PartialDate) -> Option<DateValue> {
    let (first, last) = period.interval()?;
    let day = |date| Some(DateValue::Day(PartialDate::day(date)));
    match what {
        What::Day => day(counted(first, last, None, which)?),
        What::Weekday(weekday) => day(counted(first, last, Some(weekday), which)?),
        What::Week => {
            let week = counted(first, last, Some(4), which)?.iso_week_date();
            Some(DateValue::Day(PartialDate {
                year: Some(i32::from(week.year())),
                part: YearPart::Week(week.week() as u8),
                weekday: None,
            }))
        }
        What::Weekend => {
            let saturday = counted(first, last, Some(6), which)?;
            weekend(saturday)
        }
        What::Month => {
            let months = if period.part == YearPart::Whole { 12 } else { return None };
            let month = if which < 0 { months + 1 + which } else { which };
            let part = YearPart::Month(u8::try_from(month).ok().filter(|m| (1..=12).contains(m))?);
            Some(DateValue::Day(PartialDate { part, ..*period }))
        }
    }
}

/// The two days of a weekend.
pub fn weekend(saturday: civil::Date) -> Option<DateValue> {
    let end = |date| Some(Moment { date: Some(PartialDate::day(date)), clock: None });
    Some(DateValue::Range(end(saturday), end(saturday.tomorrow().ok()?)))
}

/// The `which`th day, or such weekday, from the first or back from the last day.
fn counted(
    first: civil::Date,
    last: civil::Date,
    weekday: Option<u8>,
    which: i64,
) -> Option<civil::Date> {
    let own = |date: civil::Date| date.weekday().to_monday_one_offset();
    let steps = i32::try_from(which.abs() - 1).ok()?;
    let width = if weekday.is_some() { 7 } else { 1 };
    let date = if which > 0 {
        let ahead = weekday.map_or(0, |day| (day as i8 - own(first)).rem_euclid(7));
        first.checked_add((i32::from(ahead) + steps * width).days()).ok()?
    } else {
        let back = weekday.map_or(0, |day| (own(last) - day as i8).rem_euclid(7));
        last.checked_sub((i32::from(back) + steps * width).days()).ok()?
    };
    (first..=last).contains(&date).then_some(date)
}

/// "the week of April 10th"
fn week_of<'a>(input: &'a str, tail: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, read) = day::day(tail, context)?;
    let DateValue::Day(date) = read.value else { return refuse(input) };
    if !matches!(date.part, YearPart::Day(..)) {
        return refuse(input);
    }
    match date.interval() {
        Some((date, _)) => {
            let value = relative::period(date, TimeUnit::Week, 0).map(DateValue::Day);
            Ok((rest, Read { value: value.unwrap_or(read.value), ..read }))
        }
        None => refuse(input),
    }
}

/// "week 10", "week 3 of 2027"
fn week_number<'a>(input: &'a str, tail: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, week) = digits(2)(tail)?;
    if !(1..=53).contains(&week) || !ends(rest) || count_word(rest) {
        return refuse(input);
    }
    let part = YearPart::Week(week as u8);
    if let Some((left, year)) = day::year_behind(rest) {
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    let year = context.today().map(|today| i32::from(today.year()));
    let read = Read::day(PartialDate { year, part, weekday: None });
    Ok((rest, Read { year_assumed: year.is_some(), ..read }))
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn counted_within_a_period() {
        check(&[
            ("first tuesday of october", "2013-10-01"),
            ("last Sunday of March 2014", "2014-03-30"),
            ("the 5th last day of May", "2013-05-27"),
            ("last week of september 2014", "2014-W39"),
            ("the third last week of 2018", "2018-W50"),
            ("the third month of 2021", "2021-03"),
            ("20th of next month", "2013-03-20"),
            ("the first Monday of the month", "2013-02-04"),
            ("the week of april 10th", "2013-W15"),
            ("week 3 of 2027", "2027-W03"),
            ("in |week 12", "2013-W12"),
            ("last weekend of October 2017", "2017-10-28/2017-10-29"),
            ("on the |15th", "2013-02-15"),
            ("the |15th company", "–"),
        ]);
    }
}
