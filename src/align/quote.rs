//! Finding the passage that a quotation was taken from: an index over pairs of words, then a word
//! diff with the best window.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Document;
use crate::source::Span;

/// A word as quotations compare it: lower case, without marks.
type Word = String;

/// The words of a text with their places.
#[derive(Debug, Clone, Default)]
pub struct Words {
    words: Vec<Word>,
    spans: Vec<Span>,
}

impl Words {
    /// The words of `document` inside `span`.
    pub fn of(document: &Document, span: Span) -> Self {
        let mut all = Words::default();
        all.add(document.slice(span), span.start);
        all
    }

    /// One word by itself.
    pub fn single(word: &str) -> Self {
        let mut all = Words::default();
        all.add(word, 0);
        all
    }

    fn add(&mut self, text: &str, offset: u32) {
        let mut start = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            // "[m]ost" is one word; a bracket in front of a space is none.
            let joins = c.is_alphanumeric()
                || (matches!(c, '\'' | '[' | ']')
                    && start.is_some()
                    && text[at + c.len_utf8()..].starts_with(char::is_alphanumeric));
            match (joins, start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    let word: String = text[from..at]
                        .chars()
                        .filter(|c| c.is_alphanumeric())
                        .flat_map(char::to_lowercase)
                        .collect();
                    self.words.push(word);
                    self.spans.push(Span::new(offset as usize + from, offset as usize + at));
                    start = None;
                }
                _ => {}
            }
        }
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.spans[from].join(self.spans[to - 1])
    }
}

/// The words of a reference, indexed by pairs.
#[derive(Debug, Clone, Default)]
pub struct QuoteIndex {
    words: Words,
    pairs: HashMap<u64, Vec<u32>>,
}

/// Where a quotation stands in the reference, or nearly.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// The passage.
    pub span: Span,
    /// Share of the words of both that stand in the same order, 0 to 1.
    pub likeness: f32,
    /// What differs, empty where the words are the same.
    pub changes: Vec<Change>,
}

/// One difference between a quotation and its passage.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The quotation's words, if it has any here.
    pub said: Option<Span>,
    /// The reference's words.
    pub meant: Option<Span>,
}

fn hash(a: &str, b: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    (a, b).hash(&mut hasher);
    hasher.finish()
}

/// A pair of words in more places than this is skipped when windows are voted for.
const COMMON: usize = 200;

impl QuoteIndex {
    /// Indexes a reference.
    pub fn new(document: &Document) -> Self {
        let mut words = Words::default();
        for block in &document.blocks {
            words.add(document.slice(block.span), block.span.start);
        }
        let mut pairs: HashMap<u64, Vec<u32>> = HashMap::new();
        for (at, pair) in words.words.windows(2).enumerate() {
            pairs.entry(hash(&pair[0], &pair[1])).or_default().push(at as u32);
        }
        QuoteIndex { words, pairs }
    }

    fn places(&self, a: &str, b: &str) -> &[u32] {
        self.pairs.get(&hash(a, b)).map_or(&[], Vec::as_slice)
    }

    /// All places where `words` stand as they are.
    pub fn exact(&self, words: &Words) -> Vec<Span> {
        let sought = &words.words;
        if sought.is_empty() {
            return Vec::new();
        }
        let matches = |at: usize| {
            self.words.words.get(at..at + sought.len()).is_some_and(|there| there == sought)
        };
        let found: Vec<usize> = match &sought[..] {
            [only] => (0..self.words.len()).filter(|&at| self.words.words[at] == *only).collect(),
            [a, b, ..] => {
                self.places(a, b).iter().map(|&at| at as usize).filter(|&at| matches(at)).collect()
            }
            [] => Vec::new(),
        };
        found.into_iter().map(|at| self.words.span(at, at + sought.len())).collect()
    }

    /// The passage most like `words`, with the differences.
    pub fn nearest(&self, words: &Words) -> Option<Passage> {
        let sought = &words.words;
        let mut votes: HashMap<i64, u32> = HashMap::new();
        for (at, pair) in sought.windows(2).enumerate() {
            let places = self.places(&pair[0], &pair[1]);
            if places.len() <= COMMON {
                for &place in places {
                    // Windows that overlap share their votes.
                    let start = (i64::from(place) - at as i64) / 6;
                    *votes.entry(start).or_default() += 2;
                    *votes.entry(start - 1).or_default() += 1;
                    *votes.entry(start + 1).or_default() += 1;
                }
            }
        }
        let (&best, _) = votes.iter().max_by_key(|(start, votes)| (**votes, -**start))?;
        let slack = sought.len() / 2 + 8;
        let from = usize::try_from(best * 6).unwrap_or(0).saturating_sub(slack);
        let to = (usize::try_from(best * 6).unwrap_or(0) + sought.len() + slack + 6)
            .min(self.words.len());
        let window = &self.words.words[from.min(to)..to];
        let ops = capture_diff_slices(Algorithm::Patience, sought, window);
        let equal: Vec<&DiffOp> =
            ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).collect();
        let (first, last) = (equal.first()?.new_range(), equal.last()?.new_range());
        let same: usize = equal.iter().map(|op| op.old_range().len()).sum();
        let there = last.end - first.start;
        let mut changes = Vec::new();
        for op in &ops {
            if matches!(op, DiffOp::Equal { .. }) {
                continue;
            }
            let (old, new) = (op.old_range(), op.new_range());
            let new =
                new.start.max(first.start)..new.end.min(last.end).max(new.start.max(first.start));
            if old.is_empty() && new.is_empty() {
                continue;
            }
            changes.push(Change {
                said: (!old.is_empty()).then(|| words.span(old.start, old.end)),
                meant: (!new.is_empty()).then(|| self.words.span(from + new.start, from + new.end)),
            });
        }
        Some(Passage {
            span: self.words.span(from + first.start, from + last.end),
            likeness: same as f32 / sought.len().max(there) as f32,
            changes,
        })
    }
}
