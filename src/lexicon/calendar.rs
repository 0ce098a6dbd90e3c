//! `rules/words/en/calendar.toml`: words of the calendar and the clock.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

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
struct File {
    months: HashMap<String, u8>,
    weekdays: HashMap<String, u8>,
    seasons: HashMap<String, u8>,
    units: HashMap<String, TimeUnit>,
    decades: HashMap<String, u8>,
    parts: HashMap<String, Part>,
    holidays: HashMap<String, (u8, u8)>,
    zones: HashMap<String, i16>,
    days: HashMap<String, i8>,
}

fn file() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| {
        toml::from_str(super::file("words/en/calendar.toml")).expect("calendar.toml is tested")
    });
    &FILE
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

/// Month and day of the holiday that starts `lower`, and the length of its name.
pub fn holiday(lower: &str) -> Option<((u8, u8), usize)> {
    file()
        .holidays
        .iter()
        .filter(|(name, _)| {
            lower.starts_with(name.as_str())
                && !lower[name.len()..].starts_with(char::is_alphanumeric)
        })
        .max_by_key(|(name, _)| name.len())
        .map(|(name, day)| (*day, name.len()))
}

/// Minutes from UTC of a zone.
pub fn zone(lower: &str) -> Option<i16> {
    file().zones.get(lower).copied()
}

/// Days from today of "yesterday", "tomorrow".
pub fn day_word(lower: &str) -> Option<i8> {
    file().days.get(lower).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calendar_words() {
        assert_eq!(month("sept"), Some(9));
        assert_eq!(weekday("tuesdays"), Some(2));
        assert_eq!(holiday("new year's eve in"), Some(((12, 31), 14)));
        assert_eq!(unit("fortnight"), Some(TimeUnit::Fortnight));
    }
}
