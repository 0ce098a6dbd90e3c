//! Values that follow from two facts that stand together in the report, however little the claim
//! shares with their words: a writer who works out a share names it in words of their own.

use std::collections::HashMap;

use super::arithmetic::{Derivation, Step, reaches};
use crate::lexicon::tolerances::Tolerances;
use crate::lexicon::units;
use crate::statement::{Dimension, FactId, Measure, Statement};
use crate::value::Decimal;
use crate::value::figure::Per;

/// So many facts of one sentence are paired with each other.
const TOGETHER: usize = 8;
/// An amount and the length or area that it is spread over stand within so many facts.
const REACH: usize = 24;
/// A result that so many would reach by chance tells nothing.
const CHANCE: f64 = 0.5;
/// Results within this part of a value tell how many there are of its size.
const NEAR: f64 = 0.1;

/// What comes out of two facts of the report.
struct Pair {
    size: f64,
    step: Step,
    facts: [FactId; 2],
    result: Decimal,
}

/// The dimension of a rate's amount, and of what it is told by.
type Sort = (Dimension, Option<Dimension>);

/// What comes out of the facts of a report that stand together, in order of size.
#[derive(Default)]
pub struct Pairs(HashMap<Sort, Vec<Pair>>);

impl Pairs {
    /// Pairs the facts of a report.
    pub fn new(facts: &[Statement]) -> Pairs {
        let mut pairs = Pairs::default();
        let mut first = 0;
        for sentence in facts.chunk_by(|a, b| a.sentence == b.sentence) {
            let plain: Vec<(FactId, &Measure)> = plain(sentence, first).take(TOGETHER).collect();
            for (number, &a) in plain.iter().enumerate() {
                plain[number + 1..].iter().for_each(|&b| pairs.add_all(a, b));
            }
            first += sentence.len();
        }
        let all: Vec<(FactId, &Measure)> = plain(facts, 0).collect();
        for (number, &a) in all.iter().enumerate() {
            let near = all[number + 1..].iter().take_while(|b| b.0 - a.0 <= REACH as FactId);
            near.for_each(|&b| {
                pairs.add_rate(a, b);
                pairs.add_rate(b, a);
            });
        }
        for found in pairs.0.values_mut() {
            found.sort_by(|a, b| a.size.total_cmp(&b.size).then(a.facts.cmp(&b.facts)));
            found.dedup_by(|a, b| a.result == b.result);
        }
        pairs
    }

    fn add(&mut self, sort: Sort, step: Step, facts: [FactId; 2], result: Option<Decimal>) {
        let Some(result) = result.filter(|result| !result.is_zero()) else { return };
        let size = result.to_f64();
        self.0.entry(sort).or_default().push(Pair { size, step, facts, result });
    }

    fn add_all(&mut self, a: (FactId, &Measure), b: (FactId, &Measure)) {
        let facts = [a.0, b.0];
        let (a, b) = (a.1, b.1);
        let summed = matches!(
            a.dimension,
            Dimension::Count | Dimension::Money(_) | Dimension::Physical(_) | Dimension::Share
        );
        if let (Dimension::Physical(_), Dimension::Count)
        | (Dimension::Count, Dimension::Physical(_)) = (&a.dimension, &b.dimension)
        {
            return self.add_limit(facts, a, b);
        }
        if a.dimension != b.dimension || a.per != b.per || !summed {
            return;
        }
        let (large, small) = if a.low >= b.low { (a.low, b.low) } else { (b.low, a.low) };
        let sort = (a.dimension.clone(), None);
        self.add(sort.clone(), Step::Sum, facts, large.checked_add(small));
        let gap = large.checked_sub(small);
        self.add(sort, Step::Difference, facts, gap);
        if a.dimension == Dimension::Share {
            let points = gap.and_then(|gap| gap.checked_mul(Decimal::from(100)));
            self.add((Dimension::Points, None), Step::Difference, facts, points);
        }
        if a.dimension != Dimension::Share {
            let part = small.checked_div(large);
            self.add((Dimension::Share, None), Step::Share, facts, part);
        }
    }

    /// "It was 47 micrograms; the limit is 40": what is told without its unit is told in the same one.
    fn add_limit(&mut self, facts: [FactId; 2], a: &Measure, b: &Measure) {
        let (whole, bare) = if a.dimension == Dimension::Count { (b, a) } else { (a, b) };
        let difference = whole.raw.checked_sub(bare.raw).map(Decimal::abs);
        let unit = whole.low.checked_div(whole.raw);
        let result = difference.zip(unit).and_then(|(gap, unit)| gap.checked_mul(unit));
        self.add((whole.dimension.clone(), None), Step::Difference, facts, result);
    }

    /// What an amount of money comes to for each unit of a size.
    fn add_rate(&mut self, amount: (FactId, &Measure), size: (FactId, &Measure)) {
        let (Dimension::Money(_), Dimension::Physical(_)) =
            (&amount.1.dimension, &size.1.dimension)
        else {
            return;
        };
        if amount.1.per.is_none() && size.1.per.is_none() {
            let sort = (amount.1.dimension.clone(), Some(size.1.dimension.clone()));
            let rate = amount.1.low.checked_div(size.1.low);
            self.add(sort, Step::Share, [amount.0, size.0], rate);
        }
    }

    /// The pair that gives the claim's value, if that is too exact to come out by chance.
    pub fn derive(&self, claim: &Measure, tolerances: &Tolerances) -> Option<Derivation> {
        let (by, unit) = match &claim.per {
            None => (None, Decimal::ONE),
            Some(Per::Unit(unit)) => {
                let dimension = units::dimension(unit)?;
                let one = units::convert(Decimal::ONE, unit, units::base(dimension)?)?;
                (Some(Dimension::Physical(dimension)), one)
            }
            Some(Per::Number(_)) => return None,
        };
        let found = self.0.get(&(claim.dimension.clone(), by))?;
        let value = claim.low.checked_div(unit)?.to_f64();
        let step = claim.step.checked_div(unit)?.to_f64();
        let first = found.partition_point(|pair| pair.size < value * (1.0 - NEAR));
        let near = found[first..].iter().take_while(|pair| pair.size <= value * (1.0 + NEAR));
        let chance = near.clone().count() as f64 * step / (2.0 * NEAR * value);
        let pair = near.filter(|_| chance < CHANCE).find(|pair| {
            let result = pair.result.checked_mul(unit);
            result.is_some_and(|result| reaches(claim, result, tolerances))
        })?;
        Some(Derivation { step: pair.step, facts: pair.facts.to_vec(), result: pair.result })
    }
}

/// The figures of statements, of which the first has number `first`, that arithmetic can use.
fn plain(statements: &[Statement], first: usize) -> impl Iterator<Item = (FactId, &Measure)> {
    statements.iter().enumerate().filter_map(move |(number, statement)| {
        let measure = statement.measure.as_ref()?;
        let usable = !measure.is_range() && !measure.vague && !measure.low.is_zero();
        usable.then_some(((first + number) as FactId, measure))
    })
}
