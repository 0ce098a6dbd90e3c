//! Quarters, halves, fiscal years, seasons, centuries, early and late parts.

use nom::IResult;

use super::{Context, DateValue, Read, day, digits, ends, refuse, skip, word};
use crate::lexicon::calendar::{self, TimeUnit};
use crate::parse::figure::number::{Kind, number};
use crate::value::Qualifier;
use crate::value::date::{Moment, PartialDate, YearPart};

/// period := quarter | half | fiscal | season | century | edge
pub fn period<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    lettered(input, context)
        .or_else(|_| short_quarter(input))
        .or_else(|_| split_year(input, context))
        .or_else(|_| ordinal_period(input, context))
        .or_else(|_| season(input, context))
        .or_else(|_| edge(input, context))
}

fn with_year(rest: &str, part: YearPart) -> Option<(&str, Read)> {
    let tail = skip(
        rest,
        &[
            " of fiscal year ",
            " of fiscal ",
            " of the ",
            " of ",
            " FY",
            " fiscal ",
            ", ",
            " ",
            "-",
            "",
        ],
    )?;
    let fiscal = rest.len() != tail.len()
        && rest[..rest.len() - tail.len()].to_lowercase().contains('f')
        && !rest.starts_with(" of 2");
    let fiscal = fiscal && (rest.starts_with(" FY") || rest.contains("fiscal"));
    let (left, year) = digits(4)(tail).ok()?;
    if tail.len() - left.len() != 4 || !ends(left) {
        return None;
    }
    let part = match part {
        YearPart::Quarter(quarter) if fiscal => YearPart::FiscalQuarter(quarter),
        part => part,
    };
    Some((left, Read::day(PartialDate { year: Some(year), part, weekday: None })))
}

/// lettered := ("Q" digit | "H" digit) year? | "FY" year | "fiscal" ("year")? year
fn lettered<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let mut chars = input.chars();
    match (chars.next(), chars.next()) {
        (Some('Q' | 'q'), Some(c @ '1'..='4')) => {
            behind(&input[2..], YearPart::Quarter(c as u8 - b'0'), input, context)
        }
        (Some('H'), Some(c @ '1'..='2')) => {
            behind(&input[2..], YearPart::Half(c as u8 - b'0'), input, context)
        }
        (Some('C' | 'c'), Some('Y' | 'y')) => {
            let (rest, year) = digits(4)(&input[2..])?;
            match input.len() - 2 - rest.len() {
                2 if ends(rest) => Ok((rest, Read::day(PartialDate::year(2000 + year)))),
                4 if ends(rest) => Ok((rest, Read::day(PartialDate::year(year)))),
                _ => refuse(input),
            }
        }
        (Some('F'), Some('Y')) => {
            let tail = input[2..].strip_prefix(' ').unwrap_or(&input[2..]);
            let (rest, year) = digits(4)(tail)?;
            let year = if tail.len() - rest.len() == 2 { 2000 + year } else { year };
            Ok((
                rest,
                Read::day(PartialDate { year: Some(year), part: YearPart::Fiscal, weekday: None }),
            ))
        }
        (Some('F' | 'f'), Some('i')) => {
            let (rest, first) = word(input)?;
            let Some(tail) = skip(rest, &[" year ", " "]).filter(|_| first == "fiscal") else {
                return refuse(input);
            };
            let (rest, year) = digits(4)(tail)?;
            // "fiscal 2021 first quarter"
            let (rest, part) = match rest.strip_prefix(' ').and_then(quarter) {
                Some((left, quarter)) => (left, YearPart::FiscalQuarter(quarter)),
                None => (rest, YearPart::Fiscal),
            };
            Ok((rest, Read::day(PartialDate { year: Some(year), part, weekday: None })))
        }
        _ => refuse(input),
    }
}

/// short quarter := digit letter (year | " " year) | year letter digit: "4Q18", "3Q 2018", "18Q4"
///
/// letter := "Q" | "H", for a half: "1H16"
fn short_quarter(input: &str) -> IResult<&str, Read> {
    let (rest, first) = digits(2)(input)?;
    let Some(tail) = rest.strip_prefix(['Q', 'q', 'H']) else { return refuse(input) };
    let half = rest.starts_with('H');
    let spaced = tail.strip_prefix(' ').unwrap_or(tail);
    let (left, second) = digits(4)(spaced)?;
    let width = spaced.len() - left.len();
    let (quarter, year) = match (input.len() - rest.len(), width) {
        (1, 4) => (first, second),
        (1, 2) if spaced == tail => (first, 2000 + second),
        (2, 1) if spaced == tail => (second, 2000 + first),
        _ => return refuse(input),
    };
    let parts = if half { 1..=2 } else { 1..=4 };
    if !parts.contains(&quarter) || !ends(left) {
        return refuse(input);
    }
    let quarter = quarter as u8;
    let part = if half { YearPart::Half(quarter) } else { YearPart::Quarter(quarter) };
    Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })))
}

/// split year := "2024/25" | "2024-Q3"
fn split_year<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, year) = digits(4)(input)?;
    if input.len() - rest.len() != 4 || !(1800..2200).contains(&year) {
        return refuse(input);
    }
    if let Some(tail) = skip(rest, &["-", " "])
        && tail.starts_with(['Q', 'q', 'H'])
        && let Ok((left, read)) = lettered(tail, Context { anchor: None, ..context })
        && let DateValue::Day(PartialDate { year: None, part, .. }) = read.value
    {
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    // "its 2018 third quarter"
    if let Some((left, quarter)) = skip(rest, &["'s ", " "]).and_then(quarter) {
        let part = YearPart::Quarter(quarter);
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    if let Some(tail) = rest.strip_prefix('/')
        && let Ok((left, short)) = digits(2)(tail)
        && (year + 1).rem_euclid(100) == short
        && ends(left)
    {
        let at = |year| Some(Moment { date: Some(PartialDate::year(year)), clock: None });
        let value = DateValue::Range(at(year), at(year + 1));
        return Ok((left, Read { value, ..Read::day(PartialDate::year(year)) }));
    }
    refuse(input)
}

/// quarter := ordinal (" " | "-") "quarter"
pub fn quarter(input: &str) -> Option<(&str, u8)> {
    if input.starts_with(|c: char| c.is_ascii_digit()) && !input.starts_with(['1', '2', '3', '4']) {
        return None;
    }
    let (rest, read) = number(input).ok()?;
    let quarter = read.value.to_i64().filter(|quarter| (1..=4).contains(quarter))?;
    let rest = skip(rest, &[" quarter", "-quarter"])
        .filter(|rest| read.kind == Kind::Ordinal && ends(rest))?;
    Some((rest, quarter as u8))
}

/// ordinal period := ordinal ("quarter" | "half" | "century") ("of" year)?
fn ordinal_period<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, read) = number(input)?;
    let Some(ordinal @ 1..=30) = read.value.to_i64().filter(|_| read.kind == Kind::Ordinal) else {
        return refuse(input);
    };
    let Some(tail) = skip(rest, &[" fiscal ", " ", "-"]) else { return refuse(input) };
    let (rest, name) = word(tail)?;
    match name.as_str() {
        "century" => {
            let (rest, sign) = match rest.strip_prefix(" BC") {
                Some(left) if ends(left) => (left, -1),
                _ => (rest, 1),
            };
            let year = sign * (ordinal as i32 - 1) * 100;
            Ok((
                rest,
                Read::day(PartialDate { year: Some(year), part: YearPart::Century, weekday: None }),
            ))
        }
        "quarter" | "qtr" if ordinal <= 4 => {
            behind(rest, YearPart::Quarter(ordinal as u8), input, context)
        }
        "half"
            if ordinal <= 2
                && (with_year(rest, YearPart::Half(1)).is_some() || half_alone(rest, context)) =>
        {
            behind(rest, YearPart::Half(ordinal as u8), input, context)
        }
        _ => refuse(input),
    }
}

/// Whether "first half" is the time of something: "(rose in the) first half, (of which ...)". What
/// has halves else is named behind it.
fn half_alone(rest: &str, context: Context<'_>) -> bool {
    let before = context.before.trim_end().to_lowercase();
    let time = ["in the", "during the", "for the", "over the"].iter().any(|form| {
        before.strip_suffix(form).is_some_and(|left| !left.ends_with(char::is_alphanumeric))
    });
    let ended = rest.is_empty()
        || rest.starts_with([',', '.', ';', ':', ')', '\n'])
        || rest.starts_with(" of the year")
        || rest.starts_with(" of this year");
    time && ended
}

/// The part of a year with the year behind it; without one that of the document is taken.
fn behind<'a>(
    rest: &'a str,
    part: YearPart,
    input: &'a str,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    if let Some(found) = with_year(rest, part) {
        return Ok(found);
    }
    // "Hummer H2" is a name.
    if !ends(rest) || context.in_name() && input.starts_with(char::is_uppercase) {
        return refuse(input);
    }
    let left = skip(rest, &[" of the year", " of this year"]).filter(|left| ends(left));
    let year = context.today().map(|today| i32::from(today.year()));
    let read = Read::day(PartialDate { year, part, weekday: None });
    Ok((left.unwrap_or(rest), Read { year_assumed: year.is_some(), ..read }))
}

/// season := season ("of")? year | "the" season
fn season<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, name) = word(input)?;
    let Some(season) = calendar::season(&name) else { return refuse(input) };
    let part = YearPart::Season(season);
    if let Some((left, year)) = day::year_behind(rest) {
        return Ok((left, Read::day(PartialDate { year: Some(year), part, weekday: None })));
    }
    if let Some(left) = rest.strip_prefix(" of this year") {
        let year = context.anchor.map(|anchor| i32::from(anchor.day.year()));
        let mut read = Read::day(PartialDate { year, part, weekday: None });
        read.relative = true;
        return Ok((left, read));
    }
    let bare = Read::day(PartialDate { year: None, part, weekday: None });
    if let Some(found) = day::of_year(rest, bare, context) {
        return Ok(found);
    }
    let last = context
        .before
        .trim_end()
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let two = context.before.trim_end().to_lowercase();
    let the = last == "the"
        && [
            "in the",
            "until the",
            "by the",
            "since the",
            "before the",
            "during the",
            "for the",
            "of the",
            "after the",
            "to the",
        ]
        .iter()
        .any(|form| two.ends_with(form));
    let alone =
        the || matches!(last.as_str(), "in" | "since" | "until" | "by" | "early" | "late" | "mid");
    // "spring" and "fall" are verbs and things too.
    if !alone || !ends(rest) {
        return refuse(input);
    }
    Ok((rest, Read::day(PartialDate { year: None, part, weekday: None })))
}

/// edge := ("early" | "mid" | "late" | "beginning of" | "end of" | "later in") (period | unit)
///       | "EOY" | "BOM" | ...
fn edge<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let (rest, first) = word(input)?;
    if let Some((qualifier, unit)) = calendar::edge(&first) {
        return of_unit(input, rest, unit, qualifier, context);
    }
    if let Some(found) = year_end(rest, &first, context) {
        return Ok(found);
    }
    let qualifier = match first.as_str() {
        "early" | "earlier" | "beginning" | "start" => Qualifier::Early,
        "mid" | "middle" => Qualifier::Mid,
        "late" | "later" | "end" => Qualifier::Late,
        _ => return refuse(input),
    };
    // "mid-year" and "midyear" stand for the present year behind these words only.
    let led = matches!(
        context.last_word().as_str(),
        "by" | "at" | "in" | "until" | "till" | "since" | "around" | "before" | "after" | "from"
    );
    if first == "mid"
        && led
        && let Some(tail) = skip(rest, &["-", " "])
        && let Ok((left, name)) = word(tail)
        && let Some(unit) = calendar::unit(&name)
        && matches!(unit, TimeUnit::Month | TimeUnit::Year)
        && !left.starts_with('-')
    {
        return of_unit(input, left, unit, qualifier, context);
    }
    let joints: &[&str] = match first.as_str() {
        "early" | "late" => &[" in the ", " in ", " on ", " "],
        "earlier" | "later" => &[" in the ", " in ", " "],
        "mid" => &["-", " "],
        _ => &[" of the ", " of around ", " of "],
    };
    let Some(tail) = skip(rest, joints) else { return refuse(input) };
    if let Ok((left, name)) = word(tail)
        && let Some(unit) =
            calendar::unit(&name).filter(|_| !name.ends_with('s') && first.len() > 2)
        && ends(left)
        && !matches!(first.as_str(), "early" | "late" | "mid")
    {
        // "At the end of the day" is a figure of speech.
        if unit == TimeUnit::Day && context.before.to_ascii_lowercase().ends_with("at the ") {
            return refuse(input);
        }
        return of_unit(input, left, unit, qualifier, context);
    }
    if tail.starts_with(|c: char| c.is_ascii_digit()) && day::of_age(context.before) {
        return refuse(input);
    }
    let inner = Context { before: "in ", ..context };
    let (rest, mut read) = match first.as_str() {
        "earlier" | "later" => super::relative::relative(tail, inner)?,
        _ => day::day(tail, inner)
            .or_else(|_| season(tail, inner))
            .or_else(|_| super::relative::relative(tail, inner))
            .or_else(|_| lettered(tail, inner))?,
    };
    let edged = matches!(first.as_str(), "early" | "late");
    let whole = match &read.value {
        // "early Monday", "late on May 3"; "the end of Monday" is rare.
        DateValue::Day(day) => {
            edged || !matches!(day.part, YearPart::Day(..)) && day.weekday.is_none()
        }
        DateValue::Unresolved => true,
        _ => false,
    };
    if !whole {
        return refuse(input);
    }
    read.qualifier = Some(qualifier);
    Ok((rest, read))
}

/// year end := ("year" | "month" | "quarter") ("-" | " ") "end" year?, behind a word that asks for a
/// time
fn year_end<'a>(rest: &'a str, first: &str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let unit = match first {
        "year" => TimeUnit::Year,
        "month" => TimeUnit::Month,
        "quarter" => TimeUnit::Quarter,
        _ => return None,
    };
    let left = skip(rest, &["-end", " end"]).filter(|left| ends(left))?;
    let led = matches!(
        context.last_word().as_str(),
        "by" | "at" | "until" | "till" | "since" | "around" | "about" | "before" | "after"
    );
    if !led {
        return None;
    }
    if let Some((after, year)) = day::year_behind(left).filter(|_| unit == TimeUnit::Year) {
        let read = Read::day(PartialDate::year(year));
        return Some((after, Read { qualifier: Some(Qualifier::Late), ..read }));
    }
    let stops = super::clause_ends(left)
        || word(left.trim_start()).is_ok_and(|(_, name)| crate::lexicon::terms::is_stopword(&name));
    if !stops {
        return None;
    }
    of_unit(rest, left, unit, Qualifier::Late, context).ok()
}

/// "the end of the month": of the present one; where that is not known there is no date to tell.
fn of_unit<'a>(
    input: &'a str,
    rest: &'a str,
    unit: TimeUnit,
    qualifier: Qualifier,
    context: Context<'_>,
) -> IResult<&'a str, Read> {
    let fits = matches!(
        unit,
        TimeUnit::Day
            | TimeUnit::Week
            | TimeUnit::Month
            | TimeUnit::Quarter
            | TimeUnit::Year
            | TimeUnit::Decade
            | TimeUnit::Century
    );
    let period = context.today().and_then(|today| super::relative::period(today, unit, 0));
    if !fits || !ends(rest) {
        return refuse(input);
    }
    let value = period.map_or(DateValue::Unresolved, DateValue::Day);
    Ok((rest, Read { qualifier: Some(qualifier), ..Read::relative(value) }))
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn periods() {
        check(&[
            ("3rd quarter", "2013-Q3"),
            ("1H16", "2016-H1"),
            ("in the |first half, of which", "2013-H1…"),
            ("in the |first half of the match", "–"),
            ("4th qtr 2018", "2018-Q4"),
            ("Q2 of fiscal 2019", "FY2019-Q2"),
            ("mid-2024", "2024"),
            ("end of the month", "2013-02"),
            ("EOM", "2013-02"),
            ("later this year", "2013"),
            ("early Monday", "2013-02-11"),
            ("19th century", "18XX"),
            ("4Q18", "2018-Q4"),
            ("fiscal 2021 first quarter", "FY2021-Q1"),
            ("2018 third quarter", "2018-Q3"),
            ("by |year-end", "2013"),
            ("at |year end 1989", "1989"),
            ("the |year-end report", "–"),
            ("by |mid-year", "2013"),
            ("the Hummer |H2", "–"),
            ("18q4", "2018-Q4"),
            ("CY2018", "2018"),
            ("the summer of last year", "–"),
            ("summer of last year", "2012-22"),
        ]);
    }
}
