//! Names exchanged in a sentence that otherwise runs in parallel with one of the report.
//!
//! "Anna Lind opened the hall on Monday" beside the report's "Peter Hale opened the new hall on
//! Monday": what stands next to the same words is meant to be the same thing.

use std::ops::Range;

use super::name::{HeldRuns, NameRuling, NameTable};
use super::slot::{self, kind_of, same};
use crate::align::sentence::{Asked, Parallel};
use crate::document::Document;
use crate::lexicon::names::organisation_word;
use crate::lexicon::numbers::number_word;
use crate::lexicon::terms;
use crate::parse::name::Run;
use crate::source::Span;
use crate::statement::Statement;
use crate::statement::frame::LookUp;
use crate::statement::words::Vocabulary;
use crate::value::name::NameKind;

/// Sentences of the report that are held against one of the derivative.
const SENTENCES: usize = 6;

/// A name that the report has elsewhere is held against sentences that share so many other words.
const WORDS: usize = 3;
/// Words between a name and the word that both sentences have beside it, at most.
const NEAR: usize = 2;
/// A name that the report never uses is wrong in a sentence with this much support ...
const ABSENT: f32 = 0.5;
/// ... or this much, right beside a word of both ...
const BESIDE: f32 = 0.3;
/// ... or this much, where what both name is of one kind.
const BESIDE_ALIKE: f32 = 0.15;
/// A name that the report has elsewhere is wrong in a sentence with this much support ...
const SWAPPED: f32 = 0.6;
/// ... or this much, right beside a word of both ...
const SWAPPED_BESIDE: f32 = 0.5;
/// ... if that is this much more than the name's own sentences give.
const RATIO: f32 = 1.8;
/// A name of which only a half is the report's is wrong in a sentence with this much support ...
const HALF: f32 = 0.3;
/// ... or this much where the halves are in the same places.
const HALF_ALIGNED: f32 = 0.1;

/// Names of `derivative` that stand where the report's parallel sentence has another.
pub(super) fn exchanged(
    table: &NameTable,
    derivative: &Document,
    look_up: &mut LookUp<'_>,
    names: &HeldRuns<'_>,
) -> Vec<NameRuling> {
    let mut found = Vec::new();
    let sentence_of = |run: &Run| derivative.sentence_at(run.span.start).map(|(_, span)| span);
    let vocabulary = look_up.vocabulary();
    let mut votes = table.sentences.votes();
    let mut first = 0;
    for runs in names.runs.chunk_by(|a, b| sentence_of(a) == sentence_of(b)) {
        let claims = &names.claims[first..first + runs.len()];
        first += runs.len();
        let Some(sentence) = sentence_of(&runs[0]) else { continue };
        if claims.first().is_some_and(Statement::is_background) {
            continue;
        }
        let asked = Asked::new(sentence, look_up);
        let parallels = table.sentences.parallel(&asked, SENTENCES, &mut votes);
        for (run, claim) in runs.iter().zip(claims) {
            let case =
                Case { table, vocabulary, derivative, sentence, runs, run, claim, all: names };
            found.extend(case.ruling(&asked, &parallels));
        }
    }
    found
}

struct Case<'a> {
    table: &'a NameTable,
    vocabulary: &'a Vocabulary,
    derivative: &'a Document,
    sentence: Span,
    /// The names of the sentence.
    runs: &'a [Run],
    run: &'a Run,
    claim: &'a Statement,
    all: &'a HeldRuns<'a>,
}

/// Whether a word has relatives among the topics: a common word with a capital.
pub(super) fn is_common(word: &str) -> bool {
    !terms::related(&terms::stem(&word.to_lowercase())).is_empty()
}

/// Numbers of the words inside a span.
fn within(spans: &[Span], span: Span) -> Range<usize> {
    let from = spans.partition_point(|word| word.end <= span.start);
    let to = spans.partition_point(|word| word.start < span.end);
    from..to.max(from)
}

impl Case<'_> {
    fn ruling(&self, asked: &Asked, parallels: &[Parallel]) -> Option<NameRuling> {
        let Case { table, run, .. } = *self;
        let at = within(&asked.spans, run.span);
        if at.is_empty() || !self.is_name() || run.label {
            return None;
        }
        if let Some(ruling) = self.other_half(asked, parallels, &at) {
            return Some(ruling);
        }
        let names_it = |parallel: &&Parallel| {
            // "The south west" names the South West.
            let rows = parallel.pairs.iter().filter(|(row, _)| at.contains(row));
            rows.count() == at.len() || self.names_of(parallel).any(|there| same(there, run))
        };
        // How well the report's own sentences about this name support it here.
        let own = parallels.iter().filter(names_it).map(|parallel| asked.support(parallel, &at));
        let own = own.fold(0.0, f32::max);
        let known = self.is_known();
        let mut best: Option<(f32, usize, &Run)> = None;
        for parallel in parallels.iter().filter(|parallel| !names_it(parallel)) {
            // "Scored twice" may be said of anybody.
            let words = parallel.pairs.iter().filter(|(row, _)| !at.contains(row)).count();
            if known && words < WORDS {
                continue;
            }
            let support = asked.support(parallel, &at);
            for there in self.names_of(parallel).filter(|there| self.fits(there)) {
                let Some(distance) = self.in_the_same_place(parallel, &at, there) else { continue };
                let better = |&(other, far, _): &(f32, usize, &Run)| {
                    support > other || support == other && distance < far
                };
                if best.as_ref().is_none_or(better) {
                    best = Some((support, distance, there));
                }
            }
        }
        let (support, distance, there) = best?;
        let beside = distance == 0;
        let wrong = if known {
            let persons = self.is_person(run) && self.is_person(there) && !self.has_article();
            let places = [self.kind(), table.kind_of(there)] == [NameKind::Place; 2];
            (persons || places && distance < NEAR)
                && (support >= SWAPPED && distance <= NEAR || beside && support >= SWAPPED_BESIDE)
        } else {
            let alike = self.kind() == table.kind_of(there) && run.words.len() == there.words.len();
            support >= ABSENT && distance <= NEAR
                || beside && support >= if alike { BESIDE_ALIKE } else { BESIDE }
        };
        let wrong = wrong && support >= own * RATIO;
        wrong.then(|| NameRuling {
            span: run.span,
            expected: there.text.clone(),
            evidence: there.span,
            case: if table.kind_of(there) == NameKind::Place { "place" } else { "exchanged" },
        })
    }

    /// "Fort Worth" for "Fort Lauderdale": half of a name is the report's, and the other half is a
    /// word that it never uses, in a sentence that is the report's too.
    fn other_half(
        &self,
        asked: &Asked,
        parallels: &[Parallel],
        at: &Range<usize>,
    ) -> Option<NameRuling> {
        let Case { table, run, .. } = *self;
        // "Marcel-Michelin" is no new word where the report has "Marcel Michelin".
        let new = |word: &str| !(table.has_parts(word) || table.has_spelling_of(word));
        let changed: Vec<Span> =
            run.words.iter().filter(|(word, _)| new(word)).map(|(_, span)| *span).collect();
        if changed.is_empty() || changed.len() == run.words.len() || changed.len() > 2 {
            return None;
        }
        let mut best: Option<(f32, &Run)> = None;
        for parallel in parallels {
            for there in self.names_of(parallel) {
                let other = within(&parallel.spans, there.span);
                let shared = parallel
                    .pairs
                    .iter()
                    .any(|(row, column)| at.contains(row) && other.contains(column));
                // The report's other half is not in the sentence in another form.
                let stated = |word: &str| {
                    self.runs.iter().any(|run| run.words.iter().any(|(own, _)| own == word))
                };
                let missing = there.words.iter().any(|(word, _)| !stated(word));
                if !shared || there.words.len() < 2 || !missing {
                    continue;
                }
                let aligned = there.words.len() == run.words.len()
                    && there.words.iter().zip(&run.words).all(|(a, b)| a.0 == b.0 || new(&b.0))
                    || there.words[0].0 == run.words[0].0 && there.words.len() == 2;
                let support = asked.support(parallel, at);
                if support >= if aligned { HALF_ALIGNED } else { HALF }
                    && best.is_none_or(|(other, _)| support > other)
                {
                    best = Some((support, there));
                }
            }
        }
        let (_, there) = best?;
        Some(NameRuling {
            span: changed.iter().copied().reduce(Span::join).unwrap_or(run.span),
            expected: there.text.clone(),
            evidence: there.span,
            case: "exchanged",
        })
    }

    /// What the name names, by the report or by its own sentence.
    fn kind(&self) -> NameKind {
        match self.table.kind_of(self.run) {
            NameKind::Other => kind_of(self.claim),
            known => known,
        }
    }

    /// Whether a name of the report may be meant: the same kind of thing in the same form.
    fn fits(&self, there: &Run) -> bool {
        let (own, other) = (self.kind(), self.table.kind_of(there));
        (own == other || own == NameKind::Other || other == NameKind::Other)
            && self.table.is_name(there)
            && !(there.words.len() == 1 && organisation_word(&there.words[0].0))
            && !there.label
            && there.possessive == self.run.possessive
    }

    /// Whether the report uses the name or one of its words.
    fn is_known(&self) -> bool {
        let words = || self.run.words.iter().map(|(word, _)| word.as_str());
        words().any(|word| self.table.by_word.contains_key(word))
            || self.run.words.len() == 1
                && words()
                    .any(|word| self.vocabulary.get(&terms::stem(&word.to_lowercase())).is_some())
    }

    /// Whether a name is a person's, as far as its form tells: a first name and a last one, or the
    /// last one of such a name.
    fn is_person(&self, run: &Run) -> bool {
        let table = self.table;
        let Some((last, _)) = run.words.last() else { return false };
        let whole = |there: &Run| {
            matches!(table.kind_of(there), NameKind::Person | NameKind::Other)
                && there.words.len() > 1
                && there.words.len() < 5
                && there.words.last().is_some_and(|(word, _)| word == last)
        };
        matches!(table.kind_of(run), NameKind::Person | NameKind::Other)
            && last.chars().count() > 2
            && number_word(&last.to_lowercase()).is_none()
            && (!run.titles.is_empty() || whole(run) || table.runs_with(last).any(whole))
    }

    /// "The Crystal Palace winger": no name of a person comes with an article.
    fn has_article(&self) -> bool {
        let start = self.sentence.start.min(self.run.titles_span.start);
        let before =
            self.derivative.slice(Span { start, end: self.run.titles_span.start }).trim_end();
        let word = before.rsplit(' ').next().unwrap_or_default().to_lowercase();
        matches!(word.as_str(), "the" | "a" | "an" | "this" | "its")
    }

    fn is_name(&self) -> bool {
        // "Looking ahead", "the Organisation": words, not names.
        let (first, _) = &self.run.words[0];
        let alone = self.run.words.len() == 1;
        if slot::names_nobody(self.run) {
            return false;
        }
        if alone && (organisation_word(first) || !self.is_known() && is_common(first)) {
            return false;
        }
        first.chars().count() > 1
            && (!self.run.starts_sentence
                || self.run.words.len() > 1
                || self.table.is_name(self.run)
                || self.all.has_inside(first))
    }

    /// The names in a sentence of the report.
    fn names_of(&self, parallel: &Parallel) -> impl Iterator<Item = &Run> {
        let span = self.table.sentences.span(parallel.sentence).unwrap_or_default();
        let runs = &self.table.runs;
        let first = runs.partition_point(|run| run.span.end <= span.start);
        runs[first..].iter().take_while(move |run| run.span.start < span.end)
    }

    /// Whether a name of the report stands beside the same words as the derivative's: how many other
    /// words are between, if it does.
    fn in_the_same_place(
        &self,
        parallel: &Parallel,
        at: &Range<usize>,
        there: &Run,
    ) -> Option<usize> {
        let other = within(&parallel.spans, there.span);
        let paired = parallel.pairs.iter().any(|(_, column)| other.contains(column));
        let turned = || {
            let number = self.table.runs.partition_point(|run| run.span.start < there.span.start);
            let fact = self.table.facts.get(number);
            fact.is_some_and(|fact| slot::in_other_roles(self.claim, fact))
        };
        if other.is_empty() || paired || turned() || self.runs.iter().any(|run| same(run, there)) {
            return None;
        }
        let before = parallel.pairs.iter().rfind(|(here, _)| *here < at.start);
        let behind = parallel.pairs.iter().find(|(here, _)| *here >= at.end);
        // The neighbours' own neighbours must not cross.
        if before.is_some_and(|&(_, column)| column >= other.start)
            || behind.is_some_and(|&(_, column)| column < other.end)
        {
            return None;
        }
        let left = before.map(|&(row, column)| (at.start - row - 1) + (other.start - column - 1));
        let right = behind.map(|&(row, column)| (row - at.end) + (column - other.end));
        left.into_iter().chain(right).min()
    }
}
