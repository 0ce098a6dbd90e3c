//! Names exchanged in a sentence that otherwise runs in parallel with one of the report.
//!
//! "Anna Lind opened the hall on Monday" beside the report's "Peter Hale opened the new hall on
//! Monday": what stands next to the same words is meant to be the same thing.

use std::ops::Range;

use super::name::{HeldRuns, NameRuling, NameTable};
use super::slot::{kind_of, same};
use crate::align::sentence::{Asked, Parallel};
use crate::document::Document;
use crate::lexicon::terms;
use crate::parse::name::Run;
use crate::source::Span;
use crate::statement::frame::LookUp;
use crate::statement::words::Vocabulary;
use crate::value::name::NameKind;

/// Sentences of the report that are held against one of the derivative.
const SENTENCES: usize = 6;

/// Names of `derivative` that stand where the report's parallel sentence has another.
pub fn exchanged(
    table: &NameTable,
    vocabulary: &Vocabulary,
    report: &Document,
    derivative: &Document,
    names: &HeldRuns,
) -> Vec<NameRuling> {
    let mut found = Vec::new();
    let sentence_of = |run: &Run| derivative.sentence_at(run.span.start).map(|(_, span)| span);
    let mut first = 0;
    for runs in names.runs.chunk_by(|a, b| sentence_of(a) == sentence_of(b)) {
        let claims = &names.claims[first..first + runs.len()];
        first += runs.len();
        let Some(sentence) = sentence_of(&runs[0]) else { continue };
        let asked = Asked::new(derivative, sentence, &mut LookUp(vocabulary));
        let parallels = table.sentences.parallel(&asked, SENTENCES);
        for (run, claim) in runs.iter().zip(claims) {
            let case = Case { table, vocabulary, report, runs, run, kind: kind_of(claim), all: names };
            found.extend(case.ruling(&asked, &parallels));
        }
    }
    found
}

struct Case<'a> {
    table: &'a NameTable,
    vocabulary: &'a Vocabulary,
    report: &'a Document,
    /// The names of the sentence.
    runs: &'a [Run],
    run: &'a Run,
    kind: NameKind,
    all: &'a HeldRuns,
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
        if at.is_empty() {
            return None;
        }
        let known = run.words.iter().any(|(word, _)| {
            table.by_word.contains_key(word)
                || self.vocabulary.get(&terms::stem(&word.to_lowercase())).is_some()
        });
        // How well the report's own sentences about this name support it here.
        let names_it = |parallel: &&Parallel| {
            self.names_of(parallel).any(|there| same(there, run))
        };
        let own = parallels
            .iter()
            .filter(names_it)
            .map(|parallel| asked.support(parallel, &at))
            .fold(0.0, f32::max);
        let mut best: Option<(f32, &Run, usize)> = None;
        for parallel in parallels.iter().filter(|parallel| !names_it(parallel)) {
            let support = asked.support(parallel, &at);
            for there in self.names_of(parallel) {
                if let Some(distance) = self.in_the_same_place(asked, parallel, &at, there)
                    && best.is_none_or(|(other, ..)| support > other)
                {
                    best = Some((support, there, distance));
                }
            }
        }
        let (support, there, distance) = best?;
        if std::env::var("TWIN").is_ok() {
            eprintln!(
                "TWIN\t{}\t{}\t{}\t{}\t{:.3}\t{:.3}\t{}\t{}\t{:?}\t{:?}\t{}\t{}",
                run.span.start,
                run.span.end,
                table.text(run),
                table.text(there),
                support,
                own,
                distance,
                known,
                self.kind,
                table.kind_of(there),
                asked.spans.len(),
                self.is_name(),
            );
        }
        None
    }

    fn is_name(&self) -> bool {
        let first = &self.run.words[0].0;
        let elsewhere = |run: &Run| !run.starts_sentence && run.words[0].0 == *first;
        !self.run.starts_sentence
            || self.run.words.len() > 1
            || self.table.is_name(self.run)
            || self.all.runs.iter().any(elsewhere)
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
        asked: &Asked,
        parallel: &Parallel,
        at: &Range<usize>,
        there: &Run,
    ) -> Option<usize> {
        let other = within(&parallel.spans, there.span);
        let paired = parallel.pairs.iter().any(|(_, column)| other.contains(column));
        if other.is_empty() || paired || self.runs.iter().any(|run| same(run, there)) {
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
        let _ = self.report;
        left.into_iter().chain(right).min()
    }
}
