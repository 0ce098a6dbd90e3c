//! The date that a figure is told of: "88,400 in 2020, after 91,200 in 2019".

use crate::document::Document;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::{Dimension, Statement};
use crate::value::Value;
use crate::value::date::DateValue;

/// For each statement of one sentence the number of the date that it is told of: the one right
/// behind it, else the last before it that is not told of an earlier one so.
pub fn whens(document: &Document, sentence: &[Statement]) -> Vec<Option<usize>> {
    let mut whens = Vec::with_capacity(sentence.len());
    let mut before = None;
    for (number, statement) in sentence.iter().enumerate() {
        if date(statement).is_some() {
            let taken = whens.last() == Some(&Some(number));
            before = (!taken).then_some(number);
            whens.push(None);
            continue;
        }
        // "The second best after 2018": a place in an order is of no date.
        let counts = statement.measure.as_ref().is_none_or(|m| m.dimension != Dimension::Ordinal);
        let next = sentence.get(number + 1).filter(|next| counts && date(next).is_some());
        let behind = next.filter(|next| {
            let gap = Span { start: statement.mention.span.end, end: next.mention.span.start };
            gap.start < gap.end && joined(document.slice(gap))
        });
        whens.push(behind.map(|_| number + 1).or(before));
    }
    whens
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

/// The date that a fact of the report is told of.
pub fn told(reference: &Reference, fact: FactId) -> Option<&DateValue> {
    date(reference.fact(reference.whens()[fact as usize]?))
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
