//! reStructuredText: titles, paragraphs, lists, tables, quotations; directives that hold no prose, comments and
//! literal blocks are left out.

use super::BlockKind;
use super::builder::Builder;
use super::markup::{Line, Marks, OBJECT, Shown, cell, inline, item, lines, near};

const MARKS: Marks =
    Marks { emphasis: &["**", "*"], code: &["``"], own: role, own_starts: b":`[|_" };

/// Roles, links, references to notes, substitutions.
fn role(text: &str) -> Option<(usize, Shown)> {
    let text = near(text);
    let quoted = |open: usize| -> Option<(usize, Shown)> {
        let end = open + 1 + text[open + 1..].find('`')?;
        let body = &text[open + 1..end];
        let tail = text[end + 1..].bytes().take_while(|byte| *byte == b'_').count().min(2);
        let stop = body.rfind(" <").filter(|_| body.ends_with('>')).map_or(end, |at| open + 1 + at);
        (end > open + 1).then_some((end + 1 + tail, Shown::Part(open + 1..stop)))
    };
    match text.as_bytes()[0] {
        b'`' if !text.starts_with("``") => quoted(0),
        b':' => {
            let name = text[1..].find(':')?;
            let named =
                text[1..=name].bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.:".contains(&b));
            (name > 0 && named && text[name + 2..].starts_with('`')).then(|| quoted(name + 2))?
        }
        b'[' => {
            let end = text.find("]_")?;
            let plain = !text[..end].contains(' ');
            plain.then_some((end + 2, Shown::Nothing))
        }
        b'|' => {
            let end = 1 + text[1..].find('|')?;
            let name = &text[1..end];
            let plain = !name.is_empty() && !name.starts_with(' ') && !name.ends_with(' ');
            plain.then_some((end + 1, Shown::Words(OBJECT)))
        }
        _ => None,
    }
}

/// Longer tables end there.
const ROWS: usize = 5000;

/// Directives whose body is prose.
const PROSE: &[&str] = &[
    "note",
    "warning",
    "tip",
    "important",
    "attention",
    "caution",
    "danger",
    "error",
    "hint",
    "admonition",
    "figure",
    "topic",
    "sidebar",
    "epigraph",
    "highlights",
    "pull-quote",
    "table",
    "container",
    "rst-class",
    "versionadded",
    "versionchanged",
    "seealso",
];

/// Reads a reStructuredText.
pub fn read(source: &str, builder: &mut Builder) {
    let lines = lines(source);
    let mut reader = Reader { builder, titles: Vec::new(), table: 0, base: 0 };
    let mut at = 0;
    while at < lines.len() {
        at = reader.block(&lines, at);
    }
}

struct Reader<'r> {
    builder: &'r mut Builder,
    /// How titles were underlined so far: the first way is the highest.
    titles: Vec<(u8, bool)>,
    table: u32,
    /// Text that is indented further is quoted.
    base: usize,
}

impl Reader<'_> {
    /// Reads the block that starts at a line; the line behind it.
    fn block(&mut self, lines: &[Line], at: usize) -> usize {
        let line = lines[at];
        let text = line.text.trim();
        if text.is_empty() {
            return at + 1;
        }
        let indent = line.indent();
        if indent == 0 {
            self.base = 0;
        }
        if let Some(next) = self.title(lines, at) {
            return next;
        }
        if is_simple_rule(text) {
            return self.simple_table(lines, at);
        }
        if text.starts_with("+-") && text.ends_with('+') {
            return self.grid_table(lines, at);
        }
        if let Some(body) =
            text.strip_prefix("..").filter(|rest| rest.is_empty() || rest.starts_with(' '))
        {
            return self.explicit(lines, at, body.trim_start());
        }
        if text.starts_with(':') && text[1..].contains(": ") && indent > 0 {
            // An option of a directive.
            return at + 1;
        }
        self.paragraph(lines, at)
    }

    fn title(&mut self, lines: &[Line], at: usize) -> Option<usize> {
        let over = rule(lines[at].text);
        let (title, under, next) = match over {
            Some(_) => (lines.get(at + 1)?, rule(lines.get(at + 2)?.text), at + 3),
            None => (&lines[at], rule(lines.get(at + 1)?.text), at + 2),
        };
        let (mark, length) = under?;
        let enough = length >= title.text.trim().chars().count().min(60) || length >= 4;
        if title.is_blank()
            || !enough
            || over.is_some_and(|(other, _)| other != mark)
            || (over.is_none() && title.indent() > 0)
        {
            return None;
        }
        let style = (mark, over.is_some());
        let level = self.titles.iter().position(|known| *known == style).unwrap_or_else(|| {
            self.titles.push(style);
            self.titles.len() - 1
        });
        self.add(title.trimmed());
        self.builder.end(BlockKind::Heading(level.min(8) as u8 + 1), false);
        Some(next)
    }

    /// What starts with two dots: a directive, a note, a target, a comment.
    fn explicit(&mut self, lines: &[Line], at: usize, body: &str) -> usize {
        let indent = lines[at].indent();
        let behind = || {
            let inside = |line: &&Line| line.is_blank() || line.indent() > indent;
            at + 1 + lines[at + 1..].iter().take_while(inside).count()
        };
        let start = lines[at].at + lines[at].text.len() - body.len();
        if let Some(note) = body.strip_prefix('[').and_then(|rest| rest.find("] ")) {
            let rest = Line { text: &body[note + 3..], at: start + note + 3 };
            self.add(rest);
            return self.rest_of_paragraph(lines, at + 1, BlockKind::Paragraph, false);
        }
        if body.starts_with('[') && body.ends_with(']') {
            // Its words stand on the lines below.
            let below = lines[at + 1..].iter().find(|line| !line.is_blank());
            self.base = below.map_or(self.base, Line::indent);
            return at + 1;
        }
        let directive = body.split_once("::").filter(|(name, _)| !name.contains(' '));
        let Some((name, argument)) = directive else { return behind() };
        if name == "list-table" {
            return self.list_table(lines, at, argument, behind());
        }
        if name == "csv-table" || name == "table" {
            self.caption(argument, start + name.len() + 2);
        }
        if !PROSE.contains(&name) {
            return behind();
        }
        if matches!(name, "note" | "warning" | "tip" | "important" | "hint" | "caution" | "seealso")
            && !argument.trim().is_empty()
        {
            self.add(Line { text: argument, at: start + name.len() + 2 });
            self.builder.end(BlockKind::Paragraph, false);
        }
        // Its body is read as what it is.
        let body = lines[at + 1..].iter().find(|line| !line.is_blank());
        self.base = body.map_or(self.base, Line::indent);
        at + 1
    }

    fn caption(&mut self, text: &str, at: usize) {
        self.add(Line { text, at });
        self.builder.end(BlockKind::Caption, false);
    }

    fn paragraph(&mut self, lines: &[Line], at: usize) -> usize {
        let line = lines[at];
        let quoted = line.indent() > self.base;
        let body = line.trimmed();
        match item(body.text, &["-", "*", "+", "•"]) {
            Some(len) => {
                self.add(body.after(len));
                self.base = line.indent() + len;
                self.rest_of_paragraph(lines, at + 1, BlockKind::ListItem, false)
            }
            // A field of a list of them: ":Author: Anna".
            None if body.text.starts_with(':') && body.text[1..].contains(": ") => at + 1,
            None => self.rest_of_paragraph(lines, at, BlockKind::Paragraph, quoted),
        }
    }

    /// Adds the lines of a paragraph and ends it; what follows `::` is literal and left out.
    fn rest_of_paragraph(
        &mut self,
        lines: &[Line],
        mut at: usize,
        kind: BlockKind,
        quoted: bool,
    ) -> usize {
        let indent = lines
            .get(at.saturating_sub(usize::from(kind == BlockKind::ListItem)))
            .map_or(0, Line::indent);
        let mut literal = false;
        let first = at;
        while let Some(line) = lines.get(at) {
            let text = line.trimmed();
            let new_item = item(text.text, &["-", "*", "+", "•"]).is_some()
                && (at > first || kind == BlockKind::ListItem)
                && line.indent() <= indent;
            if line.is_blank() || new_item || text.text.starts_with(".. ") && at > first {
                break;
            }
            let ends = text.text.ends_with("::") && lines.get(at + 1).is_none_or(Line::is_blank);
            literal = ends;
            let shown = if ends { &text.text[..text.text.len() - 1] } else { text.text };
            self.add(Line { text: if ends && shown == ":" { "" } else { shown }, at: text.at });
            at += 1;
        }
        self.builder.end(kind, quoted);
        if literal {
            let inside = |line: &&Line| line.is_blank() || line.indent() > indent;
            at += lines[at..].iter().take_while(inside).count();
        }
        at
    }

    fn add(&mut self, line: Line) {
        self.builder.replace(" ", line.at, 0);
        inline(line.text, line.at, &MARKS, self.builder, &mut Vec::new());
    }

    /// Columns are told by a rule of equals signs.
    fn simple_table(&mut self, lines: &[Line], at: usize) -> usize {
        let ruler = lines[at].text;
        let mut columns: Vec<usize> = Vec::new();
        let bytes = ruler.as_bytes();
        for place in 0..bytes.len() {
            if bytes[place] == b'=' && (place == 0 || bytes[place - 1] == b' ') {
                columns.push(place);
            }
        }
        let is_rule = |line: &Line| is_simple_rule(line.text.trim());
        // It ends with the rule that a blank line follows.
        let mut rules: Vec<usize> = Vec::new();
        for n in (at + 1..lines.len()).take(ROWS).filter(|&n| is_rule(&lines[n])) {
            rules.push(n);
            if lines.get(n + 1).is_none_or(Line::is_blank) {
                break;
            }
        }
        let Some(&last) = rules.last() else { return at + 1 };
        let headed = rules.len() > 1;
        let mut row = 0;
        for line in &lines[at + 1..last] {
            if line.is_blank()
                || is_rule(line)
                || line.text.trim().bytes().all(|byte| b"- ".contains(&byte))
            {
                continue;
            }
            for (number, &start) in columns.iter().enumerate() {
                let end = columns.get(number + 1).copied().unwrap_or(usize::MAX);
                let place = |column: usize| {
                    line.text.char_indices().nth(column).map_or(line.text.len(), |(at, _)| at)
                };
                let (from, to) = (place(start), place(end));
                inline(&line.text[from..to], line.at + from, &MARKS, self.builder, &mut Vec::new());
                self.builder.end(cell(self.table, row, number, headed && row == 0), false);
            }
            row += 1;
        }
        self.table += 1;
        last + 1
    }

    /// A table drawn with `+`, `-` and `|`.
    fn grid_table(&mut self, lines: &[Line], at: usize) -> usize {
        let inside = |line: &&Line| line.text.trim_start().starts_with(['+', '|']);
        let end = at + lines[at..].iter().take_while(inside).count();
        let headed = lines[at..end].iter().any(|line| line.text.contains("+="));
        let mut row = 0;
        let mut start = at + 1;
        for n in at + 1..end {
            let text = lines[n].text.trim();
            if !(text.starts_with("+-") || text.starts_with("+=")) {
                continue;
            }
            let rows = &lines[start..n];
            let width = rows.first().map_or(0, |line| line.text.split('|').count());
            for column in 1..width.saturating_sub(1) {
                for line in rows {
                    let mut parts = line.text.split('|');
                    let before: usize =
                        parts.by_ref().take(column).map(|part| part.len() + 1).sum();
                    if let Some(part) = parts.next() {
                        self.add(Line { text: part, at: line.at + before });
                    }
                }
                self.builder.end(cell(self.table, row, column - 1, headed && row == 0), false);
            }
            row += u32::from(!rows.is_empty());
            start = n + 1;
        }
        self.table += 1;
        end.max(at + 1)
    }

    /// A table written as a list of lists.
    fn list_table(&mut self, lines: &[Line], at: usize, title: &str, end: usize) -> usize {
        let line = lines[at];
        self.caption(title, line.at + line.text.len() - title.len());
        let headed = lines[at + 1..end].iter().any(|line| line.text.contains(":header-rows: 1"));
        let (mut row, mut column, mut open) = (0, 0, false);
        for line in &lines[at + 1..end] {
            let body = line.trimmed();
            let (new_row, rest) = match body.text.strip_prefix("* -") {
                Some(_) => (true, body.after(3)),
                None if body.text.starts_with("- ") => (false, body.after(2)),
                None if open && !body.text.is_empty() => {
                    self.add(body);
                    continue;
                }
                None => continue,
            };
            if open {
                self.builder.end(cell(self.table, row, column, headed && row == 0), false);
                (row, column) = if new_row { (row + 1, 0) } else { (row, column + 1) };
            }
            open = true;
            self.add(rest);
        }
        self.builder.end(cell(self.table, row, column, headed && row == 0), false);
        self.table += 1;
        end
    }
}

/// A line of one sign, at least two long: the sign and the length.
fn rule(text: &str) -> Option<(u8, usize)> {
    let text = text.trim_end();
    let first = *text.as_bytes().first()?;
    let same = first.is_ascii_punctuation() && text.bytes().all(|byte| byte == first);
    (same && text.len() >= 2 && text != ".." && text != "::").then_some((first, text.len()))
}

/// `=====  ====`: at least two columns.
fn is_simple_rule(text: &str) -> bool {
    text.starts_with("==") && text.contains(" =") && text.bytes().all(|byte| b"= ".contains(&byte))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn what_is_read_and_where() {
        let text = "===========\nThe harbour\n===========\n\nIt **counted** 3,420 boats,\n12% more [1]_ than ``x 9``::\n\n    int 5;\n\n\
            Built\n-----\n\n- a slip for 45\n- see `page 8 <https://e.example/9>`_\n\n.. code:: c\n\n   int 5;\n\n.. a comment of 6\n\n\
            =====  ====\nBerth  2019\n=====  ====\nNorth  12\n=====  ====\n\n+-------+----+\n| Südende | 13 |\n+=======+====+\n| b | 14 |\n+-------+----+\n\n\
            .. note:: Mind the step.\n\n.. [1] A note of 7.\n\n    “Never,” she said.\n";
        let read = read(Path::new("a.rst"), text.into()).unwrap();
        assert_eq!(
            read.text,
            "The harbour\nIt counted 3,420 boats, 12% more than \u{FFFC}:\nBuilt\na slip for 45\nsee page 8\nBerth\n2019\nNorth\n12\n\
             Südende\n13\nb\n14\nMind the step.\nA note of 7.\n“Never,” she said.\n"
        );
        let boats = read.text.find("3,420 boats, 12").unwrap();
        let place = read.source_span(crate::source::Span::new(boats, boats + 15)).range();
        assert_eq!(&text[place], "3,420 boats,\n12");
        assert!(read.column_header(8).is_some());
        assert!(read.blocks.last().unwrap().quoted);
    }
}
