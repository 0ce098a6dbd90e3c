//! HTML: block structure, tables and inline text by a tolerant tag scanner.
//!
//! The text of an element is wanted with the bytes it came from, entities included, which no HTML
//! parser hands out as such: so tags are found here and entities are decoded by the standard's
//! own rules for the names that prose uses.

use super::builder::Builder;
use super::{BlockKind, Cell};

/// Elements whose content is not text.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "iframe", "object", "head", "textarea",
    "select",
];

/// Reads an HTML page.
pub fn read(source: &str, builder: &mut Builder) {
    Reader::default().read(source, 0, builder);
}

/// Reads HTML that stands inside another format.
pub fn read_part(html: &str, at: usize, builder: &mut Builder) {
    Reader::default().read(html, at, builder);
}

#[derive(Default)]
struct Reader {
    quoted: u32,
    items: u32,
    heading: Option<u8>,
    caption: bool,
    cell: Option<Cell>,
    tables: u32,
    row: u32,
    column: u32,
}

impl Reader {
    fn read(mut self, source: &str, base: usize, builder: &mut Builder) {
        let bytes = source.as_bytes();
        let mut pos = 0;
        while pos < bytes.len() {
            let open = memchr::memchr(b'<', &bytes[pos..]).map_or(bytes.len(), |found| pos + found);
            text(&source[pos..open], base + pos, builder);
            if open == bytes.len() {
                break;
            }
            let rest = &source[open..];
            if let Some(body) = rest.strip_prefix("<!--") {
                pos = body.find("-->").map_or(bytes.len(), |end| open + 4 + end + 3);
                continue;
            }
            let named = rest[1..].strip_prefix('/').unwrap_or(&rest[1..]);
            if !named.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
                text("<", base + open, builder);
                pos = open + 1;
                continue;
            }
            let Some(close) = tag_end(&bytes[open..]) else { break };
            let tag = &rest[..close];
            pos = open + close;
            let closing = tag.starts_with("</");
            let name_end = named.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(named.len());
            let name = named[..name_end].to_ascii_lowercase();
            if !closing && (HIDDEN.contains(&name.as_str()) || hidden(tag)) && !tag.ends_with("/>")
            {
                pos = skip_element(source, pos, &name);
                continue;
            }
            self.tag(&name, closing, base + open, tag.len(), builder);
        }
        self.end(builder);
    }

    fn end(&mut self, builder: &mut Builder) {
        let kind = match (self.heading, self.cell, self.caption) {
            (Some(level), ..) => BlockKind::Heading(level),
            (_, Some(cell), _) => BlockKind::Cell(cell),
            (_, _, true) => BlockKind::Caption,
            _ if self.items > 0 => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        builder.end(kind, self.quoted > 0);
    }

    fn tag(&mut self, name: &str, closing: bool, at: usize, len: usize, builder: &mut Builder) {
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end(builder);
                self.heading = (!closing).then(|| name.as_bytes()[1] - b'0');
            }
            "li" | "dd" | "dt" => {
                self.end(builder);
                self.items = if closing { self.items.saturating_sub(1) } else { self.items + 1 };
            }
            "blockquote" => {
                self.end(builder);
                self.quoted = if closing { self.quoted.saturating_sub(1) } else { self.quoted + 1 };
            }
            "table" => {
                self.end(builder);
                if closing {
                    self.tables += 1;
                }
                (self.row, self.column, self.cell) = (0, 0, None);
            }
            "caption" | "figcaption" => {
                self.end(builder);
                self.caption = !closing;
            }
            "tr" => {
                self.end(builder);
                self.cell = None;
                if closing {
                    self.row += 1;
                }
                self.column = 0;
            }
            "td" | "th" => {
                self.end(builder);
                self.cell = None;
                if !closing {
                    let header = name == "th";
                    self.cell = Some(Cell {
                        table: self.tables,
                        row: self.row,
                        column: self.column,
                        header,
                    });
                    self.column += 1;
                }
            }
            "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside"
            | "nav" | "ul" | "ol" | "dl" | "pre" | "figure" | "address" | "body" | "html"
            | "hr" | "form" | "fieldset" | "details" | "summary" => {
                self.end(builder);
            }
            "br" => builder.replace(" ", at, len),
            "q" => builder.replace(if closing { "”" } else { "“" }, at, len),
            _ => {}
        }
    }
}

/// Whether a tag hides its element.
fn hidden(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    lower.contains(" hidden") || lower.contains("display:none") || lower.contains("display: none")
}

/// One past the `>` that ends a tag; quoted attribute values may hold one.
fn tag_end(bytes: &[u8]) -> Option<usize> {
    let mut quote = None;
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) if open == byte => quote = None,
            (Some(_), _) => {}
            (None, b'"' | b'\'') if at > 0 && matches!(bytes[at - 1], b'=' | b' ') => {
                quote = Some(byte)
            }
            (None, b'>') => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// Where the element `name` that opened before `pos` ends.
fn skip_element(source: &str, pos: usize, name: &str) -> usize {
    let bytes = source.as_bytes();
    let mut at = pos;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"</") {
        let start = at + found + 2;
        let end = start + name.len();
        if source.get(start..end).is_some_and(|n| n.eq_ignore_ascii_case(name)) {
            return memchr::memchr(b'>', &bytes[end..])
                .map_or(bytes.len(), |close| end + close + 1);
        }
        at = start;
    }
    bytes.len()
}

/// Adds text with its entities decoded.
fn text(source: &str, at: usize, builder: &mut Builder) {
    let bytes = source.as_bytes();
    let mut start = 0;
    let mut pos = 0;
    while let Some(found) = memchr::memchr(b'&', &bytes[pos..]) {
        let here = pos + found;
        match entity(&source[here..]) {
            Some((decoded, len)) => {
                builder.push(&source[start..here], at + start);
                let mut buffer = [0; 4];
                builder.replace(decoded.encode_utf8(&mut buffer), at + here, len);
                start = here + len;
                pos = start;
            }
            None => pos = here + 1,
        }
    }
    builder.push(&source[start..], at + start);
}

/// The character that an entity at the start of `text` stands for, and its length.
fn entity(text: &str) -> Option<(char, usize)> {
    let head = text.get(1..text.len().min(34)).or_else(|| text.get(1..))?;
    let end = head.find(';')?;
    let name = &head[..end];
    let decoded = if let Some(number) = name.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        crate::lexicon::entities::entity(name)?
    };
    Some((decoded, end + 2))
}
