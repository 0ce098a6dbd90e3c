//! Words of a text as terms: what alignment compares.

use super::beside::Mark;
use crate::document::Document;
use crate::hash::HashMap;
use crate::lexicon::{calendar, terms};
use crate::parse::Mention;
use crate::source::Span;
use crate::value::Value;

/// Number of a stem among those of a text.
pub type TermId = u32;

/// All ages share this word, which no text has.
const AGE_WORD: &str = "@age";
/// The stem of "people".
const PEOPLE: &str = "person";

/// What stands at a place of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A word that carries a topic, or a number that is part of a name: its stem.
    Word(TermId),
    /// A word that carries none.
    Function,
    /// A mark that parts clauses; the larger the stronger, from 1 to 3.
    Break(u8),
}

impl Token {
    /// Whether it is a mark that ends a clause: a semicolon, a colon, a full stop.
    pub fn ends_clause(self) -> bool {
        matches!(self, Token::Break(CLAUSE..))
    }
}

/// From this strength on a mark ends a clause.
const CLAUSE: u8 = 3;

/// A stem of a text.
#[derive(Debug, Clone)]
struct Stem {
    text: Box<str>,
    mark: Mark,
    /// "Year", "quarter" and their like, and "people".
    common: bool,
}

/// The words of a document, read once: every stem has a number, so that it is brought to its stem,
/// looked up and compared once and not at each of its places.
#[derive(Debug, Clone, Default)]
pub struct Words {
    tokens: Vec<(Span, Token)>,
    ids: HashMap<Box<str>, TermId>,
    stems: Vec<Stem>,
}

impl Words {
    /// Reads every sentence of a document.
    pub fn new(document: &Document) -> Self {
        let mut words = Words::default();
        let mut forms = HashMap::default();
        for block in &document.blocks {
            for &sentence in &block.sentences {
                words.add(document.slice(sentence), sentence.start, &mut forms);
            }
        }
        words
    }

    /// The words and marks inside `span`, in order.
    pub fn within(&self, span: Span) -> &[(Span, Token)] {
        let from = self.tokens.partition_point(|(at, _)| at.start < span.start);
        let tail = &self.tokens[from..];
        &tail[..tail.partition_point(|(at, _)| at.start < span.end)]
    }

    /// The terms of the words inside `span` that carry a topic, in order.
    pub fn terms_within(&self, span: Span) -> impl Iterator<Item = TermId> {
        self.within(span).iter().filter_map(|(_, token)| match token {
            Token::Word(term) => Some(*term),
            _ => None,
        })
    }

    /// How many stems there are.
    pub fn len(&self) -> usize {
        self.stems.len()
    }

    /// Whether the text has no word.
    pub fn is_empty(&self) -> bool {
        self.stems.is_empty()
    }

    /// The term of this stem, if the text uses it.
    pub fn get(&self, stem: &str) -> Option<TermId> {
        self.ids.get(stem).copied()
    }

    /// The stem of a term.
    pub fn stem(&self, term: TermId) -> &str {
        &self.stems[term as usize].text
    }

    /// The stem of a term as it is compared with those of another text.
    pub fn mark(&self, term: TermId) -> Mark {
        self.stems[term as usize].mark
    }

    /// Whether a term is a unit of time or the word for people, which stand beside most figures of a report.
    pub fn is_common(&self, term: TermId) -> bool {
        self.stems[term as usize].common
    }

    /// The word that the number of a figure stands for, whatever it was written like: "3.9m" and
    /// "three million nine hundred thousand" are one.
    pub fn number(&self, mention: &Mention) -> Option<TermId> {
        self.get(&number_word(mention)?)
    }

    /// The word that all ages share.
    pub fn age(&self) -> Option<TermId> {
        self.get(AGE_WORD)
    }

    /// Makes words of the numbers and ages of mentions.
    pub fn learn(&mut self, mentions: &[Mention]) {
        for mention in mentions {
            if let Some(word) = number_word(mention) {
                self.intern(&word);
            }
        }
        self.intern(AGE_WORD);
    }

    fn intern(&mut self, stem: &str) -> TermId {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = self.stems.len() as TermId;
        self.ids.insert(stem.into(), id);
        let common = calendar::unit(stem).is_some() || stem == PEOPLE;
        self.stems.push(Stem { text: stem.into(), mark: Mark::content(stem), common });
        id
    }

    /// Splits a sentence, which starts at byte `offset` of the document's clean text, into tokens.
    /// `forms` knows the words that were met before.
    fn add<'a>(&mut self, text: &'a str, offset: u32, forms: &mut HashMap<&'a str, Token>) {
        let bytes = text.as_bytes();
        let mut start = 0;
        while start < bytes.len() {
            let c = match bytes[start] {
                byte if byte.is_ascii() => char::from(byte),
                _ => text[start..].chars().next().unwrap_or(' '),
            };
            let mut end = start + c.len_utf8();
            let token = if c.is_alphanumeric() {
                end = word_end(text, start, end);
                let word = &text[start..end];
                match forms.get(word) {
                    Some(token) => *token,
                    None => {
                        let token = self.word(word);
                        forms.insert(word, token);
                        token
                    }
                }
            } else if let Some(strength) = strength(c) {
                Token::Break(strength)
            } else {
                start = end;
                continue;
            };
            let from = offset as usize;
            self.tokens.push((Span::new(from + start, from + end), token));
            start = end;
        }
    }

    fn word(&mut self, word: &str) -> Token {
        let lower = word.to_lowercase();
        let bare = lower.strip_suffix("'s").unwrap_or(&lower);
        if terms::is_stopword(bare) {
            return Token::Function;
        }
        Token::Word(self.intern(&terms::stem(bare)))
    }
}

/// How strongly a mark parts clauses.
fn strength(c: char) -> Option<u8> {
    match c {
        ',' => Some(1),
        '(' | ')' | '[' | ']' | '–' | '—' | '|' | '/' => Some(2),
        ';' | ':' | '.' | '!' | '?' | '…' => Some(3),
        _ => None,
    }
}

/// Where the word ends that begins at byte `start` of `text` with the character up to `end`.
fn word_end(text: &str, start: usize, mut end: usize) -> usize {
    loop {
        let mut rest = text[end..].chars();
        let Some(next) = rest.next() else { return end };
        if !next.is_alphanumeric() {
            // An apostrophe or a point between letters or digits belongs to the word.
            let behind = rest.next();
            let joins = match next {
                '\'' => behind.is_some_and(char::is_alphanumeric),
                // "4.5", "3,800", "U.S."
                '.' | ',' => {
                    let digit = |c: char| c.is_ascii_digit();
                    text[..end].ends_with(digit) && behind.is_some_and(digit)
                        || next == '.'
                            && end - start == 1
                            && behind.is_some_and(char::is_alphanumeric)
                }
                _ => false,
            };
            if !joins {
                return end;
            }
        }
        end += next.len_utf8();
    }
}

/// The number of a figure as a word.
fn number_word(mention: &Mention) -> Option<String> {
    match &mention.value {
        Value::Figure(figure) => Some(match figure.high {
            Some(high) => format!("#{}-{high}", figure.low),
            None => format!("#{}", figure.low),
        }),
        _ => None,
    }
}

/// The words of one reference and how rare each is.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    words: Words,
    rarities: Vec<f32>,
    rarity_unknown: f32,
}

impl Vocabulary {
    /// The words and numbers of a document, counted by sentence.
    ///
    /// The rarity of a term is its inverse document frequency over sentences (Spärck Jones 1972),
    /// damped so that a word of a short text is not taken for a key.
    pub fn new(document: &Document, mentions: &[Mention]) -> Self {
        let mut words = Words::new(document);
        words.learn(mentions);
        let age = words.age();
        let mut with = vec![0_u32; words.len()];
        let (mut seen, mut sentences) = (Vec::new(), 0_u32);
        let mut mentions = mentions.iter().peekable();
        for sentence in document.blocks.iter().flat_map(|block| &block.sentences) {
            seen.clear();
            while let Some(mention) = mentions.next_if(|m| m.span.start < sentence.end) {
                seen.extend(words.number(mention));
                let aged = matches!(&mention.value, Value::Duration(duration) if duration.age);
                seen.extend(age.filter(|_| aged));
            }
            seen.extend(words.terms_within(*sentence));
            seen.sort_unstable();
            seen.dedup();
            sentences += 1;
            seen.iter().for_each(|term| with[*term as usize] += 1);
        }
        let sentences = sentences as f32 + 8.0;
        let rarity = |with: u32| (sentences / (with.max(1) as f32 + 0.5)).ln();
        let rarities = with.into_iter().map(|with| rarity(with).max(0.3)).collect();
        Vocabulary { words, rarities, rarity_unknown: rarity(1) }
    }

    /// The words of the reference.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The term of this stem, if the reference uses it.
    pub fn get(&self, stem: &str) -> Option<TermId> {
        self.words.get(stem)
    }

    /// The stem of a term.
    pub fn stem(&self, term: TermId) -> &str {
        self.words.stem(term)
    }

    /// Rarity of a term in this reference.
    pub fn rarity(&self, term: TermId) -> f32 {
        self.rarities[term as usize]
    }

    /// Rarity of a word that the reference never uses.
    pub fn rarity_unknown(&self) -> f32 {
        self.rarity_unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_breaks_and_names_with_numbers() {
        let text = "The U.S. mission's Phase 2 (17 km) opens, at 4.5.";
        let document =
            crate::document::read(std::path::Path::new("t.txt"), text.into()).expect("text");
        let words = Words::new(&document);
        let shown: Vec<String> = words
            .tokens
            .iter()
            .map(|&(span, token)| match token {
                Token::Word(stem) => words.stem(stem).to_owned(),
                Token::Function => format!("-{}", document.slice(span)),
                Token::Break(strength) => strength.to_string(),
            })
            .collect();
        assert_eq!(shown.join(" "), "-The u. 3 mission phase 2 2 17 km 2 open 1 -at 4.5 3");
    }
}
