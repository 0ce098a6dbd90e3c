//! Whose age is told: the name beside it decides, whatever else the sentences share.

use std::sync::LazyLock;

use crate::document::Document;
use crate::lexicon::cues::cues;
use crate::lexicon::{calendar, terms};
use crate::statement::Statement;
use crate::statement::beside::Mark;
use crate::statement::measure::without_aside;
use crate::value::date::{DateValue, PartialDate};
use crate::value::{Date, Value};

/// Plain words between an age and the name behind it, at most: "the 48-year-old bus driver Anna Lind".
const BETWEEN: usize = 2;

/// The name of the person whose age a statement tells: "Anna Lind, 48,", "Anna Lind (48)", "Anna Lind,
/// aged 48", "48-year-old Anna Lind".
pub fn person<'d>(document: &'d Document, statement: &Statement) -> Option<&'d str> {
    if !statement.measure.as_ref()?.age {
        return None;
    }
    let span = statement.mention.span;
    let before = document.slice(statement.until(span.start));
    let behind = document.slice(statement.behind());
    // "Jana and Marek Pilar, aged 29 and 33"
    let next = behind.strip_prefix(" and ").or_else(|| behind.strip_prefix(", "));
    if next.is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    in_front(before).or_else(|| {
        let age = document.slice(span);
        age.ends_with("old").then(|| behind_age(behind)).flatten()
    })
}

/// Words between "born" and the date, at most: "born in Ytterby on 3 May 1930".
const BIRTH: usize = 6;

/// Whether a statement is the date of a birth.
pub fn is_birth(statement: &Statement) -> bool {
    static WORDS: LazyLock<Vec<Mark>> = LazyLock::new(|| marks(&cues().birth));
    is_date_behind(statement, &WORDS)
}

fn is_date_behind(statement: &Statement, words: &[Mark]) -> bool {
    statement.measure.is_none()
        && statement.beside.since(|word| words.contains(&word)).is_some_and(|gap| gap <= BIRTH)
}

/// Years that a life in brackets lasts, at least and at most.
const LIFE: std::ops::RangeInclusive<i32> = 10..=120;

/// The days or years of a birth and a death, where a date is a life behind a name: "Marta Ekholm (12 March 1921 –
/// 4 October 2003)".
pub fn life(document: &Document, statement: &Statement) -> Option<[PartialDate; 2]> {
    let Value::Date(Date { value: DateValue::Range(Some(from), Some(to)), .. }) =
        &statement.mention.value
    else {
        return None;
    };
    let (birth, death) = (from.date?, to.date?);
    let before = document.slice(statement.until(statement.mention.start()));
    let name = before.strip_suffix('(')?.trim_end().rsplit(' ').next()?;
    let closed = document.slice(statement.behind()).starts_with([')', ';', ',']);
    let lasts = LIFE.contains(&(death.year? - birth.year?));
    (closed && lasts && is_name_word(name)).then_some([birth, death])
}

/// An end of a life, as its number among the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// "Was born on".
    Birth = 0,
    /// "Died in".
    Death = 1,
}

/// The end of a life that a statement is the date of.
pub fn end_of_life(statement: &Statement) -> Option<End> {
    static DEATH: LazyLock<Vec<Mark>> = LazyLock::new(|| marks(&cues().death));
    let birth = is_birth(statement).then_some(End::Birth);
    birth.or_else(|| is_date_behind(statement, &DEATH).then_some(End::Death))
}

fn marks(words: &[String]) -> Vec<Mark> {
    words.iter().map(|word| Mark::content(&terms::stem(word))).collect()
}

fn in_front(before: &str) -> Option<&str> {
    let before = before.trim_end();
    let before =
        ["aged", "age"].iter().find_map(|word| before.strip_suffix(word)).unwrap_or(before);
    let before = before.trim_end().strip_suffix([',', '('])?.trim_end();
    let before = without_aside(before);
    let mut start = before.len();
    for word in before.rsplit(' ') {
        let from = word.as_ptr() as usize - before.as_ptr() as usize;
        if !is_name_word(word) || start - from > word.len() + 1 {
            break;
        }
        start = from;
    }
    named(&before[start..])
}

fn behind_age(behind: &str) -> Option<&str> {
    let mut rest = behind.strip_prefix(' ')?;
    for _ in 0..BETWEEN {
        let word = rest.split(' ').next()?;
        if is_name_word(word) {
            break;
        }
        let plain = !word.is_empty() && word.chars().all(|c| c.is_lowercase() || c == '-');
        if !plain || terms::is_stopword(word) {
            return None;
        }
        rest = rest[word.len()..].strip_prefix(' ')?;
    }
    let mut end = 0;
    for word in rest.split(' ') {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')', '\'', '’']);
        let bare = bare.strip_suffix("'s").or_else(|| bare.strip_suffix("’s")).unwrap_or(bare);
        if !is_name_word(bare) {
            break;
        }
        end = (bare.as_ptr() as usize - rest.as_ptr() as usize) + bare.len();
        if bare.len() < word.len() {
            break;
        }
    }
    named(&rest[..end])
}

fn is_name_word(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        && word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’' | '.'))
}

fn named(name: &str) -> Option<&str> {
    let last = name.rsplit(' ').next()?;
    let known = last.chars().count() > 1 && calendar::month(&last.to_lowercase()).is_none();
    known.then_some(name)
}

/// How surely two names are of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They are of two.
    Other,
    /// They share the last name, and no first names differ.
    Family,
    /// They share a first name too.
    Same,
}

/// How surely two names are of one person.
pub fn likeness(a: &str, b: &str) -> Likeness {
    let words = |name: &str| -> Vec<String> { name.split(' ').map(str::to_lowercase).collect() };
    let (a, b) = (words(a), words(b));
    let (Some((last, a)), Some((other, b))) = (a.split_last(), b.split_last()) else {
        return Likeness::Other;
    };
    // "Marek Pilar" is "her brother Marek".
    let by_first =
        a.first() == Some(other) && b.is_empty() || b.first() == Some(last) && a.is_empty();
    match () {
        () if by_first => Likeness::Same,
        () if last != other => Likeness::Other,
        () if a == b || a.iter().any(|word| b.contains(word)) => Likeness::Same,
        () if a.is_empty() || b.is_empty() => Likeness::Family,
        () => Likeness::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_beside_ages() {
        assert_eq!(in_front("Pregnant Anna Lind, "), Some("Pregnant Anna Lind"));
        assert_eq!(in_front("the driver, Anna Lind, aged "), Some("Anna Lind"));
        assert_eq!(in_front("met Lind ("), Some("Lind"));
        assert_eq!(in_front("the driver, "), None);
        assert_eq!(in_front("in May, "), None);
        assert_eq!(behind_age(" Anna Lind's car"), Some("Anna Lind"));
        assert_eq!(behind_age(" bus driver Anna Lind, who"), Some("Anna Lind"));
        assert_eq!(behind_age(" who knew Anna"), None);
        assert_eq!(in_front("Lind (left), "), Some("Lind"));
        assert_eq!(likeness("Anna Lind", "Lind"), Likeness::Family);
        assert_eq!(likeness("Anna Lind", "Anna"), Likeness::Same);
        assert_eq!(likeness("Pregnant Anna Lind", "Anna Lind"), Likeness::Same);
        assert_eq!(likeness("Mary Ann Lind", "May Ann Lind"), Likeness::Same);
        assert_eq!(likeness("Anna Lind", "Peter Lind"), Likeness::Other);
    }
}
