//! Figures: numbers with what they are written with (currency, unit, per cent, range, qualifier).

pub mod number;

use std::sync::Arc;

use number::{Kind, Number, number};

use super::{At, Mention};
use crate::lexicon::{numbers::number_word, qualifiers, units};
use crate::source::Span;
use crate::value::figure::{Direction, FigureKind, Per, Unit};
use crate::value::{Decimal, Figure, Qualifier, Value};

/// A figure without its surroundings.
struct Core {
    figure: Figure,
    len: usize,
    /// The number alone, when no unit, sign or symbol came with it.
    bare: bool,
    /// Power of ten of the scale word, which a range shares.
    scale: i32,
}

/// Reads the longest figure that starts here. Spans count from the start of `at.text`.
///
/// figure := core (range core | compound)* per?, with its qualifier before or behind
pub fn figure(at: At<'_>) -> Option<Mention> {
    let rest = at.rest();
    if !starts(at) {
        return None;
    }
    let mut core = core(rest)?;
    if let Some((high, len)) = range(at, &core) {
        core = high;
        core.len = len;
    } else {
        while let Some(whole) = compound(at, &core) {
            core = whole;
        }
    }
    if core.bare
        && (numbering(at, core.len)
            || pronoun(at, core.len)
            || label(at.before())
            || !ends(&rest[core.len..]))
    {
        return None;
    }
    if let Some((per, len)) = per(&rest[core.len..], &core.figure) {
        core.figure.per = Some(per);
        core.len += len;
    }
    let span = Span::new(at.pos, at.pos + core.len);
    let mut mention = Mention { span, qualifier_span: None, value: Value::Figure(core.figure) };
    qualify(at, &mut mention);
    Some(mention)
}

/// Whether a figure can start here at all: the cheap refusal for most words.
fn starts(at: At<'_>) -> bool {
    let rest = at.rest();
    let before = at.before().chars().next_back();
    match rest.bytes().next() {
        Some(b'0'..=b'9') => !before.is_some_and(|c| {
            c.is_alphanumeric() || matches!(c, '.' | '/' | '_' | '#' | '@' | '-') && glued(at)
        }),
        Some(b'.') => {
            rest[1..].starts_with(|c: char| c.is_ascii_digit()) && before.is_none_or(|c| c == ' ')
        }
        Some(b'-' | b'+') => {
            let signed = rest[1..]
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | '$' | '£' | '€'));
            signed && before.is_none_or(|c| c == ' ' || c == '(')
        }
        Some(byte) if byte.is_ascii_alphabetic() => {
            if before.is_some_and(|c| c.is_alphanumeric() || c == '\'') {
                return false;
            }
            let end = rest.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len());
            let word = rest[..end].to_ascii_lowercase();
            matches!(word.as_str(), "a" | "an" | "minus")
                || number_word(&word).is_some()
                || currency_here(rest)
        }
        Some(byte) => !byte.is_ascii_punctuation() || byte == b'$',
        None => false,
    }
}

/// The sign before a digit joins it to a word or another number: "COVID-19", "2.4.1", "Kestrel-2".
fn glued(at: At<'_>) -> bool {
    let mut before = at.before().chars().rev();
    match before.next() {
        Some('.' | '/' | '_' | '#' | '@') => true,
        Some('-') => before.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn currency_here(rest: &str) -> bool {
    units::currency_code(rest).is_some() || units::currency_symbol(rest).is_some()
}

/// core := symbol number | code number | number (per cent | points | unit | money | nothing)
fn core(rest: &str) -> Option<Core> {
    let (negative, body) = match rest.strip_prefix("minus ") {
        Some(body) => (true, body),
        None => (false, rest),
    };
    let (sign, unsigned) = match body.bytes().next() {
        Some(sign @ (b'-' | b'+')) => (Some(sign), &body[1..]),
        _ => (None, body),
    };
    // Money with its symbol or code in front.
    let front = units::currency_symbol(unsigned)
        .or_else(|| units::currency_code(unsigned).map(|currency| (currency, 3)));
    if let Some((currency, len)) = front {
        let gap = usize::from(unsigned[len..].starts_with(' '));
        let (left, number) = number(&unsigned[len + gap..]).ok()?;
        let scale = number.scale;
        if number.in_words || number.kind != Kind::Cardinal {
            return None;
        }
        let mut figure = plain(number);
        figure.kind = FigureKind::Money;
        figure.unit = Unit::Money(currency.code);
        figure.unit_assumed = currency.assumed;
        if sign == Some(b'-') {
            figure.low = Decimal::ZERO.checked_sub(figure.low)?;
        }
        return Some(Core { figure, len: rest.len() - left.len(), bare: false, scale });
    }
    let (left, read) = number(body).ok()?;
    let scale = read.scale;
    let mut figure = plain(read);
    if negative {
        figure.low = Decimal::ZERO.checked_sub(figure.low)?;
    }
    let len = rest.len() - left.len();
    if matches!(figure.kind, FigureKind::Ordinal) {
        return Some(Core { figure, len, bare: true, scale });
    }
    if let Some((fraction, used)) = one_in(read, left) {
        return Some(Core { figure: fraction, len: len + used, bare: false, scale });
    }
    let unit = after(left, read);
    if let Some((kind, unit, assumed, minor, used)) = unit {
        figure.kind = kind;
        figure.unit = unit;
        figure.unit_assumed = assumed;
        figure.minor = minor;
        if minor {
            let hundredth = Decimal::power_of_ten(-2)?;
            figure.low = figure.low.checked_mul(hundredth)?;
            figure.step = figure.step.checked_mul(hundredth)?;
        }
        return Some(Core { figure, len: len + used, bare: false, scale });
    }
    if matches!(read.kind, Kind::Multiplier | Kind::Fraction(..) | Kind::Vague(_)) {
        return Some(Core { figure, len, bare: false, scale });
    }
    if let Some(used) = times(left) {
        figure.kind = FigureKind::Multiplier;
        return Some(Core { figure, len: len + used, bare: false, scale });
    }
    Some(Core { figure, len, bare: true, scale })
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

type Suffix = (FigureKind, Unit, bool, bool, usize);

/// What may follow a number: per cent, points, a unit, a currency.
fn after(left: &str, number: Number) -> Option<Suffix> {
    let gap = usize::from(left.starts_with([' ', '-']));
    let tail = &left[gap..];
    let percent = |unit, len: usize| Some((FigureKind::Percent, unit, false, false, gap + len));
    if tail.starts_with('%') {
        let points = ["% points", "%-points"].iter().find(|form| tail.starts_with(**form));
        return match points {
            Some(form) => percent(Unit::PercentagePoint, form.len()),
            None => percent(Unit::Percent, 1),
        };
    }
    if tail.starts_with('‰') {
        return percent(Unit::PerMille, '‰'.len_utf8());
    }
    let lower: String = tail.chars().take(24).flat_map(char::to_lowercase).collect();
    for (form, unit) in [
        ("percentage points", Unit::PercentagePoint),
        ("percentage point", Unit::PercentagePoint),
        ("per cent", Unit::Percent),
        ("percent", Unit::Percent),
        ("pct", Unit::Percent),
        ("basis points", Unit::BasisPoint),
        ("basis point", Unit::BasisPoint),
        ("per mille", Unit::PerMille),
    ] {
        if lower.starts_with(form) && !lower[form.len()..].starts_with(char::is_alphabetic) {
            return percent(unit, form.len());
        }
    }
    if let Some((currency, len)) = units::currency_name(tail) {
        let money = Unit::Money(currency.code);
        return Some((FigureKind::Money, money, currency.assumed, currency.minor, gap + len));
    }
    if let Some(currency) = units::currency_code(tail) {
        return Some((FigureKind::Money, Unit::Money(currency.code), false, false, gap + 3));
    }
    if let Some((currency, len)) =
        units::currency_symbol(tail).filter(|_| gap == 0 || !left.starts_with('-'))
    {
        let next = &tail[len..];
        if !next.starts_with(|c: char| c.is_ascii_digit()) {
            return Some((
                FigureKind::Money,
                Unit::Money(currency.code),
                currency.assumed,
                false,
                gap + len,
            ));
        }
    }
    let (name, len) = units::unit(tail)?;
    // A lone letter after a number in words, or "in" for inches, is a word.
    if number.in_words && len <= 2 {
        return None;
    }
    Some((FigureKind::Quantity, Unit::Measure(name), false, false, gap + len))
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

/// range := core ("-" | "–" | "to" | "and" after "between") core, the unit and scale shared
fn range(at: At<'_>, first: &Core) -> Option<(Core, usize)> {
    if !matches!(
        first.figure.kind,
        FigureKind::Number | FigureKind::Money | FigureKind::Percent | FigureKind::Quantity
    ) {
        return None;
    }
    let rest = &at.rest()[first.len..];
    let between = at.before().trim_end().to_lowercase().ends_with("between");
    let from = at.before().trim_end().to_lowercase().ends_with("from");
    let joints: &[&str] = if between { &[" and "] } else { &["-", "–", " - ", " – ", " to "] };
    let joint = joints.iter().find(|joint| rest.starts_with(**joint))?;
    if *joint == " to " && calendar_year(at, first) {
        // "from 21.3 million in 2019 to 16.9 million".
        return None;
    }
    if *joint == " to " && from && changes(at.before()) {
        // "rose from 5 to 7": two values of two times.
        return None;
    }
    let tail = &rest[joint.len()..];
    if !tail.starts_with(|c: char| {
        c.is_ascii_digit() || c.is_ascii_alphabetic() || matches!(c, '£' | '$' | '€')
    }) {
        return None;
    }
    let second = core(tail)?;
    if second.figure.kind == FigureKind::Ordinal
        || second.figure.fraction.is_some()
        || second.figure.high.is_some()
    {
        return None;
    }
    let (mut low, mut high) = (first.figure.clone(), second.figure);
    if matches!(low.unit, Unit::Money(_)) && high.unit == Unit::None {
        // "€1.60-1.63 billion": the sign stands once.
        high.unit = low.unit.clone();
        high.kind = low.kind;
    }
    let shares_unit = low.unit == high.unit || low.unit == Unit::None;
    let dashed = !joint.starts_with(" to") && !between;
    if !shares_unit
        || high.low <= Decimal::ZERO
        || (high.unit == Unit::None && low.unit != Unit::None)
    {
        return None;
    }
    let mut upper = high.low;
    // "3 to 5 million", "€1.60-1.63 billion": the scale belongs to both.
    let scale = second.scale;
    if first.scale == 0
        && scale > 0
        && let Some(scaled) = Decimal::power_of_ten(scale).and_then(|s| low.low.checked_mul(s))
        && scaled <= upper
    {
        low.step =
            Decimal::power_of_ten(scale).and_then(|s| low.step.checked_mul(s)).unwrap_or(low.step);
        low.low = scaled;
    }
    if low.low >= upper {
        // "31-14" is a score, "5-7" a range.
        let ratio = low.in_words && high.in_words && low.low <= Decimal::from(20);
        let score = (dashed || ratio && *joint == " to ")
            && low.unit == Unit::None
            && high.unit == Unit::None
            && low.low.is_integer();
        if !score {
            return None;
        }
        low.kind = FigureKind::Ratio;
    } else if dashed && low.unit == Unit::None && high.unit == Unit::None && votes(at.before()) {
        low.kind = FigureKind::Ratio;
    } else {
        low.kind = high.kind;
        low.unit = high.unit.clone();
        low.unit_assumed |= high.unit_assumed;
    }
    low.step = low.step.max(high.step);
    std::mem::swap(&mut upper, &mut low.low);
    let lower = upper;
    low.high = Some(low.low);
    low.low = lower;
    let len = first.len + joint.len() + second.len;
    Some((Core { figure: low, len, bare: first.bare && second.bare, scale }, len))
}

/// Whether four bare digits behind "in" or "since" are a year.
fn calendar_year(at: At<'_>, first: &Core) -> bool {
    let figure = &first.figure;
    let year = first.len == 4 && figure.unit == Unit::None && !figure.in_words;
    year && [" in ", " since ", "(in ", "In "].iter().any(|word| at.before().ends_with(word))
}

/// compound := core ("," | " and" | ", and")? " " core, the second in a smaller unit of the same sort
///
/// "7 feet 10 inches" is one length, told in inches; "3 dollars and 50 cents" one sum.
fn compound(at: At<'_>, first: &Core) -> Option<Core> {
    let major = &first.figure;
    if !matches!(major.kind, FigureKind::Quantity | FigureKind::Money) || major.high.is_some() {
        return None;
    }
    let rest = &at.rest()[first.len..];
    let joint = [", and ", " and ", ", ", " "].iter().find(|joint| rest.starts_with(**joint))?;
    let tail = &rest[joint.len()..];
    if !tail.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let second = core(tail)?;
    let minor = &second.figure;
    if minor.high.is_some() || minor.low.is_negative() || major.low.is_negative() {
        return None;
    }
    let mut whole = minor.clone();
    match (&major.unit, &minor.unit) {
        (Unit::Measure(large), Unit::Measure(small)) if large != small => {
            let (sort, other) = (units::dimension(large)?, units::dimension(small)?);
            let one = units::convert(Decimal::ONE, large, small)?;
            // Temperatures and speeds are not told in two units.
            let told = matches!(sort, "length" | "mass" | "volume");
            if sort != other || !told || one <= Decimal::ONE || minor.low >= one {
                return None;
            }
            whole.low = units::convert(major.low, large, small)?.checked_add(minor.low)?;
        }
        (Unit::Money(currency), Unit::Money(_)) if minor.minor && !major.minor => {
            if minor.low >= Decimal::ONE || !major.low.is_integer() {
                return None;
            }
            whole.low = major.low.checked_add(minor.low)?;
            whole.unit = Unit::Money(currency.clone());
            whole.unit_assumed = major.unit_assumed;
            whole.minor = false;
        }
        _ => return None,
    }
    let len = first.len + joint.len() + second.len;
    Some(Core { figure: whole, len, bare: false, scale: 0 })
}

/// Whether the words before say that a value changed.
fn changes(before: &str) -> bool {
    before
        .trim_end()
        .rsplit(' ')
        .skip(1)
        .take(3)
        .any(|word| qualifiers::direction(&word.to_ascii_lowercase()).is_some())
}

fn votes(before: &str) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    matches!(
        last.as_str(),
        "passed" | "won" | "lost" | "by" | "voted" | "beat" | "score" | "drew" | "rejected"
    )
}

/// per := ("a" | "an" | "per" | "/" | "each" | "every") (unit of time | number | unit)
fn per(rest: &str, figure: &Figure) -> Option<(Per, usize)> {
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
    let unit: Arc<str> = match word.as_str() {
        "second" | "sec" | "minute" | "hour" | "day" | "week" | "month" | "quarter" | "year"
        | "decade" => word.into(),
        "yr" | "annum" => "year".into(),
        "night" if *joint != "/" => "day".into(),
        _ if *joint == " per " || *joint == "/" => units::unit(tail).map(|(name, _)| name)?,
        _ => return None,
    };
    Some((Per::Unit(unit), joint.len() + end))
}

/// "the one", "no one", "one of": words, not figures.
fn pronoun(at: At<'_>, len: usize) -> bool {
    let rest = at.rest();
    let word = rest[..len].to_lowercase();
    let before = at
        .before()
        .trim_end()
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let next = rest[len..]
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match word.as_str() {
        "one" => {
            matches!(
                before.as_str(),
                "the"
                    | "this"
                    | "that"
                    | "no"
                    | "any"
                    | "every"
                    | "each"
                    | "which"
                    | "some"
                    | "another"
                    | "only"
                    | "a"
                    | "an"
                    | "first"
                    | "last"
                    | "next"
                    | "new"
                    | "loved"
                    | "good"
                    | "big"
                    | "other"
            ) || matches!(
                next.as_str(),
                "of" | "another"
                    | "day"
                    | "by"
                    | "is"
                    | "can"
                    | "has"
                    | "who"
                    | "that"
                    | "or"
                    | "thing"
                    | "s"
                    | ""
            )
        }
        "second" | "seconds" => {
            matches!(before.as_str(), "a" | "per" | "split" | "the")
                && !next.is_empty()
                && before != "the"
                || matches!(next.as_str(), "hand" | "half" | "thoughts")
        }
        "first" => matches!(before.as_str(), "at") || next.is_empty(),
        "a" | "an" => true,
        _ => false,
    }
}

/// A number that starts a block and only numbers it: "1 | Overview", "3. Parking", "1/7".
fn numbering(at: At<'_>, len: usize) -> bool {
    let tail = &at.rest()[len..];
    at.pos == 0 && [" |", ". ", ") ", "/", ": "].iter().any(|mark| tail.starts_with(mark))
}

/// A word before a number that makes it a name: "Article 5", "Phase 2", "page 12", "no. 4".
fn label(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '-']);
    let before = before
        .strip_suffix("nos.")
        .or_else(|| before.strip_suffix("no."))
        .map_or(before, |_| "number");
    let last = before
        .trim_end_matches('.')
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    crate::lexicon::labels::is_label(last)
}

/// Whether a bare number may end here: not inside a word, a version, a reference code.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() || c == '_' => false,
        Some('/' | '@' | '\\') => false,
        Some('-' | ':') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some('.') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => true,
    }
}

/// Finds the qualifier beside a mention and the direction of what it measures.
fn qualify(at: At<'_>, mention: &mut Mention) {
    let Value::Figure(figure) = &mut mention.value else { return };
    let (qualifier, span) = qualifier_beside(at.text, mention.span);
    figure.qualifier = qualifier;
    mention.qualifier_span = span;
    let first = span.map_or(mention.span.start, |span| span.start.min(mention.span.start)) as usize;
    figure.direction = direction_before(&at.text[..first]);
    if figure.kind == FigureKind::Percent && figure.direction.is_none() {
        figure.direction = match at.text.as_bytes().get(mention.span.start as usize) {
            Some(b'+') => Some(Direction::Up),
            Some(b'-') => Some(Direction::Down),
            _ => None,
        };
    }
}

/// How far back a qualifier may begin.
const REACH: usize = 28;

/// The qualifier right before or behind `span` of `text`, with its words.
pub fn qualifier_beside(text: &str, span: Span) -> (Option<Qualifier>, Option<Span>) {
    let end = span.end as usize;
    let before = text[..span.start as usize].trim_end_matches([' ', '(']);
    let from = (0..=before.len().saturating_sub(REACH))
        .rev()
        .find(|&at| before.is_char_boundary(at))
        .unwrap_or(0);
    let mut lower = before[from..].to_ascii_lowercase();
    // "more than a score": the article belongs to the number.
    let article = ["a", "an", "the"].iter().find(|a| lower.ends_with(&format!(" {a}")));
    let mut offset = before.len();
    if let Some(article) = article {
        lower.truncate(lower.len() - article.len() - 1);
        offset -= article.len() + 1;
    }
    if let Some((qualifier, len)) = qualifiers::ending(&lower) {
        return (Some(qualifier), Some(Span::new(offset - len, offset)));
    }
    if let Some((qualifier, len)) = qualifiers::starting(&text[end..]) {
        return (Some(qualifier), Some(Span::new(end, end + len)));
    }
    (None, None)
}

/// Words between a verb of change and its figure.
const DIRECTION_REACH: usize = 4;

fn direction_before(before: &str) -> Option<Direction> {
    before
        .rsplit([' ', '('])
        .filter(|word| !word.is_empty())
        .take(DIRECTION_REACH)
        .take_while(|word| !word.ends_with([',', ';', '.', ':']))
        .find_map(|word| qualifiers::direction(&word.to_ascii_lowercase()))
}
