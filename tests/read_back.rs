//! Whatever way a value is printed, it is read back the same.

use factlint::parse::scan::scan;
use factlint::value::figure::{FigureKind, Unit};
use factlint::value::{Decimal, Figure, Value};
use proptest::prelude::*;

/// The one figure that a text states.
fn figure(text: &str) -> Option<Figure> {
    let mut found = scan(text, None);
    match (found.pop()?.value, found.is_empty()) {
        (Value::Figure(figure), true) => Some(figure),
        _ => None,
    }
}

/// Groups the digits of a whole number: "1,234,567", "12,34,567".
fn grouped(whole: u64, separator: &str, groups: &[usize]) -> String {
    let digits = whole.to_string();
    let mut parts = Vec::new();
    let mut end = digits.len();
    let mut sizes = groups.iter().chain(std::iter::repeat(&groups[groups.len() - 1]));
    while end > 0 {
        let size = (*sizes.next().expect("it repeats")).min(end);
        parts.push(&digits[end - size..end]);
        end -= size;
    }
    parts.reverse();
    parts.join(separator)
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in words; `and` tells whether "and" stands behind hundreds, as in Britain.
fn in_words(n: u64, and: bool) -> String {
    let join = |front: String, rest: u64, small: bool| match rest {
        0 => front,
        _ if small && and => format!("{front} and {}", in_words(rest, and)),
        _ => format!("{front} {}", in_words(rest, and)),
    };
    match n {
        0..20 => SMALL[n as usize].to_owned(),
        20..100 if n.is_multiple_of(10) => TENS[n as usize / 10].to_owned(),
        20..100 => format!("{}-{}", TENS[n as usize / 10], SMALL[n as usize % 10]),
        100..1_000 => join(format!("{} hundred", SMALL[n as usize / 100]), n % 100, true),
        _ => {
            let (size, name) = [
                (1_000_000_000_000, "trillion"),
                (1_000_000_000, "billion"),
                (1_000_000, "million"),
                (1_000, "thousand"),
            ]
            .into_iter()
            .find(|(size, _)| n >= *size)
            .expect("it is a thousand at least");
            join(
                format!("{} {name}", in_words(n / size, and)),
                n % size,
                n % size < 100 && size == 1_000,
            )
        }
    }
}

fn decimal(n: u64, places: u32) -> Decimal {
    Decimal::new(i128::from(n), -(places as i32)).expect("it is small")
}

/// "12.5" with all its places.
fn plain(n: u64, places: u32) -> String {
    let size = 10_u64.pow(places);
    match places {
        0 => n.to_string(),
        _ => format!("{}.{:0width$}", n / size, n % size, width = places as usize),
    }
}

/// "19180801" is a day.
fn is_day(n: u64) -> bool {
    (10_000_101..100_000_000).contains(&n)
        && (1..=12).contains(&(n / 100 % 100))
        && (1..=31).contains(&(n % 100))
}

proptest! {
    #[test]
    fn whole_numbers(n in 1_000_000_u64..9_999_999_999) {
        prop_assume!(!is_day(n));
        for text in [
            n.to_string(),
            grouped(n, ",", &[3]),
            grouped(n, " ", &[3]),
            grouped(n, ",", &[3, 2]),
            in_words(n, false),
            in_words(n, true),
        ] {
            let read = figure(&format!("There were {text} of them."));
            prop_assert_eq!(read.map(|f| (f.low, f.kind)), Some((n_of(n), FigureKind::Number)), "{}", text);
        }
    }

    #[test]
    fn small_numbers_in_words(n in 2_u64..100_000, and in any::<bool>()) {
        let text = in_words(n, and);
        let read = figure(&format!("They counted {text} goats."));
        prop_assert_eq!(read.map(|f| f.low), Some(n_of(n)), "{}", text);
    }

    #[test]
    fn money(n in 1_u64..99_999, places in 0_u32..3, power in prop::sample::select(vec![0_u32, 3, 6, 9, 12])) {
        let (written, low) = (plain(n, places), decimal(n, places));
        let scale = match power {
            0 => vec![""],
            3 => vec!["k", " thousand"],
            6 => vec!["m", "mn", " million"],
            9 => vec!["bn", "b", " billion"],
            _ => vec!["tn", " trillion"],
        };
        let low = low.checked_mul(Decimal::power_of_ten(power as i32).expect("small")).expect("small");
        for scale in scale {
            for (text, code) in [
                (format!("${written}{scale}"), "USD"),
                (format!("US${written}{scale}"), "USD"),
                (format!("£{written}{scale}"), "GBP"),
                (format!("EUR {written}{scale}"), "EUR"),
                (format!("{written}{scale} euros"), "EUR"),
                (format!("Rs {written}{scale}"), "INR"),
            ] {
                let read = figure(&format!("It cost {text} to build."));
                let unit = Unit::Money(code.into());
                prop_assert_eq!(read.map(|f| (f.low, f.unit)), Some((low, unit)), "{}", text);
            }
        }
    }

    #[test]
    fn shares_and_quantities(n in 1_u64..9_999, places in 0_u32..3, below in any::<bool>()) {
        let sign = if below { "-" } else { "" };
        let (written, low) = (format!("{sign}{}", plain(n, places)), decimal(n, places));
        let low = if below { Decimal::ZERO.checked_sub(low).expect("small") } else { low };
        for (suffix, unit) in [
            ("%", Unit::Percent),
            (" per cent", Unit::Percent),
            (" percent", Unit::Percent),
            (" percentage points", Unit::PercentagePoint),
            (" basis points", Unit::BasisPoint),
            ("km", Unit::Measure("kilometer".into())),
            (" km", Unit::Measure("kilometer".into())),
            (" square miles", Unit::Measure("square mile".into())),
            ("°C", Unit::Measure("celsius".into())),
            (" degrees Celsius", Unit::Measure("celsius".into())),
            (" GWh", Unit::Measure("gigawatt hour".into())),
        ] {
            let read = figure(&format!("It was {written}{suffix}, she said."));
            prop_assert_eq!(read.map(|f| (f.low, f.unit)), Some((low, unit)), "{}{}", written, suffix);
        }
    }

    #[test]
    fn ranges(a in 1_u64..500, b in 1_u64..500) {
        let (low, high) = (a, a + b);
        for (text, size) in [
            (format!("{low}-{high} tonnes"), 0),
            (format!("{low}–{high} tonnes"), 0),
            (format!("{low} to {high} tonnes"), 0),
            (format!("between {low} and {high} tonnes"), 0),
            (format!("{low} tonnes to {high} tonnes"), 0),
            (format!("{low} to {high} million tonnes"), 6),
            (format!("{low} million to {high} million tonnes"), 6),
        ] {
            let read = figure(&format!("They ship {text} a year."));
            let scaled = |n| n_of(n).checked_mul(Decimal::power_of_ten(size).expect("small"));
            let expected = scaled(low).map(|low| (low, scaled(high)));
            prop_assert_eq!(read.map(|f| (f.low, f.high)), expected, "{}", text);
        }
    }

    #[test]
    fn ordinals_and_fractions(n in 1_u64..10_000, a in 1_u64..9, b in 1_u64..9) {
        let suffix = match (n % 10, n % 100) {
            (_, 11..=13) => "th",
            (1, _) => "st",
            (2, _) => "nd",
            (3, _) => "rd",
            _ => "th",
        };
        let read = figure(&format!("It was the {n}{suffix} attempt."));
        prop_assert_eq!(read.map(|f| (f.low, f.kind)), Some((n_of(n), FigureKind::Ordinal)), "{}", n);
        let (n, d) = (a, a + b);
        let divisor = (1..=n).rev().find(|k| n % k == 0 && d % k == 0).expect("one divides all");
        let read = figure(&format!("About {n}/{d} of it is left."));
        prop_assert_eq!(read.and_then(|f| f.fraction), Some((n / divisor, d / divisor)), "{}/{}", n, d);
    }
}

fn n_of(n: u64) -> Decimal {
    Decimal::new(i128::from(n), 0).expect("it is small")
}
