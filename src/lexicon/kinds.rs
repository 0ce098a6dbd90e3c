//! `rules/words/en/kinds.txt`, generated from WordNet 3.0: what words and names are of.

use std::cmp::Ordering;
use std::sync::LazyLock;

use memchr::{memchr, memrchr};

use super::HashSet;

/// The lines of one kind, in order. A word is sought in the text itself: nothing is built at start.
struct Lines(&'static str);

static PERSONS: LazyLock<Lines> = LazyLock::new(|| Lines::of("person"));
static PLACES: LazyLock<Lines> = LazyLock::new(|| Lines::of("place"));
static NATIONALITIES: LazyLock<Lines> = LazyLock::new(|| Lines::of("nationality"));
/// An Uzbek is from Uzbekistan, an Afghan from Afghanistan.
static LANDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let places = PLACES.0.lines().filter_map(|line| line.split_once('|'));
    let lands = places.filter_map(|(_, place)| place.strip_suffix("stan"));
    lands.flat_map(|land| [Some(land), land.strip_suffix('i')]).flatten().collect()
});

impl Lines {
    fn of(kind: &str) -> Self {
        let text = super::text("words/en/kinds.txt");
        let head = format!("\n{kind}|");
        let start = text.find(&head).map_or(text.len(), |newline| newline + 1);
        let last = text.rfind(&head).map_or(start, |newline| newline + 1);
        let end = text[last..].find('\n').map_or(text.len(), |newline| last + newline);
        Lines(&text[start..end])
    }

    /// Whether one of the lines is about the word.
    fn contains(&self, word: &str) -> bool {
        let bytes = self.0.as_bytes();
        let (mut from, mut to) = (0, bytes.len());
        while from < to {
            let middle = from + (to - from) / 2;
            let start = memrchr(b'\n', &bytes[from..middle]).map_or(from, |at| from + at + 1);
            let end = memchr(b'\n', &bytes[middle..to]).map_or(to, |at| middle + at);
            let line = &bytes[start..end];
            let bar = memchr(b'|', line).map_or(0, |bar| bar + 1);
            match line[bar..].cmp(word.as_bytes()) {
                Ordering::Equal => return true,
                Ordering::Less => from = end + 1,
                Ordering::Greater => to = start,
            }
        }
        false
    }
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
    let one = || word.strip_suffix('s').is_some_and(|word| NATIONALITIES.contains(word));
    NATIONALITIES.contains(word) || LANDS.contains(word) || one()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let text = crate::lexicon::text("words/en/kinds.txt");
        let kinds = [("person", &PERSONS), ("place", &PLACES), ("nationality", &NATIONALITIES)];
        for (kind, lines) in kinds {
            let words: Vec<_> = lines.0.lines().filter_map(|line| line.split_once('|')).collect();
            let all = text.lines().filter_map(|line| line.split_once('|'));
            assert!(words.iter().copied().eq(all.filter(|line| line.0 == kind)));
            assert!(words.len() > 500 && words.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(words.iter().all(|(_, word)| lines.contains(word)));
        }
        assert!(is_person("attendant") && !is_person("table"));
        assert!(is_place("New Hampshire") && !is_place("Anna Lind"));
        assert!(is_nationality("English") && !is_nationality("Yes"));
        assert!(is_nationality("Uzbek") && is_nationality("Afghan"));
    }
}
