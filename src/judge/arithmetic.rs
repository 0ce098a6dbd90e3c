//! Values that follow from facts of the report by one step of arithmetic that the wording invites:
//! sums, differences, shares, changes, multiples, spans of time.

use super::aged::{End, life};
use super::course::{Course, ends_of};
use super::date::SOME_YEAR;
use crate::lexicon::cues::{cues, has_cue};
use crate::lexicon::tolerances::Tolerances;
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure};
use crate::value::date::{DAY, DateValue, MONTH, Moment, PartialDate, YEAR, YearPart};
use crate::value::figure::Direction;
use crate::value::{Date, Decimal, Qualifier, Value};

/// The step from facts to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// a + b (+ ...).
    Sum,
    /// a − b.
    Difference,
    /// a ÷ b, as a share.
    Share,
    /// A share of an amount.
    Portion,
    /// (a − b) ÷ b.
    Change,
    /// What a change began with: b where a is so much more or less than it.
    Start,
    /// One less the others.
    Remainder,
    /// An amount ÷ a count.
    Average,
    /// So much for each of so many.
    Product,
    /// a ÷ b, as a multiple.
    Multiple,
    /// From one date to another.
    Elapsed,
    /// Counting what is named.
    Listed,
}

/// How a value was derived.
#[derive(Debug, Clone, PartialEq)]
pub struct Derivation {
    /// What was done.
    pub step: Step,
    /// With which facts.
    pub facts: Vec<FactId>,
    /// What came out, in base units.
    pub result: Decimal,
}

/// At most so many facts are tried in pairs.
const POOL: usize = 14;

/// The parts of a whole are no smaller than this part of the one that is left.
const OF_A_SIZE: i64 = 100;
/// A share and the amount that it is of stand within so many facts.
const NEAR: FactId = 6;
/// Two clock times stand near one of so many facts.
const CLOSEST: usize = 3;

/// Looks for one step of arithmetic on `pool` (facts that speak of the claim's thing, best first)
/// that gives the claim's value. `steps` are the steps that the claim's own words name; without any,
/// only values that are unlikely to come out by chance count.
pub fn derive(
    claim: &Measure,
    pool: &[FactId],
    reference: &Reference,
    steps: &[Step],
    tolerances: &Tolerances,
) -> Option<Derivation> {
    let mut facts: Vec<(FactId, &Measure)> = Vec::new();
    for &id in pool {
        if let Some(measure) = &reference.fact(id).measure
            && !facts.iter().any(|(_, m)| m.dimension == measure.dimension && m.low == measure.low)
        {
            facts.push((id, measure));
        }
        if facts.len() == POOL {
            break;
        }
    }
    let gap = |id: FactId| reference.courses()[id as usize] == Some(Course::Gap);
    let telling = |step: Step| steps.contains(&step) || significant_digits(claim) >= 2;
    let made = |step, facts: &[FactId], result: Option<Decimal>| {
        let result = result?;
        reaches(claim, result, tolerances).then(|| Derivation {
            step,
            facts: facts.to_vec(),
            result,
        })
    };
    for &(id, vote) in &facts {
        if claim.dimension == Dimension::Share && vote.dimension == Dimension::Score {
            // "By 412 to 187": 69 per cent were for it.
            let all = vote.low.checked_add(vote.high);
            let part = |of: Decimal| all.and_then(|all| of.checked_div(all));
            let found = made(Step::Share, &[id], part(vote.low))
                .or_else(|| made(Step::Share, &[id], part(vote.high)));
            if found.is_some() && telling(Step::Share) {
                return found;
            }
        }
    }
    for (i, &(a_id, a)) in facts.iter().enumerate() {
        for &(b_id, b) in &facts[i + 1..] {
            let ids = [a_id, b_id];
            let block = |id| reference.fact(id).block;
            let together = a_id.abs_diff(b_id) <= NEAR && block(a_id) == block(b_id);
            let told = steps.contains(&Step::Portion)
                || significant_digits(claim) >= 3
                // "Some 540" of "612, of which 88%".
                || telling(Step::Portion) && claim.qualifier == Some(Qualifier::About);
            if together {
                // "£46 million, of which the state pays two thirds"
                let part = |whole: &Measure, share: &Measure| {
                    let fits = share.dimension == Dimension::Share
                        && whole.dimension == claim.dimension
                        && whole.dimension != Dimension::Share
                        && !whole.is_range()
                        && !share.is_range();
                    let part = fits.then(|| whole.low.checked_mul(share.low)).flatten()?;
                    // "4.4 million" of "11 million, of which Germany paid 40 percent": to its last digit.
                    let exact = significant_digits(claim) == 2 && part == claim.low;
                    (told && share.qualifier.is_none() || exact).then_some(part)
                };
                let found = made(Step::Portion, &ids, part(a, b).or_else(|| part(b, a)));
                if found.is_some() {
                    return found;
                }
            }
            let one_sentence = reference.fact(a_id).sentence == reference.fact(b_id).sentence;
            // "18.7%, 3.2 points above the requirement"
            let points = |m: &Measure| m.dimension == Dimension::Points && m.direction.is_some();
            let apart = claim.dimension == Dimension::Share && (points(a) || points(b));
            let rises = || is_step_to(reference, ids) || is_step_to(reference, [b_id, a_id]);
            if one_sentence && (steps.contains(&Step::Start) || apart || rises()) {
                let start = |end, change| began(claim, end, change, reference);
                let result = start((a, a_id), (b, b_id)).or_else(|| start((b, b_id), (a, a_id)));
                let found = made(Step::Start, &ids, result);
                if found.is_some() {
                    return found;
                }
            }
            if block(a_id) == block(b_id) && steps.contains(&Step::Average) {
                // "31,200 in 38 performances": 820 a night.
                let average = |amount: &Measure, count: &Measure| {
                    let fits = amount.dimension == claim.dimension
                        && count.dimension == Dimension::Count
                        && amount.low > count.low
                        && count.low > Decimal::ONE
                        && !amount.is_range()
                        && !count.is_range();
                    fits.then(|| amount.low.checked_div(count.low)).flatten()
                };
                let result = average(a, b).or_else(|| average(b, a));
                // "More than 700" of 731.
                let over = || {
                    let result =
                        result.filter(|result| bounds(claim) && just_above(claim, *result))?;
                    Some(Derivation { step: Step::Average, facts: ids.to_vec(), result })
                };
                let found = made(Step::Average, &ids, result).or_else(over);
                let exact = significant_digits(claim) >= 2 || claim.low >= Decimal::from(10);
                if found.is_some() && exact {
                    return found;
                }
            }
            let each = || {
                has_cue(reference.document.slice(reference.fact(a_id).sentence), &cues().average)
            };
            if one_sentence && steps.contains(&Step::Sum) && each() {
                // "150,000 crowns to each of the 39 schools": 5.85 million in all.
                let product = |amount: &Measure, count: &Measure| {
                    let fits = amount.dimension == claim.dimension
                        && amount.dimension != Dimension::Count
                        && count.dimension == Dimension::Count
                        && !amount.is_range()
                        && !count.is_range();
                    fits.then(|| amount.low.checked_mul(count.low)).flatten()
                };
                let found = made(Step::Product, &ids, product(a, b).or_else(|| product(b, a)));
                if found.is_some() {
                    return found;
                }
            }
            // "From 65 to 80 pounds a year": one may leave its rate out, where the other is beside it.
            let rates = a.per == b.per || one_sentence;
            if a.is_range() || b.is_range() || a.dimension != b.dimension || !rates {
                continue;
            }
            let (large, small) = if a.low >= b.low { (a.low, b.low) } else { (b.low, a.low) };
            // What goes into a sum without moving it gives nothing new.
            let moves = || !reaches(claim, large, tolerances);
            // "Together they gave 11.6 million": of what was said before.
            let bare = claim.dimension == Dimension::Count
                && !claim.counted
                && claim.low >= Decimal::from(1_000_000)
                && matches!(a.dimension, Dimension::Money(_))
                && steps.contains(&Step::Sum);
            // "Rose by 9%" is no sum of rates.
            let rate = claim.dimension == Dimension::Share && claim.direction.is_some();
            let alike = (a.dimension == claim.dimension || bare) && !rate;
            if alike && a.dimension != Dimension::Ordinal && moves() {
                // "47 points, three behind the leaders": they have 50.
                let behind = || one_sentence && (gap(a_id) || gap(b_id));
                if (telling(Step::Sum) || behind())
                    && let Some(found) = made(Step::Sum, &ids, large.checked_add(small))
                {
                    return Some(found);
                }
                if telling(Step::Difference)
                    && let Some(found) = made(Step::Difference, &ids, large.checked_sub(small))
                {
                    return Some(found);
                }
            }
            let whole = matches!(
                a.dimension,
                Dimension::Count | Dimension::Money(_) | Dimension::Physical(_) | Dimension::Time
            );
            match claim.dimension {
                Dimension::Share if whole => {
                    // One of so many is no share that anybody works out.
                    let share = (small != Decimal::ONE).then(|| small.checked_div(large)).flatten();
                    let changes = claim.in_words
                        || claim.direction.is_some()
                        || steps.contains(&Step::Difference);
                    // "Came to 2,106 million (2,311)" is no rise.
                    let earlier =
                        |id: FactId| reference.courses()[id as usize] == Some(Course::From);
                    let way = match (earlier(a_id), earlier(b_id)) {
                        (true, false) => Some(b.low > a.low),
                        (false, true) => Some(a.low > b.low),
                        _ => None,
                    };
                    let way = way.map(|up| if up { Direction::Up } else { Direction::Down });
                    let against = way.zip(claim.direction).is_some_and(|(way, told)| way != told);
                    let between = large.checked_sub(small).filter(|_| changes && !against);
                    let change = || between.and_then(|between| between.checked_div(small));
                    let fall = || between.and_then(|between| between.checked_div(large));
                    // "231,600, 38,200 more than a year before": they rose by a fifth.
                    let small_id = if a.low >= b.low { b_id } else { a_id };
                    let start = between.filter(|_| one_sentence && gap(small_id));
                    let grown = || start.and_then(|start| small.checked_div(start));
                    let found = made(Step::Share, &ids, share)
                        .or_else(|| made(Step::Change, &ids, grown()))
                        .or_else(|| made(Step::Change, &ids, change()))
                        .or_else(|| made(Step::Change, &ids, fall()));
                    if found.is_some() {
                        return found;
                    }
                }
                Dimension::Points if a.dimension == Dimension::Share => {
                    let points = large.checked_sub(small);
                    let points = points.and_then(|gap| gap.checked_mul(Decimal::from(100)));
                    if let Some(found) = made(Step::Difference, &ids, points) {
                        return Some(found);
                    }
                }
                Dimension::Share if a.dimension == Dimension::Share => {
                    // "Cut from 21% to 14%": by a third.
                    let ends = || ends_of(reference, a_id).is_some_and(|ends| ends.contains(&b_id));
                    let changed = large.checked_sub(small).filter(|_| claim.in_words && ends());
                    let of = |whole: Decimal| changed.and_then(|gap| gap.checked_div(whole));
                    let rest = large.checked_add(small).and_then(|s| Decimal::ONE.checked_sub(s));
                    let rest = rest.filter(|r| !r.is_negative());
                    let found = made(Step::Change, &ids, of(large))
                        .or_else(|| made(Step::Change, &ids, of(small)))
                        .or_else(|| made(Step::Remainder, &ids, rest));
                    if found.is_some() {
                        return found;
                    }
                }
                Dimension::Score if whole => {
                    // "by roughly three to two": the ratio of the two, roughly.
                    let (more, less) = (claim.low.max(claim.high), claim.low.min(claim.high));
                    let said = more.checked_div(less)?;
                    let result = large.checked_div(small)?;
                    let slack = tolerances.about.of(result);
                    if said.checked_sub(result).is_some_and(|gap| gap.abs() <= slack) {
                        let facts = ids.to_vec();
                        return Some(Derivation { step: Step::Multiple, facts, result });
                    }
                }
                Dimension::Factor if whole || a.dimension == Dimension::Share => {
                    let multiple = large.checked_div(small);
                    let part = small.checked_div(large);
                    let found = made(Step::Multiple, &ids, multiple)
                        .or_else(|| made(Step::Multiple, &ids, part));
                    if found.is_some() {
                        return found;
                    }
                }
                _ => {}
            }
        }
    }
    None
}

/// What something had been that came to `end` by a change, where a claim may tell it.
fn began(
    claim: &Measure,
    (end, end_id): (&Measure, FactId),
    (change, id): (&Measure, FactId),
    reference: &Reference,
) -> Option<Decimal> {
    let told = end.dimension == claim.dimension && !end.is_range() && !change.is_range();
    // "Rises by 1,200 crowns to 31,200": it was 30,000.
    if told && change.dimension == end.dimension && is_step_to(reference, [id, end_id]) {
        return match change.direction? {
            Direction::Up => end.low.checked_sub(change.low),
            Direction::Down => end.low.checked_add(change.low),
        };
    }
    match change.dimension {
        // "12.6 million, an increase of 9.6%": it had been 11.5.
        // "One in twelve, half as many as three years ago": it had been one in six.
        Dimension::Share
            if told
                && change.in_words
                && change.direction.is_none()
                && reference.fact(id).beside.leads(Mark::function("as")) =>
        {
            end.low.checked_div(change.low)
        }
        Dimension::Share => {
            let fits = told && end.dimension != Dimension::Share;
            let factor = match change.direction.filter(|_| fits)? {
                Direction::Up => Decimal::ONE.checked_add(change.low),
                Direction::Down => Decimal::ONE.checked_sub(change.low),
            };
            let result = end.low.checked_div(factor?);
            // A single digit is reached by chance, if not exactly.
            result.filter(|result| significant_digits(claim) >= 2 || *result == claim.low)
        }
        // "18%, six times as many as in 2010": it had been 3%.
        Dimension::Factor => {
            let fits = told && change.low > Decimal::ONE;
            fits.then(|| end.low.checked_div(change.low)).flatten()
        }
        // "61.4%, 3.9 points lower": it had been 65.3%.
        _ => {
            let shares = [claim, end].iter().all(|m| m.dimension == Dimension::Share);
            let points =
                || change.dimension == Dimension::Points || reference.fact(id).counts_points();
            let fits = shares && points();
            let points = change.low.checked_div(Decimal::from(100));
            match change.direction.filter(|_| fits)? {
                Direction::Up => end.low.checked_sub(points?),
                Direction::Down => end.low.checked_add(points?),
            }
        }
    }
}

/// Whether the first fact is how much a change came to and the second what it led to.
fn is_step_to(reference: &Reference, [change, end]: [FactId; 2]) -> bool {
    let told = |fact: FactId| reference.courses()[fact as usize];
    change + 1 == end && told(change) == Some(Course::By) && told(end) == Some(Course::To)
}

/// The sentences of `pool`, each once, in its order.
fn sentences(pool: &[FactId], reference: &Reference) -> Vec<Span> {
    let mut seen: Vec<Span> = Vec::new();
    for &id in pool {
        let sentence = reference.fact(id).sentence;
        if !seen.contains(&sentence) {
            seen.push(sentence);
        }
    }
    seen
}

/// The figures of a sentence that may be added to or taken from a claim's, with their sizes.
fn alike<'r>(
    claim: &'r Measure,
    sentence: Span,
    reference: &'r Reference,
) -> impl Iterator<Item = (FactId, Decimal)> + 'r {
    reference.facts.of_sentence(sentence).filter_map(|(number, fact)| {
        let measure = fact.measure.as_ref()?;
        let fits = measure.dimension == claim.dimension && !measure.is_range();
        fits.then_some((number, measure.low))
    })
}

/// Whether a claim is the sum of three or more figures that stand side by side in a sentence: "793 animals"
/// of "731 sheep, 44 goats and 18 calves". `pool` are facts that speak of the claim's thing.
pub fn total(claim: &Measure, pool: &[FactId], reference: &Reference) -> Option<Derivation> {
    if significant_digits(claim) < 2 {
        return None;
    }
    for sentence in sentences(&pool[..pool.len().min(POOL)], reference) {
        let facts: Vec<_> = alike(claim, sentence, reference).take(POOL).collect();
        for first in 0..facts.len() {
            let mut sum = Decimal::ZERO;
            for (count, (_, size)) in (1..).zip(&facts[first..]) {
                sum = sum.checked_add(*size)?;
                if count > 2 && sum == claim.low {
                    let facts = facts[first..first + count].iter().map(|(fact, _)| *fact).collect();
                    return Some(Derivation { step: Step::Sum, facts, result: sum });
                }
            }
        }
    }
    None
}

/// Whether a claim is what the parts of a whole leave of it: "9.8 million: 5.1 from tickets, 3.3 from
/// grants and the rest from gifts". `pool` are facts that speak of the claim's thing.
pub fn rest(
    claim: &Measure,
    pool: &[FactId],
    reference: &Reference,
    tolerances: &Tolerances,
) -> Option<Derivation> {
    for sentence in sentences(pool, reference) {
        let told = has_cue(reference.document.slice(sentence), &cues().leftover);
        if !told && significant_digits(claim) < 2 {
            continue;
        }
        let mut facts: Vec<_> = alike(claim, sentence, reference).collect();
        // "92,000 in Britain, 41,000 in Ireland and the rest in Norway": the whole is told before.
        let size = |part: &&(FactId, Decimal)| {
            part.1.checked_mul(Decimal::from(OF_A_SIZE)).is_some_and(|most| most >= claim.low)
        };
        let parts = || facts.iter().filter(size);
        if parts().count() >= 2 && told {
            let sum = parts().try_fold(claim.low, |sum, part| sum.checked_add(part.1))?;
            // "The remainder is shared": of all there is.
            if claim.dimension == Dimension::Share && sum == Decimal::ONE {
                let facts = parts().map(|(fact, _)| *fact).collect();
                return Some(Derivation { step: Step::Remainder, facts, result: claim.low });
            }
            let whole = reference.sized(&claim.dimension, sum.to_f64(), sum.to_f64());
            if let Some(whole) = whole.into_iter().next() {
                let parts = parts().map(|(fact, _)| *fact);
                let facts = std::iter::once(whole).chain(parts).collect();
                return Some(Derivation { step: Step::Remainder, facts, result: claim.low });
            }
        }
        if !(3..=POOL).contains(&facts.len()) {
            continue;
        }
        facts.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        let left = |parts: &[(FactId, Decimal)]| {
            parts[1..].iter().try_fold(parts[0].1, |left, part| left.checked_sub(part.1))
        };
        let result = left(&facts).filter(|left| !left.is_negative() && !left.is_zero());
        if let Some(result) = result.filter(|result| reaches(claim, *result, tolerances)) {
            let facts = facts.into_iter().map(|(fact, _)| fact).collect();
            return Some(Derivation { step: Step::Remainder, facts, result });
        }
    }
    None
}

/// Whether a length of time is that between two dates of `pool`, or from one to the report's date.
pub fn elapsed(
    claim: &Measure,
    pool: &[FactId],
    reference: &Reference,
    steps: &[Step],
    tolerances: &Tolerances,
) -> Option<Derivation> {
    if claim.dimension != Dimension::Time && claim.dimension != Dimension::Ordinal {
        return None;
    }
    if let Some(found) = between_clocks(claim, pool, reference, tolerances) {
        return Some(found);
    }
    // "From the rollback until service was back": the two are told in two sentences.
    if steps.contains(&Step::Elapsed) && significant_digits(claim) >= 2 {
        let last = reference.facts.len() as FactId;
        let beside = |id: &FactId| id.saturating_sub(NEAR)..(id + NEAR).min(last);
        let near: Vec<FactId> = pool.iter().take(CLOSEST).flat_map(beside).collect();
        if let Some(found) = between_clocks(claim, &near, reference, tolerances) {
            return Some(found);
        }
    }
    // "Found in June, two months after April": of one year, if none is told.
    let bare = pool.iter().all(|id| match &reference.fact(*id).mention.value {
        Value::Date(Date { value: DateValue::Day(day), .. }) => day.year.is_none(),
        _ => true,
    });
    let day = |id: &FactId| match &reference.fact(*id).mention.value {
        Value::Date(date) => match date.value {
            DateValue::Day(partial @ PartialDate { year: Some(_), .. }) => {
                Some((partial, partial.interval()?.0))
            }
            DateValue::Day(partial)
                if matches!(partial.part, YearPart::Month(_) | YearPart::Day(..)) =>
            {
                let year = if bare { SOME_YEAR } else { year_before(*id, reference)? };
                let partial = PartialDate { year: Some(year), ..partial };
                Some((partial, partial.interval()?.0))
            }
            _ => None,
        },
        _ => None,
    };
    // "From 2 to 27 June" are 25 days, or 26.
    for &id in pool {
        let Value::Date(Date { value: DateValue::Range(Some(from), Some(to)), .. }) =
            &reference.fact(id).mention.value
        else {
            continue;
        };
        let first = |moment: &Moment| moment.date.and_then(|date| Some(date.interval()?.0));
        let Some(days) = first(from).zip(first(to)).and_then(|(a, b)| a.until(b).ok()) else {
            continue;
        };
        for days in [days.get_days(), days.get_days() + 1] {
            let result = Decimal::from(i64::from(days)).checked_mul(Decimal::from(DAY))?;
            if days > 0 && reaches(claim, result, tolerances) {
                return Some(Derivation { step: Step::Elapsed, facts: vec![id], result });
            }
        }
    }
    let mut points: Vec<(Option<FactId>, PartialDate, jiff::civil::Date)> = pool
        .iter()
        .filter_map(|id| day(id).map(|(partial, first)| (Some(*id), partial, first)))
        .take(POOL)
        .collect();
    if let Some(date) = reference.date {
        let partial = PartialDate {
            year: Some(i32::from(date.year())),
            part: YearPart::Day(date.month() as u8, date.day() as u8),
            weekday: None,
        };
        points.push((None, partial, date));
    }
    let (year, month) = (Decimal::from(YEAR), Decimal::from(MONTH));
    for (i, (a_id, a, a_day)) in points.iter().enumerate() {
        for (b_id, b, b_day) in &points[i + 1..] {
            let years = (a.year? - b.year?).abs();
            let whole_years =
                matches!(a.part, YearPart::Whole) || matches!(b.part, YearPart::Whole);
            let days = a_day.until(*b_day).ok()?.get_days().abs();
            let mut results = vec![Decimal::from(i64::from(days)).checked_mul(Decimal::from(DAY))?];
            if whole_years || claim.step >= year {
                results.push(Decimal::from(i64::from(years)).checked_mul(year)?);
            }
            // "The lowest in 20 months", since October 2022.
            let of_month =
                matches!(a.part, YearPart::Month(_)) || matches!(b.part, YearPart::Month(_));
            if of_month && !whole_years && claim.step >= month {
                let months =
                    |day: &jiff::civil::Date| i64::from(day.year()) * 12 + i64::from(day.month());
                let apart = Decimal::from((months(a_day) - months(b_day)).abs());
                results.push(apart.checked_mul(month)?);
            }
            if claim.dimension == Dimension::Ordinal {
                results = vec![Decimal::from(i64::from(years))];
            }
            for result in results {
                if reaches(claim, result, tolerances) {
                    let facts = [a_id, b_id].into_iter().filter_map(|id| *id).collect();
                    return Some(Derivation { step: Step::Elapsed, facts, result });
                }
            }
        }
    }
    None
}

/// Dates before one without a year among which its year is sought.
const YEARS_BACK: usize = 40;

/// The year that the report told last before a date that has none.
fn year_before(fact: FactId, reference: &Reference) -> Option<i32> {
    let dates = reference.dates();
    let here = dates.partition_point(|date| *date < fact);
    dates[..here].iter().rev().take(YEARS_BACK).find_map(|date| {
        match &reference.fact(*date).mention.value {
            Value::Date(date) => date.day()?.year,
            _ => None,
        }
    })
}

/// How old somebody is at one of the dates of `facts` who was born on one that the report tells.
pub fn grown(
    age: &Measure,
    facts: impl Iterator<Item = FactId>,
    reference: &Reference,
) -> Option<Derivation> {
    let years = age.raw.to_i64().filter(|_| !age.is_range())?;
    let date = |fact: FactId| match &reference.fact(fact).mention.value {
        Value::Date(Date { value: DateValue::Day(day), .. }) => Some((*day, day.year?)),
        _ => None,
    };
    let life = |fact: FactId| life(&reference.document, reference.fact(fact));
    // A life tells two days, whatever else one.
    let at = |fact: FactId, end: End| match life(fact) {
        Some(ends) => Some((ends[end as usize], ends[end as usize].year?)),
        None => date(fact),
    };
    let births =
        || reference.births().iter().filter_map(|&fact| Some((fact, at(fact, End::Birth)?)));
    facts.filter_map(|fact| Some((fact, at(fact, End::Death)?))).take(POOL).find_map(
        |(there, (day, year))| {
            let of = births().find(|(_, (born, since))| {
                let whole = i64::from(year) - i64::from(*since);
                // Whose birthday of that year is not known may be a year younger.
                let known = born.interval().zip(day.interval());
                let before = known.is_none_or(|((first, _), (_, last))| {
                    (last.month(), last.day()) < (first.month(), first.day())
                });
                let exact = [born, &day].iter().all(|day| matches!(day.part, YearPart::Day(..)));
                match exact {
                    true => years == whole - i64::from(before),
                    false => years == whole || years == whole - 1,
                }
            });
            let (birth, _) = of.filter(|(birth, _)| *birth != there || life(there).is_some())?;
            let result = age.low;
            Some(Derivation { step: Step::Elapsed, facts: vec![birth, there], result })
        },
    )
}

/// Whether a length of time is that between two clock times, within a day.
fn between_clocks(
    claim: &Measure,
    pool: &[FactId],
    reference: &Reference,
    tolerances: &Tolerances,
) -> Option<Derivation> {
    let clocks = |&id: &FactId| {
        let told = match &reference.fact(id).mention.value {
            Value::Date(Date { value: DateValue::Time { clock, .. }, .. }) => [*clock, None],
            // "From 10 pm to 6 am"
            Value::Date(Date { value: DateValue::Range(Some(from), Some(to)), .. }) => {
                [from.clock, to.clock]
            }
            _ => [None; 2],
        };
        told.into_iter().flatten().map(move |clock| (id, i64::from(clock.minutes())))
    };
    let times: Vec<(FactId, i64)> = pool.iter().flat_map(clocks).take(POOL).collect();
    for (i, &(first, a)) in times.iter().enumerate() {
        for &(second, b) in &times[i + 1..] {
            for minutes in [(a - b).rem_euclid(1440), (b - a).rem_euclid(1440)] {
                let result = Decimal::from(minutes).checked_mul(Decimal::from(60))?;
                if minutes > 0 && reaches(claim, result, tolerances) {
                    return Some(Derivation {
                        step: Step::Elapsed,
                        facts: vec![first, second],
                        result,
                    });
                }
            }
        }
    }
    None
}

/// Digits of the number as written, without the zeros at its end.
pub fn significant_digits(measure: &Measure) -> u32 {
    digits(measure.raw)
}

/// Digits of a number without the zeros at its end.
pub fn digits(value: Decimal) -> u32 {
    value.coefficient().unsigned_abs().checked_ilog10().map_or(0, |log| log + 1)
}

/// Whether a claim tells a value from below.
fn bounds(claim: &Measure) -> bool {
    matches!(claim.qualifier, Some(Qualifier::Over | Qualifier::AtLeast))
}

/// Whether `result` lies so little above the claim's value that a writer would bound it by that.
fn just_above(claim: &Measure, result: Decimal) -> bool {
    let most = Decimal::new(106, -2).and_then(|most| claim.low.checked_mul(most));
    claim.low <= result && most.is_some_and(|most| result <= most)
}

/// Whether `result`, rounded as the claim was written, is the claim's value.
pub fn reaches(claim: &Measure, result: Decimal, tolerances: &Tolerances) -> bool {
    // A bound lies anywhere beside its value: only what was written as the value itself, or as
    // roughly it, can be a result. A share is rounded before it is bounded ("more than nine in ten").
    let bound = bounds(claim);
    let points = claim.dimension == Dimension::Points;
    if points && bound {
        // "More than five points" of 5.4.
        let most = claim.low.checked_add(claim.step);
        return claim.low <= result && most.is_some_and(|most| result < most);
    }
    let written = claim.dimension == Dimension::Share || significant_digits(claim) >= 2;
    if bound && written && !claim.in_words && claim.low <= result {
        // "More than 40%" of 41.8%, "more than 220" of two thirds of 340.
        return just_above(claim, result);
    }
    let loosely = matches!(claim.qualifier, Some(Qualifier::About | Qualifier::Nearly))
        || claim.dimension == Dimension::Share && claim.in_words;
    let said = Measure { qualifier: claim.qualifier.filter(|_| loosely), ..claim.clone() };
    let value = Measure {
        low: result,
        high: result,
        step: Decimal::new(1, -12).unwrap_or(Decimal::ONE),
        qualifier: None,
        direction: None,
        per: None,
        vague: false,
        ..claim.clone()
    };
    // What is worked out may be of anything: it has to come closer than what the report says itself.
    let strict = Tolerances {
        nearly_share: tolerances.nearly,
        round_share: tolerances.round,
        ..tolerances.clone()
    };
    super::figure::compare(&said, &value, &strict) == super::figure::Match::Agrees
}
