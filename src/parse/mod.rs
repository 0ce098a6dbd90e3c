//! Reading values from prose: `&str` to [`Mention`]s. The only home of nom.
//!
//! Parsers know the lexicon and the value types; they know nothing of files, alignment or messages.
//! The text they get is clean: within a block every run of white space is one space, apostrophes
//! are `'`, hyphens and minus signs are `-` (en and em dashes stay what they are).

pub mod date;
pub mod figure;
pub mod name;
pub mod numbered;
pub mod quote;
pub mod scan;

use crate::source::Span;
use crate::value::Value;

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands in the document's text.
    pub span: Span,
    /// The words that qualify it, where there are any ("more than", "about"), always beside `span`.
    pub qualifier_span: Option<Span>,
    /// What it says.
    pub value: Value,
}

impl Mention {
    /// Where it begins, with what qualifies it.
    pub fn start(&self) -> u32 {
        self.qualifier_span.map_or(self.span.start, |span| span.start.min(self.span.start))
    }
}

/// The day and time a text was written, against which relative expressions resolve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The day.
    pub day: jiff::civil::Date,
    /// The time of day, where known.
    pub time: Option<jiff::civil::Time>,
}

/// How far parsers look back, in bytes.
const LOOK_BACK: usize = 96;

/// What a parser sees: the whole block and where it stands in it, so that it can look back.
#[derive(Debug, Clone, Copy)]
pub struct At<'a> {
    /// The block's text.
    pub text: &'a str,
    /// Byte offset of the first character to read.
    pub pos: usize,
}

impl<'a> At<'a> {
    /// What is still to read.
    pub fn rest(self) -> &'a str {
        &self.text[self.pos..]
    }

    /// What stands right before: enough for a few words, so that a block of any length is read in
    /// linear time.
    pub fn before(self) -> &'a str {
        let mut from = self.pos.saturating_sub(LOOK_BACK);
        while !self.text.is_char_boundary(from) {
            from -= 1;
        }
        &self.text[from..self.pos]
    }
}
