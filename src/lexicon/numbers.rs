//! `rules/words/en/numbers.toml`: number words.

use std::sync::LazyLock;

use serde::Deserialize;

use super::HashMap;
use crate::value::Decimal;

/// What a number word means.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum NumberWord {
    /// "seven", "forty".
    Cardinal(Decimal),
    /// "hundred", "million": a power of ten.
    Scale(i32),
    /// "dozen", "score".
    Group(Decimal),
    /// "pair", "couple".
    Pair(Decimal),
    /// "twelfth".
    Ordinal(Decimal),
    /// "half", "quarters": one over this.
    Part(Decimal),
    /// "doubled".
    Multiplier(Decimal),
    /// "dozens": between the two.
    Vague(Decimal, Decimal),
    /// "several", "few": so many of the scale word behind.
    Some(Decimal, Decimal),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    before_of: Vec<String>,
    cardinals: HashMap<String, String>,
    scales: HashMap<String, i32>,
    abbreviations: HashMap<String, Abbreviation>,
    groups: HashMap<String, String>,
    pairs: HashMap<String, String>,
    ordinals: HashMap<String, String>,
    fractions: HashMap<String, String>,
    multipliers: HashMap<String, String>,
    vague: HashMap<String, Between>,
    some: HashMap<String, Between>,
}

#[derive(Deserialize, Clone, Copy)]
#[serde(deny_unknown_fields)]
struct Abbreviation {
    power: i32,
    attached: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Between {
    low: String,
    high: String,
}

struct Numbers {
    before_of: Vec<String>,
    words: HashMap<String, NumberWord>,
    abbreviations: HashMap<String, Abbreviation>,
}

fn numbers() -> &'static Numbers {
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
        let file: File = super::table("words/en/numbers.toml");
        let decimal = |text: &str| Decimal::parse(text).expect("words/en/numbers.toml is tested");
        let mut words = HashMap::default();
        let mut add = |list: HashMap<String, String>, word: fn(Decimal) -> NumberWord| {
            words.extend(list.into_iter().map(|(name, value)| (name, word(decimal(&value)))));
        };
        add(file.ordinals, NumberWord::Ordinal);
        add(file.cardinals, NumberWord::Cardinal);
        add(file.groups, NumberWord::Group);
        add(file.pairs, NumberWord::Pair);
        add(file.fractions, NumberWord::Part);
        add(file.multipliers, NumberWord::Multiplier);
        words.extend(file.scales.into_iter().map(|(name, power)| (name, NumberWord::Scale(power))));
        let mut add = |list: HashMap<String, Between>, word: fn(Decimal, Decimal) -> NumberWord| {
            words.extend(
                list.into_iter().map(|(name, v)| (name, word(decimal(&v.low), decimal(&v.high)))),
            );
        };
        add(file.vague, NumberWord::Vague);
        add(file.some, NumberWord::Some);
        fuse(&mut words);
        Numbers { before_of: file.before_of, words, abbreviations: file.abbreviations }
    });
    &NUMBERS
}

/// Adds "twentyone" and "fortysecond", tens and a unit written as one word, and "thirds".
fn fuse(words: &mut HashMap<String, NumberWord>) {
    let units: Vec<(String, NumberWord, i64)> = words
        .iter()
        .filter_map(|(name, word)| match word {
            NumberWord::Cardinal(value) | NumberWord::Ordinal(value) => {
                Some((name.clone(), *word, value.to_i64()?))
            }
            _ => None,
        })
        .collect();
    let tens = |(_, word, value): &&(String, NumberWord, i64)| {
        matches!(word, NumberWord::Cardinal(_)) && (20..100).contains(value) && value % 10 == 0
    };
    // "Thirds", "hundredths"; seconds are time.
    for (name, word, _) in units.iter().filter(|(.., value)| *value > 2) {
        if matches!(word, NumberWord::Ordinal(_)) {
            words.insert(format!("{name}s"), *word);
        }
    }
    for (front, _, ten) in units.iter().filter(tens) {
        for (back, word, unit) in units.iter().filter(|(.., unit)| (1..10).contains(unit)) {
            let value = Decimal::from(ten + unit);
            let whole = match word {
                NumberWord::Ordinal(_) => NumberWord::Ordinal(value),
                _ => NumberWord::Cardinal(value),
            };
            words.insert(format!("{front}{back}"), whole);
        }
    }
}

/// All words of numbers.
pub fn words() -> impl Iterator<Item = &'static str> {
    numbers().words.keys().map(String::as_str)
}

/// The meaning of a word, in whatever case.
pub fn number_word(word: &str) -> Option<NumberWord> {
    let mut buffer = [0; super::LONGEST_WORD];
    numbers().words.get(super::lower(word, &mut buffer)?).copied()
}

/// Whether a word counts only before "of".
pub fn counts_before_of(word: &str) -> bool {
    numbers().before_of.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// The power of ten that "k", "bn", "m" stand for after digits, in whatever case; `spaced` tells
/// whether a space parts them.
pub fn abbreviation(word: &str, spaced: bool) -> Option<i32> {
    let mut buffer = [0; super::LONGEST_WORD];
    let abbreviation = numbers().abbreviations.get(super::lower(word, &mut buffer)?)?;
    (!spaced || !abbreviation.attached).then_some(abbreviation.power)
}
