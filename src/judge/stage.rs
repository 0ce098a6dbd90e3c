//! At which stage of something a figure holds: a score of the first half is no other than the last, and
//! minutes from the end are none from the start.

use crate::document::Document;
use crate::lexicon::stages::stages;
use crate::source::Span;
use crate::statement::{Dimension, Statement};

/// What is told of the stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A score on the way: "2-0 up".
    Midway,
    /// A length of time counted from the end: "eight minutes from time".
    FromEnd,
}

/// The stage that the words beside a score or a length of time tell.
pub fn stage(document: &Document, statement: &Statement) -> Option<Stage> {
    let measure = statement.measure.as_ref()?;
    let Span { start, end } = statement.mention.span;
    let behind = document.slice(Span { start: end, end: statement.sentence.end.max(end) });
    let behind = behind.strip_prefix(' ')?;
    let starts = |words: &String| {
        let rest = behind.strip_prefix(words.as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    match measure.dimension {
        Dimension::Score => {
            let before =
                document.slice(Span { start: statement.sentence.start.min(start), end: start });
            let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
            let midway =
                stages().score_behind.iter().any(starts) || stages().score_before.contains(&last);
            midway.then_some(Stage::Midway)
        }
        Dimension::Time => stages().from_end.iter().any(starts).then_some(Stage::FromEnd),
        _ => None,
    }
}
