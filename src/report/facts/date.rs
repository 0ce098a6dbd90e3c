//! Dates and durations in the facts listing.

use serde_json::{Map, Value as Json, json};

use crate::value::{Date, Duration};

/// Adds the fields of a date; returns its kind.
pub fn date_fields(_date: &Date, fields: &mut Map<String, Json>) -> &'static str {
    fields.insert("value".into(), Json::Null);
    "date"
}

/// Adds the fields of a duration; returns its kind.
pub fn duration_fields(_duration: &Duration, fields: &mut Map<String, Json>) -> &'static str {
    fields.insert("value".into(), json!(null));
    "duration"
}
