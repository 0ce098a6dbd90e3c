//! `rules/words/en/names.toml`: words that make and join names.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    organisation: HashSet<String>,
    joints: HashSet<String>,
    synonyms: Vec<Vec<String>>,
}

fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(|| {
        toml::from_str(super::file("words/en/names.toml")).expect("names.toml is tested")
    });
    &NAMES
}

/// Whether a word of a name shows that an organisation is named.
pub fn organisation_word(word: &str) -> bool {
    names().organisation.contains(word.to_lowercase().as_str())
}

/// Whether a lower-case word joins the parts of a name ("Bank of England").
pub fn is_joint(lower: &str) -> bool {
    names().joints.contains(lower)
}

/// Whether two names are of one country or body: "UK", "Britain".
pub fn synonymous(a: &str, b: &str) -> bool {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    names().synonyms.iter().any(|group| group.contains(&a) && group.contains(&b))
}

#[cfg(test)]
mod tests {
    #[test]
    fn name_words() {
        assert!(super::organisation_word("Trust"));
        assert!(super::is_joint("of"));
        assert!(super::synonymous("UK", "Britain"));
    }
}
