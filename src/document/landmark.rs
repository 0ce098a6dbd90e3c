//! Places in files that have no lines of text: what a person looks for instead.

use std::fmt;
use std::sync::Arc;

/// A place in a document as a person would look for it. Numbers count from 1, unless they are said to
/// count from 0.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Landmark {
    /// A page of a PDF.
    Page(u32),
    /// A paragraph, heading or list item of the running text; tables are not counted.
    Paragraph(u32),
    /// A cell of a table of the running text.
    Cell {
        /// Which table of the document.
        table: u32,
        /// Row.
        row: u32,
        /// Column.
        column: u32,
    },
    /// A footnote or endnote.
    Note(u32),
    /// A slide of a presentation.
    Slide(u32),
    /// A file of an e-book, in reading order.
    Chapter(u32),
    /// A cell of a spreadsheet.
    Sheet {
        /// The name of the sheet.
        sheet: Arc<str>,
        /// Row, from 0.
        row: u32,
        /// Column, from 0.
        column: u32,
    },
}

/// One part of a [`Landmark`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// The part is counted.
    Number(u32),
    /// The part has a name.
    Name(Arc<str>),
}

impl Landmark {
    /// What to look for, from the coarse to the fine: `[("table", 2), ("row", 3), ("column", 1)]`.
    pub fn marks(&self) -> Vec<(&'static str, Mark)> {
        let number = |what, count: u32| (what, Mark::Number(count));
        match self {
            Landmark::Page(page) => vec![number("page", *page)],
            Landmark::Paragraph(paragraph) => vec![number("paragraph", *paragraph)],
            Landmark::Cell { table, row, column } => {
                vec![number("table", *table), number("row", *row), number("column", *column)]
            }
            Landmark::Note(note) => vec![number("note", *note)],
            Landmark::Slide(slide) => vec![number("slide", *slide)],
            Landmark::Chapter(chapter) => vec![number("chapter", *chapter)],
            Landmark::Sheet { sheet, row, column } => {
                let cell = format!("{}{}", letters(*column), row + 1);
                vec![("sheet", Mark::Name(sheet.clone())), ("cell", Mark::Name(cell.into()))]
            }
        }
    }
}

/// The name of a column of a spreadsheet: A, B, ..., Z, AA, AB ...
fn letters(mut column: u32) -> String {
    let mut name = Vec::new();
    loop {
        name.push(char::from(b'A' + (column % 26) as u8));
        match (column / 26).checked_sub(1) {
            Some(rest) => column = rest,
            None => return name.into_iter().rev().collect(),
        }
    }
}

impl fmt::Display for Landmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, (what, mark)) in self.marks().into_iter().enumerate() {
            let comma = if position > 0 { ", " } else { "" };
            match mark {
                Mark::Number(count) => write!(f, "{comma}{what} {count}")?,
                Mark::Name(name) => write!(f, "{comma}{what} {name}")?,
            }
        }
        Ok(())
    }
}

/// The landmarks of a document, each from a byte of the clean text on.
#[derive(Debug, Clone, Default)]
pub struct Landmarks {
    starts: Vec<(u32, Landmark)>,
}

impl Landmarks {
    /// From here on this is the place.
    pub(super) fn set(&mut self, text: usize, landmark: &Landmark) {
        if self.starts.last().is_none_or(|(_, last)| last != landmark) {
            self.starts.push((text as u32, landmark.clone()));
        }
    }

    /// The place of a byte of the clean text.
    pub fn at(&self, text: u32) -> Option<&Landmark> {
        let next = self.starts.partition_point(|(start, _)| *start <= text);
        self.starts.get(next.checked_sub(1)?).map(|(_, landmark)| landmark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_holds_to_the_next() {
        let mut landmarks = Landmarks::default();
        landmarks.set(0, &Landmark::Page(1));
        landmarks.set(5, &Landmark::Page(1));
        landmarks.set(9, &Landmark::Page(2));
        assert_eq!(landmarks.starts.len(), 2);
        assert_eq!(landmarks.at(8), Some(&Landmark::Page(1)));
        assert_eq!(landmarks.at(9), Some(&Landmark::Page(2)));
        assert_eq!(Landmarks::default().at(0), None);
        let cell = Landmark::Cell { table: 2, row: 3, column: 1 };
        assert_eq!(cell.to_string(), "table 2, row 3, column 1");
        let cell = Landmark::Sheet { sheet: "Costs".into(), row: 6, column: 27 };
        assert_eq!(cell.to_string(), "sheet Costs, cell AB7");
        assert_eq!([letters(0), letters(25), letters(702)], ["A", "Z", "AAA"]);
    }
}
