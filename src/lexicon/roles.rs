//! `rules/words/en/roles.toml`: the nouns that name an office or a profession.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    groups: Vec<Vec<String>>,
}

/// The office that a lower-case noun names, as a number that synonyms share.
pub fn office(lower: &str) -> Option<usize> {
    static OFFICES: LazyLock<HashMap<String, usize>> = LazyLock::new(|| {
        let file: File =
            toml::from_str(super::file("words/en/roles.toml")).expect("roles.toml is tested");
        let groups = file.groups.into_iter().enumerate();
        groups.flat_map(|(number, words)| words.into_iter().map(move |w| (w, number))).collect()
    });
    OFFICES.get(lower).copied()
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
