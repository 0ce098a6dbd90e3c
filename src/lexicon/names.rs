//! `rules/words/en/names.toml`: words that make and join names.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{HashMap, HashSet, LONGEST_WORD, lower};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organisation: HashSet<String>,
    joints: HashSet<String>,
    synonyms: Vec<Vec<String>>,
}

struct Names {
    organisation: HashSet<String>,
    joints: HashSet<String>,
    /// The numbers of the groups that a name stands in.
    groups: HashMap<String, Vec<u16>>,
}

fn names() -> &'static Names {
    static NAMES: LazyLock<Names> = LazyLock::new(|| {
        let file: File = super::table("words/en/names.toml");
        let mut groups: HashMap<String, Vec<u16>> = HashMap::default();
        for (number, names) in (0..).zip(file.synonyms) {
            for name in names {
                groups.entry(name).or_default().push(number);
            }
        }
        Names { organisation: file.organisation, joints: file.joints, groups }
    });
    &NAMES
}

/// Whether a word of a name shows that an organisation is named.
pub fn organisation_word(word: &str) -> bool {
    let mut buffer = [0; LONGEST_WORD];
    lower(word, &mut buffer).is_some_and(|word| names().organisation.contains(word))
}

/// Whether a lower-case word joins the parts of a name ("Bank of England").
pub fn is_joint(lower: &str) -> bool {
    names().joints.contains(lower)
}

/// The groups of names of one country or body that a name (any case) stands in: two names that
/// share one ("UK", "Britain") are synonyms.
pub fn groups(name: &str) -> &'static [u16] {
    let mut buffer = [0; LONGEST_NAME];
    let groups = lower(name, &mut buffer).and_then(|name| names().groups.get(name));
    groups.map_or(&[], Vec::as_slice)
}

/// Bytes of the longest name that has synonyms.
const LONGEST_NAME: usize = 64;

#[cfg(test)]
mod tests {
    #[test]
    fn name_words() {
        assert!(super::organisation_word("Trust"));
        assert!(super::is_joint("of"));
        assert!(!super::groups("UK").is_empty());
        assert_eq!(super::groups("UK"), super::groups("Britain"));
        let longest = super::names().groups.keys().map(String::len).max();
        assert!(longest <= Some(super::LONGEST_NAME));
    }
}
