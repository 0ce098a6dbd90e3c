//! Parts of a whole: "two thirds", "3/4", "½", "two and a half".

use nom::IResult;

use super::{Kind, Number, refuse, skip, token, words};
use crate::lexicon::numbers::NumberWord;
use crate::lexicon::terms::is_stopword;
use crate::value::Decimal;

/// Largest denominator of a fraction written with a stroke; beyond it numbers are codes.
const LARGEST: i64 = 100;

const VULGAR: &[(char, (i64, i64))] = &[
    ('½', (1, 2)),
    ('⅓', (1, 3)),
    ('⅔', (2, 3)),
    ('¼', (1, 4)),
    ('¾', (3, 4)),
    ('⅕', (1, 5)),
    ('⅖', (2, 5)),
    ('⅗', (3, 5)),
    ('⅘', (4, 5)),
    ('⅙', (1, 6)),
    ('⅚', (5, 6)),
    ('⅛', (1, 8)),
    ('⅜', (3, 8)),
    ('⅝', (5, 8)),
    ('⅞', (7, 8)),
];

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

fn fraction(numerator: i64, denominator: i64, in_words: bool) -> Option<Number> {
    let (n, d) = (u64::try_from(numerator).ok()?, u64::try_from(denominator).ok()?);
    let common = gcd(n, d).max(1);
    let (n, d) = (n / common, d / common);
    let value = Decimal::from(numerator).checked_div(Decimal::from(denominator))?;
    let number = Number { in_words, kind: Kind::Fraction(n, d), ..Number::in_words(value) };
    (n > 0 && d > 1).then_some(Number { step: Decimal::power_of_ten(-3)?, ..number })
}

/// vulgar := "½" | "¼" | ...
pub fn vulgar(input: &str) -> IResult<&str, Number> {
    let found = sign(input).and_then(|(rest, (n, d))| Some((rest, fraction(n, d, false)?)));
    found.map_or_else(|| refuse(input), Ok)
}

/// The fraction that one sign stands for.
pub fn sign(input: &str) -> Option<(&str, (i64, i64))> {
    let first = input.chars().next()?;
    let (_, terms) = VULGAR.iter().find(|(sign, _)| *sign == first)?;
    Some((&input[first.len_utf8()..], *terms))
}

/// slashed := "/" digit+, behind a smaller whole number
pub fn slashed(rest: &str, numerator: Decimal) -> Option<(&str, Number)> {
    let (after, denominator) = denominator(rest)?;
    let numerator = numerator.to_i64().filter(|n| *n < denominator)?;
    // "9/11" is a day that is known by its number.
    if (numerator, denominator) == (9, 11) {
        return None;
    }
    Some((after, fraction(numerator, denominator, false)?))
}

fn denominator(rest: &str) -> Option<(&str, i64)> {
    let tail = rest.strip_prefix('/')?;
    let count = tail.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, after) = tail.split_at(count);
    let denominator: i64 = digits.parse().ok()?;
    let fits = denominator <= LARGEST || denominator == 1000;
    (fits && !after.starts_with('/')).then_some((after, denominator))
}

/// beside := " "? vulgar | (" " | "-") digit "/" digit+, behind a whole number: "2 1/2"
pub fn beside(rest: &str, whole: Decimal) -> Option<(&str, Decimal)> {
    let (after, (n, d)) = match sign(rest.strip_prefix(' ').unwrap_or(rest)) {
        Some(found) => found,
        None => {
            let tail = skip(rest, &[" ", "-"])?;
            let count = tail.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, after) = tail.split_at(count);
            let n: i64 = digits.parse().ok().filter(|_| count == 1)?;
            let (after, d) = denominator(after)?;
            (after, (n, d))
        }
    };
    // Nobody writes "2 5/97": halves to sixteenths only.
    let part = Decimal::from(n).checked_div(Decimal::from(d)).filter(|_| n < d && d <= 16)?;
    Some((after, whole.checked_add(part)?))
}

/// "a third", "a fifth of": a share, unless a thing follows ("a third man").
pub fn with_article<'a>(
    rest: &'a str,
    body: &'a str,
    ordinal: Decimal,
) -> Option<(&'a str, Number)> {
    let (named, plural) = ordinal_of(rest, body);
    let denominator = ordinal.to_i64().filter(|d| *d > 2 || named)?;
    if plural || denominator <= 2 || thing_follows(rest) {
        return None;
    }
    scaled(rest, 1, denominator).or_else(|| Some((rest, fraction(1, denominator, true)?)))
}

fn ordinal_of(rest: &str, body: &str) -> (bool, bool) {
    let word = &body[..body.len() - rest.len()];
    (word.eq_ignore_ascii_case("half"), word.ends_with(['s', 'S']))
}

/// Whether the next word names a thing, so that an ordinal before it counts in an order.
fn thing_follows(rest: &str) -> bool {
    let Some(tail) = rest.strip_prefix([' ', '-']) else { return false };
    let end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
    let word = &tail[..end];
    !word.is_empty() && !is_stopword(&word.to_lowercase())
}

/// part := "half" | "quarter", alone or with an article
pub fn part<'a>(
    rest: &'a str,
    body: &'a str,
    denominator: Decimal,
    article: bool,
) -> Option<(&'a str, Number)> {
    let denominator = denominator.to_i64()?;
    if let Some(found) = scaled(rest, 1, denominator) {
        return Some(found);
    }
    let (half, plural) = ordinal_of(rest, body);
    // "Half-brother" is no half, "the quarter" three months, "quarters" a place.
    let word = rest.strip_prefix('-').is_some_and(|tail| tail.starts_with(char::is_alphabetic));
    if word || plural || !(half || article) {
        return None;
    }
    Some((rest, fraction(1, denominator, true)?))
}

/// of_number := joint (part | denominator), behind its numerator: "three quarters", "one twenty-fifth"
pub fn of_number(rest: &str, numerator: Decimal, article: bool) -> Option<(&str, Number)> {
    let n = numerator.to_i64()?;
    let tail = skip(rest, &[" ", "-"])?;
    let (after, d, plural) = match token(tail)? {
        (NumberWord::Part(d), after) => (after, d.to_i64()?, true),
        (NumberWord::Ordinal(d), after) => {
            (after, d.to_i64()?, tail[..tail.len() - after.len()].ends_with('s'))
        }
        (NumberWord::Cardinal(tens), after) => {
            let tens = tens.to_i64().filter(|tens| *tens >= 20 && tens % 10 == 0)?;
            let unit = skip(after, &["-", " "])?;
            let (NumberWord::Ordinal(d), after) = token(unit)? else { return None };
            let d = d.to_i64().filter(|d| *d < 10)?;
            (after, tens + d, unit[..unit.len() - after.len()].ends_with('s'))
        }
        _ => return None,
    };
    // Seconds are time, and a single one of a kind has to be one: "one third", "two thirds".
    let share = plural || n == 1 && !article && !thing_follows(after);
    if !share || d == 1 || d == 2 && !is_half(tail) || n <= 0 {
        return None;
    }
    if n % 100 >= 20 && n % 10 == 0 && d < 10 && !plural {
        return None;
    }
    scaled(after, n, d).or_else(|| Some((after, fraction(n, d, true).or_else(|| whole(n, d))?)))
}

/// "Ten fifths" are two.
fn whole(n: i64, d: i64) -> Option<Number> {
    (n % d == 0).then(|| Number::in_words(Decimal::from(n / d)))
}

fn is_half(word: &str) -> bool {
    word.get(..4)
        .is_some_and(|word| word.eq_ignore_ascii_case("half") || word.eq_ignore_ascii_case("halv"))
}

/// scaled := (" of a " | " a " | " " | "-") (scale | group), behind a fraction: "half a million"
fn scaled(rest: &str, n: i64, d: i64) -> Option<(&str, Number)> {
    let tail = skip(rest, &[" of a ", " of one ", " a ", "-a-", " ", "-"])?;
    let (word, after) = token(tail)?;
    let size = match word {
        NumberWord::Scale(power) => Decimal::power_of_ten(power)?,
        NumberWord::Group(size) => size,
        _ => return None,
    };
    let value = size.checked_mul(Decimal::from(n))?.checked_div(Decimal::from(d))?;
    let number = Number::in_words(value);
    // As rough as its denominator: nobody who has 333,333 says "a third of a million".
    let rough = size.checked_div(Decimal::from(d).checked_mul(Decimal::from(8))?)?;
    Some((after, Number { step: number.step.max(rough), ..number }))
}

/// and_a_part := " and " ("a" | "one" | n) (part | denominator), behind a whole number
///
/// "Two and a half" is 2.5, "3 million and a half" three and a half million.
pub fn and_a_part(rest: &str, whole: Decimal, scale: i32) -> Option<(&str, Decimal)> {
    let tail = rest.strip_prefix(" and ")?;
    let (after, found) = share(tail)?;
    let Kind::Fraction(n, d) = found.kind else {
        // The words of the part took a scale: "one billion and a half million" adds it, "one and
        // a half million" shares it.
        if scale > 0 {
            let below = Decimal::power_of_ten(scale).is_some_and(|size| found.value < size);
            return below.then_some((after, whole.checked_add(found.value)?));
        }
        let shared = whole.checked_mul(scale_behind(tail, after)?)?;
        return Some((after, shared.checked_add(found.value)?));
    };
    let size = if scale >= 3 { Decimal::power_of_ten(scale)? } else { Decimal::ONE };
    let (n, d) = (i64::try_from(n).ok()?, i64::try_from(d).ok()?);
    let part = size.checked_mul(Decimal::from(n))?.checked_div(Decimal::from(d))?;
    (n < d).then_some((after, whole.checked_add(part)?))
}

/// share := article (part | ordinal) | part | cardinal (part | denominator)
fn share(input: &str) -> Option<(&str, Number)> {
    let body = skip(input, &["a ", "an "]);
    let (article, body) = (body.is_some(), body.unwrap_or(input));
    match token(body)? {
        (NumberWord::Ordinal(ordinal), rest) if article => with_article(rest, body, ordinal),
        (NumberWord::Part(denominator), rest) => part(rest, body, denominator, article),
        _ if article => None,
        _ => {
            let (numerator, rest) = words::small(input)?;
            of_number(rest, Decimal::from(numerator), false)
        }
    }
}

/// The size of the last scale word of `text` before `rest`.
fn scale_behind(text: &str, rest: &str) -> Option<Decimal> {
    let last = text[..text.len() - rest.len()].rsplit([' ', '-']).next()?;
    match token(last)?.0 {
        NumberWord::Scale(power) => Decimal::power_of_ten(power),
        NumberWord::Group(size) => Some(size),
        _ => None,
    }
}

/// over := " over " number, behind a number, at the end of a clause: "one over three"
pub fn over<'a>(above: &Number, rest: &'a str) -> Option<(&'a str, Number)> {
    let tail = rest.strip_prefix(" over ")?;
    let (after, below) = match tail.bytes().take_while(u8::is_ascii_digit).count() {
        0 => words::whole(tail)?,
        count => (&tail[count..], Decimal::parse(&tail[..count])?),
    };
    let ends = !after.trim_start().starts_with(char::is_alphanumeric) && !after.starts_with('%');
    let plain = above.kind == Kind::Cardinal && ends;
    let (n, d) = (above.value.to_i64()?, below.to_i64().filter(|d| *d > 1)?);
    if !plain || n <= 0 {
        return None;
    }
    Some((after, fraction(n, d, above.in_words)?))
}
