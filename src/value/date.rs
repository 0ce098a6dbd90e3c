//! Dates, times, periods, durations and recurrences, exactly as precise as they were written.

use super::{Decimal, Qualifier};

/// The part of the day that a text names instead of a clock time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DayPart {
    /// Morning.
    Morning,
    /// Afternoon.
    Afternoon,
    /// Evening.
    Evening,
    /// Night.
    Night,
}

/// A clock time; what was not said stays out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Clock {
    /// Hour, 0 to 24.
    pub hour: u8,
    /// Minute.
    pub minute: Option<u8>,
    /// Second.
    pub second: Option<u8>,
    /// Offset from UTC in minutes, where a zone was stated.
    pub zone: Option<i16>,
}

/// A calendar expression at the precision stated: a month without a day stays a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct PartialDate {
    /// Year; negative before year 1 (-234 is 234 BC).
    pub year: Option<i32>,
    /// What part of the year, if any.
    pub part: YearPart,
    /// Weekday, 1 (Monday) to 7 (Sunday), where it was stated.
    pub weekday: Option<u8>,
}

/// The part of a year that a date names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum YearPart {
    /// The whole year, or nothing but a weekday.
    #[default]
    Whole,
    /// A month, 1 to 12.
    Month(u8),
    /// Month and day.
    Day(u8, u8),
    /// A quarter, 1 to 4.
    Quarter(u8),
    /// A half, 1 or 2.
    Half(u8),
    /// An ISO week, 1 to 53.
    Week(u8),
    /// A season: 21 spring, 22 summer, 23 autumn, 24 winter (as in EDTF).
    Season(u8),
    /// The decade that starts with [`PartialDate::year`].
    Decade,
    /// The century that starts with [`PartialDate::year`] (1900 for the 20th).
    Century,
    /// The fiscal year named by [`PartialDate::year`].
    Fiscal,
    /// A quarter of that fiscal year.
    FiscalQuarter(u8),
}

/// What a date expression denotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateValue {
    /// A date.
    Day(PartialDate),
    /// A clock time or part of the day, on a date if one was stated.
    Time {
        /// The date, if any.
        date: Option<PartialDate>,
        /// The clock time, unless a part of the day was named.
        clock: Option<Clock>,
        /// The part of the day, if named.
        part: Option<DayPart>,
    },
    /// From one to another, both inclusive; `None` is open.
    Range(Option<Moment>, Option<Moment>),
    /// A relative expression whose anchor is not known ("last year" in an undated text).
    Unresolved,
}

/// One end of a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    /// The date, if any.
    pub date: Option<PartialDate>,
    /// The clock time, if any.
    pub clock: Option<Clock>,
}

/// One date expression as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Date {
    /// What it denotes.
    pub value: DateValue,
    /// "before", "early", "by", "about", ...
    pub qualifier: Option<Qualifier>,
    /// The expression was relative ("last year", "on Thursday") and `value` depends on the anchor.
    pub relative: bool,
    /// The year was not written but taken from the document's date or a neighbour.
    pub year_assumed: bool,
}

/// A length of time in the units it was written in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Duration {
    /// Years.
    pub years: Decimal,
    /// Months.
    pub months: Decimal,
    /// Weeks.
    pub weeks: Decimal,
    /// Days.
    pub days: Decimal,
    /// Hours.
    pub hours: Decimal,
    /// Minutes.
    pub minutes: Decimal,
    /// Seconds.
    pub seconds: Decimal,
    /// Upper end of a range ("7 to 9 days"), in the same unit as the only part that is not zero.
    pub high: Option<Decimal>,
    /// "about", "more than", ...
    pub qualifier: Option<Qualifier>,
    /// The length was stated as an age ("aged 7", "7-year-old").
    pub age: bool,
}

/// Something that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// ISO 8601 / EDTF pattern: `R/P1D`, `XXXX-WXX-1`.
    pub pattern: String,
}
impl PartialDate {
    /// i
    pub fn interval(&self) -> Option<(jiff::civil::Date, jiff::civil::Date)> {
        None
    }
    /// w
    pub fn own_weekday(&self) -> Option<u8> {
        None
    }
}
impl Duration {
    /// a
    pub fn approx_seconds(&self) -> Decimal {
        Decimal::ZERO
    }
    /// u
    pub fn unit_seconds(&self) -> Decimal {
        Decimal::ONE
    }
}
