//! Numbers in digits and in words.

use nom::bytes::complete::take_while1;
use nom::character::complete::{char, digit1};
use nom::combinator::{opt, recognize};
use nom::sequence::preceded;
use nom::{IResult, Parser};

use crate::lexicon::numbers::{NumberWord, abbreviation, number_word};
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
    /// Power of ten of a scale word or letter behind digits: 9 for "1.63 billion".
    pub scale: i32,
}

fn refuse<T>(input: &str) -> IResult<&str, T> {
    Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)))
}

/// number := digits | words
pub fn number(input: &str) -> IResult<&str, Number> {
    match input.bytes().next() {
        Some(b'0'..=b'9' | b'.' | b'-' | b'+') => digits(input),
        Some(byte) if byte.is_ascii_alphabetic() => words(input),
        _ => vulgar(input),
    }
}

/// digits := sign? whole ("." digit+)? (scale | ordinal suffix | "/" digit+)?
fn digits(input: &str) -> IResult<&str, Number> {
    let (rest, sign) = opt(nom::character::complete::one_of("+-")).parse(input)?;
    let (rest, whole) = opt(whole).parse(rest)?;
    let mut coefficient = whole.unwrap_or_default();
    let (mut rest, decimals) = opt(preceded(char('.'), digit1)).parse(rest)?;
    if coefficient.is_empty() && decimals.is_none() {
        return refuse(input);
    }
    if decimals.is_some()
        && rest.starts_with('.')
        && rest[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        // 1.2.3 is a version or a section.
        return refuse(input);
    }
    let zeros = coefficient.bytes().rev().take_while(|&b| b == b'0').count();
    let places = decimals.map_or(0, str::len);
    coefficient.push_str(decimals.unwrap_or_default());
    let Some(mut value) = Decimal::parse(&coefficient)
        .and_then(|d| d.checked_mul(Decimal::power_of_ten(-(i32::try_from(places).ok()?))?))
    else {
        return refuse(input);
    };
    let mut power = if places > 0 { -(places as i32) } else { zeros as i32 };
    if value.is_zero() {
        power = -(places as i32);
    }
    if sign == Some('-') {
        value = Decimal::ZERO.checked_sub(value).unwrap_or(value);
    }
    if decimals.is_none() && sign.is_none() {
        if let Ok((after, denominator)) =
            preceded(char::<_, nom::error::Error<&str>>('/'), digit1).parse(rest)
            && !after.starts_with('/')
            && let Ok(denominator) = denominator.parse::<u64>()
            && let Some(numerator) = value.to_i64().and_then(|n| u64::try_from(n).ok())
            && numerator < denominator
            && denominator <= 100
            && let Some(fraction) = fraction(numerator, denominator, false)
        {
            return Ok((after, fraction));
        }
        if let Some(after) = ordinal_suffix(rest) {
            let number = Number {
                value,
                step: Decimal::ONE,
                in_words: false,
                kind: Kind::Ordinal,
                scale: 0,
            };
            return Ok((after, number));
        }
    }
    let mut scaled_by = 0;
    if let Some((after, scale)) = scale(rest) {
        scaled_by = scale;
        value = Decimal::power_of_ten(scale).and_then(|s| value.checked_mul(s)).unwrap_or(value);
        power = if places > 0 { scale - places as i32 } else { scale + zeros as i32 };
        rest = after;
    }
    let step = Decimal::power_of_ten(power).unwrap_or(Decimal::ONE);
    Ok((rest, Number { value, step, in_words: false, kind: Kind::Cardinal, scale: scaled_by }))
}

/// whole := digit{1,3} ("," digit{3})+ | digit{1,3} ("," digit{2})+ "," digit{3}
///        | digit{1,3} (" " digit{3})+ | digit+
fn whole(input: &str) -> IResult<&str, String> {
    let (mut rest, first) = digit1(input)?;
    let mut all = first.to_owned();
    if first.len() > 3 {
        return Ok((rest, all));
    }
    let separator = match rest.bytes().next() {
        Some(b',') => ',',
        Some(b' ') if first != "0" => ' ',
        _ => return Ok((rest, all)),
    };
    let mut end = (rest, all.clone());
    while let Ok((after, group)) =
        preceded(char::<_, nom::error::Error<&str>>(separator), digit1).parse(rest)
    {
        let lakh = separator == ',' && group.len() == 2 && after.starts_with(',');
        if group.len() != 3 && !lakh {
            break;
        }
        // "5 120.5" could be one number, "in 12 300 km" too; "May 3 2019" could not.
        all.push_str(group);
        rest = after;
        if group.len() == 3 {
            end = (rest, all.clone());
        }
    }
    Ok(end)
}

fn ordinal_suffix(input: &str) -> Option<&str> {
    let suffix = input.get(..2)?.to_ascii_lowercase();
    let ends = !input[2..].starts_with(char::is_alphanumeric);
    (["st", "nd", "rd", "th"].contains(&suffix.as_str()) && ends).then(|| &input[2..])
}

/// scale := (" "? scale word | abbreviation)+
fn scale(input: &str) -> Option<(&str, i32)> {
    let (rest, spaced) = match input.strip_prefix([' ', '-']) {
        Some(rest) => (rest, true),
        None => (input, false),
    };
    let (after, word) = word(rest).ok()?;
    let lower = word.to_ascii_lowercase();
    if let Some(NumberWord::Scale(power)) = number_word(&lower) {
        // "3 hundred thousand".
        let more = scale(after).filter(|_| power < 6);
        return Some(more.map_or((after, power), |(after, next)| (after, power + next)));
    }
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    abbreviation(&lower, spaced).map(|power| (after, power))
}

fn word(input: &str) -> IResult<&str, &str> {
    recognize(take_while1(|c: char| c.is_ascii_alphabetic())).parse(input)
}

/// vulgar := "½" | "¼" | ...
fn vulgar(input: &str) -> IResult<&str, Number> {
    let terms = match input.chars().next() {
        Some('½') => (1, 2),
        Some('⅓') => (1, 3),
        Some('⅔') => (2, 3),
        Some('¼') => (1, 4),
        Some('¾') => (3, 4),
        Some('⅕') => (1, 5),
        Some('⅛') => (1, 8),
        _ => return refuse(input),
    };
    match fraction(terms.0, terms.1, false) {
        Some(number) => Ok((&input[input.chars().next().map_or(0, char::len_utf8)..], number)),
        None => refuse(input),
    }
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn fraction(numerator: u64, denominator: u64, in_words: bool) -> Option<Number> {
    let common = gcd(numerator, denominator).max(1);
    let (n, d) = (numerator / common, denominator / common);
    let value =
        Decimal::from(i64::try_from(n).ok()?).checked_div(Decimal::from(i64::try_from(d).ok()?))?;
    Some(Number {
        value,
        step: Decimal::power_of_ten(-3)?,
        in_words,
        kind: Kind::Fraction(n, d),
        scale: 0,
    })
}

/// words := ("a" | "half a")? cardinal+ ("and a half")? | fraction | ordinal | multiplier | vague
fn words(input: &str) -> IResult<&str, Number> {
    let mut total = Decimal::ZERO;
    let mut current: Option<Decimal> = None;
    let mut rest = input;
    let mut end = None;
    let mut half = false;
    let mut last_scale: Option<i32> = None;
    let mut seen_article = false;
    let mut last_small = false;
    while let Ok((after, text)) = word(rest) {
        if after.starts_with(|c: char| c.is_ascii_digit()) {
            break;
        }
        let lower = text.to_ascii_lowercase();
        let plural = lower
            .strip_suffix('s')
            .and_then(number_word)
            .filter(|w| matches!(w, NumberWord::Ordinal(_)));
        match number_word(&lower).or(plural) {
            Some(NumberWord::Cardinal(value)) => {
                let small = value < Decimal::from(10);
                match current {
                    // "twenty-one", "hundred five", but not "five seven" or "ten twenty".
                    Some(sum) if last_small || (!small && !is_hundreds(sum)) => break,
                    Some(sum) if small && !is_tens_or_hundreds(sum) => break,
                    Some(sum) => current = sum.checked_add(value),
                    None => current = Some(value),
                }
                last_small = value < Decimal::from(20);
                end = Some(after);
            }
            Some(NumberWord::Scale(2)) => {
                let base = current.unwrap_or(Decimal::ONE);
                if current.is_none() && !seen_article {
                    return refuse(input);
                }
                current = base.checked_mul(Decimal::HUNDRED);
                last_small = false;
                end = Some(after);
            }
            Some(NumberWord::Scale(power)) => {
                if current.is_none() && !seen_article && total.is_zero() {
                    return refuse(input);
                }
                if last_scale.is_some_and(|last| last <= power) {
                    break;
                }
                let mut base = current.unwrap_or(Decimal::ONE);
                if half && seen_article {
                    base = Decimal::new(5, -1).unwrap_or(base);
                    half = false;
                }
                let Some(scaled) = Decimal::power_of_ten(power).and_then(|s| base.checked_mul(s))
                else {
                    break;
                };
                total = total.checked_add(scaled).unwrap_or(total);
                current = None;
                last_small = false;
                last_scale = Some(power);
                end = Some(after);
            }
            Some(NumberWord::Group(size)) => {
                if current.is_none() && !seen_article {
                    return refuse(input);
                }
                let mut base = current.unwrap_or(Decimal::ONE);
                if half {
                    base = Decimal::new(5, -1).unwrap_or(base);
                    half = false;
                }
                current = base.checked_mul(size);
                last_small = true;
                end = Some(after);
            }
            Some(NumberWord::Ordinal(ordinal)) => {
                // "two thirds", "one-fifth"; "twenty-first".
                return after_ordinal(input, after, &lower, current, total, ordinal, seen_article);
            }
            Some(NumberWord::Part(denominator)) => {
                if current.is_none() && total.is_zero() {
                    if lower == "half" && !seen_article && rest.len() == input.len() {
                        // "half a million", "half a dozen", or a bare half.
                        if let Some(next) =
                            after.strip_prefix(" a ").or_else(|| after.strip_prefix(" an "))
                        {
                            let follows = word(next)
                                .ok()
                                .and_then(|(_, w)| number_word(&w.to_ascii_lowercase()));
                            if matches!(follows, Some(NumberWord::Scale(_) | NumberWord::Group(_)))
                            {
                                half = true;
                                seen_article = true;
                                rest = next;
                                continue;
                            }
                        }
                    }
                    return part(input, after, 1, denominator);
                }
                return match current.and_then(Decimal::to_i64) {
                    Some(n) if total.is_zero() => part(input, after, n, denominator),
                    _ => refuse(input),
                };
            }
            Some(NumberWord::Multiplier(factor)) if rest.len() == input.len() => {
                let number = Number {
                    value: factor,
                    step: Decimal::new(1, -1).unwrap_or(Decimal::ONE),
                    in_words: true,
                    kind: Kind::Multiplier,
                    scale: 0,
                };
                return Ok((after, number));
            }
            Some(NumberWord::Vague(low, high)) if rest.len() == input.len() => {
                let number = Number {
                    value: low,
                    step: Decimal::ONE,
                    in_words: true,
                    kind: Kind::Vague(high),
                    scale: 0,
                };
                return Ok((after, number));
            }
            _ if (lower == "a" || lower == "an") && rest.len() == input.len() => {
                seen_article = true;
                let Some(next) = after.strip_prefix(' ') else { break };
                rest = next;
                continue;
            }
            _ if lower == "and" && end.is_some() => {
                // "two and a half", "a hundred and five", "one and a half million".
                if let Some(tail) =
                    after.strip_prefix(" a half").or_else(|| after.strip_prefix(" one half"))
                    && !tail.starts_with(char::is_alphanumeric)
                {
                    let unit = last_scale.filter(|_| current.is_none()).unwrap_or(0);
                    let halves = Decimal::new(5, unit - 1).unwrap_or(Decimal::ZERO);
                    current = Some(
                        current.unwrap_or(Decimal::ZERO).checked_add(halves).unwrap_or(halves),
                    );
                    end = Some(tail);
                    last_small = true;
                    let Some(next) = tail.strip_prefix(' ') else { break };
                    rest = next;
                    continue;
                }
                if current.is_some_and(|c| !is_hundreds(c)) {
                    break;
                }
                let Some(next) = after.strip_prefix(' ') else { break };
                rest = next;
                continue;
            }
            _ => break,
        }
        match after.strip_prefix([' ', '-']) {
            Some(next) => rest = next,
            None => break,
        }
    }
    let Some(end) = end else { return refuse(input) };
    if end.starts_with(char::is_alphanumeric) {
        return refuse(input);
    }
    let value = total.checked_add(current.unwrap_or(Decimal::ZERO)).unwrap_or(total);
    let step = if value.is_integer() {
        Decimal::power_of_ten(value.exponent().max(0)).unwrap_or(Decimal::ONE)
    } else {
        Decimal::power_of_ten(value.exponent()).unwrap_or(Decimal::ONE)
    };
    Ok((end, Number { value, step, in_words: true, kind: Kind::Cardinal, scale: 0 }))
}

fn is_hundreds(value: Decimal) -> bool {
    value.to_i64().is_some_and(|n| n >= 100 && n % 100 == 0)
}

fn is_tens_or_hundreds(value: Decimal) -> bool {
    value.to_i64().is_some_and(|n| n >= 20 && n % 10 == 0)
}

fn part<'a>(
    input: &'a str,
    after: &'a str,
    numerator: i64,
    denominator: Decimal,
) -> IResult<&'a str, Number> {
    let terms =
        u64::try_from(numerator).ok().zip(denominator.to_i64().and_then(|d| u64::try_from(d).ok()));
    // "a quarter of a million" is a number, not a share.
    if let Some(tail) = after.strip_prefix(" of a ").or_else(|| after.strip_prefix(" of an "))
        && let Ok((left, name)) = word(tail)
        && let Some(NumberWord::Scale(power)) = number_word(&name.to_ascii_lowercase())
        && let Some(value) = Decimal::power_of_ten(power)
            .and_then(|scale| scale.checked_mul(Decimal::from(numerator)))
            .and_then(|value| value.checked_div(denominator))
        && value.is_integer()
    {
        let step = Decimal::power_of_ten(value.exponent().max(0)).unwrap_or(Decimal::ONE);
        return Ok((left, Number { value, step, in_words: true, kind: Kind::Cardinal, scale: 0 }));
    }
    match terms.and_then(|(n, d)| fraction(n, d, true)) {
        Some(number) if numerator > 0 => Ok((after, number)),
        _ => refuse(input),
    }
}

fn after_ordinal<'a>(
    input: &'a str,
    after: &'a str,
    lower: &str,
    current: Option<Decimal>,
    total: Decimal,
    ordinal: Decimal,
    article: bool,
) -> IResult<&'a str, Number> {
    let plural = lower.ends_with('s');
    if let Some(before) = current {
        if total.is_zero()
            && let Some(n) = before.to_i64()
            && (plural || n == 1)
            && lower != "first"
            && lower != "second"
        {
            return part(input, after, n, ordinal);
        }
        let whole = before.checked_add(ordinal).and_then(|v| v.checked_add(total));
        return match whole {
            Some(value) if !plural && is_tens_or_hundreds(before) => Ok((
                after,
                Number { value, step: Decimal::ONE, in_words: true, kind: Kind::Ordinal, scale: 0 },
            )),
            _ => refuse(input),
        };
    }
    // "a third of", "a fifth"; a bare "third" is an ordinal.
    if article && lower != "second" && lower != "first" {
        return part(input, after, 1, ordinal);
    }
    if plural || article {
        return refuse(input);
    }
    Ok((
        after,
        Number {
            value: ordinal,
            step: Decimal::ONE,
            in_words: true,
            kind: Kind::Ordinal,
            scale: 0,
        },
    ))
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
            ("3.8k", "3800", ""),
            ("6.3 trillion", "6300000000000", ""),
            ("$", "", ""),
            ("-0.5", "-0.5", ""),
            (".5", "0.5", ""),
            ("2019 300 people", "2019", " 300 people"),
            ("three thousand eight hundred", "3800", ""),
            ("two hundred and nine", "209", ""),
            ("a dozen", "12", ""),
            ("half a dozen", "6", ""),
            ("half a million", "500000", ""),
            ("one and a half million", "1500000", ""),
            ("twenty-four", "24", ""),
            ("five and a half thousand", "5500", ""),
            ("two hundred million tons", "200000000", " tons"),
            ("twelfth", "12", ""),
            ("twenty-first", "21", ""),
            ("12th", "12", ""),
            ("five seven", "5", " seven"),
            ("a man", "", ""),
            ("1.2.3", "", ""),
        ] {
            match number(text) {
                Ok((left, number)) => {
                    assert_eq!(number.value.to_string(), value, "{text}");
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
        ] {
            let (_, number) = number(text).unwrap();
            assert_eq!(number.kind, Kind::Fraction(terms.0, terms.1), "{text}");
        }
    }
}
