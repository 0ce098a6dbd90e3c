//! Dates and durations in the facts listing.

use serde_json::{Map, Value as Json, json};

use crate::value::date::{Clock, DateValue, DayPart, Moment, PartialDate};
use crate::value::{Date, Duration, Qualifier};

/// Adds the fields of a date; returns its kind.
pub fn date_fields(date: &Date, fields: &mut Map<String, Json>) -> &'static str {
    let (kind, value) = match &date.value {
        DateValue::Day(day) => match (date.qualifier, day.year) {
            (Some(Qualifier::Since), Some(_)) => {
                ("daterange", json!({"lower": day.to_string(), "upper": null}))
            }
            _ => ("date", json!(day.to_string())),
        },
        DateValue::Time { date, clock, part } => {
            ("time", json!(time(date.as_ref(), clock.as_ref(), *part)))
        }
        DateValue::Range(lower, upper) => {
            ("daterange", json!({"lower": end(lower), "upper": end(upper)}))
        }
        DateValue::Unresolved => ("date", Json::Null),
    };
    fields.insert("value".into(), value);
    fields.insert("qualifier".into(), json!(date.qualifier.map(Qualifier::id)));
    if date.value == DateValue::Unresolved {
        fields.insert("relative".into(), json!(true));
    } else if date.relative || date.year_assumed {
        fields.insert("resolved".into(), json!(true));
    }
    kind
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

fn end(moment: &Option<Moment>) -> Option<String> {
    let moment = moment.as_ref()?;
    Some(match (&moment.date, &moment.clock) {
        (Some(date), None) => date.to_string(),
        (date, clock) => time(date.as_ref(), clock.as_ref(), None),
    })
}

/// Adds the fields of a duration; returns its kind.
pub fn duration_fields(duration: &Duration, fields: &mut Map<String, Json>) -> &'static str {
    let value = match duration.high {
        None => json!(duration.to_string()),
        Some(high) => json!({"lower": duration.to_string(), "upper": high.to_string()}),
    };
    fields.insert("value".into(), value);
    fields.insert("qualifier".into(), json!(duration.qualifier.map(Qualifier::id)));
    "duration"
}
