//! Dates, times, periods, durations and recurrences, exactly as precise as they were written.

use std::fmt;

use jiff::civil;

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
    /// Whether the words or the hour tell morning from evening: "7.30 pm", "19:30", but not "7.30".
    pub half_told: bool,
}

impl Clock {
    /// Minutes since midnight.
    pub fn minutes(&self) -> i32 {
        i32::from(self.hour) * 60 + i32::from(self.minute.unwrap_or(0))
    }
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

impl Date {
    /// The day, month or year that is told, with a time of day or without.
    pub fn day(&self) -> Option<PartialDate> {
        match self.value {
            DateValue::Day(day) => Some(day),
            DateValue::Time { date, .. } => date,
            DateValue::Range(..) | DateValue::Unresolved => None,
        }
    }
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
    /// Where "in two weeks" counts from the day of writing: the point it leads to.
    pub leads_to: Option<DateValue>,
}

/// Something that recurs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recurrence {
    /// ISO 8601 / EDTF pattern: `R/P1D`, `XXXX-WXX-1`.
    pub pattern: String,
}

impl Recurrence {
    /// Whether both recur by the same unit of time, or both by weekdays.
    pub fn same_sort(&self, other: &Recurrence) -> bool {
        let interval = |pattern: &str| pattern.strip_prefix("R/P").map(str::to_owned);
        match (interval(&self.pattern), interval(&other.pattern)) {
            (Some(a), Some(b)) => {
                let clock = |text: &str| text.starts_with('T');
                clock(&a) == clock(&b) && a.chars().next_back() == b.chars().next_back()
            }
            (None, None) => self.pattern.len() == other.pattern.len(),
            _ => false,
        }
    }
}

impl PartialDate {
    /// A year.
    pub fn year(year: i32) -> Self {
        PartialDate { year: Some(year), part: YearPart::Whole, weekday: None }
    }

    /// A calendar day.
    pub fn day(day: civil::Date) -> Self {
        let part = YearPart::Day(day.month() as u8, day.day() as u8);
        PartialDate { year: Some(i32::from(day.year())), part, weekday: None }
    }

    /// First and last day covered; `None` without a year. Seasons are those of the north.
    pub fn interval(&self) -> Option<(civil::Date, civil::Date)> {
        let year = i16::try_from(self.year?).ok()?;
        let months = |year: i16, first: u8, count: i32| {
            let start = civil::Date::new(year, first as i8, 1).ok()?;
            let end = start
                .checked_add(jiff::Span::new().try_months(count).ok()?)
                .ok()?
                .yesterday()
                .ok()?;
            Some((start, end))
        };
        match self.part {
            YearPart::Whole => months(year, 1, 12),
            YearPart::Month(month) => months(year, month, 1),
            YearPart::Day(month, day) => {
                let day = civil::Date::new(year, month as i8, day as i8).ok()?;
                Some((day, day))
            }
            YearPart::Quarter(quarter @ 1..=4) => months(year, quarter * 3 - 2, 3),
            YearPart::Half(half @ 1..=2) => months(year, half * 6 - 5, 6),
            YearPart::Week(week) => {
                let monday =
                    civil::ISOWeekDate::new(year, week as i8, civil::Weekday::Monday).ok()?.date();
                Some((monday, monday.checked_add(jiff::Span::new().days(6)).ok()?))
            }
            YearPart::Season(season @ 21..=24) => months(year, (season - 21) * 3 + 3, 3),
            YearPart::Decade => months(year, 1, 120),
            YearPart::Century => months(year, 1, 1200),
            YearPart::Quarter(_) | YearPart::Half(_) | YearPart::Season(_) => None,
            // A fiscal year may start in any month of the year before.
            YearPart::Fiscal | YearPart::FiscalQuarter(_) => {
                Some((months(year.checked_sub(1)?, 1, 12)?.0, months(year, 1, 12)?.1))
            }
        }
    }

    /// The weekday that a full date falls on, 1 (Monday) to 7.
    pub fn own_weekday(&self) -> Option<u8> {
        match self.part {
            YearPart::Day(..) => Some(self.interval()?.0.weekday().to_monday_one_offset() as u8),
            _ => None,
        }
    }
}

/// ISO 8601 and EDTF: `2018-12-04`, `2018-12`, `199X`, `2018-Q3`, `XXXX-WXX-5`.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (None, YearPart::Whole, Some(weekday)) = (self.year, self.part, self.weekday) {
            return write!(f, "XXXX-WXX-{weekday}");
        }
        let year = match self.year {
            Some(year) if year < 0 => format!("-{:04}", -year),
            Some(year) => format!("{year:04}"),
            None => "XXXX".to_owned(),
        };
        match self.part {
            YearPart::Whole => write!(f, "{year}"),
            YearPart::Month(month) => write!(f, "{year}-{month:02}"),
            YearPart::Day(month, day) => write!(f, "{year}-{month:02}-{day:02}"),
            YearPart::Quarter(quarter) => write!(f, "{year}-Q{quarter}"),
            YearPart::Half(half) => write!(f, "{year}-H{half}"),
            YearPart::Week(week) => write!(f, "{year}-W{week:02}"),
            YearPart::Season(season) => write!(f, "{year}-{season}"),
            YearPart::Decade => write!(f, "{}X", &year[..year.len() - 1]),
            YearPart::Century => write!(f, "{}XX", &year[..year.len() - 2]),
            YearPart::Fiscal => write!(f, "FY{year}"),
            YearPart::FiscalQuarter(quarter) => write!(f, "FY{year}-Q{quarter}"),
        }
    }
}

/// ISO 8601: `15:00`, `15:00:30+02:00`.
impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute.unwrap_or(0))?;
        if let Some(second) = self.second {
            write!(f, ":{second:02}")?;
        }
        match self.zone {
            None => Ok(()),
            Some(0) => write!(f, "Z"),
            Some(zone) => {
                let sign = if zone < 0 { '-' } else { '+' };
                write!(f, "{sign}{:02}:{:02}", zone.abs() / 60, zone.abs() % 60)
            }
        }
    }
}

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Seconds of a week.
pub const WEEK: i64 = 7 * DAY;
/// Seconds of the mean Gregorian year of 365.2425 days.
pub const YEAR: i64 = 31_556_952;
/// Seconds of a twelfth of it.
pub const MONTH: i64 = YEAR / 12;

impl Duration {
    fn parts(&self) -> [(Decimal, i64, char, bool); 7] {
        [
            (self.years, YEAR, 'Y', false),
            (self.months, MONTH, 'M', false),
            (self.weeks, WEEK, 'W', false),
            (self.days, DAY, 'D', false),
            (self.hours, 3_600, 'H', true),
            (self.minutes, 60, 'M', true),
            (self.seconds, 1, 'S', true),
        ]
    }

    /// The whole length in seconds, years and months at their mean length.
    pub fn approx_seconds(&self) -> Decimal {
        self.parts().into_iter().fold(Decimal::ZERO, |sum, (amount, seconds, ..)| {
            amount
                .checked_mul(Decimal::from(seconds))
                .and_then(|part| sum.checked_add(part))
                .unwrap_or(sum)
        })
    }

    /// So many of its unit, where it is told in one.
    pub fn with_amount(&self, amount: Decimal) -> Option<Duration> {
        let told = self.parts().iter().filter(|(part, ..)| !part.is_zero()).count();
        let plain = Duration { qualifier: None, leads_to: None, ..self.clone() };
        (told == 1).then(|| plain.upper(amount))
    }

    /// The upper end of a range, whose number is `high`, in the unit of the lower one.
    pub fn upper(&self, high: Decimal) -> Duration {
        let mut upper = Duration { high: None, ..self.clone() };
        let slots = [
            &mut upper.years,
            &mut upper.months,
            &mut upper.weeks,
            &mut upper.days,
            &mut upper.hours,
            &mut upper.minutes,
            &mut upper.seconds,
        ];
        if let Some(slot) = slots.into_iter().find(|slot| !slot.is_zero()) {
            *slot = high;
        }
        upper
    }

    /// Seconds of the smallest unit that was named: how precise the length is.
    pub fn unit_seconds(&self) -> Decimal {
        let smallest = self.parts().into_iter().rev().find(|(amount, ..)| !amount.is_zero());
        Decimal::from(smallest.map_or(1, |(_, seconds, ..)| seconds))
    }
}

/// ISO 8601: `P3Y`, `PT1H30M`.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P")?;
        let mut clock = false;
        for (amount, _, letter, of_clock) in self.parts() {
            if !amount.is_zero() {
                if of_clock && !clock {
                    write!(f, "T")?;
                    clock = true;
                }
                write!(f, "{amount}{letter}")?;
            }
        }
        // ISO 8601 wants one part at least.
        if self.parts().iter().all(|(amount, ..)| amount.is_zero()) {
            write!(f, "T0S")?;
        }
        Ok(())
    }
}
