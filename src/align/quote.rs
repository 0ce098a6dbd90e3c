//! Finding the passage that a quotation was taken from: an index over pairs of words, then a word
//! diff with the best window.

use std::collections::HashMap;
use std::ops::Range;

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

    /// The words `from..to` of these.
    pub fn part(&self, from: usize, to: usize) -> Self {
        Words { words: self.words[from..to].to_vec(), spans: self.spans[from..to].to_vec() }
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
    singles: HashMap<Word, Vec<u32>>,
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
        let mut singles: HashMap<Word, Vec<u32>> = HashMap::new();
        for (at, word) in words.words.iter().enumerate() {
            match singles.get_mut(word) {
                Some(places) => places.push(at as u32),
                None => {
                    singles.insert(word.clone(), vec![at as u32]);
                }
            }
        }
        QuoteIndex { words, pairs, singles }
    }

    fn places(&self, a: &str, b: &str) -> &[u32] {
        self.pairs.get(&hash(a, b)).map_or(&[], Vec::as_slice)
    }

    /// Whether one of those of `words` that are `weighty` stands nowhere.
    pub fn lacks_one_of(&self, words: &Words, weighty: impl Fn(&str) -> bool) -> bool {
        words.words.iter().any(|word| weighty(word) && !self.singles.contains_key(word))
    }

    /// How many of the first `words` stand together somewhere.
    pub fn longest_start(&self, words: &Words) -> usize {
        let [a, b, ..] = &words.words[..] else { return 0 };
        let length = |&place: &u32| {
            let there = &self.words.words[place as usize..];
            there.iter().zip(&words.words).take_while(|(there, here)| there == here).count()
        };
        self.places(a, b).iter().map(length).max().unwrap_or(0)
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
            [only] => {
                let places = self.singles.get(only).map_or(&[][..], Vec::as_slice);
                places.iter().map(|&at| at as usize).collect()
            }
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
        // Rare pairs tell most: they vote until as many places were looked at as is worth it.
        let mut pairs: Vec<(usize, &[u32])> = sought
            .windows(2)
            .enumerate()
            .map(|(at, pair)| (at, self.places(&pair[0], &pair[1])))
            .filter(|(_, places)| (1..=COMMON).contains(&places.len()))
            .collect();
        pairs.sort_by_key(|(_, places)| places.len());
        let mut left = PLACES + sought.len() * 4;
        let mut votes: HashMap<i64, u32> = HashMap::new();
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
        let passages = windows.into_iter().filter_map(|(start, _)| self.passage(words, start));
        // Of passages that are alike the first, which had most votes.
        passages.reduce(|best, next| if next.likeness > best.likeness { next } else { best })
    }

    /// The passage in the window with this number.
    fn passage(&self, words: &Words, window: i64) -> Option<Passage> {
        let sought = &words.words;
        let slack = sought.len() / 2 + 8;
        let start = usize::try_from(window * STRIDE).unwrap_or(0);
        let to = (start + sought.len() + slack + STRIDE as usize).min(self.words.len());
        let from = start.saturating_sub(slack).min(to);
        let there = &self.words.words[from..to];
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
                                .then(|| self.words.span(from + there.start, from + there.end)),
                        });
                    }
                }
            }
        }
        Some(Passage {
            span: self.words.span(from + first, from + last),
            likeness: same as f32 / sought.len().max(last - first) as f32,
            changes,
        })
    }
}

/// So many places of pairs are looked at for a quotation, and four more for each of its words.
const PLACES: usize = 400;
/// Windows of a reference are counted in steps of so many words.
const STRIDE: i64 = 6;
/// So many windows are held against a quotation.
const WINDOWS: usize = 4;
/// A quotation of more words is compared by a diff, whose time does not grow with the square.
const LONG: usize = 600;

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
fn align(sought: &[Word], window: &[Word]) -> Vec<Step> {
    const MATCH: i32 = 6;
    const SWAP: i32 = -2;
    const GAP: i32 = -3;
    let width = window.len() + 1;
    let mut score = vec![0_i32; width * (sought.len() + 1)];
    for row in 1..=sought.len() {
        score[row * width] = row as i32 * GAP;
        for column in 1..width {
            let same = sought[row - 1] == window[column - 1];
            let diagonal = score[(row - 1) * width + column - 1] + if same { MATCH } else { SWAP };
            let gap = score[(row - 1) * width + column].max(score[row * width + column - 1]);
            score[row * width + column] = diagonal.max(gap + GAP);
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
fn diff(sought: &[Word], window: &[Word]) -> Vec<Step> {
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
    fn changes_are_found_at_both_ends_and_within() {
        let reference = read("He said that we will rebuild the old hall before the winter comes.");
        let index = QuoteIndex::new(&reference);
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
