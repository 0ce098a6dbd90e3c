//! Whether a figure of a derivative agrees with a figure of the report.
//!
//! Agreement is asymmetric: the derivative may say less than the report (38.4% as "38%", "nearly
//! 40%", "about two fifths"), never more ("38.41%") nor something else ("half").

use super::arithmetic::digits;
use crate::lexicon::tolerances::Tolerances;
use crate::lexicon::units;
use crate::statement::{Dimension, Measure};
use crate::value::figure::{Direction, Per};
use crate::value::{Decimal, Qualifier};

/// How two figures of the same thing relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The same value, said the same way or more loosely.
    Agrees,
    /// The same value, but its qualifier was dropped.
    QualifierDropped,
    /// The same value, but its qualifier was changed into another.
    QualifierChanged,
    /// The same value, but its bound points the other way.
    BoundFlipped,
    /// The same number in another unit, another currency, or per something else.
    UnitDiffers,
    /// The same size, but up for down.
    DirectionDiffers,
    /// Another value.
    Differs,
}

impl Match {
    /// Whether the value itself agrees, whatever happened to its qualifier.
    pub fn value_agrees(self) -> bool {
        matches!(self, Match::Agrees | Match::QualifierDropped | Match::QualifierChanged)
    }
}

fn gap(a: Decimal, b: Decimal) -> Option<Decimal> {
    a.checked_sub(b).map(Decimal::abs)
}

/// Whether two measures can be held against each other at all.
pub fn comparable(claim: &Measure, fact: &Measure) -> bool {
    use Dimension::*;
    if (claim.vague || fact.vague) && claim.dimension != fact.dimension {
        return false;
    }
    match (&claim.dimension, &fact.dimension) {
        (a, b) if a == b => true,
        (Money(_), Money(_)) | (Share, Factor) | (Factor, Share) => true,
        (Physical(a), Physical(b)) => claim.raw == fact.raw || is_warmth(a) && is_warmth(b),
        (Share, Points) | (Points, Share) => raw_percent(claim) == raw_percent(fact),
        // "83 witnesses" are no 83 days.
        (Count, Time | Physical(_)) => claim.raw == fact.raw && !claim.counted,
        (Time | Physical(_), Count) => claim.raw == fact.raw && !fact.counted,
        (Count, Ordinal) => claim.raw == fact.raw,
        (Ordinal, Count) => claim.raw == fact.raw,
        (Count, Money(_)) | (Money(_), Count) => {
            claim.low == fact.low || claim.raw == fact.raw || scale_left_out(claim, fact)
        }
        (Physical(_), Share | Points | Money(_)) | (Share | Points | Money(_), Physical(_)) => {
            raw_percent(claim) == raw_percent(fact)
        }
        _ => false,
    }
}

/// "€235.2 million, from 129.8": the unit was said before and is left out. Only a number that is too
/// exact for chance tells.
fn scale_left_out(claim: &Measure, fact: &Measure) -> bool {
    let (bare, whole) =
        if claim.dimension == Dimension::Count { (claim, fact) } else { (fact, claim) };
    let (a, b) = (bare.raw, whole.raw);
    a.exponent() < 0
        && digits(a) >= 3
        && !bare.is_range()
        && !whole.is_range()
        && [3, 6, 9].into_iter().any(|power| {
            Decimal::power_of_ten(power).and_then(|size| a.checked_mul(size)) == Some(b)
        })
}

/// Whether a physical quantity is a temperature or may be one: "eight degrees".
fn is_warmth(dimension: &str) -> bool {
    matches!(dimension, "temperature" | "angle")
}

/// Whether a temperature is that of mere "degrees", in one scale or the other.
fn same_warmth(claim: &Measure, fact: &Measure, tolerances: &Tolerances) -> bool {
    ["celsius", "fahrenheit"].iter().any(|scale| {
        let read = |measure: &Measure| {
            let base = |value| units::convert(value, scale, "celsius");
            match measure.dimension {
                Dimension::Physical("temperature") => Some(measure.clone()),
                _ => Some(Measure {
                    dimension: Dimension::Physical("temperature"),
                    low: base(measure.low)?,
                    high: base(measure.high)?,
                    ..measure.clone()
                }),
            }
        };
        read(claim)
            .zip(read(fact))
            .is_some_and(|(claim, fact)| values(&claim, &fact, tolerances).value_agrees())
    })
}

/// The number as written, whether or not a per cent sign divided it.
fn raw_percent(measure: &Measure) -> Decimal {
    measure.raw
}

/// Holds a claim against a fact. Call only where [`comparable`].
pub fn compare(claim: &Measure, fact: &Measure, tolerances: &Tolerances) -> Match {
    use Dimension::*;
    let unit_differs = match (&claim.dimension, &fact.dimension) {
        (Money(a), Money(b)) => a != b && !claim.any_currency && !fact.any_currency,
        (Share, Factor) | (Factor, Share) => false,
        // A bare number for a quantity is a unit left out ("aged 91", "came to 5,000"), no error.
        (Count, _) | (_, Count) => false,
        (a, b) => a != b,
    };
    let per_differs = matches!((&claim.per, &fact.per), (Some(a), Some(b)) if a != b)
        && !matches!(claim.dimension, Score);
    match (&claim.dimension, &fact.dimension) {
        (Count, Money(_)) | (Money(_), Count) if scale_left_out(claim, fact) => {
            return Match::Agrees;
        }
        (Physical(a), Physical(b)) if a != b && is_warmth(a) && is_warmth(b) => {
            let same = same_warmth(claim, fact, tolerances);
            return if same { Match::Agrees } else { Match::Differs };
        }
        _ => {}
    }
    if unit_differs {
        return if raw_equal(claim, fact) { Match::UnitDiffers } else { Match::Differs };
    }
    if let Some(same) = in_period(claim, fact)
        && values(claim, &same, tolerances).value_agrees()
    {
        return Match::Agrees;
    }
    let value = values(claim, fact, tolerances).min(higher(claim, fact, tolerances));
    if value.value_agrees() {
        if per_differs {
            return Match::UnitDiffers;
        }
        if let (Some(a), Some(b)) = (claim.direction, fact.direction)
            && a != b
        {
            return Match::DirectionDiffers;
        }
    } else if raw_equal(claim, fact) && claim.dimension == fact.dimension && claim.low != fact.low {
        return Match::UnitDiffers;
    }
    value
}

/// How many of a shorter period a longer one has.
const PERIODS: [(&str, &str, i64); 9] = [
    ("year", "month", 12),
    ("year", "quarter", 4),
    ("year", "week", 52),
    ("year", "day", 365),
    ("quarter", "month", 3),
    ("week", "day", 7),
    ("day", "hour", 24),
    ("hour", "minute", 60),
    ("minute", "second", 60),
];

/// What a fact comes to for the period of the claim: "$34,800 a year" of "$2,900 a month".
fn in_period(claim: &Measure, fact: &Measure) -> Option<Measure> {
    let (Some(Per::Unit(own)), Some(Per::Unit(other))) = (&claim.per, &fact.per) else {
        return None;
    };
    let times = |long: &str, short: &str| {
        let found = PERIODS.iter().find(|(a, b, _)| *a == long && *b == short)?;
        Some(Decimal::from(found.2))
    };
    let scaled = |value: Decimal| match times(own, other) {
        Some(times) => value.checked_mul(times),
        None => value.checked_div(times(other, own)?),
    };
    let (low, high) = (scaled(fact.low)?, scaled(fact.high)?);
    Some(Measure { low, high, per: claim.per.clone(), ..fact.clone() })
}

/// "60 per cent higher" of "1.6 times as high", and the other way round.
fn higher(claim: &Measure, fact: &Measure, tolerances: &Tolerances) -> Match {
    let less_one = |measure: &Measure| {
        let low = measure.low.checked_sub(Decimal::ONE).filter(|low| *low < Decimal::ONE)?;
        let high = measure.high.checked_sub(Decimal::ONE)?;
        let plain = !low.is_negative() && !low.is_zero();
        plain.then(|| Measure { low, high, dimension: Dimension::Share, ..measure.clone() })
    };
    let pair = match (&claim.dimension, &fact.dimension) {
        (Dimension::Share, Dimension::Factor) => Some(claim.clone()).zip(less_one(fact)),
        (Dimension::Factor, Dimension::Share) => less_one(claim).zip(Some(fact.clone())),
        _ => None,
    };
    pair.map_or(Match::Differs, |(claim, fact)| values(&claim, &fact, tolerances))
}

/// Whether the numbers as written are the same, whatever their units; an end of a range counts.
fn raw_equal(claim: &Measure, fact: &Measure) -> bool {
    claim.raw == fact.raw
        || fact.is_range() && !claim.is_range() && same_unit_scale(claim, fact.high, fact)
}

/// Whether the upper end of a range has the claim's number: the range's unit is that of its lower
/// end.
fn same_unit_scale(claim: &Measure, high: Decimal, fact: &Measure) -> bool {
    let (Some(a), Some(b)) = (claim.raw.checked_mul(fact.low), high.checked_mul(fact.raw)) else {
        return false;
    };
    a == b
}

fn values(claim: &Measure, fact: &Measure, tolerances: &Tolerances) -> Match {
    let raw = claim.dimension != fact.dimension
        && matches!(
            (&claim.dimension, &fact.dimension),
            (Dimension::Count | Dimension::Ordinal, _) | (_, Dimension::Count | Dimension::Ordinal)
        );
    let ends = |m: &Measure| match raw {
        true => (m.raw, m.raw_high()),
        false => (m.low, m.high),
    };
    let ((low, high), (fact_low, fact_high)) = (ends(claim), ends(fact));
    if claim.dimension == Dimension::Score {
        return if low == fact_low && high == fact_high { Match::Agrees } else { Match::Differs };
    }
    // A loss may be written as a negative number or as a fall.
    let signless =
        claim.direction == Some(Direction::Down) || fact.direction == Some(Direction::Down);
    let (low, high, fact_low, fact_high) = if signless {
        (low.abs(), high.abs(), fact_low.abs(), fact_high.abs())
    } else {
        (low, high, fact_low, fact_high)
    };
    let single = |at: Decimal, of: Decimal| one(at, claim, of, fact, raw, tolerances);
    if claim.vague || fact.vague {
        let within = low <= fact_high && fact_low <= high;
        return if within { Match::Agrees } else { Match::Differs };
    }
    match (low != high, fact_low != fact_high) {
        (false, false) => single(low, fact_low),
        (true, true) => {
            let (a, b) = (single(low, fact_low), single(high, fact_high));
            a.max(b)
        }
        // A range round the value, as "seven or eight" for 7.5.
        (true, false) => {
            let narrow = gap(low, high).is_some_and(|width| width <= tolerances.bound.of(fact_low));
            if narrow && low <= fact_low && fact_low <= high {
                Match::Agrees
            } else {
                Match::Differs
            }
        }
        (false, true) => {
            let (a, b) = (single(low, fact_low), single(low, fact_high));
            if a.min(b).value_agrees() {
                return Match::Agrees;
            }
            let inside = fact_low <= low && low <= fact_high;
            let loose = claim.qualifier == Some(Qualifier::About);
            if inside && loose { Match::Agrees } else { Match::Differs }
        }
    }
}

/// Which way a bound points: up (the true value is higher), down, or round about.
#[derive(PartialEq, Clone, Copy)]
enum Sense {
    Exact,
    Up,
    Down,
    Round,
    Nearly,
}

fn sense(qualifier: Option<Qualifier>) -> Sense {
    match qualifier {
        None | Some(Qualifier::Exactly) => Sense::Exact,
        Some(
            Qualifier::Over
            | Qualifier::AtLeast
            | Qualifier::JustOver
            | Qualifier::After
            | Qualifier::Since,
        ) => Sense::Up,
        Some(
            Qualifier::Under
            | Qualifier::AtMost
            | Qualifier::Until
            | Qualifier::By
            | Qualifier::Before,
        ) => Sense::Down,
        Some(Qualifier::Nearly) => Sense::Nearly,
        Some(_) => Sense::Round,
    }
}

fn one(
    claim_value: Decimal,
    claim: &Measure,
    fact_value: Decimal,
    fact: &Measure,
    raw: bool,
    tolerances: &Tolerances,
) -> Match {
    let (said, meant) = (sense(claim.qualifier), sense(fact.qualifier));
    let Some(distance) = gap(claim_value, fact_value) else { return Match::Differs };
    // A conversion never comes out even: what counts is what the claim's written places show.
    let step = if raw { Decimal::ONE } else { claim.step };
    let half_step = half(step).min(tolerances.rounding.of(fact_value));
    let rough = if claim.in_words || is_round(claim) {
        // "A third", "a third of a million"
        let share = claim.in_words
            && if claim.dimension == Dimension::Share {
                claim.raw.abs() < Decimal::ONE
            } else {
                claim.raw.abs() > Decimal::from(1000) && !claim.raw.is_integer()
            };
        let round = if share { tolerances.round_share } else { tolerances.round };
        let round = half_step.min(round.of(fact_value));
        // Hundreds are rounded without a word, but nobody writes "70" or "190" for 71 or 189.
        match claim.raw.abs() < Decimal::from(1000) && !raw && same_unit(claim, fact) {
            true => claim
                .low
                .abs()
                .checked_div(claim.raw.abs())
                .map_or(round, |one| round.min(half(one))),
            false => round,
        }
    } else {
        half_step
    };
    let equal = distance.is_zero() || distance <= Decimal::new(1, -9).unwrap_or(Decimal::ZERO);
    // Converted, a figure may be given to more places: 1.9 miles for 3 km.
    let coarser = raw
        || claim.step >= fact.step
        || claim.dimension == Dimension::Time
        || claim.raw != fact.raw && !same_unit(claim, fact);
    let rounded = equal || (coarser && distance <= rough);
    // "More than 12,500" of 12,450: rounded, but not to the side that was told. What the report has
    // rounded itself may lie there.
    let told_side = match said {
        Sense::Up => claim_value <= fact_value,
        Sense::Down => fact_value <= claim_value,
        _ => true,
    };
    if rounded && !told_side && meant == Sense::Exact && distance > fact.step {
        return Match::Differs;
    }
    if rounded {
        // "Fewer than 288" of the very 288 crimes that were counted.
        let counted = fact.dimension == Dimension::Count
            && !fact.in_words
            && fact.raw.exponent() == 0
            && digits(fact.raw) >= 3;
        if equal && counted && said == Sense::Down && meant == Sense::Exact {
            return Match::QualifierChanged;
        }
        // "About 210 km/h" of "up to 130 mph": a conversion is rough, whatever it is of.
        let roughly = said == Sense::Round && meant != Sense::Round && !same_unit(claim, fact);
        return qualifiers(if roughly { Sense::Exact } else { said }, meant, equal);
    }
    let below = claim_value < fact_value;
    // The same bound or approximation of another number is another claim ("over 230" of "over
    // 320"), and so is a number written more precisely than the report's ("about 980" of "about
    // 1,000").
    let converted = claim.raw != fact.raw && claim.low == fact.low;
    let same_form = !raw && !converted && same_unit(claim, fact);
    if same_form
        && ((said == meant && said != Sense::Exact) || finer(claim.raw, fact.raw))
        && !(claim.in_words && fact.in_words && claim.dimension == Dimension::Share)
    {
        return Match::Differs;
    }
    // "Less than an hour" of 40 minutes: one unit of time bounds from far.
    let bound = || {
        let one = claim.dimension == Dimension::Time && claim.raw == Decimal::ONE;
        let least = if one { half(claim_value) } else { Decimal::ZERO };
        tolerances.bound.of(fact_value).max(least)
    };
    let fits = match said {
        Sense::Exact => false,
        Sense::Round => {
            let about = tolerances.about.of(fact_value).min(told(claim, claim_value));
            distance <= about.max(if coarser { rough } else { Decimal::ZERO })
        }
        // "Nearly a tenth" of 9%: shares in words come in few steps.
        Sense::Nearly => {
            // "Nearly a thousand" of 900
            let parts = claim.dimension == Dimension::Share
                || !claim.raw.is_integer()
                || claim.raw > Decimal::from(10)
                    && Decimal::power_of_ten(place(claim.raw)) == Some(claim.raw);
            let share = claim.in_words && parts;
            let reach = if share { tolerances.nearly_share } else { tolerances.nearly };
            // There is no nearer whole number than five for 4.6.
            let whole = coarser && claim.raw <= Decimal::from(10) && distance <= half_step;
            !below && (whole || distance <= reach.of(fact_value))
        }
        Sense::Up => below && distance <= bound() && meant != Sense::Down,
        Sense::Down => !below && distance <= bound() && meant != Sense::Up,
    };
    if fits { Match::Agrees } else { Match::Differs }
}

fn half(value: Decimal) -> Decimal {
    Decimal::new(5, -1).and_then(|half| value.checked_mul(half)).unwrap_or(value)
}

/// Whether `claim` keeps to a fact that is no more than a bound, by this factor at least.
pub fn within(claim: &Measure, bound: &Measure, times: Decimal) -> bool {
    let scaled = |value: Decimal| value.checked_mul(times).unwrap_or(value);
    claim.dimension == bound.dimension
        // Who writes the same bound means the same bound, and who turns it means another.
        && sense(claim.qualifier) != sense(bound.qualifier)
        && !(claim.low == bound.low && sense(claim.qualifier) != Sense::Exact)
        && match sense(bound.qualifier) {
            Sense::Up => claim.low >= scaled(bound.low),
            Sense::Down => scaled(claim.high) <= bound.high,
            _ => false,
        }
}

/// Whether both numbers are written in the same unit.
fn same_unit(claim: &Measure, fact: &Measure) -> bool {
    let (Some(a), Some(b)) = (claim.low.checked_mul(fact.raw), fact.low.checked_mul(claim.raw))
    else {
        return false;
    };
    claim.dimension == fact.dimension && a == b
}

/// Whether a number is written to a smaller place than another: 980 beside 1,000.
fn finer(claim: Decimal, fact: Decimal) -> bool {
    place(claim) < place(fact)
}

/// The power of ten of a number's last digit that is not a zero.
fn place(value: Decimal) -> i32 {
    let (mut coefficient, mut exponent) = (value.coefficient(), value.exponent());
    while coefficient != 0 && coefficient % 10 == 0 {
        coefficient /= 10;
        exponent += 1;
    }
    exponent
}

/// How far "about" reaches at most for a number written in digits: one and a half of its last
/// place that is not a zero. "About 430" is not said of 412.
fn told(claim: &Measure, value: Decimal) -> Decimal {
    if claim.in_words || claim.raw.is_zero() {
        return value.abs();
    }
    let unit =
        Decimal::new(15, place(claim.raw) - 1).and_then(|reach| reach.checked_mul(value.abs()));
    unit.and_then(|reach| reach.checked_div(claim.raw.abs())).unwrap_or(value.abs())
}

/// Whether the number was written with trailing zeros, so that its last places may be round.
fn is_round(claim: &Measure) -> bool {
    claim.raw.exponent() >= 1
}

fn qualifiers(said: Sense, meant: Sense, equal: bool) -> Match {
    use Sense::*;
    match (said, meant) {
        (a, b) if a == b => Match::Agrees,
        (Exact, Exact) => Match::Agrees,
        // Rounding away from the figure already makes it vaguer.
        (Exact, _) if !equal => Match::Agrees,
        (Exact, _) => Match::QualifierDropped,
        (Up, Down | Nearly) | (Down | Nearly, Up) => Match::BoundFlipped,
        // A report that gives a plain figure may have rounded it: "over 31 million" of 31 million.
        (Up | Down | Nearly, Exact) => Match::Agrees,
        (Round, Exact) => Match::Agrees,
        (Round, Nearly) | (Nearly, Round) => Match::Agrees,
        (Nearly, Down) => Match::QualifierChanged,
        (_, _) => Match::QualifierChanged,
    }
}
