//! `rules/words/en/numbers.toml`: number words.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Deserialize;

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
    /// "twelfth".
    Ordinal(Decimal),
    /// "half", "quarters": one over this.
    Part(Decimal),
    /// "doubled".
    Multiplier(Decimal),
    /// "dozens": between the two.
    Vague(Decimal, Decimal),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    cardinals: HashMap<String, String>,
    scales: HashMap<String, i32>,
    abbreviations: HashMap<String, Abbreviation>,
    groups: HashMap<String, String>,
    ordinals: HashMap<String, String>,
    fractions: HashMap<String, String>,
    multipliers: HashMap<String, String>,
    vague: HashMap<String, Between>,
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
    words: HashMap<String, NumberWord>,
    abbreviations: HashMap<String, Abbreviation>,
}

fn numbers() -> &'static Numbers {
    static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
        let file: File = toml::from_str(super::file("words/en/numbers.toml"))
            .expect("words/en/numbers.toml is tested");
        let decimal = |text: &str| Decimal::parse(text).expect("words/en/numbers.toml is tested");
        let mut words = HashMap::new();
        let mut add = |list: HashMap<String, String>, word: fn(Decimal) -> NumberWord| {
            words.extend(list.into_iter().map(|(name, value)| (name, word(decimal(&value)))));
        };
        add(file.ordinals, NumberWord::Ordinal);
        add(file.cardinals, NumberWord::Cardinal);
        add(file.groups, NumberWord::Group);
        add(file.fractions, NumberWord::Part);
        add(file.multipliers, NumberWord::Multiplier);
        words.extend(file.scales.into_iter().map(|(name, power)| (name, NumberWord::Scale(power))));
        words.extend(
            file.vague
                .into_iter()
                .map(|(name, v)| (name, NumberWord::Vague(decimal(&v.low), decimal(&v.high)))),
        );
        Numbers { words, abbreviations: file.abbreviations }
    });
    &NUMBERS
}

/// The meaning of a lower-case word.
pub fn number_word(lower: &str) -> Option<NumberWord> {
    numbers().words.get(lower).copied()
}

/// The power of ten that "k", "bn", "m" stand for after digits; `spaced` tells whether a space
/// parts them.
pub fn abbreviation(lower: &str, spaced: bool) -> Option<i32> {
    let abbreviation = numbers().abbreviations.get(lower)?;
    (!spaced || !abbreviation.attached).then_some(abbreviation.power)
}
