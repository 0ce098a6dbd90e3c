//! Words of a text as terms: what alignment compares.

use std::collections::HashMap;

use crate::lexicon::terms;
use crate::source::Span;

/// Number of a stem in a [`Vocabulary`].
pub type TermId = u32;

/// The stems of one reference and how many of its sentences hold each.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    ids: HashMap<Box<str>, TermId>,
    stems: Vec<Box<str>>,
    sentences_with: Vec<u32>,
    sentences: u32,
}

impl Vocabulary {
    /// The term of this stem, if the reference uses it.
    pub fn get(&self, stem: &str) -> Option<TermId> {
        self.ids.get(stem).copied()
    }

    /// The stem of a term.
    pub fn stem(&self, term: TermId) -> &str {
        &self.stems[term as usize]
    }

    /// The term of this stem, added if it is new.
    pub fn intern(&mut self, stem: &str) -> TermId {
        if let Some(&id) = self.ids.get(stem) {
            return id;
        }
        let id = self.stems.len() as TermId;
        self.ids.insert(stem.into(), id);
        self.stems.push(stem.into());
        self.sentences_with.push(0);
        id
    }

    /// Counts one sentence that holds `terms` (each once).
    pub fn count(&mut self, terms: impl Iterator<Item = TermId>) {
        self.sentences += 1;
        for term in terms {
            self.sentences_with[term as usize] += 1;
        }
    }

    /// Rarity of a term in this reference: the inverse document frequency over sentences
    /// (Spärck Jones 1972), damped so that a word of a short text is not taken for a key.
    pub fn rarity(&self, term: TermId) -> f32 {
        let with = self.sentences_with[term as usize].max(1) as f32;
        ((self.sentences as f32 + 8.0) / (with + 0.5)).ln().max(0.3)
    }

    /// Rarity of a word that the reference never uses.
    pub fn rarity_unknown(&self) -> f32 {
        ((self.sentences as f32 + 8.0) / 1.5).ln()
    }
}

/// What stands at a place of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub enum Token<'a> {
    /// A word that carries a topic, or a number that is part of a name: its stem.
    Word(String, &'a str),
    /// A word that carries none, as written.
    Function(&'a str),
    /// A mark that parts clauses; the larger the stronger, from 1 to 3.
    Break(u8),
}

/// Splits the words of `text` (a stretch of a document's clean text) into tokens with their spans,
/// which count from `offset`.
pub fn tokens(text: &str, offset: u32) -> Vec<(Span, Token<'_>)> {
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_alphanumeric() {
            let mut end = start + c.len_utf8();
            while let Some(&(at, next)) = chars.peek() {
                // An apostrophe or a point between letters or digits belongs to the word.
                let behind = text[at + next.len_utf8()..].chars().next();
                let digits = text[..at].ends_with(|c: char| c.is_ascii_digit())
                    && behind.is_some_and(|c| c.is_ascii_digit());
                let joins = match next {
                    '\'' => behind.is_some_and(char::is_alphanumeric),
                    // "4.5", "3,800", "U.S."
                    '.' => {
                        digits || (end - start == 1 && behind.is_some_and(char::is_alphanumeric))
                    }
                    ',' => digits,
                    _ => false,
                };
                if !next.is_alphanumeric() && !joins {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
            let word = &text[start..end];
            let span = Span::new(offset as usize + start, offset as usize + end);
            found.push((span, word_token(word)));
        } else {
            let strength = match c {
                ',' => 1,
                '(' | ')' | '[' | ']' | '–' | '—' | '|' | '/' => 2,
                ';' | ':' | '.' | '!' | '?' | '…' => 3,
                _ => continue,
            };
            let at = offset as usize + start;
            found.push((Span::new(at, at + c.len_utf8()), Token::Break(strength)));
        }
    }
    found
}

fn word_token(word: &str) -> Token<'_> {
    let lower = word.to_lowercase();
    let bare = lower.strip_suffix("'s").unwrap_or(&lower);
    if terms::is_stopword(bare) {
        return Token::Function(word);
    }
    Token::Word(terms::stem(bare), word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_breaks_and_names_with_numbers() {
        let shown: Vec<String> = tokens("The U.S. mission's Phase 2 (17 km) opens, at 4.5.", 0)
            .into_iter()
            .map(|(_, token)| match token {
                Token::Word(stem, _) => stem,
                Token::Function(word) => format!("-{word}"),
                Token::Break(strength) => strength.to_string(),
            })
            .collect();
        assert_eq!(shown.join(" "), "-The u. 3 mission phase 2 2 17 km 2 open 1 -at 4.5 3");
    }
}
