//! `rules/words/en/kinds.txt`, generated from WordNet 3.0: what words and names are of.

use std::sync::LazyLock;

use super::HashSet;

static PERSONS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| of("person").collect());
static PLACES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| of("place").collect());
static NATIONALITIES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    // An Uzbek is from Uzbekistan, an Afghan from Afghanistan.
    let lands = of("place").flat_map(|place| {
        ["stan", "istan"].into_iter().filter_map(move |land| place.strip_suffix(land))
    });
    of("nationality").chain(lands).collect()
});

/// The words that the table has under a kind.
fn of(kind: &'static str) -> impl Iterator<Item = &'static str> {
    let lines = super::text("words/en/kinds.txt").lines();
    lines
        .filter_map(|line| line.split_once('|'))
        .filter(move |line| line.0 == kind)
        .map(|line| line.1)
}

/// Whether a lower-case noun is one for people: "attendant".
pub fn is_person(lower: &str) -> bool {
    PERSONS.contains(lower)
}

/// Whether a name is first of all that of a place: "New Hampshire".
pub fn is_place(name: &str) -> bool {
    PLACES.contains(name)
}

/// Whether a word is the adjective of a place or a people: "English", "Uzbek".
pub fn is_nationality(word: &str) -> bool {
    NATIONALITIES.contains(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        assert!(is_person("attendant") && !is_person("table"));
        assert!(is_place("New Hampshire") && !is_place("Anna Lind"));
        assert!(is_nationality("English") && !is_nationality("Yes"));
        assert!(is_nationality("Uzbek") && is_nationality("Afghan"));
    }
}
