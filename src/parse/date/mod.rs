//! Dates, times, periods, durations and recurrences.
//!
//! expression := recurrence | duration | hours on a day | days of a month | timed (joint timed)?
//! timed      := single, with the day of a time or the time of a day beside it
//! single     := day | feast | nth | period | relative | clock

mod almanac;
mod clock;
mod day;
mod duration;
mod feast;
mod nth;
mod period;
mod range;
mod relative;
#[cfg(test)]
mod round_trip;
mod set;

use std::borrow::Cow;

use nom::character::complete::digit1;
use nom::{IResult, Parser};

use self::clock::{Framed, Trust};
use self::duration::Length;
use super::figure::qualifier_beside;
use super::{Anchor, At, Mention};
use crate::lexicon::{calendar, openers, qualifiers};
use crate::source::Span;
use crate::value::date::{Clock, DateValue, DayPart, Moment, PartialDate, YearPart};
use crate::value::{Date, Duration, Qualifier, Value};

/// Bytes of the text before an expression that tell how to read it.
const REACH: usize = 120;

/// What a date parser knows beside the text.
#[derive(Clone, Copy)]
struct Context<'a> {
    anchor: Option<Anchor>,
    before: &'a str,
}

impl<'a> Context<'a> {
    fn new(anchor: Option<Anchor>, before: &'a str) -> Self {
        let from = (before.len().saturating_sub(REACH)..=before.len())
            .find(|&at| before.is_char_boundary(at))
            .unwrap_or(before.len());
        Context { anchor, before: &before[from..] }
    }

    /// The day the text was written.
    fn today(&self) -> Option<jiff::civil::Date> {
        self.anchor.map(|anchor| anchor.day)
    }

    /// The word before the expression, lower-cased; empty where a mark stands between.
    fn last_word(&self) -> Lower<'a> {
        let last = self.before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next();
        let last = last.unwrap_or_default();
        Lower(if last.bytes().all(|byte| byte.is_ascii_lowercase()) {
            Cow::Borrowed(last)
        } else {
            Cow::Owned(last.to_lowercase())
        })
    }

    /// Whether "over" stands before the expression as a bound: "took over an hour".
    fn is_outlasted(&self) -> bool {
        let before = self.before.trim_end().strip_suffix(" over");
        before.is_some_and(|before| calendar::outlasts(&Context { before, ..*self }.last_word()))
    }

    /// Whether the sentence looks ahead up to here: "will meet on Friday".
    fn looks_ahead(&self) -> bool {
        self.tense() == Tense::Ahead
    }

    /// Where the sentence looks up to here, by the last of its words that tells.
    fn tense(&self) -> Tense {
        if self.last_word() == "by" {
            return Tense::Ahead;
        }
        let sentence = self.before.rsplit(['.', '?', '!', ';']).next().unwrap_or_default();
        let (mut past, mut to) = (false, false);
        for word in sentence.rsplit(|c: char| !c.is_alphabetic() && c != '\'') {
            let word = word.to_lowercase();
            if word.is_empty() {
                continue;
            }
            // "to be held", "will be released": what follows "be" tells no time.
            if past && word != "be" {
                return Tense::Past;
            }
            // "We have to finish in five days"
            let bound = to && matches!(word.as_str(), "have" | "has" | "need" | "needs" | "going");
            to = word == "to";
            if bound || word.ends_with("'ll") || calendar::looks_ahead(&word) {
                return Tense::Ahead;
            }
            past = calendar::looks_back(&word) || word.len() > 3 && word.ends_with("ed");
        }
        if past { Tense::Past } else { Tense::Open }
    }

    /// Whether a name stands right before, so that a capital goes on with it: "USA |Today",
    /// "Entertainment |Weekly". The first word of a sentence may be any.
    fn in_name(&self) -> bool {
        let Some(front) = self.before.strip_suffix(' ') else { return false };
        let last = front.rsplit(' ').next().unwrap_or_default();
        last.starts_with(char::is_uppercase)
            && last.ends_with(char::is_alphanumeric)
            && !crate::lexicon::terms::is_stopword(&last.to_lowercase())
    }

    /// Whether "between" stands before the expression, or "between the".
    fn between(&self) -> bool {
        let front = self.before.trim_end();
        let front = front.strip_suffix(" the").unwrap_or(front);
        front.ends_with("between") || front.ends_with("Between")
    }
}

/// Where a sentence looks from the day it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tense {
    Past,
    Ahead,
    Open,
}

/// A date expression without its qualifier.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Read {
    value: DateValue,
    relative: bool,
    year_assumed: bool,
    qualifier: Option<Qualifier>,
}

impl Read {
    fn plain(value: DateValue) -> Self {
        Read { value, relative: false, year_assumed: false, qualifier: None }
    }

    fn day(day: PartialDate) -> Self {
        Read::plain(DateValue::Day(day))
    }

    fn relative(value: DateValue) -> Self {
        Read { relative: true, ..Read::plain(value) }
    }
}

fn refuse<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// A word in lower case: the text's own where it is written so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Lower<'a>(Cow<'a, str>);

impl Lower<'_> {
    fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::ops::Deref for Lower<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for Lower<'_> {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

impl PartialEq<&str> for Lower<'_> {
    fn eq(&self, other: &&str) -> bool {
        self.0 == *other
    }
}

/// The next word, lower-cased, and what follows it. A point after an abbreviated month or weekday
/// goes with it.
fn word(input: &str) -> IResult<&str, Lower<'_>> {
    let letters = input.bytes().take_while(u8::is_ascii_alphabetic).count();
    if input.as_bytes().get(letters).is_none_or(u8::is_ascii) {
        if letters == 0 {
            return refuse(input);
        }
        let name = &input[..letters];
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        return Ok((&input[letters..], Lower(name)));
    }
    let end = input.find(|c: char| !c.is_alphabetic()).unwrap_or(input.len());
    if end == 0 {
        return refuse(input);
    }
    Ok((&input[end..], Lower(Cow::Owned(input[..end].to_lowercase()))))
}

/// A whole number of at most `most` digits.
fn digits(most: usize) -> impl Fn(&str) -> IResult<&str, i32> {
    move |input| {
        let (rest, text) = digit1::<_, nom::error::Error<&str>>.parse(input)?;
        match text.parse() {
            Ok(number) if text.len() <= most => Ok((rest, number)),
            _ => refuse(input),
        }
    }
}

/// Skips one of the given strings.
fn skip<'a>(input: &'a str, any_of: &[&str]) -> Option<&'a str> {
    any_of.iter().find_map(|text| input.strip_prefix(text))
}

/// Whether an expression may end here: at the end of a word.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        None => true,
        Some(c) if c.is_alphanumeric() || c == '_' || c == '%' => false,
        Some('/' | ':' | '.' | ',' | '-') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(_) => true,
    }
}

/// Whether a clause may end here: no word or number goes on behind it.
fn clause_ends(rest: &str) -> bool {
    ends(rest)
        && !rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || "$£€%".contains(c))
}

/// Whether a lower-case word follows that a number before it could count.
fn count_word(rest: &str) -> bool {
    let Some(tail) = rest.strip_prefix(' ') else { return false };
    word(tail).is_ok_and(|(_, name)| {
        tail.starts_with(char::is_lowercase)
            && name.ends_with('s')
            && !crate::lexicon::terms::is_stopword(&name)
    })
}

/// The length of time that a text tells and nothing else: "two years".
pub fn length(text: &str) -> Option<Duration> {
    let (rest, length) = duration::length(text).ok()?;
    (rest.is_empty() && length.duration.high.is_none() && !length.vague).then_some(length.duration)
}

/// Reads the longest date, time, duration or recurrence that starts here.
/// Spans count from the start of `at.text`.
pub fn date(at: At<'_>, anchor: Option<Anchor>) -> Option<Mention> {
    let rest = at.rest();
    if !starts(at) {
        return None;
    }
    let context = Context::new(anchor, at.before());
    let mut best: Option<(usize, Value)> = None;
    let mut keep = |left: &str, value: Value| {
        let len = rest.len() - left.len();
        if best.as_ref().is_none_or(|(longest, _)| len > *longest) {
            best = Some((len, value));
        }
    };
    if let Ok((left, set)) = set::recurrence(rest, context) {
        keep(left, Value::Set(set));
    }
    let life = duration::years_of_life(rest, context).or_else(|| duration::race(rest));
    if let Some((left, duration)) = life {
        keep(left, Value::Duration(duration));
    }
    let length = openers::may_count(rest).then(|| duration::length(rest).ok()).flatten();
    if let Some(length) = &length
        && let Some((left, mut duration)) = duration::duration(rest, length, context)
    {
        duration.leads_to = leads_to(&length.1, context);
        keep(left, Value::Duration(duration));
    }
    // "In a few weeks" gives no length, but about when.
    if let Some((left, length)) = &length
        && length.vague
        && ends(left)
        && let Some(value) = leads_to(length, context)
    {
        let qualifier = Some(Qualifier::About);
        keep(left, Value::Date(Date { value, qualifier, relative: true, year_assumed: false }));
    }
    let spell = range::spell(rest, length.as_ref(), context).ok_or(());
    if let Ok((left, read)) = spell.or_else(|()| expression(rest, context).map_err(drop))
        && ends(left)
    {
        keep(
            left,
            Value::Date(Date {
                value: read.value,
                qualifier: read.qualifier,
                relative: read.relative,
                year_assumed: read.year_assumed,
            }),
        );
    }
    let (len, mut value) = best?;
    let span = Span::new(at.pos, at.pos + len);
    let mut qualifier_span = None;
    match &mut value {
        Value::Duration(duration) => {
            (duration.qualifier, qualifier_span) = qualifier_beside(at.text, span);
            let plain = qualifier_span.is_none_or(|words| &at.text[words.range()] == "over");
            if plain && at.before().ends_with(" over ") {
                // "Spread over ten years": in the course of them.
                let bounds = context.is_outlasted()
                    || qualifiers::comparative_behind(&at.text[span.end as usize..]).is_some();
                let words = Span::new(at.pos - "over ".len(), at.pos - " ".len());
                (duration.qualifier, qualifier_span) =
                    bounds.then_some((Qualifier::Over, words)).unzip();
            }
        }
        Value::Date(date) if date.qualifier.is_none() => {
            if let Some((qualifier, words)) = qualifier_before(at.before()) {
                let offset = (at.pos - at.before().len()) as u32;
                date.qualifier = Some(qualifier);
                qualifier_span =
                    Some(Span { start: words.start + offset, end: words.end + offset });
            }
        }
        _ => {}
    }
    Some(Mention { span, qualifier_span, value })
}

/// Where "in two weeks" counts from the day of writing: the point it leads to.
fn leads_to(length: &Length, context: Context<'_>) -> Option<DateValue> {
    let anchor = context.anchor?;
    let before = context.before.trim_end().to_ascii_lowercase();
    let before = skip_end(&before, &[" about", " around", " approximately", " just"]);
    let lead = before.rsplit(' ').next().unwrap_or_default();
    let ahead = before.trim() == lead || context.looks_ahead();
    if !ahead || length.duration.high.is_some() {
        return None;
    }
    let point = relative::ahead(anchor, length)?;
    match lead {
        "in" => Some(point),
        "within" => Some(range::until(anchor, point)),
        _ => None,
    }
}

fn skip_end<'a>(text: &'a str, any_of: &[&str]) -> &'a str {
    any_of.iter().find_map(|form| text.strip_suffix(form)).unwrap_or(text)
}

/// Whether a date can start here at all: the cheap refusal for most words.
fn starts(at: At<'_>) -> bool {
    let rest = at.rest();
    let before = at.before().chars().next_back();
    let inside = before.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '_' | '@' | '/' | '$' | '£' | '€' | '#')
    });
    match rest.bytes().next() {
        Some(b'0'..=b'9') => !inside && !before.is_some_and(|c| matches!(c, '.' | ',')),
        Some(b'\'') => rest[1..].starts_with(|c: char| c.is_ascii_digit()),
        Some(byte) if byte.is_ascii_alphabetic() => {
            !inside && before != Some('\'') && openers::date(rest)
        }
        Some(_) => rest.starts_with(['½', '¼', '¾']) && !inside,
        None => false,
    }
}

/// The words before a date that tell on which side of it something lies, with their place.
fn qualifier_before(before: &str) -> Option<(Qualifier, Span)> {
    let trimmed = before.trim_end();
    let trimmed = trimmed.strip_suffix(" the").unwrap_or(trimmed).trim_end();
    let from = (trimmed.len().saturating_sub(24)..=trimmed.len())
        .find(|&at| trimmed.is_char_boundary(at))
        .unwrap_or(trimmed.len());
    let (qualifier, len) = calendar::side(&trimmed[from..].to_ascii_lowercase())?;
    Some((qualifier, Span::new(trimmed.len() - len, trimmed.len())))
}

/// expression := hours on a day | days of a month | timed (joint timed)?
fn expression<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let mut best: Option<(&str, Read)> = None;
    let mut keep = |found: Option<(&'a str, Read)>| {
        if let Some((rest, read)) = found
            && best.is_none_or(|(longest, _)| rest.len() < longest.len())
        {
            best = Some((rest, read));
        }
    };
    keep(range::days_of_month(input, context).map(|(rest, read)| with_hour(rest, read)));
    keep(range::slashed_days(input, context));
    keep(hours(input, context));
    let framed = Framed::by(&context.last_word()) != Framed::No;
    let now = range::now(input, context).filter(|_| framed);
    if let Some((rest, first)) = now {
        keep(range::range(rest, first, context));
    }
    if let Ok((rest, first)) = timed(input, context) {
        // The second end goes with the first where it is one thing with it.
        keep(range::range(rest, first, context).or(Some((rest, first))));
    }
    match best {
        Some((rest, read)) => Ok((rest, read)),
        None => refuse(input),
    }
}

/// "22-23 Feb at 7pm": the hour goes with both days.
fn with_hour(rest: &str, read: Read) -> (&str, Read) {
    if let DateValue::Range(Some(a), Some(b)) = read.value
        && let Some(tail) = skip(rest, &[" at "])
        && let Ok((left, face)) = clock::face(tail, Trust::Prose)
        && ends(left)
    {
        let end = |moment: Moment| Some(Moment { clock: Some(face.clock), ..moment });
        return (left, Read { value: DateValue::Range(end(a), end(b)), ..read });
    }
    (rest, read)
}

/// hours on a day := hours ((" on the " | " on " | ", " | " of " | " ") day)?
fn hours<'a>(input: &'a str, context: Context<'_>) -> Option<(&'a str, Read)> {
    let framed = Framed::by(&context.last_word());
    let clear = clock::hours(input, framed, false);
    // "between 7 and 9 last night"
    let found = clear.or_else(|| clock::hours(input, framed, framed != Framed::No));
    let (rest, (from, to)) = found?;
    if let Some((left, day, part, other)) = dated_behind(rest, context) {
        let (from, to) = clock::settled(from, to, part);
        return Some((left, Read { value: span_of_hours(day, from, to).value, ..other }));
    }
    let (from, to) = clock::settled(from, to, None);
    (clear.is_some() && ends(rest)).then(|| (rest, span_of_hours(None, from, to)))
}

fn span_of_hours(date: Option<PartialDate>, from: Clock, to: Clock) -> Read {
    let end = |clock| Some(Moment { date, clock: Some(clock) });
    Read::plain(DateValue::Range(end(from), end(to)))
}

/// The day behind a time, with the part of the day that goes with it.
fn dated_behind<'a>(
    rest: &'a str,
    context: Context<'_>,
) -> Option<(&'a str, Option<PartialDate>, Option<DayPart>, Read)> {
    let tail = skip(rest, &[" on the ", " on ", ", on ", ", ", " of ", " "])?;
    let inner = Context { before: "on ", ..context };
    let (left, read) = single(tail, inner).ok()?;
    let (day, part) = names_day(&read)?;
    let (left, part) = match part {
        Some(part) => (left, Some(part)),
        None => match left.strip_prefix(' ').and_then(clock::part_of_day) {
            Some((after, part)) if ends(after) => (after, Some(part)),
            _ => (left, None),
        },
    };
    ends(left).then_some((left, day, part, read))
}

/// The day, and perhaps the part of it, that an expression names.
///
/// "Tonight" is a part of no other day than that of writing, which stays unsaid.
fn names_day(read: &Read) -> Option<(Option<PartialDate>, Option<DayPart>)> {
    match read.value {
        DateValue::Day(day) if matches!(day.part, YearPart::Day(..)) || day.weekday.is_some() => {
            Some((Some(day), None))
        }
        DateValue::Time { date, clock: None, part } if date.is_some() || read.relative => {
            Some((date, part))
        }
        _ => None,
    }
}

/// single := day | feast | nth | period | relative | clock
fn single<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let mut best: Option<(&str, Read)> = None;
    let attempts = [
        day::day(input, context),
        feast::feast(input, context),
        nth::nth(input, context),
        period::period(input, context),
        relative::relative(input, context),
        clock::clock(input, context),
    ];
    for (rest, read) in attempts.into_iter().flatten() {
        if best.is_none_or(|(longest, _)| rest.len() < longest.len()) {
            best = Some((rest, read));
        }
    }
    match best {
        Some((rest, read)) => Ok((rest, read)),
        None => refuse(input),
    }
}

/// timed := face (day | part of a day) | day (part of the day)? (time | hours)? | single
fn timed<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    // "9am on Friday", "10, tonight", "9 tomorrow morning": the hour alone leans on the day.
    if let Ok((rest, face)) = clock::face(input, Trust::Beside)
        && let Some((left, day, part, other)) = dated_behind(rest, context)
        && (!face.bare || face.marked || part.is_some() && asks_for_hour(context))
    {
        let clock = part.map_or(face.clock, |part| face.within(part));
        let value = DateValue::Time { date: day, clock: Some(clock), part: None };
        return Ok((left, Read { value, ..other }));
    }
    let (rest, first) = single(input, context).or_else(|_| part_alone(input, context))?;
    let Some((mut day, part)) = names_day(&first) else { return Ok((rest, first)) };
    // "Friday afternoon", "tuesday in the morning"
    let (rest, part) = match skip(rest, &[" in the ", ", ", " "]).and_then(clock::part_of_day) {
        Some((left, part)) if ends(left) => (left, Some(part)),
        _ => (rest, part),
    };
    if let Some((left, from, to)) = hours_behind(rest, part) {
        let value = span_of_hours(day, from, to).value;
        return Ok((left, Read { value, ..first }));
    }
    if let Some((left, face, qualifier)) = time_behind(rest, part) {
        let clock = part.map_or(face.clock, |part| face.within(part));
        // "Thu Oct 26 11:00:09 EDT 2023"
        let (left, said) = match left.strip_prefix(' ').map(digits(4)) {
            Some(Ok((after, year)))
                if first.year_assumed && (1900..2200).contains(&year) && clause_ends(after) =>
            {
                day = day.map(|day| PartialDate { year: Some(year), ..day });
                (after, true)
            }
            _ => (left, false),
        };
        let value = DateValue::Time { date: day, clock: Some(clock), part: None };
        let year_assumed = first.year_assumed && !said;
        return Ok((left, Read { value, year_assumed, qualifier, ..first }));
    }
    match part {
        Some(_) => {
            let value = DateValue::Time { date: day, clock: None, part };
            Ok((rest, Read { value, ..first }))
        }
        None => Ok((rest, first)),
    }
}

/// Whether an hour alone may stand here: behind a preposition or a mark, not behind a noun as in
/// "building |4 this afternoon".
fn asks_for_hour(context: Context<'_>) -> bool {
    let last = context.last_word();
    last.is_empty() || crate::lexicon::terms::is_stopword(&last)
}

/// part alone := part of the day, where "in the" stands before it and no noun behind
fn part_alone<'a>(input: &'a str, context: Context<'_>) -> IResult<&'a str, Read> {
    let before = context.before.trim_end().to_ascii_lowercase();
    let led = ["in the", "later in the", "in"].iter().any(|form| {
        before.strip_suffix(form).is_some_and(|front| !front.ends_with(char::is_alphanumeric))
    });
    let early = word(input).is_ok_and(|(_, first)| matches!(first.as_str(), "early" | "late"));
    let Some((rest, part)) = clock::part_of_day(input).filter(|_| led) else {
        return refuse(input);
    };
    let follows = word(rest.trim_start()).ok();
    let clause = clause_ends(rest)
        || follows.is_some_and(|(_, name)| crate::lexicon::terms::is_stopword(&name));
    let plain = before.ends_with("the") || early;
    if !clause || !plain || input.starts_with("mornings") {
        return refuse(input);
    }
    let value = DateValue::Time { date: None, clock: None, part: Some(part) };
    let qualifier = early.then(|| match input.starts_with(['e', 'E']) {
        true => Qualifier::Early,
        false => Qualifier::Late,
    });
    Ok((rest, Read { qualifier, ..Read::plain(value) }))
}

/// The time behind a day: " at ", " @ ", ", ", " before ", "T" ...; an hour alone only after "at".
fn time_behind(
    rest: &str,
    part: Option<DayPart>,
) -> Option<(&str, clock::Face, Option<Qualifier>)> {
    let joints: [(&str, Option<Qualifier>, Trust); 16] = [
        (" at about ", Some(Qualifier::About), Trust::Beside),
        (" at around ", Some(Qualifier::About), Trust::Beside),
        (" at ", None, Trust::Beside),
        (", at ", None, Trust::Beside),
        (" @ ", None, Trust::Beside),
        (" around ", Some(Qualifier::About), Trust::Beside),
        (" before ", Some(Qualifier::Before), Trust::Prose),
        (" after ", Some(Qualifier::After), Trust::Prose),
        (" later than ", Some(Qualifier::After), Trust::Prose),
        (" no later than ", Some(Qualifier::Until), Trust::Prose),
        (" by ", Some(Qualifier::By), Trust::Prose),
        (" until ", Some(Qualifier::Until), Trust::Prose),
        (", ", None, Trust::Prose),
        ("T", None, Trust::Prose),
        (".", None, Trust::Prose),
        (" ", None, Trust::Prose),
    ];
    let (tail, qualifier, trust) = joints.into_iter().find_map(|(joint, qualifier, trust)| {
        Some((rest.strip_prefix(joint)?, qualifier, trust))
    })?;
    // A word may count what follows "before five ...": times in words need a sign of their own.
    let (left, face) = clock::face(tail, trust).ok()?;
    let worded = !tail.starts_with(|c: char| c.is_ascii_digit());
    if face.bare && !face.marked && worded && part.is_none() && !clause_ends(left) {
        return None;
    }
    ends(left).then_some((left, face, qualifier))
}

/// The hours behind a day: "Monday 8-9am", "tomorrow from 3 to 5".
fn hours_behind(rest: &str, part: Option<DayPart>) -> Option<(&str, Clock, Clock)> {
    let (tail, framed) = match skip(rest, &[" between ", ", between "]) {
        Some(tail) => (tail, Framed::Between),
        None => match skip(rest, &[" from ", ", from "]) {
            Some(tail) => (tail, Framed::From),
            None => (skip(rest, &[", ", " "])?, Framed::No),
        },
    };
    let beside = framed != Framed::No || part.is_some();
    let (left, (from, to)) = clock::hours(tail, framed, beside)?;
    let (from, to) = clock::settled(from, to, part);
    ends(left).then_some((left, from, to))
}

#[cfg(test)]
mod table {
    //! What the tables of the parsers' tests share: text left, value right.

    use jiff::civil::{date as day, time};

    use super::*;

    /// Tuesday 12 February 2013, half past four in the morning.
    const ANCHOR: Anchor = Anchor { day: day(2013, 2, 12), time: Some(time(4, 30, 0, 0)) };

    /// Reads the first expression of each text; what is before `|` stands before it.
    #[track_caller]
    pub fn check(table: &[(&str, &str)]) {
        for (text, expected) in table {
            let (before, rest) = text.split_once('|').unwrap_or(("", text));
            let text = format!("{before}{rest}");
            let found = date(At { text: &text, pos: before.len() }, Some(ANCHOR));
            let read = found.map(|mention| {
                let end = mention.span.end as usize;
                let left = if end < text.len() { "…" } else { "" };
                format!("{}{left}", shown(&mention.value))
            });
            assert_eq!(read.as_deref().unwrap_or("–"), *expected, "{text:?}");
        }
    }

    fn shown(value: &Value) -> String {
        match value {
            Value::Date(date) => denoted(&date.value),
            Value::Duration(length) => match &length.leads_to {
                Some(point) => format!("{length} to {}", denoted(point)),
                None => length.to_string(),
            },
            Value::Set(set) => set.pattern.clone(),
            other => format!("{other:?}"),
        }
    }

    fn denoted(value: &DateValue) -> String {
        let moment = |date: &Option<PartialDate>, clock: &Option<Clock>| {
            let date = date.map(|date| date.to_string()).unwrap_or_default();
            clock.map_or(date.clone(), |clock| format!("{date}T{clock}"))
        };
        let end =
            |end: &Option<Moment>| end.map_or("..".to_owned(), |end| moment(&end.date, &end.clock));
        match value {
            DateValue::Day(date) => date.to_string(),
            DateValue::Time { date, clock, part: None } => moment(date, clock),
            DateValue::Time { date, part: Some(part), .. } => {
                format!("{} {part:?}", moment(date, &None)).trim().to_owned()
            }
            DateValue::Range(from, to) => format!("{}/{}", end(from), end(to)),
            DateValue::Unresolved => "?".to_owned(),
        }
    }

    #[test]
    fn day_and_hour_go_together() {
        check(&[
            ("at |7:30 PM on Fri, Sep 20, 2013", "2013-09-20T19:30"),
            ("24 October, 9 pm", "2013-10-24T21:00"),
            ("8:23 AM, Jul 9", "2013-07-09T08:23"),
            ("Saturday morning at 9", "2013-02-09T09:00"),
            ("10, tonight", "T22:00"),
            ("9 tomorrow morning", "2013-02-13T09:00"),
            ("last night at 8", "2013-02-11T20:00"),
            ("Thu Oct 26 11:00:09 EDT 2023", "2023-10-26T11:00:09-04:00"),
            ("Friday afternoon", "2013-02-08 Afternoon"),
            ("in the |evening", "Evening"),
            ("in the |evening paper", "–"),
            ("1994-11-05T13:15:30", "1994-11-05T13:15:30"),
        ]);
    }

    #[test]
    fn what_is_no_date() {
        check(&[
            ("5 May streets", "2013-05-05…"),
            ("may", "–"),
            ("sun and sea", "–"),
            ("1.2.3", "–"),
            ("second place", "–"),
            ("at |14PM", "–"),
            ("8/10", "–"),
            ("between |six and 16 people", "–"),
            ("1030", "–"),
            ("138-|2010-2015", "–"),
            ("in room |4 this afternoon", "–"),
        ]);
    }
}
