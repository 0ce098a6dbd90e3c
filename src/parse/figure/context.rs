//! What stands around a number and tells whether it is a figure.

use super::At;

/// Whether a number without unit or sign tells something: no pronoun, no numbering, no name.
pub fn is_figure(at: At<'_>, len: usize) -> bool {
    !(numbering(at, len) || pronoun(at, len) || label(at.before()) || !ends(&at.rest()[len..]))
}

/// Words before "half" that make it a part of a game, a year or a term, not a share.
const HALVES: &[&str] = &[
    "first", "second", "third", "fourth", "other", "latter", "later", "former", "final", "opening",
    "closing", "next", "last", "this", "that", "better",
];

/// Whether a share is the name of a part: "the second half".
pub fn is_part(at: At<'_>, len: usize) -> bool {
    let half = at.rest().get(..len).is_some_and(|word| word.eq_ignore_ascii_case("half"));
    let last = last_word(at.before());
    half && HALVES.iter().any(|word| word.eq_ignore_ascii_case(last))
}

fn last_word(before: &str) -> &str {
    before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// "the one", "no one", "one of": words, not figures.
fn pronoun(at: At<'_>, len: usize) -> bool {
    let rest = at.rest();
    let word = rest[..len].to_lowercase();
    // Nothing else is said.
    if at.text.len() == len {
        return false;
    }
    let before = last_word(at.before()).to_lowercase();
    let next = rest[len..]
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match word.as_str() {
        "one" => {
            matches!(
                before.as_str(),
                "the"
                    | "this"
                    | "that"
                    | "no"
                    | "any"
                    | "every"
                    | "each"
                    | "which"
                    | "some"
                    | "another"
                    | "only"
                    | "a"
                    | "an"
                    | "first"
                    | "last"
                    | "next"
                    | "new"
                    | "loved"
                    | "good"
                    | "big"
                    | "other"
            ) || matches!(
                next.as_str(),
                "of" | "another"
                    | "day"
                    | "by"
                    | "is"
                    | "can"
                    | "has"
                    | "who"
                    | "that"
                    | "or"
                    | "thing"
                    | "s"
                    | ""
            )
        }
        "second" | "seconds" => {
            matches!(before.as_str(), "a" | "per" | "split" | "the")
                && !next.is_empty()
                && before != "the"
                || matches!(next.as_str(), "hand" | "half" | "thoughts")
        }
        "first" => matches!(before.as_str(), "at") || next.is_empty(),
        "a" | "an" => true,
        _ => false,
    }
}

/// A number that starts a block and only numbers it: "1 | Overview", "3. Parking", "1/7".
fn numbering(at: At<'_>, len: usize) -> bool {
    let tail = &at.rest()[len..];
    at.pos == 0 && [" |", ". ", ") ", "/", ": "].iter().any(|mark| tail.starts_with(mark))
}

/// A word before a number that makes it a name: "Article 5", "Phase 2", "page 12", "no. 4".
fn label(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '-']);
    let before = before
        .strip_suffix("nos.")
        .or_else(|| before.strip_suffix("no."))
        .map_or(before, |_| "number");
    let last = before
        .trim_end_matches('.')
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    crate::lexicon::labels::is_label(last)
}

/// Whether a bare number may end here: not inside a word, a version, a reference code.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() || c == '_' => false,
        Some('/' | '@' | '\\') => false,
        Some('-' | ':') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('.') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => true,
    }
}
