//! Jupyter notebooks (nbformat 3 and 4): the Markdown of their text cells. Code and its output are left out.

use super::builder::Builder;
use super::json::{self, Value};
use super::{ReadError, markdown};

/// Reads a notebook.
pub fn read(source: &str, builder: &mut Builder) -> Result<(), ReadError> {
    let values = json::parse(source)?;
    let text = |key: (usize, usize)| &source[key.0..key.1];
    let mut cells: Vec<&Value> = Vec::new();
    values.iter().for_each(|value| collect(source, value, &mut cells));
    for cell in cells {
        let Value::Object(entries) = cell else { continue };
        let find = |name: &str| entries.iter().find(|(key, _)| text(*key) == name);
        let is_text = matches!(find("cell_type"), Some((_, Value::Text(start, end)))
            if matches!(text((*start, *end)), "markdown" | "heading"));
        let Some((_, body)) = find("source").filter(|_| is_text) else { continue };
        let strings: Vec<(usize, usize)> = match body {
            Value::Text(start, end) => vec![(*start, *end)],
            Value::List(_, lines) => lines.iter().filter_map(string).collect(),
            _ => continue,
        };
        let (markdown, map) = json::decode(source, &strings);
        builder.inside(Some(map));
        markdown::read(&markdown, builder);
        builder.inside(None);
    }
    Ok(())
}

fn string(value: &Value) -> Option<(usize, usize)> {
    match value {
        Value::Text(start, end) => Some((*start, *end)),
        _ => None,
    }
}

/// The cells of a notebook, which the third format keeps in worksheets.
fn collect<'v>(source: &str, value: &'v Value, cells: &mut Vec<&'v Value>) {
    let Value::Object(entries) = value else { return };
    for ((start, end), value) in entries {
        let Value::List(_, items) = value else { continue };
        match &source[*start..*end] {
            "cells" => cells.extend(items),
            "worksheets" => items.iter().for_each(|sheet| collect(source, sheet, cells)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn text_cells_are_read_where_they_stand() {
        let text = r##"{"cells": [{"cell_type": "markdown", "source": ["# The \"quay\"\n", "\n", "It cost **\u20ac4.5** million.\n"]},
            {"cell_type": "code", "source": "x = 12", "outputs": [{"text": ["13"]}]}], "nbformat": 4}"##;
        let read =
            read(Path::new("a.ipynb"), text.into()).unwrap_or_else(|e| panic!("{}", e.message));
        assert_eq!(read.text, "The \"quay\"\nIt cost €4.5 million.\n");
        let at = read.text.find("4.5").unwrap();
        let place = read.source_span(crate::source::Span::new(at, at + 3));
        assert_eq!(&text[place.range()], "4.5");
        let at = read.text.find('€').unwrap();
        let place = read.source_span(crate::source::Span::new(at, at + 3));
        assert_eq!(&text[place.range()], r"\u20ac");
    }
}
