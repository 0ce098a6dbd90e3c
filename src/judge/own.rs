//! A derivative's own figures held against each other: totals of tables, parts of a whole,
//! percentages of two figures in the same sentence.

use super::announced;
use super::arithmetic::{Derivation, Step, reaches};
use super::listed;
use super::table::Columns;
use crate::document::{BlockKind, Document};
use crate::lexicon::cues::{cues, has_cue};
use crate::lexicon::tolerances::Tolerances;
use crate::statement::{Dimension, FactId, Measure, Statement};
use crate::value::{Decimal, Qualifier};

/// Parts that miss their whole by more than this share of it were not meant to make it up.
const MEANT: (i128, i32) = (25, -2);

/// Claims (by number) that do not follow from the other figures of the derivative, with what
/// they should be. `settled` tells which claims the report supports: they are never blamed, but that
/// a number stands somewhere in the report does not make it the count of a list: `bound` tells which
/// are supported in their own words.
pub fn check(
    document: &Document,
    claims: &[&Statement],
    settled: &dyn Fn(usize) -> bool,
    bound: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Derivation)> {
    let mut found = Vec::new();
    table_totals(document, claims, settled, &mut found);
    let mut first = 0;
    while first < claims.len() {
        let sentence = claims[first].sentence;
        let count = claims[first..].iter().take_while(|claim| claim.sentence == sentence).count();
        let here: Vec<(usize, &Measure)> = (first..first + count)
            .filter_map(|number| Some((number, claims[number].measure.as_ref()?)))
            .filter(|(_, measure)| !measure.is_range() && !measure.vague)
            .collect();
        let text = document.slice(sentence).to_lowercase();
        percentages(&text, &here, settled, &mut found);
        parts(&text, &here, settled, &mut found);
        total(&text, &here, settled, &mut found);
        found.extend(announced::check(document, claims, first..first + count, settled));
        found.extend((first..first + count).filter(|&number| !bound(number)).filter_map(
            |number| {
                let result = listed::count(document, claims[number])?;
                let derivation = Derivation { step: Step::Listed, facts: Vec::new(), result };
                (claims[number].measure.as_ref()?.raw != result).then_some((number, derivation))
            },
        ));
        first += count;
    }
    found.sort_by_key(|(number, _)| *number);
    found.dedup_by_key(|(number, _)| *number);
    found
}

/// A row headed "Total" is the sum of the rows above it.
fn table_totals(
    document: &Document,
    claims: &[&Statement],
    settled: &dyn Fn(usize) -> bool,
    found: &mut Vec<(usize, Derivation)>,
) {
    let cell = |claim: &Statement| match &document.blocks[claim.block as usize].kind {
        BlockKind::Cell(cell) => Some(*cell),
        _ => None,
    };
    for (number, claim) in claims.iter().enumerate() {
        let (Some(place), Some(total)) = (cell(claim), &claim.measure) else { continue };
        let headed = document.row_header(claim.block as usize).is_some_and(|row| {
            has_cue(&document.slice(document.blocks[row].span).to_lowercase(), &cues().total)
        });
        if !headed
            || settled(number)
            || matches!(total.dimension, Dimension::Share | Dimension::Points)
        {
            continue;
        }
        let mut sum = Some(Decimal::ZERO);
        let mut parts = 0;
        for other in claims {
            let Some(at) = cell(other) else { continue };
            if at.table != place.table || at.column != place.column || at.row >= place.row {
                continue;
            }
            let Some(measure) = &other.measure else { continue };
            if measure.dimension == total.dimension && !measure.is_range() {
                parts += 1;
                sum = sum.and_then(|sum| sum.checked_add(measure.low));
            }
        }
        if let Some(sum) = sum
            && parts >= 2
            && off(total, sum)
            && near(total.low, sum)
        {
            found.push((number, Derivation { step: Step::Sum, facts: Vec::new(), result: sum }));
        }
    }
}

/// "from 12 to 14 cents, a rise of 14.3%"; "five of the ten tons, a quarter".
fn percentages(
    text: &str,
    here: &[(usize, &Measure)],
    settled: &dyn Fn(usize) -> bool,
    found: &mut Vec<(usize, Derivation)>,
) {
    let shares: Vec<_> = here.iter().filter(|(_, m)| m.dimension == Dimension::Share).collect();
    let others: Vec<_> = here
        .iter()
        .filter(|(_, m)| {
            matches!(m.dimension, Dimension::Money(_) | Dimension::Count | Dimension::Physical(_))
        })
        .collect();
    let ([(number, share)], [(_, a), (_, b)]) = (&shares[..], &others[..]) else { return };
    if settled(*number) || a.dimension != b.dimension || a.low.is_zero() || b.low.is_zero() {
        return;
    }
    let Some(change) =
        b.low.checked_sub(a.low).map(Decimal::abs).and_then(|d| d.checked_div(a.low.abs()))
    else {
        return;
    };
    let (large, small) = if a.low >= b.low { (a.low, b.low) } else { (b.low, a.low) };
    let Some(part) = small.checked_div(large) else { return };
    let from_to = text.contains("from ") && text.contains(" to ");
    let result = if from_to && has_cue(text, &cues().difference) { change } else { part };
    let invited = from_to && has_cue(text, &cues().difference);
    if invited && off(share, result) && off(share, part) && near(share.low, result) {
        found.push((*number, Derivation { step: Step::Change, facts: Vec::new(), result }));
    }
}

/// "Of 187 patients 112 were women and 85 men."
fn parts(
    text: &str,
    here: &[(usize, &Measure)],
    settled: &dyn Fn(usize) -> bool,
    found: &mut Vec<(usize, Derivation)>,
) {
    if !text.starts_with("of ") && !text.contains(" of the ") {
        return;
    }
    let counts: Vec<_> = here.iter().filter(|(_, m)| m.dimension == Dimension::Count).collect();
    let [(_, whole), (first, a), (second, b)] = &counts[..] else { return };
    let Some(sum) = a.low.checked_add(b.low) else { return };
    if !text.starts_with("of ") || !off(whole, sum) || !near(whole.low, sum) {
        return;
    }
    let (blamed, other) = match (settled(*first), settled(*second)) {
        (true, false) => (*second, a),
        (false, true) => (*first, b),
        _ => return,
    };
    if let Some(result) = whole.low.checked_sub(other.low) {
        found.push((blamed, Derivation { step: Step::Remainder, facts: Vec::new(), result }));
    }
}

/// "40 day tickets and 25 season tickets, 65 in total": the last is the sum of the others.
fn total(
    text: &str,
    here: &[(usize, &Measure)],
    settled: &dyn Fn(usize) -> bool,
    found: &mut Vec<(usize, Derivation)>,
) {
    let Some(((number, whole), parts)) = here.split_last() else { return };
    let alike = parts.len() >= 2 && parts.iter().all(|(_, part)| part.dimension == whole.dimension);
    let announced = [" in total", " in all", "altogether", " all told", "making"]
        .iter()
        .any(|cue| text.contains(cue));
    if !alike || !announced || settled(*number) {
        return;
    }
    let sum = parts.iter().try_fold(Decimal::ZERO, |sum, (_, part)| sum.checked_add(part.low));
    if let Some(result) = sum
        && off(whole, result)
        && near(whole.low, result)
    {
        found.push((*number, Derivation { step: Step::Sum, facts: Vec::new(), result }));
    }
}

/// Whether a claim stands in a table and is the sum of its column or follows from its rows.
pub fn in_table(
    document: &Document,
    claims: &[&Statement],
    number: usize,
    columns: &Columns,
    tolerances: &Tolerances,
) -> bool {
    let claim = claims[number];
    matches!(document.blocks[claim.block as usize].kind, BlockKind::Cell(_))
        && claim.measure.as_ref().is_some_and(|value| {
            columns.is_sum(number as FactId)
                || value.dimension == Dimension::Share
                    && columns.derive(value, tolerances).is_some()
        })
}

/// Claims further away than this have nothing to do with each other.
const WINDOW: usize = 40;
/// At most so many neighbours are tried in pairs.
const NEIGHBOURS: usize = 8;

/// Which claims (by number) follow from others of the derivative: sums and differences of two of
/// the same sentence, shares of two of the same sentence or of the one before, rows of its tables.
pub fn follows(
    document: &Document,
    claims: &[&Statement],
    number: usize,
    columns: &Columns,
    tolerances: &Tolerances,
) -> bool {
    let claim = claims[number];
    let Some(value) = claim.measure.as_ref().filter(|measure| !measure.is_range()) else {
        return false;
    };
    if listed::count(document, claim) == Some(value.raw) {
        return true;
    }
    let announced = announced::results(document, claims, number);
    if in_table(document, claims, number, columns, tolerances)
        || announced.iter().any(|&(_, result)| !off(value, result))
    {
        return true;
    }
    let share = value.dimension == Dimension::Share;
    let first = number.saturating_sub(WINDOW);
    let others: Vec<&Measure> = claims[first..claims.len().min(number + WINDOW)]
        .iter()
        .enumerate()
        .map(|(offset, other)| (first + offset, other))
        .filter(|(_, other)| other.block == claim.block)
        .take_while(|(_, other)| other.sentence.start <= claim.sentence.start)
        .filter(|&(other, statement)| {
            other != number && (statement.sentence == claim.sentence || share)
        })
        .filter_map(|(_, statement)| statement.measure.as_ref())
        .filter(|measure| !measure.is_range() && !measure.vague)
        .filter(|measure| match share {
            true => !matches!(measure.dimension, Dimension::Share | Dimension::Ordinal),
            false => measure.dimension == value.dimension,
        })
        .collect();
    let others = &others[others.len().saturating_sub(NEIGHBOURS)..];
    others.iter().enumerate().any(|(i, a)| {
        others[i + 1..].iter().any(|b| {
            if share {
                let (large, small) = if a.low >= b.low { (a.low, b.low) } else { (b.low, a.low) };
                return a.dimension == b.dimension
                    && small
                        .checked_div(large)
                        .is_some_and(|part| reaches(value, part, tolerances));
            }
            [a.low.checked_add(b.low), a.low.checked_sub(b.low).map(Decimal::abs)]
                .into_iter()
                .flatten()
                .any(|result| result == value.low)
        })
    })
}

/// Whether a value is not `result`, even when rounded as it was written.
pub fn off(measure: &Measure, result: Decimal) -> bool {
    let slack = match measure.qualifier {
        None => measure.step,
        Some(Qualifier::Exactly) => Decimal::ZERO,
        // Said to be rough: only a gross miss is one.
        Some(_) => measure.low.abs().checked_div(Decimal::from(10)).unwrap_or(measure.step),
    };
    measure.low.checked_sub(result).is_none_or(|gap| gap.abs() > slack)
}

/// Whether two values are near enough that one was meant to be the other.
fn near(said: Decimal, result: Decimal) -> bool {
    let (Some(gap), Some(share)) = (said.checked_sub(result), Decimal::new(MEANT.0, MEANT.1))
    else {
        return false;
    };
    result.abs().checked_mul(share).is_some_and(|most| gap.abs() <= most)
}
