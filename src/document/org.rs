//! Org: headlines, lists, tables and prose; drawers, planning lines, code and settings are left out.

use super::BlockKind;
use super::builder::Builder;
use super::markup::{Line, Marks, Notes, Shown, cell, end_notes, inline, item, lines, near, skip};

const MARKS: Marks =
    Marks { emphasis: &["*", "/", "_", "+"], code: &["=", "~"], own: link, own_starts: b"[<" };

/// Links, notes, counters.
fn link(text: &str) -> Option<(usize, Shown)> {
    let text = near(text);
    if let Some(body) = text.strip_prefix("[[") {
        let end = body.find("]]")?;
        let shown = match body[..end].find("][") {
            Some(middle) => Shown::Part(middle + 4..end + 2),
            None => Shown::Nothing,
        };
        return Some((end + 4, shown));
    }
    let end = text.find([']', '>'])?;
    let body = &text[1..end];
    let note = body.strip_prefix("fn:").map(|note| note.split_once(':'));
    match note {
        // A note within the text.
        Some(Some((name, _))) => Some((end + 1, Shown::Note(name.len() + 5..end))),
        Some(None) => Some((end + 1, Shown::Nothing)),
        None if text.starts_with('<') && body.starts_with(|c: char| c.is_ascii_digit()) => {
            Some((end + 1, Shown::Part(1..end)))
        }
        None => None,
    }
}

/// Reads an Org text.
pub fn read(source: &str, builder: &mut Builder) {
    let lines = lines(source);
    let last = |word: &str| lines.iter().rposition(|line| starts(line, word));
    let (last_block, last_drawer) = (last("#+end_"), last(":end:"));
    let mut notes = Notes::new();
    let mut table = 0;
    let mut quoted = false;
    let mut kind = BlockKind::Paragraph;
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let text = line.trimmed().text;
        let lower = text.get(..16.min(text.len())).unwrap_or_default().to_ascii_lowercase();
        at += 1;
        let stars = line.text.bytes().take_while(|byte| *byte == b'*').count();
        if stars > 0 && line.text[stars..].starts_with(' ') {
            end(builder, &mut kind, quoted, &mut notes);
            let title = headline(line.after(stars));
            inline(title.text, title.at, &MARKS, builder, &mut notes);
            builder.end(BlockKind::Heading(stars.min(9) as u8), false);
        } else if text.is_empty() {
            end(builder, &mut kind, quoted, &mut notes);
        } else if lower.starts_with("#+title:") {
            let title = line.trimmed().after("#+title:".len());
            inline(title.text, title.at, &MARKS, builder, &mut notes);
            builder.end(BlockKind::Heading(1), false);
        } else if lower.starts_with("#+caption:") {
            end(builder, &mut kind, quoted, &mut notes);
            let title = line.trimmed().after("#+caption:".len());
            inline(title.text, title.at, &MARKS, builder, &mut notes);
            builder.end(BlockKind::Caption, false);
        } else if let Some(name) = lower.strip_prefix("#+begin_") {
            end(builder, &mut kind, quoted, &mut notes);
            quoted |= name.starts_with("quote");
            if ["src", "example", "comment", "export"].iter().any(|code| name.starts_with(code)) {
                at = skip(&lines, at, last_block, |line| starts(line, "#+end_"));
            }
        } else if lower.starts_with("#+end_") {
            end(builder, &mut kind, quoted, &mut notes);
            quoted = false;
        } else if text.starts_with("#+") || text == "#" || text.starts_with("# ") {
        } else if is_drawer(text) {
            at = skip(&lines, at, last_drawer, |line| starts(line, ":end:"));
        } else if ["scheduled:", "deadline:", "closed:"].iter().any(|word| lower.starts_with(word))
        {
        } else if text.starts_with('|') {
            end(builder, &mut kind, quoted, &mut notes);
            let rows =
                lines[at - 1..].iter().take_while(|line| line.text.trim_start().starts_with('|'));
            let rows: Vec<Line> = rows.copied().collect();
            at += rows.len() - 1;
            read_table(&rows, table, builder);
            table += 1;
        } else {
            let body = line.trimmed();
            // A star at the margin is a headline.
            let mark = item(text, if line.indent() > 0 { &["-", "+", "*"] } else { &["-", "+"] });
            let note = text.strip_prefix("[fn:").and_then(|rest| rest.find(']')).map(|end| end + 5);
            let body = match (mark, note) {
                (Some(len), _) => {
                    end(builder, &mut kind, quoted, &mut notes);
                    kind = BlockKind::ListItem;
                    body.after(len)
                }
                (_, Some(len)) => {
                    end(builder, &mut kind, quoted, &mut notes);
                    body.after(len)
                }
                _ => body,
            };
            builder.replace(" ", body.at, 0);
            inline(body.text, body.at, &MARKS, builder, &mut notes);
        }
    }
    end(builder, &mut kind, quoted, &mut notes);
}

fn end(builder: &mut Builder, kind: &mut BlockKind, quoted: bool, notes: &mut Notes) {
    builder.end(std::mem::replace(kind, BlockKind::Paragraph), quoted);
    end_notes(notes, &MARKS, builder);
}

/// A headline without its keyword, priority and tags.
fn headline(mut line: Line) -> Line {
    for word in ["TODO ", "DONE ", "NEXT ", "WAITING "] {
        if line.text.starts_with(word) {
            line = line.after(word.len());
        }
    }
    if line.text.starts_with("[#") && line.text.get(3..4) == Some("]") {
        line = line.after(4);
    }
    if let Some((title, tags)) = line.text.rsplit_once(' ')
        && tags.len() > 2
        && tags.starts_with(':')
        && tags.ends_with(':')
    {
        line.text = title.trim_end();
    }
    line
}

fn is_drawer(text: &str) -> bool {
    text.len() > 2
        && text.starts_with(':')
        && text.ends_with(':')
        && text[1..text.len() - 1]
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
}

fn starts(line: &Line, word: &str) -> bool {
    line.text.trim_start().get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

fn read_table(rows: &[Line], table: u32, builder: &mut Builder) {
    let is_rule = |row: &Line| row.text.trim_start().starts_with("|-");
    let headed = rows.get(1).is_some_and(is_rule) && rows.len() > 2;
    let mut notes = Notes::new();
    for (number, row) in (0..).zip(rows.iter().filter(|row| !is_rule(row))) {
        let row = row.trimmed();
        let mut at = row.at + 1;
        let inner = row.text[1..].strip_suffix('|').unwrap_or(&row.text[1..]);
        for (column, text) in inner.split('|').enumerate() {
            inline(text, at, &MARKS, builder, &mut notes);
            builder.end(cell(table, number, column, headed && number == 0), false);
            at += text.len() + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn what_is_read_and_where() {
        let text = "#+TITLE: The harbour\n#+DATE: 12\n* TODO [#A] Boats :a:b:\n:PROPERTIES:\n:ID: 7\n:END:\n\
            SCHEDULED: <2020-01-01>\nOn <2019-03-14 Thu> it *counted* 3,420 boats,\n12% more[fn:1] than =x 9=.\n\n\
            - a /slip/ for 45\n- see [[https://e.example/9][page 8]]\n#+BEGIN_SRC c\nint 5;\n#+END_SRC\n\
            | Berth | 2019 |\n|-------+------|\n| North | 12 |\n\n[fn:1] A note of 7.\n# a comment 6\n";
        let read = read(Path::new("a.org"), text.into()).unwrap();
        assert_eq!(
            read.text,
            "The harbour\nBoats\nOn 2019-03-14 Thu it counted 3,420 boats, 12% more than \u{FFFC}.\na slip for 45\n\
             see page 8\nBerth\n2019\nNorth\n12\nA note of 7.\n"
        );
        let boats = read.text.find("3,420 boats, 12").unwrap();
        let place = read.source_span(crate::source::Span::new(boats, boats + 15)).range();
        assert_eq!(&text[place], "3,420 boats,\n12");
        assert!(read.column_header(8).is_some());
    }
}
