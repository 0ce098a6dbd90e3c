//! Tables of formats that hand their cells out one by one.

use super::builder::Builder;
use super::landmark::Landmark;
use super::{BlockKind, Cell};

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
        let headed = self.headed || self.looks_headed();
        for (row, column, text) in self.cells {
            builder.landmark(landmark(row, column));
            builder.add(&text);
            let cell = Cell { table: *number, row, column, header: headed && row == 0 };
            builder.end(if frame { BlockKind::Paragraph } else { BlockKind::Cell(cell) }, false);
        }
        *number += 1;
    }

    /// Whether the first row is one of names and years, and a row of values follows.
    fn looks_headed(&self) -> bool {
        let (first, rest): (Vec<_>, Vec<_>) = self.cells.iter().partition(|(row, ..)| *row == 0);
        let is_value = |text: &str| {
            let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
            let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
            let year = matches!(text.parse(), Ok(1800..=2199));
            digits > 0 && !year
        };
        !rest.is_empty() && !first.iter().any(|(_, _, text)| is_value(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_first_row_of_words_and_years_is_a_header() {
        let headed = |rows: &[&[&str]]| {
            let mut table = Table::default();
            for (row, cells) in rows.iter().enumerate() {
                for (column, text) in cells.iter().enumerate() {
                    table.add(row as u32, column as u32, (*text).to_owned());
                }
            }
            table.looks_headed()
        };
        assert!(headed(&[&["Town", "2019", "FY 2020"], &["Rye", "12", "13"]]));
        assert!(headed(&[&["€ million", "Q3 2020", "per 100,000"], &["Rye", "12", "13"]]));
        assert!(!headed(&[&["Rye", "12"], &["Deal", "13"]]));
        assert!(!headed(&[&["Town", "2019"]]));
    }
}
