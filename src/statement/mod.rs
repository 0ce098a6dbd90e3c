//! Mentions and their surroundings: facts of a reference and claims of a derivative are the same
//! thing read on two sides.

pub mod base;
pub mod beside;
pub mod familiar;
pub mod frame;
pub(crate) mod headed;
pub mod heads;
pub mod measure;
pub mod speaker;
pub mod words;

use crate::document::{BlockKind, Document};
use crate::lexicon::openers::{self, MONTH};
use crate::parse::scan::{Scan, scan};
use crate::parse::{Anchor, Mention};
use crate::source::Span;
use crate::value::date::{DateValue, Moment, YearPart};
use crate::value::figure::FigureKind;
use crate::value::{Decimal, Value};

pub use base::{Base, FactId};
pub use frame::{Frame, Statement};
pub use measure::{Dimension, Measure};

/// Every figure, date, duration and recurrence of a document, in order.
pub fn mentions(document: &Document, anchor: Option<Anchor>) -> Vec<Mention> {
    let mut found = Vec::new();
    for block in 0..document.blocks.len() {
        block_mentions(document, block, anchor, &mut found);
    }
    found
}

/// Adds those of one block.
pub fn block_mentions(
    document: &Document,
    block: usize,
    anchor: Option<Anchor>,
    found: &mut Vec<Mention>,
) {
    let text = document.blocks[block].span;
    let moved = |span: Span| Span { start: span.start + text.start, end: span.end + text.start };
    for mut mention in scan(document.slice(text), anchor) {
        mention.span = moved(mention.span);
        mention.qualifier_span = mention.qualifier_span.map(moved);
        headed::unit(document, block, &mut mention);
        bracketed(document, block, &mut mention);
        found.push(mention);
    }
}

/// A figure that fills a cell in brackets is below zero: accountants write "(12.4)".
fn bracketed(document: &Document, block: usize, mention: &mut Mention) {
    let Value::Figure(figure) = &mut mention.value else { return };
    let block = &document.blocks[block];
    let alone =
        mention.span.start == block.span.start + 1 && mention.span.end + 1 == block.span.end;
    let counted =
        matches!(figure.kind, FigureKind::Number | FigureKind::Money | FigureKind::Percent);
    if !matches!(block.kind, BlockKind::Cell(_)) || !alone || !counted || figure.high.is_some() {
        return;
    }
    let cell = document.slice(block.span);
    if cell.starts_with('(') && cell.ends_with(')') && !figure.low.is_negative() {
        figure.low = Decimal::ZERO.checked_sub(figure.low).unwrap_or(figure.low);
        mention.span = block.span;
    }
}

/// Bytes of the longest line that is there for its date, and those that stand before the date of a
/// sentence that begins with one.
const LINE: usize = 160;
const DATELINE: usize = 40;
/// Bytes of the longest day: "Wednesday, the 23rd of September, 2020".
const LONGEST_DAY: usize = 48;

/// How many leading lines of a block may be there for the date: a block may be as long as a document.
const HEAD_LINES: usize = 12;

/// How many leading blocks may hold the date a document was written: title, dateline, masthead.
const HEAD_BLOCKS: usize = 12;

/// The day a document says it was written: the first full date among its first blocks.
pub fn own_date(document: &Document) -> Option<jiff::civil::Date> {
    document.blocks.iter().take(HEAD_BLOCKS).find_map(|block| {
        let written = &document.source[document.source_span(block.span).range()];
        let head = &written[..written.len().min(HEAD_LINES * LINE)];
        let lines = head.split(|byte| *byte == b'\n').take(HEAD_LINES);
        let mut lines = lines.filter_map(|line| std::str::from_utf8(line).ok());
        lines.find_map(dateline).or_else(|| {
            let mut sentences = block.sentences.iter().map(|span| document.slice(*span));
            sentences.find_map(told_day)
        })
    })
}

/// The day that a sentence at the head of a document tells.
fn told_day(sentence: &str) -> Option<jiff::civil::Date> {
    // A day in the middle of a long sentence is told of something else.
    let line = sentence.len() <= LINE && !sentence.ends_with(['.', '!', '?']);
    let last = if line { LINE } else { DATELINE };
    let head = &sentence[..sentence.floor_char_boundary(last + LONGEST_DAY)];
    may_tell_day(head)
        .then(|| Scan::new(sentence, None))?
        .map_while(|mention| {
            let start = mention.span.start as usize;
            (start <= last).then_some((start, mention))
        })
        .find_map(|(start, mention)| {
            (line || heads(&sentence[..start])).then(|| full_date(mention)).flatten()
        })
}

/// The day of a line that is nothing but a date, with a time of day or without: "Friday 4 May 2018, 14:00
/// to 15:30".
fn dateline(line: &str) -> Option<jiff::civil::Date> {
    let line = line.trim_matches([' ', '*', '_', '.', '\r']);
    let told = line.len() <= DATELINE + LONGEST_DAY && may_tell_day(line);
    let whole = Span::new(0, line.len());
    let first = told.then(|| Scan::new(line, None))?.next()?;
    (first.span == whole).then(|| full_date(first)).flatten()
}

/// Whether what stands before the date of a sentence is the head of a text: "Oslo, ", "Published on ",
/// but not "The bridge, opened on ".
fn heads(before: &str) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    let first = before.split(' ').next().unwrap_or_default();
    let told =
        ["Published", "Posted", "Updated", "Issued", "Released", "Dated", "Written", "Filed"];
    !last.starts_with(char::is_lowercase) || told.contains(&first.trim_end_matches(':'))
}

/// Whether a full date may stand in a text: it names a month, or joins digits ("16/7/2020"), or has
/// eight of them.
fn may_tell_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let (mut pos, mut digits) = (0, 0);
    while let Some(byte) = bytes.get(pos) {
        if byte.is_ascii_alphabetic() {
            let (len, roles) = openers::word(&bytes[pos..]);
            if roles & MONTH != 0 {
                return true;
            }
            (pos, digits) = (pos + len, 0);
            continue;
        }
        digits = if byte.is_ascii_digit() { digits + 1 } else { 0 };
        let joined = matches!(byte, b'/' | b'-' | b'.')
            && pos > 0
            && bytes[pos - 1].is_ascii_digit()
            && bytes.get(pos + 1).is_some_and(u8::is_ascii_digit);
        if joined || digits == EIGHT {
            return true;
        }
        pos += 1;
    }
    false
}

/// "20200716"
const EIGHT: usize = 8;

/// The day that a mention tells with its year.
fn full_date(mention: Mention) -> Option<jiff::civil::Date> {
    let Value::Date(date) = mention.value else { return None };
    let day = match date.value {
        DateValue::Day(day) | DateValue::Time { date: Some(day), .. } => day,
        // From one hour to another of the day.
        DateValue::Range(Some(Moment { date: Some(from), .. }), Some(Moment { date: to, .. }))
            if to.is_none_or(|to| to == from) =>
        {
            from
        }
        _ => return None,
    };
    let YearPart::Day(month, number) = day.part else { return None };
    let year = i16::try_from(day.year?).ok()?;
    jiff::civil::Date::new(year, month as i8, number as i8).ok()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn the_day_of_a_document() {
        for (text, expected) in [
            ("Holm, 4 May 2018\n\nThe quay opened.", Some("2018-05-04")),
            (
                "# Minutes\n\n**Public session**\nThe Old Boathouse\nFriday 4 May 2018, 14:00 to 15:30\n\nAnna Lind opened it.",
                Some("2018-05-04"),
            ),
            (
                "The bridge, which the harbour board opened with a small feast on\n4 May 2018, is shut.",
                None,
            ),
            ("From 4 May 2018 to 9 June 2018", None),
        ] {
            let document = crate::document::read(Path::new("a.md"), text.into()).unwrap();
            assert_eq!(
                own_date(&document).map(|day| day.to_string()).as_deref(),
                expected,
                "{text}"
            );
        }
    }
}
