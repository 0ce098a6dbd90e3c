//! Figures in the facts listing.

use serde_json::{Map, Value as Json, json};

use crate::value::Figure;

/// Adds the fields of a figure; returns its kind.
pub fn fields(figure: &Figure, fields: &mut Map<String, Json>) -> &'static str {
    fields.insert("value".into(), json!(figure.low.to_string()));
    "number"
}
