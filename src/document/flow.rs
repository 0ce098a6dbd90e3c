//! Running text of office formats: paragraphs, with text boxes and notes anchored in them, and tables,
//! with tables in their cells. What stands inside another follows it.

use std::sync::Arc;

use super::BlockKind;
use super::builder::{Builder, raised};
use super::landmark::Landmark;
use super::table::{COLUMNS, ROWS, Table};

/// A paragraph while it is read.
#[derive(Debug)]
pub struct Paragraph {
    /// Its words.
    pub text: String,
    /// What it is, outside of tables.
    pub kind: BlockKind,
    /// Whether it is a quotation.
    pub quoted: bool,
    /// The note that it belongs to.
    pub note: Option<u32>,
    /// It is left out: an entry of a table of contents.
    pub unseen: bool,
    /// Its end was deleted: the next paragraph goes on where it stops.
    pub runs_on: bool,
}

impl Default for Paragraph {
    fn default() -> Self {
        let (kind, text) = (BlockKind::Paragraph, String::new());
        Paragraph { text, kind, quoted: false, note: None, unseen: false, runs_on: false }
    }
}

/// A table while it is read.
#[derive(Debug)]
pub struct OpenTable {
    /// The cells so far.
    pub table: Table,
    /// The row at hand, from 0.
    pub row: u32,
    /// The column at hand, from 0.
    pub column: u32,
    /// Whether the row at hand was deleted.
    pub row_deleted: bool,
}

impl OpenTable {
    /// Goes on to the cell that is `count` to the right.
    pub fn right(&mut self, count: u32) {
        self.column = self.column.saturating_add(count).min(COLUMNS);
    }

    /// Goes on to the row that is `count` below.
    pub fn down(&mut self, count: u32) {
        if !self.row_deleted {
            self.row = self.row.saturating_add(count).min(ROWS);
        }
        (self.column, self.row_deleted) = (0, false);
    }
}

/// What the places of the text are called.
#[derive(Debug, Clone)]
pub enum Where {
    /// Paragraphs and tables are counted.
    Text,
    /// All that comes stands on this slide.
    Slide(u32),
    /// Tables are sheets; this is the name of the one at hand.
    Sheet(Arc<str>),
}

/// Puts the parts of a text in order.
pub struct Flow<'b> {
    /// What the places are called from here on.
    pub place: Where,
    builder: &'b mut Builder,
    /// The paragraph at hand, and those that wait while a text box in them is read.
    open: Vec<Paragraph>,
    /// What is anchored in a paragraph or table that is still open.
    anchored: Vec<Paragraph>,
    /// What a deleted paragraph end left over.
    carried: String,
    /// The table at hand, and those it stands in.
    tables: Vec<OpenTable>,
    inner_tables: Vec<Table>,
    paragraphs: u32,
    table_number: u32,
}

impl<'b> Flow<'b> {
    /// A text that fills `builder`.
    pub fn new(builder: &'b mut Builder) -> Self {
        Flow {
            place: Where::Text,
            builder,
            open: Vec::new(),
            anchored: Vec::new(),
            carried: String::new(),
            tables: Vec::new(),
            inner_tables: Vec::new(),
            paragraphs: 0,
            table_number: 0,
        }
    }

    /// The paragraph at hand.
    pub fn paragraph(&mut self) -> Option<&mut Paragraph> {
        self.open.last_mut()
    }

    /// The table at hand.
    pub fn table(&mut self) -> Option<&mut OpenTable> {
        self.tables.last_mut()
    }

    /// Adds words to the paragraph at hand.
    pub fn say(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Adds words that are set high. Digits become a square or the number of a note, so that they do
    /// not join the number before them.
    pub fn say_raised(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            let high = raised(&paragraph.text, text);
            paragraph.text.push_str(&high);
        }
    }

    /// Starts a paragraph.
    pub fn open_paragraph(&mut self, paragraph: Paragraph) {
        self.open.push(paragraph);
    }

    /// Ends the paragraph at hand.
    pub fn close_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.pop() else { return };
        if !self.carried.is_empty() {
            paragraph.text.insert_str(0, &std::mem::take(&mut self.carried));
        }
        if paragraph.runs_on {
            self.carried = paragraph.text;
        } else if paragraph.unseen || paragraph.text.trim().is_empty() {
        } else if let (Some(table), None) = (self.tables.last_mut(), paragraph.note) {
            if !table.row_deleted {
                table.table.add(table.row, table.column, paragraph.text);
            }
        } else if !self.open.is_empty() || !self.tables.is_empty() {
            self.anchored.push(paragraph);
        } else {
            self.emit(paragraph);
        }
        self.settle();
    }

    /// Starts a table.
    pub fn open_table(&mut self) {
        let table = Table::default();
        self.tables.push(OpenTable { table, row: 0, column: 0, row_deleted: false });
    }

    /// Ends the table at hand.
    pub fn close_table(&mut self) {
        let Some(done) = self.tables.pop() else { return };
        self.inner_tables.push(done.table);
        if self.tables.is_empty() {
            // The outermost closes last and is read first.
            for table in std::mem::take(&mut self.inner_tables).into_iter().rev() {
                self.emit_table(table);
            }
        }
        self.settle();
    }

    /// Ends the text, should a deleted end of a paragraph be its last.
    pub fn end(&mut self) {
        if !self.carried.is_empty() {
            self.open_paragraph(Paragraph::default());
            self.close_paragraph();
        }
    }

    /// Emits what was anchored, once nothing is open.
    fn settle(&mut self) {
        if self.open.is_empty() && self.tables.is_empty() {
            for paragraph in std::mem::take(&mut self.anchored) {
                self.emit(paragraph);
            }
        }
    }

    fn emit(&mut self, paragraph: Paragraph) {
        self.builder.landmark(match (&self.place, paragraph.note) {
            (Where::Slide(slide), _) => Landmark::Slide(*slide),
            (_, Some(note)) => Landmark::Note(note),
            _ => {
                self.paragraphs += 1;
                Landmark::Paragraph(self.paragraphs)
            }
        });
        self.builder.add(&paragraph.text);
        self.builder.end(paragraph.kind, paragraph.quoted);
    }

    fn emit_table(&mut self, table: Table) {
        let number = self.table_number + 1;
        match self.place.clone() {
            Where::Text => table.end(&mut self.table_number, self.builder, |row, column| {
                Landmark::Cell { table: number, row: row + 1, column: column + 1 }
            }),
            Where::Slide(slide) => {
                table.end(&mut self.table_number, self.builder, |_, _| Landmark::Slide(slide));
            }
            Where::Sheet(sheet) => {
                table.end_sheet(&mut self.table_number, self.builder, |row, column| {
                    Landmark::Sheet { sheet: sheet.clone(), row, column }
                });
            }
        }
    }
}
