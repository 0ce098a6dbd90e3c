//! At which stage of something a figure holds: a score of the first half is no other than the last, and
//! minutes from the end are none from the start.

use crate::document::Document;
use crate::lexicon::stages::stages;
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
    let score = match statement.measure.as_ref()?.dimension {
        Dimension::Score => true,
        Dimension::Time => false,
        _ => return None,
    };
    let behind = document.slice(statement.behind()).strip_prefix(' ')?;
    let starts = |words: &String| {
        let rest = behind.strip_prefix(words.as_str());
        rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
    };
    if !score {
        return stages().from_end.iter().any(starts).then_some(Stage::FromEnd);
    }
    let before = document.slice(statement.until(statement.mention.span.start));
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
    let midway = stages().score_behind.iter().any(starts) || stages().score_before.contains(&last);
    midway.then_some(Stage::Midway)
}
