//! When what a figure tells was: the date that it is told of ("88,400 in 2020, after 91,200 in 2019"),
//! or the time since the start ("84% after one year and 71% after three").

use crate::document::Document;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::DateValue;
use crate::value::{Decimal, Value};

/// When something was.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When<'a> {
    /// On a date.
    Date(&'a DateValue),
    /// So long after the start, in seconds.
    After(Decimal),
}

impl<'a> When<'a> {
    /// The date, where it is one.
    pub fn date(self) -> Option<&'a DateValue> {
        match self {
            When::Date(date) => Some(date),
            When::After(_) => None,
        }
    }
}

/// For each statement of one sentence the number of the date, or of the time since the start, that it is
/// told of: the one right behind it, else the last before it that is not told of an earlier one so.
pub fn whens(document: &Document, sentence: &[Statement]) -> Vec<Option<usize>> {
    let mut whens = Vec::with_capacity(sentence.len());
    let mut before = None;
    let tells = |statement: &Statement| date(statement).is_some() || is_lapse(document, statement);
    for (number, statement) in sentence.iter().enumerate() {
        if tells(statement) {
            let taken = whens.last() == Some(&Some(number));
            before = (!taken).then_some(number);
            whens.push(None);
            continue;
        }
        // "The second best after 2018": a place in an order is of no date.
        let counts = statement.measure.as_ref().is_none_or(|m| m.dimension != Dimension::Ordinal);
        let next = sentence.get(number + 1).filter(|next| counts && tells(next));
        let behind = next.filter(|next| {
            let gap = Span { start: statement.mention.span.end, end: next.mention.span.start };
            gap.start < gap.end && joined(document.slice(gap))
        });
        whens.push(behind.map(|_| number + 1).or(before));
    }
    whens
}

/// Whether a length of time tells when something was: "after three years".
fn is_lapse(document: &Document, statement: &Statement) -> bool {
    let length = |m: &Measure| m.dimension == Dimension::Time && !m.age && !m.is_range();
    let before = statement.until(statement.mention.span.start);
    statement.measure.as_ref().is_some_and(length)
        && matches!(last_word(document.slice(before)), "after" | "After" | "within" | "Within")
}

fn last_word(text: &str) -> &str {
    text.trim_end().rsplit(' ').next().unwrap_or_default()
}

/// The date that heads the column or the row of a cell.
pub fn heads(document: &Document, facts: &[Statement], cell: &Statement) -> Option<usize> {
    let block = cell.block as usize;
    let headers = [document.column_header(block), document.row_header(block)];
    headers.into_iter().flatten().find_map(|header| {
        let span = document.blocks[header].span;
        let first = facts.partition_point(|fact| fact.mention.span.start < span.start);
        let head = facts.get(first)?;
        (span.contains(head.mention.span) && date(head).is_some()).then_some(first)
    })
}

/// Marks between a figure and a date that is not its own.
const PARTED: [char; 7] = [',', ';', ':', '(', ')', '–', '—'];

/// Whether no new clause begins in the words between a figure and a date.
fn joined(gap: &str) -> bool {
    !gap.contains(PARTED)
        && !gap.split(' ').any(|word| matches!(word, "and" | "but" | "while" | "whereas" | "than"))
}

/// The date that a statement tells.
pub fn date(statement: &Statement) -> Option<&DateValue> {
    match &statement.mention.value {
        Value::Date(date) => Some(&date.value),
        _ => None,
    }
}

/// When what a statement tells of was, where it is that which tells this.
pub fn when(statement: &Statement) -> Option<When<'_>> {
    let lapse = || Some(When::After(statement.measure.as_ref()?.low));
    date(statement).map(When::Date).or_else(lapse)
}

/// When that was which a fact of the report tells of.
pub fn told(reference: &Reference, fact: FactId) -> Option<When<'_>> {
    when(reference.fact(reference.whens()[fact as usize]?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Reference;
    use crate::rule::Settings;
    use std::path::Path;

    #[test]
    fn dates_that_figures_are_told_of() {
        for (text, expected) in [
            ("It sold 88,400 in 2020, after 91,200 in 2019.", "88,400 2020; 91,200 2019"),
            ("In 2020 it sold 88,400 and lost 300.", "88,400 2020; 300 2020"),
            ("It sold 88,400 in 2020, after 91,200.", "88,400 2020; 91,200 –"),
            ("The second best after 2018 (421).", "second –; 421 2018"),
            (
                "84% kept it up after one year and 71% after three years.",
                "84% one year; one year –; 71% three years; three years –",
            ),
        ] {
            let document =
                crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).expect("text");
            let reference = Reference::new(document, &Settings::default());
            let words = |statement: &Statement| reference.document.slice(statement.mention.span);
            let told: Vec<String> = reference
                .facts
                .iter()
                .zip(reference.whens())
                .filter(|(fact, _)| date(fact).is_none())
                .map(|(fact, when)| {
                    let when = when.map_or("–", |when| words(reference.fact(when)));
                    format!("{} {when}", words(fact))
                })
                .collect();
            assert_eq!(told.join("; "), expected, "{text}");
        }
    }
}
