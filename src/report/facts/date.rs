//! Dates and durations in the facts listing.

use jiff::civil;
use serde_json::{Map, Value as Json, json};

use crate::value::date::{Clock, DateValue, DayPart, Moment, PartialDate};
use crate::value::{Date, Duration, Qualifier};

/// Adds the fields of a date; returns its kind. A time of day is of the day of writing unless it
/// names its own.
pub fn date_fields(
    date: &Date,
    written: Option<civil::Date>,
    fields: &mut Map<String, Json>,
) -> &'static str {
    let (kind, value) = denoted(date, written);
    fields.insert("value".into(), value);
    fields.insert("qualifier".into(), json!(date.qualifier.map(Qualifier::id)));
    if date.value == DateValue::Unresolved {
        fields.insert("relative".into(), json!(true));
    } else if date.year_assumed || date.relative || written.is_some() && dayless(&date.value) {
        fields.insert("resolved".into(), json!(true));
    }
    kind
}

fn dayless(value: &DateValue) -> bool {
    match value {
        DateValue::Time { date, clock, .. } => date.is_none() && clock.is_some(),
        DateValue::Range(from, to) => {
            [from, to].into_iter().flatten().any(|moment| moment.date.is_none())
        }
        _ => false,
    }
}

/// The kind and value of what a date denotes.
fn denoted(date: &Date, written: Option<civil::Date>) -> (&'static str, Json) {
    let today = written.map(PartialDate::day);
    match &date.value {
        DateValue::Day(day) => match (date.qualifier, day.year) {
            (Some(Qualifier::Since), Some(_)) => {
                ("daterange", json!({"lower": day.to_string(), "upper": null}))
            }
            _ => ("date", json!(day.to_string())),
        },
        DateValue::Time { date: day, clock, part } => {
            // "Tonight" is of that day, "in the evening" of any.
            let day = day.or(today.filter(|_| clock.is_some() || date.relative));
            ("time", json!(time(day.as_ref(), clock.as_ref(), *part)))
        }
        DateValue::Range(lower, upper) => {
            let end = |moment: &Option<Moment>| {
                let mut moment = (*moment)?;
                moment.date = moment.date.or(today);
                Some(end(moment))
            };
            ("daterange", json!({"lower": end(lower), "upper": end(upper)}))
        }
        DateValue::Unresolved => ("date", Json::Null),
    }
}

fn time(date: Option<&PartialDate>, clock: Option<&Clock>, part: Option<DayPart>) -> String {
    let day = date.map(ToString::to_string).unwrap_or_default();
    let part = match part {
        Some(DayPart::Morning) => "MO",
        Some(DayPart::Afternoon) => "AF",
        Some(DayPart::Evening) => "EV",
        Some(DayPart::Night) => "NI",
        None => "",
    };
    match clock {
        Some(clock) => format!("{day}T{clock}"),
        None => format!("{day}T{part}"),
    }
}

fn end(moment: Moment) -> String {
    match (&moment.date, &moment.clock) {
        (Some(date), None) => date.to_string(),
        (date, clock) => time(date.as_ref(), clock.as_ref(), None),
    }
}

/// Adds the fields of a duration; returns its kind. One that counts from the day of writing ("in
/// two weeks") is listed as the point it leads to.
pub fn duration_fields(duration: &Duration, fields: &mut Map<String, Json>) -> &'static str {
    let (kind, value) = match (duration.leads_to, duration.high) {
        (Some(value), _) => {
            let point = Date { value, qualifier: None, relative: true, year_assumed: false };
            denoted(&point, None)
        }
        (None, None) => ("duration", json!(duration.to_string())),
        (None, Some(high)) => {
            let upper = duration.upper(high).to_string();
            ("duration", json!({"lower": duration.to_string(), "upper": upper}))
        }
    };
    fields.insert("value".into(), value);
    fields.insert("qualifier".into(), json!(duration.qualifier.map(Qualifier::id)));
    if duration.leads_to.is_some() {
        fields.insert("resolved".into(), json!(true));
    }
    kind
}
