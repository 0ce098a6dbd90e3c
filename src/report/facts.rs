//! `factlint facts`: everything that is read from a document, in three formats.

use std::fmt::Write;

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use crate::document::Document;
use crate::parse::Mention;
use crate::rule::Claim;
use crate::value::{Qualifier, Value};

use super::diagnostic::{Place, shown};
use super::excerpt::mask;

mod date;
mod figure;

/// The facts of one document.
#[derive(Debug, Clone)]
pub struct Listing {
    /// The document, as the user named it.
    pub path: String,
    /// What could not be read in it as it should.
    pub problems: Vec<String>,
    /// The facts, each as the JSON format shows it.
    pub facts: Vec<Json>,
}

impl Listing {
    /// The facts of `mentions`, in order; `written` is the day the document was written, if known.
    pub fn new(document: &Document, mentions: &[Mention], written: Option<Date>) -> Self {
        Listing {
            path: shown(&document.path),
            problems: document.problems.clone(),
            facts: mentions
                .iter()
                .filter_map(|mention| fact_json(document, mention, written))
                .collect(),
        }
    }
}

/// `--format json`: one document is one object, several are listed in `documents`.
pub fn json(mut listings: Vec<Listing>, date: Option<Date>) -> Json {
    let date = date.map(|date| date.to_string());
    if listings.len() == 1 {
        let facts = listings.remove(0).facts;
        return json!({"schema": SCHEMA, "reference_date": date, "facts": facts});
    }
    let document = |listing: Listing| json!({"path": listing.path, "facts": listing.facts});
    let documents: Vec<_> = listings.into_iter().map(document).collect();
    json!({"schema": SCHEMA, "reference_date": date, "documents": documents})
}

const SCHEMA: &str = "factlint-facts/1";

/// `--format human`: a line for each fact.
pub fn human(listings: &[Listing]) -> String {
    let mut out = String::new();
    for listing in listings {
        for fact in &listing.facts {
            let [line, column, kind, value, text] = row(fact);
            // Writing to a String does not fail.
            let _ = writeln!(
                out,
                "{}",
                mask(&format!("{}:{line}:{column}: {kind} {value}  {text:?}", listing.path))
            );
        }
    }
    out
}

/// `--format csv`: a header and a row for each fact.
pub fn csv(listings: &[Listing]) -> String {
    let mut out = String::from("path,line,column,kind,value,text\r\n");
    for listing in listings {
        for fact in &listing.facts {
            let cells: Vec<_> = [&listing.path].into_iter().chain(&row(fact)).map(quoted).collect();
            out.push_str(&cells.join(","));
            out.push_str("\r\n");
        }
    }
    out
}

/// Line, column, kind, value with qualifier and unit, and words of a fact.
fn row(fact: &Json) -> [String; 5] {
    let word = |value: &Json| match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Object(ends) => {
            let end = |name| ends.get(name).and_then(Json::as_str).unwrap_or("").to_owned();
            format!("{}..{}", end("lower"), end("upper"))
        }
        other => other.to_string(),
    };
    let parts = [&fact["qualifier"], &fact["value"], &fact["unit"]];
    let value: Vec<_> = parts.into_iter().map(word).filter(|part| !part.is_empty()).collect();
    let span = &fact["span"];
    [
        word(&span["start_line"]),
        word(&span["start_column"]),
        word(&fact["kind"]),
        value.join(" "),
        word(&fact["text"]),
    ]
}

/// A cell of a CSV file. A leading sign that a spreadsheet would run as a formula is no danger in
/// quotation marks of a text cell, but some spreadsheets look inside; the apostrophe stops them.
fn quoted(cell: &String) -> String {
    let formula = cell.starts_with(['=', '@']);
    let cell = if formula { format!("'{cell}") } else { cell.clone() };
    match cell.contains([',', '"', '\n', '\r']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell,
    }
}

/// One fact; `None` for what the facts listing leaves out.
pub fn fact_json(document: &Document, mention: &Mention, written: Option<Date>) -> Option<Json> {
    let (kind, fields) = read(document, mention, written)?;
    let place = Place::new(document, mention.span);
    let mut fact = Map::new();
    fact.insert("kind".into(), json!(kind));
    fact.insert("span".into(), json!(super::json::Stretch::of(&place)));
    fact.insert("text".into(), json!(place.text));
    fact.extend(fields);
    fact.extend(super::json::location(&place).map(|location| ("location".into(), location)));
    Some(Json::Object(fact))
}

/// The kind of a fact, and the fields that tell what was read.
fn read(
    document: &Document,
    mention: &Mention,
    written: Option<Date>,
) -> Option<(&'static str, Map<String, Json>)> {
    let mut fields = Map::new();
    let kind = match &mention.value {
        Value::Figure(figure) => figure::fields(figure, &mut fields),
        Value::Date(date) => date::date_fields(date, written, &mut fields),
        Value::Duration(duration) => date::duration_fields(duration, &mut fields),
        Value::Set(set) => {
            fields.insert("value".into(), json!(set.pattern));
            "set"
        }
        Value::Quote(quote) => {
            let words = document.slice(quote.inner).trim();
            fields.insert("value".into(), json!(words));
            let speaker = quote.speaker.as_ref();
            fields.insert("speaker".into(), json!(speaker.map(|s| &s.name)));
            fields.insert("cue".into(), json!(speaker.and_then(|s| s.cue.as_ref())));
            "quote"
        }
        Value::Name(_) => return None,
    };
    Some((kind, fields))
}

/// The kind, value, unit and qualifier of a mention as the listing shows them.
pub fn claim_of(document: &Document, mention: &Mention) -> Claim {
    let Some((kind, fields)) = read(document, mention, None) else {
        return Claim { kind: "name", ..Claim::default() };
    };
    let text = |field: &str| match fields.get(field)? {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let qualifier = text("qualifier").and_then(|id| Qualifier::from_id(&id)).map(Qualifier::id);
    Claim { kind, value: text("value"), unit: text("unit"), qualifier }
}
