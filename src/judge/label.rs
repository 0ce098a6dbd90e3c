//! Figures that stand right behind the name they are told of: "Ardonia (148,000), Velt (97,500)".

use crate::document::Document;
use crate::source::Span;
use crate::statement::Statement;
use crate::statement::words::{TermId, Token, Vocabulary};

/// Marks and small words between a name and its figure, at most: "Holm, with 58,900".
const GAP: usize = 2;

/// The last word of the name that a figure stands right behind.
pub fn label(document: &Document, vocabulary: &Vocabulary, fact: &Statement) -> Option<TermId> {
    // "Anna Lind, 48, left": whose age it is is judged by itself.
    fact.measure.as_ref().filter(|measure| !measure.age)?;
    let mut before = fact.until(fact.mention.start());
    // "Vaccine (n = 1,976) or placebo (n = 988)": groups are counted behind their names.
    let group = document.slice(before).trim_end().strip_suffix('=');
    let group = group.and_then(|text| text.trim_end().strip_suffix(['n', 'N'])?.strip_suffix('('));
    if let Some(text) = group {
        before.end = before.start + text.len() as u32;
        let mut words = vocabulary.words().within(before).iter().rev();
        return words.find_map(|(_, token)| match token {
            Token::Word(term) => Some(*term),
            _ => None,
        });
    }
    let mut words = vocabulary.words().within(before).iter().rev();
    let small = |(span, token): &&(Span, Token)| match token {
        Token::Break(_) => true,
        Token::Function => matches!(document.slice(*span), "with" | "at" | "by"),
        Token::Word(_) => false,
    };
    let gap = words.clone().take_while(small).count();
    // "41,000 in Ireland, 27,000 in Denmark"
    let listed = gap == 1 && matches!(words.clone().next(), Some((_, Token::Break(1))));
    if listed {
        return None;
    }
    let (span, token) = words.nth(gap).filter(|_| gap <= GAP)?;
    match token {
        Token::Word(term) if document.slice(*span).starts_with(char::is_uppercase) => Some(*term),
        _ => None,
    }
}
