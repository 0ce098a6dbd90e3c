//! `rules/words/en/labels.toml`: words that make the number behind them a name.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    labels: Vec<String>,
}

/// Whether a word (any case) makes the number behind it a name.
pub fn is_label(word: &str) -> bool {
    static LABELS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let file: File =
            toml::from_str(super::file("words/en/labels.toml")).expect("labels.toml is tested");
        file.labels.into_iter().collect()
    });
    !word.is_empty() && LABELS.contains(word.to_ascii_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels() {
        assert!(super::is_label("Article"));
        assert!(!super::is_label("people"));
    }
}
