//! Figures and durations brought to one form that can be compared.

use crate::lexicon::numbers::number_word;
use crate::lexicon::{people, qualifiers, roles, terms, units};
use crate::parse::Mention;
use crate::parse::figure::core;
use crate::value::date::{MONTH, YEAR};
use crate::value::figure::{Direction, FigureKind, Per, Unit};
use crate::value::{Decimal, Duration, Figure, Qualifier, Value};

/// What a figure measures, as far as its form tells.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Dimension {
    /// A bare count.
    Count,
    /// A share of a whole: percentages and fractions, as parts of one.
    Share,
    /// Percentage or basis points, in points.
    Points,
    /// Money of one currency.
    Money(std::sync::Arc<str>),
    /// A physical quantity of this name in `rules/units`, in its base unit.
    Physical(&'static str),
    /// A length of time, in seconds.
    Time,
    /// A place in an order.
    Ordinal,
    /// How many times as much.
    Factor,
    /// Two counts set against each other.
    Score,
}

/// A figure or duration in base units.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// What it measures.
    pub dimension: Dimension,
    /// Lower end; the value itself where there is no range.
    pub low: Decimal,
    /// Upper end.
    pub high: Decimal,
    /// One unit of the last stated place.
    pub step: Decimal,
    /// The number as written, without its unit.
    pub raw: Decimal,
    /// "more than", "about", ...
    pub qualifier: Option<Qualifier>,
    /// Up or down.
    pub direction: Option<Direction>,
    /// "a week", "per 100,000".
    pub per: Option<Per>,
    /// The words name no number: "dozens".
    pub vague: bool,
    /// Written in words.
    pub in_words: bool,
    /// The age of somebody.
    pub age: bool,
    /// A bare number with the word for what it counts behind it: "83 witnesses".
    pub counted: bool,
    /// Money in a minor unit that several currencies share ("cents").
    pub any_currency: bool,
}

impl Measure {
    /// Whether it is a range with two different ends.
    pub fn is_range(&self) -> bool {
        self.low != self.high
    }

    /// The upper end in the unit of [`Measure::raw`].
    pub fn raw_high(&self) -> Decimal {
        if !self.is_range() {
            return self.raw;
        }
        let times = self.raw.checked_div(self.low);
        times.and_then(|times| self.high.checked_mul(times)).unwrap_or(self.high)
    }

    /// Whether two figures are written in the same form: two amounts in one unit, two ages.
    pub fn same_sort(&self, other: &Measure) -> bool {
        let same_unit = || {
            let (a, b) = (self.low.checked_mul(other.raw), other.low.checked_mul(self.raw));
            a.is_some() && a == b
        };
        self.dimension == other.dimension
            && self.dimension != Dimension::Ordinal
            && self.per == other.per
            && self.age == other.age
            && self.is_range() == other.is_range()
            && same_unit()
    }

    /// Reads a mention's value. `before` and `after` are the text of the block on both sides, for
    /// "every ninth" and "Anna Lind, 48,".
    pub fn of(mention: &Mention, before: &str, after: &str) -> Option<Measure> {
        match &mention.value {
            // "The same half of 2023", "in 2019 people still": periods, whatever their form.
            Value::Figure(figure) if period(figure, before, after) => None,
            // "95% CI": how sure somebody is of another figure.
            Value::Figure(_)
                if [" CI", " confidence"].iter().any(|word| after.starts_with(word)) =>
            {
                None
            }
            // "Livestock, thousands": the scale of a table.
            Value::Figure(figure) if figure.kind == FigureKind::Vague && scales(before, after) => {
                None
            }
            Value::Figure(figure) => {
                let mut measure = of_figure(figure, before)?;
                if measure.dimension == Dimension::Count {
                    measure.per = measure.per.or_else(|| per_behind(figure, after));
                    measure.counted = counts(after);
                } else if after.starts_with(" of ") {
                    // "310 kilograms of water a second"
                    measure.per = measure.per.or_else(|| per_behind(figure, &after[3..]));
                }
                // "Rose 8% to 412": the rise is told by the 8%, if not by "rose to 412".
                if let Some(before) = before.strip_suffix(" to ")
                    && before.rsplit(' ').take(BY_HOW_MUCH).any(has_digit)
                {
                    measure.direction = None;
                }
                if apposed_age(&measure, before, after) {
                    let year = Decimal::from(YEAR);
                    measure.low = measure.low.checked_mul(year)?;
                    (measure.high, measure.step) = (measure.low, year);
                    measure.dimension = Dimension::Time;
                    measure.age = true;
                }
                Some(measure)
            }
            Value::Duration(duration) => {
                let mut measure = of_duration(duration)?;
                measure.age |= of_person(before);
                // "Seven weeks behind schedule", "two days early"
                let behind = after.split([',', ';', '.', ':', '(']).next().unwrap_or_default();
                let lag = qualifiers::comparative_behind(behind);
                measure.direction = lag.filter(|_| !measure.age).map(|(way, _)| way);
                Some(measure)
            }
            _ => None,
        }
    }
}

/// Words for what is counted, before "a day".
const COUNTED: usize = 2;

/// What a count is told per, behind the words for what is counted: "22,000 vehicles a day".
fn per_behind(figure: &Figure, after: &str) -> Option<Per> {
    let mut rest = after;
    for _ in 0..COUNTED {
        let tail = rest.strip_prefix(' ')?;
        let end = tail.find(|c: char| !c.is_lowercase() && c != '-')?;
        if end == 0 || terms::is_stopword(&tail[..end]) {
            return None;
        }
        rest = &tail[end..];
        if let Some((per, _)) = core::per(rest, figure) {
            return Some(per);
        }
    }
    None
}

/// Whether what stands behind a number is the word for what it counts, in the plural.
fn counts(after: &str) -> bool {
    let Some(tail) = after.strip_prefix(' ') else { return false };
    // "Man-hours" are hours.
    let word = tail.split([' ', ',', '.', ';', ':', ')']).next().unwrap_or_default();
    let plural = word.ends_with('s') || matches!(word, "people" | "men" | "women" | "children");
    plural
        && word.len() > 3
        && word.chars().all(char::is_lowercase)
        && !terms::is_stopword(word)
        && number_word(word).is_none()
}

/// Whether a word for many stands where a caption tells its scale.
fn scales(before: &str, after: &str) -> bool {
    (after.is_empty() || after.starts_with(')'))
        && [", ", " (", ", in ", " (in "].iter().any(|mark| before.ends_with(mark))
}

/// Whether what reads like a figure names a period: a half of a year, or a year before a word that
/// could be counted.
fn period(figure: &Figure, before: &str, after: &str) -> bool {
    let year = |value: i64| (1900..2100).contains(&value);
    match figure.kind {
        FigureKind::Fraction => after.strip_prefix(" of ").is_some_and(|rest| {
            let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            word.len() == 4 && word.parse().is_ok_and(year)
        }),
        FigureKind::Number => {
            !figure.in_words
                && figure.unit == Unit::None
                && figure.high.is_none()
                && figure.step == Decimal::ONE
                && figure.low.to_i64().is_some_and(year)
                && [" in ", " In ", "In "].iter().any(|word| {
                    before.ends_with(word) && (word.starts_with(' ') || before.len() == word.len())
                })
        }
        _ => false,
    }
}

/// Words before the "to" of "rose 8% to 412" among which its figure stands.
const BY_HOW_MUCH: usize = 4;
/// What is so many times as much as something else is told otherwise: from here on "times" count.
const OFTEN: i64 = 1000;

/// Nobody grew older.
const OLDEST: i64 = 122;

/// A name without what is told of it in brackets: "Lind (left)".
pub(crate) fn without_aside(name: &str) -> &str {
    let aside = name.strip_suffix(')').and_then(|inside| inside.rsplit_once(" ("));
    aside.map_or(name, |(name, _)| name)
}

/// Whether a bare number between commas or in brackets behind a name tells an age.
fn apposed_age(measure: &Measure, before: &str, after: &str) -> bool {
    // Nobody is older than that, but a slip of the pen makes people so.
    let whole = measure.dimension == Dimension::Count
        && !measure.is_range()
        && measure.per.is_none()
        && measure.raw.is_integer()
        && (1..1000).contains(&measure.raw.to_i64().unwrap_or_default());
    let name = before.strip_suffix(", ").or_else(|| before.strip_suffix(" ("));
    let last = name.and_then(|name| without_aside(name).rsplit(' ').next()).unwrap_or_default();
    let comma = before.ends_with(", ") && (after.is_empty() || after.starts_with([',', '.', ';']));
    let bracket = before.ends_with(" (") && after.starts_with(')');
    // "Aged at least 70"
    let lead = measure.qualifier.and_then(|_| without_qualifier(before)).unwrap_or(before);
    let told =
        [" aged ", " age ", " at the age of ", "(aged "].iter().any(|word| lead.ends_with(word));
    let older = [" or older", " or younger"].iter().any(|words| after.starts_with(words));
    let lived = !measure.in_words
        && measure.qualifier.is_none()
        && measure.raw <= Decimal::from(OLDEST)
        && clause_ends(after);
    let them = of_them(before, after, lived);
    if whole && (told || older || of_person(before) && clause_ends(after) || them) {
        return true;
    }
    whole
        && !measure.in_words
        && measure.qualifier.is_none()
        && (comma || bracket && measure.raw <= Decimal::from(OLDEST))
        // Text without any capitals has them for names neither.
        && (last.starts_with(char::is_uppercase)
            || comma && !last.is_empty() && !before.contains(char::is_uppercase))
        && !last.ends_with(|c: char| c.is_ascii_digit())
        // "6,200 and 7,000, 12," and lists of numbers are not ages.
        && !after.trim_start_matches([',', ' ']).starts_with(|c: char| c.is_ascii_digit())
        && crate::lexicon::calendar::month(&last.to_lowercase()).is_none()
}

/// What stands before a figure and its qualifier, where it has one.
fn without_qualifier(before: &str) -> Option<&str> {
    let words = before.trim_end();
    let (_, len) = qualifiers::ending(&words.to_ascii_lowercase())?;
    words.get(..words.len() - len)
}

/// Whether what stands before a figure tells whose age it is: "a girl of ".
fn of_person(before: &str) -> bool {
    let Some(before) = before.strip_suffix(" of ") else { return false };
    let mut words = before.rsplit(' ');
    let person = words.next().is_some_and(|word| people::is_of_an_age(&word.to_lowercase()));
    person && words.take(2).any(|word| matches!(word, "a" | "A" | "an" | "An"))
}

/// Whether a figure says how old somebody is who was named before: "She was 91." `lived` where the figure may
/// be an age and nothing follows it.
fn of_them(before: &str, after: &str, lived: bool) -> bool {
    let at_the_time = [" when", " at the time", " then"].iter().any(|word| after.starts_with(word));
    let Some(before) = before.strip_suffix(' ') else { return false };
    let mut words = before.rsplit([' ', '"', '“']);
    let verb = words.next().is_some_and(|word| matches!(word, "was" | "is" | "am" | "turned"));
    let who = words.next().unwrap_or_default();
    let person = ["he", "she", "i", "who"].iter().any(|word| word.eq_ignore_ascii_case(who));
    // "Ada Brenner was 22 when she left.", "the eldest, Ada, is 22."
    let named = who.starts_with(char::is_uppercase)
        && (at_the_time || lived && !terms::is_stopword(&who.to_lowercase()));
    if verb && (named || person && (clause_ends(after) || at_the_time)) {
        return true;
    }
    // "A third of participants were at least 60."
    if !clause_ends(after) {
        return false;
    }
    let Some(lower) = without_qualifier(before).map(str::to_ascii_lowercase) else { return false };
    let mut words = lower.trim_end().rsplit(' ');
    let verb = words.next().is_some_and(|word| matches!(word, "were" | "are" | "was" | "is"));
    let who = words.next().unwrap_or_default();
    verb && roles::is_person(who.strip_suffix('s').unwrap_or(who))
}

fn has_digit(word: &str) -> bool {
    word.contains(|c: char| c.is_ascii_digit())
}

fn clause_ends(after: &str) -> bool {
    after.is_empty() || after.starts_with([',', '.', ';', ':', ')'])
}

fn of_figure(figure: &Figure, before: &str) -> Option<Measure> {
    // "10 cents" is written as a ten.
    let raw = match figure.minor {
        true => figure.low.checked_mul(Decimal::from(100))?,
        false => figure.low,
    };
    let mut measure = Measure {
        dimension: Dimension::Count,
        low: figure.low,
        high: figure.high.unwrap_or(figure.low),
        step: figure.step,
        raw,
        qualifier: figure.qualifier,
        direction: figure.direction,
        per: figure.per.clone(),
        vague: figure.kind == FigureKind::Vague,
        in_words: figure.in_words,
        age: false,
        counted: false,
        any_currency: figure.minor,
    };
    let scale = |measure: &mut Measure, factor: Decimal| -> Option<()> {
        measure.low = measure.low.checked_mul(factor)?;
        measure.high = measure.high.checked_mul(factor)?;
        measure.step = measure.step.checked_mul(factor)?;
        Some(())
    };
    measure.dimension = match (&figure.unit, figure.kind) {
        (Unit::Percent, _) => {
            scale(&mut measure, Decimal::power_of_ten(-2)?)?;
            Dimension::Share
        }
        (Unit::PerMille, _) => {
            scale(&mut measure, Decimal::power_of_ten(-3)?)?;
            Dimension::Share
        }
        (Unit::PercentagePoint, _) => Dimension::Points,
        (Unit::BasisPoint, _) => {
            scale(&mut measure, Decimal::power_of_ten(-2)?)?;
            Dimension::Points
        }
        (Unit::Money(currency), _) => Dimension::Money(currency.clone()),
        (Unit::Measure(unit), _) => {
            let dimension = units::dimension(unit)?;
            let base = units::base(dimension)?;
            let convert = |value| units::convert(value, unit, base);
            // A step is a difference of two values, so that offsets (temperatures) fall out.
            let step =
                convert(figure.low.checked_add(figure.step)?)?.checked_sub(convert(figure.low)?)?;
            measure.low = convert(measure.low)?;
            measure.high = convert(measure.high)?;
            measure.step = step.abs();
            if measure.low > measure.high {
                std::mem::swap(&mut measure.low, &mut measure.high);
            }
            if dimension == "time" { Dimension::Time } else { Dimension::Physical(dimension) }
        }
        (Unit::None, FigureKind::Ordinal) => {
            if before.trim_end().to_ascii_lowercase().ends_with("every") {
                // "every ninth" is one in nine.
                measure.low = Decimal::ONE.checked_div(figure.low)?;
                measure.high = measure.low;
                measure.step = Decimal::power_of_ten(-3)?;
                Dimension::Share
            } else {
                Dimension::Ordinal
            }
        }
        (Unit::None, FigureKind::Fraction) => Dimension::Share,
        // "Ships called 9,812 times" counts the calls.
        (Unit::None, FigureKind::Multiplier) if figure.low < Decimal::from(OFTEN) => {
            Dimension::Factor
        }
        (Unit::None, FigureKind::Ratio) => Dimension::Score,
        (Unit::None, _) => Dimension::Count,
    };
    if figure.kind == FigureKind::Fraction {
        // A fraction in words is as rough as its denominator: "two thirds" is 65 to 69 per cent, and
        // "six in ten" may be 61.
        let (_, denominator) = figure.fraction.unwrap_or((1, 1));
        let rough = Decimal::ONE.checked_div(Decimal::from(denominator.min(1000) as i64 * 8))?;
        let tenths = Decimal::new(5, -2)?.min(measure.low.abs().checked_mul(Decimal::new(8, -2)?)?);
        measure.step = rough.max(tenths);
    }
    Some(measure)
}

fn of_duration(duration: &Duration) -> Option<Measure> {
    let low = duration.approx_seconds();
    let unit = duration.unit_seconds();
    let high = match duration.high {
        Some(high) => high.checked_mul(unit)?,
        None => low,
    };
    let raw = low.checked_div(unit)?;
    // "2.5 hours" is told to the tenth of an hour.
    let place = Decimal::power_of_ten(raw.exponent().min(0)).unwrap_or(Decimal::ONE);
    let mut step = unit.checked_mul(place).unwrap_or(unit);
    // "Two and a half months" are told to the half.
    let half = Decimal::new(5, -1)?;
    let twice = raw.checked_add(raw)?;
    if !raw.is_integer() && twice.is_integer() && unit >= Decimal::from(MONTH) {
        step = unit.checked_mul(half)?;
    }
    Some(Measure {
        dimension: Dimension::Time,
        low,
        high,
        step,
        raw,
        qualifier: duration.qualifier,
        direction: None,
        per: None,
        vague: false,
        in_words: false,
        age: duration.age,
        counted: false,
        any_currency: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::scan::scan;

    /// The first figure or duration of a text: its size, what it is per, whether it is an age or counts
    /// what stands behind it.
    fn read(text: &str) -> String {
        let found = scan(text, None).into_iter().find_map(|mention| {
            let (start, end) = (mention.span.start as usize, mention.span.end as usize);
            Measure::of(&mention, &text[..start], &text[end..])
        });
        let Some(measure) = found else { return "–".to_owned() };
        let per = match &measure.per {
            Some(Per::Unit(unit)) => format!(" a {unit}"),
            Some(Per::Number(number)) => format!(" per {number}"),
            None => String::new(),
        };
        let age = if measure.age { " old" } else { "" };
        let counted = if measure.counted { " things" } else { "" };
        format!("{}{counted}{per}{age}", measure.raw)
    }

    #[test]
    fn what_stands_beside_a_figure() {
        for (text, expected) in [
            ("She was 91.", "91 old"),
            ("It was 91.", "91"),
            ("The oldest, Mina, is 41.", "41 old"),
            ("Anna Lind was 22 when she left", "22 old"),
            ("Most of the residents were at least 60.", "60 old"),
            ("those who are 65 or older", "65 old"),
            ("310 kilograms of water a second", "310 a second"),
            ("a boy aged three in Ormley", "3 old"),
            ("a girl of 14 months", "14 old"),
            ("a president of 14 months", "14"),
            ("Anna Lind, 48, said", "48 old"),
            ("Sundby (212 per 100,000)", "212 per 100000"),
            ("Sundby (148)", "148"),
            ("has died at the age of 84 after", "84 old"),
            ("22,000 vehicles a day", "22000 things a day"),
            ("22,000 a day", "22000 a day"),
            ("83 witnesses in all", "83 things"),
            ("83 always came", "83"),
            ("Livestock, thousands", "–"),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
    }
}
