//! Who said a quotation: the words round it, the turn of a transcript, the heading of a speech.

use crate::document::{BlockKind, Document};
use crate::lexicon::{names, people, roles};
use crate::parse::Mention;
use crate::parse::name::{Lead, Run, runs};
use crate::source::Span;
use crate::value::Value;
use crate::value::quote::{Marks, Speaker};

/// How many words from the quotation a speaker may be named.
const REACH: usize = 14;

/// Sets the speaker of each quotation where the text tells who it is.
pub fn attribute(document: &Document, quotes: &mut [Mention]) {
    let turns = turns(document);
    let people: Vec<Run> = runs(document).into_iter().filter(may_speak).collect();
    let mut block = 0;
    // The last speaker who was named, and in which block.
    let mut last: Option<(usize, Speaker)> = None;
    for number in 0..quotes.len() {
        let span = quotes[number].span;
        while document.blocks.get(block).is_some_and(|b| b.span.end < span.end) {
            block += 1;
        }
        let Some(here) = document.blocks.get(block).filter(|b| b.span.contains(span)) else {
            continue;
        };
        let bounds = here.span;
        // The words between this quotation and its neighbours in the block.
        let start = number
            .checked_sub(1)
            .map_or(bounds.start, |before| quotes[before].span.end.max(bounds.start));
        let end = quotes.get(number + 1).map_or(bounds.end, |next| next.span.start.min(bounds.end));
        let behind = Span { start: span.end, end: end.max(span.end) };
        let before = Span { start: start.min(span.start), end: span.start };
        let lead = document.slice(before).trim_end();
        // "Lind said: ..." belongs to what follows; so does "Khan has said that" behind a full stop.
        let introduced = lead.ends_with([':', ',']) || lead.ends_with(" that");
        let closed =
            document.slice(span).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let closed = closed.ends_with('.');
        let onward = closed
            && quotes.get(number + 1).is_some_and(|next| next.span.start <= bounds.end)
            && !document.slice(behind).contains(['.', '!', '?']);
        let ahead = || named(document, &people, before, false);
        let after = || named(document, &people, behind, true).filter(|_| !onward);
        let subject = if introduced { ahead().or_else(after) } else { after().or_else(ahead) };
        let earlier = || {
            let reach = |(at, _): &&(usize, Speaker)| block - at <= PRONOUN_REACH;
            last.as_ref().filter(reach).map(|(_, speaker)| speaker.clone())
        };
        let pronoun = matches!(subject, Some(Subject::Pronoun(_)));
        let found = match subject {
            Some(Subject::Named(speaker)) => {
                last = Some((block, speaker.clone()));
                Some(speaker)
            }
            Some(Subject::Pronoun(cue)) => earlier().or_else(|| {
                let until = people.partition_point(|person| person.span.end <= span.start);
                let near = document.blocks[block.saturating_sub(1)].span.start;
                let person = people[..until].last().filter(|run| run.span.start >= near)?.span;
                Some(speaker(document, person, Some(&cue)))
            }),
            // "..." he said. "...": the words behind the first speak for the second too.
            None => number
                .checked_sub(1)
                .map(|before| &quotes[before])
                .filter(|before| bounds.contains(before.span))
                .and_then(|before| match &before.value {
                    Value::Quote(quote) => quote.speaker.clone(),
                    _ => None,
                }),
        };
        let found = found.or_else(|| turns[block].clone());
        let found =
            found.map(|speaker| Speaker { resolved: speaker.resolved || pronoun, ..speaker });
        if let Value::Quote(quote) = &mut quotes[number].value {
            quote.speaker = found;
            if quote.marks == Marks::Block {
                quote.speaker = None;
            }
        }
    }
}

/// How many blocks back "he said" may find its speaker.
const PRONOUN_REACH: usize = 2;

/// Whether a name may be that of a person who speaks.
fn may_speak(run: &Run) -> bool {
    run.lead != Lead::Place
        && !run.possessive
        && !run.words.iter().any(|(word, _)| {
            names::organisation_word(word)
                || roles::office(&word.to_lowercase()).is_some()
                || word.chars().all(char::is_uppercase)
                || is_opener(word)
        })
}

/// Who a text beside a quotation says spoke.
enum Subject {
    /// By name or description.
    Named(Speaker),
    /// By pronoun, with the verb of speech.
    Pronoun(String),
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
    let (name, cue) = (document.slice(span).to_owned(), cue.map(str::to_owned));
    Speaker { name, span, cue, resolved: false }
}

/// The speaker named in `span` beside a quotation: a name next to a verb of speech.
fn named(document: &Document, people: &[Run], span: Span, behind: bool) -> Option<Subject> {
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
    // "he said", "said she".
    let pronoun = |at: usize| {
        words.get(at).is_some_and(|(_, word)| {
            matches!(word.to_ascii_lowercase().as_str(), "he" | "she" | "they")
        })
    };
    if cue.checked_sub(1).is_some_and(pronoun) || pronoun(cue + 1) {
        return Some(Subject::Pronoun(words[cue].1.to_owned()));
    }
    // "said the man with the basket": up to the comma, a verb or a preposition of another phrase.
    let article = |at: usize| {
        words.get(at).is_some_and(|(_, word)| {
            matches!(word.to_ascii_lowercase().as_str(), "the" | "a" | "an" | "his" | "her" | "my")
        })
    };
    if article(cue + 1)
        && let Some(noun) = words.get(cue + 2)
        && roles::is_person(noun.1)
    {
        let from = words[cue + 1].0;
        let to = noun.0 + noun.1.len();
        let title = words
            .get(cue + 3)
            .is_some_and(|next| next.1.starts_with(char::is_uppercase) && text[to..next.0] == *" ");
        if !title {
            let whole = Span::new(span.start as usize + from, span.start as usize + to);
            return Some(Subject::Named(speaker(document, whole, Some(words[cue].1))));
        }
    }
    // A name on either side of the verb; the nearer wins, the one before it in a tie.
    let verb = Span::new(words[cue].0, words[cue].0 + words[cue].1.len());
    let verb = Span { start: span.start + verb.start, end: span.start + verb.end };
    let first = people.partition_point(|run| run.span.end <= span.start);
    let here = || people[first..].iter().take_while(|run| run.span.end <= span.end);
    // "Anna Lind, Cabinet Member for Transport, said": what stands between the commas is she.
    let apposed = here().take_while(|run| run.span.end <= verb.start).find(|run| {
        let gap = document.slice(Span { start: run.span.end, end: verb.start });
        gap.starts_with(", ")
            && gap.trim_end().ends_with(',')
            && gap.matches(' ').count() <= REACH
            && !gap.contains(['.', ';', '!', '?'])
    });
    if let Some(run) = apposed {
        let whole = run.titles_span.join(run.span);
        return Some(Subject::Named(speaker(document, whole, Some(words[cue].1))));
    }
    let nearest = here()
        .map(|run| {
            let gap = match run.span.end <= verb.start {
                true => Span { start: run.span.end, end: verb.start },
                false => Span { start: verb.end, end: run.span.start.max(verb.end) },
            };
            (document.slice(gap).matches(' ').count(), run)
        })
        .filter(|(distance, _)| *distance <= NAME_REACH)
        .min_by_key(|(distance, run)| (*distance, run.span.start))?;
    let whole = nearest.1.titles_span.join(nearest.1.span);
    Some(Subject::Named(speaker(document, whole, Some(words[cue].1))))
}

/// How many words from the verb of speech a speaker may be named.
const NAME_REACH: usize = 9;

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
        assert_eq!(one("\"We support it,\" said the doctor.").as_deref(), Some("the doctor"));
        assert_eq!(
            speakers(
                "Anna Lind said: \"Yes.\" The SCO did not answer. \"We support it,\" she said."
            ),
            [Some("Anna Lind".to_owned()), Some("Anna Lind".to_owned())]
        );
        assert_eq!(
            speakers("\"We support it,\" Lind said, \"in full.\""),
            [Some("Lind".to_owned()), Some("Lind".to_owned())]
        );
    }
}
