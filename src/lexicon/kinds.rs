//! `rules/words/en/kinds.txt`, generated from WordNet 3.0: what words and names are of.

use std::sync::LazyLock;

/// The lines of the table, in order.
static LINES: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let text = super::text("words/en/kinds.txt");
    text.lines().filter(|line| !line.starts_with('#')).collect()
});

/// Whether the table has the word under the kind.
fn is(kind: &str, word: &str) -> bool {
    let at = LINES.binary_search_by(|line| line.split_once('|').cmp(&Some((kind, word))));
    at.is_ok()
}

/// Whether a lower-case noun is one for people: "attendant".
pub fn is_person(lower: &str) -> bool {
    is("person", lower)
}

/// Whether a name is first of all that of a place: "New Hampshire".
pub fn is_place(name: &str) -> bool {
    is("place", name)
}

/// Whether a word is the adjective of a place or a people: "English", "Uzbek".
pub fn is_nationality(word: &str) -> bool {
    is("nationality", word)
        || ["stan", "istan"].iter().any(|land| is_place(&format!("{word}{land}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds() {
        let in_order = |pair: &[&str]| pair[0].split_once('|') < pair[1].split_once('|');
        assert!(LINES.windows(2).all(in_order));
        assert!(is_person("attendant") && !is_person("table"));
        assert!(is_place("New Hampshire") && !is_place("Anna Lind"));
        assert!(is_nationality("English") && !is_nationality("Yes"));
        assert!(is_nationality("Uzbek") && is_nationality("Afghan"));
    }
}
