//! The place of a name in its sentence: the verb that it is the subject of, and the word that it
//! hangs on as an object. "Ann Holt was sentenced for the murder of Jon Ray" tells of a sentence
//! and a murder beside both names; only their places tell who was sentenced.

use super::frame::Item;
use super::words::TermId;
use crate::lexicon::{deeds, terms};

/// So many words may stand between the commas behind a name: "Ann Holt, the farm's owner, said".
const APPOSITION: usize = 8;
/// So many words that carry no topic may stand between a name and what it hangs on.
const GAP: usize = 4;

/// A word that the place of a name hangs on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Head {
    /// How the name hangs on it.
    pub tie: Tie,
    /// The word, as a term of the reference.
    pub term: TermId,
}

/// How a name hangs on a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tie {
    /// As the subject of the verb behind it.
    Subject,
    /// Right behind it: "beat Ann Holt", "the farmer Ann Holt".
    Direct,
    /// By a preposition: "the murder of Ann Holt".
    Preposition,
    /// By a preposition on another name: "Ann Holt of the Greens".
    Name,
    /// As the age of a person: "Ann Holt, 34,".
    Age,
}

/// The verb that a name is the subject of: the first word behind it that carries a topic, past an
/// apposition, the names it is joined to and what it is of ("Ann Holt of the institute said"). What was done to
/// somebody has them as its object: "Ann Holt was sentenced".
/// `after` is what follows in the sentence.
pub(super) fn predicate(after: &[Item<'_>]) -> Option<(Tie, TermId)> {
    let mut rest = after;
    if let [mark, inside @ ..] = rest
        && matches!(mark.strength, 1 | 2)
    {
        let end = inside.iter().take(APPOSITION).position(|item| item.strength > 0)?;
        rest = &inside[end + 1..];
    }
    let mut gap = 0;
    let mut tie = Tie::Subject;
    while let [item, behind @ ..] = rest {
        rest = behind;
        if item.function.is_some_and(deeds::makes_passive) {
            tie = Tie::Direct;
        }
        match item.function {
            _ if item.strength > 0 || gap > GAP => return None,
            Some(word) if !terms::stands_before_verb(word) => {
                rest = past_name(behind)?;
                gap += 1;
            }
            Some(_) => gap += 1,
            None => {
                let verb = item.stem.filter(|_| item.mention.is_none());
                return verb.map(|verb| (tie, verb));
            }
        }
    }
    None
}

/// What follows a name that stands near: "and the treasurer Jon Ray".
fn past_name<'i, 'd>(items: &'i [Item<'d>]) -> Option<&'i [Item<'d>]> {
    let near = items.iter().take(GAP).take_while(|item| item.strength == 0);
    let words = near.take_while(|item| item.mention.is_none()).count();
    let name = items.get(words)?.mention.filter(|_| words < GAP)?;
    let length = items[words..].iter().take_while(|item| item.mention == Some(name)).count();
    Some(&items[words + length..])
}

/// Whether a name belongs to another right before it: "Ann Holt of the institute". `before` is what
/// precedes in the sentence.
pub(super) fn belongs(before: &[Item<'_>]) -> bool {
    let mut back =
        before.iter().rev().skip_while(|item| item.function.is_some_and(terms::opens_phrase));
    let tie = back.next().and_then(|item| item.function);
    tie.is_some_and(|word| !terms::joins(word))
        && back.next().is_some_and(|item| item.mention.is_some())
}

/// The age that stands between commas or brackets behind a name. `number` tells whether a word is
/// one.
pub(super) fn age(after: &[Item<'_>], number: impl Fn(TermId) -> bool) -> Option<TermId> {
    let [mark, age, end, ..] = after else { return None };
    let closed = matches!(mark.strength, 1 | 2) && end.strength > 0;
    age.stem.filter(|&word| closed && number(word))
}

/// What a name is the object of, or is called by: the last word before it that carries a topic, in
/// the same clause, or the name that it belongs to. `before` is what precedes in the sentence; `number`
/// tells whether a word is one.
pub(super) fn governor(
    before: &[Item<'_>],
    number: impl Fn(TermId) -> bool,
) -> Option<(Tie, TermId)> {
    // "Jon Keil (Greens)"
    if let [names @ .., bracket] = before
        && bracket.strength == 2
        && let Some(name) = names.last().filter(|item| item.mention.is_some())
    {
        return name.stem.map(|stem| (Tie::Name, stem));
    }
    let mut tie = Tie::Direct;
    for (at, item) in before.iter().enumerate().rev().take(GAP + 1) {
        match item.function {
            _ if item.strength > 0 || item.mention.is_some() => {
                return owner(&before[..=at]).filter(|_| tie == Tie::Preposition);
            }
            Some(word) if terms::joins(word) => return None,
            Some(word) if terms::opens_phrase(word) => {}
            Some(_) => tie = Tie::Preposition,
            // "Begun in 1278 by Hugh de Marre"
            None if tie == Tie::Preposition && item.stem.is_some_and(&number) => {}
            None => return item.stem.map(|stem| (tie, stem)),
        }
    }
    None
}

/// The name that ends here, with an age behind it or without: "Ann Holt, 34,".
fn owner(before: &[Item<'_>]) -> Option<(Tie, TermId)> {
    let before = match before {
        [before @ .., open, _, close] if open.strength > 0 && close.strength > 0 => before,
        before => before,
    };
    let name = before.last().filter(|item| item.mention.is_some())?;
    name.stem.map(|stem| (Tie::Name, stem))
}
