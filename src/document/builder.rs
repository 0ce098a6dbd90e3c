//! The one place where white space is folded and characters are made plain: all formats fill a
//! [`Builder`], which keeps the way back to the file.

use super::landmark::{Landmark, Landmarks};
use super::origin::Segment;
use super::{Block, BlockKind, OriginMap, sentence, table};
use crate::source::Span;

/// Collects clean text block by block.
#[derive(Debug, Default)]
pub struct Builder {
    text: String,
    segments: Vec<Segment>,
    blocks: Vec<Block>,
    start: usize,
    /// Where lines end inside the block at hand.
    breaks: Vec<usize>,
    /// White space of the source that waits for a character to stand before.
    space: Option<(u32, u32)>,
    landmark: Option<Landmark>,
    landmarks: Landmarks,
    extracted: bool,
    /// Where the text that is being read stands in the file, if it is coded there.
    inside: Option<OriginMap>,
    /// How many tables there were, what their reader called the one at hand, and its first block.
    tables: u32,
    table: Option<u32>,
    table_start: usize,
}

/// So many lines that are records stand in a list of them at least.
const RECORDS: usize = 3;
/// No record is longer, in bytes.
const RECORD: usize = 90;

/// Whether a line is likely a record of its own, whatever mark its format has for it: "Ann Holt (Greens)
/// 3,410 votes".
fn is_record(line: &str) -> bool {
    line.len() <= RECORD
        && line.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && line.contains(|c: char| c.is_ascii_digit())
        && !line.ends_with([',', ';', '-', '–'])
}

/// What a reader has made of a file.
pub struct Built {
    /// The clean text.
    pub text: String,
    /// Its blocks.
    pub blocks: Vec<Block>,
    /// The way back to the file; the identity if the text was extracted.
    pub origin: OriginMap,
    /// Places that a person would look for.
    pub landmarks: Landmarks,
}

impl Builder {
    /// A builder for a file whose text is not found in its bytes: packed, encoded or drawn.
    pub fn extracting() -> Self {
        Builder { extracted: true, ..Builder::default() }
    }

    /// From here on, places are those of a text that stands coded in the file, `map` being the way back;
    /// with `None`, they are those of the file again.
    pub fn inside(&mut self, map: Option<OriginMap>) {
        self.flush_space();
        self.inside = map;
    }

    /// Adds text that stands nowhere in the bytes of the file.
    pub fn add(&mut self, text: &str) {
        self.push(text, 0);
    }

    /// From here on this is the place where a person would look.
    pub fn landmark(&mut self, landmark: Landmark) {
        if !self.is_empty() {
            self.set_landmark();
            self.landmarks.set(self.text.len(), &landmark);
        }
        self.landmark = Some(landmark);
    }

    /// The place holds from the start of the block at hand.
    fn set_landmark(&mut self) {
        if let Some(landmark) = &self.landmark {
            self.landmarks.set(self.start, landmark);
        }
    }

    /// Adds `source[at..at + text.len()]`, whose bytes are `text`, to the current block.
    pub fn push(&mut self, text: &str, at: usize) {
        let bytes = text.as_bytes();
        let mut plain = 0;
        let mut pos = 0;
        while pos < bytes.len() {
            let byte = bytes[pos];
            // Runs of plain ASCII with single spaces are taken as they are.
            if byte < 0x80 && byte > b' ' {
                pos += 1;
                continue;
            }
            if byte == b' '
                && pos > plain
                && bytes.get(pos + 1).is_some_and(|&next| next > b' ' && next < 0x80)
            {
                pos += 1;
                continue;
            }
            self.verbatim(&text[plain..pos], at + plain);
            let Some(c) = text[pos..].chars().next() else { break };
            let len = c.len_utf8();
            self.character(c, &text[pos..pos + len], at + pos, len);
            pos += len;
            plain = pos;
        }
        self.verbatim(&text[plain..], at + plain);
    }

    /// Adds text that stands for `len` bytes of the source from `at`: an entity, a marker.
    pub fn replace(&mut self, text: &str, at: usize, len: usize) {
        for c in text.chars() {
            let mut buffer = [0; 4];
            self.character(c, c.encode_utf8(&mut buffer), at, len);
        }
    }

    fn character(&mut self, c: char, own: &str, at: usize, len: usize) {
        let plain = match c {
            c if c.is_whitespace() => {
                let (start, _) = self.space.unwrap_or((at as u32, 0));
                self.space = Some((start, (at + len) as u32 - start));
                return;
            }
            // Soft hyphen, zero-width characters, byte order mark: not there for a reader.
            '\u{AD}' | '\u{200B}' | '\u{200C}' | '\u{200D}' | '\u{2060}' | '\u{FEFF}' => return,
            '’' | 'ʼ' => "'",
            '\u{2010}' | '\u{2011}' | '\u{2212}' => "-",
            'ﬁ' => "fi",
            'ﬂ' => "fl",
            'ﬀ' => "ff",
            'ﬃ' => "ffi",
            'ﬄ' => "ffl",
            'ﬅ' | 'ﬆ' => "st",
            _ => own,
        };
        self.flush_space();
        let verbatim = plain.len() == len && plain == own;
        self.segment(plain.len(), at, len, verbatim);
        self.text.push_str(plain);
    }

    fn verbatim(&mut self, text: &str, at: usize) {
        if text.is_empty() {
            return;
        }
        self.flush_space();
        self.segment(text.len(), at, text.len(), true);
        self.text.push_str(text);
    }

    fn flush_space(&mut self) {
        if let Some((at, len)) = self.space.take()
            && self.text.len() > self.start
        {
            self.segment(1, at as usize, len as usize, false);
            self.text.push(' ');
        }
    }

    fn segment(&mut self, text_len: usize, at: usize, source_len: usize, verbatim: bool) {
        if self.extracted {
            return;
        }
        let text = self.text.len();
        let Some(map) = &self.inside else {
            return self.file_segment(text, text_len, at, source_len, verbatim);
        };
        let span = Span::new(at, at + source_len);
        if verbatim {
            for piece in map.pieces(span).collect::<Vec<_>>() {
                let Segment { text: inner, text_len, source, source_len, verbatim } = piece;
                let text = text + inner as usize - at;
                let (source, len) = (source as usize, source_len as usize);
                self.file_segment(text, text_len as usize, source, len, verbatim);
            }
        } else {
            let span = map.source_span(span);
            self.file_segment(text, text_len, span.start as usize, span.len(), false);
        }
    }

    /// Adds a segment that is told in places of the file.
    fn file_segment(
        &mut self,
        text: usize,
        text_len: usize,
        at: usize,
        source_len: usize,
        verbatim: bool,
    ) {
        let text = text as u32;
        if verbatim
            && let Some(last) = self.segments.last_mut()
            && last.verbatim
            && last.text + last.text_len == text
            && last.source + last.source_len == at as u32
        {
            last.text_len += text_len as u32;
            last.source_len += source_len as u32;
            return;
        }
        self.segments.push(Segment {
            text,
            source: at as u32,
            text_len: text_len as u32,
            source_len: source_len as u32,
            verbatim,
        });
    }

    /// Adds the end of a line inside a block, which stands in the file at `at`.
    pub fn line_break(&mut self, at: usize, len: usize) {
        self.breaks.push(self.text.len());
        self.replace(" ", at, len);
    }

    /// The sentences of the block at hand: those of each line, where each is a record.
    fn sentences(&mut self, span: Span) -> Vec<Span> {
        let breaks = std::mem::take(&mut self.breaks);
        if breaks.len() + 1 < RECORDS {
            return sentence::split(&self.text, span);
        }
        let mut start = span.start as usize;
        let lines = breaks.into_iter().chain([self.text.len()]).map(|end| {
            let line = &self.text[start..end];
            let from = start + line.len() - line.trim_start().len();
            start = end;
            Span::new(from, from + line.trim().len())
        });
        let lines: Vec<Span> = lines.collect();
        match lines.iter().all(|line| is_record(&self.text[line.range()])) {
            true => lines.into_iter().flat_map(|line| sentence::split(&self.text, line)).collect(),
            false => sentence::split(&self.text, span),
        }
    }

    /// The current block so far.
    pub fn block(&self) -> &str {
        &self.text[self.start..]
    }

    /// Whether the current block is empty so far.
    pub fn is_empty(&self) -> bool {
        self.text.len() == self.start
    }

    /// Ends the current block, if there is anything in it; its number.
    pub fn end(&mut self, mut kind: BlockKind, quoted: bool) -> Option<usize> {
        self.space = None;
        if self.is_empty() {
            self.breaks.clear();
            return None;
        }
        // Readers of parts count their tables from 0, each for itself.
        match &mut kind {
            BlockKind::Cell(cell) => {
                if self.table != Some(cell.table) {
                    self.end_table();
                    self.table = Some(cell.table);
                    self.table_start = self.blocks.len();
                    self.tables += 1;
                }
                cell.table = self.tables - 1;
            }
            _ => self.end_table(),
        }
        self.set_landmark();
        let span = Span::new(self.start, self.text.len());
        let sentences = self.sentences(span);
        self.blocks.push(Block { kind, span, quoted, sentences });
        self.text.push('\n');
        self.start = self.text.len();
        Some(self.blocks.len() - 1)
    }

    /// Ends the table at hand: if nothing says where its header is, its looks do.
    fn end_table(&mut self) {
        if self.table.take().is_none() {
            return;
        }
        let cell = |block: &Block| match block.kind {
            BlockKind::Cell(cell) => Some(cell),
            _ => None,
        };
        let cells = &self.blocks[self.table_start..];
        let first = cells.partition_point(|block| cell(block).is_some_and(|cell| cell.row == 0));
        let headed = cells.iter().any(|block| cell(block).is_some_and(|cell| cell.header));
        let (head, body) = cells.split_at(first);
        let is_value = |block: &Block| table::is_value(&self.text[block.span.range()]);
        if headed || !body.iter().any(is_value) || head.iter().any(is_value) {
            return;
        }
        for block in &mut self.blocks[self.table_start..self.table_start + first] {
            if let BlockKind::Cell(cell) = &mut block.kind {
                cell.header = true;
            }
        }
    }

    /// All that was built.
    pub fn finish(mut self) -> Built {
        self.end(BlockKind::Paragraph, false);
        self.end_table();
        let Builder { text, blocks, segments, landmarks, .. } = self;
        Built { text, blocks, origin: OriginMap::new(segments), landmarks }
    }
}

/// What is set high behind `before`. Digits become those of powers, so that they do not join the number
/// before them; behind a word or a mark of punctuation they refer to a note and are no text.
pub fn raised(before: &str, text: &str) -> String {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let word = before.chars().rev().take_while(|c| c.is_alphabetic()).count() > LONGEST_UNIT;
    if digits && (word || before.ends_with(['.', ',', ';', ':', '!', '?', '"', '”', ')', '%'])) {
        return String::new();
    }
    let high = |c: char| match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(c as u32 - '4' as u32 + '⁴' as u32).unwrap_or(c),
        c => c,
    };
    text.chars().map(high).collect()
}

/// Units of which there are squares are written with so many letters at most.
const LONGEST_UNIT: usize = 3;
