//! `rules/words/en/qualifiers.toml` and `directions.toml`.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use serde::Deserialize;

use crate::value::Qualifier;
use crate::value::figure::Direction;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    before: BTreeMap<String, Vec<String>>,
    behind: BTreeMap<String, Vec<String>>,
    behind_noun: BTreeMap<String, Vec<String>>,
    goes_up: Vec<String>,
    goes_over: Vec<String>,
    attained: Vec<String>,
    multiplies: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directions {
    up: Vec<String>,
    down: Vec<String>,
    more: Vec<String>,
    less: Vec<String>,
    changes: Vec<String>,
    against: Vec<String>,
    gains: Vec<String>,
    losses: Vec<String>,
}

struct Tables {
    /// By the last word of the phrase: the phrases that end with it, longest first.
    before: HashMap<String, Vec<(String, Qualifier)>>,
    /// The same, longest first.
    all_before: Vec<(String, Qualifier)>,
    behind: Vec<(String, Qualifier)>,
    /// The first two bytes of those; a zero where there is but one.
    behind_starts: Vec<(u8, u8)>,
    behind_noun: Vec<(String, Qualifier)>,
    directions: HashMap<String, Direction>,
    comparatives: HashMap<String, Direction>,
    results: HashMap<String, Direction>,
    goes_up: Vec<String>,
    goes_over: Vec<String>,
    attained: Vec<String>,
    multiplies: Vec<String>,
    changes: Vec<String>,
    against: Vec<String>,
}

fn tables() -> &'static Tables {
    static TABLES: LazyLock<Tables> = LazyLock::new(|| {
        let file: File = super::table("words/en/qualifiers.toml");
        let directions: Directions = super::table("words/en/directions.toml");
        let flat = |lists: BTreeMap<String, Vec<String>>| {
            let mut all: Vec<(String, Qualifier)> = lists
                .into_iter()
                .flat_map(|(id, phrases)| {
                    let qualifier = Qualifier::from_id(&id).expect("qualifiers.toml is tested");
                    phrases.into_iter().map(move |phrase| (phrase, qualifier))
                })
                .collect();
            all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.0.cmp(&b.0)));
            all
        };
        let mut before: HashMap<String, Vec<(String, Qualifier)>> = HashMap::new();
        let all_before = flat(file.before);
        for (phrase, qualifier) in all_before.iter().cloned() {
            let last = phrase.rsplit(' ').next().unwrap_or(&phrase).to_owned();
            before.entry(last).or_default().push((phrase, qualifier));
        }
        let known = |up: Vec<String>, down: Vec<String>| {
            let up = up.into_iter().map(|word| (word, Direction::Up));
            up.chain(down.into_iter().map(|word| (word, Direction::Down))).collect()
        };
        let comparatives = known(directions.more, directions.less);
        let results = known(directions.gains, directions.losses);
        let (changes, against) = (directions.changes, directions.against);
        let directions = known(directions.up, directions.down);
        let behind = flat(file.behind);
        let start = |text: &str| {
            let bytes = text.as_bytes();
            (bytes[0], bytes.get(1).copied().unwrap_or_default())
        };
        let mut behind_starts: Vec<_> = behind.iter().map(|(phrase, _)| start(phrase)).collect();
        behind_starts.sort_unstable();
        behind_starts.dedup();
        let (goes_up, goes_over, attained) = (file.goes_up, file.goes_over, file.attained);
        let multiplies = file.multiplies;
        let behind_noun = flat(file.behind_noun);
        Tables {
            before,
            all_before,
            behind,
            behind_starts,
            behind_noun,
            directions,
            comparatives,
            results,
            goes_up,
            goes_over,
            attained,
            multiplies,
            changes,
            against,
        }
    });
    &TABLES
}

/// The longest phrase that ends `lower` (text before a figure, lower case, no space at its end):
/// its qualifier and length.
pub fn ending(lower: &str) -> Option<(Qualifier, usize)> {
    let last = lower.rsplit(' ').next()?;
    // A sign needs no space before it: "(~20%".
    let sign = lower.char_indices().next_back().map(|(at, _)| &lower[at..]);
    let phrases = tables().before.get(last).or_else(|| tables().before.get(sign?))?;
    phrases
        .iter()
        .find(|(phrase, _)| {
            lower.strip_suffix(phrase.as_str()).is_some_and(|rest| {
                let word = phrase.starts_with(|c: char| c.is_alphabetic());
                // "Half as many as three years ago" bounds nothing.
                let multiple = phrase.starts_with("as ") && multiplies(rest);
                !multiple && (!word || !rest.ends_with(char::is_alphanumeric))
            })
        })
        .map(|(phrase, qualifier)| (*qualifier, phrase.len()))
}

/// Whether a text ends with how many times something is as much: "half", "three times".
fn multiplies(text: &str) -> bool {
    let last = text.trim_end().rsplit(' ').next().unwrap_or_default();
    tables().multiplies.iter().any(|word| word == last)
}

/// The longest phrase before a figure that starts `text`: its qualifier and length.
pub fn leading(text: &str) -> Option<(Qualifier, usize)> {
    let starts = |phrase: &str| {
        text.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase))
            && text[phrase.len()..].starts_with(' ')
    };
    let found = tables().all_before.iter().find(|(phrase, _)| starts(phrase));
    found.map(|(phrase, qualifier)| (*qualifier, phrase.len()))
}

/// The longest phrase that starts `text` (behind a figure): its qualifier and length.
pub fn starting(text: &str) -> Option<(Qualifier, usize)> {
    // Few words and signs begin such a phrase.
    let mut start = text.bytes();
    let (first, second) = (start.next()?, start.next().unwrap_or_default());
    if !tables().behind_starts.contains(&(first, second.to_ascii_lowercase()))
        && !tables().behind_starts.contains(&(first, 0))
    {
        return None;
    }
    // "5,000 or less than 6,000": the words go with what is behind them.
    longest(&tables().behind, text, |rest| {
        // "60 and over a hundred more", "grew over time"
        let next = rest.strip_prefix(' ').unwrap_or_default();
        let goes_on = ["than ", "a ", "an ", "time"].iter().any(|word| next.starts_with(word))
            || next.starts_with(|c: char| c.is_ascii_digit());
        !rest.starts_with(char::is_alphanumeric) && !goes_on
    })
}

/// The longest phrase that ends a clause at `text`, the words behind a figure and one more: its
/// qualifier and length.
pub fn closing(text: &str) -> Option<(Qualifier, usize)> {
    longest(&tables().behind_noun, text, |rest| {
        rest.trim_start_matches(['"', '\'', '”', '’']).is_empty()
            || rest.starts_with(['.', ',', ';', ':', ')', '!', '?'])
    })
}

fn longest(
    phrases: &[(String, Qualifier)],
    text: &str,
    ends: impl Fn(&str) -> bool,
) -> Option<(Qualifier, usize)> {
    let found = phrases.iter().find(|(phrase, _)| {
        text.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase))
            && ends(&text[phrase.len()..])
    });
    found.map(|(phrase, qualifier)| (*qualifier, phrase.len()))
}

/// Whether a lower-case word says up or down.
pub fn direction(lower: &str) -> Option<Direction> {
    tables().directions.get(lower).copied()
}

/// Words between a verb of change and its figure.
const DIRECTION_REACH: usize = 4;

/// The rise or fall that the words before a figure tell, and how many bytes before the figure they begin.
pub fn direction_before(before: &str) -> Option<(Direction, usize)> {
    let told = |word: &str| {
        let at = word.as_ptr() as usize - before.as_ptr() as usize;
        Some((direction(&word.to_ascii_lowercase())?, before.len() - at))
    };
    let words = before.rsplit([' ', '(']).filter(|word| !word.is_empty());
    let of_verb = |verb: Option<&str>| {
        verb.is_some_and(|verb| {
            let verb = verb.trim_start_matches(|c: char| !c.is_alphabetic()).to_ascii_lowercase();
            tables().goes_up.contains(&verb)
        })
    };
    words
        .clone()
        .zip(words.map(Some).skip(1).chain([None]))
        .take(DIRECTION_REACH)
        .take_while(|(word, _)| !word.ends_with([',', ';', '.', ':']))
        .filter(|(word, verb)| *word != "up" || !of_verb(*verb))
        .find_map(|(word, _)| told(word))
        .or_else(|| result_before(before))
}

/// What a figure is told to have come out as: "a deficit of ".
fn result_before(before: &str) -> Option<(Direction, usize)> {
    let noun = before.strip_suffix(' ')?.strip_suffix(" of")?.rsplit(' ').next()?;
    let direction = tables().results.get(&noun.to_ascii_lowercase())?;
    let at = noun.as_ptr() as usize - before.as_ptr() as usize;
    Some((*direction, before.len() - at))
}

/// Whether a lower-case word tells a change, whichever way.
pub fn changes(lower: &str) -> bool {
    direction(lower).is_some() || tables().changes.iter().any(|known| known == lower)
}

/// Whether "over" belongs to a lower-case verb before it: "turned over".
pub fn goes_over(verb: &str) -> bool {
    tables().goes_over.iter().any(|known| known == verb)
}

/// Words before a figure that tell the most there was.
pub fn attained() -> &'static [String] {
    &tables().attained
}

/// Whether a lower-case word behind a figure says more or less.
pub fn comparative(lower: &str) -> Option<Direction> {
    tables().comparatives.get(lower).copied()
}

/// Words between a figure and the comparative that tells it as a change.
const COMPARATIVE_REACH: usize = 2;

/// The rise or fall that a word behind a figure tells ("58 fewer", "14 people more"), and how many bytes
/// behind the figure it ends.
pub fn comparative_behind(behind: &str) -> Option<(Direction, usize)> {
    let words = behind.split(' ').filter(|word| !word.is_empty());
    words.take(COMPARATIVE_REACH).find_map(|word| {
        let word = word.trim_end_matches([',', '.', ';', ':', ')']);
        let end = word.as_ptr() as usize - behind.as_ptr() as usize + word.len();
        Some((comparative(word)?, end))
    })
}

/// Whether a lower-case word tells what "more than" is held against: "budgeted".
pub fn is_held_against(lower: &str) -> bool {
    tables().against.iter().any(|known| known == lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases() {
        assert_eq!(ending("there were no more than"), Some((Qualifier::AtMost, 12)));
        assert_eq!(ending("there were more than"), Some((Qualifier::Over, 9)));
        assert_eq!(ending("awesome"), None);
        assert_eq!(ending("as many as").map(|(q, _)| q), Some(Qualifier::AtMost));
        assert_eq!(ending("half as many as"), None);
        assert_eq!(ending("the ~"), Some((Qualifier::About, 1)));
        assert_eq!(starting(" or more people"), Some((Qualifier::AtLeast, 8)));
        assert_eq!(starting("+"), Some((Qualifier::Over, 1)));
        assert_eq!(closing(" at most."), Some((Qualifier::AtMost, 8)));
        assert_eq!(closing(" at least two more"), None);
    }
}
