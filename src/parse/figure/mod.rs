//! Figures: numbers with what they are written with (currency, unit, per cent, range, qualifier).

mod context;
mod core;
pub mod number;
mod range;

use self::core::{core, per};
use super::{At, Mention};
use crate::lexicon::{openers, qualifiers, units};
use crate::source::Span;
use crate::value::figure::{Direction, FigureKind};
use crate::value::{Qualifier, Value};

/// Reads the longest figure that starts here. Spans count from the start of `at.text`.
///
/// figure := (feet and inches | bounds | range | uncertain | core compound*) per?, with its
/// qualifier before or behind
pub fn figure(at: At<'_>) -> Option<Mention> {
    let rest = at.rest();
    if !starts(at) {
        return None;
    }
    let mut bounded = false;
    let core = match range::feet_and_inches(rest) {
        Some(whole) => whole,
        None => {
            let mut core = core(rest)?;
            let before = qualifier_before(at.text, at.pos).map(|(qualifier, _)| qualifier);
            if let Some(whole) = range::bounds(at, &core, before) {
                bounded = true;
                core = whole;
            } else if let Some(whole) =
                range::range(at, &core).or_else(|| range::uncertain(at, &core))
            {
                core = whole;
            } else {
                while let Some(whole) = range::compound(at, &core) {
                    core = whole;
                }
            }
            core
        }
    };
    if core.bare && !context::is_figure(at, core.len) || context::is_part(at, core.len) {
        return None;
    }
    let (mut figure, mut len) = (core.figure, core.len);
    if figure.per.is_none()
        && let Some((unit, used)) = per(&rest[len..], &figure)
    {
        figure.per = Some(unit);
        len += used;
    }
    let span = Span::new(at.pos, at.pos + len);
    let mut mention = Mention { span, qualifier_span: None, value: Value::Figure(figure) };
    qualify(at, &mut mention, bounded);
    Some(mention)
}

/// Whether a figure can start here at all: the cheap refusal for most words.
fn starts(at: At<'_>) -> bool {
    let rest = at.rest();
    let before = at.before().chars().next_back();
    match rest.bytes().next() {
        Some(b'0'..=b'9') => !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '#' | '@' | '-') && glued(at)
        }),
        Some(b'.') => {
            rest[1..].starts_with(|c: char| c.is_ascii_digit()) && before.is_none_or(|c| c == ' ')
        }
        Some(b'-' | b'+') => {
            let signed = rest[1..]
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '$' | '£' | '€'));
            signed
                && before.is_none_or(|c| matches!(c, ' ' | '(' | '<' | '>' | '=' | '~' | '≤' | '≥'))
        }
        Some(byte) if byte.is_ascii_alphabetic() => {
            if before.is_some_and(|c| c.is_alphanumeric() || c == '\'') {
                return false;
            }
            openers::figure(rest)
        }
        Some(b'$') => true,
        Some(byte) => {
            !byte.is_ascii() && (number::is_sign(rest) || units::currency_symbol(rest).is_some())
        }
        None => false,
    }
}

/// The sign before a digit joins it to a word or another number: "COVID-19", "2.4.1", "Kestrel-2".
fn glued(at: At<'_>) -> bool {
    let mut before = at.before().chars().rev();
    match before.next() {
        Some('.' | '/' | '_' | '#' | '@') => true,
        Some('-') => before.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// Finds the qualifier beside a mention and the direction of what it measures.
fn qualify(at: At<'_>, mention: &mut Mention, bounded: bool) {
    let Value::Figure(figure) = &mut mention.value else { return };
    let mut span = None;
    if !bounded {
        (figure.qualifier, span) = qualifier_beside(at.text, mention.span);
        mention.qualifier_span = span;
    }
    let first = span.map_or(mention.span.start, |span| span.start.min(mention.span.start)) as usize;
    figure.direction = direction_before(&at.text[..first]);
    if figure.kind == FigureKind::Percent && figure.direction.is_none() {
        figure.direction = match at.text.as_bytes().get(mention.span.start as usize) {
            Some(b'+') => Some(Direction::Up),
            Some(b'-') => Some(Direction::Down),
            _ => None,
        };
    }
}

/// How far back a qualifier may begin.
const REACH: usize = 28;

/// The qualifier right before or behind `span` of `text`, with its words.
pub fn qualifier_beside(text: &str, span: Span) -> (Option<Qualifier>, Option<Span>) {
    let end = span.end as usize;
    let before = qualifier_before(text, span.start as usize);
    let behind = qualifiers::starting(&text[end..])
        .map(|(qualifier, len)| (qualifier, Span::new(end, end + len)));
    // "About five hundred or more" bounds, whatever it is about.
    let loose = |found: &(Qualifier, Span)| found.0 == Qualifier::About;
    let found = match (before, behind) {
        (Some(before), Some(behind)) if loose(&before) && !loose(&behind) => Some(behind),
        (before, behind) => before.or(behind),
    };
    found.unzip()
}

/// The qualifier that ends right before byte `start` of `text`, with its words.
fn qualifier_before(text: &str, start: usize) -> Option<(Qualifier, Span)> {
    let before = text[..start].trim_end_matches([' ', '(']);
    let from = (0..=before.len().saturating_sub(REACH))
        .rev()
        .find(|&at| before.is_char_boundary(at))
        .unwrap_or(0);
    let mut lower = before[from..].to_ascii_lowercase();
    // "more than a score": the article belongs to the number.
    let article = ["a", "an", "the"].iter().find(|a| lower.ends_with(&format!(" {a}")));
    let mut offset = before.len();
    if let Some(article) = article {
        lower.truncate(lower.len() - article.len() - 1);
        offset -= article.len() + 1;
    }
    let (qualifier, len) = qualifiers::ending(&lower)?;
    Some((qualifier, Span::new(offset - len, offset)))
}

/// Words between a verb of change and its figure.
const DIRECTION_REACH: usize = 4;

fn direction_before(before: &str) -> Option<Direction> {
    before
        .rsplit([' ', '('])
        .filter(|word| !word.is_empty())
        .take(DIRECTION_REACH)
        .take_while(|word| !word.ends_with([',', ';', '.', ':']))
        .find_map(|word| qualifiers::direction(&word.to_ascii_lowercase()))
}
