//! Who said a quotation: the words round it, the turn of a transcript, the heading of a speech.

use crate::document::{BlockKind, Document};
use crate::lexicon::people;
use crate::parse::Mention;
use crate::source::Span;
use crate::value::Value;
use crate::value::quote::{Marks, Speaker};

/// How many words from the quotation a speaker may be named.
const REACH: usize = 14;

/// Sets the speaker of each quotation where the text names one.
pub fn attribute(document: &Document, quotes: &mut [Mention]) {
    let turns = turns(document);
    for number in 0..quotes.len() {
        let span = quotes[number].span;
        let Some(block) = document.blocks.iter().position(|block| block.span.contains(span)) else {
            continue;
        };
        let bounds = document.blocks[block].span;
        // The words between this quotation and its neighbours in the block.
        let start = number
            .checked_sub(1)
            .map_or(bounds.start, |before| quotes[before].span.end.max(bounds.start));
        let end = quotes.get(number + 1).map_or(bounds.end, |next| next.span.start.min(bounds.end));
        let behind = named(document, Span { start: span.end, end: end.max(span.end) }, true);
        let before =
            || named(document, Span { start: start.min(span.start), end: span.start }, false);
        // "..." he said. "...": the words behind the first speak for the second too.
        let found = behind.or_else(before).or_else(|| {
            let earlier = number.checked_sub(1).map(|before| &quotes[before])?;
            match &earlier.value {
                Value::Quote(quote) if bounds.contains(earlier.span) => quote.speaker.clone(),
                _ => None,
            }
        });
        let found = found.or_else(|| turns[block].clone());
        if let Value::Quote(quote) = &mut quotes[number].value {
            quote.speaker = found;
            if quote.marks == Marks::Block {
                quote.speaker = None;
            }
        }
    }
}

/// The speaker of each block, where the document is a transcript or a report of speeches.
pub fn turns(document: &Document) -> Vec<Option<Speaker>> {
    let mut current: Option<Speaker> = None;
    let mut found = Vec::with_capacity(document.blocks.len());
    for block in &document.blocks {
        let text = document.slice(block.span);
        if let Some(colon) = text.find(':')
            && colon <= 40
            && is_turn(&text[..colon])
        {
            current = Some(speaker(
                document,
                Span::new(block.span.start as usize, block.span.start as usize + colon),
                None,
            ));
        } else if text.len() <= 160 && introduces(text) {
            current = Some(speaker(document, block.span, None));
        } else if matches!(block.kind, BlockKind::Heading(_))
            && text.chars().any(char::is_alphabetic)
            && !text.contains("Speaker")
        {
            current = None;
        }
        found.push(current.clone());
    }
    found
}

/// "OYELOWO", "Dr Rundle": one to four words with capitals.
fn is_turn(words: &str) -> bool {
    let mut count = 0;
    let all = words.split(' ').all(|word| {
        count += 1;
        word.starts_with(char::is_uppercase)
    });
    let shouted =
        words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && words.len() > 2;
    all && count <= 4 && (shouted || words.split(' ').next().is_some_and(people::is_title))
}

/// A line that names a speaker: a title first, a name, no sentence.
fn introduces(text: &str) -> bool {
    let first = text.split([' ', '.']).next().unwrap_or_default();
    people::is_title(first)
        && !text.ends_with(['.', '!', '?'])
        && !text.contains(". I ")
        && text.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() >= 3
        && !text.split(' ').any(people::is_speech_verb)
}

fn speaker(document: &Document, span: Span, cue: Option<&str>) -> Speaker {
    Speaker { name: document.slice(span).to_owned(), span, cue: cue.map(str::to_owned) }
}

/// The speaker named in `span` beside a quotation: a name next to a verb of speech.
fn named(document: &Document, span: Span, behind: bool) -> Option<Speaker> {
    let text = document.slice(span);
    let words: Vec<(usize, &str)> = words(text);
    let cue_near = |index: usize| {
        let word = words[index].1.to_lowercase();
        people::is_speech_verb(&word)
            || (word == "to" && index > 0 && words[index - 1].1.eq_ignore_ascii_case("according"))
    };
    let range: Vec<usize> = if behind {
        // Only the rest of the sentence.
        let end = text.find(['.', '!', '?']).unwrap_or(text.len());
        (0..words.len()).filter(|&i| words[i].0 < end).take(REACH).collect()
    } else {
        (0..words.len()).rev().take(REACH).collect()
    };
    let cue = range.into_iter().find(|&index| cue_near(index))?;
    // A name on either side of the verb; the nearer wins, the one before it in a tie.
    let name_at = |from: usize| -> Option<Span> {
        let first = words.get(from)?;
        first.1.starts_with(char::is_uppercase).then_some(())?;
        let mut to = from;
        while let Some(next) = words.get(to + 1) {
            let gap = &text[words[to].0 + words[to].1.len()..next.0];
            let joined = gap == " " || gap == ". ";
            if !(joined && next.1.starts_with(char::is_uppercase)) {
                break;
            }
            to += 1;
        }
        Some(Span::new(
            span.start as usize + first.0,
            span.start as usize + words[to].0 + words[to].1.len(),
        ))
    };
    for distance in 1..=8usize {
        if let Some(at) = cue.checked_sub(distance)
            && let Some(found) = name_at(at)
            && !is_opener(words[at].1)
        {
            // The whole name, not only its last word.
            let mut first = at;
            while first > 0
                && words[first - 1].1.starts_with(char::is_uppercase)
                && text[words[first - 1].0..words[first].0].len() <= words[first - 1].1.len() + 2
            {
                first -= 1;
            }
            let whole = Span { start: span.start + words[first].0 as u32, end: found.end };
            return Some(speaker(document, whole, Some(words[cue].1)));
        }
        if let Some(found) = name_at(cue + distance).filter(|_| !is_opener(words[cue + distance].1))
        {
            return Some(speaker(document, found, Some(words[cue].1)));
        }
    }
    None
}

fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "He" | "She"
            | "They"
            | "The"
            | "It"
            | "In"
            | "I"
            | "We"
            | "But"
            | "And"
            | "A"
            | "An"
            | "This"
            | "That"
            | "As"
            | "At"
            | "On"
            | "His"
            | "Her"
            | "When"
            | "Asked"
            | "Of"
            | "For"
    ) || crate::lexicon::calendar::weekday(&word.to_lowercase()).is_some()
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (matches!(c, '-' | '\'') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether two ways of naming a person may mean the same one: they share a word of the name.
pub fn same_person(a: &str, b: &str) -> bool {
    let key = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| word.len() > 2 && !people::is_title(word))
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (key(a), key(b));
    a.iter().any(|word| b.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn speakers(text: &str) -> Vec<Option<String>> {
        let document = crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap();
        let mut quotes = crate::parse::quote::quotes(&document);
        attribute(&document, &mut quotes);
        quotes
            .into_iter()
            .map(|mention| match mention.value {
                Value::Quote(quote) => quote.speaker.map(|speaker| speaker.name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn explicit_speakers() {
        let one = |text: &str| speakers(text).into_iter().next().flatten();
        assert_eq!(one("\"We support it,\" said Anna Lind.").as_deref(), Some("Anna Lind"));
        assert_eq!(one("Anna Lind said: \"We support it.\"").as_deref(), Some("Anna Lind"));
        assert_eq!(one("\"We support it,\" Dr Lind told members.").as_deref(), Some("Dr Lind"));
        assert_eq!(one("\"We support it,\" he said."), None);
        assert_eq!(
            speakers("\"We support it,\" Lind said, \"in full.\""),
            [Some("Lind".to_owned()), Some("Lind".to_owned())]
        );
    }
}
