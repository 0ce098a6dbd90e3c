//! Finding the passage that a quotation was taken from: an index over pairs of words, then a word
//! diff with the best window.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Document;
use crate::hash::HashMap;
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

    /// The words, lower case.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.words.iter().map(String::as_str)
    }

    /// The words `from..to` of these.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Words { words: self.words[from..to].to_vec(), spans: self.spans[from..to].to_vec() }
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.spans[from].join(self.spans[to - 1])
    }
}

/// Number of a word of a reference; [`UNKNOWN`] for a word that it never uses.
type WordId = u32;
const UNKNOWN: WordId = WordId::MAX;

/// The words of a reference, indexed by pairs.
#[derive(Debug, Clone, Default)]
pub struct QuoteIndex {
    /// The number of each word.
    words: Vec<WordId>,
    spans: Vec<Span>,
    ids: HashMap<Word, WordId>,
    /// Where each word stands, by its number.
    singles: Vec<Vec<u32>>,
    /// Where two words stand side by side.
    pairs: HashMap<(WordId, WordId), Vec<u32>>,
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

/// A pair of words in more places than this is skipped when windows are voted for.
const COMMON: usize = 200;

impl QuoteIndex {
    /// Indexes a reference, but for the `asides`, in order, that interrupt what it quotes.
    pub fn new(document: &Document, asides: &[Span]) -> Self {
        let mut all = Words::default();
        for block in &document.blocks {
            all.add(document.slice(block.span), block.span.start);
        }
        let mut index = QuoteIndex::default();
        let mut asides = asides.iter().peekable();
        for (word, span) in all.words.into_iter().zip(all.spans) {
            let next = index.ids.len() as WordId;
            let id = *index.ids.entry(word).or_insert(next);
            while asides.next_if(|aside| aside.end <= span.start).is_some() {}
            if asides.peek().is_none_or(|aside| !aside.overlaps(span)) {
                index.words.push(id);
                index.spans.push(span);
            }
        }
        index.singles.resize_with(index.ids.len(), Vec::new);
        for (at, &word) in (0..).zip(&index.words) {
            index.singles[word as usize].push(at);
        }
        for (at, pair) in (0..).zip(index.words.windows(2)) {
            index.pairs.entry((pair[0], pair[1])).or_default().push(at);
        }
        index
    }

    /// The numbers of words.
    fn ids(&self, words: &Words) -> Vec<WordId> {
        words.words.iter().map(|word| self.ids.get(word).copied().unwrap_or(UNKNOWN)).collect()
    }

    fn places(&self, a: WordId, b: WordId) -> &[u32] {
        self.pairs.get(&(a, b)).map_or(&[], Vec::as_slice)
    }

    fn span(&self, from: usize, to: usize) -> Span {
        self.spans[from].join(self.spans[to - 1])
    }

    /// Whether one of those of `words` that are `weighty` stands nowhere.
    pub fn lacks_one_of(&self, words: &Words, weighty: impl Fn(&str) -> bool) -> bool {
        words.words.iter().any(|word| weighty(word) && !self.ids.contains_key(word))
    }

    /// Whether two of `words` stand side by side somewhere, in this order.
    pub fn has_pair_of(&self, words: &Words) -> bool {
        self.ids(words).windows(2).any(|pair| !self.places(pair[0], pair[1]).is_empty())
    }

    /// Every word of the reference, once, in no order.
    pub fn forms(&self) -> impl Iterator<Item = &str> {
        self.ids.keys().map(String::as_str)
    }

    /// How many of the first `words` stand together somewhere.
    pub fn longest_start(&self, words: &Words) -> usize {
        let sought = self.ids(words);
        let [a, b, ..] = sought[..] else { return 0 };
        let length = |&place: &u32| {
            let there = &self.words[place as usize..];
            there.iter().zip(&sought).take_while(|(there, here)| there == here).count()
        };
        self.places(a, b).iter().map(length).max().unwrap_or(0)
    }

    /// All places where `words` stand as they are.
    pub fn exact(&self, words: &Words) -> Vec<Span> {
        let sought = self.ids(words);
        let places = match sought[..] {
            [] => return Vec::new(),
            [only] => self.singles.get(only as usize).map_or(&[][..], Vec::as_slice),
            [a, b, ..] => self.places(a, b),
        };
        let stands = |at: &usize| self.words[*at..].starts_with(&sought);
        let places = places.iter().map(|&at| at as usize).filter(stands);
        places.map(|at| self.span(at, at + sought.len())).collect()
    }

    /// The passage most like `words`, with the differences, if any is like them at all.
    pub fn nearest(&self, words: &Words) -> Option<Passage> {
        let sought = self.ids(words);
        // Rare pairs tell most: they vote until as many places were looked at as is worth it.
        let mut pairs: Vec<(usize, &[u32])> = sought
            .windows(2)
            .enumerate()
            .map(|(at, pair)| (at, self.places(pair[0], pair[1])))
            .filter(|(_, places)| (1..=COMMON).contains(&places.len()))
            .collect();
        pairs.sort_by_key(|(_, places)| places.len());
        let mut left = PLACES + sought.len() * 4;
        let mut votes: HashMap<i64, u32> = HashMap::default();
        for (at, places) in pairs {
            for &place in places {
                // Windows that overlap share their votes.
                let start = (i64::from(place) - at as i64).div_euclid(STRIDE);
                *votes.entry(start).or_default() += 2;
                *votes.entry(start - 1).or_default() += 1;
                *votes.entry(start + 1).or_default() += 1;
            }
            left = left.saturating_sub(places.len());
            if left == 0 {
                break;
            }
        }
        let mut windows: Vec<(i64, u32)> = votes.into_iter().collect();
        windows.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let looked_at = if sought.len() <= LONG { WINDOWS } else { 1 };
        windows.truncate(looked_at);
        let shared = Shared::new(&sought);
        let mut best: Option<Passage> = None;
        for (window, _) in windows {
            // Of passages that are alike the first, which had most votes.
            let needed = best.as_ref().map_or(UNLIKE, |best| best.likeness);
            let most = || shared.with(&self.words[self.window(sought.len(), window)]);
            if sought.len() <= LONG && most() as f32 <= needed * sought.len() as f32 {
                continue;
            }
            best = self
                .passage(words, &sought, window)
                .filter(|passage| passage.likeness > needed)
                .or(best);
        }
        best
    }

    /// The words of the window with this number, for a quotation of so many words.
    fn window(&self, sought: usize, window: i64) -> Range<usize> {
        let slack = sought / 2 + 8;
        let start = usize::try_from(window * STRIDE).unwrap_or(0);
        let to = (start + sought + slack + STRIDE as usize).min(self.words.len());
        start.saturating_sub(slack).min(to)..to
    }

    /// The passage in the window with this number; `sought` are the numbers of `words`.
    fn passage(&self, words: &Words, sought: &[WordId], window: i64) -> Option<Passage> {
        let window = self.window(sought.len(), window);
        let from = window.start;
        let there = &self.words[window];
        let steps = if sought.len() <= LONG { align(sought, there) } else { diff(sought, there) };
        let same = steps.iter().filter(|step| step.same).count();
        let known = |step: &&Step| step.same;
        let first = steps.iter().find(known)?.there.start;
        let last = steps.iter().rfind(known)?.there.end;
        let mut changes: Vec<Change> = Vec::new();
        let mut open: Option<(Range<usize>, Range<usize>)> = None;
        for step in steps.iter().map(Some).chain([None]) {
            match (step.filter(|step| !step.same), &mut open) {
                (Some(step), None) => open = Some((step.said.clone(), step.there.clone())),
                (Some(step), Some((said, there))) => {
                    said.end = step.said.end;
                    there.end = step.there.end;
                }
                (None, _) => {
                    if let Some((said, there)) = open.take() {
                        changes.push(Change {
                            said: (!said.is_empty()).then(|| words.span(said.start, said.end)),
                            meant: (!there.is_empty())
                                .then(|| self.span(from + there.start, from + there.end)),
                        });
                    }
                }
            }
        }
        Some(Passage {
            span: self.span(from + first, from + last),
            likeness: same as f32 / sought.len().max(last - first) as f32,
            changes,
        })
    }
}

/// So many places of pairs are looked at for a quotation, and four more for each of its words.
const PLACES: usize = 400;
/// Windows of a reference are counted in steps of so many words.
const STRIDE: i64 = 6;
/// A passage with no more than this share of a quotation's words in order has nothing to do with it.
const UNLIKE: f32 = 0.25;
/// So many windows are held against a quotation.
const WINDOWS: usize = 4;
/// A quotation of more words is compared by a diff, whose time does not grow with the square.
const LONG: usize = 600;

/// Counts the words that a quotation shares with windows, in order: the length of the longest common
/// subsequence, by bit-parallel addition (Hyyrö 2004).
struct Shared {
    /// For each word where the quotation has it, 64 places in a number.
    places: HashMap<WordId, Vec<u64>>,
    blocks: usize,
}

impl Shared {
    fn new(sought: &[WordId]) -> Self {
        let blocks = sought.len().div_ceil(64);
        let mut places: HashMap<WordId, Vec<u64>> = HashMap::default();
        for (at, &word) in sought.iter().enumerate().filter(|(_, word)| **word != UNKNOWN) {
            let places = places.entry(word).or_insert_with(|| vec![0; blocks]);
            places[at / 64] |= 1 << (at % 64);
        }
        Shared { places, blocks }
    }

    /// How many words a window shares.
    fn with(&self, window: &[WordId]) -> u32 {
        let mut row = vec![u64::MAX; self.blocks];
        for places in window.iter().filter_map(|word| self.places.get(word)) {
            let mut carry = false;
            for (row, places) in row.iter_mut().zip(places) {
                let taken = *row & places;
                let (sum, over) = row.overflowing_add(taken);
                let (sum, more) = sum.overflowing_add(u64::from(carry));
                carry = over || more;
                *row = sum | (*row & !places);
            }
        }
        row.iter().map(|row| row.count_zeros()).sum()
    }
}

/// One step of an alignment: words of the quotation against words of the reference.
#[derive(Debug, Clone, PartialEq)]
struct Step {
    said: Range<usize>,
    there: Range<usize>,
    same: bool,
}

/// The words of a quotation against a window that is longer at both ends: semi-global alignment
/// (Needleman and Wunsch 1970, with free ends on one side). A word in the
/// place of another costs less than one that has no counterpart.
fn align(sought: &[WordId], window: &[WordId]) -> Vec<Step> {
    const MATCH: i32 = 6;
    const SWAP: i32 = -2;
    const GAP: i32 = -3;
    let width = window.len() + 1;
    let mut score = vec![0_i32; width * (sought.len() + 1)];
    for (row, word) in (1..).zip(sought) {
        let (above, here) = score[(row - 1) * width..].split_at_mut(width);
        let mut left = row as i32 * GAP;
        here[0] = left;
        let corners = above.windows(2).zip(&mut here[1..]);
        for ((corner, cell), other) in corners.zip(window) {
            let diagonal = corner[0] + if word == other { MATCH } else { SWAP };
            left = diagonal.max(corner[1].max(left) + GAP);
            *cell = left;
        }
    }
    let last = &score[sought.len() * width..];
    // Of ends that are as good the first.
    let mut column = (0..width).fold(0, |best, at| if last[at] > last[best] { at } else { best });
    let mut row = sought.len();
    let mut steps = Vec::with_capacity(row);
    while row > 0 {
        let here = score[row * width + column];
        let same = column > 0 && sought[row - 1] == window[column - 1];
        let diagonal = column > 0
            && here == score[(row - 1) * width + column - 1] + if same { MATCH } else { SWAP };
        let (said, there) = if diagonal {
            (row - 1..row, column - 1..column)
        } else if here == score[(row - 1) * width + column] + GAP {
            (row - 1..row, column..column)
        } else {
            (row..row, column - 1..column)
        };
        (row, column) = (said.start, there.start);
        steps.push(Step { said, there, same: diagonal && same });
    }
    steps.reverse();
    steps
}

/// The same for long quotations, by Myers' diff; what only the window has at its ends is left out.
fn diff(sought: &[WordId], window: &[WordId]) -> Vec<Step> {
    let ops = capture_diff_slices(Algorithm::Myers, sought, window);
    let step = |op: &DiffOp| Step {
        said: op.old_range(),
        there: op.new_range(),
        same: matches!(op, DiffOp::Equal { .. }),
    };
    let mut steps: Vec<Step> = Vec::new();
    for step in ops.iter().map(step) {
        if step.same {
            steps.extend(step.said.zip(step.there).map(|(said, there)| Step {
                said: said..said + 1,
                there: there..there + 1,
                same: true,
            }));
        } else {
            steps.push(step);
        }
    }
    let said = |step: &Step| !step.said.is_empty();
    let from = steps.iter().position(said).unwrap_or(0);
    let to = steps.iter().rposition(said).map_or(0, |at| at + 1);
    steps.drain(..from);
    steps.truncate(to.saturating_sub(from));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(text: &str) -> Document {
        crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap()
    }

    #[test]
    fn shared_words_are_counted_in_order() {
        let long: Vec<WordId> = (0..150).collect();
        let shared = Shared::new(&long);
        assert_eq!(shared.with(&long), 150);
        assert_eq!(shared.with(&[140, 141, 3, 70, 71, 149, 4]), 4);
        assert_eq!(shared.with(&[200, UNKNOWN]), 0);
        assert_eq!(Shared::new(&[7, 7, UNKNOWN, 9]).with(&[9, 7, 9, 7]), 2);
    }

    #[test]
    fn changes_are_found_at_both_ends_and_within() {
        let reference = read("He said that we will rebuild the old hall before the winter comes.");
        let index = QuoteIndex::new(&reference, &[]);
        for (quote, said, meant) in [
            ("They will rebuild the old hall", Some("They"), Some("we")),
            ("rebuild the old church before the winter", Some("church"), Some("hall")),
            ("rebuild the hall before the winter", None, Some("old")),
            ("before the long winter comes", Some("long"), None),
            ("the old hall before the summer", Some("summer"), Some("winter")),
        ] {
            let document = read(quote);
            let words = Words::of(&document, document.blocks[0].span);
            let passage = index.nearest(&words).unwrap();
            let [change] = &passage.changes[..] else { panic!("{quote}: {:?}", passage.changes) };
            assert_eq!(change.said.map(|span| document.slice(span)), said, "{quote}");
            assert_eq!(change.meant.map(|span| reference.slice(span)), meant, "{quote}");
        }
    }
}
