//! Whatever is printed in a style that is read is read back the same.

use proptest::prelude::*;
use proptest::sample::select;

use super::date;
use crate::parse::At;
use crate::value::Value;
use crate::value::date::{Clock, DateValue, Moment, PartialDate, YearPart};
use crate::value::{Decimal, Duration};

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const ORDINALS: [&str; 4] = ["first", "second", "third", "fourth"];
const SEASONS: [&str; 4] = ["spring", "summer", "autumn", "winter"];

/// Reads `text` behind "in ", which leaves nothing of it over.
fn read(text: &str) -> Option<Value> {
    let text = format!("in {text}");
    let found = date(At { text: &text, pos: 3 }, None)?;
    (found.span.end as usize == text.len()).then_some(found.value)
}

fn suffix(number: u8) -> &'static str {
    match (number % 10, number / 10) {
        (_, 1) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

/// Every style a date of this precision is written in.
fn styles(date: &PartialDate) -> Vec<String> {
    let year = date.year.unwrap_or_default();
    match date.part {
        YearPart::Day(month, day) => {
            let name = MONTHS[usize::from(month) - 1];
            let abbreviation = &name[..3];
            let weekday = date.own_weekday().map_or("", |day| WEEKDAYS[usize::from(day) - 1]);
            let th = suffix(day);
            vec![
                format!("{day} {name} {year}"),
                format!("{day}{th} {name} {year}"),
                format!("the {day}{th} of {name} {year}"),
                format!("{day} {name}, {year}"),
                format!("{name} {day}, {year}"),
                format!("{name} {day}{th}, {year}"),
                format!("{name} {day} {year}"),
                format!("{abbreviation} {day}, {year}"),
                format!("{day} {abbreviation} {year}"),
                format!("{day}-{abbreviation}-{year}"),
                format!("{weekday}, {day} {name} {year}"),
                format!("{weekday}, {name} {day}, {year}"),
                format!("{weekday} {day}{th} {name} {year}"),
                format!("{year}-{month:02}-{day:02}"),
                format!("{year}/{month:02}/{day:02}"),
                format!("{year} {name} {day}"),
                format!("{day:02}.{month:02}.{year}"),
                format!("{day}.{month}.{year}"),
                format!("{month}/{day}/{year}"),
                format!("{month:02}/{day:02}/{year}"),
            ]
        }
        YearPart::Month(month) => {
            let name = MONTHS[usize::from(month) - 1];
            vec![
                format!("{name} {year}"),
                format!("{name}, {year}"),
                format!("{name} of {year}"),
                format!("{} {year}", &name[..3]),
                format!("{year}-{month:02}"),
                format!("{month:02}/{year}"),
            ]
        }
        YearPart::Whole => vec![format!("{year}")],
        YearPart::Decade => vec![format!("{year}s")],
        YearPart::Quarter(quarter) => {
            let ordinal = ORDINALS[usize::from(quarter) - 1];
            vec![
                format!("Q{quarter} {year}"),
                format!("{year}-Q{quarter}"),
                format!("{quarter}Q {year}"),
                format!("{quarter}Q{year}"),
                format!("{ordinal} quarter of {year}"),
                format!("{year} {ordinal} quarter"),
            ]
        }
        YearPart::Half(half) => vec![
            format!("H{half} {year}"),
            format!("{} half of {year}", ORDINALS[usize::from(half) - 1]),
        ],
        YearPart::Season(season) => {
            let name = SEASONS[usize::from(season) - 21];
            vec![format!("{name} {year}"), format!("{name} of {year}")]
        }
        YearPart::Week(week) => vec![format!("week {week} of {year}")],
        YearPart::Fiscal => vec![format!("FY{year}"), format!("fiscal {year}")],
        YearPart::FiscalQuarter(quarter) => vec![
            format!("Q{quarter} FY{year}"),
            format!("fiscal {year} {} quarter", ORDINALS[usize::from(quarter) - 1]),
        ],
        YearPart::Century => Vec::new(),
    }
}

fn part() -> impl Strategy<Value = YearPart> {
    prop_oneof![
        4 => (1_u8..=12, 1_u8..=28).prop_map(|(month, day)| YearPart::Day(month, day)),
        1 => select(vec![YearPart::Day(1, 31), YearPart::Day(6, 30), YearPart::Day(12, 31)]),
        2 => (1_u8..=12).prop_map(YearPart::Month),
        1 => Just(YearPart::Whole),
        1 => Just(YearPart::Decade),
        1 => (1_u8..=4).prop_map(YearPart::Quarter),
        1 => (1_u8..=2).prop_map(YearPart::Half),
        1 => (21_u8..=24).prop_map(YearPart::Season),
        1 => (1_u8..=52).prop_map(YearPart::Week),
        1 => Just(YearPart::Fiscal),
        1 => (1_u8..=4).prop_map(YearPart::FiscalQuarter),
    ]
}

fn clocks(clock: Clock) -> Vec<String> {
    let (hour, minute) = (clock.hour, clock.minute.unwrap_or(0));
    let (half, twelve) =
        (if hour < 12 { "am" } else { "pm" }, if hour % 12 == 0 { 12 } else { hour % 12 });
    vec![
        format!("{hour:02}:{minute:02}"),
        format!("{hour:02}h{minute:02}"),
        format!("{twelve}:{minute:02} {half}"),
        format!("{twelve}:{minute:02}{half}"),
        format!("{twelve}.{minute:02}{half}"),
        format!("{twelve}:{minute:02} {}", if half == "am" { "a.m." } else { "p.m." }),
    ]
}

proptest! {
    #[test]
    fn dates(year in 1901_i32..2100, part in part()) {
        let year = if part == YearPart::Decade { year - year % 10 } else { year };
        let date = PartialDate { year: Some(year), part, weekday: None };
        for text in styles(&date) {
            let Some(Value::Date(found)) = read(&text) else {
                return Err(TestCaseError::fail(format!("{text:?} is not read as a date")));
            };
            let DateValue::Day(day) = found.value else {
                return Err(TestCaseError::fail(format!("{text:?} is {:?}", found.value)));
            };
            prop_assert_eq!(day.to_string(), date.to_string(), "{}", text);
        }
    }

    #[test]
    fn times(hour in 0_u8..24, minute in 0_u8..60, month in 1_u8..=12, day in 1_u8..=28) {
        let clock = Clock { hour, minute: Some(minute), second: None, zone: None, half_told: false };
        let date = PartialDate { year: Some(2019), part: YearPart::Day(month, day), weekday: None };
        // Whether morning or evening was told is no part of the time.
        let is = |found: &Option<Value>, day: Option<PartialDate>| {
            let Some(Value::Date(found)) = found else { return false };
            let DateValue::Time { date, clock: Some(told), part: None } = found.value else {
                return false;
            };
            date == day && Clock { half_told: false, ..told } == clock
        };
        for face in clocks(clock) {
            let alone = read(&face);
            prop_assert!(
                is(&alone, None),
                "{face:?} is {alone:?}"
            );
            for text in [
                format!("{} at {face}", styles(&date)[4]),
                format!("{face} on {}", styles(&date)[0]),
            ] {
                let found = read(&text);
                prop_assert!(
                    is(&found, Some(date)),
                    "{text:?} is {found:?}"
                );
            }
        }
    }

    #[test]
    fn ranges(year in 1901_i32..2100, month in 1_u8..=12, first in 1_u8..28, more in 1_u8..28) {
        let last = (first + more).min(28);
        let name = MONTHS[usize::from(month) - 1];
        let end = |day| {
            let date = PartialDate { year: Some(year), part: YearPart::Day(month, day), weekday: None };
            Some(Moment { date: Some(date), clock: None })
        };
        let expected = DateValue::Range(end(first), end(last));
        for text in [
            format!("{first}-{last} {name} {year}"),
            format!("{first} to {last} {name} {year}"),
            format!("{name} {first}-{last}, {year}"),
            format!("{name} {first} to {name} {last}, {year}"),
            format!("{first} {name} to {last} {name} {year}"),
        ] {
            let found = if first == last { continue } else { read(&text) };
            prop_assert!(
                matches!(&found, Some(Value::Date(found)) if found.value == expected),
                "{text:?} is {found:?}"
            );
        }
    }

    #[test]
    fn lengths(amounts in prop::array::uniform6(0_i64..60)) {
        let [years, months, days, hours, minutes, seconds] = amounts.map(Decimal::from);
        let length = Duration { years, months, days, hours, minutes, seconds, ..Duration::default() };
        let units = ["year", "month", "day", "hour", "minute", "second"];
        let parts: Vec<String> = amounts
            .iter()
            .zip(units)
            .filter(|(amount, _)| **amount > 0)
            .map(|(amount, unit)| format!("{amount} {unit}{}", if *amount == 1 { "" } else { "s" }))
            .collect();
        for joint in [", ", " and ", " "] {
            let text = parts.join(joint);
            match read(&text) {
                Some(Value::Duration(found)) => {
                    prop_assert_eq!(found.to_string(), length.to_string(), "{}", text);
                }
                found => prop_assert!(parts.is_empty(), "{text:?} is {found:?}"),
            }
        }
    }
}
