//! How errors look: digits exchanged, one digit or one part of a date changed, a zero too many.

use crate::statement::{Dimension, Statement};
use crate::value::date::{DateValue, PartialDate, YearPart};
use crate::value::{Decimal, Value};

/// How much likelier (above 1) or less likely (below 1) it is that the claim's value is an error
/// for the fact's than that the two speak of different things. Errors of copying keep most digits
/// (Wiseman, Cairns and others 2011, "A taxonomy of number entry error").
pub fn likelihood(claim: &Statement, fact: &Statement) -> f32 {
    match (&claim.measure, &fact.measure) {
        (Some(x), Some(y)) if x.is_range() != y.is_range() => 0.9,
        (Some(x), Some(y)) if x.is_range() => {
            if x.low == y.low || x.high == y.high {
                ONE_END
            } else {
                1.0
            }
        }
        (Some(x), Some(y)) => figures(x.raw, y.raw),
        _ => match (&claim.mention.value, &fact.mention.value) {
            (Value::Date(x), Value::Date(y)) if x.relative && y.relative => 1.0,
            (Value::Date(x), Value::Date(y)) => match (&x.value, &y.value) {
                (DateValue::Day(x), DateValue::Day(y)) => dates(x, y),
                (DateValue::Range(a, b), DateValue::Range(x, y)) if a == x || b == y => ONE_END,
                _ => 1.0,
            },
            _ => 1.0,
        },
    }
}

/// Two ranges with one end in common are hardly ranges of two things.
const ONE_END: f32 = 1.6;

fn figures(claim: Decimal, fact: Decimal) -> f32 {
    let (x, y) = (claim.abs().to_f64(), fact.abs().to_f64());
    let ratio = if x > y { x / y.max(1e-9) } else { y / x.max(1e-9) };
    let digits = |value: Decimal| value.coefficient().unsigned_abs().to_string();
    let (a, b) = (digits(claim), digits(fact));
    let zeros = |text: &str| text.trim_end_matches('0').to_owned();
    let places =
        if !claim.is_integer() && fact.is_integer() || claim.is_integer() && !fact.is_integer() {
            0.85
        } else {
            1.0
        };
    let alike = match () {
        () if zeros(&a) == zeros(&b) => 1.3,
        () if a.len() > 1 && b.len() > 1 && strsim::osa_distance(&a, &b) == 1 => 1.3,
        () if a.len() == b.len() && digits_slip(&a, &b) => 1.3,
        () if ratio <= 1.35 => 1.15,
        () if ratio <= 3.0 => 1.0,
        () if ratio <= 10.0 => 0.9,
        () => 0.75,
    };
    alike * places
}

fn dates(a: &PartialDate, b: &PartialDate) -> f32 {
    let month = |date: &PartialDate| match date.part {
        YearPart::Month(month) | YearPart::Day(month, _) => Some(month),
        _ => None,
    };
    let day = |date: &PartialDate| match date.part {
        YearPart::Day(_, day) => Some(day),
        _ => None,
    };
    // "Spring" for "autumn", "the first quarter" for "the second".
    let seasonal = |part: YearPart| {
        matches!(part, YearPart::Season(_) | YearPart::Quarter(_) | YearPart::Half(_))
    };
    if seasonal(a.part)
        && a.part != b.part
        && std::mem::discriminant(&a.part) == std::mem::discriminant(&b.part)
        && (a.year.is_none() || b.year.is_none() || a.year == b.year)
    {
        return 1.5;
    }
    let same = |x: Option<i32>, y: Option<i32>| matches!((x, y), (Some(x), Some(y)) if x == y);
    let parts = [
        (a.year, b.year),
        (month(a).map(i32::from), month(b).map(i32::from)),
        (day(a).map(i32::from), day(b).map(i32::from)),
    ];
    let told = parts.iter().filter(|(x, y)| x.is_some() && y.is_some()).count();
    let equal = parts.iter().filter(|(x, y)| same(*x, *y)).count();
    match (told, equal) {
        (2.., equal) if equal + 1 == told => 1.3,
        (2.., 0) => 0.8,
        (1, 0) => match (a.year, b.year) {
            (Some(x), Some(y)) if (x - y).abs() <= 3 || (x - y).abs() % 10 == 0 => 1.15,
            (Some(_), Some(_)) => 0.95,
            _ => 1.0,
        },
        _ => 1.0,
    }
}

/// Whether one value looks like a slip of the other: digits exchanged, one digit or one part of
/// a date different.
pub fn slip(a: &Statement, b: &Statement) -> bool {
    match (&a.measure, &b.measure) {
        (Some(x), Some(y)) => {
            x.dimension == y.dimension
                && x.dimension != Dimension::Share
                && x.raw.abs() >= Decimal::from(20)
                && digits_slip(&x.raw.to_string(), &y.raw.to_string())
        }
        _ => match (&a.mention.value, &b.mention.value) {
            (Value::Date(x), Value::Date(y)) => match (&x.value, &y.value) {
                (DateValue::Day(x), DateValue::Day(y)) => dates_slip(x, y),
                _ => false,
            },
            _ => false,
        },
    }
}

fn digits_slip(a: &str, b: &str) -> bool {
    a.len() == b.len() && {
        let different = a.bytes().zip(b.bytes()).filter(|(x, y)| x != y).count();
        let sorted = |s: &str| {
            let mut bytes = s.as_bytes().to_vec();
            bytes.sort_unstable();
            bytes
        };
        (different == 1 && a.len() > 2) || (different > 0 && sorted(a) == sorted(b))
    }
}

fn dates_slip(a: &PartialDate, b: &PartialDate) -> bool {
    let month = |date: &PartialDate| match date.part {
        YearPart::Month(month) | YearPart::Day(month, _) => Some(month),
        _ => None,
    };
    let (Some(m), Some(n)) = (month(a), month(b)) else { return false };
    let day = |date: &PartialDate| match date.part {
        YearPart::Day(_, day) => Some(i32::from(day)),
        _ => None,
    };
    let years = match (a.year, b.year) {
        (Some(x), Some(y)) => (x - y).abs(),
        _ => 0,
    };
    match (day(a), day(b)) {
        // The same month a day or three apart, or the same day of another month or year.
        (Some(x), Some(y)) => {
            (m == n && years == 0 && (x - y).abs() <= 3) || (x == y && (m == n || years == 0))
        }
        (None, None) => m == n && years <= 3,
        _ => m == n && years <= 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        assert!(digits_slip("6240", "6420"));
        assert!(digits_slip("8412", "8142"));
        assert!(!digits_slip("288", "78"));
        assert!(!digits_slip("121", "187"));
        assert!(!digits_slip("58", "18"));
    }

    #[test]
    fn likely_and_unlikely_errors() {
        let odds =
            |a: &str, b: &str| figures(Decimal::parse(a).unwrap(), Decimal::parse(b).unwrap());
        assert!(odds("870", "780") > 1.2);
        assert!(odds("16", "160") > 1.2);
        assert!(odds("5.5", "5.8") > 1.1);
        assert!(odds("288", "2.4") < 0.8);
        assert!(odds("134", "1") < 0.8);
    }
}
