//! Sentences of a derivative against the sentences of a reference, word by word.
//!
//! An article repeats much of its report nearly word for word. Where two sentences run in parallel,
//! what stands between the same neighbours is meant to be the same thing. Sentences are found by
//! the rare words they share, then aligned by the heaviest common subsequence of their words.

use std::ops::Range;

use crate::document::Document;
use crate::source::Span;
use crate::statement::frame::Terms;
use crate::statement::words::{TermId, Token, Words};

/// Longer sentences are cut: a block without points is no sentence.
const LONGEST: usize = 80;
/// Terms that stand in more sentences than this find none.
const COMMON: usize = 2000;

/// A word of a sentence that carries a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Word {
    term: TermId,
    span: Span,
}

/// The sentences of a reference, indexed by their words.
#[derive(Debug, Clone, Default)]
pub struct Sentences {
    words: Vec<Word>,
    sentences: Vec<Range<u32>>,
    /// By term.
    postings: Vec<Vec<u32>>,
}

/// A sentence as alignment compares it: each word with the terms it may stand for.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The places of its words.
    pub spans: Vec<Span>,
    /// The terms of the words, one after another.
    terms: Vec<(TermId, f32)>,
    /// For each word where its terms end.
    ends: Vec<usize>,
    /// Which words may stand for a term, by term.
    by_term: Vec<(TermId, u32)>,
    weights: Vec<f32>,
}

/// A sentence of the reference beside one of a derivative.
#[derive(Debug, Clone, PartialEq)]
pub struct Parallel {
    /// Its number.
    pub sentence: u32,
    /// The places of its words.
    pub spans: Vec<Span>,
    /// The words that are the same, as numbers of both, in order.
    pub pairs: Vec<(usize, usize)>,
}

impl Asked {
    /// A sentence of a derivative.
    pub fn new<'a>(sentence: Span, terms: &mut impl Terms<'a>) -> Self {
        let mut asked = Asked::default();
        for &(span, token) in terms.words().within(sentence) {
            let Token::Word(stem) = token else { continue };
            if asked.spans.len() == LONGEST {
                break;
            }
            let (found, number) = (terms.terms(stem), asked.spans.len() as u32);
            asked.terms.extend_from_slice(found);
            asked.by_term.extend(found.iter().map(|(term, _)| (*term, number)));
            let first = found.first().map(|(term, _)| *term);
            let rarity = first.map_or(terms.rarity_unknown(), |term| terms.rarity(term));
            asked.ends.push(asked.terms.len());
            asked.spans.push(span);
            asked.weights.push(rarity);
        }
        asked.by_term.sort_unstable();
        asked
    }

    /// The words that may stand for a term.
    fn words_for(&self, term: TermId) -> impl Iterator<Item = usize> {
        let from = self.by_term.partition_point(|(other, _)| *other < term);
        let same = self.by_term[from..].iter().take_while(move |(other, _)| *other == term);
        same.map(|(_, word)| *word as usize)
    }

    /// The terms that a word may stand for.
    fn terms(&self, word: usize) -> &[(TermId, f32)] {
        let from = word.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.terms[from..self.ends[word]]
    }

    /// How much of what surrounds the words `at` a parallel sentence has, 0 to 1: near words count
    /// more than far ones.
    pub fn support(&self, parallel: &Parallel, at: &Range<usize>) -> f32 {
        let mut pairs = parallel.pairs.iter().map(|(here, _)| *here).peekable();
        let (mut shared, mut whole) = (0.0, 0.0);
        for (number, weight) in self.weights.iter().enumerate() {
            let same = pairs.next_if_eq(&number).is_some();
            if at.contains(&number) {
                continue;
            }
            let distance = if number < at.start { at.start - number } else { number + 1 - at.end };
            let near = weight / (1.0 + 0.2 * distance as f32);
            whole += near;
            if same {
                shared += near;
            }
        }
        if whole > 0.0 { shared / whole } else { 0.0 }
    }
}

impl Sentences {
    /// Indexes a reference.
    pub fn new(document: &Document, words: &Words) -> Self {
        let postings = vec![Vec::new(); words.len()];
        let mut all = Sentences { postings, ..Sentences::default() };
        for &sentence in document.blocks.iter().flat_map(|block| &block.sentences) {
            let words = words.within(sentence).iter().filter_map(|&(span, token)| match token {
                Token::Word(term) => Some(Word { term, span }),
                _ => None,
            });
            let words: Vec<Word> = words.collect();
            for part in words.chunks(LONGEST) {
                all.add(part);
            }
        }
        all
    }

    fn add(&mut self, words: &[Word]) {
        let number = self.sentences.len() as u32;
        let start = self.words.len() as u32;
        self.words.extend_from_slice(words);
        self.sentences.push(start..self.words.len() as u32);
        for term in words.iter().map(|word| word.term) {
            let places = &mut self.postings[term as usize];
            if places.last() != Some(&number) {
                places.push(number);
            }
        }
    }

    fn words(&self, sentence: u32) -> &[Word] {
        let range = &self.sentences[sentence as usize];
        &self.words[range.start as usize..range.end as usize]
    }

    /// The place of a sentence, if it has words.
    pub fn span(&self, sentence: u32) -> Option<Span> {
        let words = self.words(sentence);
        Some(words.first()?.span.join(words.last()?.span))
    }

    /// Working memory for [`Sentences::parallel`], kept between the sentences of a derivative.
    pub fn votes(&self) -> Vec<f32> {
        vec![0.0; self.sentences.len()]
    }

    /// At most `most` sentences that share most with `asked`, each aligned with it, best first.
    /// `votes` comes from [`Sentences::votes`].
    pub fn parallel(&self, asked: &Asked, most: usize, votes: &mut [f32]) -> Vec<Parallel> {
        let mut touched: Vec<u32> = Vec::new();
        let mut seen: Vec<TermId> = Vec::new();
        for (number, weight) in asked.weights.iter().enumerate() {
            for &(term, bond) in asked.terms(number) {
                let places = self.postings.get(term as usize).map_or(&[][..], Vec::as_slice);
                if places.len() > COMMON || seen.contains(&term) {
                    continue;
                }
                seen.push(term);
                for &sentence in places {
                    let vote = &mut votes[sentence as usize];
                    if *vote == 0.0 {
                        touched.push(sentence);
                    }
                    *vote += weight * bond;
                }
            }
        }
        let order = |a: &(u32, f32), b: &(u32, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        let mut best: Vec<(u32, f32)> = touched
            .into_iter()
            .map(|sentence| (sentence, std::mem::take(&mut votes[sentence as usize])))
            .collect();
        if best.len() > most {
            best.select_nth_unstable_by(most, order);
            best.truncate(most);
        }
        best.sort_unstable_by(order);
        best.into_iter().map(|(sentence, _)| self.align(asked, sentence)).collect()
    }

    /// The heaviest common subsequence of the two sentences' words.
    fn align(&self, asked: &Asked, sentence: u32) -> Parallel {
        let there = self.words(sentence);
        let spans = there.iter().map(|word| word.span).collect();
        // Only words that have a counterpart can be paired: few of two sentences do.
        let (mut rows, mut columns) = (Vec::new(), Vec::new());
        for (column, word) in there.iter().enumerate() {
            let before = rows.len();
            rows.extend(asked.words_for(word.term));
            if rows.len() > before {
                columns.push(column);
            }
        }
        rows.sort_unstable();
        rows.dedup();
        let width = columns.len() + 1;
        let mut best = vec![0.0_f32; width * (rows.len() + 1)];
        let gain = |row: usize, column: usize| {
            let term = there[column].term;
            let bond = asked.terms(row).iter().find(|(other, _)| *other == term)?.1;
            Some(asked.weights[row] * bond)
        };
        for row in (0..rows.len()).rev() {
            for column in (0..columns.len()).rev() {
                let skip = best[(row + 1) * width + column].max(best[row * width + column + 1]);
                let take = gain(rows[row], columns[column])
                    .map(|gain| gain + best[(row + 1) * width + column + 1]);
                best[row * width + column] = take.map_or(skip, |take| take.max(skip));
            }
        }
        let (mut row, mut column) = (0, 0);
        let mut pairs = Vec::new();
        while row < rows.len() && column < columns.len() {
            let here = best[row * width + column];
            if here == best[(row + 1) * width + column] {
                row += 1;
            } else if here == best[row * width + column + 1] {
                column += 1;
            } else {
                pairs.push((rows[row], columns[column]));
                (row, column) = (row + 1, column + 1);
            }
        }
        Parallel { sentence, spans, pairs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statement::frame::LookUp;
    use crate::statement::words::Vocabulary;
    use std::path::Path;

    fn read(text: &str) -> Document {
        crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn the_parallel_sentence_is_found_and_aligned() {
        let reference =
            read("The church was closed in May. Peter Hale opened the new hall on the north quay.");
        let vocabulary = Vocabulary::new(&reference, &[]);
        let sentences = Sentences::new(&reference, vocabulary.words());
        let document = read("Anna Lind opened the hall on the quay.");
        let sentence = document.blocks[0].sentences[0];
        let words = Words::new(&document);
        let asked = Asked::new(sentence, &mut LookUp::new(&vocabulary, &words));
        let found = sentences.parallel(&asked, 3, &mut sentences.votes());
        let best = &found[0];
        let words: Vec<(&str, &str)> = best
            .pairs
            .iter()
            .map(|&(here, there)| {
                (document.slice(asked.spans[here]), reference.slice(best.spans[there]))
            })
            .collect();
        assert_eq!(words, [("opened", "opened"), ("hall", "hall"), ("quay", "quay")]);
        assert!(asked.support(best, &(0..2)) > 0.9);
    }
}
