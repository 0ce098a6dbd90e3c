//! `rules/words/en/deeds.toml`: verbs of what one does to another.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{HashMap, terms};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: Vec<Vec<String>>,
    suffered: HashMap<String, String>,
    passive: Vec<String>,
    unsure: Vec<String>,
    gapped: Vec<String>,
    sets_term: Vec<String>,
    has_term: Vec<String>,
}

struct Deeds {
    /// The group of each verb, and whether who stands before it suffers the deed.
    verbs: HashMap<String, Deed>,
    passive: Vec<String>,
    unsure: Vec<String>,
    gapped: Vec<String>,
    /// Stems.
    sets_term: Vec<String>,
    has_term: Vec<String>,
}

/// What one does to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed {
    /// Number of the group of its verbs.
    pub group: usize,
    /// Whether who stands before the verb is the one to whom it is done: "lost to".
    pub suffered: bool,
}

static DEEDS: LazyLock<Deeds> = LazyLock::new(|| {
    let file: File = super::table("words/en/deeds.toml");
    let mut verbs = HashMap::default();
    for (group, words) in file.groups.into_iter().enumerate() {
        verbs.extend(words.into_iter().map(|verb| (verb, Deed { group, suffered: false })));
    }
    for (words, verb) in file.suffered {
        if let Some(deed) = verbs.get(&verb).copied() {
            verbs.insert(words, Deed { suffered: true, ..deed });
        }
    }
    let stems = |words: Vec<String>| words.iter().map(|word| terms::stem(word)).collect();
    Deeds {
        verbs,
        passive: file.passive,
        unsure: file.unsure,
        gapped: file.gapped,
        sets_term: stems(file.sets_term),
        has_term: stems(file.has_term),
    }
});

/// The deed that a lower-case verb tells, of one word or two.
pub fn deed(words: &str) -> Option<Deed> {
    DEEDS.verbs.get(words).copied()
}

/// Whether a lower-case word makes a passive of the participle behind it.
pub fn makes_passive(lower: &str) -> bool {
    DEEDS.passive.iter().any(|word| word == lower)
}

/// Whether a lower-case verb of the present is one that lists leave out behind the first item.
pub fn makes_gap(lower: &str) -> bool {
    DEEDS.gapped.iter().any(|word| word == lower)
}

/// Stems of verbs behind which a length of time is one that was laid down: "jailed (for six years)".
pub fn sets_term() -> &'static [String] {
    &DEEDS.sets_term
}

/// Stems of nouns that last as long as was laid down: "(a two-year) contract".
pub fn has_term() -> &'static [String] {
    &DEEDS.has_term
}

/// Whether it is not sure behind a lower-case word who does what the verb tells: "and", "not".
pub fn makes_unsure(lower: &str) -> bool {
    DEEDS.unsure.iter().any(|word| word == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn deeds() {
        let beat = deed("thrashed").expect("a deed");
        assert_eq!(deed("lost to"), Some(Deed { suffered: true, ..beat }));
        assert_eq!(deed("met"), None);
        // Every verb stands once, and what is suffered is a deed.
        let file: File = crate::lexicon::table("words/en/deeds.toml");
        let count: usize = file.groups.iter().map(Vec::len).sum();
        assert_eq!(DEEDS.verbs.len(), count + file.suffered.len());
    }
}
