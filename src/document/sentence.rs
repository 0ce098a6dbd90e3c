//! Sentences of a block.

use std::collections::HashSet;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::source::Span;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    abbreviations: Vec<String>,
}

/// Words that end in a point without ending a sentence, lower case and without the point.
fn is_abbreviation(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
        let file: File = crate::lexicon::table("words/en/abbreviations.toml");
        file.abbreviations.into_iter().collect()
    });
    WORDS.contains(word.to_lowercase().as_str())
}

/// Splits the block at `span` of `text` into sentences that cover it but for the spaces between.
pub fn split(text: &str, span: Span) -> Vec<Span> {
    let block = &text[span.range()];
    let mut found = Vec::new();
    let mut start = 0;
    for at in memchr::memchr3_iter(b'.', b'!', b'?', block.as_bytes()) {
        if at < start {
            continue;
        }
        // Marks that close with the sentence.
        let tail = &block[at + 1..];
        let closed = tail.len()
            - tail.trim_start_matches(['.', '!', '?', '"', '\'', '”', '»', ')', ']']).len();
        let end = at + 1 + closed;
        let rest = &block[end..];
        if rest.is_empty() {
            break;
        }
        let (end, next) = match rest.starts_with(' ') {
            true => (end, end + 1),
            false => match glued(block, start, at) {
                Some(next) => (next, next),
                None => continue,
            },
        };
        if !ends_here(block, at, end) {
            continue;
        }
        found.push(Span::new(span.start as usize + start, span.start as usize + end));
        start = next;
    }
    if start < block.len() {
        found.push(Span::new(span.start as usize + start, span.end as usize));
    }
    found
}

/// No sentence is shorter than this that ends without a space behind it, in bytes: "1.Introduction".
const GLUED: usize = 20;

/// So many bytes on either side of a mark tell whether a space was lost there.
const NEAR: usize = 400;

/// Where the next sentence begins if the space between the two was lost: "for longer.The index fell". The
/// sentence that the mark at `at` ends begins at `start`.
fn glued(block: &str, start: usize, at: usize) -> Option<usize> {
    if block.as_bytes()[at] != b'.' || at - start < GLUED {
        return None;
    }
    let sentence = &block[block.ceil_char_boundary(start.max(at.saturating_sub(NEAR)))..at];
    let word = sentence.rsplit(' ').next()?.trim_end_matches(['"', '”', ')', '%']);
    let plain = word.len() > 3 && word.chars().all(char::is_lowercase)
        || !word.is_empty() && word.bytes().all(|b| b.is_ascii_digit());
    let tail = &block[at + 1..block.floor_char_boundary(at + NEAR)];
    let closed = match tail.chars().next()? {
        // Behind an even number of them one opens the next sentence.
        '"' => sentence.matches('"').count() % 2,
        mark @ ('”' | '»' | ')') => mark.len_utf8(),
        _ => 0,
    };
    let next = tail[closed..].trim_start_matches(['"', '“', '«', '(']);
    let token = next.split(' ').next()?;
    let mut letters = token.chars();
    // "Socket.IO" is a name.
    let opens = letters.next().is_some_and(char::is_uppercase)
        && letters.next().is_some_and(|c| c.is_lowercase() || token.len() > 3);
    // "example.Org/Index"
    let name =
        token.trim_end_matches(|c: char| !c.is_alphanumeric()).contains(['.', '/', '@', '_']);
    (plain && opens && !name).then_some(at + 1 + closed)
}

/// Whether the mark at `at`, with what closes it up to `end`, ends a sentence.
fn ends_here(block: &str, at: usize, end: usize) -> bool {
    let next = block[end..].trim_start().chars().next();
    let lower = next.is_some_and(char::is_lowercase);
    let closed = end > at + 1;
    if block.as_bytes()[at] != b'.' {
        // "Why?" he asked.
        return !(closed && lower);
    }
    let word = block[..at].rsplit([' ', '(', '"', '“', '\'']).next().unwrap_or_default();
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let initial = letters == 1 && word.chars().all(|c| c.is_uppercase());
    let dotted = word.contains('.') && letters > 1 && !word.contains(|c: char| c.is_ascii_digit());
    if !closed && (initial || dotted || is_abbreviation(word)) {
        // "U.S. The" still ends where a function word with a capital follows; rare enough to skip.
        return false;
    }
    !(closed && lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences() {
        let split = |text: &str| -> Vec<String> {
            super::split(text, Span::new(0, text.len()))
                .iter()
                .map(|s| text[s.range()].to_owned())
                .collect()
        };
        assert_eq!(split("One. Two! Three?"), ["One.", "Two!", "Three?"]);
        assert_eq!(
            split("Dr. Rundle paid 4.5 million. She left."),
            ["Dr. Rundle paid 4.5 million.", "She left."]
        );
        assert_eq!(split("\"We are.\" He left."), ["\"We are.\"", "He left."]);
        assert_eq!(split("\"Why?\" he asked. \"No.\""), ["\"Why?\" he asked.", "\"No.\""]);
        assert_eq!(split("he said so. they left."), ["he said so.", "they left."]);
        assert_eq!(
            split("They stay up for longer.The index fell 5% until Jan. 18.\"Ann left.\"He ate."),
            [
                "They stay up for longer.",
                "The index fell 5% until Jan. 18.",
                "\"Ann left.\"He ate."
            ]
        );
        for one in ["It is told at example.Org/Index today.", "They all use socket.IO for this."] {
            assert_eq!(split(one), [one]);
        }
        assert_eq!(split("Maj. Gen. H. Ahmed spoke"), ["Maj. Gen. H. Ahmed spoke"]);
    }
}
