//! Names that end in a number: "Highway 63" where the report has "Highway 36".

use super::name::NameRuling;
use crate::document::Document;
use crate::hash::HashMap;
use crate::parse::numbered::{Numbered, numbered};
use crate::source::Span;
use crate::statement::frame::{AT_HOME, LookUp, Terms};
use crate::statement::words::{TermId, Vocabulary};

/// A sentence shares at least so many words with the one that has the other number.
const SHARED: usize = 2;
/// Things of one kind looked at, and words of a sentence: a law has many sections.
const MOST: usize = 64;
const LONGEST: usize = 80;

/// The numbered things of a report, by what they are.
#[derive(Debug, Clone, Default)]
pub struct Numbers(HashMap<String, Vec<(Numbered, Span)>>);

impl Numbers {
    /// Indexes those of `report`.
    pub fn new(report: &Document) -> Numbers {
        let mut numbers = Numbers::default();
        for named in numbered(report) {
            let sentence = sentence(report, &named);
            numbers.0.entry(named.label.clone()).or_default().push((named, sentence));
        }
        numbers
    }

    /// The numbers of `derivative` that the report gives to nothing of that kind.
    pub fn judge(&self, derivative: &Document, look_up: &mut LookUp<'_>) -> Vec<NameRuling> {
        if self.0.is_empty() {
            return Vec::new();
        }
        let all = numbered(derivative).into_iter();
        all.filter_map(|named| self.other(derivative, look_up, &named)).collect()
    }

    /// The number that the report gives to the thing that one of the derivative's sentences tells of.
    fn other(
        &self,
        derivative: &Document,
        look_up: &mut LookUp<'_>,
        named: &Numbered,
    ) -> Option<NameRuling> {
        let there = self.0.get(&named.label)?;
        let known = there.iter().any(|(other, _)| other.number.eq_ignore_ascii_case(&named.number));
        if known || look_up.familiarity(derivative, named.block) < AT_HOME {
            return None;
        }
        let mut asked: Vec<TermId> = Vec::new();
        let words = look_up.words();
        for word in words.terms_within(sentence(derivative, named)).take(LONGEST) {
            asked.extend(look_up.terms(word).iter().map(|&(term, _)| term));
        }
        let shared =
            |(_, sentence): &&(Numbered, Span)| shared(look_up.vocabulary(), *sentence, &asked);
        let first = there.iter().take(MOST).rev().max_by_key(shared);
        let (meant, _) = first.filter(|best| shared(best) >= SHARED)?;
        Some(NameRuling {
            span: named.span,
            expected: meant.number.clone(),
            evidence: meant.span,
            case: "number",
        })
    }
}

/// How many of the words of a sentence of the report are asked for.
fn shared(vocabulary: &Vocabulary, sentence: Span, asked: &[TermId]) -> usize {
    vocabulary
        .words()
        .terms_within(sentence)
        .take(LONGEST)
        .filter(|term| asked.contains(term))
        .count()
}

fn sentence(document: &Document, named: &Numbered) -> Span {
    document.sentence_at(named.span.start).map_or(named.span, |(_, sentence)| sentence)
}
