//! Figures: exact decimals with unit, bound and written precision.

use super::{Decimal, Qualifier};

/// What sort of figure was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FigureKind {
    /// A plain count or number.
    Number,
    /// "12th", "twelfth", "every ninth".
    Ordinal,
    /// "two thirds", "one in nine"; [`Figure::fraction`] holds the exact terms.
    Fraction,
    /// "doubled", "threefold", "three times".
    Multiplier,
    /// A percentage, percentage points, basis points or per mille; the unit tells which.
    Percent,
    /// An amount of money.
    Money,
    /// A number with a unit of measure.
    Quantity,
    /// A ratio or score: "3-2", "5:1". `low` and `high` hold the two terms as written.
    Ratio,
    /// "dozens", "hundreds of", "a handful": `low` and `high` bound what the word allows.
    Vague,
}

/// What a figure counts or measures in.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Unit {
    /// A bare number.
    #[default]
    None,
    /// Per cent; the figure is not divided by a hundred.
    Percent,
    /// Percentage points.
    PercentagePoint,
    /// Basis points.
    BasisPoint,
    /// Per mille.
    PerMille,
    /// Money: an ISO 4217 code where clear, else the lower-case singular name.
    Money(std::sync::Arc<str>),
    /// A unit of measure by its canonical name in `rules/units` (lower-case singular US name).
    Measure(std::sync::Arc<str>),
}

/// "a week", "per 100,000", "a head": what the figure is stated per.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Per {
    /// Per a unit of measure or time, by canonical name.
    Unit(std::sync::Arc<str>),
    /// Per so many of something ("per 100,000 people").
    Number(Decimal),
}

/// Up or down, where the words around the figure say so ("rose 3%", "a fall of 6%").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Rose, grew, up.
    Up,
    /// Fell, shrank, down.
    Down,
}

/// One figure as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What sort of figure.
    pub kind: FigureKind,
    /// The value, in the unit named; the lower end of a range.
    pub low: Decimal,
    /// The upper end of a range, in the same unit.
    pub high: Option<Decimal>,
    /// Numerator and denominator of a fraction in lowest terms.
    pub fraction: Option<(u64, u64)>,
    /// The unit.
    pub unit: Unit,
    /// "£9 a day", "20 million tons per year".
    pub per: Option<Per>,
    /// "more than", "about", ...
    pub qualifier: Option<Qualifier>,
    /// Up or down.
    pub direction: Option<Direction>,
    /// One unit of the last stated place: 0.1 million for "3.9 million", 100 for "3,800".
    pub step: Decimal,
    /// Whether the number was written in words.
    pub in_words: bool,
    /// The currency was not named in full ("$", "dollars").
    pub unit_assumed: bool,
    /// Written in a minor unit ("58 cents"); the value is in the main one.
    pub minor: bool,
}

impl Figure {
    /// A bare number with no unit or qualifier.
    pub fn number(value: Decimal, step: Decimal) -> Self {
        Figure {
            kind: FigureKind::Number,
            low: value,
            high: None,
            fraction: None,
            unit: Unit::None,
            per: None,
            qualifier: None,
            direction: None,
            step,
            in_words: false,
            unit_assumed: false,
            minor: false,
        }
    }
}
