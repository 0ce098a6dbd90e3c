//! One figure: a number with its sign, currency or unit.

use std::sync::Arc;

use super::number::{Kind, Number, number};
use crate::lexicon::units;
use crate::value::figure::{FigureKind, Per, Unit};
use crate::value::{Decimal, Figure};

/// A figure without its surroundings.
pub struct Core {
    /// What was read.
    pub figure: Figure,
    /// Its length in bytes.
    pub len: usize,
    /// The number alone, when no unit, sign or symbol came with it.
    pub bare: bool,
    /// Power of ten of the scale word, which a range shares.
    pub scale: i32,
}

/// core := sign? (currency number | number share-of? suffix? | one unit)
pub fn core(rest: &str) -> Option<Core> {
    let (negative, body) = sign(rest);
    let mut found = money(body).or_else(|| counted(body)).or_else(|| one_of_a_unit(body))?;
    if negative {
        found.figure.low = Decimal::ZERO.checked_sub(found.figure.low)?;
    }
    found.len += rest.len() - body.len();
    found.bare &= !negative;
    Some(found)
}

/// sign := "minus " | "negative " | "-" before a currency sign
fn sign(rest: &str) -> (bool, &str) {
    let said = ["minus ", "negative ", "Minus ", "Negative "];
    if let Some(body) = said.iter().find_map(|word| rest.strip_prefix(word)) {
        return (true, body);
    }
    let signed = |body: &&str| !body.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    match rest.as_bytes().first() {
        Some(b'-') => rest.get(1..).filter(signed).map_or((false, rest), |body| (true, body)),
        Some(b'+') => (false, rest.get(1..).filter(signed).unwrap_or(rest)),
        _ => (false, rest),
    }
}

/// money := (symbol | code) " "? digits (" "? scale)?
fn money(body: &str) -> Option<Core> {
    if body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (currency, power, len) = units::currency_symbol(body)
        .map(|(currency, len)| (currency, 0, len))
        .or_else(|| units::currency_code(body))?;
    let gap = usize::from(body[len..].starts_with(' '));
    let (mut left, read) = number(&body[len + gap..]).ok()?;
    if read.in_words || read.kind != Kind::Cardinal {
        return None;
    }
    let mut power = power;
    // "$1MM": only money is counted in thousands of thousands.
    if let Some(tail) =
        left.strip_prefix("MM").filter(|tail| !tail.starts_with(char::is_alphanumeric))
    {
        (left, power) = (tail, 6);
    }
    let mut figure = plain(read);
    scale_up(&mut figure, power)?;
    figure.kind = FigureKind::Money;
    figure.unit = Unit::Money(currency.code);
    figure.unit_assumed = currency.assumed;
    Some(Core { figure, len: body.len() - left.len(), bare: false, scale: read.scale + power })
}

fn scale_up(figure: &mut Figure, power: i32) -> Option<()> {
    if power != 0 {
        let size = Decimal::power_of_ten(power)?;
        figure.low = figure.low.checked_mul(size)?;
        figure.step = figure.step.checked_mul(size)?;
    }
    Some(())
}

fn counted(body: &str) -> Option<Core> {
    let (left, read) = number(body).ok()?;
    let scale = read.scale;
    let mut figure = plain(read);
    let len = body.len() - left.len();
    if let Some((share, used)) = share_of_a_unit(read, left) {
        return Some(Core { figure: share, len: len + used, bare: false, scale: 0 });
    }
    if matches!(figure.kind, FigureKind::Ordinal) {
        return Some(Core { figure, len, bare: true, scale });
    }
    if let Some((fraction, used)) = one_in(read, left) {
        return Some(Core { figure: fraction, len: len + used, bare: false, scale });
    }
    if let Some((metres, used)) = metres(body, left, read) {
        return Some(Core { figure: metres, len: len + used, bare: false, scale: 0 });
    }
    if let Some(suffix) = suffix(left, read) {
        figure.kind = suffix.kind;
        figure.unit = suffix.unit;
        figure.unit_assumed = suffix.assumed;
        figure.minor = suffix.minor;
        scale_up(&mut figure, suffix.power - if suffix.minor { 2 } else { 0 })?;
        if suffix.below_zero {
            figure.low = Decimal::ZERO.checked_sub(figure.low)?;
        }
        let scale = scale + suffix.power;
        return Some(Core { figure, len: len + suffix.len, bare: false, scale });
    }
    if read.loose {
        return None;
    }
    if matches!(read.kind, Kind::Multiplier | Kind::Fraction(..) | Kind::Vague(_)) {
        return Some(Core { figure, len, bare: false, scale });
    }
    if let Some(used) = times(left) {
        figure.kind = FigureKind::Multiplier;
        return Some(Core { figure, len: len + used, bare: false, scale });
    }
    let again = repeated(left, read).unwrap_or(0);
    Some(Core { figure, len: len + again, bare: true, scale })
}

/// "half a liter", "tenth of a gallon"
fn share_of_a_unit(read: Number, left: &str) -> Option<(Figure, usize)> {
    let value = match read.kind {
        Kind::Fraction(..) => read.value,
        Kind::Ordinal if read.in_words => Decimal::ONE.checked_div(read.value)?,
        _ => return None,
    };
    let joints: &[&str] = match read.kind {
        Kind::Fraction(..) => &[" of a ", " of an ", " of one ", " a ", " an "],
        _ => &[" of a ", " of an ", " of "],
    };
    let tail = joints.iter().find_map(|joint| left.strip_prefix(joint))?;
    let (name, len) = units::unit(tail).filter(|(name, _)| !units::is_word(name))?;
    let mut figure = Figure::number(value, Decimal::power_of_ten(-2)?);
    figure.kind = FigureKind::Quantity;
    figure.unit = Unit::Measure(name);
    figure.in_words = read.in_words;
    Some((figure, left.len() - tail.len() + len))
}

/// "forty-five (45)": the number told twice.
fn repeated(left: &str, read: Number) -> Option<usize> {
    let (after, digits) = number(left.strip_prefix(" (")?).ok()?;
    let same = read.in_words && !digits.in_words && digits.value == read.value;
    (same && after.starts_with(')')).then(|| left.len() - after.len() + 1)
}

fn plain(number: Number) -> Figure {
    let mut figure = Figure::number(number.value, number.step);
    figure.in_words = number.in_words;
    match number.kind {
        Kind::Cardinal => {}
        Kind::Ordinal => figure.kind = FigureKind::Ordinal,
        Kind::Multiplier => figure.kind = FigureKind::Multiplier,
        Kind::Fraction(n, d) => {
            figure.kind = FigureKind::Fraction;
            figure.fraction = Some((n, d));
        }
        Kind::Vague(high) => {
            figure.kind = FigureKind::Vague;
            figure.high = Some(high);
        }
    }
    figure
}

/// What may follow a number: per cent, points, a unit, a currency.
struct Suffix {
    kind: FigureKind,
    unit: Unit,
    assumed: bool,
    minor: bool,
    below_zero: bool,
    /// A power of ten that comes with it: "75 USD million".
    power: i32,
    len: usize,
}

impl Suffix {
    fn new(kind: FigureKind, unit: Unit, len: usize) -> Suffix {
        Suffix { kind, unit, assumed: false, minor: false, below_zero: false, power: 0, len }
    }
}

/// suffix := " "? (per cent | currency scale? | unit)
fn suffix(left: &str, number: Number) -> Option<Suffix> {
    let gap = usize::from(left.starts_with([' ', '-']));
    let tail = &left[gap..];
    if let Some((unit, len)) = share_unit(tail) {
        return Some(Suffix::new(FigureKind::Percent, unit, gap + len));
    }
    if number.kind == Kind::Cardinal
        && number.scale == 0
        && let Some(found) = currency_behind(tail, gap)
    {
        let rest = &left[found.len..];
        // "75 USD million"
        if let Some(name) = rest.strip_prefix(' ')
            && let Some((power, after)) = super::number::scale_of(name)
        {
            let len = found.len + rest.len() - after.len();
            return Some(Suffix { power: found.power + power, len, ..found });
        }
        return Some(found);
    }
    if let Some(found) = currency_behind(tail, gap) {
        return Some(found);
    }
    if let Some(found) = temperature(tail, gap, number) {
        return Some(found);
    }
    if let Some(len) = inches(left, number) {
        return Some(Suffix::new(FigureKind::Quantity, Unit::Measure("inch".into()), len));
    }
    let (name, len) = units::unit(tail)?;
    // A lone letter after a number in words, or "in" for inches, is a word.
    if number.in_words && len <= 2 && !number.loose {
        return None;
    }
    Some(Suffix::new(FigureKind::Quantity, Unit::Measure(name), gap + len))
}

/// Per cent and what is measured in parts of it.
const SHARES: &[(&str, Unit)] = &[
    ("percentage points", Unit::PercentagePoint),
    ("percentage point", Unit::PercentagePoint),
    ("percentage-points", Unit::PercentagePoint),
    ("% points", Unit::PercentagePoint),
    ("%-points", Unit::PercentagePoint),
    ("per cent", Unit::Percent),
    ("percent", Unit::Percent),
    ("pct", Unit::Percent),
    ("%", Unit::Percent),
    ("basis points", Unit::BasisPoint),
    ("basis point", Unit::BasisPoint),
    ("per mille", Unit::PerMille),
    ("‰", Unit::PerMille),
];

fn share_unit(tail: &str) -> Option<(Unit, usize)> {
    let found = SHARES.iter().find(|(form, _)| {
        tail.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
            && (!form.ends_with(char::is_alphabetic)
                || !tail[form.len()..].starts_with(char::is_alphabetic))
    });
    found.map(|(form, unit)| (unit.clone(), form.len()))
}

fn currency_behind(tail: &str, gap: usize) -> Option<Suffix> {
    if let Some((currency, len)) = units::currency_name(tail) {
        let unit = Unit::Money(currency.code);
        let (assumed, minor) = (currency.assumed, currency.minor);
        return Some(Suffix { assumed, minor, ..Suffix::new(FigureKind::Money, unit, gap + len) });
    }
    if let Some((currency, power, len)) = units::currency_code(tail) {
        let unit = Unit::Money(currency.code);
        return Some(Suffix { power, ..Suffix::new(FigureKind::Money, unit, gap + len) });
    }
    let (currency, len) = units::currency_symbol(tail)?;
    let next = &tail[len..];
    // "5 $10 notes": the sign goes with the number behind it.
    if next.trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = Unit::Money(currency.code);
    let assumed = currency.assumed;
    Some(Suffix { assumed, ..Suffix::new(FigureKind::Money, unit, gap + len) })
}

/// "2 degrees below zero", "-10C"
fn temperature(tail: &str, gap: usize, number: Number) -> Option<Suffix> {
    for form in ["degrees below zero", "degree below zero", "below zero"] {
        if tail.starts_with(form) {
            let found =
                Suffix::new(FigureKind::Quantity, Unit::Measure("degree".into()), form.len());
            return Some(Suffix { below_zero: true, len: gap + form.len(), ..found });
        }
    }
    let name = match tail.bytes().next()? {
        b'C' => "celsius",
        b'F' => "fahrenheit",
        _ => return None,
    };
    // "10C" is a class or a bus more often.
    let alone = !tail[1..].starts_with(char::is_alphanumeric);
    (gap == 0 && alone && number.value.is_negative())
        .then(|| Suffix::new(FigureKind::Quantity, Unit::Measure(name.into()), 1))
}

/// Words that tell along which side a length was taken.
const SIDES: &[&str] = &[
    "long", "wide", "thick", "tall", "high", "deep", "across", "away", "apart", "above", "below",
    "diameter", "x", "by",
];

fn side_follows(left: &str) -> bool {
    let Some(tail) = left.strip_prefix([' ', '-']) else { return false };
    let end = tail.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(tail.len());
    SIDES.contains(&&tail[..end])
}

/// "12 in long": inches are seldom short for anything else there.
fn inches(left: &str, number: Number) -> Option<usize> {
    let gap = usize::from(left.starts_with([' ', '-']));
    let rest = left[gap..].strip_prefix("in")?;
    (!number.in_words && side_follows(rest)).then_some(gap + 2)
}

/// "48m tall": the letter stands for metres where the side is named, else for millions.
fn metres(body: &str, left: &str, read: Number) -> Option<(Figure, usize)> {
    let letter = body[..body.len() - left.len()].ends_with('m');
    if read.scale != 6 || !letter || read.in_words || !side_follows(left) {
        return None;
    }
    let mut figure = plain(read);
    scale_up(&mut figure, -6)?;
    figure.kind = FigureKind::Quantity;
    figure.unit = Unit::Measure("meter".into());
    Some((figure, 0))
}

/// one unit := ("a" | "an") " " (unit | currency), before "of" or at the end of a clause: "a liter"
fn one_of_a_unit(body: &str) -> Option<Core> {
    let tail = ["a ", "an ", "A ", "An "].iter().find_map(|article| body.strip_prefix(article))?;
    let (kind, unit, assumed, len) =
        match units::unit(tail).filter(|(name, _)| !units::is_word(name)) {
            Some((name, len)) => (FigureKind::Quantity, Unit::Measure(name), false, len),
            None => {
                let (currency, len) = units::currency_name(tail).filter(|(c, _)| !c.minor)?;
                (FigureKind::Money, Unit::Money(currency.code), currency.assumed, len)
            }
        };
    let rest = &tail[len..];
    let stands = rest.starts_with(" of ")
        || rest.starts_with(" and ") && kind == FigureKind::Money
        || !rest.trim_start().starts_with(char::is_alphanumeric) && !rest.starts_with('-');
    if !stands {
        return None;
    }
    let mut figure = Figure::number(Decimal::ONE, Decimal::ONE);
    figure.kind = kind;
    figure.unit = unit;
    figure.unit_assumed = assumed;
    figure.in_words = true;
    Some(Core { figure, len: body.len() - rest.len(), bare: false, scale: 0 })
}

/// "one in nine", "nine out of ten", "1 in 9".
fn one_in(number: Number, left: &str) -> Option<(Figure, usize)> {
    let strip = |forms: &[&str]| forms.iter().find_map(|form| left.strip_prefix(form));
    // "one resident in 550": the thing counted may stand between.
    let counted = || {
        let noun = left.strip_prefix(' ').filter(|_| number.value == Decimal::ONE)?;
        let len = noun.find(|c: char| !c.is_ascii_lowercase()).filter(|len| *len > 2)?;
        noun[len..].strip_prefix(" in ")
    };
    let plainly = strip(&[" in every ", " out of every ", " out of "]);
    let beside = || strip(&[" in "]);
    let (tail, most) = match (plainly, beside()) {
        (Some(tail), _) => (tail, 100_000),
        (None, Some(tail)) => (tail, 100),
        (None, None) => (counted()?, 100_000),
    };
    let (rest, whole) = self::number(tail).ok()?;
    let (n, d) = (number.value.to_i64()?, whole.value.to_i64()?);
    if whole.kind != Kind::Cardinal || n <= 0 || n >= d || d > most {
        return None;
    }
    // "in 2019" is a date, "12 in 48 hours" a rate.
    let doubtful = n > 10
        || calendar_like(tail, d)
        || units::unit(rest.trim_start()).is_some()
        || time_word(rest);
    if plainly.is_none() && doubtful {
        return None;
    }
    let (n, d) = (u64::try_from(n).ok()?, u64::try_from(d).ok()?);
    let mut figure =
        Figure::number(number.value.checked_div(whole.value)?, Decimal::power_of_ten(-3)?);
    let common = (1..=n).rev().find(|k| n % k == 0 && d % k == 0).unwrap_or(1);
    figure.kind = FigureKind::Fraction;
    figure.fraction = Some((n / common, d / common));
    figure.in_words = number.in_words;
    Some((figure, left.len() - rest.len()))
}

/// Four digits without a separator that may be a year.
fn calendar_like(text: &str, value: i64) -> bool {
    (1500..2200).contains(&value) && text.bytes().take_while(u8::is_ascii_digit).count() == 4
}

fn time_word(rest: &str) -> bool {
    let word = rest
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    matches!(
        word.as_str(),
        "second"
            | "seconds"
            | "minute"
            | "minutes"
            | "hour"
            | "hours"
            | "day"
            | "days"
            | "week"
            | "weeks"
            | "month"
            | "months"
            | "year"
            | "years"
            | "decade"
            | "decades"
    )
}

/// "three times", "2.5-fold", "threefold" is one word and not read here.
fn times(left: &str) -> Option<usize> {
    for form in [" times", "-fold", " fold", "x"] {
        if let Some(rest) = left.strip_prefix(form)
            && !rest.starts_with(char::is_alphanumeric)
        {
            // "three times" as often, not "at times".
            return Some(form.len());
        }
    }
    None
}

/// per := ("a" | "an" | "per" | "/" | "each" | "every") (unit of time | number | unit)
pub fn per(rest: &str, figure: &Figure) -> Option<(Per, usize)> {
    if matches!(figure.kind, FigureKind::Ordinal | FigureKind::Fraction | FigureKind::Vague) {
        return None;
    }
    let joint = [" per ", " a ", " an ", "/", " each ", " every "]
        .iter()
        .find(|joint| rest.starts_with(**joint))?;
    let tail = &rest[joint.len()..];
    if *joint == " per "
        && let Ok((left, number)) = number(tail)
        && number.kind == Kind::Cardinal
        && !number.in_words
    {
        return Some((Per::Number(number.value), rest.len() - left.len()));
    }
    let end = tail.find(|c: char| !c.is_alphabetic()).unwrap_or(tail.len());
    let word = tail[..end].to_lowercase();
    let mut len = end;
    let unit: Arc<str> = match word.as_str() {
        "second" | "sec" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year"
        | "decade" => word.into(),
        "yr" | "annum" => "year".into(),
        "night" if *joint != "/" => "day".into(),
        _ if *joint == " per " || *joint == "/" || figure.kind == FigureKind::Money => {
            let (name, used) = units::unit(tail).filter(|(name, _)| {
                matches!(*joint, " per " | "/") || !units::is_word(name) || &**name == "ton"
            })?;
            len = used;
            name
        }
        _ => return None,
    };
    Some((Per::Unit(unit), joint.len() + len))
}
