//! Places as editors count them: a line, and a column in code units of the encoding agreed upon.

use serde::{Deserialize, Serialize};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Encoding {
    /// Bytes.
    Utf8,
    /// Code units of UTF-16, which every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The encoding of this name in the protocol.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "utf-8" => Encoding::Utf8,
            "utf-16" => Encoding::Utf16,
            "utf-32" => Encoding::Utf32,
            _ => return None,
        })
    }

    /// Its name in the protocol.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    /// Code units of a stretch of UTF-8.
    fn units(self, bytes: &[u8]) -> usize {
        let characters = || bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count();
        match self {
            Encoding::Utf8 => bytes.len(),
            Encoding::Utf16 => characters() + bytes.iter().filter(|&&byte| byte >= 0xF0).count(),
            Encoding::Utf32 => characters(),
        }
    }

    fn units_of(self, character: char) -> usize {
        match self {
            Encoding::Utf8 => character.len_utf8(),
            Encoding::Utf16 => character.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A place between two characters, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Code units before it on the line.
    pub character: u32,
}

/// A stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Range {
    /// Where it starts.
    pub start: Position,
    /// The place behind it.
    pub end: Position,
}

impl Range {
    /// Whether the two touch.
    pub fn touches(self, other: Range) -> bool {
        self.start <= other.end && other.start <= self.end
    }
}

/// One edit of a text: the new text at `range`, or in place of everything.
#[derive(Debug, Clone, Deserialize)]
pub struct Change {
    /// What is replaced.
    pub range: Option<Range>,
    /// The new text.
    pub text: String,
}

/// The lines of a text as the protocol sees them: `\n`, `\r\n` and `\r` end one.
#[derive(Debug, Clone)]
pub struct Lines {
    encoding: Encoding,
    starts: Vec<usize>,
    /// Code units before each block of [`BLOCK`] bytes, so that a place far into a long line costs
    /// no more than any other.
    blocks: Vec<usize>,
}

const BLOCK: usize = 4096;

impl Lines {
    /// Reads the lines of `text`, which is UTF-8.
    pub fn new(text: &[u8], encoding: Encoding) -> Self {
        let mut starts = vec![0];
        starts.extend(
            memchr::memchr2_iter(b'\n', b'\r', text)
                .filter(|&at| text[at] == b'\n' || text.get(at + 1) != Some(&b'\n'))
                .map(|at| at + 1),
        );
        let mut before = 0;
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        for block in text.chunks(BLOCK) {
            blocks.push(before);
            before += encoding.units(block);
        }
        Lines { encoding, starts, blocks }
    }

    fn units_before(&self, text: &[u8], offset: usize) -> usize {
        let block = offset / BLOCK;
        match self.blocks.get(block) {
            Some(before) => before + self.encoding.units(&text[block * BLOCK..offset]),
            None => self.blocks.last().map_or(0, |before| {
                before + self.encoding.units(&text[(self.blocks.len() - 1) * BLOCK..offset])
            }),
        }
    }

    /// The place of the byte at `offset` of `text`, of which these are the lines.
    pub fn position(&self, text: &[u8], offset: usize) -> Position {
        let offset = offset.min(text.len());
        let line = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let units = if offset - start <= BLOCK {
            self.encoding.units(&text[start..offset])
        } else {
            self.units_before(text, offset) - self.units_before(text, start)
        };
        Position { line: line as u32, character: units as u32 }
    }

    /// The stretch of these bytes of `text`.
    pub fn range(&self, text: &[u8], bytes: std::ops::Range<usize>) -> Range {
        Range { start: self.position(text, bytes.start), end: self.position(text, bytes.end) }
    }

    /// The byte at a place. Behind the end of a line it is the line's end, behind the last line the
    /// text's; within a character it is the character's start.
    pub fn offset(&self, text: &str, place: Position) -> usize {
        let line = place.line as usize;
        let Some(&start) = self.starts.get(line) else { return text.len() };
        let end = self.starts.get(line + 1).copied().unwrap_or(text.len());
        let words = text[start..end].trim_end_matches(['\n', '\r']);
        if self.encoding == Encoding::Utf8 {
            return start + words.floor_char_boundary(place.character as usize);
        }
        let mut left = place.character as usize;
        for (at, character) in words.char_indices() {
            let units = self.encoding.units_of(character);
            if left < units {
                return start + at;
            }
            left -= units;
        }
        start + words.len()
    }
}

/// Makes the edits, in order, each on what the one before left.
pub fn edit(text: &mut String, changes: Vec<Change>, encoding: Encoding) {
    for change in changes {
        let Some(range) = change.range else {
            *text = change.text;
            continue;
        };
        let lines = Lines::new(text.as_bytes(), encoding);
        let start = lines.offset(text, range.start);
        let end = lines.offset(text, range.end).max(start);
        text.replace_range(start..end, &change.text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "ab\r\né😀\tx\rlast 😀\n";

    fn at(line: u32, character: u32) -> Position {
        Position { line, character }
    }

    #[test]
    fn columns_count_what_was_agreed() {
        for (encoding, x, end) in
            [(Encoding::Utf8, 7, 9), (Encoding::Utf16, 4, 7), (Encoding::Utf32, 3, 6)]
        {
            let lines = Lines::new(TEXT.as_bytes(), encoding);
            let place = |needle: &str| {
                lines.position(TEXT.as_bytes(), TEXT.find(needle).expect("needle is there"))
            };
            assert_eq!(place("b"), at(0, 1));
            assert_eq!(place("x"), at(1, x), "{encoding:?}");
            assert_eq!(lines.position(TEXT.as_bytes(), TEXT.len() - 1), at(2, end));
            assert_eq!(lines.position(TEXT.as_bytes(), TEXT.len()), at(3, 0));
            for (offset, _) in TEXT.char_indices().filter(|(_, c)| *c != '\n') {
                let place = lines.position(TEXT.as_bytes(), offset);
                assert_eq!(lines.offset(TEXT, place), offset, "{encoding:?} {place:?}");
            }
        }
    }

    #[test]
    fn places_outside_the_text_are_brought_in() {
        let lines = Lines::new(TEXT.as_bytes(), Encoding::Utf16);
        assert_eq!(lines.offset(TEXT, at(0, 99)), 2);
        assert_eq!(lines.offset(TEXT, at(99, 0)), TEXT.len());
        // In the middle of a character of two code units.
        assert_eq!(lines.offset(TEXT, at(1, 2)), TEXT.find('😀').expect("it is there"));
        assert_eq!(Lines::new(b"", Encoding::Utf16).offset("", at(0, 3)), 0);
    }

    #[test]
    fn places_far_into_a_line_are_counted_alike() {
        let text = format!("a\n{}x", "é😀".repeat(3 * BLOCK));
        for (encoding, column) in [(Encoding::Utf8, 18), (Encoding::Utf16, 9), (Encoding::Utf32, 6)]
        {
            let lines = Lines::new(text.as_bytes(), encoding);
            let place = lines.position(text.as_bytes(), text.len() - 1);
            assert_eq!(place, at(1, (column * BLOCK) as u32), "{encoding:?}");
            assert_eq!(lines.offset(&text, place), text.len() - 1);
        }
    }

    #[test]
    fn edits_are_made_in_order() {
        let change = |range: Option<(Position, Position)>, text: &str| Change {
            range: range.map(|(start, end)| Range { start, end }),
            text: text.to_owned(),
        };
        let mut text = TEXT.to_owned();
        let first = change(Some((at(1, 1), at(1, 3))), "");
        let second = change(Some((at(0, 2), at(1, 1))), "-");
        edit(&mut text, vec![first, second], Encoding::Utf16);
        assert_eq!(text, "ab-\tx\rlast 😀\n");
        edit(&mut text, vec![change(Some((at(9, 0), at(9, 0))), "end")], Encoding::Utf8);
        assert_eq!(text, "ab-\tx\rlast 😀\nend");
        edit(&mut text, vec![change(None, "new")], Encoding::Utf8);
        assert_eq!(text, "new");
    }
}
