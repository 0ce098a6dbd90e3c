//! Numbers in words.

use nom::IResult;

use super::{Kind, Number, refuse, share, skip, token};
use crate::lexicon::numbers::{self, NumberWord};
use crate::value::Decimal;

/// words := multiplier | vague | ordinal | share | cardinal (decimals | ordinal | share)?
pub fn words(input: &str) -> IResult<&str, Number> {
    read(input).map_or_else(|| refuse(input), Ok)
}

fn read(input: &str) -> Option<(&str, Number)> {
    let body = ["a ", "an ", "A ", "An "].iter().find_map(|article| input.strip_prefix(article));
    let (article, body) = (body.is_some(), body.unwrap_or(input));
    match token(body)? {
        (NumberWord::Multiplier(factor), rest) if !article => {
            let step = Decimal::new(1, -1)?;
            let number = Number { kind: Kind::Multiplier, step, ..Number::in_words(factor) };
            Some((rest, number))
        }
        (NumberWord::Vague(low, high), rest) => {
            let word = &body[..body.len() - rest.len()];
            let counts = rest.starts_with(" of ") || !numbers::counts_before_of(word);
            vague(rest, low, high, article).filter(|_| counts)
        }
        (NumberWord::Some(low, high), rest) => some(rest, low, high),
        (NumberWord::Ordinal(ordinal), rest) if article => share::with_article(rest, body, ordinal),
        (NumberWord::Ordinal(ordinal), rest) => {
            let plural = body[..body.len() - rest.len()].ends_with('s');
            (!plural).then(|| (rest, Number::ordinal(ordinal, true)))
        }
        (NumberWord::Part(denominator), rest) => share::part(rest, body, denominator, article),
        (NumberWord::Group(_), rest) if article && counts_on(rest) => None,
        (NumberWord::Pair(size), rest) => pair(rest, size, article),
        _ => counted(body, article),
    }
}

/// "a score of 5-2", "a couple from Leeds": not a number.
fn counts_on(rest: &str) -> bool {
    rest.strip_prefix(" of ").is_some_and(|tail| tail.starts_with(|c: char| c.is_ascii_digit()))
}

/// pair := ("a couple" | "a pair") " of"? and no more of the phrase; "the couple" is married
fn pair(rest: &str, size: Decimal, article: bool) -> Option<(&str, Number)> {
    let of = rest.strip_prefix(" of");
    let alone = rest.is_empty() || of.is_some_and(str::is_empty);
    let counts = of.is_some_and(|tail| tail.starts_with(' ')) && !counts_on(rest);
    let rest = if alone { "" } else { rest };
    (article && (alone || counts)).then(|| (rest, Number::in_words(size)))
}

/// cardinal (decimals scale? | ordinal | share | more)?
fn counted(input: &str, article: bool) -> Option<(&str, Number)> {
    let Cardinal { value, scale, loose, pieces, rest } = cardinal(input, article)?;
    let mut number = Number::in_words(value);
    number.loose = loose && !article;
    if pieces == 1 {
        number.scale = scale;
    }
    if let Some((rest, decimals)) = decimals(rest) {
        let mut value = value.checked_add(decimals)?;
        let mut number = Number::in_words(value);
        if let Some((NumberWord::Scale(power), rest)) = rest.strip_prefix(' ').and_then(scale_word)
        {
            value = value.checked_mul(Decimal::power_of_ten(power)?)?;
            number = Number { scale: power, ..Number::in_words(value) };
            return Some((rest, number));
        }
        return Some((rest, number));
    }
    let found = share::of_number(rest, value, article)
        .or_else(|| ordinal(rest, value))
        .or_else(|| share::over(&number, rest));
    if let Some(found) = found {
        return Some(found);
    }
    if let Some((rest, value)) = share::and_a_part(rest, value, scale) {
        return Some((rest, Number { loose: number.loose, ..Number::in_words(value) }));
    }
    Some((rest, number))
}

/// ordinal := joint unit ordinal | joint scale ordinal, behind a cardinal: "twenty-first"
fn ordinal(rest: &str, before: Decimal) -> Option<(&str, Number)> {
    let tail = skip(rest, &[" and ", " ", "-"])?;
    let (NumberWord::Ordinal(ordinal), after) = token(tail)? else { return None };
    if tail[..tail.len() - after.len()].ends_with('s') {
        return None;
    }
    let (n, last) = (before.to_i64()?, ordinal.to_i64()?);
    let value = if last >= 100 {
        before.checked_mul(ordinal)?
    } else if n % 100 == 0 || (n % 10 == 0 && n % 100 >= 20 && last < 10) {
        before.checked_add(ordinal)?
    } else {
        return None;
    };
    Some((after, Number::ordinal(value, true)))
}

/// vague := "dozens" | plural scale (" of " plural scale)*
fn vague(rest: &str, low: Decimal, high: Decimal, article: bool) -> Option<(&str, Number)> {
    let (mut low, mut high, mut rest) = (low, high, rest);
    // "a handful", but no "a dozens".
    if article && low > Decimal::from(10) {
        return None;
    }
    while let Some(tail) = rest.strip_prefix(" of ")
        && let Some((NumberWord::Scale(power), after)) = scale_word(tail)
        && tail[..tail.len() - after.len()].ends_with(['s', 'S'])
        && let Some(size) = Decimal::power_of_ten(power)
    {
        low = low.checked_mul(size)?;
        high = high.checked_mul(size)?;
        rest = after;
    }
    let number = Number { step: Decimal::ONE, kind: Kind::Vague(high), ..Number::in_words(low) };
    Some((rest, number))
}

/// some := ("several" | "a few") (scale | group)+
fn some(rest: &str, low: Decimal, high: Decimal) -> Option<(&str, Number)> {
    let (mut low, mut high, mut rest) = (low, high, rest);
    let start = rest;
    while let Some(tail) = rest.strip_prefix(' ')
        && let Some((word, after)) = scale_word(tail)
    {
        let size = match word {
            NumberWord::Scale(power) => Decimal::power_of_ten(power)?,
            NumberWord::Group(size) => size,
            _ => break,
        };
        (low, high) = (low.checked_mul(size)?, high.checked_mul(size)?);
        rest = after;
    }
    if rest.len() == start.len() {
        return None;
    }
    let number = Number { step: Decimal::ONE, kind: Kind::Vague(high), ..Number::in_words(low) };
    Some((rest, number))
}

/// A word that multiplies the number before it, in the singular or the plural.
pub fn scale_word(input: &str) -> Option<(NumberWord, &str)> {
    let (word, rest) = token(input)?;
    match word {
        NumberWord::Scale(_) | NumberWord::Group(_) => Some((word, rest)),
        NumberWord::Vague(low, _) => {
            // "Dozens" are two dozen at least.
            let one = low.checked_div(Decimal::from(2))?;
            let power = one.exponent();
            if power > 0 && Decimal::power_of_ten(power) == Some(one) {
                Some((NumberWord::Scale(power), rest))
            } else if one >= Decimal::from(10) {
                Some((NumberWord::Group(one), rest))
            } else {
                None
            }
        }
        _ => None,
    }
}

/// small := tens (("-" | " " | " - ") unit)? | teen | unit
pub fn small(input: &str) -> Option<(i64, &str)> {
    let (NumberWord::Cardinal(value), rest) = token(input)? else { return None };
    let value = value.to_i64()?;
    if value >= 20
        && value % 10 == 0
        && let Some(tail) = skip(rest, &[" - ", "-", " "])
        && let Some((NumberWord::Cardinal(unit), after)) = token(tail)
        && let Some(unit) = unit.to_i64().filter(|unit| (1..10).contains(unit))
    {
        return Some((value + unit, after));
    }
    Some((value, rest))
}

/// hundred := small? " hundred" ((" and " | " & " | " " | "-") small)? | small
///
/// The value, whether "hundred" was said, whether a number stood before it.
fn hundred(input: &str) -> Option<(i64, bool, bool, &str)> {
    let first = small(input);
    let tail = match first {
        Some((_, rest)) => skip(rest, &[" ", "-"]),
        None => Some(input),
    };
    let Some((NumberWord::Scale(2), rest)) = tail.and_then(scale_word) else {
        return first.map(|(value, rest)| (value, false, true, rest));
    };
    let value = first.map_or(1, |(value, _)| value) * 100;
    if let Some(tail) = skip(rest, &[" and ", " & ", " ", "-"])
        && let Some((unit, after)) = small(tail)
        && !goes_on(after)
    {
        return Some((value + unit, true, first.is_some(), after));
    }
    Some((value, true, first.is_some(), rest))
}

/// Whether what follows takes the number before it for its own: "(a hundred and) two thirds".
fn goes_on(rest: &str) -> bool {
    let Some(tail) = skip(rest, &[" ", "-"]) else { return false };
    match scale_word(tail).or_else(|| token(tail)) {
        Some((NumberWord::Scale(2) | NumberWord::Group(_) | NumberWord::Part(_), _)) => true,
        Some((NumberWord::Ordinal(_), after)) => tail[..tail.len() - after.len()].ends_with('s'),
        _ => false,
    }
}

/// piece := (hundred | scale) scale* group?
struct Piece<'a> {
    value: Decimal,
    /// The power of ten of its scale words.
    scale: i32,
    hundreds: bool,
    group: bool,
    loose: bool,
    rest: &'a str,
}

fn piece(input: &str, digits: bool) -> Option<Piece<'_>> {
    let mut piece = match hundred(input) {
        Some((value, hundreds, counted, rest)) => {
            let value = Decimal::from(value);
            Piece { value, scale: 0, hundreds, group: false, loose: !counted, rest }
        }
        None => {
            let count = input.bytes().take_while(u8::is_ascii_digit).count();
            let value = input[..count].parse::<i64>().unwrap_or(1);
            if count > 3 || count > 0 && !digits {
                return None;
            }
            let (value, rest) = (Decimal::from(value), &input[count..]);
            Piece { value, scale: 0, hundreds: false, group: false, loose: count == 0, rest }
        }
    };
    loop {
        let tail = match skip(piece.rest, &[" ", "-"]) {
            Some(tail) => tail,
            None if piece.rest.len() == input.len() => input,
            None => break,
        };
        let Some((word, after)) = scale_word(tail) else { break };
        let size = match word {
            NumberWord::Scale(power) if piece.scale + power <= 24 => {
                piece.hundreds |= power == 2;
                piece.scale += power;
                Decimal::power_of_ten(power)?
            }
            NumberWord::Group(size) if piece.scale == 0 => {
                piece.group = true;
                size
            }
            _ => break,
        };
        piece.value = piece.value.checked_mul(size)?;
        piece.rest = after;
        if piece.group {
            break;
        }
    }
    (piece.rest.len() < input.len()).then_some(piece)
}

/// A cardinal, and how it was put together.
struct Cardinal<'a> {
    value: Decimal,
    /// The power of ten of the last scale word.
    scale: i32,
    loose: bool,
    pieces: usize,
    rest: &'a str,
}

/// cardinal := piece (joint piece)*, each of a smaller scale than the one before
fn cardinal(input: &str, article: bool) -> Option<Cardinal<'_>> {
    let first = piece(input, false)?;
    if article && !first.loose {
        return None;
    }
    let mut all = Cardinal {
        value: first.value,
        scale: first.scale,
        loose: first.loose,
        pieces: 1,
        rest: first.rest,
    };
    // "three hundred and two dozen"
    if first.hundreds
        && first.scale == 0
        && let Some(tail) = skip(first.rest, &[" and ", " "])
        && let Some(next) = piece(tail, false).filter(|next| next.group && !next.loose)
    {
        all.value = all.value.checked_add(next.value)?;
        all.rest = next.rest;
        return Some(all);
    }
    while let Some((rest, value, scale)) = next_piece(all.rest, all.scale, false) {
        all.value = all.value.checked_add(value)?;
        (all.rest, all.scale) = (rest, scale);
        all.pieces += 1;
    }
    Some(all)
}

/// A whole number in words, whatever it counts.
pub fn whole(input: &str) -> Option<(&str, Decimal)> {
    let found = cardinal(input, false)?;
    Some((found.rest, found.value))
}

/// The piece that goes on a number whose last scale is `last`.
fn next_piece(rest: &str, last: i32, digits: bool) -> Option<(&str, Decimal, i32)> {
    if last == 0 {
        return None;
    }
    let joint = [", and ", " and ", " & ", ", ", " ", "-"];
    let joint = joint.iter().find(|joint| rest.starts_with(**joint))?;
    let next = piece(&rest[joint.len()..], digits).filter(|next| !next.loose && !next.group)?;
    let in_digits = rest[joint.len()..].starts_with(|c: char| c.is_ascii_digit());
    let fits = if next.scale > 0 {
        next.scale < last
    } else {
        let below = Decimal::power_of_ten(last).is_some_and(|size| next.value < size);
        // "Three million, two of them", "3 million and 21 people": another number.
        let said = match *joint {
            _ if next.hundreds => true,
            " and " | " & " => last == 2 || last == 3 && !in_digits,
            " " | "-" => !in_digits,
            _ => false,
        };
        below && said
    };
    let part = next.scale == 0 && goes_on(next.rest);
    (fits && !part).then_some((next.rest, next.value, next.scale))
}

/// What goes on digits with a scale word: "3 hundred and 21", "6 crore and two hundred".
pub fn more(rest: &str, value: Decimal, scale: i32) -> Option<(&str, Decimal)> {
    let (mut end, mut total, mut last) = (rest, value, scale);
    while let Some((rest, value, scale)) = next_piece(end, last, true) {
        total = total.checked_add(value)?;
        (end, last) = (rest, scale);
    }
    (end.len() < rest.len()).then_some((end, total))
}

/// decimals := (" point " | " dot ") (digit word+ | small)
///
/// People who talk say "twelve dot fifty" too.
fn decimals(rest: &str) -> Option<(&str, Decimal)> {
    let tail = rest.strip_prefix(" point ").or_else(|| rest.strip_prefix(" dot "))?;
    let (first, behind) = small(tail)?;
    if first >= 10 {
        return Some((behind, Decimal::new(i128::from(first), -2)?));
    }
    let (mut value, mut places, mut end) = (0_i128, 0, tail);
    let mut next = Some(tail);
    while let Some(text) = next
        && places < 12
        && let Some((NumberWord::Cardinal(digit), after)) = token(text)
        && let Some(digit) = digit.to_i64().filter(|digit| *digit < 10)
    {
        value = value * 10 + i128::from(digit);
        places += 1;
        end = after;
        next = skip(after, &[" ", "-"]);
    }
    Some((end, Decimal::new(value, -places)?))
}
