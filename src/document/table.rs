//! Tables of formats that hand their cells out one by one.

use super::builder::Builder;
use super::landmark::Landmark;
use super::{BlockKind, Cell};

/// Whether a cell holds a value rather than a name: it starts with a figure that is no year.
pub fn is_value(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    digits > 0 && !matches!(text.parse(), Ok(1800..=2199))
}

/// Wider tables are cut: no reader looks further right.
pub const COLUMNS: u32 = 16_384;

/// Longer tables end there: spreadsheets have a sixteenth of this.
pub const ROWS: u32 = 1 << 24;

/// The cells of a table, row by row, until it is known what the table is.
#[derive(Debug, Default)]
pub struct Table {
    cells: Vec<(u32, u32, String)>,
    /// Whether the file says that the first row is a header.
    pub headed: bool,
}

impl Table {
    /// Adds a paragraph of a cell; row and column count from 0, and never go back.
    pub fn add(&mut self, row: u32, column: u32, text: String) {
        if column < COLUMNS && !text.trim().is_empty() {
            self.cells.push((row, column, text));
        }
    }

    /// Ends the table: its cells become blocks, each with the landmark of its row and column (which
    /// count from 0). A table of one cell is a frame round a text, and becomes a paragraph.
    pub fn end(
        self,
        number: &mut u32,
        builder: &mut Builder,
        landmark: impl Fn(u32, u32) -> Landmark,
    ) {
        let frame = self.cells.iter().all(|(row, column, _)| (*row, *column) == (0, 0));
        for (row, column, text) in self.cells {
            builder.landmark(landmark(row, column));
            builder.add(&text);
            let cell = Cell { table: *number, row, column, header: self.headed && row == 0 };
            builder.end(if frame { BlockKind::Paragraph } else { BlockKind::Cell(cell) }, false);
        }
        *number += 1;
    }

    /// Ends a sheet: blank rows part its tables, and lines of one cell over a table are its title, those
    /// under it its notes.
    pub fn end_sheet(
        self,
        number: &mut u32,
        builder: &mut Builder,
        landmark: impl Fn(u32, u32) -> Landmark,
    ) {
        for block in self.cells.chunk_by(|one, next| next.0 <= one.0 + 1) {
            let rows: Vec<_> = block.chunk_by(|one, next| one.0 == next.0).collect();
            // Paragraphs of one cell are one.
            let is_wide = |row: &&[(u32, u32, String)]| row.iter().any(|cell| cell.1 != row[0].1);
            let first = rows.iter().position(&is_wide);
            let last = rows.iter().rposition(is_wide);
            let (first, last) = match (first, last) {
                (Some(first), Some(last)) => (first, last),
                _ if rows.len() > 1 => (0, rows.len() - 1),
                _ => (1, 0),
            };
            outside(&rows[..first.min(rows.len())], BlockKind::Heading(1), builder, &landmark);
            let Some(inside) = rows.get(first..=last) else { continue };
            let top = inside.first().map_or(0, |row| row[0].0);
            let cells = inside.iter().copied().flatten();
            let cells =
                cells.map(|(row, column, text)| (row - top, *column, text.clone())).collect();
            let table = Table { cells, headed: self.headed && top == 0 };
            table.end(number, builder, |row, column| landmark(row + top, column));
            outside(&rows[last + 1..], BlockKind::Paragraph, builder, &landmark);
        }
    }
}

/// Adds lines of a sheet that are no rows of a table.
fn outside(
    rows: &[&[(u32, u32, String)]],
    kind: BlockKind,
    builder: &mut Builder,
    landmark: impl Fn(u32, u32) -> Landmark,
) {
    for (row, column, text) in rows.iter().copied().flatten() {
        builder.landmark(landmark(*row, *column));
        builder.add(text);
        builder.end(kind.clone(), false);
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::read;

    #[test]
    fn a_first_row_of_words_and_years_is_a_header() {
        let headed = |text: &str| {
            let read = read(Path::new("a.csv"), text.into()).unwrap();
            let header = read.column_header(read.blocks.len() - 1);
            header.map(|header| read.slice(read.blocks[header].span).to_owned())
        };
        assert_eq!(headed("Town,2019,FY 2020\nRye,12,13").as_deref(), Some("FY 2020"));
        assert_eq!(headed("€ million,Q3 2020,per 100\nRye,12,13").as_deref(), Some("per 100"));
        assert_eq!(headed("Rye,12\nDeal,13"), None);
        assert_eq!(headed("Town,2019"), None);
    }
}
