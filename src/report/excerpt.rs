//! A few words of a file around a place, fit for a terminal: long lines are cut, and characters that
//! would move the cursor, change colours or turn the direction of writing are shown as `\u{FFFD}`.
//!
//! Only the lines at hand are read, so drawing a finding costs the same in a small file and a large.

use std::ops::Range;

use crate::document::Document;
use crate::source::{LineIndex, Span};

/// How much of a line is shown, in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// Before the words.
    pub before: usize,
    /// After them.
    pub after: usize,
    /// The most that is marked: a longer stretch is marked at its beginning.
    pub marked: usize,
}

impl Room {
    /// For the words that a finding is about.
    pub const WIDE: Room = Room { before: 44, after: 40, marked: 160 };
    /// For evidence, which is drawn inside the finding.
    pub const NARROW: Room = Room { before: 22, after: 22, marked: 40 };
}

/// The lines around a place.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Excerpt {
    /// The text, in as many lines as the file has there.
    pub text: String,
    /// The words in `text`.
    pub mark: Range<usize>,
}

impl Excerpt {
    /// The lines of `source` that hold `span`, cut to what is near.
    pub fn new(source: &[u8], lines: &LineIndex, span: Span, room: Room) -> Self {
        let start = (span.start as usize).min(source.len());
        let end = (span.end as usize).clamp(start, source.len().min(start + room.marked));
        let end = boundary(source, end);
        let line_start = lines.start(lines.line(start));
        let line_end = memchr::memchr(b'\n', &source[end..]).map_or(source.len(), |at| end + at);
        let from = boundary(source, line_start.max(start.saturating_sub(room.before)));
        let to = boundary(source, line_end.min(end + room.after));
        let mut text = String::with_capacity(to - from + 8);
        if from > line_start {
            text.push('…');
        }
        push_masked(&mut text, &source[from..start]);
        let mark_start = text.len();
        push_masked(&mut text, &source[start..end]);
        let mark = mark_start..text.len();
        push_masked(&mut text, &source[end..to]);
        text.truncate(text.trim_end_matches([' ', '\u{FFFD}']).len().max(mark.end));
        if to < line_end {
            text.push('…');
        }
        Excerpt { text, mark }
    }
}

/// A sentence is told whole that is no longer than this, in bytes.
const SENTENCE: usize = 600;
/// Bytes of a longer one that are told on either side of the words.
const SIDE: usize = 240;

/// The sentence around the words at `span`, cut to what is near where it is long.
pub fn sentence(document: &Document, sentence: Span, span: Span) -> String {
    let whole = document.slice(sentence);
    if whole.len() <= SENTENCE {
        return whole.trim().to_owned();
    }
    let inside = |at: u32| (at.clamp(sentence.start, sentence.end) - sentence.start) as usize;
    let start = inside(span.start);
    // Of long words their beginning is told.
    let end = whole.floor_char_boundary(inside(span.end).min(start + SIDE));
    let from = whole.ceil_char_boundary(start.saturating_sub(SIDE));
    let to = whole.floor_char_boundary((end + SIDE).min(whole.len()));
    // No word is cut in two.
    let from =
        if from == 0 { 0 } else { whole[from..start].find(' ').map_or(from, |at| from + at) };
    let to =
        if to == whole.len() { to } else { whole[end..to].rfind(' ').map_or(to, |at| end + at) };
    let cut = |cut: bool| if cut { "…" } else { "" };
    let text = whole[from..to].trim();
    format!("{}{text}{}", cut(from > 0), cut(to < whole.len()))
}

/// The nearest start of a character at or before `at`.
fn boundary(source: &[u8], mut at: usize) -> usize {
    while at > 0 && at < source.len() && source[at] & 0xC0 == 0x80 {
        at -= 1;
    }
    at
}

/// Appends the text of a file without what could play tricks on a terminal.
fn push_masked(text: &mut String, bytes: &[u8]) {
    text.extend(String::from_utf8_lossy(bytes).chars().filter(|c| *c != '\r').map(masked));
}

/// The text without characters that could play tricks on a terminal.
pub fn mask(text: &str) -> String {
    text.chars().map(masked).collect()
}

fn masked(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\u{200E}' | '\u{200F}' | '\u{061C}' => '\u{FFFD}',
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        // Line separators of Unicode, which some terminals obey.
        '\u{2028}' | '\u{2029}' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, start: usize, end: usize) -> Excerpt {
        Excerpt::new(
            text.as_bytes(),
            &LineIndex::new(text.as_bytes()),
            Span::new(start, end),
            Room::WIDE,
        )
    }

    fn excerpt(text: &str, words: &str) -> Excerpt {
        let start = text.find(words).unwrap();
        at(text, start, start + words.len())
    }

    #[test]
    fn marks_the_words_of_a_line() {
        let found = excerpt("one\r\ntwo thrée four\r\nfive", "thrée");
        assert_eq!(found.text, "two thrée four");
        assert_eq!(&found.text[found.mark.clone()], "thrée");
    }

    #[test]
    fn long_sentences_are_told_near_the_words() {
        let read = |text: &str| {
            crate::document::read(std::path::Path::new("a.txt"), text.as_bytes().to_vec())
        };
        let text = format!("The {}fee is 5 euros {}now.", "é ".repeat(9_000), "à ".repeat(9_000));
        let document = read(&text).expect("it is text");
        let start = document.text.find("5 euros").expect("it stands there");
        let (_, whole) = document.sentence_at(start as u32).expect("it is in a sentence");
        let told = sentence(&document, whole, Span::new(start, start + 7));
        assert!(told.len() < 600 && told.contains("é fee is 5 euros à"), "{told}");
        assert!(told.starts_with('…') && told.ends_with('…'));
        let end = sentence(&document, whole, Span::new(whole.end as usize - 4, whole.end as usize));
        assert!(end.starts_with('…') && end.ends_with("now."), "{end}");
        let long = format!("He said that \"{}\" was so.", "é".repeat(900));
        let document = read(&long).expect("it is text");
        let (_, whole) = document.sentence_at(0).expect("it is a sentence");
        for start in 0..14 {
            let told = sentence(&document, whole, Span::new(start, document.text.len() - 8));
            assert!(told.ends_with('…') && told.len() < 600, "{told}");
        }
    }

    #[test]
    fn cuts_long_lines_at_characters() {
        let text = format!("{}here{}", "é".repeat(70_000), "é".repeat(70_000));
        let found = excerpt(&text, "here");
        assert!(found.text.len() < 400 && found.text.starts_with('…') && found.text.ends_with('…'));
        assert_eq!(&found.text[found.mark], "here");
    }

    #[test]
    fn hides_what_could_trick_a_terminal() {
        let found = excerpt("a\u{1b}[31m b\u{202e} 5\u{7} c", "5\u{7}");
        assert_eq!(found.text, "a\u{FFFD}[31m b\u{FFFD} 5\u{FFFD} c");
    }

    #[test]
    fn a_place_at_the_end_is_drawn() {
        assert_eq!(at("ab", 2, 2).mark, 2..2);
        assert_eq!(at("", 0, 0).mark, 0..0);
    }
}
