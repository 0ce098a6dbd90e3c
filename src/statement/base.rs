//! Statements with an index over the words of their frames.

use super::Statement;
use super::words::TermId;
use crate::source::Span;

/// Number of a fact in a [`Base`].
pub type FactId = u32;

/// The statements of one kind that a report makes, in order, and for each term those whose frame
/// holds it.
#[derive(Debug, Clone, Default)]
pub struct Base {
    statements: Vec<Statement>,
    postings: Vec<Vec<(FactId, f32)>>,
}

impl Base {
    /// Indexes statements.
    pub fn new(statements: Vec<Statement>) -> Self {
        let mut postings: Vec<Vec<(FactId, f32)>> = Vec::new();
        for (number, fact) in statements.iter().enumerate() {
            for bond in &fact.frame.bonds {
                let term = bond.term as usize;
                if postings.len() <= term {
                    postings.resize_with(term + 1, Vec::new);
                }
                postings[term].push((number as FactId, bond.weight));
            }
        }
        Base { statements, postings }
    }

    /// The statements of a sentence, in order.
    pub fn of_sentence(&self, sentence: Span) -> impl Iterator<Item = (FactId, &Statement)> {
        let first = self.statements.partition_point(|fact| fact.sentence.end <= sentence.start);
        let here = self.statements[first..].iter();
        (first as FactId..).zip(here.take_while(move |fact| fact.sentence == sentence))
    }

    /// The statements whose frames hold `term`, each with the bond's weight.
    pub fn holding(&self, term: TermId) -> &[(FactId, f32)] {
        self.postings.get(term as usize).map_or(&[], Vec::as_slice)
    }
}

impl std::ops::Deref for Base {
    type Target = [Statement];

    fn deref(&self) -> &[Statement] {
        &self.statements
    }
}
