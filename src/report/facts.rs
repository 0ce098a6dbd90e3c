//! `factlint facts --format json`.

use serde_json::{Map, Value as Json, json};

use crate::document::Document;
use crate::parse::Mention;
use crate::source::Span;
use crate::value::Value;

mod date;
mod figure;

/// The place of `span` (of the clean text) in the file, as the JSON formats show it.
pub fn span_json(document: &Document, span: Span) -> Json {
    let span = document.source_span(span);
    let start = document.lines.locate(&document.source, span.start as usize);
    let end = document.lines.locate(&document.source, span.end as usize);
    json!({
        "start_byte": span.start, "end_byte": span.end,
        "start_line": start.line, "start_column": start.column,
        "end_line": end.line, "end_column": end.column,
    })
}

/// The file's own words at `span` of the clean text.
pub fn source_text(document: &Document, span: Span) -> String {
    String::from_utf8_lossy(&document.source[document.source_span(span).range()]).into_owned()
}

/// One fact; `None` for what the facts listing leaves out.
pub fn fact_json(document: &Document, mention: &Mention) -> Option<Json> {
    let mut fields = Map::new();
    let kind = match &mention.value {
        Value::Figure(figure) => figure::fields(figure, &mut fields),
        Value::Date(date) => date::date_fields(date, &mut fields),
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
    let mut fact = Map::new();
    fact.insert("kind".into(), json!(kind));
    fact.insert("span".into(), span_json(document, mention.span));
    fact.insert("text".into(), json!(source_text(document, mention.span)));
    fact.extend(fields);
    Some(Json::Object(fact))
}
/// v
pub fn value_text(
    _d: &Document,
    _m: &Mention,
) -> (&'static str, Option<String>, Option<String>, Option<&'static str>) {
    ("number", None, None, None)
}
