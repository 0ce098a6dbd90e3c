//! Clock times.

use nom::IResult;

use super::{Context, DateValue, Read, clause_ends, digits, ends, refuse, skip, word};
use crate::lexicon::calendar;
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::lexicon::openers;
use crate::parse::figure::number::{Kind, number};
use crate::value::date::{Clock, DayPart};

/// How little may do for a clock time, by what stands around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// Nothing: it has to look like one.
    Prose,
    /// "at" before it: "at 12.30", "at three twenty".
    At,
    /// A day or the other end of a range beside it: an hour alone will do.
    Beside,
}

/// A clock time as it was written, which may leave morning and evening open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Face {
    /// As written, with what was said of the half of the day.
    pub clock: Clock,
    /// Morning or evening was said, or the hour tells it.
    pub marked: bool,
    /// An hour alone: "8".
    pub bare: bool,
}

impl Face {
    fn new(hour: u8, minute: Option<u8>) -> Self {
        let clock = Clock { hour, minute, second: None, zone: None, half_told: false };
        Face { clock, marked: hour > 12 || hour == 0, bare: false }
    }

    /// The clock time in a part of the day: "8" in the evening is 20:00.
    pub fn within(self, part: DayPart) -> Clock {
        let mut clock = Clock { half_told: true, ..self.clock };
        if self.marked {
            return clock;
        }
        match part {
            DayPart::Morning if clock.hour == 12 => clock.hour = 0,
            DayPart::Afternoon | DayPart::Evening if clock.hour < 12 => clock.hour += 12,
            DayPart::Night if (5..12).contains(&clock.hour) => clock.hour += 12,
            // The end of the day.
            DayPart::Evening | DayPart::Night if clock.hour == 12 => clock.hour = 24,
            _ => {}
        }
        clock
    }
}

/// A clock time on no day.
pub fn time(clock: Clock) -> Read {
    Read::plain(DateValue::Time { date: None, clock: Some(clock), part: None })
}

/// clock := face, as trusted as what stands before it
pub fn clock<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    // "At about 11.35"
    let last = context.last_word();
    let roughly = matches!(last.as_str(), "about" | "approximately" | "roughly" | "exactly")
        && context.before.trim_end().trim_end_matches(char::is_alphabetic).ends_with("at ");
    let trust =
        if roughly || matches!(last.as_str(), "at" | "around") { Trust::At } else { Trust::Prose };
    let (rest, face) = face(input, trust)?;
    Ok((rest, time(face.clock)))
}

/// A part of the day behind a date: "Friday afternoon", "early morning".
pub fn part_of_day(input: &str) -> Option<(&str, DayPart)> {
    let tail = skip(input, &["early in the ", "late in the ", "early ", "late "]).unwrap_or(input);
    let (rest, name) = word(tail).ok()?;
    Some((rest, calendar::part(&name)?))
}

/// face := (noon | past or to | hour face) zone?
pub fn face(input: &str, trust: Trust) -> IResult<&str, Face> {
    let (rest, mut face) = whole_face(input, trust)?;
    face.clock.half_told = face.marked;
    Ok((rest, face))
}

fn whole_face(input: &str, trust: Trust) -> IResult<&str, Face> {
    if !input.starts_with(|c: char| c.is_ascii_digit())
        && let Some((rest, face)) = noon(input)
    {
        return Ok((rest, face));
    }
    if !openers::may_count(input) {
        return refuse(input);
    }
    match past_or_to(input) {
        Some((rest, mut face)) => {
            let (rest, zone) = zone(rest);
            face.clock.zone = zone;
            Ok((rest, face))
        }
        None => hour_face(input, trust),
    }
}

/// hour face := (digits | words) half? zone?
fn hour_face(input: &str, trust: Trust) -> IResult<&str, Face> {
    let (rest, (mut face, needs)) = if input.starts_with(|c: char| c.is_ascii_digit()) {
        in_digits(input)
    } else {
        in_words(input, trust)
    }?;
    let (rest, half) = match half_of_day(rest, trust, face.bare) {
        Some((rest, half)) => (rest, Some(half)),
        None => (rest, None),
    };
    // "half past seven in the evening" has its hour read; "at night" leaves 1 where it is.
    // "07:00 PM" has two digits for its hour and is marked all the same.
    if let Some(half) = half.filter(|_| (1..=12).contains(&face.clock.hour)) {
        face.marked = false;
        face.clock = match half {
            Half::Part(part) => face.within(part),
            Half::Early => Clock { hour: face.clock.hour % 12, ..face.clock },
            Half::Late => Clock { hour: face.clock.hour % 12 + 12, ..face.clock },
        };
        face.marked = true;
    }
    // "14PM" is none.
    if half.is_some() && face.bare && !face.marked {
        return refuse(input);
    }
    let (left, zone) = zone(rest);
    // "1300 GMT" is told by its zone.
    let zoned = zone.is_some() && face.clock.minute.is_some();
    if half.is_none() && !zoned && needs.is_none_or(|needs| needs > trust) {
        return refuse(input);
    }
    // An hour alone stands at the end of what is said.
    if half.is_none() && face.bare && !hour_ends(rest) {
        return refuse(input);
    }
    face.clock.zone = zone;
    Ok((left, face))
}

/// Whether an hour alone may end here: nothing that it could count follows.
fn hour_ends(rest: &str) -> bool {
    if !ends(rest) || rest.starts_with('%') {
        return false;
    }
    let tail = rest.trim_start();
    match word(tail) {
        Ok((_, name)) => {
            crate::lexicon::terms::is_stopword(&name)
                || calendar::day_word(&name).is_some()
                || calendar::zone(&name).is_some()
                || calendar::shift(&name).is_some()
                || calendar::weekday(&name).is_some()
        }
        Err(_) => !tail.starts_with(|c: char| c.is_alphanumeric() || "$£€".contains(c)),
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Half {
    Early,
    Late,
    Part(DayPart),
}

/// half := " "? ("am" | "a.m." | "pm" | ...) | " in the " ("AM" | part) | " at night"
fn half_of_day(input: &str, trust: Trust, bare: bool) -> Option<(&str, Half)> {
    let tail = skip(input, &["ish ", "ish", " "]).unwrap_or(input);
    for (form, half) in [
        ("p.m.", Half::Late),
        ("p . m .", Half::Late),
        ("p m", Half::Late),
        ("p.m", Half::Late),
        ("pm", Half::Late),
        ("a.m.", Half::Early),
        ("a . m .", Half::Early),
        ("a m", Half::Early),
        ("a.m", Half::Early),
        ("am", Half::Early),
    ] {
        if tail.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
            && ends_half(&tail[form.len()..])
        {
            return Some((&tail[form.len()..], half));
        }
    }
    // "3p" is threepence and "5a" a section, unless it stands as a time.
    if trust > Trust::Prose || !bare {
        for (form, half) in [("p.", Half::Late), ("p", Half::Late), ("a", Half::Early)] {
            if let Some(left) = input.strip_prefix(form)
                && ends_half(left)
            {
                return Some((left, half));
            }
        }
    }
    if let Some(tail) = skip(input, &[" in the ", " in "])
        && let Ok((rest, name)) = word(tail)
        && ends(rest)
    {
        return match name.as_str() {
            "am" => Some((rest, Half::Early)),
            "pm" => Some((rest, Half::Late)),
            _ => calendar::part(&name).map(|part| (rest, Half::Part(part))),
        };
    }
    let rest = input.strip_prefix(" at night").filter(|rest| ends(rest))?;
    Some((rest, Half::Part(DayPart::Night)))
}

/// A face and how much trust it needs where no "pm" follows; `None` where only that will do.
type Wanting = (Face, Option<Trust>);

/// As [`ends`], but a dash and a number may follow: "3pm-4pm".
fn ends_half(rest: &str) -> bool {
    ends(rest) || rest.starts_with(['-', '–', '~'])
}

/// zone := " "? "("? name (("+" | "-") hh (":"? mm)?)? ")"?
fn zone(input: &str) -> (&str, Option<i16>) {
    let tail = input.strip_prefix(' ').unwrap_or(input);
    let (tail, bracket) = match tail.strip_prefix('(') {
        Some(tail) => (tail, true),
        None => (tail, false),
    };
    let Ok((rest, name)) = word(tail) else { return (input, None) };
    // "est" and "ist" behind a clock time are zones, "z" and "et" only in capitals.
    let said = tail.starts_with(char::is_uppercase) || name.len() > 2;
    let Some(mut minutes) = calendar::zone(&name).filter(|_| said) else { return (input, None) };
    let mut rest = rest;
    if let Some(sign) = rest.chars().next().filter(|c| "+-".contains(*c))
        && let Ok((left, hours)) = digits(4)(&rest[1..])
    {
        let width = rest.len() - 1 - left.len();
        let (left, offset) = match left.strip_prefix(':').map(digits(2)) {
            Some(Ok((left, more))) => (left, hours * 60 + more),
            _ if width > 2 => (left, hours / 100 * 60 + hours % 100),
            _ => (left, hours * 60),
        };
        if offset <= 14 * 60 {
            minutes = if sign == '-' { -offset as i16 } else { offset as i16 };
            rest = left;
        }
    }
    if bracket {
        return match rest.strip_prefix(')') {
            Some(rest) => (rest, Some(minutes)),
            None => (input, None),
        };
    }
    (skip(rest, &[" time", " Time"]).unwrap_or(rest), Some(minutes))
}

/// in digits := hh ":" mm (":" ss ("." digits)?)? | hh "." mm | hh "h" mm? | hhmm | hh " o'clock" | hh
///
/// The third of the result tells how much trust it needs where no "pm" follows.
fn in_digits(input: &str) -> IResult<&str, Wanting> {
    let (rest, number) = digits(4)(input)?;
    let width = input.len() - rest.len();
    if width > 2 {
        // "330 p.m.", "0730".
        let (hour, minute) = (number / 100, number % 100);
        if hour > 23 || minute > 59 || !ends_face(rest) {
            return refuse(input);
        }
        let mut face = Face::new(hour as u8, Some(minute as u8));
        face.marked = hour > 12;
        let needs = (width == 4 && input.starts_with('0')).then_some(Trust::At);
        return Ok((rest, (face, needs)));
    }
    if number > 24 {
        return refuse(input);
    }
    let hour = number as u8;
    if let Some(tail) = skip(rest, &[":", "."])
        && let Ok((left, minute)) = digits(2)(tail)
        && tail.len() - left.len() == 2
        && minute < 60
    {
        let mut face = Face::new(hour, Some(minute as u8));
        face.marked |= width == 2 && hour < 10;
        if rest.starts_with('.') {
            // "2.00 pm" is a time, "2.50" a number.
            return if ends_face(left) {
                Ok((left, (face, Some(Trust::At))))
            } else {
                refuse(input)
            };
        }
        let mut left = left;
        if let Some(Ok((after, second))) = left.strip_prefix(':').map(digits(2))
            && second < 60
        {
            face.clock.second = Some(second as u8);
            left = after;
            if let Some(tail) = left.strip_prefix('.')
                && tail.starts_with(|c: char| c.is_ascii_digit())
            {
                left = tail.trim_start_matches(|c: char| c.is_ascii_digit());
            }
        }
        return if ends_face(left) {
            Ok((left, (face, Some(Trust::Prose))))
        } else {
            refuse(input)
        };
    }
    if let Some(tail) = rest.strip_prefix(['h', 'H']) {
        if let Ok((left, minute)) = digits(2)(tail)
            && tail.len() - left.len() == 2
            && minute < 60
            && ends_half(left)
        {
            let mut face = Face::new(hour, Some(minute as u8));
            face.marked = true;
            return Ok((left, (face, Some(Trust::Prose))));
        }
        if ends_half(tail) {
            // "2h" is a length as often.
            let mut face = Face::new(hour, None);
            face.marked = true;
            let needs = if hour > 12 { Trust::Prose } else { Trust::At };
            return Ok((tail, (face, Some(needs))));
        }
        return refuse(input);
    }
    if let Some(left) = o_clock(rest) {
        return Ok((left, (Face::new(hour, None), Some(Trust::Prose))));
    }
    Ok((rest, (bare(hour), Some(Trust::Beside))))
}

/// Whether minutes may end here: no further digits or points of a number.
fn ends_face(rest: &str) -> bool {
    ends(rest)
        || rest.starts_with(['-', '–', '~', '+'])
        || rest.starts_with(|c: char| "apAPzZ".contains(c))
}

fn o_clock(rest: &str) -> Option<&str> {
    skip(rest, &[" o'clock", "o'clock", " o clock", " oclock"])
}

/// in words := hour (" o'clock" | minutes)?
fn in_words(input: &str, trust: Trust) -> IResult<&str, Wanting> {
    let (rest, hour) = hour_word(input)?;
    if let Some(left) = o_clock(rest) {
        return Ok((left, (Face::new(hour, None), Some(Trust::Prose))));
    }
    // "three twenty", "nine fifty nine a m"
    if let Some(tail) = skip(rest, &[" ", "-"])
        && let Ok((left, read)) = number(tail)
        && read.kind == Kind::Cardinal
        && read.in_words
        && let Some(minute @ 10..=59) = read.value.to_i64()
    {
        let left = left.strip_prefix(" minutes").unwrap_or(left);
        let joined =
            [" to ", " until ", " till ", " and "].iter().any(|form| left.starts_with(form));
        if half_of_day(left, trust, true).is_some() || clause_ends(left) || joined {
            return Ok((left, (Face::new(hour, Some(minute as u8)), Some(Trust::At))));
        }
    }
    Ok((rest, (bare(hour), Some(Trust::Beside))))
}

/// An hour alone, which even above twelve may be any number.
fn bare(hour: u8) -> Face {
    Face { bare: true, marked: false, ..Face::new(hour, None) }
}

/// "noon", "midday", "midnight"
fn noon(input: &str) -> Option<(&str, Face)> {
    let (rest, first) = word(input).ok()?;
    let at = |hour| {
        let mut face = Face::new(hour, Some(0));
        face.marked = true;
        face
    };
    match first.as_str() {
        "noon" | "midday" => Some((rest, at(12))),
        "mid" => Some((rest.strip_prefix(" day")?, at(12))),
        "midnight" => Some((rest, at(0))),
        _ => None,
    }
}

/// An hour from one to twelve in words.
fn hour_word(input: &str) -> IResult<&str, u8> {
    let (rest, name) = word(input)?;
    match number_word(&name) {
        Some(NumberWord::Cardinal(value)) => match value.to_i64() {
            Some(hour @ 1..=12) => Ok((rest, hour as u8)),
            _ => refuse(input),
        },
        _ => refuse(input),
    }
}

/// past or to := ("a quarter" | "half" | minutes " minutes"?) (" past " | " to " | " from ") face
pub fn past_or_to(input: &str) -> Option<(&str, Face)> {
    let quarter = skip(input, &["a quarter", "quarter"]).map(|rest| (rest, 15));
    let half = input.strip_prefix("half").map(|rest| (rest, 30));
    let minutes = number(input).ok().filter(|(_, read)| read.kind == Kind::Cardinal).and_then(
        |(rest, read)| Some((rest, read.value.to_i64().filter(|m| (1..=59).contains(m))? as u8)),
    );
    for (rest, minute) in [quarter, half, minutes].into_iter().flatten() {
        let named = skip(rest, &[" minutes", " mins", " min"]);
        let spoken = named.is_some();
        let rest = named.unwrap_or(rest);
        let (tail, back) = match skip(rest, &[" past ", " after "]) {
            Some(tail) => (tail, false),
            None if spoken && rest.starts_with(" from ") => (&rest[" from ".len()..], false),
            None => match skip(rest, &[" to ", " before "]) {
                Some(tail) => (tail, true),
                None => continue,
            },
        };
        let whole = noon(tail)
            .or_else(|| hour_face(tail, Trust::Beside).ok())
            .or_else(|| hour_word(tail).ok().map(|(left, hour)| (left, bare(hour))));
        let Some((left, whole)) = whole else { continue };
        let on_the_hour = whole.clock.minute.is_none_or(|minute| minute == 0);
        if !on_the_hour || whole.clock.hour > 23 {
            continue;
        }
        let sure = whole.marked || !whole.bare;
        let after = rest.starts_with(" after ") || rest.starts_with(" before ");
        // "A range of 5 to 10", "won 20 to 10": digits tell no time so.
        if !sure && back && !spoken && input.starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        // "five to ten" is a time only where nothing counted follows; "two after nine" hardly is.
        let small = minute < 30 && (1..=12).contains(&whole.clock.hour);
        if !sure && (after || back && !(small && minute % 5 == 0 && clock_end(left))) {
            continue;
        }
        let mut face = whole;
        face.bare = false;
        face.clock.minute = Some(minute);
        if back {
            let hour = whole.clock.hour;
            face.clock.hour = match (hour, whole.marked) {
                (0, _) => 23,
                (1, false) => 12,
                _ => hour - 1,
            };
            face.clock.minute = Some(60 - minute);
        }
        return Some((left, face));
    }
    None
}

/// "five to ten" is a time only where nothing counted follows.
fn clock_end(rest: &str) -> bool {
    let tail = rest.trim_start();
    let Ok((_, name)) = word(tail) else { return ends(rest) && !tail.starts_with('%') };
    matches!(
        name.as_str(),
        "and" | "in" | "at" | "on" | "we" | "the" | "when" | "that" | "a" | "p" | "pm" | "am"
    )
}

/// The two ends of "3:30 to 6 pm": what one says of the half of the day holds for the other, and
/// so does a part of the day that stands beside both.
pub fn settled(first: Face, last: Face, part: Option<DayPart>) -> (Clock, Clock) {
    let minutes = |clock: &Clock| i32::from(clock.hour) * 60 + i32::from(clock.minute.unwrap_or(0));
    let late = |face: &Face| Clock { hour: face.clock.hour % 12 + 12, ..face.clock };
    let (mut a, mut b) = (first.clock, last.clock);
    match (first.marked, last.marked) {
        (false, false) if part.is_some() => {
            let part = part.unwrap_or(DayPart::Morning);
            (a, b) = (first.within(part), last.within(part));
        }
        // "9.30-4.30pm", "3-4pm"
        (false, true) if minutes(&b) >= 12 * 60 => {
            let candidate = late(&first);
            if minutes(&candidate) < minutes(&b) {
                a = candidate;
            }
        }
        // "8pm - 11", "10am to 2"
        (true, false) => {
            let candidate = late(&last);
            if minutes(&b) <= minutes(&a) && minutes(&candidate) > minutes(&a) {
                b = candidate;
            }
        }
        // "11:30-1:30"
        (false, false) if minutes(&b) < minutes(&a) && b.hour < 12 => b = late(&last),
        _ => {}
    }
    if a.zone.is_none() {
        a.zone = b.zone;
    }
    (a, b)
}

/// hours := face joint face, of which one looks like a time or both stand beside a day
///
/// `framed` tells that "from" or "between" stands before, `beside` that a day does.
pub fn hours(input: &str, framed: Framed, beside: bool) -> Option<(&str, (Face, Face))> {
    let (rest, first) = face_of_range(input)?;
    let joints =
        [" - ", " – ", " to ", " until ", " untill ", " till ", " through ", "-", "–", "~"];
    let and = rest.strip_prefix(" and ").filter(|_| framed == Framed::Between);
    let tail = and.or_else(|| skip(rest, &joints))?;
    let (left, last) = hour_face(tail, Trust::Beside)
        .ok()
        .or_else(|| noon(tail))
        .filter(|(left, _)| ends_half(left))?;
    let sure = |face: &Face| face.marked || !face.bare;
    let small = |face: &Face| (1..=12).contains(&face.clock.hour);
    let fits = match (sure(&first), sure(&last)) {
        (true, true) => true,
        (true, false) => small(&last) && (first.marked || framed != Framed::No),
        (false, true) => small(&first) && (last.marked || framed != Framed::No),
        (false, false) => beside && small(&first) && small(&last),
    };
    fits.then_some((left, (first, last)))
}

/// The word before a range that tells that it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Framed {
    /// None.
    No,
    /// "from"
    From,
    /// "between"
    Between,
}

impl Framed {
    /// What a word before a range makes of it.
    pub fn by(word: &str) -> Self {
        match word {
            "from" => Framed::From,
            "between" => Framed::Between,
            _ => Framed::No,
        }
    }
}

/// The first end of a range of hours, which a dash or a word follows.
fn face_of_range(input: &str) -> Option<(&str, Face)> {
    if let Ok((rest, found)) = hour_face(input, Trust::Beside) {
        return Some((rest, found));
    }
    if let Some(found) = noon(input) {
        return Some(found);
    }
    // "3-4pm": the hour alone runs into the dash.
    let (rest, hour) = digits(2)(input)
        .map(|(rest, hour)| (rest, hour as u8))
        .or_else(|_| hour_word(input))
        .ok()?;
    let joined = rest.starts_with(['-', '–', '~', ' ']);
    (joined && (1..=12).contains(&hour)).then_some((rest, bare(hour)))
}

#[cfg(test)]
mod tests {
    use super::super::table::check;

    #[test]
    fn clock_times() {
        check(&[
            ("3:15 in the afternoon", "T15:15"),
            ("330 p.m.", "T15:30"),
            ("07:00 PM", "T19:00"),
            ("15h00", "T15:00"),
            ("a range of |5 to 10", "–"),
            ("at |5 minutes to 10", "T09:55"),
            ("1300 GMT", "T13:00Z"),
            ("8 a.m. (BST)", "T08:00+01:00"),
            ("at |12.30", "T12:30"),
            ("at about |11.35", "T11:35"),
            ("12.30", "–"),
            ("nine fifty nine a m", "T09:59"),
            ("a quarter past noon", "T12:15"),
            ("20 minutes to 2pm", "T13:40"),
            ("five to ten", "T09:55"),
            ("five to ten people", "–"),
            ("35 to 19", "–"),
            ("11 at night", "T23:00"),
        ]);
    }

    #[test]
    fn hours_share_their_half_of_the_day() {
        check(&[
            ("3-4pm", "T15:00/T16:00"),
            ("3:30 to 6 PM", "T15:30/T18:00"),
            ("9.30-4.30pm", "T09:30/T16:30"),
            ("8pm - 11", "T20:00/T23:00"),
            ("11:30-1:30", "T11:30/T13:30"),
            ("between |7 and 9 last night", "2013-02-11T19:00/2013-02-11T21:00"),
            ("Thursday from 9a to 11a", "2013-02-07T09:00/2013-02-07T11:00"),
            ("7 - 8", "–"),
        ]);
    }
}
