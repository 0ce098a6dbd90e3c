//! `rules/words/en/labels.toml`: words round a number that tell what it is.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

/// What words round a number tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Label {
    /// Before it: it is a name ("Article 5").
    Labels,
    /// The same, where they are capitalised ("Report 5", not "they report 5").
    Titles,
    /// Before it: the two are the name of a thing in the world ("Highway 63").
    Numbered,
    /// Before the unit of a table.
    Notes,
    /// Behind it: it is a house.
    Streets,
    /// Before "of" and a name: it is a place.
    Places,
    /// Before it: it is dialled.
    Telephones,
    /// Before pounds: they are a weight.
    Weighed,
    /// Before few pounds: the same.
    Slimmed,
    /// Behind pounds: they are money.
    Priced,
    /// Before "35C": degrees.
    Warmth,
    /// Behind "100m": metres.
    Races,
}

/// Whether a word (any case) tells this of a number beside it.
pub fn tells(label: Label, word: &str) -> bool {
    static WORDS: LazyLock<BTreeMap<Label, HashSet<String>>> =
        LazyLock::new(|| super::table("words/en/labels.toml"));
    let mut buffer = [0; super::LONGEST_WORD];
    let words = WORDS.get(&label);
    !word.is_empty()
        && super::lower(word, &mut buffer)
            .is_some_and(|word| words.is_some_and(|words| words.contains(word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels() {
        assert!(tells(Label::Labels, "Article"));
        assert!(!tells(Label::Labels, "people"));
        assert!(tells(Label::Races, "final"));
    }
}
