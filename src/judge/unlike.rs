//! Pairs of values of which the one is hardly told by mistake for the other, however alike the words
//! beside them.

use super::nature::of_a_size;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::figure::Per;
use crate::value::{Decimal, Qualifier};

/// A length of time is no slip for one that is so many times longer.
const OTHER_LENGTH: i64 = 40;
/// The first few places of an order.
const FIRST_FEW: i64 = 3;

/// Whether two figures lie more than a hundred times apart and have no digits in common that tell the one as
/// a slip for the other.
pub(super) fn sizes(a: &Statement, b: &Statement) -> bool {
    let raw = |statement: &Statement| statement.measure.as_ref().map(|m| m.raw.coefficient());
    counts(a) && counts(b) && !of_a_size(a, b) && raw(a) != raw(b)
}

/// Words between "only" and a date that it sets apart, at most: "only in 2031".
const SETS_APART: usize = 1;

/// Whether a date is told as the exception: "only in 2031", "except in 2031".
pub(super) fn is_exception(claim: &Statement) -> bool {
    let sets_apart = ["only", "except"].map(Mark::function);
    let gap = claim.beside.since(|word| sets_apart.contains(&word));
    claim.measure.is_none() && gap.is_some_and(|gap| gap <= SETS_APART)
}

fn counts(statement: &Statement) -> bool {
    statement.measure.as_ref().is_some_and(|m| m.dimension == Dimension::Count)
}

/// Whether two lengths of time are so far apart that the one is not told wrongly for the other.
pub(super) fn lengths(claim: &Statement, fact: &Statement) -> bool {
    let length = |statement: &Statement| {
        let measure = statement.measure.as_ref().filter(|m| m.dimension == Dimension::Time)?;
        (measure.raw != Decimal::ZERO).then_some((measure.low.abs(), measure.raw))
    };
    length(claim).zip(length(fact)).is_some_and(|((a, written), (b, other))| {
        let many = Decimal::from(OTHER_LENGTH);
        let apart = |a: Decimal, b: Decimal| a.checked_mul(many).is_some_and(|a| a < b);
        written != other && (apart(a, b) || apart(b, a))
    })
}

/// Whether a claim is one of the first places in an order and the fact a count of many: "the first doses" of
/// "the first 400,000 doses".
pub(super) fn place_and_count(claim: &Statement, fact: &Statement) -> bool {
    let measure = |statement: &Statement, dimension: Dimension| {
        statement.measure.as_ref().filter(|m| m.dimension == dimension).map(|m| m.low)
    };
    let places = measure(claim, Dimension::Ordinal).zip(measure(fact, Dimension::Count));
    let many = Decimal::from(OTHER_LENGTH);
    places.is_some_and(|(place, count)| {
        place <= Decimal::from(FIRST_FEW) && place.checked_mul(many).is_some_and(|far| far < count)
    })
}

/// Whether one of two places in an order is among the first few and the other far behind.
pub(super) fn orders(claim: &Statement, fact: &Statement) -> bool {
    let order = |statement: &Statement| {
        statement.measure.as_ref().filter(|m| m.dimension == Dimension::Ordinal).map(|m| m.low)
    };
    order(claim).zip(order(fact)).is_some_and(|(a, b)| {
        a.min(b) <= Decimal::from(FIRST_FEW) && a.max(b) > Decimal::from(2 * FIRST_FEW)
    })
}

/// Whether one of two values is told per unit of something and the other not, and they are far apart.
pub(super) fn rates(claim: &Statement, fact: &Statement) -> bool {
    claim.measure.as_ref().zip(fact.measure.as_ref()).is_some_and(|(a, b)| {
        let twice = |value: Decimal| value.checked_add(value);
        let rate = |m: &Measure| matches!(m.per, Some(Per::Unit(_)));
        rate(a) != rate(b)
            && a.raw != b.raw
            && (twice(a.low).is_none_or(|a| a < b.low) || twice(b.low).is_none_or(|b| b < a.low))
    })
}

/// Whether only one of two figures is the length of a list: "outside the top 100".
pub(super) fn lists(claim: &Statement, fact: &Statement) -> bool {
    // "Topped €6 trillion" is told of no list.
    let top =
        |statement: &Statement| counts(statement) && statement.beside.follows(Mark::content("top"));
    top(claim) != top(fact)
}

/// Whether only one of two lengths counts from what was told before: "nine months later".
pub(super) fn counted_from(claim: &Statement, fact: &Statement) -> bool {
    let counted = |statement: &Statement| {
        let mut words = ["later", "earlier", "before", "after"].iter();
        words.any(|word| {
            statement.beside.leads(Mark::content(word))
                || statement.beside.leads(Mark::function(word))
        })
    };
    let time = |statement: &Statement| {
        statement.measure.as_ref().is_some_and(|m| m.dimension == Dimension::Time && !m.age)
    };
    time(claim) && time(fact) && counted(claim) != counted(fact)
}

/// Whether a claim names one of something and a fact counts more than a few: "one bull" is no herd of ten.
pub(super) fn single(claim: &Statement, fact: &Statement) -> bool {
    let count = |statement: &Statement| {
        statement.measure.as_ref().filter(|_| counts(statement)).map(|m| m.raw)
    };
    let in_words = claim.measure.as_ref().is_some_and(|m| m.in_words);
    in_words
        && count(claim) == Some(Decimal::ONE)
        && count(fact).is_some_and(|many| many > Decimal::from(FIRST_FEW))
}

/// Whether a fact tells since when something is so and the claim only when something is: "goes in 2028".
pub(super) fn since(claim: &Statement, fact: &Statement) -> bool {
    fact.date_qualifier() == Some(Qualifier::Since) && claim.date_qualifier().is_none()
}

/// Whether of two dates the one tells an end and the other a start: "before Thursday", "since Sunday".
pub(super) fn ends(a: &Statement, b: &Statement) -> bool {
    use Qualifier::{After, Before, By, Since, Until};
    let end = |date: &Statement| matches!(date.date_qualifier(), Some(Before | By | Until));
    let start = |date: &Statement| matches!(date.date_qualifier(), Some(Since | After));
    end(a) && start(b) || start(a) && end(b)
}
