//! Figures of two numbers: ranges, bounds on both sides, uncertainties, compound amounts.

use super::At;
use super::core::{Core, core, per};
use crate::lexicon::{qualifiers, units};
use crate::value::figure::{FigureKind, Unit};
use crate::value::{Decimal, Figure, Qualifier};

/// Words that may stand before the second end of a range.
const LEADS: &[&str] = &["about ", "around ", "roughly ", "approximately ", "some ", "~", "€ "];

/// range := core per? joint lead? core per?, the unit, the scale and the currency shared
///
/// joint := " and " behind "between" | "-" | "–" | " to " | " through " | "~" | " up to "
pub fn range(at: At<'_>, first: &Core) -> Option<Core> {
    if !matches!(
        first.figure.kind,
        FigureKind::Number | FigureKind::Money | FigureKind::Percent | FigureKind::Quantity
    ) {
        return None;
    }
    let rest = &at.rest()[first.len..];
    let each = per(rest, &first.figure);
    let rest = &rest[each.as_ref().map_or(0, |(_, len)| *len)..];
    let before = at.before().trim_end();
    let ends_with = |word: &str| {
        let from = before.len().checked_sub(word.len());
        from.and_then(|from| before.get(from..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let between = ends_with("between");
    let joints: &[&str] = if between {
        &[" and ", " to ", "-", "–"]
    } else {
        &["-to-", "-", "–", " - ", " – ", " to ", " through ", "~", " ~ ", " up to ", " -"]
    };
    let joint = joints.iter().find(|joint| rest.starts_with(**joint))?;
    if *joint == " to " && calendar_year(at, first) {
        // "from 21.3 million in 2019 to 16.9 million".
        return None;
    }
    if *joint == " to " && leads_from(at.before()) && each.is_none() {
        // "rose from 5 to 7": two values of two times.
        return None;
    }
    let tail = &rest[joint.len()..];
    let lead = LEADS.iter().find(|lead| tail.starts_with(**lead)).map_or(0, |lead| lead.len());
    let tail = &tail[lead..];
    if !tail.starts_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '£' | '$' | '€' | '-'))
    {
        return None;
    }
    let mut second = core(tail)?;
    // "Two to three hundred": as other words of scale.
    if second.scale == 0 && first.figure.in_words && tail[..second.len].ends_with("hundred") {
        second.scale = 2;
    }
    let other = per(&tail[second.len..], &second.figure);
    if let Some((unit, _)) = &each
        && other.as_ref().is_none_or(|(other, _)| other != unit)
    {
        return None;
    }
    if *joint == " up to " && first.figure.unit != second.figure.unit {
        return None;
    }
    let dashed = matches!(*joint, "-" | "–" | " - " | " – " | " -");
    if *joint == " to " && moves_to(at.before(), first, &second) {
        return None;
    }
    let mut whole = join(at, first, &second, dashed, *joint == " to ")?;
    whole.len = first.len + joint.len() + lead + second.len;
    if let Some((unit, len)) = each {
        whole.figure.per = Some(unit);
        whole.len += len + other.map_or(0, |(_, len)| len);
    }
    Some(whole)
}

fn join(at: At<'_>, first: &Core, second: &Core, dashed: bool, to: bool) -> Option<Core> {
    let (mut low, mut high) = (first.figure.clone(), second.figure.clone());
    let whole = |figure: &Figure| {
        figure.kind != FigureKind::Ordinal && figure.fraction.is_none() && figure.high.is_none()
    };
    if !whole(&high) || !whole(&low) {
        return None;
    }
    if matches!(low.unit, Unit::Money(_)) && high.unit == Unit::None {
        // "€1.60-1.63 billion": the sign stands once.
        high.unit = low.unit.clone();
        high.kind = low.kind;
    }
    let cold = low.unit == high.unit && matches!(low.unit, Unit::Measure(_));
    let shares_unit = low.unit == high.unit || low.unit == Unit::None;
    // "2-0": nil is the end of no range, but of a score.
    let nil = dashed && first.bare && second.bare && first.len < 3 && low.low.is_integer();
    if !shares_unit
        || !high.low.is_negative() && high.low.is_zero() && !cold && !nil
        || high.low.is_negative() && !cold
        || (high.unit == Unit::None && low.unit != Unit::None)
    {
        return None;
    }
    // "3 to 5 million", "€1.60-1.63 billion": the scale belongs to both.
    if first.scale == 0
        && second.scale > 0
        && let Some(size) = Decimal::power_of_ten(second.scale)
        && let Some(scaled) = low.low.checked_mul(size)
        && scaled <= high.low
    {
        low.step = size.checked_mul(low.step).unwrap_or(low.step);
        low.low = scaled;
    }
    // "40-50,000": so do the thousands.
    let thousand = Decimal::from(1_000);
    if dashed
        && first.scale == 0
        && first.len < 4
        && second.figure.step >= thousand
        && let Some(scaled) = low.low.checked_mul(thousand)
        && scaled < high.low
    {
        low.low = scaled;
    }
    let bare = low.unit == Unit::None && high.unit == Unit::None;
    if low.low >= high.low && cold && (low.low.is_negative() || !dashed) && low.low != high.low {
        // "from -18 °C to -34 °C"
        std::mem::swap(&mut low.low, &mut high.low);
    } else if low.low >= high.low {
        // "31-14" is a score, "5-7" a range.
        let small = low.in_words && high.in_words && low.low <= Decimal::from(20);
        let score =
            (dashed || small && to || to && voted(at.before())) && bare && low.low.is_integer();
        if !score {
            return None;
        }
        low.kind = FigureKind::Ratio;
    } else if bare && (dashed && votes(at.before()) || to && voted(at.before())) {
        low.kind = FigureKind::Ratio;
    } else {
        low.kind = high.kind;
        low.unit = high.unit.clone();
        low.unit_assumed |= high.unit_assumed;
    }
    low.step = low.step.min(high.step);
    low.high = Some(high.low);
    Some(Core { figure: low, len: 0, bare: first.bare && second.bare, scale: second.scale })
}

/// bounds := qualifier core joint qualifier core: "more than 100 and less than 300"
///
/// The qualifiers bound from both sides, so that none is left for the whole.
pub fn bounds(at: At<'_>, first: &Core, before: Option<Qualifier>) -> Option<Core> {
    let above = |q| matches!(q, Qualifier::Over | Qualifier::AtLeast);
    let below = |q| matches!(q, Qualifier::Under | Qualifier::AtMost);
    let own = before.filter(|q| above(*q) || below(*q))?;
    let rest = &at.rest()[first.len..];
    let joints = [", and ", ", but ", " and ", " but ", ", "];
    let joint = joints.iter().find(|joint| rest.starts_with(**joint))?;
    let tail = &rest[joint.len()..];
    let (qualifier, words) = qualifiers::leading(tail)?;
    if !(above(own) && below(qualifier) || below(own) && above(qualifier)) {
        return None;
    }
    let number = tail[words..].strip_prefix(' ')?;
    let number = number.strip_prefix("the ").unwrap_or(number);
    let second = core(number)?;
    let (mut low, mut high) = (first.figure.clone(), second.figure);
    if below(own) {
        std::mem::swap(&mut low, &mut high);
    }
    if low.unit != high.unit && low.unit != Unit::None && high.unit != Unit::None
        || low.low >= high.low
        || low.high.is_some()
        || high.high.is_some()
    {
        return None;
    }
    if low.unit == Unit::None {
        (low.unit, low.kind) = (high.unit.clone(), high.kind);
    }
    low.fraction = None;
    low.high = Some(high.low);
    low.step = low.step.min(high.step);
    let len = first.len + (rest.len() - number.len()) + second.len;
    Some(Core { figure: low, len, bare: false, scale: 0 })
}

/// ratio := digits ":" digit, which is no time of day: "5:1", "30:1"
pub fn ratio(at: At<'_>, first: &Core) -> Option<Core> {
    let tail = at.rest()[first.len..].strip_prefix(':')?;
    let count = tail.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let rest = &tail[count..];
    let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, ':' | '%' | '/'))
        && !rest
            .strip_prefix(['.', ',', '-'])
            .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
    let mut figure = first.figure.clone();
    let plain = first.bare
        && !figure.in_words
        && figure.kind == FigureKind::Number
        && figure.high.is_none();
    if !plain || !ends || !(count == 1 || figure.low > Decimal::from(24)) || first.len > 4 {
        return None;
    }
    figure.high = Some(Decimal::parse(&tail[..count])?);
    figure.kind = FigureKind::Ratio;
    Some(Core { figure, len: first.len + 1 + count, bare: true, scale: 0 })
}

/// uncertain := core ("±" | "+/-" | "plus or minus") core
pub fn uncertain(at: At<'_>, first: &Core) -> Option<Core> {
    let rest = &at.rest()[first.len..];
    let joints = [" ± ", "±", " +/- ", "+/-", " plus or minus "];
    let joint = joints.iter().find(|joint| rest.starts_with(**joint))?;
    let second = core(&rest[joint.len()..])?;
    let (mut figure, by) = (first.figure.clone(), second.figure);
    if figure.unit != by.unit && figure.unit != Unit::None || figure.high.is_some() {
        return None;
    }
    let (low, high) = (figure.low.checked_sub(by.low)?, figure.low.checked_add(by.low)?);
    (figure.low, figure.high, figure.kind, figure.unit) = (low, Some(high), by.kind, by.unit);
    let len = first.len + joint.len() + second.len;
    Some(Core { figure, len, bare: false, scale: 0 })
}

/// Whether four bare digits behind "in" or "since" are a year.
fn calendar_year(at: At<'_>, first: &Core) -> bool {
    let figure = &first.figure;
    let year = first.len == 4 && figure.unit == Unit::None && !figure.in_words;
    year && [" in ", " since ", "(in ", "In "].iter().any(|word| at.before().ends_with(word))
}

/// Whether what begins here changed from this value to another: "rose from", "rose from 5 to 6 in the
/// north and from".
pub fn leads_from(before: &str) -> bool {
    let Some(lead) = before.trim_end().strip_suffix("from") else { return false };
    let changes = |lead: &str| {
        let mut words = lead.trim_end().rsplit(' ').take(3);
        words.any(|word| qualifiers::changes(&word.to_ascii_lowercase()))
    };
    let first = || {
        let joint = lead.trim_end().strip_suffix("and")?;
        let near = &joint[joint.ceil_char_boundary(joint.len().saturating_sub(CHANGES_BOTH))..];
        let (first, since) = near.rsplit_once(" from ")?;
        Some(first).filter(|_| !since.contains(". "))
    };
    // "Raises the fine for hiding a leak from 5 to 7": what changes may be told at length.
    let object = || {
        let near = &lead[lead.ceil_char_boundary(lead.len().saturating_sub(CHANGES_BOTH))..];
        let clause = near.rsplit(['.', ';', ':', ',']).next().unwrap_or_default().trim_end();
        let kind = clause.ends_with("ing") || clause.ends_with("ed");
        let figure = |word: &&str| word.contains(|c: char| c.is_ascii_digit());
        let mut words = clause.rsplit(' ').take_while(|word| !figure(word));
        !kind && words.any(|word| qualifiers::changes(&word.to_ascii_lowercase()))
    };
    changes(lead) || first().is_some_and(changes) || object()
}

/// Bytes within which a change is told with its verb.
const CHANGES_BOTH: usize = 120;

/// A change is seldom more than this part of where it leads to.
const SMALL_CHANGE: i64 = 4;
/// The same where "by" tells that there was one.
const SMALL_CHANGE_BY: i64 = 3;

/// "(rose) $1.50 to $82.35": by how much and where to, not from where to where.
fn moves_to(before: &str, first: &Core, second: &Core) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default().to_ascii_lowercase();
    let by = last == "by";
    let moved = by || qualifiers::direction(&last).is_some();
    let times = if by { SMALL_CHANGE_BY } else { SMALL_CHANGE };
    let far = first.figure.low.checked_mul(Decimal::from(times));
    // "Rose 2% to 15%": the bounds of many rises.
    let share = second.figure.kind == FigureKind::Percent;
    moved
        && !share
        && first.scale == second.scale
        && far.is_some_and(|far| far <= second.figure.low)
}

/// Words before two numbers that tell a vote or a score.
const VOTES: &[&str] = &[
    "passed", "won", "lost", "by", "voted", "beat", "score", "drew", "rejected", "led", "trailed",
    "trailing",
];

/// Words that tell of a vote, before "by 412 to 187".
const VOTED: &[&str] = &[
    "vote", "voted", "voting", "votes", "passed", "approved", "rejected", "backed", "adopted",
    "accepted", "carried", "defeated", "won", "lost",
];
/// Words between one of those and "by".
const VOTED_REACH: usize = 8;

fn voted(before: &str) -> bool {
    let lead = before.trim_end().strip_suffix("by").unwrap_or_default();
    let clause = lead.rsplit(['.', ';']).next().unwrap_or_default();
    let mut words = clause.rsplit(' ').filter(|word| !word.is_empty()).take(VOTED_REACH);
    words.any(|word| VOTED.contains(&word.to_ascii_lowercase().as_str()))
}

fn votes(before: &str) -> bool {
    let last = before.trim_end().rsplit(' ').next().unwrap_or_default();
    VOTES.iter().any(|word| word.eq_ignore_ascii_case(last))
}

/// compound := core ("," | " and" | ", and")? " " core, the second in a smaller unit of the same sort
///
/// "7 feet 10 inches" is one length, told in inches; "3 dollars and 50 cents" one sum.
pub fn compound(at: At<'_>, first: &Core) -> Option<Core> {
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
    // "3.42 metres, 18 centimetres below": what has decimals needs no smaller unit.
    if matches!(major.unit, Unit::Measure(_)) && !major.low.is_integer() {
        return None;
    }
    let mut len = first.len + joint.len() + second.len;
    let mut whole = minor.clone();
    match (&major.unit, &minor.unit) {
        (Unit::Measure(large), Unit::Measure(small)) if large != small => {
            let (sort, other) = (units::dimension(large)?, units::dimension(small)?);
            let one = units::convert(Decimal::ONE, large, small)?;
            // Temperatures and speeds are not told in two units, nor are two lengths of a list.
            let told = matches!(sort, "length" | "mass" | "volume");
            let listed = *joint != " " && minor.low >= one.checked_mul(Decimal::from(3))?;
            if sort != other || !told || one <= Decimal::ONE || listed {
                return None;
            }
            whole.low = units::convert(major.low, large, small)?.checked_add(minor.low)?;
        }
        (Unit::Money(_), Unit::Measure(ounces)) if major.unit_assumed && &**ounces == "ounce" => {
            // "12 pounds 4 ounces": these pounds weigh.
            let pounds = at.rest()[..first.len].trim_end_matches('s').ends_with("pound");
            whole.low = units::convert(major.low, "pound", "ounce")?.checked_add(minor.low)?;
            (pounds && minor.low < Decimal::from(16)).then_some(())?;
        }
        (Unit::Measure(metre), Unit::None)
            if &**metre == "meter" && second.bare && *joint == " " =>
        {
            // "Three metres sixty", "1 metre 80 tall"
            let left = &tail[second.len..];
            let next =
                left.strip_prefix(' ').map(|rest| rest.split(|c: char| !c.is_alphabetic()).next());
            let ends = match next {
                Some(next) => matches!(
                    next,
                    Some("tall" | "high" | "long" | "wide" | "deep" | "across" | "and")
                ),
                None => !left.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '%')),
            };
            let centimetres = (Decimal::from(10)..Decimal::from(100)).contains(&minor.low);
            let one = Decimal::power_of_ten(-2)?;
            whole.kind = FigureKind::Quantity;
            whole.unit = major.unit.clone();
            whole.step = one;
            whole.low = minor.low.checked_mul(one)?.checked_add(major.low)?;
            (ends && centimetres && minor.low.is_integer()).then_some(())?;
        }
        (Unit::Measure(feet), Unit::None) if &**feet == "foot" && second.bare => {
            // "5 ft 2 in", "5 ft 2"
            let left = &tail[second.len..];
            let used = [" in", " ins", "in", "\"", "''"].iter().find(|form| {
                left.strip_prefix(**form)
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })?;
            let small = minor.low < Decimal::from(12) && !minor.in_words;
            whole.kind = FigureKind::Quantity;
            whole.unit = Unit::Measure("inch".into());
            whole.low = units::convert(major.low, "foot", "inch")?.checked_add(minor.low)?;
            len += used.len();
            small.then_some(())?;
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
        (Unit::Money(_), Unit::None) if second.bare && !major.minor && first.scale == 0 => {
            // "20 dollars 43": the cents go without saying at the end of a clause.
            let left = &tail[second.len..];
            let cent = left.strip_prefix(['c', '¢', 'p']);
            let cent = cent.filter(|rest| !rest.starts_with(char::is_alphanumeric));
            let rest = cent.unwrap_or(left).trim_start();
            len += left.len() - cent.unwrap_or(left).len();
            let cents = minor.low.to_i64().filter(|cents| (1..100).contains(cents))?;
            let two = minor.in_words || second.len == 2;
            let ends = !rest.starts_with(|c: char| c.is_alphanumeric() || c == '%')
                || rest.starts_with("more");
            if !two || !ends || *joint == ", " || *joint == ", and " || !major.low.is_integer() {
                return None;
            }
            whole = major.clone();
            whole.low = major.low.checked_add(Decimal::new(i128::from(cents), -2)?)?;
        }
        _ => return None,
    }
    Some(Core { figure: whole, len, bare: false, scale: 0 })
}

/// "5'10\"", "5-foot-10": feet and inches by their marks.
pub fn feet_and_inches(rest: &str) -> Option<Core> {
    let digits = |text: &str| text.bytes().take(3).take_while(u8::is_ascii_digit).count();
    let feet = digits(rest);
    let words = ["-foot-", "-feet-", " foot ", "-ft-", "ft-"];
    if let Some(tail) = words.iter().find_map(|joint| rest[feet..].strip_prefix(joint)) {
        let inches = digits(tail);
        let left = &tail[inches..];
        let unit =
            ["-inches", "-inch", " inches", "-in"].iter().find(|form| left.starts_with(**form));
        let left = &left[unit.map_or(0, |form| form.len())..];
        let ends = !left.starts_with(|c: char| c.is_alphanumeric() || c == '%')
            && !left
                .strip_prefix(['.', ',', '-'])
                .is_some_and(|t| t.starts_with(|c: char| c.is_ascii_digit()));
        return in_inches(&rest[..feet], &tail[..inches], rest.len() - left.len()).filter(|_| ends);
    }
    let tail = rest[feet..].strip_prefix('\'').filter(|_| (1..=2).contains(&feet))?;
    let tail = tail.strip_prefix(' ').unwrap_or(tail);
    let inches = digits(tail);
    let left = &tail[inches..];
    let mark = ["\"", "''", "”"].iter().find(|mark| left.starts_with(**mark))?;
    in_inches(&rest[..feet], &tail[..inches], rest.len() - left.len() + mark.len())
}

fn in_inches(feet: &str, inches: &str, len: usize) -> Option<Core> {
    let (feet, small) = (Decimal::parse(feet)?, Decimal::parse(inches)?);
    let low = feet.checked_mul(Decimal::from(12))?.checked_add(small)?;
    let mut figure = Figure::number(low, Decimal::ONE);
    figure.kind = FigureKind::Quantity;
    figure.unit = Unit::Measure("inch".into());
    (small < Decimal::from(12)).then_some(Core { figure, len, bare: false, scale: 0 })
}
