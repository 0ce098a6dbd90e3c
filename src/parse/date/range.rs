//! From one date or time to another.

use super::clock::{self, Trust};
use jiff::civil;

use super::duration::{self, Length};
use super::{
    Context, DateValue, Read, Tense, count_word, day, digits, ends, relative, skip, timed, word,
};
use crate::lexicon::calendar;
use crate::parse::Anchor;
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Clock, Moment, PartialDate, YearPart};

/// What joins the two ends, longest first; after "between" an "and" does so too.
const JOINTS: &[&str] = &[
    " to the ",
    " until the ",
    " till the ",
    " through the ",
    " to ",
    " until ",
    " untill ",
    " till ",
    " through ",
    " thru ",
    " - ",
    " – ",
    " -- ",
    "-",
    "–",
    "~",
];

/// The joint at the start of `rest` and what follows it.
fn joint(rest: &str, between: bool) -> Option<&str> {
    let and: &[&str] = if between { &[" and the ", " and "] } else { &[] };
    skip(rest, and).or_else(|| skip(rest, JOINTS))
}

/// days of month := day joint day (" of")? month year? | month day joint day year?
pub fn days_of_month<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let between = context.between();
    let (left, month, year, first, last) = match word(input) {
        Ok((after, name)) if calendar::month(&name).is_some() => {
            let month = calendar::month(&name)?;
            let after = after.strip_prefix('.').unwrap_or(after);
            let (rest, first) = day_number(skip(after, &[" the ", " "])?)?;
            let (rest, last) = day_number(joint(rest, between)?)?;
            let (left, year) = match day::year_behind(rest) {
                Some((left, year)) => (left, Some(year)),
                None => (rest, None),
            };
            // "May 3 - 12 June" ends with a date of its own.
            if day::month_follows(left) {
                return None;
            }
            (left, month, year, first, last)
        }
        _ => {
            let (rest, first) = day_number(input)?;
            // "The night of 14/15 April"
            let tail = joint(rest, between).or_else(|| rest.strip_prefix('/'))?;
            let (rest, last) = day_number(tail)?;
            let tail = skip(rest, &[" of ", " "])?;
            let (rest, name) = word(tail).ok()?;
            let month = calendar::month(&name)?;
            let rest = rest.strip_prefix('.').filter(|_| day::short(&name)).unwrap_or(rest);
            match day::year_behind(rest) {
                Some((left, year)) => (left, month, Some(year), first, last),
                None => (rest, month, None, first, last),
            }
        }
    };
    if !ends(left) || left.starts_with('%') {
        return None;
    }
    let assumed = year.is_none().then(|| day::near_year(month, Some(first), context)).flatten();
    let year = year.or(assumed);
    let date =
        |month, day, year| PartialDate { year, part: YearPart::Day(month, day), weekday: None };
    let start = date(month, first, year);
    let end = if last > first {
        date(month, last, year)
    } else if word(input).is_ok_and(|(_, name)| calendar::month(&name).is_some()) && last < first {
        // "from April 27 to the third"
        let over = month == 12;
        date(month % 12 + 1, last, year.map(|year| year + i32::from(over)))
    } else {
        return None;
    };
    let read = Read::plain(DateValue::Range(at(start), at(end)));
    Some((left, Read { year_assumed: assumed.is_some(), ..read }))
}

/// slashed days := d/d joint d/d ("/" year)?, where "from" or "between" stands before
pub fn slashed_days<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let framed = clock::Framed::by(&context.last_word());
    if framed == clock::Framed::No {
        return None;
    }
    let pair = |input: &'a str| {
        let (rest, month) = digits(2)(input).ok()?;
        let (rest, day) = digits(2)(rest.strip_prefix('/')?).ok()?;
        let (month, day) = if month > 12 { (day, month) } else { (month, day) };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some((
            rest,
            month as u8,
            day as u8,
        ))
    };
    let (rest, month, day) = pair(input)?;
    let (rest, last_month, last_day) = pair(joint(rest, framed == clock::Framed::Between)?)?;
    let said = rest.strip_prefix('/').and_then(|tail| digits(4)(tail).ok());
    let (left, year) = match said {
        Some((left, year)) => (left, Some(day::full_year(year))),
        None => (rest, day::near_year(last_month, Some(last_day), context)),
    };
    let wraps = (month, day) > (last_month, last_day);
    let date =
        |month, day, year| PartialDate { year, part: YearPart::Day(month, day), weekday: None };
    let start = date(month, day, year.map(|year| year - i32::from(wraps)));
    let value = DateValue::Range(at(start), at(date(last_month, last_day, year)));
    let year_assumed = said.is_none() && year.is_some();
    ends(left).then(|| (left, Read { year_assumed, ..Read::plain(value) }))
}

fn at(date: PartialDate) -> Option<Moment> {
    Some(Moment { date: Some(date), clock: None })
}

/// A day of the month: "3", "3rd", "third".
fn day_number(input: &str) -> Option<(&str, u8)> {
    // "14/15 April" has no fraction.
    let count = input.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let own = if input[count..].starts_with('/') { &input[..count] } else { input };
    let (rest, read) = number(own).ok()?;
    let rest = &input[own.len() - rest.len()..];
    let day = read.value.to_i64().filter(|day| (1..=31).contains(day))?;
    let short = input.len() - rest.len() <= 2;
    let fits = read.kind == Kind::Ordinal || read.kind == Kind::Cardinal && !read.in_words && short;
    fits.then_some((rest, day as u8))
}

/// The moment an end of a range is at.
fn moment(value: &DateValue) -> Option<Moment> {
    match value {
        DateValue::Day(day) => Some(Moment { date: Some(*day), clock: None }),
        DateValue::Time { date, clock: Some(clock), .. } => {
            Some(Moment { date: *date, clock: Some(*clock) })
        }
        // "Monday afternoon to last night": the days stand for their parts.
        DateValue::Time { date: Some(date), clock: None, .. } => {
            Some(Moment { date: Some(*date), clock: None })
        }
        _ => None,
    }
}

/// range := first joint (short year | face | second)
pub fn range<'a>(rest: &'a str, first: Read, context: Context<'_>) -> Option<(&'a str, Read)> {
    let between = context.between();
    let slashed = matches!(first.value, DateValue::Time { date: Some(_), clock: Some(_), .. });
    let tail = joint(rest, between).or_else(|| rest.strip_prefix('/').filter(|_| slashed))?;
    let start = moment(&first.value)?;
    if let Some(found) = short_year(tail, start, first) {
        return Some(found);
    }
    // "2014-04-18 13:00 - 16:00": the day stands once.
    if let Moment { date: Some(date), clock: Some(from) } = start
        && let Ok((left, last)) = clock::face(tail, Trust::Beside)
        && ends(left)
        && timed(tail, context).is_ok_and(|(other, _)| other.len() >= left.len())
    {
        let first_face = clock::Face { clock: from, marked: from.hour > 12, bare: false };
        let (from, to) = clock::settled(first_face, last, None);
        let end = |clock| Some(Moment { date: Some(date), clock: Some(clock) });
        return Some((left, Read { value: DateValue::Range(end(from), end(to)), ..first }));
    }
    let inner = Context { before: "to ", ..context };
    let (left, second) = now(tail, context).or_else(|| timed(tail, inner).ok())?;
    if !ends(left) {
        return None;
    }
    let mut start = start;
    let mut end = moment(&second.value)?;
    // The same kind of thing at both ends: a time on no day cannot end a day's range.
    if end.clock.is_some() && end.date.is_none() && start.clock.is_none() {
        return None;
    }
    if start.clock.is_some() && start.date.is_none() && end.clock.is_none() {
        return None;
    }
    if let (Some(a), Some(b)) = (&mut start.date, &mut end.date) {
        let told = || context.tense() != Tense::Open;
        let assumed = (first.year_assumed, second.year_assumed);
        if !share_year(a, b, assumed, second.relative, told) {
            return None;
        }
        let dash = rest.starts_with('-');
        let year_alone = a.part == YearPart::Whole && a.weekday.is_none();
        if year_alone && !matches!(b.part, YearPart::Whole | YearPart::Decade) && dash {
            return None;
        }
        // From next Monday to Friday: the Friday behind it.
        if b.weekday.is_some()
            && second.relative
            && let (Some((from, _)), Some((to, _))) = (a.interval(), b.interval())
            && to < from
        {
            let ahead = i32::from(to.weekday().to_monday_one_offset())
                - i32::from(from.weekday().to_monday_one_offset());
            let days = jiff::Span::new().days(ahead.rem_euclid(7));
            let there = from.checked_add(days).ok()?;
            *b = PartialDate { weekday: b.weekday, ..PartialDate::day(there) };
        }
    }
    // What would run backwards is two dates where only one is relative ("28 March 2025 - Last day");
    // where both were written it is a slip to be told.
    let day = |moment: &Moment| moment.date.and_then(|date| date.interval());
    if let (Some((from, _)), Some((_, to))) = (day(&start), day(&end))
        && to < from
        && first.relative != second.relative
    {
        return None;
    }
    let year_assumed = first.year_assumed && second.year_assumed;
    let relative = first.relative || second.relative;
    let value = DateValue::Range(Some(start), Some(end));
    Some((left, Read { value, relative, year_assumed, qualifier: None }))
}

/// Gives both ends a year, said once or assumed: "3 May to 12 June 2019", "December to May 2020".
/// False where the two cannot be one range.
fn share_year(
    a: &mut PartialDate,
    b: &mut PartialDate,
    (a_assumed, b_assumed): (bool, bool),
    b_relative: bool,
    told: impl Fn() -> bool,
) -> bool {
    let order = |date: &PartialDate| match date.part {
        YearPart::Month(month) => Some((month, 0)),
        YearPart::Day(month, day) => Some((month, day)),
        _ => None,
    };
    let wraps = match (order(a), order(b)) {
        (Some((month, day)), Some((last, end))) => {
            (month, day) > (last, if end == 0 { 32 } else { end })
        }
        _ => false,
    };
    let said_a = a.year.is_some() && !a_assumed;
    let said_b = b.year.is_some() && !b_assumed && !b_relative;
    match (said_a, said_b) {
        (true, true) => {}
        (false, true) if a_assumed || a.year.is_none() && order(a).is_some() => {
            a.year = b.year.map(|year| year - i32::from(wraps));
        }
        (true, false) if b_assumed || b.year.is_none() && order(b).is_some() => {
            b.year = a.year.map(|year| year + i32::from(wraps));
        }
        (false, false) if a_assumed && b_assumed => {
            // Where the sentence looks back or ahead, that was told of the start; else the end decides
            // which December and which May.
            match told() {
                true => b.year = a.year.map(|year| year + i32::from(wraps)),
                false => a.year = b.year.map(|year| year - i32::from(wraps)),
            }
        }
        _ => {}
    }
    true
}

/// "2018-21", "1957–58"
fn short_year(tail: &str, start: Moment, first: Read) -> Option<(&str, Read)> {
    let PartialDate { year: Some(year), part: YearPart::Whole, weekday: None } = start.date? else {
        return None;
    };
    let (left, short) = digits(2)(tail).ok()?;
    if tail.len() - left.len() != 2 || !ends(left) || count_word(left) && short < 32 && year < 1900
    {
        return None;
    }
    let last = year - year.rem_euclid(100) + short;
    if last <= year || day::month_follows(left) {
        return None;
    }
    let range = DateValue::Range(at(PartialDate::year(year)), at(PartialDate::year(last)));
    Some((left, Read { value: range, ..first }))
}

/// "now", "date" and "the present" at an end of a range.
pub fn now<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let (rest, name) = word(skip(input, &["the "]).unwrap_or(input)).ok()?;
    if !matches!(name.as_str(), "now" | "date" | "present") || !ends(rest) {
        return None;
    }
    let today = context.today()?;
    Some((rest, Read::relative(DateValue::Day(PartialDate::day(today)))))
}

/// spell := length (" starting " | " beginning " | " from ") start | time " for " length
///
/// "From" only behind "for": "three weeks from tomorrow" is a day. The stretch ends where it has
/// lasted that long.
pub fn spell<'a>(
    input: &'a str,
    length: Option<&(&'a str, Length)>,
    context: Context<'_>,
) -> Option<(&'a str, Read)> {
    if let Some((rest, length)) = length
        && length.duration.high.is_none()
        && !length.letter
    {
        let from = match context.last_word().as_str() {
            "for" => rest.strip_prefix(" from "),
            _ => None,
        };
        let opened = [" starting on ", " beginning on ", " starting ", " beginning "];
        let tail = from.or_else(|| skip(rest, &opened))?;
        let (left, read) = timed(tail, Context { before: "on ", ..context }).ok()?;
        let start = moment(&read.value)?;
        let value = DateValue::Range(Some(start), Some(after(start, length)?));
        return Some((left, Read { value, ..read }));
    }
    if !input.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (rest, face) = clock::face(input, Trust::Prose).ok()?;
    let (left, length) = duration::length(rest.strip_prefix(" for ")?).ok()?;
    if length.duration.high.is_some() || !relative::of_clock(&length.duration) {
        return None;
    }
    let start = Moment { date: None, clock: Some(face.clock) };
    let value = DateValue::Range(Some(start), Some(after(start, &length)?));
    Some((left, Read::plain(value)))
}

/// The moment a length after another; a time on no day has to stay within its day.
fn after(start: Moment, length: &Length) -> Option<Moment> {
    let day = match start.date {
        Some(PartialDate { part: YearPart::Day(..), .. }) => start.date?.interval()?.0,
        Some(_) => return None,
        None => civil::Date::constant(2000, 1, 1),
    };
    let time = match start.clock {
        Some(clock) => {
            let minute = clock.minute.unwrap_or(0);
            Some(civil::Time::new(clock.hour as i8, minute as i8, 0, 0).ok()?)
        }
        None => None,
    };
    let there = relative::shift_anchor(Anchor { day, time }, &length.duration, 1)?;
    let clock = match (start.clock, there.time) {
        (Some(clock), Some(time)) => {
            Some(Clock { hour: time.hour() as u8, minute: Some(time.minute() as u8), ..clock })
        }
        _ => None,
    };
    match start.date {
        Some(_) => Some(Moment { date: Some(PartialDate::day(there.day)), clock }),
        None => (there.day == day).then_some(Moment { date: None, clock }),
    }
}

/// From the day of writing until a point: "within two weeks".
pub fn until(anchor: Anchor, point: DateValue) -> DateValue {
    let day = Moment { date: Some(PartialDate::day(anchor.day)), clock: None };
    let start = match point {
        DateValue::Time { .. } => super::relative::exact(anchor).unwrap_or(day),
        _ => day,
    };
    DateValue::Range(Some(start), moment(&point))
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn ranges() {
        check(&[
            ("10 - 22 August 2012", "2012-08-10/2012-08-22"),
            ("23rd to 26th Oct", "2013-10-23/2013-10-26"),
            ("August 27th - 29th", "2013-08-27/2013-08-29"),
            ("from the |13 to the 15th of July", "2013-07-13/2013-07-15"),
            ("April 27 to the third", "2013-04-27/2013-05-03"),
            ("22-23 Feb at 7pm", "2013-02-22T19:00/2013-02-23T19:00"),
            ("December to May 2020", "2019-12/2020-05"),
            ("10 August 2013 - 12 September", "2013-08-10/2013-09-12"),
            ("next Monday to Friday", "2013-02-18/2013-02-22"),
            ("2014-04-18 13:00 - 16:00", "2014-04-18T13:00/2014-04-18T16:00"),
            ("2007 to the end of 2008", "2007/2008"),
            ("1957–58", "1957/1958"),
            ("two weeks starting May 20th", "2013-05-20/2013-06-03"),
            ("for |3 days from today", "2013-02-12/2013-02-15"),
            ("3 days from today", "2013-02-15"),
            ("4pm for thirty minutes", "T16:00/T16:30"),
            ("between the |end of 2007 and the end of 2008", "2007/2008"),
            ("January to date", "2013-01/2013-02-12"),
            ("from |10/1 to 11/7/2018", "2018-10-01/2018-11-07"),
            ("between |now and November 15th", "2013-02-12/2013-11-15"),
            ("28 March 2025 - Last day", "2025-03-28…"),
        ]);
    }
}
