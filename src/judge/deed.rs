//! Who did what to whom: "Velt beat Holm" of a match that Holm won.

use std::cell::LazyCell;

use super::name::{NameRuling, NameTable};
use super::slot::same;
use crate::document::Document;
use crate::hash::HashMap;
use crate::lexicon::deeds::{self, deed};
use crate::lexicon::{people, terms};
use crate::parse::name::Run;
use crate::source::Span;

/// Bytes between the two names, at most.
const REACH: usize = 60;
/// Deeds of one name looked at.
const OCCURRENCES: usize = 64;
/// Words with a topic between a name and its verb, at most: "came from behind to beat".
const TOPICS: usize = 3;

/// What the report or the derivative tells that one did to another.
struct Told<'r> {
    group: usize,
    /// Who did it, and to whom.
    names: [&'r Run; 2],
    /// From the one name to the other.
    span: Span,
}

/// The deeds that a document tells of two names that follow each other.
fn told<'r>(document: &'r Document, runs: &'r [Run]) -> impl Iterator<Item = Told<'r>> {
    runs.windows(2).filter_map(|pair| {
        let [first, second] = pair else { return None };
        let start = second.titles_span.start.min(second.span.start).max(first.span.end);
        let between = document.slice(Span { start: first.span.end, end: start });
        let (group, reversed) = between_names(between)?;
        let names = if reversed { [second, first] } else { [first, second] };
        let (_, sentence) = document.sentence_at(first.span.start)?;
        let within = sentence.end >= second.span.end;
        let of_another = first.possessive || names.iter().any(|run| run.label);
        (within && !of_another).then_some(Told { group, names, span: first.span.join(second.span) })
    })
}

/// The deed that the words between two names tell, and whether the second did it.
fn between_names(between: &str) -> Option<(usize, bool)> {
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'');
    let scored = |c: char| c.is_ascii_digit() || matches!(c, '–' | '-');
    if between.len() > REACH || !between.chars().all(|c| plain(c) || scored(c)) {
        return None;
    }
    let words: Vec<&str> =
        between.split(' ').filter(|word| !word.is_empty() && !word.chars().all(scored)).collect();
    // "Beat the", "did not beat", "who said that Holm beat": too much to be sure of.
    let words = words.strip_suffix(&["the"]).unwrap_or(&words);
    let unsure = |word: &&str| {
        deeds::makes_unsure(word)
            || word.ends_with("n't")
            || word.starts_with(char::is_uppercase)
            || people::is_speech_verb(word)
    };
    if words.iter().any(unsure) {
        return None;
    }
    if let [before @ .., verb, "by"] = words {
        let passive = before.iter().any(|word| deeds::makes_passive(word));
        return deed(verb).filter(|deed| passive && !deed.suffered).map(|deed| (deed.group, true));
    }
    let at = words.len().checked_sub(1)?;
    let two = at.checked_sub(1).map(|at| words[at..].join(" "));
    let (found, len) =
        two.and_then(|words| Some((deed(&words)?, 2))).or_else(|| Some((deed(words[at])?, 1)))?;
    // "Was beaten" needs "by"; "to beat", "has beaten" do not.
    let before = &words[..words.len() - len];
    let passive = before.last().is_some_and(|word| deeds::makes_passive(word));
    let topics = before.iter().filter(|word| !terms::is_stopword(word)).count();
    (!passive && topics <= TOPICS).then_some((found.group, found.suffered))
}

/// Deeds of `derivative` that the report tells of the same two the other way round only.
pub(super) fn reversed(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    runs: &[Run],
) -> Vec<NameRuling> {
    let known = LazyCell::new(|| told(report, &table.runs).collect::<Vec<_>>());
    let by_word = LazyCell::new(|| {
        let mut by_word: HashMap<(usize, &str), Vec<&Told<'_>>> = HashMap::default();
        for told in known.iter() {
            for (word, _) in &told.names[0].words {
                by_word.entry((told.group, word)).or_default().push(told);
            }
        }
        by_word
    });
    let find = |group: usize, names: [&Run; 2]| {
        let words = names[0].words.iter().map(|(word, _)| (group, word.as_str()));
        let told = words.filter_map(|word| by_word.get(&word));
        let mut told = told.flat_map(|told| told.iter().take(OCCURRENCES));
        let there =
            |told: &&&Told<'_>| same(told.names[1], names[1]) && !same(told.names[0], names[1]);
        told.find(there).map(|told| told.span)
    };
    told(derivative, runs)
        .filter_map(|claim| {
            turned(report, "reversed", claim.span, claim.names, |names| find(claim.group, names))
        })
        .collect()
}

/// The ruling on two names that a claim tells in an order which the report has only the other way. `find`
/// tells where the report has two of them in theirs.
pub(super) fn turned<N: Copy>(
    report: &Document,
    case: &'static str,
    span: Span,
    [one, other]: [N; 2],
    find: impl Fn([N; 2]) -> Option<Span>,
) -> Option<NameRuling> {
    let evidence = match find([one, other]) {
        Some(_) => None,
        None => find([other, one]),
    }?;
    Some(NameRuling { span, expected: report.slice(evidence).to_owned(), evidence, case })
}
