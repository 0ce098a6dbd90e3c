//! Plain text: paragraphs by blank lines, wrapped lines joined, headings, list items and aligned
//! tables by their looks.

use super::builder::Builder;
use super::{BlockKind, Cell};

/// Lines longer than this are prose even where they stand alone.
const HEADING: usize = 90;

struct Line<'a> {
    /// Without leading and trailing white space.
    text: &'a str,
    at: usize,
    indent: usize,
}

/// Reads a plain text.
pub fn read(source: &str, builder: &mut Builder) {
    read_part(source, 0, builder);
}

/// Reads a plain text that stands inside another format, from `at` on.
pub fn read_part(source: &str, mut at: usize, builder: &mut Builder) {
    let mut paragraph: Vec<Line> = Vec::new();
    let mut table = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim();
        if text.is_empty() {
            flush(&mut paragraph, builder, &mut table);
        } else {
            let indent = line.len() - line.trim_start().len();
            paragraph.push(Line { text, at: at + indent, indent });
        }
        at += line.len();
    }
    flush(&mut paragraph, builder, &mut table);
}

fn flush(lines: &mut Vec<Line>, builder: &mut Builder, table: &mut u32) {
    let lines = std::mem::take(lines);
    if lines.is_empty() {
        return;
    }
    let longest = lines.iter().map(|line| line.text.len()).max().unwrap_or(0);
    let mut row = 0;
    let mut in_table = false;
    for (number, line) in lines.iter().enumerate() {
        let cells: Vec<(usize, &str)> = cells(line.text);
        if cells.len() > 1 && is_table_row(&cells) {
            builder.end(BlockKind::Paragraph, false);
            if !in_table {
                row = 0;
                in_table = true;
            }
            for (column, (offset, text)) in cells.iter().enumerate() {
                push(builder, text, line.at + offset);
                let cell = Cell { table: *table, row, column: column as u32, header: false };
                builder.end(BlockKind::Cell(cell), false);
            }
            row += 1;
            continue;
        }
        if in_table {
            *table += 1;
            in_table = false;
        }
        let marker = marker(line.text);
        let before = number.checked_sub(1).map(|n| &lines[n]);
        let breaks =
            marker.is_some() || before.is_some_and(|before| separate(before, line, longest));
        if breaks {
            end_paragraph(builder, before, number == 1 || lines.len() == 1);
        }
        match marker {
            Some(len) => {
                push(builder, &line.text[len..], line.at + len);
                let item_ends =
                    lines.get(number + 1).is_none_or(|next| self::marker(next.text).is_some());
                if item_ends {
                    builder.end(BlockKind::ListItem, false);
                }
            }
            None => {
                builder.push(" ", line.at);
                push(builder, line.text, line.at);
            }
        }
    }
    if in_table {
        *table += 1;
    }
    let alone = lines.len() == 1;
    end_paragraph(builder, lines.last(), alone);
}

/// Ends what stands before; a short line on its own without an end mark is a heading.
fn end_paragraph(builder: &mut Builder, line: Option<&Line>, alone: bool) {
    let heading = alone
        && line.is_some_and(|line| {
            line.text.len() <= HEADING
                && !line.text.ends_with(['.', '!', '?', ',', ';', ':', '"', '”', '\''])
                && !line.text.contains(". ")
        });
    builder.end(if heading { BlockKind::Heading(1) } else { BlockKind::Paragraph }, false);
}

/// Whether a line starts a block of its own rather than going on with the one before.
fn separate(before: &Line, line: &Line, longest: usize) -> bool {
    let capital = line.text.starts_with(|c: char| {
        c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '«')
    });
    let short = before.text.len() + 18 < longest || longest < 60;
    // A line that ends a sentence short of the margin ends a paragraph; one that ends without a
    // mark far from it is a heading or an entry of a list.
    let ended = before.text.ends_with(['.', '!', '?', ':', '"', '”']);
    (capital && short && (ended || before.text.len() + 30 < longest || longest < 60))
        || line.indent > before.indent + 8
}

/// The length of a list marker at the start of a line: "- ", "* ", "1) ", "- 1) ", "2.1 ", "(a) ".
fn marker(text: &str) -> Option<usize> {
    let mut len = 0;
    let mut rest = text;
    if let Some(tail) = ["- ", "* ", "• ", "– "].iter().find_map(|mark| rest.strip_prefix(mark))
    {
        len += rest.len() - tail.len();
        rest = tail;
    }
    let open = rest.starts_with('(');
    let body = if open { &rest[1..] } else { rest };
    let digits = body.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    let letter = usize::from(
        digits == 0
            && (open || body.as_bytes().get(1) == Some(&b')'))
            && body.starts_with(|c: char| c.is_ascii_lowercase()),
    );
    let number = &body[..digits + letter];
    let tail = &body[digits + letter..];
    let closes = tail.starts_with(')');
    let numbered = number.ends_with('.') || (number.contains('.') && number.len() <= 6);
    if !number.is_empty() && (closes || (!open && numbered)) && number.len() <= 8 {
        let after = &tail[usize::from(closes)..];
        if after.starts_with(' ') || after.starts_with('\t') {
            let trimmed = after.trim_start();
            // "2.1 Sales" is a section, "1.5 hours" a measure.
            let measure = !closes && !number.ends_with('.');
            if !(measure && trimmed.starts_with(char::is_lowercase)) {
                len += rest.len() - trimmed.len();
                return Some(len);
            }
        }
    }
    (len > 0).then_some(len)
}

/// The cells of a line: parts with two or more spaces or a tab between them, with their offsets.
fn cells(text: &str) -> Vec<(usize, &str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut start = 0;
    let mut pos = 0;
    while pos < bytes.len() {
        let gap = bytes[pos..].iter().take_while(|b| **b == b' ' || **b == b'\t').count();
        let wide = gap >= 2 || (gap == 1 && bytes[pos] == b'\t');
        if wide {
            if pos > start {
                found.push((start, &text[start..pos]));
            }
            start = pos + gap;
        }
        pos += gap.max(1);
    }
    if start < text.len() {
        found.push((start, &text[start..]));
    }
    found
}

/// A label and values, not a sentence with a wide gap or an entry of a table of contents.
fn is_table_row(cells: &[(usize, &str)]) -> bool {
    // "It opened in May.  It closed in June." and "three hundred  and thirty" are sentences.
    let goes_on = |pair: &[(usize, &str)]| {
        let (before, after) = (pair[0].1, pair[1].1);
        before.ends_with(['.', '!', '?', ',', ';']) && before.contains(' ')
            || before.ends_with(char::is_lowercase) && after.starts_with(char::is_lowercase)
    };
    // "-   a slip" is an item.
    let item = matches!(cells[0].1, "-" | "*" | "•" | "–");
    !item
        && cells[1..].iter().all(|(_, cell)| cell.len() <= 40)
        && cells[0].1.len() <= 60
        && !cells.windows(2).any(goes_on)
}

/// Adds text without the marks that a report exported from Markdown carries.
fn push(builder: &mut Builder, text: &str, at: usize) {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut pos = 0;
    while let Some(found) = memchr::memchr3(b'\\', b'*', b'[', &bytes[pos..]) {
        let here = pos + found;
        let len = match bytes[here] {
            b'\\' if bytes.get(here + 1).is_some_and(u8::is_ascii_punctuation) => 1,
            b'*' if bytes.get(here + 1) == Some(&b'*') => 2,
            b'*' if here == 0
                || bytes.get(here + 1).is_none()
                || bytes[here - 1] == b' ' && bytes.get(here + 1) != Some(&b' ') =>
            {
                1
            }
            b'[' => note_mark(text, here).unwrap_or(0),
            _ => 0,
        };
        if len > 0 {
            builder.push(&text[start..here], at + start);
            start = here + len;
        }
        pos = here + len.max(1);
    }
    // Dot leaders and the page number of a table of contents.
    let mut rest = &text[start..];
    if let Some(dots) = rest.find(".....")
        && rest[dots..].trim_start_matches('.').trim().chars().all(|c| c.is_ascii_digit())
    {
        rest = &rest[..dots];
    }
    if let Some((title, page)) = rest.rsplit_once('\t')
        && page.chars().all(|c| c.is_ascii_digit())
    {
        rest = title.trim_end_matches('.');
    }
    builder.push(rest, at + start);
}

/// The length of the mark of a note at `at`: "[1]" at the head of a line or right behind a word.
fn note_mark(text: &str, at: usize) -> Option<usize> {
    let body = &text[at + 1..];
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    let closed = (1..=3).contains(&digits) && body[digits..].starts_with(']');
    let before = text[..at].chars().next_back();
    let behind = before.is_none_or(|c| c.is_alphanumeric() || ".,;:!?\"”)%".contains(c));
    (closed && behind).then_some(digits + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_gaps_of_prose_are_no_columns() {
        let row = |text: &str| is_table_row(&cells(text));
        assert!(row("Harbour traffic   3,420   12%"));
        assert!(row("Ticket sales\t€4.2m\t€4.9m"));
        assert!(!row("It opened in May.  It closed in June."));
        assert!(!row("three hundred  and  thirty one"));
    }
}
