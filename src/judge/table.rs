//! What follows from the rows of a table by itself: sums of neighbouring rows, and the share that a
//! row has of its column.

use std::collections::BTreeMap;

use super::arithmetic::{Derivation, Step, reaches};
use crate::document::{BlockKind, Document};
use crate::lexicon::cues::{cues, has_cue};
use crate::lexicon::tolerances::Tolerances;
use crate::statement::{Dimension, FactId, Measure, Statement};
use crate::value::Decimal;

/// Longer columns are data, whose sums no writer forms.
const MAX_ROWS: usize = 40;

/// One column of a table: the figures of one dimension, from top to bottom.
#[derive(Debug, Clone, Default)]
struct Column {
    cells: Vec<(FactId, Measure)>,
    /// The cell of the row of totals.
    total: Option<(FactId, Measure)>,
}

/// The columns of figures of a document.
#[derive(Debug, Clone, Default)]
pub struct Columns(Vec<Column>);

impl Columns {
    /// Collects the columns of a document from its statements.
    pub fn new<'a>(
        document: &Document,
        statements: impl IntoIterator<Item = &'a Statement>,
    ) -> Self {
        let mut columns: BTreeMap<(u32, u32), Column> = BTreeMap::new();
        for (number, statement) in statements.into_iter().enumerate() {
            let block = statement.block as usize;
            let BlockKind::Cell(cell) = document.blocks[block].kind else { continue };
            let Some(measure) = statement.measure.as_ref().filter(|m| !m.is_range()) else {
                continue;
            };
            let row = document.row_header(block);
            // The first column names the rows.
            if row.is_none() {
                continue;
            }
            let column = columns.entry((cell.table, cell.column)).or_default();
            let entry = (number as FactId, measure.clone());
            let total = row.is_some_and(|row| {
                has_cue(&document.slice(document.blocks[row].span).to_lowercase(), &cues().total)
            });
            if total {
                column.total = Some(entry);
            } else if column.cells.first().is_none_or(|(_, m)| m.dimension == measure.dimension) {
                column.cells.push(entry);
            }
        }
        let whole = |column: &Column| (2..=MAX_ROWS).contains(&column.cells.len());
        Columns(columns.into_values().filter(whole).collect())
    }

    /// Looks for the claim's value as a sum of neighbouring rows, or as the share that such a sum
    /// or a single row has of its column.
    pub fn derive(&self, claim: &Measure, tolerances: &Tolerances) -> Option<Derivation> {
        self.0.iter().find_map(|column| column.derive(claim, tolerances))
    }

    /// The cell of the row of totals of the column that a cell stands in.
    pub fn total_of(&self, cell: FactId) -> Option<FactId> {
        let own = |column: &&Column| column.cells.iter().any(|(fact, _)| *fact == cell);
        self.0.iter().find(own)?.total.as_ref().map(|(total, _)| *total)
    }

    /// Whether `claim` is the sum of its whole column.
    pub fn is_sum(&self, claim: FactId) -> bool {
        self.0.iter().any(|column| {
            column.total.as_ref().is_some_and(|(total, measure)| {
                *total == claim && column.sum(0, column.cells.len()) == Some(measure.low)
            })
        })
    }
}

impl Column {
    fn sum(&self, from: usize, to: usize) -> Option<Decimal> {
        self.cells[from..to]
            .iter()
            .try_fold(Decimal::ZERO, |sum, (_, measure)| sum.checked_add(measure.low))
    }

    fn derive(&self, claim: &Measure, tolerances: &Tolerances) -> Option<Derivation> {
        let dimension = &self.cells.first()?.1.dimension;
        let share = claim.dimension == Dimension::Share && *dimension != Dimension::Share;
        if !share && (claim.dimension != *dimension || *dimension == Dimension::Ordinal) {
            return None;
        }
        let whole = match &self.total {
            Some((_, total)) => Some(total.low),
            None => self.sum(0, self.cells.len()),
        };
        for from in 0..self.cells.len() {
            let mut sum = Decimal::ZERO;
            for to in from..self.cells.len() {
                sum = sum.checked_add(self.cells[to].1.low)?;
                // A single row is a fact, no sum.
                let (step, result) = if share {
                    (Step::Share, whole.and_then(|whole| sum.checked_div(whole)))
                } else if to > from {
                    (Step::Sum, Some(sum))
                } else {
                    continue;
                };
                if let Some(result) = result.filter(|result| reaches(claim, *result, tolerances)) {
                    let facts = self.cells[from..=to].iter().map(|(fact, _)| *fact).collect();
                    return Some(Derivation { step, facts, result });
                }
            }
        }
        None
    }
}
