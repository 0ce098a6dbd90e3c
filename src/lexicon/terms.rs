//! Which two words speak of the same thing.
//!
//! An article seldom repeats the report's words: "sales rose" stands for "revenue increased". Here
//! words are brought to one stem, words without a topic are named, and stems that may stand for each
//! other are listed with a weight. The weights only rank candidates: no verdict rests on a synonym
//! alone, so a loose pair costs less than a missing one, but a pair of opposites is never related.

mod related;
mod stem;

pub use related::{opposite, prepare, related};
pub use stem::{is_stopword, joins, opens_phrase, stands_before_verb, stem};
