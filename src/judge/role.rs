//! Offices: who a person is said to be, against what the report says the same person is.

use super::name::{NameRuling, NameTable};
use crate::document::Document;
use crate::lexicon::{people, roles, terms};
use crate::parse::name::Run;
use crate::source::Span;

/// Words of a phrase in which an office may be named.
const REACH: usize = 8;

/// An office told of a person: "Imelda Vasquez-Holt, Cabinet Member for Transport".
#[derive(Debug, Clone, PartialEq)]
struct Role {
    office: usize,
    /// The noun and the words that belong to it.
    span: Span,
    /// Stems of the words that tell which office it is ("transport").
    kind: Vec<String>,
}

/// The office that stands behind a name, set off by a comma, a dash or a bracket.
fn role(document: &Document, run: &Run) -> Option<Role> {
    let end = document.sentence_at(run.span.start).map_or(run.span.end, |(_, span)| span.end);
    let after = document.slice(Span { start: run.span.end, end: end.max(run.span.end) });
    let phrase =
        [", ", " (", " – ", "- ", " - "].iter().find_map(|mark| after.strip_prefix(mark))?;
    let offset = run.span.end as usize + after.len() - phrase.len();
    let stop = phrase.find([',', '.', ';', ')', '(', ':', '–', '"', '“']).unwrap_or(phrase.len());
    let mut at = 0;
    let mut found: Option<Role> = None;
    let mut kind = Vec::new();
    for word in phrase[..stop].split([' ', '-']).take(REACH) {
        let lower = word.to_lowercase();
        let bare = lower.trim_end_matches("'s");
        // "Anna Lind, who was captain", "..., said the mayor": a clause, no office.
        if at == 0 && matches!(bare, "who" | "which" | "where" | "and" | "but")
            || people::is_speech_verb(bare)
        {
            return None;
        }
        match roles::office(bare) {
            Some(office) if found.is_none() => {
                let span = Span::new(offset + at, offset + at + word.len());
                found = Some(Role { office, span, kind: Vec::new() });
            }
            _ if !terms::is_stopword(bare) => {
                // An abbreviation stands for words that may be written out in the report.
                let short = word.len() > 1 && word.chars().all(|c| c.is_uppercase());
                if !short && word.len() > 2 {
                    kind.push(terms::stem(bare));
                }
                if let Some(role) = &mut found {
                    role.span = role.span.join(Span::new(offset + at, offset + at + word.len()));
                }
            }
            _ => {}
        }
        at += word.len() + 1;
    }
    let mut role = found?;
    role.kind = kind;
    Some(role)
}

/// Persons of `derivative` to whom it gives another office than the report.
pub fn wrong_offices(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    runs: &[Run],
) -> Vec<NameRuling> {
    runs.iter().filter_map(|run| wrong_office(table, report, derivative, run)).collect()
}

fn wrong_office(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    run: &Run,
) -> Option<NameRuling> {
    let said = role(derivative, run)?;
    let (surname, _) = run.words.last()?;
    let people: Vec<&Run> = table
        .by_word
        .get(surname)?
        .iter()
        .map(|&at| &table.runs[at])
        .filter(|there| there.words.last().is_some_and(|(word, _)| word == surname))
        .collect();
    // Several people of one surname: the first name must tell which.
    let first = |run: &Run| (run.words.len() > 1).then(|| run.words[0].0.clone());
    let mut firsts: Vec<String> = people.iter().filter_map(|there| first(there)).collect();
    firsts.sort();
    firsts.dedup();
    let own = first(run);
    if own.is_none() && firsts.len() > 1 {
        return None;
    }
    let told: Vec<Role> = people
        .iter()
        .filter(|there| own.is_none() || first(there).is_none_or(|name| Some(name) == own))
        .filter(|there| firsts.len() < 2 || there.words.len() > 1)
        .filter_map(|there| role(report, there))
        .collect();
    let first = told.first()?;
    let fits = |role: &&Role| {
        role.office == said.office
            && (said.kind.is_empty()
                || role.kind.is_empty()
                || role.kind.iter().any(|word| said.kind.contains(word)))
    };
    if told.iter().any(|role| fits(&role)) {
        return None;
    }
    Some(NameRuling {
        span: said.span,
        expected: report.slice(first.span).to_owned(),
        evidence: first.span,
        case: "office",
    })
}
