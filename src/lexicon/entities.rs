//! `rules/words/entities.toml`: the named characters of HTML that prose uses.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The character of this name, without `&` and `;`.
pub fn entity(name: &str) -> Option<char> {
    static ENTITIES: LazyLock<HashMap<String, char>> =
        LazyLock::new(|| super::table("words/entities.toml"));
    ENTITIES.get(name).copied()
}

#[cfg(test)]
mod tests {
    #[test]
    fn named_characters() {
        assert_eq!(super::entity("nbsp"), Some('\u{A0}'));
        assert_eq!(super::entity("pound"), Some('£'));
        assert_eq!(super::entity("bogus"), None);
    }
}
