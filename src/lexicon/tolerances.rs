//! `rules/tolerances.toml`: how far a figure may lie from the report's and still agree.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::value::Decimal;

/// Shares of the report's figure by which a derivative's may differ, by how it is qualified.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tolerances {
    /// "about", "some".
    pub about: Share,
    /// "nearly", "almost".
    pub nearly: Share,
    /// The same for a share in words: "nearly a third".
    pub nearly_share: Share,
    /// "more than", "fewer than".
    pub bound: Share,
    /// No qualifier, a round number.
    pub round: Share,
    /// The same for a share in words: "two thirds".
    pub round_share: Share,
    /// Any rounding that the written places show.
    pub rounding: Share,
}

/// A share between 0 and 1, written as a decimal in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Share(pub Decimal);

impl TryFrom<String> for Share {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match Decimal::parse(&text) {
            Some(share) if !share.is_negative() && share <= Decimal::ONE => Ok(Share(share)),
            _ => Err(format!("{text:?} is not a share between \"0\" and \"1\", such as \"0.05\"")),
        }
    }
}

impl Share {
    /// This share of a value, without its sign.
    pub fn of(self, value: Decimal) -> Decimal {
        value.abs().checked_mul(self.0).unwrap_or(Decimal::ZERO)
    }
}

/// The tolerances that ship with the program.
pub fn shipped() -> &'static Tolerances {
    static SHIPPED: LazyLock<Tolerances> = LazyLock::new(|| super::table("tolerances.toml"));
    &SHIPPED
}

impl Default for Tolerances {
    fn default() -> Self {
        shipped().clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_tolerances_are_read() {
        assert_eq!(shipped().about.of(Decimal::from(50)), Decimal::from(3));
        assert!(toml::from_str::<Share>("\"2\"").is_err());
    }
}
