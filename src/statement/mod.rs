//! Mentions and their surroundings: facts of a reference and claims of a derivative are the same
//! thing read on two sides.

pub mod frame;
pub mod measure;
pub mod words;

use crate::document::Document;
use crate::parse::{Anchor, Mention, scan};
use crate::source::Span;
use crate::value::date::{DateValue, PartialDate, YearPart};
use crate::value::{Date, Value};

pub use frame::{Frame, Statement};
pub use measure::{Dimension, Measure};

/// Every figure, date, duration and recurrence of a document, in order.
pub fn mentions(document: &Document, anchor: Option<Anchor>) -> Vec<Mention> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let offset = block.span.start;
        let moved = |span: Span| Span { start: span.start + offset, end: span.end + offset };
        for mut mention in scan::scan(document.slice(block.span), anchor) {
            mention.span = moved(mention.span);
            mention.qualifier_span = mention.qualifier_span.map(moved);
            found.push(mention);
        }
    }
    found
}

/// How many leading blocks may hold the date a document was written: title, dateline, masthead.
const HEAD_BLOCKS: usize = 12;

/// The day a document says it was written: the first full date among its first blocks.
pub fn own_date(document: &Document) -> Option<jiff::civil::Date> {
    document.blocks.iter().take(HEAD_BLOCKS).find_map(|block| {
        scan::scan(document.slice(block.span), None).into_iter().find_map(|mention| {
            match mention.value {
                Value::Date(Date {
                    value:
                        DateValue::Day(PartialDate {
                            year: Some(year),
                            part: YearPart::Day(month, day),
                            ..
                        }),
                    ..
                }) => {
                    jiff::civil::Date::new(i16::try_from(year).ok()?, month as i8, day as i8).ok()
                }
                _ => None,
            }
        })
    })
}
