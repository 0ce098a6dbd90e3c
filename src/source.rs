//! Places in texts: byte spans inside, lines and columns only at the edge.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open byte range. Inside the program it always counts bytes of [`crate::document::Document::text`].
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end`. Texts are limited to 4 GiB by [`crate::document::read`].
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Span { start: start as u32, end: end as u32 }
    }

    /// The span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies inside.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The smallest span over both.
    pub fn join(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// A place for people: line and column count from 1, the column in Unicode scalar values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Location {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1. A tab is one column.
    pub column: usize,
}

/// Line starts of one text, to turn byte offsets into [`Location`]s.
#[derive(Debug, Clone)]
pub struct LineIndex {
    starts: Vec<usize>,
    /// Characters before each block of [`BLOCK`] bytes; empty unless a line is longer than that, so
    /// that a place far into a long line (minified HTML) costs no more than any other.
    blocks: Vec<usize>,
    /// Where the characters stand that take two code units of UTF-16, in order.
    wide: Vec<usize>,
}

const BLOCK: usize = 4096;

/// Every byte but a UTF-8 continuation byte starts a character.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

impl LineIndex {
    /// Reads the line starts of `text` (lines end at `\n`, which covers `\r\n`).
    pub fn new(text: &[u8]) -> Self {
        let mut starts = vec![0];
        starts.extend(memchr::memchr_iter(b'\n', text).map(|at| at + 1));
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        let mut blocks = Vec::new();
        if starts.iter().zip(ends).any(|(start, end)| end - start > BLOCK) {
            let mut before = 0;
            for block in text.chunks(BLOCK) {
                blocks.push(before);
                before += characters(block);
            }
            blocks.push(before);
        }
        // The first byte of a character beyond the basic plane.
        let wide = text.iter().enumerate().filter(|(_, byte)| **byte >= 0xF0);
        let wide = wide.map(|(at, _)| at).collect();
        LineIndex { starts, blocks, wide }
    }

    /// Number of lines (a text without a line end has one).
    pub fn lines(&self) -> usize {
        self.starts.len()
    }

    /// The line (from 1) that holds the byte at `offset`.
    pub fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset)
    }

    /// Byte offset at which `line` (from 1) starts; the last line's start when there are fewer.
    pub fn start(&self, line: usize) -> usize {
        self.starts[line.clamp(1, self.starts.len()) - 1]
    }

    /// The place of the byte at `offset` in `text`, which must be the text this index was made of.
    pub fn locate(&self, text: &[u8], offset: usize) -> Location {
        let line = self.line(offset);
        let start = self.starts[line - 1];
        let offset = offset.min(text.len());
        let column = if offset.saturating_sub(start) <= BLOCK {
            characters(&text[start..offset]) + 1
        } else {
            let before = |offset: usize| {
                self.blocks[offset / BLOCK] + characters(&text[offset - offset % BLOCK..offset])
            };
            before(offset) - before(start) + 1
        };
        Location { line, column }
    }

    /// Column of a place in UTF-16 code units, from 1.
    pub fn utf16_column(&self, place: Location, offset: usize) -> usize {
        let before = |offset: usize| self.wide.partition_point(|&at| at < offset);
        place.column + before(offset) - before(self.start(place.line))
    }
}

/// Stretches of a text, to be asked about many others.
#[derive(Debug, Clone, Default)]
pub struct Spans {
    /// By their starts.
    sorted: Vec<Span>,
    /// For each the furthest end up to it.
    reach: Vec<u32>,
}

impl Spans {
    /// In any order; they may overlap.
    pub fn new(spans: impl IntoIterator<Item = Span>) -> Self {
        let mut sorted: Vec<Span> = spans.into_iter().collect();
        sorted.sort_unstable();
        let mut furthest = 0;
        let reach = sorted.iter().map(|span| {
            furthest = furthest.max(span.end);
            furthest
        });
        let reach = reach.collect();
        Spans { sorted, reach }
    }

    /// Whether one of them holds all of `span`.
    pub fn contain(&self, span: Span) -> bool {
        let before = self.sorted.partition_point(|other| other.start <= span.start);
        before > 0 && self.reach[before - 1] >= span.end
    }

    /// Whether one of them shares a byte with `span`.
    pub fn overlap(&self, span: Span) -> bool {
        let before = self.sorted.partition_point(|other| other.start < span.end);
        before > 0 && self.reach[before - 1] > span.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_hold_and_touch_others() {
        let spans = Spans::new([Span::new(20, 30), Span::new(0, 50), Span::new(60, 70)]);
        assert!(spans.contain(Span::new(25, 50)) && spans.contain(Span::new(60, 70)));
        assert!(!spans.contain(Span::new(45, 61)) && !Spans::default().contain(Span::new(0, 0)));
        assert!(spans.overlap(Span::new(49, 55)) && spans.overlap(Span::new(40, 65)));
        assert!(!spans.overlap(Span::new(50, 60)) && !spans.overlap(Span::new(70, 80)));
    }

    #[test]
    fn columns_count_scalar_values() {
        let text = "ab\r\né😀\tx\n".as_bytes();
        let index = LineIndex::new(text);
        let at = |needle: &str| {
            let offset = std::str::from_utf8(text).unwrap().find(needle).unwrap();
            let place = index.locate(text, offset);
            (place.line, place.column)
        };
        assert_eq!(at("a"), (1, 1));
        assert_eq!(at("b"), (1, 2));
        assert_eq!(at("é"), (2, 1));
        assert_eq!(at("😀"), (2, 2));
        assert_eq!(at("x"), (2, 4));
        assert_eq!(index.locate(text, text.len()).line, 3);
    }

    #[test]
    fn places_far_into_a_line_are_counted_alike() {
        let text = format!("ab\n{}x\nend", "é".repeat(3 * BLOCK));
        let index = LineIndex::new(text.as_bytes());
        for (needle, place) in [("x", (2, 3 * BLOCK + 1)), ("end", (3, 1)), ("é", (2, 1))] {
            let found = index.locate(text.as_bytes(), text.find(needle).unwrap());
            assert_eq!((found.line, found.column), place, "{needle}");
        }
    }
}
