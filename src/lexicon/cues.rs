//! `rules/words/en/derivation-cues.toml`: words that announce arithmetic.

use std::sync::LazyLock;

use serde::Deserialize;

/// Words by what they announce.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cues {
    /// Values added up.
    pub sum: Vec<String>,
    /// One value taken from another.
    pub difference: Vec<String>,
    /// One value as a part of another.
    pub share: Vec<String>,
    /// One value as a multiple of another.
    pub multiple: Vec<String>,
    /// A whole less a part of it.
    pub remainder: Vec<String>,
    /// An amount divided among so many.
    pub average: Vec<String>,
    /// What was before a change.
    pub earlier: Vec<String>,
    /// From one date to another.
    pub elapsed: Vec<String>,
    /// What parts leave of a whole.
    pub leftover: Vec<String>,
    /// What is added to a figure of the same sentence.
    pub added: Vec<String>,
    /// From which date an age counts.
    pub birth: Vec<String>,
    /// Headings of sums in tables.
    pub total: Vec<String>,
    /// Nouns for a change upwards.
    pub gain: Vec<String>,
    /// Nouns for a change downwards.
    pub loss: Vec<String>,
    /// Nouns for what lies between two figures.
    pub gap: Vec<String>,
    /// Comparatives behind a figure that is what lies between two others.
    pub gap_than: Vec<String>,
    /// Other words behind such a figure.
    pub gap_from: Vec<String>,
    /// Words before the date of a death.
    pub death: Vec<String>,
    /// Words before what a figure was at another time: "$0.82, compared with $0.69 a year ago".
    pub compared: Vec<String>,
    /// Words behind a bare number, or behind one of `gap_counts`, that make it a gap: "six points ahead".
    pub gap_of: Vec<String>,
    /// Counted things that somebody may be ahead by.
    pub gap_counts: Vec<String>,
    /// Words behind a length of time that lies between two dates.
    pub apart: Vec<String>,
    /// Verbs before what is left.
    pub rest: Vec<String>,
}

/// The cues of the language.
pub fn cues() -> &'static Cues {
    static CUES: LazyLock<Cues> = LazyLock::new(|| super::table("words/en/derivation-cues.toml"));
    &CUES
}

/// Whether one of these words stands in a lower-case text.
pub fn has_cue(text: &str, words: &[String]) -> bool {
    text.split(|c: char| !c.is_alphanumeric()).any(|word| words.iter().any(|cue| cue == word))
}

#[cfg(test)]
mod tests {
    #[test]
    fn cues_are_read() {
        assert!(super::cues().sum.iter().any(|word| word == "together"));
    }
}
