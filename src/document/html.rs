//! HTML: block structure, tables and inline text by a tolerant tag scanner.
//!
//! The text of an element is wanted with the bytes it came from, entities included, which no HTML
//! parser hands out as such: so tags are found here and entities are decoded by the standard's
//! own rules for the names that prose uses.

use super::builder::{self, Builder};
use super::{BlockKind, Cell};

/// Elements whose content is not text, or was taken back.
const HIDDEN: &[&str] = &[
    "script", "style", "template", "noscript", "svg", "iframe", "object", "head", "textarea",
    "select", "math", "audio", "video", "canvas", "datalist", "del", "s", "strike",
];

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
];

/// A cell that reaches over more rows or columns does so by mistake.
const SPAN: u32 = 1000;

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
    /// For each column, how many more rows a cell above reaches down.
    reaching: Vec<u32>,
    /// Digits are set high.
    raised: bool,
    /// Line ends part paragraphs.
    preformatted: bool,
}

impl Reader {
    fn read(mut self, source: &str, base: usize, builder: &mut Builder) {
        let bytes = source.as_bytes();
        let mut pos = 0;
        while pos < bytes.len() {
            let open = memchr::memchr(b'<', &bytes[pos..]).map_or(bytes.len(), |found| pos + found);
            self.text(&source[pos..open], base + pos, builder);
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
            let hidden = HIDDEN.contains(&name.as_str()) || is_hidden(tag);
            if !closing && hidden && !tag.ends_with("/>") && !VOID.contains(&name.as_str()) {
                pos = skip_element(source, pos, &name);
                continue;
            }
            self.tag(&name, closing, tag, base + open, builder);
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

    fn text(&mut self, source: &str, at: usize, builder: &mut Builder) {
        let trimmed = source.trim();
        if self.raised && !trimmed.is_empty() && trimmed.bytes().all(|byte| byte.is_ascii_digit()) {
            let high = builder::raised(builder.block(), trimmed);
            builder.replace(&high, at + source.len() - source.trim_start().len(), trimmed.len());
            return;
        }
        let mut start = 0;
        if self.preformatted {
            let mut before = 0;
            for (end, _) in source.match_indices('\n') {
                if source[before..end].trim().is_empty() && before > 0 {
                    text(&source[start..end], at + start, builder);
                    self.end(builder);
                    start = end;
                }
                before = end + 1;
            }
        }
        text(&source[start..], at + start, builder);
    }

    fn tag(&mut self, name: &str, closing: bool, tag: &str, at: usize, builder: &mut Builder) {
        let len = tag.len();
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
                self.reaching.clear();
            }
            "caption" | "figcaption" => {
                self.end(builder);
                self.caption = !closing;
            }
            "tr" => {
                self.end(builder);
                self.cell = None;
                // The end of a row may be left out.
                if closing || self.column > 0 {
                    self.row += 1;
                    self.reaching.iter_mut().for_each(|rows| *rows = rows.saturating_sub(1));
                }
                self.column = 0;
            }
            "td" | "th" => {
                self.end(builder);
                self.cell = None;
                if !closing {
                    self.open_cell(name == "th", tag);
                }
            }
            "pre" => {
                self.end(builder);
                self.preformatted = !closing;
            }
            "sup" => self.raised = !closing,
            // The mark of a note, however it is set.
            "a" => self.raised = !closing && (self.raised || is_note_mark(tag)),
            "p" | "div" | "section" | "article" | "header" | "footer" | "main" | "aside"
            | "nav" | "ul" | "ol" | "dl" | "figure" | "address" | "body" | "html" | "hr"
            | "form" | "fieldset" | "details" | "summary" => {
                self.end(builder);
            }
            "br" => builder.line_break(at, len),
            "q" => builder.replace(if closing { "”" } else { "“" }, at, len),
            _ => {}
        }
    }
}

impl Reader {
    /// Starts a cell, in the next column that no cell from above reaches into.
    fn open_cell(&mut self, header: bool, tag: &str) {
        let reached =
            |column: u32| self.reaching.get(column as usize).is_some_and(|rows| *rows > 0);
        let mut column = self.column;
        while reached(column) {
            column += 1;
        }
        self.cell = Some(Cell { table: self.tables, row: self.row, column, header });
        let span = |name: &str| {
            let value = attribute(tag, name).and_then(|value| value.trim().parse().ok());
            value.unwrap_or(1).clamp(1, SPAN)
        };
        let (wide, high) = (span("colspan"), span("rowspan"));
        self.column = column.saturating_add(wide);
        if high > 1 && self.column < 10 * SPAN {
            self.reaching.resize(self.reaching.len().max(self.column as usize), 0);
            self.reaching[column as usize..self.column as usize].fill(high);
        }
    }
}

/// Whether a tag hides its element, or says that it is a mark that leads back to the text.
fn is_hidden(tag: &str) -> bool {
    let style = attribute(tag, "style").unwrap_or_default().to_ascii_lowercase();
    let classes = attribute(tag, "class").unwrap_or_default();
    attribute(tag, "hidden").is_some_and(|value| value != "until-found")
        || style.split_whitespace().collect::<String>().contains("display:none")
        || classes.split_whitespace().any(|class| class == "hidden")
        || attribute(tag, "role") == Some("doc-backlink")
}

/// Whether a link leads to a note.
fn is_note_mark(tag: &str) -> bool {
    attribute(tag, "role") == Some("doc-noteref")
        || attribute(tag, "epub:type").is_some_and(|kind| kind.contains("noteref"))
}

/// The value of an attribute of a tag; empty if it stands without one.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let tag = tag.strip_suffix('>').unwrap_or(tag);
    let mut rest = &tag[tag.find(|c: char| c.is_ascii_whitespace())?..];
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || c == '=').unwrap_or(rest.len());
        let found = rest[..end].eq_ignore_ascii_case(name);
        let behind = rest[end..].trim_start();
        let value;
        match behind.strip_prefix('=').map(str::trim_start) {
            Some(quoted) if quoted.starts_with(['"', '\'']) => {
                let close = quoted[1..].find(&quoted[..1]).map_or(quoted.len(), |end| end + 1);
                value = &quoted[1..close];
                rest = quoted.get(close + 1..).unwrap_or_default();
            }
            Some(plain) => {
                let close = plain.find(|c: char| c.is_ascii_whitespace()).unwrap_or(plain.len());
                (value, rest) = plain.split_at(close);
            }
            None => {
                value = "";
                // A name of no length would be found again.
                rest = if end == 0 { &rest[1..] } else { &rest[end..] };
            }
        }
        if found {
            return Some(value);
        }
    }
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
    // What stands in these is no markup.
    let raw = matches!(name, "script" | "style" | "textarea" | "head");
    // These end where another of them starts.
    let follows = matches!(name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "option");
    let is_name = |at: usize| {
        source.get(at..at + name.len()).is_some_and(|n| n.eq_ignore_ascii_case(name))
            && !bytes
                .get(at + name.len())
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
    };
    let mut depth = 1;
    let mut at = pos;
    while let Some(found) = memchr::memchr(b'<', &bytes[at..]) {
        let start = at + found + 1;
        if bytes.get(start) == Some(&b'/') && is_name(start + 1) {
            depth -= 1;
            if depth == 0 {
                let end = start + 1 + name.len();
                return memchr::memchr(b'>', &bytes[end..])
                    .map_or(bytes.len(), |close| end + close + 1);
            }
        } else if !raw && is_name(start) {
            if follows {
                return start - 1;
            }
            depth += 1;
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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::document::read as read_document;

    #[test]
    fn what_is_read() {
        for (html, expected) in [
            (
                "<p>12<b>,</b>500<!-- 9 --> km<sup>2</sup> in <i>Os</i>trand<sup><a href=#n>1</a></sup></p>",
                "12,500 km² in Ostrand",
            ),
            ("<p>The 1<sup>st</sup> of 10<sup>6</sup></p>", "The 1st of 10⁶"),
            ("<div hidden><div>1</div>2</div>3<p style='display : none'>4<p>5", "3 5"),
            ("<a title='hidden gems'>6</a><input hidden>7<span class='a hidden'>8</span>", "67"),
            (
                "<p>It was <del>12</del><ins>14</ins> and <s>1<span>2</span></s>3</p><header>4</header>",
                "It was 14 and 3 4",
            ),
            ("<script>if (a</b) 9</script><head>9</head><svg><text>9</text></svg>10", "10"),
            ("<pre>One\nline.\n\n  Another &amp; 2.</pre>", "One line. Another & 2."),
            ("<blockquote cite='https://e.example/9'>“So</blockquote><q>Yes</q>", "“So “Yes”"),
            ("<p>1 < 2 &notanentity; &#8364;5 &nbsp; 6<", "1 < 2 &notanentity; €5 6<"),
        ] {
            let read = read_document(Path::new("a.html"), html.into()).unwrap();
            assert_eq!(read.text.trim_end().replace('\n', " "), expected, "{html}");
        }
    }

    #[test]
    fn cells_stand_where_they_are_seen() {
        let html = "<table><tr><th rowspan=2>Berth<th colspan=2>Boats<tr><th>2018</th><th>2019</th></tr>\
            <tr><td>North<td>1<td>2</table>";
        let read = read_document(Path::new("a.html"), html.into()).unwrap();
        let cell = |text: &str| {
            let block = read.blocks.iter().find(|block| read.slice(block.span) == text).unwrap();
            let BlockKind::Cell(cell) = block.kind else { panic!("{text}") };
            (cell.row, cell.column)
        };
        assert_eq!([cell("Boats"), cell("2019"), cell("2")], [(0, 1), (1, 2), (2, 2)]);
    }

    #[test]
    fn attributes() {
        let tag = "<td class = \"a b\" colspan=2 Hidden data-x='> hidden' / title=>";
        assert_eq!(attribute(tag, "class"), Some("a b"));
        assert_eq!(attribute(tag, "colspan"), Some("2"));
        assert_eq!(attribute(tag, "hidden"), Some(""));
        assert_eq!(attribute(tag, "b"), None);
        assert_eq!(attribute("<a = = 'x>", "href"), None);
    }
}
