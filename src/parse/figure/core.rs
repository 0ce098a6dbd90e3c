//! One figure: a number with its sign, currency or unit.

use std::sync::Arc;

use super::number::{Kind, Number, number};
use crate::lexicon::labels::{self, Label};
use crate::lexicon::{openers, units};
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

/// money := (symbol | code) " "? (digits | "(" digits ")") (" "? scale)?
fn money(body: &str) -> Option<Core> {
    if body.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (currency, power, len) = units::currency_symbol(body)
        .map(|(currency, len)| (currency, 0, len))
        .or_else(|| units::currency_code(body))?;
    let gap = usize::from(body[len..].starts_with(' '));
    let tail = &body[len + gap..];
    // "$(12.4) million": accountants bracket a loss.
    let bracket = tail.strip_prefix('(');
    let (mut left, mut read) = number(bracket.unwrap_or(tail)).ok()?;
    if read.in_words || read.kind != Kind::Cardinal {
        return None;
    }
    let mut power = power;
    if bracket.is_some() {
        left = left.strip_prefix(')')?;
        read.value = Decimal::ZERO.checked_sub(read.value)?;
        if let Some((scale, after)) = left.strip_prefix(' ').and_then(super::number::scale_of) {
            (left, power) = (after, power + scale);
        }
    }
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
    if let Some(suffix) = suffix(body, left, read) {
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

/// "half a liter", "tenth of a gallon", "a quarter point"
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
    if let Kind::Fraction(_, parts) = read.kind
        && let Some(len) = point(left, parts)
    {
        let mut figure = Figure::number(read.value, Decimal::power_of_ten(-2)?);
        (figure.kind, figure.unit) = (FigureKind::Percent, Unit::PercentagePoint);
        figure.in_words = read.in_words;
        return Some((figure, len));
    }
    let tail = joints.iter().find_map(|joint| left.strip_prefix(joint))?;
    let plain = |name: &Arc<str>| !units::is_word(name) || name.ends_with("ton");
    let (name, len) = units::unit(tail).filter(|(name, _)| plain(name))?;
    let mut figure = Figure::number(value, Decimal::power_of_ten(-2)?);
    figure.kind = FigureKind::Quantity;
    figure.unit = Unit::Measure(name);
    figure.in_words = read.in_words;
    Some((figure, left.len() - tail.len() + len))
}

/// point := (" of"? " a")? (" " | "-") "percentage"? "point", behind a share: "(half) a percentage
/// point"; a mere "quarter point" is one of a rate of interest, half a point one of a game as often
fn point(left: &str, parts: u64) -> Option<usize> {
    let tail = [" of a ", " a ", " ", "-"].iter().find_map(|joint| left.strip_prefix(joint))?;
    let tail = match tail.strip_prefix("percentage") {
        Some(tail) => tail.strip_prefix([' ', '-'])?,
        None => (parts == 4).then_some(tail)?,
    };
    let rest = tail.strip_prefix("point")?;
    // "Half points to a strategy"
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
    ends.then(|| left.len() - rest.len())
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

/// What the first word of a unit or a currency, or a code, can do.
const UNIT_WORDS: openers::Roles = openers::COUNTED | openers::FIGURE;

/// suffix := " "? (per cent | currency scale? | unit)
fn suffix(body: &str, left: &str, number: Number) -> Option<Suffix> {
    let gap = usize::from(left.starts_with([' ', '-']));
    let tail = &left[gap..];
    if tail.starts_with(['%', '‰', 'p', 'b', 'P', 'B'])
        && let Some((unit, len)) = share_unit(tail)
    {
        return Some(Suffix::new(FigureKind::Percent, unit, gap + len));
    }
    let (letters, roles) = openers::word(tail.as_bytes());
    if letters > 0 && roles & UNIT_WORDS == 0 && !tail.starts_with(['C', 'F', 'b', 'd']) {
        // Most words name no unit.
        return None;
    }
    if number.kind == Kind::Cardinal
        && number.scale == 0
        && let Some(found) = currency_behind(body, tail, gap)
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
    if let Some(found) = currency_behind(body, tail, gap) {
        return Some(found);
    }
    if let Some(found) = temperature(tail, gap, number) {
        return Some(found);
    }
    if let Some(len) = inches(left, number) {
        return Some(Suffix::new(FigureKind::Quantity, Unit::Measure("inch".into()), len));
    }
    let (name, len) = units::unit(tail)?;
    // A lone letter after a number in words is a word, and so are most pairs of small letters.
    let form = &tail[..len];
    let small = len <= 2 && !METRIC.contains(&form) && form.bytes().all(|b| b.is_ascii_lowercase());
    if number.in_words && (len == 1 || small) && !number.loose {
        return None;
    }
    Some(Suffix::new(FigureKind::Quantity, Unit::Measure(name), gap + len))
}

/// Pairs of small letters that are a unit also behind a number in words: "five km".
const METRIC: &[&str] =
    &["km", "cm", "mm", "kg", "mg", "ml", "cl", "ft", "lb", "oz", "kb", "mb", "gb", "tb"];

/// Per cent and what is measured in parts of it.
const SHARES: &[(&str, Unit)] = &[
    ("percentage points", Unit::PercentagePoint),
    ("percentage point", Unit::PercentagePoint),
    ("percentage-points", Unit::PercentagePoint),
    ("percentage-point", Unit::PercentagePoint),
    ("percent points", Unit::PercentagePoint),
    ("% points", Unit::PercentagePoint),
    ("%-points", Unit::PercentagePoint),
    ("percentage", Unit::Percent),
    ("per cent", Unit::Percent),
    ("per-cent", Unit::Percent),
    ("percents", Unit::Percent),
    ("percent", Unit::Percent),
    ("pct", Unit::Percent),
    ("pc", Unit::Percent),
    ("%", Unit::Percent),
    ("basis points", Unit::BasisPoint),
    ("basis point", Unit::BasisPoint),
    ("basis-point", Unit::BasisPoint),
    ("bps", Unit::BasisPoint),
    ("bp", Unit::BasisPoint),
    ("pp", Unit::PercentagePoint),
    ("per mille", Unit::PerMille),
    ("‰", Unit::PerMille),
];

fn share_unit(tail: &str) -> Option<(Unit, usize)> {
    let found = SHARES.iter().find(|(form, _)| {
        tail.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
            && (!form.ends_with(char::is_alphabetic)
                || !tail[form.len()..].starts_with(char::is_alphanumeric))
    });
    found.map(|(form, unit)| (unit.clone(), form.len()))
}

/// Lines of a picture, which "p" stands for as well as for pence: "1080p".
const LINES: &[&str] = &["144", "240", "360", "480", "576", "720", "1080", "1440", "2160", "4320"];

fn currency_behind(body: &str, tail: &str, gap: usize) -> Option<Suffix> {
    if let Some((currency, len)) = units::currency_name(tail) {
        // A lone "p" joins its digits.
        let digits = &body[..body.len() - tail.len()];
        if len == 1 && (gap > 0 || tail.starts_with('P') || LINES.contains(&digits)) {
            return None;
        }
        let unit = Unit::Money(currency.code);
        let (assumed, minor) = (currency.assumed, currency.minor);
        return Some(Suffix { assumed, minor, ..Suffix::new(FigureKind::Money, unit, gap + len) });
    }
    if let Some((currency, power, len)) = units::code_behind(tail) {
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
    // "10C" is a class or a bus more often; the words before it tell (see `context::warms`).
    let alone = !tail[1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '&'));
    let apart = gap == 1 && !number.in_words && !named_behind(&tail[1..]);
    (alone && (apart || gap == 0 && number.value.is_negative()))
        .then(|| Suffix::new(FigureKind::Quantity, Unit::Measure(name.into()), gap + 1))
}

/// "4 C Company": a letter before a name is part of it.
fn named_behind(rest: &str) -> bool {
    rest.starts_with('.') && rest[1..].starts_with(char::is_alphanumeric)
        || rest.strip_prefix(' ').is_some_and(|tail| tail.starts_with(char::is_uppercase))
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
    // "2in of rain": what joins its digits is no preposition.
    let ends = rest.trim_start_matches(['.', ')']).is_empty()
        || rest.starts_with([',', ';', ')'])
        || rest.starts_with(' ') && gap == 0;
    (!number.in_words && (side_follows(rest) || ends)).then_some(gap + 2)
}

/// The next word or the one behind it tells of a race: "100m final", "4x100m men's relay".
fn race_follows(left: &str) -> bool {
    let Some(tail) = left.strip_prefix([' ', '-']) else { return false };
    tail.split([' ', '-'])
        .take(2)
        .map(|word| word.trim_end_matches(|c: char| !c.is_alphabetic()))
        .any(|word| labels::tells(Label::Races, word))
        // "1m and 1 ft"
        || beside_length(tail)
}

/// "(1m) and 1 ft", "(2m) by 30cm": another length stands beside.
fn beside_length(tail: &str) -> bool {
    let Some(tail) = ["and ", "by ", "x "].iter().find_map(|joint| tail.strip_prefix(joint)) else {
        return false;
    };
    let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
    let behind = tail[digits..].trim_start();
    digits > 0
        && units::unit(behind).is_some_and(|(name, len)| {
            // Not millions again.
            units::dimension(&name) == Some("length") && &behind[..len] != "m"
        })
}

/// "48m tall", "a 10k race": the letter stands for a length where a side or a race is named, else
/// for millions or thousands.
fn metres(body: &str, left: &str, read: Number) -> Option<(Figure, usize)> {
    let letter = body[..body.len() - left.len()].chars().next_back()?;
    let unit = match (letter, read.scale) {
        ('m', 6) if side_follows(left) || race_follows(left) => "meter",
        ('k' | 'K', 3) if race_follows(left) => "kilometer",
        _ => return None,
    };
    let mut figure = plain(read);
    scale_up(&mut figure, -read.scale)?;
    figure.kind = FigureKind::Quantity;
    figure.unit = Unit::Measure(unit.into());
    Some((figure, 0))
}

/// one unit := ("a" | "an") " " (unit | currency), before "of" or at the end of a clause: "a liter"
fn one_of_a_unit(body: &str) -> Option<Core> {
    let tail = ["a ", "an ", "A ", "An "].iter().find_map(|article| body.strip_prefix(article))?;
    // "A pound" is money, "a lb" is not.
    let plain = |name: &str, len: usize| !units::is_word(name) || len == 2 && name != "ton";
    let (kind, unit, assumed, len) = match units::unit(tail).filter(|(name, len)| plain(name, *len))
    {
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
    let plainly = strip(&[" in every ", " out of every ", " out of ", "-in-every-", "-in-"]);
    let beside = || strip(&[" in "]);
    let (tail, most) = match (plainly, beside()) {
        (Some(tail), _) => (tail, 100_000),
        // "1 in 3,000", "one in 550"
        (None, Some(tail)) => (tail, if number.value == Decimal::ONE { 100_000 } else { 100 }),
        (None, None) => (counted()?, 100_000),
    };
    let (rest, whole) = self::number(tail).ok()?;
    let (n, d) = (number.value.to_i64()?, whole.value.to_i64()?);
    // "1 in 302.6 million": nobody waits so long.
    let odds = n == 1 && whole.scale >= 3;
    if whole.kind != Kind::Cardinal || n <= 0 || n >= d || d > most && !odds {
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

/// "(310,048 a year) earlier": a time, no rate.
fn points_back(rest: &str) -> bool {
    let word = rest.trim_start_matches([' ', '-']).split(|c: char| !c.is_alphabetic()).next();
    matches!(
        word,
        Some("earlier" | "ago" | "before" | "later" | "old" | "long" | "after" | "prior")
    )
}

/// per := ("a" | "an" | "per" | "/" | "for"? ("each" | "every")) (unit of time | number | unit)
pub fn per(rest: &str, figure: &Figure) -> Option<(Per, usize)> {
    if matches!(figure.kind, FigureKind::Ordinal | FigureKind::Fraction | FigureKind::Vague) {
        return None;
    }
    let joints = [
        " per ",
        " a ",
        " an ",
        "/",
        " each ",
        " every ",
        " for each ",
        " for every ",
        "-a-",
        "-an-",
        "-per-",
        " / ",
    ];
    let joint = joints.iter().find(|joint| rest.starts_with(**joint))?;
    let behind = joint.len();
    let tail = &rest[behind..];
    let joint = &match joint.trim_matches(['-', ' ']) {
        "for each" | "for every" => "per",
        plain => plain,
    };
    if *joint == "per"
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
        _ if points_back(&tail[end..]) => return None,
        "second" | "sec" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year"
        | "decade" => word.into(),
        "yr" | "annum" => "year".into(),
        "night" if *joint != "/" => "day".into(),
        "hr" | "h" if *joint == "/" => "hour".into(),
        "min" if *joint == "/" => "minute".into(),
        "s" if *joint == "/" => {
            let square = ["^2", "²", "2"].iter().find(|mark| tail[len..].starts_with(**mark));
            len += square.map_or(0, |mark| mark.len());
            if square.is_some() { "square second".into() } else { "second".into() }
        }
        "ms" | "millisecond" if matches!(*joint, "/" | "per") => "millisecond".into(),
        _ if matches!(*joint, "per" | "/") || figure.kind == FigureKind::Money => {
            let (name, used) = units::unit(tail).filter(|(name, _)| {
                matches!(*joint, "per" | "/") || !units::is_word(name) || name.ends_with("ton")
            })?;
            len = used;
            // A rate by the tonne is one by the ton.
            if &*name == "metric ton" { "ton".into() } else { name }
        }
        // "4.8 tonnes a hectare"
        _ if figure.kind == FigureKind::Quantity && matches!(*joint, "a" | "an") => {
            let Unit::Measure(own) = &figure.unit else { return None };
            let other = |name: &str| units::dimension(name) != units::dimension(own);
            let (name, used) =
                units::unit(tail).filter(|(name, _)| !units::is_word(name) && other(name))?;
            len = used;
            name
        }
        _ => return None,
    };
    Some((Per::Unit(unit), behind + len))
}
