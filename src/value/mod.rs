//! What a text can state: figures, dates, durations, quotations and names, with nothing of what
//! was said thrown away (bound, written precision, unit, granularity).

pub mod date;
pub mod decimal;
pub mod figure;
pub mod name;
pub mod quote;

pub use date::{Date, Duration, Recurrence};
pub use decimal::Decimal;
pub use figure::Figure;
pub use name::Name;
pub use quote::Quote;

/// One typed value read from a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// A number with whatever unit it carries, or a range of them.
    Figure(Figure),
    /// A point or stretch of calendar or clock time.
    Date(Date),
    /// A length of time.
    Duration(Duration),
    /// A recurrence such as "daily" or "every Monday".
    Set(Recurrence),
    /// Words in quotation marks.
    Quote(Quote),
    /// A person, organisation, place or title.
    Name(Name),
}

/// What a text says about how its figure relates to the true value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Qualifier {
    /// "more than", "over", "above".
    Over,
    /// "at least", "or more", "no fewer than".
    AtLeast,
    /// "less than", "fewer than", "below".
    Under,
    /// "at most", "up to", "no more than", "as many as".
    AtMost,
    /// "about", "around", "some", "roughly".
    About,
    /// "nearly", "almost", "just under".
    Nearly,
    /// "just over", "a little more than".
    JustOver,
    /// "exactly", "precisely".
    Exactly,
    /// "before" a date.
    Before,
    /// "after" a date.
    After,
    /// "since" a date.
    Since,
    /// "until" a date.
    Until,
    /// "by" a date.
    By,
    /// "early" in a period.
    Early,
    /// "mid" of a period.
    Mid,
    /// "late" in a period.
    Late,
}

impl Qualifier {
    /// The word used in machine-readable output.
    pub fn id(self) -> &'static str {
        match self {
            Qualifier::Over => "over",
            Qualifier::AtLeast => "at_least",
            Qualifier::Under => "under",
            Qualifier::AtMost => "at_most",
            Qualifier::About => "about",
            Qualifier::Nearly => "nearly",
            Qualifier::JustOver => "just_over",
            Qualifier::Exactly => "exactly",
            Qualifier::Before => "before",
            Qualifier::After => "after",
            Qualifier::Since => "since",
            Qualifier::Until => "until",
            Qualifier::By => "by",
            Qualifier::Early => "early",
            Qualifier::Mid => "mid",
            Qualifier::Late => "late",
        }
    }

    /// The qualifier with this [`Qualifier::id`].
    pub fn from_id(id: &str) -> Option<Self> {
        use Qualifier::*;
        [
            Over, AtLeast, Under, AtMost, About, Nearly, JustOver, Exactly, Before, After, Since,
            Until, By, Early, Mid, Late,
        ]
        .into_iter()
        .find(|qualifier| qualifier.id() == id)
    }
}
