//! Tables as text: CSV (RFC 4180, and what spreadsheets make of it with `;` or tabs) and TSV.
//!
//! Lines of one field before the table are its title, those behind it its notes.

use super::builder::Builder;
use super::table::COLUMNS;
use super::{BlockKind, Cell};

/// The separator is told from so many rows.
const SAMPLE: usize = 40;

/// A field: where it stands, without its quotes.
#[derive(Debug, Clone, Copy)]
struct Field {
    start: usize,
    end: usize,
    quoted: bool,
}

/// Reads a table whose fields are parted by `separator`; if it is not known, it is told from the text.
pub fn read(source: &str, separator: Option<u8>, builder: &mut Builder) {
    let separator = separator.unwrap_or_else(|| likely_separator(source));
    let mut rows = Vec::new();
    let mut at = 0;
    while let Some((row, next)) = next_row(source.as_bytes(), at, separator) {
        rows.push(row);
        at = next;
    }
    let filled = |row: &[Field]| row.iter().filter(|field| !is_blank(source, **field)).count();
    let is_row = |row: &Vec<Field>| filled(row) > 1;
    // A table of one column has no rows of more.
    let first = rows.iter().position(is_row).unwrap_or(0);
    let last = rows.iter().rposition(is_row).unwrap_or(rows.len().saturating_sub(1));
    let mut number = 0;
    for (at, row) in rows.iter().enumerate() {
        let outside = at < first || at > last;
        for (column, field) in row.iter().enumerate().take(COLUMNS as usize) {
            push(source, *field, builder);
            let cell = Cell { table: 0, row: number, column: column as u32, header: false };
            builder.end(
                match outside {
                    false => BlockKind::Cell(cell),
                    true if at < first => BlockKind::Heading(1),
                    true => BlockKind::Paragraph,
                },
                false,
            );
        }
        number += u32::from(!outside && filled(row) > 0);
    }
}

/// The field as it is read: a doubled quote is one.
fn push(source: &str, field: Field, builder: &mut Builder) {
    let mut at = field.start;
    if field.quoted {
        while let Some(found) = source[at..field.end].find("\"\"") {
            builder.push(&source[at..at + found], at);
            builder.replace("\"", at + found, 2);
            at += found + 2;
        }
    }
    builder.push(&source[at..field.end], at);
}

fn is_blank(source: &str, field: Field) -> bool {
    source[field.start..field.end].trim().is_empty()
}

/// The separator that parts the first rows into the same number of fields, and into the most.
fn likely_separator(source: &str) -> u8 {
    let score = |separator: u8| {
        let mut counts = Vec::new();
        let mut at = 0;
        while counts.len() < SAMPLE
            && let Some((row, next)) = next_row(source.as_bytes(), at, separator)
        {
            counts.push(row.len());
            at = next;
        }
        let most = counts.iter().copied().max().unwrap_or(1);
        let alike = counts.iter().filter(|count| **count == most).count();
        (alike * most.saturating_sub(1), separator == b',')
    };
    *b",;\t|".iter().max_by_key(|separator| score(**separator)).unwrap_or(&b',')
}

/// The row that starts at `at`, and where the next one does.
fn next_row(bytes: &[u8], mut at: usize, separator: u8) -> Option<(Vec<Field>, usize)> {
    if at >= bytes.len() {
        return None;
    }
    let mut row = Vec::new();
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let field = if quoted { quoted_field(bytes, at + 1) } else { None };
        let (start, end, quoted, behind) = match field {
            Some(end) => (at + 1, end, true, end + 1),
            None => (at, at, false, at),
        };
        let rest = memchr::memchr3(separator, b'\n', b'\r', &bytes[behind..]);
        let stop = rest.map_or(bytes.len(), |found| behind + found);
        row.push(Field { start, end: if quoted { end } else { stop }, quoted });
        at = stop + 1;
        match bytes.get(stop) {
            Some(byte) if *byte == separator => {}
            Some(b'\r') if bytes.get(at) == Some(&b'\n') => return Some((row, at + 1)),
            _ => return Some((row, at)),
        }
    }
}

/// Where the quote stands that ends a field; none if there is none, or a word follows it.
fn quoted_field(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        let end = at + memchr::memchr(b'"', &bytes[at..])?;
        match bytes.get(end + 1) {
            Some(b'"') => at = end + 2,
            Some(byte) if byte.is_ascii_alphanumeric() => return None,
            _ => return Some(end),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::{Document, read as read_document};

    fn cells(name: &str, text: &str) -> (Document, Vec<String>) {
        let document = read_document(Path::new(name), text.as_bytes().to_vec()).unwrap();
        let show = |block: &crate::document::Block| {
            let text = document.slice(block.span);
            match &block.kind {
                BlockKind::Cell(cell) if cell.header => format!("*{} {text}", cell.column),
                BlockKind::Cell(cell) => format!("{},{} {text}", cell.row, cell.column),
                kind => format!("{kind:?} {text}"),
            }
        };
        let shown = document.blocks.iter().map(show).collect();
        (document, shown)
    }

    #[test]
    fn fields_and_places() {
        let text = "Berth,\"Boats, \"\"all\"\"\",2019\r\nNorth,\"1,204\",7\n,,\nSouth,8,\"9\n\"\n";
        let (document, shown) = cells("a.csv", text);
        let expected = [
            "*0 Berth",
            "*1 Boats, \"all\"",
            "*2 2019",
            "1,0 North",
            "1,1 1,204",
            "1,2 7",
            "2,0 South",
            "2,1 8",
            "2,2 9",
        ];
        assert_eq!(shown, expected);
        let place = document.source_span(document.blocks[4].span).range();
        assert_eq!(&text[place], "1,204");
        let boats = document.source_span(document.blocks[1].span).range();
        assert_eq!(&text[boats], "Boats, \"\"all\"\"");
    }

    #[test]
    fn separators_titles_and_notes() {
        let text = "Boats by berth\n\nBerth;2018;2019\nNorth;1,5;2\nSource: harbour office\n";
        let shown = cells("a.csv", text).1;
        assert_eq!(shown[0], "Heading(1) Boats by berth");
        assert_eq!(shown[5], "1,1 1,5");
        assert_eq!(shown[7], "Paragraph Source: harbour office");
        assert_eq!(cells("a.tsv", "a, b\t12\nc\t13\n").1[1], "0,1 12");
    }

    #[test]
    fn a_quote_without_an_end_is_a_sign_of_its_field() {
        assert_eq!(cells("a.csv", "a,\"b\nc,5\n").1, ["*0 a", "*1 \"b", "1,0 c", "1,1 5"]);
    }
}
