//! Numbers in digits and in words.
//!
//! number := digits | words | vulgar

mod digits;
mod share;
mod words;

use nom::IResult;

use crate::lexicon::numbers::{NumberWord, number_word};
use crate::lexicon::openers;
use crate::value::Decimal;

/// What sort of number was read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Kind {
    /// "3,800", "three thousand eight hundred".
    Cardinal,
    /// "12th", "twelfth".
    Ordinal,
    /// "two thirds", "3/4", "one in nine".
    Fraction(u64, u64),
    /// "doubled".
    Multiplier,
    /// "dozens": from the value to this.
    Vague(Decimal),
}

/// A number as read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Number {
    /// Its value.
    pub value: Decimal,
    /// One unit of its last stated place.
    pub step: Decimal,
    /// Written in words.
    pub in_words: bool,
    /// Its sort.
    pub kind: Kind,
    /// Power of ten of its only scale word or letter: 9 for "1.63 billion".
    pub scale: i32,
    /// Said without a number of its own ("hundred thousand dollars"): a figure only with its unit.
    pub loose: bool,
}

impl Number {
    /// A cardinal in words, as precise as its last digit that is not zero.
    fn in_words(value: Decimal) -> Number {
        let power = if value.is_integer() { value.exponent().max(0) } else { value.exponent() };
        let step = Decimal::power_of_ten(power.max(FINEST)).unwrap_or(Decimal::ONE);
        Number { value, step, in_words: true, kind: Kind::Cardinal, scale: 0, loose: false }
    }

    fn ordinal(value: Decimal, in_words: bool) -> Number {
        Number { kind: Kind::Ordinal, step: Decimal::ONE, in_words, ..Number::in_words(value) }
    }
}

/// The finest place that a number in words is taken to state: a third has no last place.
const FINEST: i32 = -2;

fn refuse<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// number := digits | words | vulgar
pub fn number(input: &str) -> IResult<&str, Number> {
    match input.bytes().next() {
        Some(b'0'..=b'9' | b'.' | b'-' | b'+') => digits::digits(input),
        Some(byte) if byte.is_ascii_alphabetic() => words::words(input),
        _ => share::vulgar(input),
    }
}

/// Whether `text` starts with a fraction in one sign: "½".
pub fn is_sign(text: &str) -> bool {
    share::sign(text).is_some()
}

/// The power of ten of the scale word that starts `input`, and what stands behind it.
pub fn scale_of(input: &str) -> Option<(i32, &str)> {
    match words::scale_word(input)? {
        (NumberWord::Scale(power), rest) if power >= 3 => Some((power, rest)),
        _ => None,
    }
}

/// The number word that starts `input`, and what stands behind it.
fn token(input: &str) -> Option<(NumberWord, &str)> {
    let (end, roles) = openers::word(input.as_bytes());
    let rest = &input[end..];
    if roles & openers::NUMERIC == 0 || rest.starts_with(char::is_alphanumeric) {
        return None;
    }
    number_word(&input[..end]).map(|word| (word, rest))
}

/// `input` behind one of the joints.
fn skip<'a>(input: &'a str, joints: &[&str]) -> Option<&'a str> {
    joints.iter().find_map(|joint| input.strip_prefix(joint))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (text, value, rest) in [
            ("3,800 people", "3800", " people"),
            ("3 800", "3800", ""),
            ("2,3,00,000", "2", ",3,00,000"),
            ("12,34,567", "1234567", ""),
            ("1.111,11", "1111.11", ""),
            ("3.8k", "3800", ""),
            ("6.3 trillion", "6300000000000", ""),
            ("6.23x10^-4", "0.000623", ""),
            ("2.48×10-5.", "0.0000248", "."),
            ("4e14 s", "400000000000000", " s"),
            ("3 dozens", "36", ""),
            ("3 hundred and 21 men", "321", " men"),
            ("4 thousand 3 hundred", "4300", ""),
            ("3 million and 21 men", "3000000", " and 21 men"),
            ("2 1/2 in", "2.5", " in"),
            ("5½", "5.5", ""),
            ("-4/5", "-0.8", ""),
            ("$", "", ""),
            ("-0.5", "-0.5", ""),
            (".5", "0.5", ""),
            ("2019 300 people", "2019", " 300 people"),
            ("three thousand eight hundred", "3800", ""),
            ("three lakh crore", "3000000000000", ""),
            ("three cr twelve lac fifty-six thousand", "31256000", ""),
            ("three million, two hundred & forty", "3000240", ""),
            ("three million, two of them", "3000000", ", two of them"),
            ("two hundred and nine", "209", ""),
            ("two million and three million", "2000000", " and three million"),
            ("one hundred and two hundred", "100", " and two hundred"),
            ("a dozen", "12", ""),
            ("half a dozen", "6", ""),
            ("half a million", "500000", ""),
            ("a quarter million", "250000", ""),
            ("two thirds of a million", "666666.666", ""),
            ("one and a half million", "1500000", ""),
            ("3 million and a half", "3500000", ""),
            ("one billion and a half million", "1000500000", ""),
            ("forty two and a third", "42.333", ""),
            ("two and fifty-four hundredths", "2.54", ""),
            ("three hundred and two dozens", "324", ""),
            ("two hundred point zero three", "200.03", ""),
            ("two point five million", "2500000", ""),
            ("twelve dot fifty Euros", "12.5", " Euros"),
            ("nought point eleven", "0.11", ""),
            ("twenty-four", "24", ""),
            ("five and a half thousand", "5500", ""),
            ("two hundred million tons", "200000000", " tons"),
            ("twelfth", "12", ""),
            ("twenty-first", "21", ""),
            ("twentyfirst", "21", ""),
            ("two hundredth", "200", ""),
            ("12th", "12", ""),
            ("five seven", "5", " seven"),
            ("tens of thousands", "20000", ""),
            ("several hundred years", "300", " years"),
            ("half-brother", "", ""),
            ("a man", "", ""),
            ("a third man", "", ""),
            ("1.2.3", "", ""),
        ] {
            match number(text) {
                Ok((left, number)) => {
                    let read = number.value.to_string();
                    let near = value.contains('.') && read.starts_with(value);
                    assert!(near || read == value, "{text}: {read}");
                    assert_eq!(left, rest, "{text}");
                }
                Err(_) => assert_eq!(value, "", "{text}"),
            }
        }
    }

    #[test]
    fn fractions_are_exact() {
        for (text, terms) in [
            ("two thirds", (2, 3)),
            ("a quarter", (1, 4)),
            ("half", (1, 2)),
            ("3/4", (3, 4)),
            ("two-fifths", (2, 5)),
            ("a third", (1, 3)),
            ("one over three", (1, 3)),
            ("one twenty-fifth", (1, 25)),
            ("a hundred thousand trillionths", (1, 10_000_000)),
        ] {
            let (_, number) = number(text).unwrap();
            assert_eq!(number.kind, Kind::Fraction(terms.0, terms.1), "{text}");
        }
    }
}
