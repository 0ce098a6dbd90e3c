//! Quotations in every style of marks.

use crate::document::Document;
use crate::lexicon::people;
use crate::parse::Mention;
use crate::source::Span;
use crate::value::quote::Marks;
use crate::value::{Quote, Value};

/// Marks that open a quotation, and the marks that close it.
const DOUBLE: &[(char, &[char])] = &[
    ('“', &['”', '"']),
    ('"', &['"', '”']),
    ('«', &['»']),
    ('„', &['“', '”', '"']),
    ('»', &['«']),
];
const SINGLE: &[(char, &[char])] = &[('‘', &['\'']), ('\'', &['\'']), ('`', &['\'', '`'])];

/// Every quotation of a document, in order.
pub fn quotes(document: &Document) -> Vec<Mention> {
    let mut found = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let text = document.slice(block.span);
        let next = document.blocks.get(number + 1).map(|next| document.slice(next.span));
        let before = found.len();
        in_block(text, block.span.start, next, &mut found);
        if block.quoted && found.len() == before {
            let quote = Quote {
                inner: block.span,
                marks: Marks::Block,
                speaker: None,
                scare: false,
                unclosed: false,
            };
            found.push(Mention {
                span: block.span,
                qualifier_span: None,
                value: Value::Quote(quote),
            });
        }
    }
    found
}

fn in_block(text: &str, offset: u32, next: Option<&str>, found: &mut Vec<Mention>) {
    let mut pos = 0;
    // What closes none of one kind closes none that opens behind it.
    let mut open: Vec<(char, Form)> = Vec::new();
    while let Some(at) = text[pos..].find(is_opening).map(|at| pos + at) {
        let Some(mark) = text[at..].chars().next() else { break };
        // ``Two back-ticks'' as TeX and tokenised corpora write them.
        let doubled = mark == '`' && text[at..].starts_with("``");
        let after = at + mark.len_utf8() * if doubled { 2 } else { 1 };
        pos = after;
        let may = spaced(text, at, after, mark) && !open.contains(&(mark, Form::Spaced));
        let spaced = may
            .then(|| {
                let end = spaced_close(text, after, mark);
                open.extend(end.is_none().then_some((mark, Form::Spaced)));
                // "a ticket ' they were ` glad '": the mark that closes belongs to the back-tick.
                end.filter(|&(end, _)| mark == '`' || !text[after..end].contains('`'))
            })
            .flatten();
        if !doubled && spaced.is_none() && !opens(text, at, mark) {
            continue;
        }
        let double = DOUBLE.iter().find(|(open, _)| *open == mark);
        let closing = double
            .or_else(|| SINGLE.iter().find(|(open, _)| *open == mark))
            .map(|(_, close)| *close);
        let Some(closing) = closing else { continue };
        let form = if doubled { Form::Doubled } else { Form::Plain };
        let end = if open.contains(&(mark, form)) {
            None
        } else if doubled {
            text[after..].find("''").map(|end| (after + end, 2))
        } else {
            spaced.or_else(|| close(text, after, closing, double.is_some()))
        };
        open.extend(end.is_none().then_some((mark, form)));
        let (end, after_end, unclosed) = match end {
            Some((end, len)) => (end, end + len, false),
            // The next paragraph opens the mark again: the quotation goes on there.
            None if double.is_some() && next.is_some_and(|next| next.starts_with(mark)) => {
                (text.len(), text.len(), true)
            }
            None => continue,
        };
        let inner = &text[after..end];
        if inner.trim().is_empty() || (double.is_none() && !inner.contains(' ') && mark == '\'') {
            pos = after;
            continue;
        }
        let lead = inner.len() - inner.trim_start().len();
        let start = offset as usize + after + lead;
        let quote = Quote {
            inner: Span::new(start, start + inner.trim().len()),
            marks: if double.is_some() { Marks::Double } else { Marks::Single },
            speaker: None,
            scare: is_scare(&text[..at], inner.trim(), &text[after_end..]),
            unclosed,
        };
        let span = Span::new(offset as usize + at, offset as usize + after_end);
        found.push(Mention { span, qualifier_span: None, value: Value::Quote(quote) });
        pos = after_end;
    }
}

/// How a mark stands: by which it is closed.
#[derive(Clone, Copy, PartialEq)]
enum Form {
    /// Right before its word.
    Plain,
    /// Between spaces.
    Spaced,
    /// Twice, as a back-tick.
    Doubled,
}

/// Words of the longest phrase that is quoted for itself.
const PHRASE: usize = 4;
/// Bytes on each side of a phrase in which a verb of speech makes it somebody's.
const REPORTED: usize = 120;

/// Whether marks set off a title, a name or a word for itself: a few words in the flow of a
/// sentence in which nobody speaks. `before` and `after` are the rest of the block.
fn is_scare(before: &str, inner: &str, after: &str) -> bool {
    let flows = before.trim_end().ends_with(char::is_alphanumeric);
    // "Let's see," he went on: the comma hands over to whoever speaks.
    let behind = after.split_ascii_whitespace().next();
    if inner.ends_with(',') && behind.and_then(people::pronoun_gender).is_some() {
        return false;
    }
    let short = inner.split(' ').count() <= PHRASE && flows;
    let title = is_title(inner) && (flows || !inner.ends_with(['.', '!', '?']));
    if !(short || title) {
        return false;
    }
    let sentence_end = |c: char| matches!(c, '.' | '!' | '?');
    let before = &before[before.ceil_char_boundary(before.len().saturating_sub(REPORTED))..];
    let after = &after[..after.floor_char_boundary(REPORTED)];
    let lead = before.rsplit(sentence_end).next().unwrap_or_default();
    let tail = after.split(sentence_end).next().unwrap_or_default();
    let tail = if inner.ends_with(['.', '!']) { "" } else { tail };
    let speaks = |word: &str| people::is_speech_verb(&word.to_lowercase());
    let letters = |c: char| !c.is_alphabetic();
    !(lead.split(letters).any(speaks) || tail.split(letters).any(speaks))
}

/// Whether a single mark with spaces on both sides may open: tokenised text sets its marks off
/// ("said: ' we agree '"). A possessive plural looks alike ("the workers ' hall").
fn spaced(text: &str, at: usize, after: usize, mark: char) -> bool {
    let before = text[..at].trim_end();
    matches!(mark, '`' | '\'' | '‘')
        && (at == 0 || text[..at].ends_with(' '))
        && text[after..].starts_with(' ')
        && (mark != '\'' || !before.ends_with('s'))
}

/// The mark that closes a spaced quotation: one with a space before it.
fn spaced_close(text: &str, from: usize, mark: char) -> Option<(usize, usize)> {
    let (at, _) = text[from..].char_indices().skip(1).find(|&(at, c)| {
        let at = from + at;
        c == '\''
            && !text[at + 1..].starts_with(char::is_alphanumeric)
            && (text[..at].ends_with([' ', '.', ',', '?', '!'])
                // A typographic mark opened: the one that closes may stand close.
                || mark == '‘' && !text[..at].ends_with('s'))
    })?;
    Some((from + at, 1))
}

fn is_opening(c: char) -> bool {
    matches!(c, '“' | '"' | '«' | '„' | '»' | '‘' | '\'' | '`')
}

/// Whether a mark at `at` opens: nothing or a space before it, and a word behind it.
fn opens(text: &str, at: usize, mark: char) -> bool {
    let before = text[..at].chars().next_back();
    let behind = text[at + mark.len_utf8()..].chars().next();
    if behind.is_none_or(char::is_whitespace) {
        // `" We agree "`: tokenised text. `agree," said` closes a quotation that nothing opened.
        let tokenised = mark == '"' && before.is_none_or(char::is_whitespace);
        return mark == '“' || tokenised;
    }
    match mark {
        '“' | '„' | '«' => true,
        // An inch mark stands behind a digit, an apostrophe behind a letter.
        '"' => !before.is_some_and(|c| c.is_alphanumeric()),
        _ => {
            before.is_none_or(|c| {
                c.is_whitespace() || matches!(c, '(' | '[' | '—' | '–' | '"' | '“' | ':')
            }) && behind
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '[' | '…' | '.' | '-' | '—'))
                && !behind.is_some_and(|c| c.is_ascii_digit())
                && !(mark == '\'' && is_clitic(&text[at + 1..]))
        }
    }
}

/// Whether a word that tokenised text has cut off stands here: "the stranger 's arrival".
fn is_clitic(behind: &str) -> bool {
    let end = behind.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(behind.len());
    ["s", "t", "d", "m", "re", "ve", "ll"]
        .iter()
        .any(|clitic| behind[..end].eq_ignore_ascii_case(clitic))
}

/// Where the quotation that opened before `from` closes: offset and length of the mark.
fn close(text: &str, from: usize, closing: &[char], double: bool) -> Option<(usize, usize)> {
    // `"in full''`: two single marks close a double one where texts mix their marks.
    let pair = |at: usize| double && text[from + at..].starts_with("''");
    text[from..]
        .char_indices()
        .filter(|&(at, c)| closing.contains(&c) || c == '\'' && pair(at))
        .map(|(at, c)| (from + at, if c == '\'' && double { 2 } else { c.len_utf8() }))
        .find(|&(at, len)| {
            if double {
                // A paragraph that goes on with the quotation opens it again: `... "And we`.
                let before = text[..at].chars().next_back();
                let behind = text[at + len..].chars().next();
                return !(text[at..].starts_with('"')
                    && before.is_some_and(char::is_whitespace)
                    && behind.is_some_and(char::is_alphanumeric));
            }
            // An apostrophe has a letter on both sides; a possessive plural a space and a word
            // behind, and a mark that closes before the next one opens.
            let before = text[..at].chars().next_back();
            let behind = text[at + len..].chars().next();
            let possessive = || {
                let rest = &text[at + len..];
                before == Some('s')
                    && behind == Some(' ')
                    && rest
                        .char_indices()
                        .filter(|&(_, c)| closing.contains(&c) || c == '‘')
                        .map(|(next, c)| {
                            (rest[..next].chars().next_back(), &rest[next + c.len_utf8()..])
                        })
                        // Apostrophes inside words tell nothing.
                        .find(|(before, after)| {
                            !(before.is_some_and(char::is_alphanumeric)
                                && after.starts_with(char::is_alphanumeric))
                        })
                        .is_some_and(|(before, _)| before.is_some_and(|c| !c.is_whitespace()))
            };
            !behind.is_some_and(char::is_alphanumeric)
                && !before.is_some_and(char::is_whitespace)
                && !possessive()
        })
}

/// Whether the words look like a title: every longer word has a capital.
pub fn is_title(words: &str) -> bool {
    let mut longer = words
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| word.len() >= 4)
        .peekable();
    longer.peek().is_some()
        && words.trim().contains(' ')
        && longer.all(|word| {
            word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
                || matches!(word, "from" | "with" | "into" | "over")
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn read(text: &str) -> Vec<String> {
        let document = crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap();
        quotes(&document)
            .into_iter()
            .filter_map(|mention| match mention.value {
                Value::Quote(quote) => Some(document.slice(quote.inner).to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn styles() {
        assert_eq!(
            read("\"We support it,\" he said, \"in full.\""),
            ["We support it,", "in full."]
        );
        assert_eq!(read("“We support it,” he said."), ["We support it,"]);
        // The mark behind the comma closes what nothing opened.
        assert_eq!(read("Nobody came,\" said Lind. \"Nobody at all.\""), ["Nobody at all."]);
        assert_eq!(
            read("It is ``all evasion'' and ` chaos and crisis '."),
            ["all evasion", "chaos and crisis"]
        );
        assert_eq!(read("he said: ' we agree ' and left."), ["we agree"]);
        assert_eq!(read("the workers ' hall and the pilots ' bar"), Vec::<String>::new());
        assert_eq!(read("Red 'hats' or pukao, the 'hats' say."), Vec::<String>::new());
        assert_eq!(
            read("'Veggie balls are us' and the 'non-meat meatballs'."),
            ["Veggie balls are us", "non-meat meatballs"]
        );
        assert_eq!(read("He said: «We support it.»"), ["We support it."]);
        assert_eq!(read("He called it 'a lot of good' and left."), ["a lot of good"]);
        assert_eq!(read("The engineers' wall isn't John's."), Vec::<String>::new());
        assert_eq!(read("A 12\" pipe and a 5' pole."), Vec::<String>::new());
        assert_eq!(read("The stranger 's bag and the guests ' hats."), Vec::<String>::new());
        assert_eq!(read("Back in the '90s it was '68."), Vec::<String>::new());
    }
}
