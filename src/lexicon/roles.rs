//! `rules/words/en/roles.toml`: the nouns that name an office or a profession.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: Vec<Vec<String>>,
    persons: HashSet<String>,
    qualities: HashSet<String>,
    passing: HashSet<String>,
    short: HashMap<String, String>,
}

fn file() -> &'static File {
    static FILE: LazyLock<File> = LazyLock::new(|| super::table("words/en/roles.toml"));
    &FILE
}

/// Whether a lower-case noun names a person, by an office or otherwise.
pub fn is_person(lower: &str) -> bool {
    file().persons.contains(lower) || office(lower).is_some() || super::kinds::is_person(lower)
}

/// Whether a lower-case noun tells what somebody does: "mediator", not "woman" or "sir".
pub fn is_occupation(lower: &str) -> bool {
    super::kinds::is_person(lower)
        && !file().persons.contains(lower)
        && !super::people::is_title(lower)
}

/// The office that a lower-case noun names, as a number that synonyms share.
pub fn office(lower: &str) -> Option<usize> {
    static OFFICES: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
        let groups = file().groups.iter().enumerate();
        groups.flat_map(|(number, words)| words.iter().map(move |w| (w.clone(), number))).collect()
    });
    OFFICES.get(lower).copied()
}

/// The words that a lower-case abbreviation of an office stands for: "cfo".
pub fn spelled_out(lower: &str) -> Option<&'static str> {
    file().short.get(lower).map(String::as_str)
}

/// Whether a lower-case word before an office tells nothing of what it is for: "senior".
pub fn is_quality(lower: &str) -> bool {
    file().qualities.contains(lower) || is_passing(lower)
}

/// Whether a lower-case word before an office tells only when it is held: "former".
pub fn is_passing(lower: &str) -> bool {
    file().passing.contains(lower)
}

#[cfg(test)]
mod tests {
    #[test]
    fn synonyms_share_their_office() {
        assert_eq!(super::office("chair"), super::office("chairwoman"));
        assert_ne!(super::office("chair"), super::office("president"));
        assert_eq!(super::office("table"), None);
    }
}
