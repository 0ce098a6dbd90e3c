//! Calendar days, months and years.

use nom::IResult;

use super::{Context, Read, digits, ends, refuse, skip, word};
use crate::lexicon::calendar;
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{PartialDate, YearPart};

/// day := weekday? (iso | numeric | day month year? | month day? year? | year | decade | holiday)
pub fn day<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    if let Ok((rest, weekday)) = weekday(input) {
        let tail = skip(rest, &[", the ", " the ", ", ", " "]);
        if let Some(tail) = tail
            && let Ok((left, mut read)) = dated(tail, context)
            && let super::DateValue::Day(day) = &mut read.value
            && matches!(day.part, YearPart::Day(..))
        {
            day.weekday = Some(weekday);
            return Ok((left, read));
        }
        // "Sun", "Sat" and "Mar" alone are words.
        if input.len() - rest.len() < 6 || !ends(rest) {
            return refuse(input);
        }
        let day = PartialDate { year: None, part: YearPart::Whole, weekday: Some(weekday) };
        let mut read = Read::relative(super::DateValue::Day(day));
        if let Some(anchor) = context.anchor {
            // The nearest such day: most texts speak of the week they were written in.
            let own = anchor.day.weekday().to_monday_one_offset();
            let back = (own - weekday as i8).rem_euclid(7);
            if let Ok(date) = anchor.day.checked_sub(jiff::Span::new().days(back)) {
                read.value = super::DateValue::Day(PartialDate {
                    weekday: Some(weekday),
                    ..PartialDate::day(date)
                });
            }
        }
        return Ok((rest, read));
    }
    dated(input, context)
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
        Some(b'0'..=b'9') => numeric(input)
            .or_else(|_| day_month(input, context))
            .or_else(|_| year_form(input, context)),
        _ => month_day(input, context)
            .or_else(|_| day_month(input, context))
            .or_else(|_| named(input, context)),
    };
    found.map(|(rest, read)| (rest, assume_year(read, context)))
}

/// Without a year the document's own is taken.
fn assume_year(mut read: Read, context: Context<'_>) -> Read {
    if let (super::DateValue::Day(day), Some(anchor)) = (&mut read.value, context.anchor)
        && day.year.is_none()
        && matches!(day.part, YearPart::Day(..) | YearPart::Month(_))
    {
        day.year = Some(i32::from(anchor.day.year()));
        read.year_assumed = true;
    }
    read
}

/// numeric := yyyy-mm(-dd)? | yyyy/mm/dd | dd.mm.yyyy | mm/dd/yyyy | dd-MMM-yy
fn numeric(input: &str) -> IResult<&str, Read> {
    let (rest, first) = digits(4)(input)?;
    let width = input.len() - rest.len();
    let Some(separator) = rest.chars().next().filter(|c| "-/.".contains(*c)) else {
        return refuse(input);
    };
    let tail = &rest[1..];
    if let Ok((left, name)) = word(tail)
        && separator != '.'
        && let Some(month) = calendar::month(&name)
    {
        // 21-APR-16
        let (left, year) = match left.strip_prefix(separator).map(digits(4)) {
            Some(Ok((left, year))) => (left, Some(full_year(year))),
            _ => (left, None),
        };
        return made(input, left, year, month, first);
    }
    let (rest, second) = digits(2)(tail)?;
    let third = rest.strip_prefix(separator).and_then(|tail| digits(4)(tail).ok());
    match (width, third) {
        (4, Some((left, third))) if ends(left) => {
            made(input, left, Some(first), second as u8, third)
        }
        (4, None)
            if separator == '-'
                && ends(rest)
                && (1..=12).contains(&second)
                && tail.len() - rest.len() == 2
                && first > 1000 =>
        {
            let part = YearPart::Month(second as u8);
            Ok((rest, Read::day(PartialDate { year: Some(first), part, weekday: None })))
        }
        (1 | 2, Some((left, third))) if ends(left) && third_is_year(rest, left) => {
            let year = Some(full_year(third));
            // A point or a first number above twelve tells the day first; else the American order.
            if separator == '.' || first > 12 {
                made(input, left, year, second as u8, first)
            } else {
                made(input, left, year, first as u8, second)
            }
        }
        _ => refuse(input),
    }
}

/// Two or four digits.
fn third_is_year(rest: &str, left: &str) -> bool {
    matches!(rest.len() - left.len(), 3 | 5)
}

fn full_year(year: i32) -> i32 {
    match year {
        0..=49 => 2000 + year,
        50..=99 => 1900 + year,
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
    let longest = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 => 29,
        _ => 0,
    };
    if !(1..=longest).contains(&day) {
        return refuse(input);
    }
    Ok((
        rest,
        Read::day(PartialDate { year, part: YearPart::Day(month, day as u8), weekday: None }),
    ))
}

/// Whether a month's name is an abbreviation that may carry a point.
fn short(name: &str) -> bool {
    name.len() < 5 && !matches!(name, "may" | "june" | "july")
}

/// A year behind a month or day: ", 2018", " 2018", " '18", " of 2018".
pub fn year_behind(input: &str) -> Option<(&str, i32)> {
    if let Some(tail) = skip(input, &[", '", " '", "'"])
        && let Ok((left, short)) = digits(2)(tail)
        && tail.len() - left.len() == 2
        && ends(left)
    {
        return Some((left, full_year(short)));
    }
    let tail = skip(input, &[", of ", " of ", " in ", ", ", " ", "-", "/", ""])?;
    let (left, year) = digits(4)(tail).ok()?;
    // Not "May 3, 2018-02" nor "March 1500 people".
    let plain = tail.len() - left.len() == 4 && (1000..2200).contains(&year) && ends(left);
    (plain && !counted(left)).then_some((left, year))
}

/// Whether a lower-case plural noun follows, so that the number counts it.
fn counted(rest: &str) -> bool {
    let Some(tail) = rest.strip_prefix(' ') else { return false };
    let Ok((left, name)) = word(tail) else { return false };
    let lower = tail.starts_with(|c: char| c.is_lowercase());
    let _ = left;
    lower
        && name.len() > 3
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
    if !matches!(read.kind, Kind::Cardinal | Kind::Ordinal)
        || (read.in_words && read.kind == Kind::Cardinal)
    {
        return refuse(input);
    }
    let tail = skip(rest, &[" day of ", " of ", " ", "-", ". ", ""]).unwrap_or(rest);
    let (rest, name) = word(tail)?;
    let Some(month) = calendar::month(&name) else { return refuse(input) };
    let rest = rest.strip_prefix('.').filter(|_| short(&name)).unwrap_or(rest);
    let (rest, year) = year_behind(rest).map_or((rest, None), |(rest, year)| (rest, Some(year)));
    made(input, rest, year, month, day as i32)
}

/// month day := month "."? " "? (day ordinal-suffix? ("," | " "))? year?
fn month_day<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (after_name, name) = word(input)?;
    let Some(month) = calendar::month(&name) else { return refuse(input) };
    let rest = after_name.strip_prefix('.').filter(|_| short(&name)).unwrap_or(after_name);
    if let Some(tail) = skip(rest, &[" the ", " ", "-", ""])
        && let Ok((left, read)) = number(tail)
        && let Some(day) = read.value.to_i64().filter(|day| (1..=31).contains(day))
        && (matches!(read.kind, Kind::Ordinal)
            || (read.kind == Kind::Cardinal && !read.in_words && tail.len() - left.len() <= 2))
        && ends(left)
        && !left.starts_with('%')
    {
        let (left, year) =
            year_behind(left).map_or((left, None), |(left, year)| (left, Some(year)));
        return made(input, left, year, month, day as i32);
    }
    if let Some((left, year)) = year_behind(rest) {
        let part = YearPart::Month(month);
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    if !ends(after_name) || !month_alone(input, &name, after_name, context.before) {
        return refuse(input);
    }
    Ok((
        after_name,
        Read::day(PartialDate { year: None, part: YearPart::Month(month), weekday: None }),
    ))
}

/// Whether a month's name alone is the month: "may", "march" and the short forms are words too.
fn month_alone(input: &str, name: &str, rest: &str, before: &str) -> bool {
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
    match name {
        "may" | "march" | "august" => capital && preposition && !rest.starts_with(" be"),
        "mar" | "dec" | "sat" | "sun" | "jan" => preposition,
        _ => capital || preposition,
    }
}

/// A year, decade or year with BC/AD.
fn year_form<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, year) = digits(4)(input)?;
    let width = input.len() - rest.len();
    for (suffix, sign) in [(" BC", -1), ("BC", -1), (" BCE", -1), (" AD", 1), (" CE", 1)] {
        if let Some(left) = rest.strip_prefix(suffix)
            && ends(left)
        {
            return Ok((left, Read::day(PartialDate::year(sign * year))));
        }
    }
    if let Some(left) = skip(rest, &["s", "'s"])
        && year % 10 == 0
        && ends(left)
    {
        let century = year % 100 == 0 && width == 4 && year < 1900;
        let start = if width == 2 { 1900 + year } else { year };
        let part = if century { YearPart::Century } else { YearPart::Decade };
        if width == 4 && (1000..2200).contains(&year) || width == 2 && year >= 10 {
            return Ok((left, Read::day(PartialDate { year: Some(start), part, weekday: None })));
        }
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
        if !matches!(last.as_str(), "the" | "early" | "late" | "mid")
            || context.before.trim_end().ends_with("his")
        {
            return refuse(input);
        }
        let part = YearPart::Decade;
        return Ok((
            rest,
            Read::day(PartialDate { year: Some(1900 + i32::from(decade)), part, weekday: None }),
        ));
    }
    // "nineteen ninety-six"
    if let Some(NumberWord::Cardinal(century)) = number_word(&name)
        && let Some(century @ 11..=20) = century.to_i64()
        && let Some(tail) = rest.strip_prefix(' ')
        && let Ok((left, read)) = number(tail)
        && read.in_words
        && let Some(within @ 10..=99) = read.value.to_i64()
        && read.kind == Kind::Cardinal
    {
        return Ok((left, Read::day(PartialDate::year((century * 100 + within) as i32))));
    }
    let lower: String = input.chars().take(20).flat_map(char::to_lowercase).collect();
    if let Some(((month, day), len)) = calendar::holiday(&lower)
        && input.is_char_boundary(len)
    {
        let rest = &input[len..];
        let (rest, year) =
            year_behind(rest).map_or((rest, None), |(rest, year)| (rest, Some(year)));
        return made(input, rest, year, month, i32::from(day));
    }
    refuse(input)
}
