//! AsciiDoc: sections, paragraphs, lists, tables, quotations; attributes, comments and listings are left out.

use super::BlockKind;
use super::builder::Builder;
use super::markup::{
    Line, Marks, Notes, OBJECT, Shown, cell, end_notes, inline, item, lines, near, skip,
};

const MARKS: Marks = Marks {
    emphasis: &["**", "__", "##", "*", "_", "#"],
    code: &["``", "`"],
    own: macros,
    own_starts: b"[<{^~\"'`+-(hlimfxab",
};

/// Macros, links, references, attributes, curved quotes.
fn macros(text: &str) -> Option<(usize, Shown)> {
    let text = near(text);
    let within = |open: usize, close: &str| text[open..].find(close).map(|end| open + end);
    let marks: [(&str, &str); 4] = [("\"`", "“"), ("`\"", "”"), ("'`", "‘"), ("`'", "’")];
    if let Some((mark, sign)) = marks.iter().find(|(mark, _)| text.starts_with(mark)) {
        return Some((mark.len(), Shown::Words(sign)));
    }
    match text.as_bytes()[0] {
        b'<' if text.starts_with("<<") => {
            let end = within(2, ">>")?;
            let shown = match text[2..end].find(',') {
                Some(comma) => Shown::Part(comma + 3..end),
                None => Shown::Words(OBJECT),
            };
            Some((end + 2, shown))
        }
        b'[' if text.starts_with("[[") => Some((within(2, "]]")? + 2, Shown::Nothing)),
        // A role or an anchor of what follows.
        b'[' if text.starts_with("[.") || text.starts_with("[#") => {
            let end = within(1, "]")?;
            let marked = text[end + 1..].starts_with(['#', '*', '_', '`']);
            marked.then_some((end + 1, Shown::Nothing))
        }
        b'{' => {
            let end = within(1, "}")?;
            let words = match &text[1..end] {
                "nbsp" => "\u{A0}",
                "ndash" => "–",
                "mdash" => "—",
                "deg" => "°",
                "plus" => "+",
                "amp" => "&",
                name if name.bytes().all(|b| b.is_ascii_alphanumeric() || b"_-".contains(&b)) => {
                    OBJECT
                }
                _ => return None,
            };
            Some((end + 1, Shown::Words(words)))
        }
        b'^' | b'~' => {
            let end = within(1, &text[..1])?;
            let plain = end > 1 && end <= 12 && !text[1..end].contains(' ');
            // Digits set high or low are no part of the number before them.
            let shown = match &text[..end] {
                "^2" => Shown::Words("²"),
                "^3" => Shown::Words("³"),
                _ => Shown::Part(1..end),
            };
            plain.then_some((end + 1, shown))
        }
        b'-' if text.starts_with("-- ") => Some((2, Shown::Words("—"))),
        b'(' if text.starts_with("(C)") || text.starts_with("(R)") => Some((3, Shown::Nothing)),
        b'+' => {
            let mark = if text.starts_with("+++") { "+++" } else { "+" };
            let end = within(mark.len(), mark)?;
            let tight = end > mark.len() && !text[mark.len()..end].contains(' ');
            tight.then_some((end + mark.len(), Shown::Part(mark.len()..end)))
        }
        byte if byte.is_ascii_lowercase() => named(text),
        _ => None,
    }
}

/// `name:target[text]` and links.
fn named(text: &str) -> Option<(usize, Shown)> {
    const NAMES: &[(&str, bool)] = &[
        ("https://", true),
        ("http://", true),
        ("link:", true),
        ("mailto:", true),
        ("xref:", true),
        ("footnote:", true),
        ("image:", false),
        ("icon:", false),
        ("indexterm:", false),
        ("anchor:", false),
        ("btn:", true),
        ("menu:", true),
        ("latexmath:", false),
        ("asciimath:", false),
    ];
    let (name, read) = NAMES.iter().find(|(name, _)| text.starts_with(name))?;
    let stop = text.find(|c: char| c == '[' || c.is_whitespace())?;
    if text.as_bytes()[stop] != b'[' {
        return name.ends_with("//").then_some((stop, Shown::Words(OBJECT)));
    }
    let end = stop + text[stop..].find(']')?;
    let shown = match *name {
        "footnote:" => Shown::Note(stop + 1..end),
        _ if *read => Shown::Part(stop + 1..end),
        _ => Shown::Nothing,
    };
    Some((end + 1, shown))
}

/// Reads an AsciiDoc text.
pub fn read(source: &str, builder: &mut Builder) {
    let lines = lines(source);
    let kind = BlockKind::Paragraph;
    let notes = Notes::new();
    let mut reader = Reader { builder, kind, quoted: false, next_quoted: false, notes };
    let last = |mark: &str| lines.iter().rposition(|line| line.text.trim_end() == mark);
    let fences = ["----", "....", "++++", "////", "|===", "```"].map(|mark| (mark, last(mark)));
    let mut table = 0;
    let mut header = false;
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        let text = line.text.trim_end();
        at += 1;
        let fence = fences.iter().find(|(mark, _)| {
            text == *mark || *mark == "```" && text.starts_with("```") || is_fence(text, mark)
        });
        if let Some((mark, last)) = fence {
            reader.end();
            let open = at;
            at = skip(&lines, at, *last, |line| {
                line.text.trim_end() == text || line.text.trim_end() == *mark
            });
            if *mark == "|===" {
                let rows = &lines[open..at.saturating_sub(1).max(open)];
                read_table(rows, table, header, reader.builder);
                table += 1;
            }
            header = false;
        } else if text.is_empty() || text == "+" {
            reader.end();
        } else if text.starts_with("//") {
        } else if is_fence(text, "____") {
            reader.end();
            reader.quoted = !reader.quoted;
        } else if is_fence(text, "====") || is_fence(text, "****") || text == "--" {
            reader.end();
        } else if let Some(level) = section(text) {
            reader.end();
            reader.add(line.after(level));
            reader.kind = BlockKind::Heading(level.min(9) as u8);
            reader.end();
        } else if text.starts_with('[') && text.ends_with(']') && !text.starts_with("[[") {
            reader.end();
            reader.next_quoted = text.starts_with("[quote") || text.starts_with("[verse");
            header |= text.contains("header");
        } else if text.starts_with("[[") || is_attribute(text) {
        } else if let Some(title) = text.strip_prefix('.')
            && !title.starts_with(['.', ' '])
        {
            reader.end();
            reader.add(line.after(1));
            reader.kind = BlockKind::Caption;
            reader.end();
        } else if text.starts_with("image::")
            || text.starts_with("include::")
            || text.starts_with("toc::")
        {
            reader.end();
        } else if let Some(len) = mark(text.trim_start()) {
            reader.end();
            reader.kind = BlockKind::ListItem;
            reader.add(line.trimmed().after(len));
        } else if let Some((term, rest)) =
            text.split_once(":: ").or_else(|| text.strip_suffix("::").map(|t| (t, "")))
        {
            reader.end();
            reader.add(Line { text: term, at: line.at });
            reader.kind = BlockKind::ListItem;
            reader.end();
            if !rest.is_empty() {
                reader.kind = BlockKind::ListItem;
                reader.add(Line { text: rest, at: line.at + text.len() - rest.len() });
            }
        } else {
            let body = ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];
            let label =
                body.iter().find(|label| text.starts_with(**label)).map_or(0, |label| label.len());
            let text = text.strip_suffix(" +").unwrap_or(text);
            reader.add(Line { text, at: line.at }.after(label));
        }
    }
    reader.end();
}

struct Reader<'r, 's> {
    builder: &'r mut Builder,
    kind: BlockKind,
    quoted: bool,
    next_quoted: bool,
    notes: Notes<'s>,
}

impl<'s> Reader<'_, 's> {
    fn add(&mut self, line: Line<'s>) {
        self.builder.replace(" ", line.at, 0);
        inline(line.text, line.at, &MARKS, self.builder, &mut self.notes);
    }

    fn end(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if self.builder.end(kind, self.quoted || self.next_quoted).is_some() {
            self.next_quoted = false;
        }
        end_notes(&mut self.notes, &MARKS, self.builder);
    }
}

fn is_fence(text: &str, mark: &str) -> bool {
    text.starts_with(mark)
        && mark.len() == 4
        && text.bytes().all(|byte| byte == mark.as_bytes()[0])
        && !mark.starts_with('|')
}

/// The level of a section title: how many equals signs it starts with.
fn section(text: &str) -> Option<usize> {
    let level = text.bytes().take_while(|byte| *byte == b'=').count();
    ((1..=6).contains(&level) && text[level..].starts_with(' ')).then_some(level)
}

/// `:name: value`
fn is_attribute(text: &str) -> bool {
    let name = text.strip_prefix(':').and_then(|rest| rest.split(':').next());
    name.is_some_and(|name| {
        !name.is_empty()
            && text.len() > name.len() + 1
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!_-".contains(&b))
    })
}

/// The mark of a list item: `*`, `**`, `-`, `.`, `..`, `1.`
fn mark(text: &str) -> Option<usize> {
    let first = text.bytes().next()?;
    if first == b'*' || first == b'.' {
        let count = text.bytes().take_while(|byte| *byte == first).count();
        return (count <= 5 && text[count..].starts_with(' ')).then_some(count + 1);
    }
    item(text, &["-", "•"])
}

/// Cells start with `|`, and may stand on a line each; the first line tells how many make a row.
fn read_table(lines: &[Line], table: u32, header: bool, builder: &mut Builder) {
    let cells_of = |line: &Line| line.text.split('|').count() - 1;
    let first = lines.iter().position(|line| !line.is_blank());
    let Some(first) = first else { return };
    let single = lines.iter().all(|line| cells_of(line) <= 1);
    let width = if single {
        let rows = lines[first..].iter().take_while(|line| !line.is_blank());
        rows.map(cells_of).sum::<usize>()
    } else {
        cells_of(&lines[first])
    };
    let headed = header || lines.get(first + 1).is_some_and(Line::is_blank) && !single;
    let mut count = 0;
    let mut open = false;
    let end = |count: usize, builder: &mut Builder| {
        let (row, column) = (count / width.max(1), count % width.max(1));
        builder.end(cell(table, row as u32, column, headed && row == 0), false);
    };
    for line in lines {
        let mut at = line.at;
        for (number, part) in line.text.split('|').enumerate() {
            if number > 0 {
                if open {
                    end(count, builder);
                    count += 1;
                }
                open = true;
            }
            // What stands before a bar tells how its cell is set.
            let style = number == 0
                && line.text.contains('|')
                && part.trim().len() <= 4
                && !part.contains(' ');
            if open && !style {
                builder.replace(" ", at, 0);
                inline(part, at, &MARKS, builder, &mut Vec::new());
            }
            at += part.len() + 1;
        }
    }
    if open {
        end(count, builder);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn what_is_read_and_where() {
        let text = "= The harbour\nAnna Rundle\n:rev: 9\n\n// 8 in a comment\nIt *counted* 3,420 boats,\n12% more^1^ than {x}footnote:[A note of 7.].\n\n\
            .Boats by berth\n[options=\"header\"]\n|===\n|Berth |2019\n\n|North |12\n|South\n|13\n|===\n\n* a slip for 45\n** see https://e.example/9[page 8]\n\n\
            ----\nint 5;\n----\n\n[quote, Anna]\n____\n\"`Never 6`\"\n____\n";
        let read = read(Path::new("a.adoc"), text.into()).unwrap();
        assert_eq!(
            read.text,
            "The harbour\nAnna Rundle\nIt counted 3,420 boats, 12% more1 than \u{FFFC}.\nA note of 7.\nBoats by berth\nBerth\n2019\n\
             North\n12\nSouth\n13\na slip for 45\nsee page 8\n“Never 6”\n"
        );
        let boats = read.text.find("3,420 boats, 12").unwrap();
        let place = read.source_span(crate::source::Span::new(boats, boats + 15)).range();
        assert_eq!(&text[place], "3,420 boats,\n12");
        assert!(read.column_header(7).is_some());
        assert!(read.blocks.last().unwrap().quoted);
    }
}
