//! Counts of things that the document itself names right behind: "five cities: Bergen, Oslo, ...".

use crate::document::Document;
use crate::lexicon::names;
use crate::lexicon::numbers::number_word;
use crate::statement::{Dimension, Statement};
use crate::value::Decimal;

/// Nobody lists more.
const MOST: i64 = 12;
/// Bytes behind the count in which a list is looked for: a sentence may be of any length.
const REACH: usize = 400;
/// Words between the count and its list.
const NOUN: usize = 4;
/// Words of one thing's name.
const NAME: usize = 6;
/// What opens a list, and what closes it before its sentence ends.
const OPENERS: [(&str, Option<&str>); 6] = [
    (": ", None),
    (" – ", Some(" – ")),
    (" — ", Some(" — ")),
    (" - ", Some(" - ")),
    (" (", Some(")")),
    (", ", None),
];
/// A list with one of these behind it is none of all the things.
const AMONG: [&str; 6] = ["among", "others", "including", "etc", "more", "elsewhere"];

/// How many things are named one by one behind a claim that counts a few.
pub fn count(document: &Document, claim: &Statement) -> Option<Decimal> {
    let measure = claim.measure.as_ref()?;
    let few = measure.raw.to_i64().is_some_and(|said| (2..=MOST).contains(&said));
    if !few || measure.dimension != Dimension::Count || measure.vague || measure.is_range() {
        return None;
    }
    let before = document.slice(claim.until(claim.mention.span.start));
    let behind = document.slice(claim.behind());
    let behind = &behind[..behind.floor_char_boundary(REACH)];
    // "Two of the three banks, HSBC and Lloyds": the list is of the two.
    let part = before.ends_with("of the ")
        || before.strip_suffix(" of ").is_some_and(|front| {
            let last = front.rsplit(' ').next().unwrap_or_default();
            number_word(&last.to_lowercase()).is_some()
                || last.ends_with(|c: char| c.is_ascii_digit())
        });
    let whole = claim.mention.qualifier_span.is_none() && !part && !behind.starts_with(" of ");
    let count = whole.then(|| items(behind)).flatten()?;
    i64::try_from(count).ok().map(Decimal::from)
}

/// The things that are named behind a noun.
fn items(behind: &str) -> Option<usize> {
    let (at, opener, closer) = OPENERS
        .iter()
        .filter_map(|(opener, closer)| Some((behind.find(opener)?, *opener, *closer)))
        .min_by_key(|(at, ..)| *at)?;
    let noun = behind[..at].trim();
    let plain = |word: &str| word.chars().all(|c| c.is_lowercase() || matches!(c, '-' | '\''));
    if noun.is_empty() || noun.split(' ').count() > NOUN || !noun.split(' ').all(plain) {
        return None;
    }
    let list = &behind[at + opener.len()..];
    let list = closer.and_then(|closer| list.find(closer)).map_or(list, |end| &list[..end]);
    let mut count = 0;
    for piece in list.split(", ") {
        if let Some(last) = piece.strip_prefix("and ") {
            return is_name(last, true).then_some(count + 1);
        }
        match piece.split_once(" and ") {
            Some((one, other)) if !other.contains(" and ") => {
                return (is_name(one, false) && is_name(other, true)).then_some(count + 2);
            }
            // A name with an "and" of its own.
            Some(_) => return None,
            None if is_name(piece, false) => count += 1,
            None => return None,
        }
    }
    None
}

/// Whether a piece names something; behind the last one the sentence may go on.
fn is_name(piece: &str, last: bool) -> bool {
    let mut words = piece.trim_matches(['"', '“', '”', '\'', '.']).split(' ');
    let starts = words.next().is_some_and(|word| word.starts_with(char::is_uppercase));
    let rest: Vec<&str> = words.collect();
    let goes_on = |word: &&str| {
        word.starts_with(char::is_uppercase)
            || names::is_joint(word)
            || matches!(*word, "of" | "the")
    };
    let named = rest.iter().take_while(|word| goes_on(word)).count();
    let tail = &rest[named..];
    let among =
        tail.iter().any(|word| AMONG.contains(&word.trim_matches(|c: char| !c.is_alphabetic())));
    starts && named < NAME && !among && (last || tail.is_empty())
}

#[cfg(test)]
mod tests {
    use super::items;

    #[test]
    fn things_named_behind_their_count() {
        for (behind, count) in [
            (" cities so far: Bergen, Oslo, Tromsø and Bodø.", Some(4)),
            (" countries — Norway, Sweden, and Finland — signed.", Some(3)),
            (" solutions, HarbourPro and HarbourNet, for 20 euros.", Some(2)),
            (" ports (Bergen and Bodø) are closed.", Some(2)),
            (" trustees, Anna Lind, Peter Hale and Ida Moe of Bergen, resigned.", Some(3)),
            (" men, Anna Lind, 40, and Peter Hale, 35, were there.", None),
            (" cities, Bergen and Oslo among them.", None),
            (" people died.", None),
            (" towns, which lie on the coast, were hit.", None),
            (" banks, Trent and Sons and Hale and Daughters, agreed.", None),
        ] {
            assert_eq!(items(behind), count, "{behind}");
        }
    }
}
