//! Exact decimals of up to 38 significant digits: an integer coefficient and a power of ten.

use std::cmp::Ordering;
use std::fmt;

/// `coefficient × 10^exponent`, kept without trailing zeros in the coefficient, so that equal
/// values are equal structures. The written precision is kept elsewhere
/// ([`super::Figure::step`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Decimal {
    coefficient: i128,
    exponent: i32,
}

/// Exponents beyond this are refused: no text means them, and they would only cost memory to print.
const MAX_EXPONENT: i32 = 400;
/// Significant digits kept by [`Decimal::checked_div`].
const DIVISION_DIGITS: u32 = 30;

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal { coefficient: 0, exponent: 0 };
    /// One.
    pub const ONE: Decimal = Decimal { coefficient: 1, exponent: 0 };
    /// One hundred.
    pub const HUNDRED: Decimal = Decimal { coefficient: 1, exponent: 2 };

    /// `coefficient × 10^exponent`; `None` if the exponent is beyond ±400.
    pub fn new(coefficient: i128, exponent: i32) -> Option<Self> {
        if coefficient == 0 {
            return Some(Decimal::ZERO);
        }
        let (coefficient, exponent) = stripped(coefficient, exponent);
        (exponent.abs() <= MAX_EXPONENT).then_some(Decimal { coefficient, exponent })
    }

    /// A power of ten.
    pub fn power_of_ten(exponent: i32) -> Option<Self> {
        Decimal::new(1, exponent)
    }

    /// Reads `-?digits[.digits]` and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
        if whole.is_empty() && decimals.is_empty() {
            return None;
        }
        // Zeros at the end of a whole number only move the exponent.
        let (whole, zeros) = match decimals {
            "" => {
                let kept = whole.trim_end_matches('0');
                (kept, whole.len() - kept.len())
            }
            _ => (whole, 0),
        };
        let mut coefficient: i128 = 0;
        for byte in whole.bytes().chain(decimals.bytes()) {
            let digit = byte.is_ascii_digit().then(|| i128::from(byte - b'0'))?;
            coefficient = coefficient.checked_mul(10)?.checked_add(digit)?;
        }
        let exponent = i32::try_from(zeros).ok()? - i32::try_from(decimals.len()).ok()?;
        Decimal::new(if negative { -coefficient } else { coefficient }, exponent)
    }

    /// The integer coefficient, without trailing zeros.
    pub fn coefficient(self) -> i128 {
        self.coefficient
    }

    /// The power of ten.
    pub fn exponent(self) -> i32 {
        self.exponent
    }

    /// Whether the value is zero.
    pub fn is_zero(self) -> bool {
        self.coefficient == 0
    }

    /// Whether the value is below zero.
    pub fn is_negative(self) -> bool {
        self.coefficient < 0
    }

    /// Whether the value has no decimals.
    pub fn is_integer(self) -> bool {
        self.exponent >= 0
    }

    /// The value as an integer, if it is one and fits.
    pub fn to_i64(self) -> Option<i64> {
        let factor = 10i128.checked_pow(u32::try_from(self.exponent).ok()?)?;
        i64::try_from(self.coefficient.checked_mul(factor)?).ok()
    }

    /// Without the sign.
    pub fn abs(self) -> Self {
        Decimal { coefficient: self.coefficient.abs(), ..self }
    }

    fn aligned(self, other: Self) -> Option<(i128, i128, i32)> {
        let exponent = self.exponent.min(other.exponent);
        let scale = |d: Decimal| {
            let factor = POWERS.get((d.exponent - exponent) as usize)?;
            d.coefficient.checked_mul(*factor)
        };
        Some((scale(self)?, scale(other)?, exponent))
    }

    /// Sum; `None` if it needs more than 38 digits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return Some(self);
        }
        if self.is_zero() {
            return Some(other);
        }
        let (a, b, exponent) = self.aligned(other)?;
        Decimal::new(a.checked_add(b)?, exponent)
    }

    /// Difference; `None` if it needs more than 38 digits.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(Decimal { coefficient: -other.coefficient, ..other })
    }

    /// Product; `None` if it needs more than 38 digits.
    pub fn checked_mul(self, other: Self) -> Option<Self> {
        let coefficient = self.coefficient.checked_mul(other.coefficient)?;
        Decimal::new(coefficient, self.exponent.checked_add(other.exponent)?)
    }

    /// Quotient, cut to 30 significant digits where it does not end; `None` for division by zero.
    pub fn checked_div(self, other: Self) -> Option<Self> {
        if other.is_zero() {
            return None;
        }
        if self.is_zero() {
            return Some(Decimal::ZERO);
        }
        if self == other {
            return Some(Decimal::ONE);
        }
        let mut numerator = self.coefficient;
        let mut exponent = self.exponent - other.exponent;
        let digits = |n: i128| n.unsigned_abs().checked_ilog10().unwrap_or(0);
        // All missing digits at once; one by one only where that is too many.
        let missing =
            (DIVISION_DIGITS + digits(other.coefficient)).saturating_sub(digits(numerator));
        if let Some(whole) =
            10i128.checked_pow(missing).and_then(|size| numerator.checked_mul(size))
        {
            numerator = whole;
            exponent -= missing as i32;
        }
        while digits(numerator) < DIVISION_DIGITS + digits(other.coefficient) {
            let Some(next) = numerator.checked_mul(10) else { break };
            numerator = next;
            exponent -= 1;
        }
        Decimal::new(numerator / other.coefficient, exponent)
    }

    /// Nearest value with no digits below the place of `step` (a power of ten), halves away from zero.
    pub fn round_to(self, step: Decimal) -> Self {
        let drop = step.exponent - self.exponent;
        if drop <= 0 {
            return self;
        }
        let Some(factor) = u32::try_from(drop).ok().and_then(|d| 10i128.checked_pow(d)) else {
            return Decimal::ZERO;
        };
        let (quotient, rest) = (self.coefficient / factor, self.coefficient % factor);
        let up = i128::from(rest.abs() * 2 >= factor) * rest.signum();
        Decimal::new(quotient + up, step.exponent).unwrap_or(self)
    }

    /// The nearest float: for ranking and drawing only, never for comparing figures.
    pub fn to_f64(self) -> f64 {
        self.coefficient as f64 * 10f64.powi(self.exponent)
    }
}

/// The powers of ten that a coefficient can hold.
const POWERS: [i128; 39] = {
    let mut powers = [1; 39];
    let mut at = 1;
    while at < powers.len() {
        powers[at] = powers[at - 1] * 10;
        at += 1;
    }
    powers
};

/// Moves the zeros at the end of a coefficient that is not zero to the exponent.
fn stripped(mut coefficient: i128, mut exponent: i32) -> (i128, i32) {
    // Division of 128 bits is slow: small numbers go apart, and of others the larger steps first.
    if i64::try_from(coefficient).is_err() {
        for zeros in [16, 8, 4, 2, 1] {
            while coefficient % POWERS[zeros] == 0 {
                coefficient /= POWERS[zeros];
                exponent += zeros as i32;
            }
        }
    }
    match i64::try_from(coefficient) {
        Ok(mut small) => {
            while small % 10 == 0 {
                small /= 10;
                exponent += 1;
            }
            (i128::from(small), exponent)
        }
        Err(_) => (coefficient, exponent),
    }
}

impl From<i64> for Decimal {
    fn from(value: i64) -> Self {
        // An i64 has at most 19 digits, so the exponent stays tiny.
        Decimal::new(i128::from(value), 0).unwrap_or(Decimal::ZERO)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        let sign = self.coefficient.signum().cmp(&other.coefficient.signum());
        if sign != Ordering::Equal || self.is_zero() {
            return sign;
        }
        match self.aligned(*other) {
            Some((a, b, _)) => a.cmp(&b),
            // Too far apart to align: the one with the higher leading place is the larger in size.
            None => {
                let place = |d: &Decimal| {
                    i64::from(d.coefficient.unsigned_abs().ilog10()) + i64::from(d.exponent)
                };
                let by_size = place(self).cmp(&place(other));
                if self.is_negative() { by_size.reverse() } else { by_size }
            }
        }
    }
}

/// Plain digits without exponent, separators or trailing zeros: `1250000`, `-0.5`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.coefficient.unsigned_abs().to_string();
        let sign = if self.is_negative() { "-" } else { "" };
        if self.exponent >= 0 {
            return write!(f, "{sign}{digits}{}", "0".repeat(self.exponent as usize));
        }
        let decimals = self.exponent.unsigned_abs() as usize;
        match digits.len().checked_sub(decimals) {
            Some(split) if split > 0 => {
                write!(f, "{sign}{}.{}", &digits[..split], &digits[split..])
            }
            _ => write!(f, "{sign}0.{}{digits}", "0".repeat(decimals - digits.len())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn d(text: &str) -> Decimal {
        Decimal::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn arithmetic_and_rounding() {
        assert_eq!(d("1.10"), d("1.1"));
        assert_eq!(d("251.6").checked_sub(d("214.0")), Some(d("37.6")));
        assert_eq!(
            d("18.6").checked_div(d("1.1")).map(|q| q.round_to(d("0.01"))),
            Some(d("16.91"))
        );
        assert_eq!(d("38.4").round_to(Decimal::ONE), d("38"));
        assert_eq!(d("-2.5").round_to(Decimal::ONE), d("-3"));
        assert_eq!(d("44").round_to(d("100")), d("0"));
        assert_eq!(Decimal::new(1, 500), None);
        assert_eq!(d("1").checked_div(Decimal::ZERO), None);
    }

    #[test]
    fn refuses_what_is_not_a_plain_decimal() {
        for text in ["", "-", ".", "1e5", "1,000", "--1", "1.2.3", &"9".repeat(60)] {
            assert_eq!(Decimal::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn printed_values_read_back(coefficient in any::<i64>(), exponent in -30i32..30) {
            let value = Decimal::new(i128::from(coefficient), exponent).expect("in range");
            prop_assert_eq!(Decimal::parse(&value.to_string()), Some(value));
        }

        #[test]
        fn order_is_that_of_the_numbers(a in any::<i32>(), b in any::<i32>(), e in -20i32..20) {
            let x = Decimal::new(i128::from(a), e).expect("in range");
            let y = Decimal::new(i128::from(b), e).expect("in range");
            prop_assert_eq!(x.cmp(&y), a.cmp(&b));
            prop_assert_eq!(x.checked_add(y).and_then(|s| s.checked_sub(y)), Some(x));
        }
    }
}
