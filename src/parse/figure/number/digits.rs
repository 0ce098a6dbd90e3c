//! Numbers that begin with digits.

use nom::character::complete::{char, digit1};
use nom::combinator::opt;
use nom::sequence::preceded;
use nom::{IResult, Parser};

use super::{Kind, Number, refuse, share, skip, token, words};
use crate::lexicon::numbers::{NumberWord, abbreviation};
use crate::value::Decimal;

/// digits := sign? whole ("." digit+)? power? (ordinal suffix | "/" digit+ | scale more | share)?
pub fn digits(input: &str) -> IResult<&str, Number> {
    let (rest, sign) = opt(nom::character::complete::one_of("+-")).parse(input)?;
    let negate = |value: Decimal| match sign {
        Some('-') => Decimal::ZERO.checked_sub(value).unwrap_or(value),
        _ => value,
    };
    let (rest, written) = match european(rest) {
        Some(found) => found,
        None => written(input, rest)?,
    };
    let Some(value) = written.value() else { return refuse(input) };
    let places = written.places;
    let mut power = if places > 0 { -places } else { written.zeros() };
    if value.is_zero() {
        power = -places;
    }
    let number = |value, power: i32, scale| Number {
        value: negate(value),
        step: Decimal::power_of_ten(power).unwrap_or(Decimal::ONE),
        in_words: false,
        kind: Kind::Cardinal,
        scale,
        loose: false,
    };
    if let Some((rest, exponent)) = exponent(rest, value)
        && let Some(value) = Decimal::power_of_ten(exponent).and_then(|p| value.checked_mul(p))
    {
        return Ok((rest, number(value, exponent - places, 0)));
    }
    if let Some((rest, value)) = raised(rest, value) {
        return Ok((rest, number(value, value.exponent(), 0)));
    }
    if places == 0 {
        if let Some((rest, share)) = share::slashed(rest, value) {
            return Ok(match (sign, share.kind) {
                (Some(_), _) => (rest, number(share.value, super::FINEST, 0)),
                _ => (rest, share),
            });
        }
        if let Some(rest) = ordinal_suffix(rest, value).filter(|_| sign.is_none()) {
            return Ok((rest, Number::ordinal(value, false)));
        }
        if let Some((rest, whole)) = share::beside(rest, value) {
            return Ok((rest, number(whole, super::FINEST, 0)));
        }
    }
    let Some((rest, scale, word)) = scale(rest) else {
        let found = number(value, power, 0);
        return Ok(share::over(&found, rest).or(half(&found, rest)).unwrap_or((rest, found)));
    };
    let (size, scale) = match scale {
        Scale::Power(scale) => (Decimal::power_of_ten(scale), scale),
        Scale::Group(size) => (Some(size), 0),
    };
    power = if places > 0 { scale - places } else { scale + power };
    let Some(value) = size.and_then(|size| value.checked_mul(size)) else { return refuse(input) };
    if !word {
        return Ok((rest, number(value, power, scale)));
    }
    if let Some((rest, whole)) = words::more(rest, value, scale) {
        let step = Number::in_words(whole).step;
        return Ok((rest, Number { step, ..number(whole, power, 0) }));
    }
    let found = number(value, power, scale);
    Ok(half(&found, rest).unwrap_or((rest, found)))
}

/// "2 and a half", "3 million and a quarter"
fn half<'a>(found: &Number, rest: &'a str) -> Option<(&'a str, Number)> {
    let (rest, value) = share::and_a_part(rest, found.value, found.scale)?;
    Some((rest, Number { in_words: false, ..Number::in_words(value) }))
}

/// Digits as written: all of them, and how many stand behind the point.
struct Written {
    digits: String,
    places: i32,
}

impl Written {
    fn value(&self) -> Option<Decimal> {
        Decimal::parse(&self.digits)?.checked_mul(Decimal::power_of_ten(-self.places)?)
    }

    /// Zeros at the end of a whole number, which may be rounding.
    fn zeros(&self) -> i32 {
        self.digits.bytes().rev().take_while(|&b| b == b'0').count() as i32
    }
}

/// written := whole? ("." digit+)?
fn written<'a>(input: &'a str, rest: &'a str) -> IResult<&'a str, Written> {
    let (rest, whole) = opt(whole).parse(rest)?;
    let mut digits = whole.unwrap_or_default();
    let (rest, decimals) = opt(preceded(char('.'), digit1)).parse(rest)?;
    if digits.is_empty() && decimals.is_none() {
        return refuse(input);
    }
    let section = |tail: &str| tail.starts_with(|c: char| c.is_ascii_digit());
    if decimals.is_some() && rest.strip_prefix('.').is_some_and(section) {
        // 1.2.3 is a version or a section.
        return refuse(input);
    }
    digits.push_str(decimals.unwrap_or_default());
    Ok((rest, Written { digits, places: decimals.map_or(0, str::len) as i32 }))
}

/// european := digit{1,3} ("." digit{3})+ "," digit{1,2}, where nothing of a number follows
///           | digit{1,3} "," digit{1,2}, before per cent or a scale word
fn european(input: &str) -> Option<(&str, Written)> {
    let run = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let first = run(input);
    if (1..=3).contains(&first)
        && let Some(tail) = input[first..].strip_prefix(',')
        && let places @ 1..=2 = run(tail)
    {
        let rest = &tail[places..];
        let behind = rest.strip_prefix(' ').unwrap_or(rest);
        let scaled = behind.starts_with('%') || super::scale_of(behind).is_some();
        let digits = format!("{}{}", &input[..first], &tail[..places]);
        return scaled.then_some((rest, Written { digits, places: places as i32 }));
    }
    if !(1..=3).contains(&first) || input.as_bytes().get(first) != Some(&b'.') {
        return None;
    }
    let mut digits = input[..first].to_owned();
    let mut rest = &input[first..];
    while let Some(tail) = rest.strip_prefix('.')
        && run(tail) == 3
    {
        digits.push_str(&tail[..3]);
        rest = &tail[3..];
    }
    let tail = rest.strip_prefix(',').filter(|_| digits.len() > first)?;
    let places = run(tail);
    let rest = &tail[places..];
    if !(1..=2).contains(&places) || rest.starts_with([',', '.']) && run(&rest[1..]) > 0 {
        return None;
    }
    digits.push_str(&tail[..places]);
    Some((rest, Written { digits, places: places as i32 }))
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
    let mut end = (rest, all.len());
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
            end = (rest, all.len());
        }
    }
    all.truncate(end.1);
    Ok((end.0, all))
}

/// exponent := ("e" | "E") sign? digit{1,2} | " "? ("x" | "×") " "? "10" raised | raised behind "10"
/// raised   := "^" sign? digit{1,2} | sign digit{1,2} | superscript+
fn exponent(input: &str, base: Decimal) -> Option<(&str, i32)> {
    let signed = |text: &str, bare: bool| {
        let negative = text.starts_with('-');
        let tail = text.strip_prefix(['-', '+']).or(bare.then_some(text))?;
        let count = tail.bytes().take_while(u8::is_ascii_digit).count();
        let value = tail[..count].parse::<i32>().ok().filter(|_| count <= 2)?;
        let rest = text.len() - tail.len() + count;
        Some((rest, if negative { -value } else { value }))
    };
    let raised = |text: &str, plainly: bool| {
        if let Some(tail) = text.strip_prefix('^') {
            let (len, value) = signed(tail, true)?;
            return Some((len + 1, value));
        }
        superscript(text).or_else(|| signed(text, false).filter(|_| plainly))
    };
    let stands = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    if let Some(tail) = input.strip_prefix(['e', 'E'])
        && let Some((len, value)) = signed(tail, true)
    {
        return Some((&tail[len..], value)).filter(|(rest, _)| stands(rest));
    }
    if let Some(tail) = skip(input, &["x10", "×10", " x 10", " × 10", "*10", " * 10"]) {
        let (len, value) = raised(tail, true)?;
        return Some((&tail[len..], value)).filter(|(rest, _)| stands(rest));
    }
    if base == Decimal::from(10) {
        let (len, value) = raised(input, false)?;
        return Some((&input[len..], value - 1)).filter(|(rest, _)| stands(rest));
    }
    None
}

/// The largest power that is worked out.
const LARGEST_POWER: u32 = 40;

/// raised := "^" "-"? digit{1,2}: "1.1^23"
fn raised(input: &str, base: Decimal) -> Option<(&str, Decimal)> {
    let tail = input.strip_prefix('^')?;
    let digits = tail.strip_prefix('-').unwrap_or(tail);
    let count = digits.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let power: u32 = digits[..count].parse().ok().filter(|power| *power <= LARGEST_POWER)?;
    let rest = &digits[count..];
    let value = (0..power).try_fold(Decimal::ONE, |value, _| value.checked_mul(base))?;
    let value = if digits.len() < tail.len() { Decimal::ONE.checked_div(value)? } else { value };
    (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '.')).then_some((rest, value))
}

/// "⁻⁵": the number and its length.
fn superscript(text: &str) -> Option<(usize, i32)> {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let tail = text.strip_prefix('⁻').or_else(|| text.strip_prefix('⁺')).unwrap_or(text);
    let (mut value, mut len) = (0_i32, text.len() - tail.len());
    let mut count = 0;
    for c in tail.chars().take(2) {
        let Some(digit) = RAISED.iter().position(|raised| *raised == c) else { break };
        value = value * 10 + digit as i32;
        len += c.len_utf8();
        count += 1;
    }
    (count > 0).then_some((len, if text.starts_with('⁻') { -value } else { value }))
}

fn ordinal_suffix(input: &str, value: Decimal) -> Option<&str> {
    let suffix = input.get(..2)?;
    let ends = !input[2..].starts_with(char::is_alphanumeric);
    let known = ["st", "nd", "rd", "th"].iter().any(|s| s.eq_ignore_ascii_case(suffix));
    // "12st" weighs twelve stone.
    let first = value.to_i64().is_some_and(|value| value % 10 == 1 && value % 100 != 11);
    (known && ends && (suffix != "st" || first)).then(|| &input[2..])
}

/// What multiplies digits.
enum Scale {
    /// A power of ten.
    Power(i32),
    /// "dozen".
    Group(Decimal),
}

/// scale := (" " | "-")? scale word+ | abbreviation; whether a word said it
fn scale(input: &str) -> Option<(&str, Scale, bool)> {
    let (rest, spaced) = match input.strip_prefix([' ', '-']) {
        Some(rest) => (rest, true),
        None => (input, false),
    };
    match words::scale_word(rest) {
        Some((NumberWord::Scale(mut power), mut rest)) => {
            // "3 hundred thousand".
            while let Some(tail) = rest.strip_prefix(' ')
                && power < 12
                && let Some((NumberWord::Scale(next), after)) = token(tail)
            {
                power += next;
                rest = after;
            }
            return Some((rest, Scale::Power(power), true));
        }
        // "3,400 gross tons" weighs; "20 score" is seldom meant.
        Some((NumberWord::Group(size), rest)) if size == Decimal::from(12) => {
            return Some((rest, Scale::Group(size), true));
        }
        _ => {}
    }
    let end = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = rest.split_at(end);
    if after.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    abbreviation(name, spaced).map(|power| (after, Scale::Power(power), false))
}
