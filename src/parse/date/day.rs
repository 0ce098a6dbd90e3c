//! Calendar days, months and years.

use nom::IResult;

use super::clock::{self, Framed, Trust};
use super::{
    Context, DateValue, Read, Tense, clause_ends, count_word, digits, ends, refuse, skip, word,
};
use crate::lexicon::calendar;
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{PartialDate, YearPart};

/// day := weekday (", " | " the " | " ")? (date | day of the month)? | date (", "? weekday)?
pub fn day<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let Ok((rest, weekday)) = weekday(input) else {
        let (rest, mut read) = dated(input, context)?;
        // "Jul 18, Fri"
        if let DateValue::Day(day @ PartialDate { part: YearPart::Day(..), .. }) = &mut read.value
            && let Some(tail) = skip(rest, &[", ", " "])
            && let Ok((left, found)) = self::weekday(tail)
            && clause_ends(left)
        {
            day.weekday = Some(found);
            return Ok((left, read));
        }
        return Ok((rest, read));
    };
    if let Some(found) = date_behind(rest, weekday, context) {
        return Ok(found);
    }
    // "Sun", "Sat" and "Mon" alone are words; so may be the others.
    let name = &input[..input.len() - rest.len()];
    let whole = context.before.trim().is_empty() && rest.trim().is_empty();
    let led = matches!(context.last_word().as_str(), "on" | "or" | "until" | "since" | "by");
    let word_too = name.len() < 6 && !whole && !(led && name.starts_with(char::is_uppercase));
    if word_too || !ends(rest) && !rest.starts_with(['-', '–']) {
        return refuse(input);
    }
    let day = PartialDate { year: None, part: YearPart::Whole, weekday: Some(weekday) };
    let mut read = Read::relative(DateValue::Day(day));
    // "It fell on a Saturday" tells no particular one.
    let any = context.before.trim_end().ends_with(" on a");
    if let Some(today) = context.today().filter(|_| !any) {
        // The nearest such day: most texts speak of the week they were written in.
        let own = today.weekday().to_monday_one_offset();
        let back = (own - weekday as i8).rem_euclid(7);
        let ahead = (weekday as i8 - own).rem_euclid(7);
        let days = match week_of_list(context.before) {
            Some(by) => weekday as i8 - own + 7 * by,
            None if context.looks_ahead() => ahead,
            None => -back,
        };
        if let Ok(date) = today.checked_add(jiff::Span::new().days(days)) {
            read.value =
                DateValue::Day(PartialDate { weekday: Some(weekday), ..PartialDate::day(date) });
        }
    }
    Ok((rest, read))
}

/// The week that the weekdays of a list are of, told before the first: "next week on Tuesday,
/// Wednesday or |Friday".
fn week_of_list(before: &str) -> Option<i8> {
    let mut front = before;
    for _ in 0..5 {
        let trimmed = ["and ", "or "].iter().find_map(|joint| front.strip_suffix(joint));
        let trimmed = trimmed.unwrap_or(front).trim_end_matches([' ', ',']);
        let (head, last) = trimmed.rsplit_once(' ')?;
        if last == "week" {
            let shift = head.rsplit(' ').next().unwrap_or_default().to_lowercase();
            return calendar::shift(&shift);
        }
        calendar::weekday(&last.to_lowercase())?;
        front = head.strip_suffix(" on").unwrap_or(head);
        if front.ends_with("week") {
            front = trimmed.get(..front.len() + 1)?;
        }
    }
    None
}

/// What stands before a date behind its weekday.
const BEHIND_WEEKDAY: &str = "weekday ";

/// The date that goes with a weekday before it: "Friday, May 4", "Friday (Jun-15)", "Tue 13th".
pub fn date_behind<'a>(
    rest: &'a str,
    weekday: u8,
    context: Context<'_>,
) -> Option<(&'a str, Read)> {
    let tail = skip(rest, &[", the ", " the ", ", ", " - ", " (", "-", " "])?;
    if let Ok((left, mut read)) = dated(tail, Context { before: BEHIND_WEEKDAY, ..context })
        && let DateValue::Day(day) = &mut read.value
        && matches!(day.part, YearPart::Day(..))
    {
        day.weekday = Some(weekday);
        let left = match rest.starts_with(" (") {
            true => left.strip_prefix(')').unwrap_or(left),
            false => left,
        };
        return Some((left, read));
    }
    of_month(tail, weekday, context)
}

/// "Tuesday the eleventh", "Fri 13th", "Monday 21": the nearest such day of a month.
fn of_month<'a>(tail: &'a str, weekday: u8, context: Context<'_>) -> Option<(&'a str, Read)> {
    let today = context.today()?;
    let (rest, read) = number(tail).ok()?;
    let day = read.value.to_i64().filter(|day| (1..=31).contains(day))?;
    // A bare number may count or be an hour: it is a day where nothing follows but a time.
    let plain = read.kind == Kind::Cardinal
        && !read.in_words
        && tail.len() - rest.len() == 2
        && (clause_ends(rest) || time_follows(rest));
    if !(read.kind == Kind::Ordinal && ends(rest) || plain) {
        return None;
    }
    let first = today.first_of_month();
    // Every weekday falls on every day of the month within a year and a half.
    let fits = |months: i32| {
        let month = first.checked_add(jiff::Span::new().months(months)).ok()?;
        let date = jiff::civil::Date::new(month.year(), month.month(), day as i8).ok()?;
        (date.weekday().to_monday_one_offset() == weekday as i8).then_some(date)
    };
    let nearest = (0..18).flat_map(|months| [months, -months]).find_map(fits)?;
    let date = PartialDate { weekday: Some(weekday), ..PartialDate::day(nearest) };
    Some((rest, Read::relative(DateValue::Day(date))))
}

fn weekday(input: &str) -> IResult<&str, u8> {
    let (rest, name) = word(input)?;
    match calendar::weekday(&name) {
        Some(weekday) => {
            Ok((rest.strip_prefix('.').filter(|_| name.len() < 6).unwrap_or(rest), weekday))
        }
        None => refuse(input),
    }
}

fn dated<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let found = match input.bytes().next() {
        Some(b'0'..=b'9') => numeric(input, context)
            .or_else(|_| day_month(input, context))
            .or_else(|_| listed(input, context))
            .or_else(|_| year_form(input, context)),
        _ => month_day(input, context)
            .or_else(|_| day_month(input, context))
            .or_else(|_| named(input, context))
            .or_else(|_| match input.starts_with("the ") {
                true => listed(input, context),
                false => refuse(input),
            }),
    };
    let (rest, read) = found?;
    Ok(of_year(rest, read, context).unwrap_or_else(|| (rest, assume_year(read, context))))
}

/// The year told from that of writing: "October 14 last year", "July of this year".
pub fn of_year<'a>(rest: &'a str, read: Read, context: Context<'_>) -> Option<(&'a str, Read)> {
    let DateValue::Day(day @ PartialDate { year: None, .. }) = read.value else { return None };
    let tail = skip(rest, &[", ", " of ", " "])?;
    let (left, shift) = word(tail).ok()?;
    let by = calendar::shift(&shift).filter(|_| matches!(shift.as_str(), "last" | "this" | "next"));
    let left = left.strip_prefix(" year").filter(|left| clause_word_ends(left))?;
    let year = i32::from(by?) + i32::from(context.today()?.year());
    let value = DateValue::Day(PartialDate { year: Some(year), ..day });
    Some((left, Read { value, year_assumed: true, ..read }))
}

/// Whether "year" ends here and is no genitive.
fn clause_word_ends(rest: &str) -> bool {
    ends(rest) && !rest.starts_with(['\'', '-'])
}

/// Without a year that of the document is taken, or the one beside it where it is much nearer.
fn assume_year(mut read: Read, context: Context<'_>) -> Read {
    if let DateValue::Day(day) = &mut read.value
        && day.year.is_none()
        && !matches!(day.part, YearPart::Day(month, day) if i32::from(day) > longest(month))
        && let Some((month, number)) = match day.part {
            YearPart::Day(month, day) => Some((month, Some(day))),
            YearPart::Month(month) => Some((month, None)),
            _ => None,
        }
        && let Some(year) = near_year(month, number, context)
    {
        day.year = Some(year);
        read.year_assumed = true;
    }
    read
}

/// Months ahead after which last year's is meant where the sentence tells no tense: "in November",
/// written in April.
const FAR: i32 = 6;
/// The same for a date that stands alone: "in December", written in January.
const FAR_ALONE: i32 = 9;
/// Months back after which next year's is meant in a sentence that looks ahead.
const BEHIND: i32 = 3;

/// The year of a month that was named without one.
pub fn near_year(month: u8, day: Option<u8>, context: Context<'_>) -> Option<i32> {
    let today = context.today()?;
    let year = i32::from(today.year());
    let ahead = i32::from(month) - i32::from(today.month());
    // "Next 5/12"
    if let (Some(day), "next") = (day, context.last_word().as_str()) {
        let passed = (month, day) <= (today.month() as u8, today.day() as u8);
        return Some(year + i32::from(passed));
    }
    // February 29 is of a leap year.
    if (month, day) == (2, Some(29)) && !today.in_leap_year() {
        return Some(year - i32::from(today.year().rem_euclid(4)));
    }
    let since = context.last_word() == "since";
    // A date alone is of the year of writing; a sentence in which nothing looks ahead tells of the
    // past.
    let far = if context.before.trim().contains(' ') { FAR } else { FAR_ALONE };
    Some(match context.tense() {
        _ if since && ahead > 0 => year - 1,
        Tense::Ahead if ahead <= -BEHIND => year + 1,
        Tense::Past if ahead > 0 => year - 1,
        Tense::Open if ahead >= far => year - 1,
        _ => year,
    })
}

/// numeric := yyyy-mm(-dd)? | yyyy/mm/dd | dd.mm.yyyy | mm/dd/yyyy | mm/yyyy | dd-MMM-yy | yyyy-MMM-dd
///          | yyyymmdd | mm/dd, where a word before it tells that it is a date
fn numeric<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, first) = digits(8)(input)?;
    let width = input.len() - rest.len();
    if width == 8 {
        let (year, month, day) = (first / 10_000, first / 100 % 100, first % 100);
        return match (1900..2100).contains(&year) && ends(rest) {
            true => made(input, rest, Some(year), month as u8, day),
            false => refuse(input),
        };
    }
    let Some(separator) = rest.chars().next().filter(|c| "-/. ".contains(*c) && width <= 4) else {
        return refuse(input);
    };
    // "Version: 1.1.30"
    if separator == '.' && of_version(context.before) {
        return refuse(input);
    }
    let tail = &rest[1..];
    if let Ok((left, name)) = word(tail)
        && separator != '.'
        && let Some(month) = calendar::month(&name)
    {
        let year_first = width == 4 && (1000..2200).contains(&first);
        if year_first {
            // 2018 March 18, 2012/Aug/10, 2024-August
            let day = skip(left, &["-", "/", " "])
                .filter(|_| separator == ' ' || left.starts_with(separator))
                .and_then(|tail| digits(2)(tail).ok())
                .filter(|(left, _)| ends(left) && !left.starts_with('%'));
            return match day {
                Some((left, day)) => made(input, left, Some(first), month, day),
                None if ends(left) => {
                    let part = YearPart::Month(month);
                    let date = PartialDate { year: Some(first), part, weekday: None };
                    Ok((left, Read::day(date)))
                }
                None => refuse(input),
            };
        }
        if separator == ' ' {
            return refuse(input);
        }
        // 21-APR-16
        let (left, year) = match left.strip_prefix(separator).map(digits(4)) {
            Some(Ok((left, year))) => (left, Some(full_year(year))),
            _ => match year_behind(left) {
                Some((left, year)) => (left, Some(year)),
                None => (left, None),
            },
        };
        return made(input, left, year, month, first);
    }
    if separator == ' ' {
        return refuse(input);
    }
    let (rest, second) = digits(4)(tail)?;
    let second_width = tail.len() - rest.len();
    // 2020/23/Sep
    if width == 4
        && let Some(tail) = rest.strip_prefix(separator)
        && let Ok((left, name)) = word(tail)
        && let Some(month) = calendar::month(&name)
    {
        return made(input, left, Some(first), month, second);
    }
    // 09/2012, 12-2015
    if width <= 2 && second_width == 4 && separator != '.' && ends(rest) {
        let month = (1..=12).contains(&first) && (1900..2100).contains(&second);
        if !month || (separator == '-' && width == 1) {
            return refuse(input);
        }
        let part = YearPart::Month(first as u8);
        return Ok((rest, Read::day(PartialDate { year: Some(second), part, weekday: None })));
    }
    if second_width > 2 {
        return refuse(input);
    }
    let third = rest.strip_prefix(separator).and_then(|tail| digits(4)(tail).ok());
    match (width, third) {
        (4, Some((left, third))) if ends(left) || left.starts_with('T') => {
            // 2024/13/1
            if second > 12 {
                return made(input, left, Some(first), third as u8, second);
            }
            made(input, left, Some(first), second as u8, third)
        }
        (4, None)
            if separator == '-' && ends(rest) && (1..=12).contains(&second) && first > 1000 =>
        {
            let part = YearPart::Month(second as u8);
            Ok((rest, Read::day(PartialDate { year: Some(first), part, weekday: None })))
        }
        (1 | 2, Some((left, third))) if ends_number(left) && third_is_year(rest, left) => {
            let year = Some(full_year(third));
            // A point or a first number above twelve tells the day first; else the American order.
            if separator == '.' || first > 12 {
                made(input, left, year, second as u8, first)
            } else {
                made(input, left, year, first as u8, second)
            }
        }
        (1 | 2, None)
            if separator == '/'
                && ends(rest)
                && (dates(context, first, second) || time_follows(rest)) =>
        {
            if first > 12 {
                made(input, rest, None, second as u8, first)
            } else {
                made(input, rest, None, first as u8, second)
            }
        }
        _ => refuse(input),
    }
}

/// Whether the word before a number with points makes it that of a version.
fn of_version(before: &str) -> bool {
    let front = before.trim_end_matches([' ', ':']);
    let last = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    last.eq_ignore_ascii_case("version") || last.eq_ignore_ascii_case("release")
}

/// As [`ends`], but a time may follow a point or a dash: "05/31/2024.14:15".
fn ends_number(rest: &str) -> bool {
    ends(rest)
        || rest.starts_with('-')
        || rest
            .strip_prefix('.')
            .is_some_and(|tail| digits(2)(tail).is_ok_and(|(left, _)| left.starts_with(':')))
}

/// Whether a clock time or hours follow, as behind a day.
fn time_follows(rest: &str) -> bool {
    if let Some(tail) = skip(rest, &[" between ", " from "])
        && clock::hours(tail, Framed::Between, false).is_some()
    {
        return true;
    }
    skip(rest, &[" at ", " before ", " after ", " by ", " until ", " "])
        .is_some_and(|tail| clock::face(tail, Trust::Prose).is_ok())
}

/// Whether the word before "8/23" tells that it is a date and no fraction. Where either number may
/// be the month only a weekday before it does.
fn dates(context: Context<'_>, first: i32, second: i32) -> bool {
    let last = context.last_word();
    let clear = first > 12 || second > 12;
    context.before == BEHIND_WEEKDAY
        || matches!(last.as_str(), "this" | "next")
        || clear
            && matches!(
                last.as_str(),
                "on" | "for"
                    | "from"
                    | "until"
                    | "till"
                    | "before"
                    | "after"
                    | "since"
                    | "dated"
                    | "to"
            )
}

/// Two or four digits.
fn third_is_year(rest: &str, left: &str) -> bool {
    matches!(rest.len() - left.len(), 3 | 5)
}

pub fn full_year(year: i32) -> i32 {
    match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        _ => year,
    }
}

fn made<'a>(
    input: &'a str,
    rest: &'a str,
    year: Option<i32>,
    month: u8,
    day: i32,
) -> IResult<&'a str, Read> {
    if !(1..=longest(month)).contains(&day) {
        return refuse(input);
    }
    said(input, rest, year, month, day)
}

/// Days of a month at most.
fn longest(month: u8) -> i32 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => 0,
    }
}

/// As [`made`], for a month told by its name: "June 31" is said to be a date, though there is none.
fn said<'a>(
    input: &'a str,
    rest: &'a str,
    year: Option<i32>,
    month: u8,
    day: i32,
) -> IResult<&'a str, Read> {
    if !(1..=31).contains(&day) {
        return refuse(input);
    }
    Ok((
        rest,
        Read::day(PartialDate { year, part: YearPart::Day(month, day as u8), weekday: None }),
    ))
}

/// Whether a month's name is an abbreviation that may carry a point.
pub fn short(name: &str) -> bool {
    name.len() < 5 && !matches!(name, "may" | "june" | "july")
}

/// A year behind a month or day: ", 2018", " 2018", " '18", " of 2018", ", 345 BC", " nineteen
/// ninety-six".
pub fn year_behind(input: &str) -> Option<(&str, i32)> {
    if let Some(tail) = skip(input, &[", '", " '", "'"])
        && let Ok((left, short)) = digits(2)(tail)
        && tail.len() - left.len() == 2
        && ends(left)
    {
        return Some((left, full_year(short)));
    }
    let tail = skip(input, &[", of ", " of ", " in ", " , ", ", ", " ", "-", "/", ""])?;
    let spaced = tail.len() < input.len();
    if spaced && tail.starts_with(char::is_alphabetic) {
        return year_in_words(tail);
    }
    let (left, year) = digits(4)(tail).ok()?;
    if spaced && let Some((after, sign)) = era(left) {
        return Some((after, sign * year));
    }
    let width = tail.len() - left.len();
    // "3 Aug 96": above 31 it is no day, and nothing that it counts follows.
    if width == 2 && spaced && year > 31 && input.starts_with([' ', ',']) {
        let plain = clause_ends(left) && !input.starts_with(" in ") && !input.starts_with(" of ");
        return plain.then(|| (left, full_year(year)));
    }
    // Not "May 3, 2018-02" nor "March 1500 people".
    let plain = width == 4 && (1000..2200).contains(&year) && (ends(left) || left.starts_with('.'));
    // "In May 2021 sales fell": a count would hardly come so near to a year.
    (plain && ((1900..2100).contains(&year) || !counted(left))).then_some((left, year))
}

/// era := " "? ("BC" | "BCE" | "AD" | "CE" | "A.D." | "B.C.")
fn era(input: &str) -> Option<(&str, i32)> {
    let tail = input.strip_prefix(' ').unwrap_or(input);
    let forms = [("B.C.", -1), ("A.D.", 1), ("BCE", -1), ("BC", -1), ("AD", 1), ("CE", 1)];
    let (left, sign) =
        forms.into_iter().find_map(|(form, sign)| Some((tail.strip_prefix(form)?, sign)))?;
    ends(left).then_some((left, sign))
}

/// year in words := "nineteen" number | "nineteen hundred" number | "two thousand" "and"? number
pub fn year_in_words(input: &str) -> Option<(&str, i32)> {
    let (rest, name) = word(input).ok()?;
    let Some(NumberWord::Cardinal(century)) = number_word(&name) else { return None };
    let century = century.to_i64()?;
    if let Some(tail) = skip(rest, &[" ", "-"])
        && (11..=20).contains(&century)
        && let Ok((left, read)) = number(tail)
        && read.in_words
        && let Some(within @ 10..=99) = read.value.to_i64()
        && read.kind == Kind::Cardinal
    {
        return Some((left, (century * 100 + within) as i32));
    }
    let (left, read) = number(input).ok()?;
    let year = read.value.to_i64().filter(|year| (1100..2100).contains(year))?;
    (read.kind == Kind::Cardinal && read.in_words).then_some((left, year as i32))
}

/// Whether a month's name follows.
pub fn month_follows(rest: &str) -> bool {
    let Some(tail) = skip(rest, &[" of ", " ", "-"]) else { return false };
    word(tail).is_ok_and(|(_, name)| calendar::month(&name).is_some())
}

/// Whether a lower-case plural noun follows, so that the number counts it.
fn counted(rest: &str) -> bool {
    let Some(tail) = rest.strip_prefix(' ') else { return false };
    let Ok((_, name)) = word(tail) else { return false };
    let lower = tail.starts_with(|c: char| c.is_lowercase());
    lower
        && name.len() > 3
        && !calendar::goes_on_from_year(&name)
        && (name.ends_with('s')
            && !name.ends_with("ss")
            && !name.ends_with("us")
            && !name.ends_with("is")
            && !crate::lexicon::terms::is_stopword(&name)
            || name == "people"
            || name == "men"
            || name == "women"
            || name == "children")
}

/// day month := ordinal-or-digits " "? ("of ")? month year?
fn day_month<'a>(input: &'a str, _context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, read) = number(input)?;
    let Some(day) = read.value.to_i64().filter(|day| (1..=31).contains(day)) else {
        return refuse(input);
    };
    if !matches!(read.kind, Kind::Cardinal | Kind::Ordinal) {
        return refuse(input);
    }
    // "twenty five January": in words only right before the month.
    let worded = read.in_words && read.kind == Kind::Cardinal;
    let joints: &[&str] = if worded { &[" "] } else { &[" day of ", " of ", " ", "-", ". ", ""] };
    let tail = skip(rest, joints).unwrap_or(rest);
    if worded && tail.starts_with(char::is_lowercase) {
        return refuse(input);
    }
    let (rest, name) = word(tail)?;
    let Some(month) = calendar::month(&name) else { return refuse(input) };
    let rest = rest.strip_prefix('.').filter(|_| short(&name)).unwrap_or(rest);
    let (rest, year) = match year_behind(rest) {
        Some((rest, year)) => (rest, Some(year)),
        // "14th April 15"
        None => match rest.strip_prefix(' ').map(digits(2)) {
            Some(Ok((left, year)))
                if year > 9 && rest.len() - left.len() == 3 && clause_ends(left) =>
            {
                (left, Some(full_year(year)))
            }
            _ => (rest, None),
        },
    };
    said(input, rest, year, month, day as i32)
}

/// What stands between the days of a list.
const LISTED: &[&str] = &[", and ", ", or ", " and ", " or ", ", "];

/// listed := day (joint day)+ " of"? month year? | day, behind month day (joint day)* joint
///
/// The month stands once: "18 and 19 June", "July 17th, 18th or 19th".
fn listed<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let input = skip(input, &["the "]).unwrap_or(input);
    let Some((rest, day)) = day_number(input, false) else { return refuse(input) };
    let mut tail = rest;
    for _ in 0..4 {
        let Some(next) = skip(tail, LISTED) else { break };
        let next = next.strip_prefix("the ").unwrap_or(next);
        let Some((left, _)) = day_number(next, false) else { break };
        if let Some(name) = skip(left, &[" of ", " "])
            && let Ok((left, name)) = word(name)
            && let Some(month) = calendar::month(&name)
        {
            let year = year_behind(left).map(|(_, year)| year);
            return made(input, rest, year, month, day as i32);
        }
        tail = left;
    }
    let ordinal = !input[..input.len() - rest.len()].ends_with(|c: char| c.is_ascii_digit());
    if !(ordinal || clause_ends(rest) || year_behind(rest).is_some()) {
        return refuse(input);
    }
    let mut front = context.before;
    for _ in 0..4 {
        let Some(before) = LISTED.iter().find_map(|joint| front.strip_suffix(joint)) else { break };
        let cut = before.trim_end_matches(|c: char| c.is_ascii_alphanumeric());
        if !before[cut.len()..].starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        let name = cut.trim_end().trim_end_matches('.');
        let name = name.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if let Some(month) = calendar::month(&name.to_lowercase()) {
            let (left, year) =
                year_behind(rest).map_or((rest, None), |(left, year)| (left, Some(year)));
            return made(input, left, year, month, day as i32);
        }
        front = cut;
    }
    refuse(input)
}

/// month day := month "."? " "? (day ordinal-suffix? ("," | " "))? year?
fn month_day<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (after_name, name) = word(input)?;
    let Some(month) = calendar::month(&name) else { return refuse(input) };
    let rest = after_name.strip_prefix('.').filter(|_| short(&name)).unwrap_or(after_name);
    if let Some(tail) = skip(rest, &[" the ", " ", "-", "/", ""])
        && let Some((left, day)) = day_number(tail, rest.len() > tail.len())
        && (ends(left) || left.starts_with(['-', '/']))
        && !left.starts_with('%')
    {
        let (left, year) =
            year_behind(left).map_or((left, None), |(left, year)| (left, Some(year)));
        return said(input, left, year, month, day as i32);
    }
    if let Some((left, year)) = year_behind(rest) {
        let part = YearPart::Month(month);
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    if !ends(after_name) || !month_alone(input, &name, after_name, context.before) {
        return refuse(input);
    }
    // "said April Smith"
    let named =
        after_name.strip_prefix(' ').is_some_and(|tail| tail.starts_with(char::is_uppercase));
    if named
        && matches!(name.as_str(), "april" | "june" | "jan" | "august")
        && !matches!(context.last_word().as_str(), "in" | "to" | "until" | "since" | "from")
        && !context.before.trim_end().ends_with(|c: char| c.is_ascii_digit())
    {
        return refuse(input);
    }
    Ok((
        after_name,
        Read::day(PartialDate { year: None, part: YearPart::Month(month), weekday: None }),
    ))
}

/// The day behind a month: "3", "3rd", "third", "twenty nine" where nothing counted follows.
fn day_number(tail: &str, apart: bool) -> Option<(&str, i64)> {
    let two = digits(2)(tail).ok().filter(|(left, _)| !left.starts_with(char::is_alphanumeric));
    if let Some((left, day)) = two
        && (1..=31).contains(&day)
        && !left.starts_with(":")
        && !left
            .strip_prefix(['.', ','])
            .is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()))
    {
        return Some((left, i64::from(day)));
    }
    let (left, read) = number(tail).ok()?;
    let day = read.value.to_i64().filter(|day| (1..=31).contains(day))?;
    let fits = match read.kind {
        Kind::Ordinal => true,
        Kind::Cardinal => {
            apart && read.in_words && !count_word(left) && (clause_ends(left) || day > 12)
        }
        _ => false,
    };
    fits.then_some((left, day))
}

/// Whether a month's name alone is the month: "may", "march" and the short forms are words too.
fn month_alone(input: &str, name: &str, rest: &str, before: &str) -> bool {
    // Nothing else stands there.
    if before.trim().is_empty() && rest.trim().is_empty() {
        return name.len() > 3 && name != "march";
    }
    let capital = input.starts_with(char::is_uppercase);
    let last = before
        .trim_end()
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let preposition = matches!(
        last.as_str(),
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "of"
            | "during"
            | "from"
            | "to"
            | "through"
            | "before"
            | "after"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "between"
            | "and"
            | "every"
    );
    // "It may be", but "in May because".
    let verb = rest.strip_prefix(" be").is_some_and(ends);
    match name {
        // Without its capital only where no verb can stand.
        "may" | "march" if !capital => {
            matches!(last.as_str(), "in" | "since" | "until" | "during" | "early" | "late" | "mid")
                && !verb
        }
        // "For May" is as well for somebody of that name.
        "march" if last == "for" => true,
        "may" | "march" => (preposition || matches!(last.as_str(), "was" | "is" | "than")) && !verb,
        "august" => capital || preposition,
        "mar" | "dec" | "sat" | "sun" | "jan" => preposition,
        _ => capital || preposition || last == "the",
    }
}

/// A year, decade or year with BC/AD.
fn year_form<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, year) = digits(4)(input)?;
    let width = input.len() - rest.len();
    // "138-2010-2015" is a number to call.
    if context.before.ends_with('-')
        && context.before[..context.before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
    {
        return refuse(input);
    }
    if let Some((left, sign)) = era(rest) {
        return Ok((left, Read::day(PartialDate::year(sign * year))));
    }
    if ["AD ", "A.D. "].iter().any(|era| context.before.ends_with(era)) && ends(rest) {
        return Ok((rest, Read::day(PartialDate::year(year))));
    }
    if let Some(left) = skip(rest, &["s", "'s"])
        && year % 10 == 0
        && ends(left)
        && !(width == 2 && of_age(context.before))
    {
        let century = year % 100 == 0 && width == 4 && year < 1900;
        let start = if width == 2 { 1900 + year } else { year };
        let part = if century { YearPart::Century } else { YearPart::Decade };
        if width == 4 && (1000..2200).contains(&year) || width == 2 && year >= 10 {
            return Ok((left, Read::day(PartialDate { year: Some(start), part, weekday: None })));
        }
    }
    // "The 2003s" is a slip for a decade: the year is what it says.
    if let Some(left) = rest.strip_prefix('s')
        && width == 4
        && (1900..2100).contains(&year)
        && context.last_word() == "the"
        && ends(left)
    {
        return Ok((left, Read::day(PartialDate::year(year))));
    }
    if width != 4
        || !(1100..2200).contains(&year)
        || !(ends(rest) || spans(rest))
        || counted(rest)
        || !bare_year(rest, context.before)
    {
        return refuse(input);
    }
    Ok((rest, Read::day(PartialDate::year(year))))
}

/// Whether "20s" in this place is an age: "in her late 20s".
pub fn of_age(before: &str) -> bool {
    let front = before.trim_end_matches([' ', '-']);
    let front = ["early", "mid", "late", "the"]
        .iter()
        .find_map(|edge| front.strip_suffix(edge))
        .unwrap_or(front)
        .trim_end_matches([' ', '-']);
    let last = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    ["her", "his", "their", "my", "your", "our", "whose", "aged"]
        .iter()
        .any(|word| word.eq_ignore_ascii_case(last))
}

/// Whether a dash and another year follow: "2018-2021", "1957-58".
fn spans(rest: &str) -> bool {
    let Some(tail) = skip(rest, &["-", "–"]) else { return false };
    let width = tail.bytes().take_while(u8::is_ascii_digit).count();
    (width == 4 || width == 2) && ends(&tail[width..])
}

/// Whether four digits in this place are a year.
fn bare_year(rest: &str, before: &str) -> bool {
    let trimmed = before.trim_end();
    let last =
        trimmed.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    if trimmed.ends_with(['$', '£', '€', '#', '+', '~', '≈', '>', '<']) {
        return false;
    }
    if crate::lexicon::qualifiers::ending(&trimmed.to_ascii_lowercase())
        .is_some_and(|(_, len)| len > 0)
        && !matches!(last.as_str(), "about" | "around" | "circa" | "past")
    {
        return false;
    }
    // A unit of measure makes it a figure.
    let tail = rest.trim_start();
    !(rest.starts_with(' ')
        && crate::lexicon::units::unit(tail)
            .is_some_and(|(_, len)| len > 1 || !tail.starts_with("a "))
        && !tail.starts_with("in "))
}

/// A holiday or a decade in words.
fn named<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, name) = word(input)?;
    if let Some(decade) = calendar::decade(&name) {
        let last = context.before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        if !matches!(last.as_str(), "the" | "in" | "early" | "late" | "mid")
            || of_age(context.before)
        {
            return refuse(input);
        }
        let part = YearPart::Decade;
        return Ok((
            rest,
            Read::day(PartialDate { year: Some(1900 + i32::from(decade)), part, weekday: None }),
        ));
    }
    // "nineteen ninety-six"; "two thousand and fifteen" only where a year is asked for.
    if let Some((left, year)) = year_in_words(input)
        && !count_word(left)
        && (name != "two" || context.last_word() == "in" && clause_ends(left))
    {
        return Ok((left, Read::day(PartialDate::year(year))));
    }
    refuse(input)
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn days_and_months() {
        check(&[
            ("Fri, Jul 18, 2014", "2014-07-18"),
            ("Jul 18, Fri", "2013-07-18"),
            ("25th march 2015", "2015-03-25"),
            ("3 Aug 96", "1996-08-03"),
            ("the 21st and the 25th of September 2012", "2012-09-21…"),
            ("stopped in |march with a friend", "2012-03…"),
            ("and they |march on", "–"),
            ("The busiest month was |August, with 12", "2012-08…"),
            ("by |August Strindberg", "–"),
            ("in the |2003s", "2003"),
            ("the forecast for |2021 remains", "2021…"),
            ("the forecast for |2021 farms", "–"),
            ("May 12 96 people", "2013-05-12…"),
            ("August 10, 345 BC", "-0345-08-10"),
            ("twenty five January nineteen eighty six", "1986-01-25"),
            ("fifteen August", "2013-08-15"),
            ("May two thousand and fifteen", "2015-05"),
            ("2024 August", "2024-08"),
            ("2012/Aug/10", "2012-08-10"),
            ("09/2012", "2012-09"),
            ("20161016", "2016-10-16"),
            ("Friday 7/6", "2013-07-06"),
            ("on |22/04", "2013-04-22"),
            ("Tue 13th", "2012-11-13"),
            ("18 and 19 June", "2013-06-18…"),
            ("July 17th, |18th or 19th", "2013-07-18…"),
            ("July 17th, 18th or |19th", "2013-07-19"),
            ("on May 3 and |4 people", "–"),
            ("the |22nd, 23rd or 31st of March", "2013-03-22…"),
            ("on |the 22nd or 23rd of March", "2013-03-22…"),
            ("October 14 last year", "2012-10-14"),
            ("July of this year", "2013-07"),
            ("June 31", "XXXX-06-31"),
            ("6/4 between 9 and 10 am", "2013-06-04T09:00/2013-06-04T10:00"),
            ("Monday 21 at 3pm", "2013-01-21T15:00"),
            ("in her late |20s", "P20Y"),
            ("said |April Smith", "–"),
            ("Version: |1.1.30", "–"),
        ]);
    }

    #[test]
    fn the_year_that_was_not_said() {
        check(&[
            ("in |December", "2012-12"),
            ("It will close in |December", "2013-12"),
            ("Thursday", "2013-02-07"),
            ("It will open on |Thursday", "2013-02-14"),
        ]);
    }
}
