//! `rules/words/en/calendar.toml`: words of the calendar and the clock.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::LazyLock;

use serde::Deserialize;

use super::openers::{self, Roles};
use super::{HashMap, HashSet};
use crate::value::Qualifier;
use crate::value::date::DayPart;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TimeUnit {
    /// A second.
    Second,
    /// A minute.
    Minute,
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// Fourteen days.
    Fortnight,
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// A year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Part {
    Morning,
    Afternoon,
    Evening,
    Night,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    words: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    names: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Edges {
    beginning: HashMap<String, TimeUnit>,
    end: HashMap<String, TimeUnit>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sides {
    before: Vec<String>,
    after: Vec<String>,
    since: Vec<String>,
    until: Vec<String>,
    by: Vec<String>,
    about: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    months: HashMap<String, u8>,
    weekdays: HashMap<String, u8>,
    seasons: HashMap<String, u8>,
    units: HashMap<String, TimeUnit>,
    unit_letters: HashMap<String, TimeUnit>,
    amounts: BTreeMap<String, u8>,
    edges: Edges,
    openers: Words,
    fillers: Words,
    behind_years: Words,
    leads: Words,
    outlasts: Words,
    decades: HashMap<String, u8>,
    parts: HashMap<String, Part>,
    holidays: BTreeMap<String, (u8, u8)>,
    easter: BTreeMap<String, i16>,
    weekday_feasts: BTreeMap<String, (u8, u8, i8, u8)>,
    rosh_hashanah: BTreeMap<String, (i16, u8)>,
    passover: BTreeMap<String, (i16, u8)>,
    hanukkah: Names,
    islamic: BTreeMap<String, (u8, u8, u8)>,
    indian_moon: BTreeMap<String, (u8, u8, u8, u8, u8)>,
    indian_sun: BTreeMap<String, (i16, u8, i8)>,
    chinese: BTreeMap<String, (u8, u8, u8)>,
    not_sunday: BTreeMap<String, (u8, u8)>,
    parsi: Names,
    zones: HashMap<String, i16>,
    days: BTreeMap<String, i8>,
    shifts: HashMap<String, i8>,
    recurrences: BTreeMap<String, String>,
    future: Words,
    past: Words,
    sides: Sides,
}

fn file() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| super::table("words/en/calendar.toml"));
    &FILE
}

/// Words that an expression of the calendar or the clock can begin with, numbers in words left
/// aside.
pub fn openers() -> impl Iterator<Item = &'static String> {
    static OPENERS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let file = file();
        let first = |name: &String| first_word(name).to_owned();
        let mut words: HashSet<String> = file.openers.words.clone();
        words.extend(file.months.keys().cloned());
        words.extend(file.weekdays.keys().flat_map(|day| [day.clone(), format!("{day}s")]));
        words.extend(file.seasons.keys().cloned());
        words.extend(file.decades.keys().cloned());
        words.extend(file.parts.keys().cloned());
        words.extend(file.shifts.keys().cloned());
        words.extend(file.amounts.keys().map(first));
        words.extend(feasts().keys().map(first));
        words.extend(file.days.keys().map(first));
        words.extend(file.recurrences.keys().map(first));
        words
    });
    OPENERS.iter()
}

/// Words that may stand behind a number in an expression of time, the units and joints left aside.
pub fn behind_numbers() -> impl Iterator<Item = &'static String> {
    let file = file();
    let words = file.fillers.words.iter().chain(&file.leads.words).chain(file.unit_letters.keys());
    words.chain(file.zones.keys()).chain(file.parts.keys())
}

/// The first words of what has a role of its own.
pub fn first_words() -> [(Vec<&'static str>, Roles); 5] {
    fn first<T>(table: &BTreeMap<String, T>) -> Vec<&str> {
        table.keys().map(|name| first_word(name)).collect()
    }
    let file = file();
    let mut feasts = first(feasts());
    feasts.push("orthodox");
    [
        (file.months.keys().map(String::as_str).collect(), openers::MONTH),
        (feasts, openers::FEAST),
        (first(&file.days), openers::DAY),
        (first(&file.recurrences), openers::RECURS),
        (first(&file.amounts), openers::AMOUNT),
    ]
}

/// Names of units of time.
pub fn units() -> impl Iterator<Item = &'static String> {
    file().units.keys()
}

/// The month, 1 to 12, of a lower-case word.
pub fn month(lower: &str) -> Option<u8> {
    file().months.get(lower).copied()
}

/// The weekday, 1 (Monday) to 7, of a lower-case word.
pub fn weekday(lower: &str) -> Option<u8> {
    let singular = lower.strip_suffix('s').filter(|s| s.ends_with("day")).unwrap_or(lower);
    file().weekdays.get(singular).copied()
}

/// The season, 21 (spring) to 24.
pub fn season(lower: &str) -> Option<u8> {
    file().seasons.get(lower).copied()
}

/// The unit of time.
pub fn unit(lower: &str) -> Option<TimeUnit> {
    file().units.get(lower).copied()
}

/// The decade within a century: 90 for "nineties".
pub fn decade(lower: &str) -> Option<u8> {
    file().decades.get(lower).copied()
}

/// The part of the day.
pub fn part(lower: &str) -> Option<DayPart> {
    file().parts.get(lower).map(|part| match part {
        Part::Morning => DayPart::Morning,
        Part::Afternoon => DayPart::Afternoon,
        Part::Evening => DayPart::Evening,
        Part::Night => DayPart::Night,
    })
}

/// A day of the year with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feast {
    /// The same month and day every year.
    Fixed(u8, u8),
    /// Days from Easter Sunday.
    Easter(i16),
    /// Days from Orthodox Easter Sunday.
    OrthodoxEaster(i16),
    /// A weekday of a month.
    Weekday {
        /// Month.
        month: u8,
        /// 1 (Monday) to 7.
        weekday: u8,
        /// Which of them in the month; -1 is the last.
        nth: i8,
        /// Days behind it.
        behind: u8,
    },
    /// Days from the Jewish new year, and how many days it lasts.
    RoshHashanah(i16, u8),
    /// Days from the first of Passover, and how many days it lasts.
    Passover(i16, u8),
    /// The eight days of Hanukkah.
    Hanukkah,
    /// Month and day of the Islamic calendar, and how many days it lasts.
    Islamic(u8, u8, u8),
    /// A day of a lunar month of India.
    IndianMoon {
        /// Month, from 0 (Chaitra), that ends with the new moon.
        month: u8,
        /// Which thirtieth of the month.
        tithi: u8,
        /// The hour of the day at which it has to last.
        hour: u8,
        /// Days behind it.
        behind: u8,
        /// How many days it lasts.
        lasts: u8,
    },
    /// The sun's entry into a sign of the stars.
    IndianSun {
        /// Where the sign begins, in degrees.
        longitude: i16,
        /// The hour from which the next day is kept.
        hour: u8,
        /// Days behind it.
        behind: i8,
    },
    /// Month and day of the Chinese calendar, and how many days it lasts.
    Chinese(u8, u8, u8),
    /// The same month and day every year, or the day before where that is a Sunday.
    NotSunday(u8, u8),
    /// The new year of the Parsis.
    Parsi,
}

/// Bytes of a text that are looked at for a name: more than the longest has.
const LONGEST_NAME: usize = 64;

/// The longest name of `table` that starts `text` (any case), as a word, and its length.
fn longest<'a, T>(table: &'a BTreeMap<String, T>, text: &str) -> Option<(&'a T, usize)> {
    let mut buffer = [0; LONGEST_NAME];
    let near = text.floor_char_boundary(LONGEST_NAME);
    let lower = super::lower(&text[..near], &mut buffer)?;
    // Every name that starts `lower` sorts before it or is equal to it, and shares its first word.
    let first = lower.find(|c: char| !c.is_alphanumeric()).unwrap_or(lower.len());
    let bounds = (Bound::Included(&lower[..first]), Bound::Included(lower));
    table
        .range::<str, _>(bounds)
        .filter(|(name, _)| {
            lower.starts_with(name.as_str())
                && !lower[name.len()..].starts_with(char::is_alphanumeric)
        })
        .max_by_key(|(name, _)| name.len())
        .map(|(name, value)| (value, name.len()))
}

/// The feast that starts `text` (any case), and the length of its name.
pub fn feast(text: &str) -> Option<(Feast, usize)> {
    if !openers::may(text, openers::FEAST) {
        return None;
    }
    const ORTHODOX: &str = "orthodox ";
    if text.get(..ORTHODOX.len()).is_some_and(|start| start.eq_ignore_ascii_case(ORTHODOX)) {
        let (days, len) = longest(&file().easter, &text[ORTHODOX.len()..])?;
        return Some((Feast::OrthodoxEaster(*days), len + ORTHODOX.len()));
    }
    longest(feasts(), text).map(|(feast, len)| (*feast, len))
}

/// Every feast by its name, but for those that an "orthodox" before them moves.
fn feasts() -> &'static BTreeMap<String, Feast> {
    static FEASTS: LazyLock<BTreeMap<String, Feast>> = LazyLock::new(|| {
        fn put<T>(
            all: &mut BTreeMap<String, Feast>,
            table: &BTreeMap<String, T>,
            feast: impl Fn(&T) -> Feast,
        ) {
            all.extend(table.iter().map(|(name, value)| (name.clone(), feast(value))));
        }
        let file = file();
        let mut all = BTreeMap::new();
        put(&mut all, &file.holidays, |&(month, day)| Feast::Fixed(month, day));
        put(&mut all, &file.easter, |&days| Feast::Easter(days));
        put(&mut all, &file.weekday_feasts, |&(month, weekday, nth, behind)| Feast::Weekday {
            month,
            weekday,
            nth,
            behind,
        });
        put(&mut all, &file.rosh_hashanah, |&(days, lasts)| Feast::RoshHashanah(days, lasts));
        put(&mut all, &file.passover, |&(days, lasts)| Feast::Passover(days, lasts));
        put(&mut all, &file.islamic, |&(month, day, lasts)| Feast::Islamic(month, day, lasts));
        put(&mut all, &file.indian_moon, |&(month, tithi, hour, behind, lasts)| {
            Feast::IndianMoon { month, tithi, hour, behind, lasts }
        });
        put(&mut all, &file.indian_sun, |&(longitude, hour, behind)| Feast::IndianSun {
            longitude,
            hour,
            behind,
        });
        put(&mut all, &file.chinese, |&(month, day, lasts)| Feast::Chinese(month, day, lasts));
        put(&mut all, &file.not_sunday, |&(month, day)| Feast::NotSunday(month, day));
        all.extend(file.hanukkah.names.iter().map(|name| (name.clone(), Feast::Hanukkah)));
        all.extend(file.parsi.names.iter().map(|name| (name.clone(), Feast::Parsi)));
        all
    });
    &FEASTS
}

fn first_word(name: &str) -> &str {
    &name[..name.find(|c: char| !c.is_alphabetic()).unwrap_or(name.len())]
}

/// What "EOY" and its like stand for: the beginning or end of a unit of time.
pub fn edge(lower: &str) -> Option<(Qualifier, TimeUnit)> {
    let edges = &file().edges;
    let early = edges.beginning.get(lower).map(|unit| (Qualifier::Early, *unit));
    early.or_else(|| edges.end.get(lower).map(|unit| (Qualifier::Late, *unit)))
}

/// The unit that one or two letters behind digits stand for.
pub fn unit_letter(lower: &str) -> Option<TimeUnit> {
    file().unit_letters.get(lower).copied()
}

/// The number behind "a couple of" or "a few" at the start of `text` (any case), and the phrase's
/// length.
pub fn vague_amount(text: &str) -> Option<(usize, u8)> {
    if !openers::may(text, openers::AMOUNT) {
        return None;
    }
    longest(&file().amounts, text)
        .filter(|(_, len)| text[*len..].starts_with(' '))
        .map(|(amount, len)| (len, *amount))
}

/// Whether the word may stand between a number and a unit of time.
pub fn fills_length(lower: &str) -> bool {
    file().fillers.words.contains(lower)
}

/// Whether a word that looks like a plural goes on a sentence behind a year: "2021 remains".
pub fn goes_on_from_year(lower: &str) -> bool {
    file().behind_years.words.contains(lower)
}

/// Whether the word before a length tells that it is one.
pub fn leads_length(lower: &str) -> bool {
    file().leads.words.contains(lower)
}

/// Whether the word before "over" and a length makes a bound of it, not a stretch of time.
pub fn outlasts(lower: &str) -> bool {
    file().outlasts.words.contains(lower)
}

/// Whether a word looks ahead.
pub fn looks_ahead(lower: &str) -> bool {
    file().future.words.contains(lower)
}

/// Whether a word tells what has been.
pub fn looks_back(lower: &str) -> bool {
    file().past.words.contains(lower)
}

/// How many periods "last", "this", "next" go from the present one.
pub fn shift(lower: &str) -> Option<i8> {
    file().shifts.get(lower).copied()
}

/// The pattern of a recurrence that starts `text` (any case), and the length of its name.
pub fn recurrence(text: &str) -> Option<(&'static str, usize)> {
    if !openers::may(text, openers::RECURS) {
        return None;
    }
    longest(&file().recurrences, text).map(|(pattern, len)| (pattern.as_str(), len))
}

/// The phrase that ends `lower` and tells on which side of the date behind it something lies, with
/// its length.
pub fn side(lower: &str) -> Option<(Qualifier, usize)> {
    let sides = &file().sides;
    let tables = [
        (&sides.before, Qualifier::Before),
        (&sides.after, Qualifier::After),
        (&sides.since, Qualifier::Since),
        (&sides.until, Qualifier::Until),
        (&sides.by, Qualifier::By),
        (&sides.about, Qualifier::About),
    ];
    tables
        .into_iter()
        .flat_map(|(words, qualifier)| words.iter().map(move |words| (qualifier, words)))
        .filter(|(_, words)| {
            lower.strip_suffix(words.as_str()).is_some_and(|front| {
                !front.ends_with(|c: char| c.is_alphanumeric() || c == '-' || c == '\'')
            })
        })
        .max_by_key(|(_, words)| words.len())
        .map(|(qualifier, words)| (qualifier, words.len()))
}

/// Minutes from UTC of a zone.
pub fn zone(lower: &str) -> Option<i16> {
    file().zones.get(lower).copied()
}

/// Days from today of "yesterday", "day after tomorrow" at the start of `text` (any case), and the
/// length.
pub fn day_word(text: &str) -> Option<(i8, usize)> {
    if !openers::may(text, openers::DAY) {
        return None;
    }
    longest(&file().days, text).map(|(days, len)| (*days, len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_words() {
        assert_eq!(month("sept"), Some(9));
        assert_eq!(weekday("tuesdays"), Some(2));
        assert_eq!(feast("new year's eve in"), Some((Feast::Fixed(12, 31), 14)));
        assert_eq!(feast("easter monday"), Some((Feast::Easter(1), 13)));
        assert_eq!(day_word("day after tomorrow"), Some((2, 18)));
        assert_eq!(side("no later than"), Some((Qualifier::Until, 13)));
        assert_eq!(unit("fortnight"), Some(TimeUnit::Fortnight));
    }
}
