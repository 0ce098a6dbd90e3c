//! For a claim, the facts of a reference that speak of the same thing, best first.

pub mod quote;
pub mod sentence;

use crate::statement::words::Vocabulary;
use crate::statement::{Base, FactId, Frame};

/// How much of the frame's mass the claim's side makes up when two frames are compared; the rest
/// is the fact's side (Tversky 1977). A derivative leaves words out, so its own count more.
const CLAIM_SIDE: f32 = 0.68;
/// Factor on the score where one figure is reported and the other only compared with.
const ROLE_CLASH: f32 = 0.85;
/// Terms that stand in more facts than this say nothing and cost much.
const COMMON: usize = 4000;

/// More facts than this are never looked at for one claim.
pub const MOST: usize = 256;

/// A fact that may be meant by a claim.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// The fact.
    pub fact: FactId,
    /// How alike the two frames are, 0 to about 1.
    pub score: f32,
}

/// Facts that share words with claims; keeps its working memory between claims.
pub struct Aligner<'a> {
    facts: &'a Base,
    vocabulary: &'a Vocabulary,
    tallies: Vec<Tally>,
    touched: Vec<FactId>,
    /// The score of each fact for the frame asked last, 0 where it shares no word with it.
    scores: Vec<f32>,
}

/// What a fact shares with the frame that is asked about.
#[derive(Debug, Clone, Copy)]
struct Tally {
    shared: f32,
    /// The word that was counted last, and what it gave.
    word: u32,
    gain: f32,
}

const NOTHING: Tally = Tally { shared: 0.0, word: u32::MAX, gain: 0.0 };

impl<'a> Aligner<'a> {
    /// An aligner to the facts of one reference, whose words `vocabulary` counts.
    pub fn new(facts: &'a Base, vocabulary: &'a Vocabulary) -> Self {
        let count = facts.len();
        Aligner {
            facts,
            vocabulary,
            tallies: vec![NOTHING; count],
            touched: Vec::new(),
            scores: vec![0.0; count],
        }
    }

    /// The score of a fact for the frame that was asked about last.
    pub fn score(&self, fact: FactId) -> f32 {
        self.scores[fact as usize]
    }

    /// The facts that share most with `frame`, at most [`MOST`], best first.
    pub fn candidates(&mut self, frame: &Frame) -> Vec<Candidate> {
        self.best(frame, MOST, 0.0)
    }

    /// The facts that share most with `frame`, at most `most` and with no score below `least`, best
    /// first.
    pub fn best(&mut self, frame: &Frame, most: usize, least: f32) -> Vec<Candidate> {
        for fact in self.touched.drain(..) {
            self.scores[fact as usize] = 0.0;
        }
        for bond in &frame.bonds {
            let holding = self.facts.holding(bond.term);
            if holding.len() > COMMON {
                continue;
            }
            let rarity = self.vocabulary.rarity(bond.term);
            for &(fact, weight) in holding {
                let gain = rarity * bond.weight.min(weight);
                let tally = &mut self.tallies[fact as usize];
                if tally.word == u32::MAX {
                    self.touched.push(fact);
                }
                // Of two alternatives of one word the better counts.
                let before = if tally.word == bond.word { tally.gain } else { 0.0 };
                if gain > before {
                    *tally = Tally { shared: tally.shared + gain - before, word: bond.word, gain };
                }
            }
        }
        let mut found: Vec<Candidate> = Vec::with_capacity(most.min(self.touched.len()));
        for &fact in &self.touched {
            let tally = std::mem::replace(&mut self.tallies[fact as usize], NOTHING);
            let other = &self.facts[fact as usize].frame;
            let whole = CLAIM_SIDE * frame.mass + (1.0 - CLAIM_SIDE) * other.mass;
            let mut score = tally.shared / whole.max(f32::EPSILON);
            if frame.compared != other.compared {
                score *= ROLE_CLASH;
            }
            self.scores[fact as usize] = score;
            if score >= least {
                found.push(Candidate { fact, score });
            }
        }
        let order =
            |a: &Candidate, b: &Candidate| b.score.total_cmp(&a.score).then(a.fact.cmp(&b.fact));
        if found.len() > most {
            found.select_nth_unstable_by(most, order);
            found.truncate(most);
        }
        found.sort_unstable_by(order);
        found
    }
}
