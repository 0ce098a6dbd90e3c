//! `rules/words/en/speech-verbs.toml` and `titles.toml`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{HashSet, LONGEST_WORD, lower, openers};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    verbs: HashSet<String>,
    utterances: HashSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    honorifics: HashSet<String>,
    /// Honorifics and ranks.
    #[serde(skip)]
    all: HashSet<String>,
    sole: HashSet<String>,
    men: HashSet<String>,
    women: HashSet<String>,
    aged: HashSet<String>,
    ranks: BTreeMap<String, String>,
}

fn titles() -> &'static Titles {
    static TITLES: LazyLock<Titles> = LazyLock::new(|| {
        let mut titles: Titles = super::table("words/en/titles.toml");
        titles.all = titles.honorifics.iter().chain(titles.ranks.keys()).cloned().collect();
        titles
    });
    &TITLES
}

static VERBS: LazyLock<Verbs> = LazyLock::new(|| super::table("words/en/speech-verbs.toml"));

/// Whether a lower-case word introduces speech.
pub fn is_speech_verb(lower: &str) -> bool {
    VERBS.verbs.contains(lower)
}

/// Whether a lower-case noun is something that was said or written: "statement".
pub fn is_utterance(lower: &str) -> bool {
    VERBS.utterances.contains(lower)
}

/// Whether a word (any case, points at its end allowed) stands before names as a title.
pub fn is_title(word: &str) -> bool {
    if !openers::may(word, openers::TITLE) {
        return false;
    }
    let mut buffer = [0; LONGEST_WORD];
    lower(word.trim_end_matches('.'), &mut buffer).is_some_and(|word| titles().all.contains(word))
}

/// Whether a lower-case title is one that hardly two people of one text bear: "judge", not "president".
pub fn is_sole_title(lower: &str) -> bool {
    titles().sole.contains(lower)
}

/// Whether a lower-case noun tells a person by age and sex: "girl", "pensioner".
pub fn is_of_an_age(lower: &str) -> bool {
    titles().aged.contains(lower)
}

/// Every title, in lower case.
pub fn all_titles() -> impl Iterator<Item = &'static String> {
    titles().all.iter()
}

/// What a title or a pronoun tells of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gender {
    /// "Mr", "spokesman", "he".
    Man,
    /// "Mrs", "chairwoman", "she".
    Woman,
}

/// What a title or a noun for a person (any case) tells: "Sir", "spokeswoman".
pub fn gender(word: &str) -> Option<Gender> {
    let lower = word.trim_end_matches('.').to_lowercase();
    if titles().men.contains(&lower) {
        Some(Gender::Man)
    } else {
        titles().women.contains(&lower).then_some(Gender::Woman)
    }
}

/// What a lower-case pronoun tells: "he", "she".
pub fn pronoun_gender(lower: &str) -> Option<Gender> {
    match lower {
        "he" => Some(Gender::Man),
        "she" => Some(Gender::Woman),
        _ => None,
    }
}

/// The rank that these words name ("Maj Gen"), in its canonical form.
pub fn rank(words: &str) -> Option<&'static str> {
    titles().ranks.get(words.replace('.', "").to_lowercase().as_str()).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_words() {
        assert!(is_speech_verb("said"));
        assert!(is_title("Dr."));
        assert_eq!(rank("Maj. Gen."), Some("Major General"));
    }
}
