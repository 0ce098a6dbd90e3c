//! What text formats with light markup share: lines with their places, and inline marks that are skipped.

use super::builder::Builder;
use super::{BlockKind, Cell};

/// Stands for code and pictures, so that a sentence keeps its shape.
pub const OBJECT: &str = "\u{FFFC}";

/// A line without its end.
#[derive(Debug, Clone, Copy)]
pub struct Line<'s> {
    /// All of it.
    pub text: &'s str,
    /// Where it starts.
    pub at: usize,
}

impl<'s> Line<'s> {
    /// How far it is indented, in bytes.
    pub fn indent(&self) -> usize {
        self.text.len() - self.text.trim_start().len()
    }

    /// Without the space round it.
    pub fn trimmed(&self) -> Line<'s> {
        Line { text: self.text.trim(), at: self.at + self.indent() }
    }

    /// Without its first `len` bytes and the space behind them.
    pub fn after(&self, len: usize) -> Line<'s> {
        Line { text: &self.text[len..], at: self.at + len }.trimmed()
    }

    /// Whether there is nothing on it.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text.
pub fn lines(source: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    source
        .split_inclusive('\n')
        .map(|line| {
            let start = at;
            at += line.len();
            Line { text: line.trim_end_matches(['\n', '\r']), at: start }
        })
        .collect()
}

/// How the inline marks of a format look.
pub struct Marks {
    /// Marks that stand before and behind words that are set otherwise: `*`, `_`.
    pub emphasis: &'static [&'static str],
    /// Marks round code.
    pub code: &'static [&'static str],
    /// What a format has of its own, at the head of a text that starts with one of `own_starts`: how many bytes it
    /// takes, and the part of them that is read, if any.
    pub own: fn(&str) -> Option<(usize, Shown)>,
    /// The bytes that `own` may start with.
    pub own_starts: &'static [u8],
}

/// What a reader sees of a piece of markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// Nothing.
    Nothing,
    /// These bytes of it, which may hold marks of their own.
    Part(std::ops::Range<usize>),
    /// Other words.
    Words(&'static str),
    /// These bytes of it are a note, to be read behind the paragraph.
    Note(std::ops::Range<usize>),
}

/// So many bytes of a text as a piece of markup may take: who looks further for its end at every sign takes
/// time that grows with the square of a line.
pub fn near(text: &str) -> &str {
    &text[..text.floor_char_boundary(2000)]
}

/// Notes that wait for the end of their paragraph: their text and where it stands.
pub type Notes<'s> = Vec<(&'s str, usize)>;

/// Adds words without their marks; notes among them go to `notes`.
pub fn inline<'s>(
    text: &'s str,
    at: usize,
    marks: &Marks,
    builder: &mut Builder,
    notes: &mut Notes<'s>,
) {
    spans(text, at, marks, 0, builder, notes);
}

/// Reads the notes that wait.
pub fn end_notes(notes: &mut Notes, marks: &Marks, builder: &mut Builder) {
    for (text, at) in std::mem::take(notes) {
        spans(text, at, marks, 4, builder, &mut Vec::new());
        builder.end(BlockKind::Paragraph, false);
    }
}

fn spans<'s>(
    text: &'s str,
    at: usize,
    marks: &Marks,
    depth: usize,
    builder: &mut Builder,
    notes: &mut Notes<'s>,
) {
    let bytes = text.as_bytes();
    let (mut start, mut pos) = (0, 0);
    while pos < bytes.len() {
        let byte = bytes[pos];
        let special = byte.is_ascii_punctuation() || marks.own_starts.contains(&byte);
        if !special || !text.is_char_boundary(pos) {
            pos += 1;
            continue;
        }
        let rest = &text[pos..];
        let own =
            if depth < 4 && marks.own_starts.contains(&byte) { (marks.own)(rest) } else { None };
        if let Some((len, shown)) = own {
            builder.push(&text[start..pos], at + start);
            match shown {
                Shown::Nothing => {}
                Shown::Words(words) => builder.replace(words, at + pos, len),
                Shown::Part(part) => {
                    let start = at + pos + part.start;
                    spans(&rest[part], start, marks, depth + 1, builder, notes);
                }
                Shown::Note(part) => notes.push((&rest[part.clone()], at + pos + part.start)),
            }
            pos += len;
            start = pos;
            continue;
        }
        if let Some(len) = code(rest, marks.code) {
            builder.push(&text[start..pos], at + start);
            builder.replace(OBJECT, at + pos, len);
            pos += len;
            start = pos;
            continue;
        }
        match marks.emphasis.iter().find(|mark| rest.starts_with(**mark)) {
            Some(mark) if is_mark(text, pos, mark.len()) => {
                builder.push(&text[start..pos], at + start);
                pos += mark.len();
                start = pos;
            }
            Some(mark) => pos += mark.len(),
            None => pos += 1,
        }
    }
    builder.push(&text[start..], at + start);
}

/// The length of the code at the head of a text.
fn code(text: &str, marks: &[&str]) -> Option<usize> {
    let mark = marks.iter().find(|mark| text.starts_with(**mark))?;
    let body = near(&text[mark.len()..]);
    let end = body.find(mark)?;
    (end > 0 && !body.starts_with(' ')).then_some(end + 2 * mark.len())
}

/// Whether signs are marks, which cling to a word on one side and not to one on the other, rather than a
/// product or a name with an underscore.
fn is_mark(text: &str, at: usize, len: usize) -> bool {
    let before = text[..at].chars().next_back();
    let after = text[at + len..].chars().next();
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let open = |c: Option<char>| c.is_none_or(|c| c.is_whitespace());
    if len > 1 {
        return !(open(before) && open(after));
    }
    !(word(before) && word(after) || open(before) && open(after))
}

/// The length of the mark of a list item at the head of a line: one of `bullets`, "1.", "a)", "(i)", "#.".
pub fn item(text: &str, bullets: &[&str]) -> Option<usize> {
    if let Some(bullet) = bullets.iter().find(|bullet| text.starts_with(**bullet)) {
        let rest = &text[bullet.len()..];
        if rest.starts_with([' ', '\t']) {
            return Some(bullet.len() + 1);
        }
    }
    let body = text.strip_prefix('(').unwrap_or(text);
    let number = body.find(|c: char| !c.is_ascii_alphanumeric() && c != '#')?;
    let short = (1..=3).contains(&number) && {
        let inner = &body[..number];
        inner.bytes().all(|byte| byte.is_ascii_digit()) || inner.len() == 1
    };
    let close = matches!(body.as_bytes()[number], b'.' | b')');
    let gap = matches!(body.as_bytes().get(number + 1), Some(b' ' | b'\t'));
    // "A. Rundle" is a name, "a. slip" an item.
    let name =
        body.starts_with(|c: char| c.is_ascii_uppercase()) && body.as_bytes()[number] == b'.';
    (short && close && gap && !name).then_some(text.len() - body.len() + number + 2)
}

/// The line behind the next that `is_end`, of lines the last of which is `last`; without one, nothing is
/// skipped.
pub fn skip(
    lines: &[Line],
    at: usize,
    last: Option<usize>,
    is_end: impl Fn(&Line) -> bool,
) -> usize {
    match last {
        Some(last) if at <= last => lines[at..].iter().position(is_end).map_or(at, |n| at + n + 1),
        _ => at,
    }
}

/// A cell of a table, its row and column from 0.
pub fn cell(table: u32, row: u32, column: usize, header: bool) -> BlockKind {
    BlockKind::Cell(Cell { table, row, column: column as u32, header })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_of_items() {
        let text = |line: &'static str| item(line, &["-", "*"]).map(|len| &line[len..]);
        assert_eq!(text("- a slip"), Some("a slip"));
        assert_eq!(text("12. a slip"), Some("a slip"));
        assert_eq!(text("(a) a slip"), Some("a slip"));
        assert_eq!(text("#. a slip"), Some("a slip"));
        for line in ["-5 degrees", "A. Rundle", "2019. Then", "1.2 km", "and. so", ""] {
            assert_eq!(text(line), None, "{line}");
        }
    }
}
