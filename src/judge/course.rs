//! How a figure stands in a change: what it began with, what it came to.

use crate::document::Document;
use crate::source::Span;
use crate::statement::Statement;
use crate::value::Value;

/// The end of a change that a figure tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// "fell from 2,305", "up from 2,305"
    From,
    /// "fell to 2,140"
    To,
}

/// A fact that stands at the other end of a change is bound to a claim by so much less.
pub const OTHER_END: f32 = 0.5;

/// Which end of a change a figure tells, where the words before it say so.
pub fn course(document: &Document, statement: &Statement) -> Option<Course> {
    let Value::Figure(figure) = &statement.mention.value else { return None };
    figure.direction?;
    let mention = &statement.mention;
    let start =
        mention.qualifier_span.map_or(mention.span.start, |q| q.start.min(mention.span.start));
    let before = Span { start: statement.sentence.start.min(start), end: start };
    let last = document.slice(before).trim_end().rsplit([' ', '(']).next()?;
    match last {
        "from" => Some(Course::From),
        "to" => Some(Course::To),
        _ => None,
    }
}
