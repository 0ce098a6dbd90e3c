//! JSON as reference data: keys are what values are of. An array of objects is a table with a row for each
//! object, an object a table with a row for each key; long strings are prose.
//!
//! Also the reading of JSON as a tree of places, which notebooks share.

use std::collections::HashMap;

use super::builder::Builder;
use super::origin::{OriginMap, Segment};
use super::{BlockKind, Cell, ReadError};

/// People nest data a few levels deep.
const DEPTH: usize = 128;

/// Strings of so many words are prose, not labels.
const PROSE: usize = 9;

/// A value with its place.
#[derive(Debug)]
pub enum Value {
    /// A string: the bytes between its quotes.
    Text(usize, usize),
    /// A number, `true`, `false` or `null`: its bytes.
    Plain(usize, usize),
    /// An array, and where it opens.
    List(usize, Vec<Value>),
    /// An object: keys (the bytes between their quotes) and values.
    Object(Vec<((usize, usize), Value)>),
}

/// Reads JSON, or lines of it.
pub fn read(source: &str, builder: &mut Builder) -> Result<(), ReadError> {
    let mut values = parse(source)?;
    let mut reader = Reader { source, builder, table: 0 };
    match values.len() {
        1 => reader.value(&values.remove(0), &mut Vec::new()),
        _ => reader.list(0, &values, &mut Vec::new()),
    }
    Ok(())
}

/// The values that stand in a text one after the other; a file of JSON holds one.
pub fn parse(source: &str) -> Result<Vec<Value>, ReadError> {
    let mut parser = Parser { source, at: 0 };
    let mut values = Vec::new();
    parser.space();
    while parser.at < source.len() {
        values.push(parser.value(0)?);
        parser.space();
    }
    if values.is_empty() {
        return Err(parser.wrong("it is empty"));
    }
    Ok(values)
}

struct Parser<'s> {
    source: &'s str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<u8> {
        self.source.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        let mark = usize::from(self.at == 0 && self.source.starts_with('\u{FEFF}')) * 3;
        let rest = &self.source.as_bytes()[self.at + mark..];
        let blank = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += mark + blank;
    }

    fn wrong(&self, what: &str) -> ReadError {
        let line = self.source.as_bytes()[..self.at.min(self.source.len())]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        ReadError::new(format!("is no sound JSON: {what} on line {}", line + 1))
    }

    fn value(&mut self, depth: usize) -> Result<Value, ReadError> {
        if depth > DEPTH {
            return Err(self.wrong(&format!("it nests more than {DEPTH} deep")));
        }
        let start = self.at;
        match self.peek() {
            Some(b'"') => self.string().map(|(start, end)| Value::Text(start, end)),
            Some(b'[') => {
                let mut items = Vec::new();
                while self.goes_on(start, b']')? {
                    items.push(self.value(depth + 1)?);
                }
                Ok(Value::List(start, items))
            }
            Some(b'{') => {
                let mut entries = Vec::new();
                while self.goes_on(start, b'}')? {
                    let key = self.string()?;
                    self.space();
                    if self.peek() != Some(b':') {
                        return Err(self.wrong("a key without a value"));
                    }
                    self.at += 1;
                    self.space();
                    entries.push((key, self.value(depth + 1)?));
                }
                Ok(Value::Object(entries))
            }
            Some(byte) if byte.is_ascii_alphanumeric() || byte == b'-' => {
                let word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
                self.at += self.source.as_bytes()[start..].iter().take_while(|b| word(b)).count();
                Ok(Value::Plain(start, self.at))
            }
            Some(_) => Err(self.wrong("an unexpected sign")),
            None => Err(self.wrong("it ends too early")),
        }
    }

    /// Whether another item follows in what was opened at `start`; goes on to it.
    fn goes_on(&mut self, start: usize, close: u8) -> Result<bool, ReadError> {
        let first = self.at == start;
        self.at += usize::from(first);
        self.space();
        match self.peek() {
            Some(byte) if byte == close => {
                self.at += 1;
                Ok(false)
            }
            Some(b',') if !first => {
                self.at += 1;
                self.space();
                Ok(true)
            }
            Some(_) if first => Ok(true),
            Some(_) => Err(self.wrong("a comma is missing")),
            None => Err(self.wrong("it ends too early")),
        }
    }

    fn string(&mut self) -> Result<(usize, usize), ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.wrong("an unexpected sign"));
        }
        let start = self.at + 1;
        let mut at = start;
        let bytes = self.source.as_bytes();
        while let Some(found) = memchr::memchr2(b'"', b'\\', &bytes[at..]) {
            if bytes[at + found] == b'"' {
                self.at = at + found + 1;
                return Ok((start, at + found));
            }
            at = (at + found + 2).min(bytes.len());
        }
        Err(self.wrong("a string without an end"))
    }
}

/// The pieces of the string between `start` and `end`: what each stands for, where, in how many bytes.
fn pieces(source: &str, start: usize, end: usize, mut piece: impl FnMut(&str, usize, usize)) {
    let mut at = start;
    while let Some(found) = source[at..end].find('\\') {
        let here = at + found;
        piece(&source[at..here], at, found);
        let (c, len) = escape(&source[here..end]);
        piece(c.encode_utf8(&mut [0; 4]), here, len);
        at = here + len;
    }
    piece(&source[at..end], at, end - at);
}

/// The character that an escape at the head of `text` stands for, and its length.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let digits = text.get(at..).filter(|rest| rest.starts_with("\\u"))?.get(2..6)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let Some(second) = text[1..].chars().next() else { return ('\\', 1) };
    let c = match second {
        'n' | 'r' => '\n',
        't' => '\t',
        'b' | 'f' => ' ',
        'u' => {
            let Some(first) = unit(0) else { return ('\u{FFFD}', 2) };
            let pair = [Some(first), unit(6)].into_iter().flatten();
            return match char::decode_utf16(pair).next() {
                Some(Ok(c)) => (c, if c.len_utf16() == 2 { 12 } else { 6 }),
                _ => ('\u{FFFD}', 6),
            };
        }
        c => c,
    };
    (c, 1 + second.len_utf8())
}

/// The text that strings make together, with the way back to where they stand.
pub fn decode(source: &str, strings: &[(usize, usize)]) -> (String, OriginMap) {
    let mut text = String::new();
    let mut segments = Vec::new();
    for &(start, end) in strings {
        pieces(source, start, end, |piece, at, len| {
            let verbatim = source.get(at..at + len) == Some(piece);
            segments.push(Segment {
                text: text.len() as u32,
                source: at as u32,
                text_len: piece.len() as u32,
                source_len: len as u32,
                verbatim,
            });
            text.push_str(piece);
        });
    }
    (text, OriginMap::new(segments))
}

struct Reader<'r> {
    source: &'r str,
    builder: &'r mut Builder,
    table: u32,
}

/// Keys above a value, each the bytes between its quotes.
type Path = Vec<(usize, usize)>;

impl Reader<'_> {
    fn value(&mut self, value: &Value, path: &mut Path) {
        match value {
            Value::Object(entries) => self.object(entries, path),
            Value::List(at, items) => self.list(*at, items, path),
            scalar => {
                self.scalar(scalar);
                self.builder.end(BlockKind::Paragraph, false);
            }
        }
    }

    /// A row for each key; what a key holds that is no single value follows.
    fn object(&mut self, entries: &[((usize, usize), Value)], path: &mut Path) {
        let mut row = 0;
        for (key, value) in entries {
            if self.is_prose(value) {
                self.table += u32::from(std::mem::take(&mut row) > 0);
                self.value(value, path);
                continue;
            }
            path.push(*key);
            match value {
                Value::Object(..) | Value::List(..) if !is_short(value) => {
                    self.table += u32::from(std::mem::take(&mut row) > 0);
                    self.value(value, path);
                }
                _ => {
                    self.label(path, key.0);
                    self.end(row, 0, false);
                    let list = std::slice::from_ref(value);
                    let values = if let Value::List(_, items) = value { items } else { list };
                    for (column, value) in values.iter().enumerate() {
                        self.scalar(value);
                        self.end(row, column + 1, false);
                    }
                    row += 1;
                }
            }
            path.pop();
        }
        self.table += u32::from(row > 0);
    }

    fn list(&mut self, at: usize, items: &[Value], path: &mut Path) {
        let rows = items.iter().filter(|item| matches!(item, Value::Object(..) | Value::List(..)));
        if rows.count() < items.len() || items.is_empty() {
            return items.iter().for_each(|item| self.value(item, path));
        }
        if !path.is_empty() {
            self.label(path, at);
            self.builder.end(BlockKind::Heading(1), false);
        }
        // The columns are the keys in the order in which they come up.
        let mut columns: Vec<&str> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        for item in items {
            let Value::Object(entries) = item else { continue };
            for ((start, end), value) in entries {
                let key = &self.source[*start..*end];
                let scalar = matches!(value, Value::Text(..) | Value::Plain(..));
                if scalar && !numbers.contains_key(key) {
                    numbers.insert(key, columns.len());
                    columns.push(key);
                }
            }
        }
        for (column, key) in columns.iter().enumerate() {
            words(key, |word| self.builder.replace(word, at, 1));
            self.end(0, column, true);
        }
        let first = usize::from(!columns.is_empty());
        let mut deeper = Vec::new();
        for (row, item) in (first..).zip(items) {
            match item {
                Value::Object(entries) => {
                    for ((start, end), value) in entries {
                        let key = &self.source[*start..*end];
                        match value {
                            Value::Object(..) | Value::List(..) => {
                                deeper.push(((*start, *end), value))
                            }
                            _ => {
                                self.scalar(value);
                                self.end(row, numbers.get(key).copied().unwrap_or(0), false);
                            }
                        }
                    }
                }
                Value::List(_, cells) => {
                    for (column, cell) in cells.iter().enumerate() {
                        self.scalar(cell);
                        self.end(row, column, false);
                    }
                }
                _ => {}
            }
        }
        self.table += 1;
        for (key, value) in deeper {
            path.push(key);
            self.value(value, path);
            path.pop();
        }
    }

    fn end(&mut self, row: usize, column: usize, header: bool) {
        let cell = Cell { table: self.table, row: row as u32, column: column as u32, header };
        self.builder.end(BlockKind::Cell(cell), false);
    }

    /// What the keys above a value say, standing at `at`.
    fn label(&mut self, path: &Path, at: usize) {
        let (own, above) =
            path.split_last().map_or((None, &path[..]), |(own, above)| (Some(own), above));
        for (start, end) in above {
            words(&self.source[*start..*end], |word| self.builder.replace(word, at, 0));
            self.builder.replace(" ", at, 0);
        }
        if let Some((start, end)) = own {
            let len = if at == *start { end - start } else { 1 };
            words(&self.source[*start..*end], |word| self.builder.replace(word, at, len));
        }
    }

    fn scalar(&mut self, value: &Value) {
        match value {
            Value::Text(start, end) => {
                let (source, builder) = (self.source, &mut *self.builder);
                pieces(source, *start, *end, |piece, at, len| match piece.len() == len {
                    true if !source[at..].starts_with('\\') => builder.push(piece, at),
                    _ => builder.replace(piece, at, len),
                });
            }
            Value::Plain(start, end) => match &self.source[*start..*end] {
                "null" | "true" | "false" => {}
                number => self.builder.push(number, *start),
            },
            Value::List(_, items) => {
                for item in items {
                    if let Value::Text(_, end) | Value::Plain(_, end) = item {
                        self.scalar(item);
                        self.builder.replace(" ", *end, 0);
                    }
                }
            }
            Value::Object(..) => {}
        }
    }

    fn is_prose(&self, value: &Value) -> bool {
        match value {
            Value::Text(start, end) => {
                self.source[*start..*end].split_whitespace().nth(PROSE - 1).is_some()
            }
            _ => false,
        }
    }
}

/// Whether a value is a list of a few labels or numbers, which fits in a row.
fn is_short(value: &Value) -> bool {
    match value {
        Value::List(_, items) => {
            items.len() <= 64
                && items.iter().all(|item| matches!(item, Value::Text(..) | Value::Plain(..)))
        }
        _ => false,
    }
}

/// The words of a key, with the spaces between them: `boatsPer_day` is "boats Per day".
fn words(key: &str, mut word: impl FnMut(&str)) {
    let mut lower = false;
    let mut start = 0;
    for (at, c) in key.char_indices() {
        let mark = matches!(c, '_' | '-' | '.' | '/');
        if mark || lower && c.is_uppercase() {
            word(&key[start..at]);
            word(" ");
            start = at + if mark { c.len_utf8() } else { 0 };
        }
        lower = c.is_lowercase();
    }
    word(&key[start..]);
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::{Document, read as read_document};

    fn document(text: &str) -> Document {
        read_document(Path::new("a.json"), text.as_bytes().to_vec())
            .unwrap_or_else(|error| panic!("{}", error.message))
    }

    #[test]
    fn keys_head_what_they_hold() {
        let read = document(
            r#"{"harbour": {"crane_lifts": 25, "boatsPerDay": [12, 13]}, "berths": [{"name": "N\u00f8rth", "boats": 1204},
            {"name": "South", "quay": 7, "boats": null, "spec": {"depth": 9}}], "note": "This is long enough to be a sentence of its own, is it not?"}"#,
        );
        assert_eq!(
            read.text.trim_end(),
            "harbour crane lifts\n25\nharbour boats Per Day\n12\n13\nberths\nname\nboats\nquay\nNørth\n1204\nSouth\n7\n\
             berths spec depth\n9\nThis is long enough to be a sentence of its own, is it not?"
        );
        let north = read.blocks.iter().find(|block| read.slice(block.span) == "Nørth").unwrap();
        let place = read.source_span(north.span).range();
        assert_eq!(&read.source[place], br"N\u00f8rth");
        let boats = read.blocks.iter().position(|block| read.slice(block.span) == "1204").unwrap();
        let header = read.column_header(boats).unwrap();
        assert_eq!(read.slice(read.blocks[header].span), "boats");
        assert_eq!(read.row_header(boats), Some(boats - 1));
    }

    #[test]
    fn rows_and_lines() {
        assert_eq!(document("[[\"Berth\", 2019], [\"North\", 12]]").blocks.len(), 4);
        let lines = document("{\"boats\": 12}\n{\"boats\": 13}\n");
        assert_eq!(lines.text, "boats\n12\n13\n");
    }

    #[test]
    fn what_is_broken_is_refused_in_words() {
        let refused = |text: &str| {
            let read = read_document(Path::new("a.json"), text.as_bytes().to_vec());
            read.err().unwrap_or_else(|| panic!("{text}")).message
        };
        assert!(refused("{\"a\": 1\n \"b\": 2}").contains("comma is missing on line 2"));
        assert!(refused(&"[".repeat(100_000)).contains("deep"));
        assert!(refused("[1, \"a\\").contains("without an end"));
        assert!(refused(" ").contains("empty"));
        document("[\"\\u\", \"\\ud83d\", \"\\ud83d\\ude00\"]");
    }
}
