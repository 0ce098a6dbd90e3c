//! Bytes to [`Document`]: one block model that all formats fill, so that the rest of the program
//! knows no format.

mod builder;
mod encoding;
mod html;
mod markdown;
pub mod origin;
mod plain;
pub mod sentence;

use std::path::{Path, PathBuf};

use crate::source::{LineIndex, Span};
pub use origin::OriginMap;

/// How many blocks up a heading or a lead-in is looked for.
const HEADING_REACH: usize = 40;

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BlockKind {
    /// Running prose.
    Paragraph,
    /// A heading of this level, from 1.
    Heading(u8),
    /// A list item.
    ListItem,
    /// A cell of a table.
    Cell(Cell),
    /// The caption of a table or picture.
    Caption,
}

/// Where a table cell stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// Number of the table in the document, from 0.
    pub table: u32,
    /// Row, from 0.
    pub row: u32,
    /// Column, from 0.
    pub column: u32,
    /// Whether the markup says that this is a header cell.
    pub header: bool,
}

/// A stretch of text that belongs together: nothing that is read crosses its ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in [`Document::text`].
    pub span: Span,
    /// Whether it stands inside a block quotation.
    pub quoted: bool,
    /// Its sentences, in order.
    pub sentences: Vec<Span>,
}

/// A document as the rest of the program sees it.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file it came from, as the user named it.
    pub path: PathBuf,
    /// The bytes of the file (after decoding to UTF-8, if it was in another encoding).
    pub source: Vec<u8>,
    /// Clean text: within a block every run of white space is one space, apostrophes are `'`,
    /// hyphens and minus signs `-`; blocks are parted by `\n`.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// From `text` back to `source`.
    pub origin: OriginMap,
    /// Lines of `source`.
    pub lines: LineIndex,
    /// Things that could not be read as they should, for the user to know.
    pub problems: Vec<String>,
}

impl Document {
    /// The words at `span`.
    pub fn slice(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The bytes of `source` that `span` of `text` came from.
    pub fn source_span(&self, span: Span) -> Span {
        self.origin.source_span(span)
    }

    /// The cell of `block` if it is one.
    fn cell(&self, block: usize) -> Option<Cell> {
        match self.blocks.get(block)?.kind {
            BlockKind::Cell(cell) => Some(cell),
            _ => None,
        }
    }

    /// The cell that heads the row of a cell: the first of its row.
    pub fn row_header(&self, block: usize) -> Option<usize> {
        let own = self.cell(block)?;
        let first = (0..=block)
            .rev()
            .take_while(|&at| {
                self.cell(at).is_some_and(|c| c.table == own.table && c.row == own.row)
            })
            .last()?;
        (first != block).then_some(first)
    }

    /// The cell that heads the column of a cell: in the table's first row, if that holds words.
    pub fn column_header(&self, block: usize) -> Option<usize> {
        let own = self.cell(block)?;
        let first_row = (0..=block)
            .rev()
            .take_while(|&at| self.cell(at).is_some_and(|c| c.table == own.table))
            .filter(|&at| self.cell(at).is_some_and(|c| c.row == 0));
        let header = first_row
            .into_iter()
            .find(|&at| self.cell(at).is_some_and(|c| c.column == own.column))?;
        let worded = self.cell(header).is_some_and(|c| c.header);
        (header != block && worded).then_some(header)
    }

    /// The first cell of the table that a cell stands in.
    pub fn corner(&self, block: usize) -> Option<usize> {
        let own = self.cell(block)?;
        (0..=block)
            .rev()
            .take_while(|&at| self.cell(at).is_some_and(|c| c.table == own.table))
            .last()
    }

    /// The nearest heading above a block.
    pub fn heading_of(&self, block: usize) -> Option<usize> {
        (0..block)
            .rev()
            .take(HEADING_REACH)
            .find(|&at| matches!(self.blocks[at].kind, BlockKind::Heading(_)))
    }

    /// The paragraph that introduces the list a block stands in: the one before it, if it ends
    /// with a colon.
    pub fn lead_in(&self, block: usize) -> Option<usize> {
        if self.blocks.get(block)?.kind != BlockKind::ListItem {
            return None;
        }
        let before = (0..block)
            .rev()
            .take(HEADING_REACH)
            .find(|&at| self.blocks[at].kind != BlockKind::ListItem)?;
        self.slice(self.blocks[before].span).ends_with(':').then_some(before)
    }

    /// The sentence that holds `offset` of `text`, with the block it belongs to.
    pub fn sentence_at(&self, offset: u32) -> Option<(usize, Span)> {
        let block = self.blocks.partition_point(|b| b.span.end <= offset);
        let sentences = &self.blocks.get(block)?.sentences;
        let sentence = sentences.partition_point(|s| s.end <= offset);
        Some((block, *sentences.get(sentence)?))
    }
}

/// Why a file could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// What is wrong, and what to do.
    pub message: String,
}

/// Reads a document. The format follows from the content and the extension of `path`.
///
/// # Errors
/// If the bytes are not a text document that can be read; the message says what to do.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Document, ReadError> {
    if bytes.len() > u32::MAX as usize / 2 {
        return Err(ReadError { message: "is larger than 2 GiB; split it".to_owned() });
    }
    let (source, problems) = encoding::decode(bytes)?;
    let mut builder = builder::Builder::default();
    match format(path, &source) {
        Format::Plain => plain::read(&source, &mut builder),
        Format::Markdown => markdown::read(&source, &mut builder),
        Format::Html => html::read(&source, &mut builder),
    }
    let (text, blocks, origin) = builder.finish();
    let lines = LineIndex::new(source.as_bytes());
    Ok(Document {
        path: path.to_owned(),
        source: source.into_bytes(),
        text,
        blocks,
        origin,
        lines,
        problems,
    })
}

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Plain,
    Markdown,
    Html,
}

fn format(path: &Path, source: &str) -> Format {
    let extension =
        path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "md" | "markdown" | "mdx" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "txt" | "text" => Format::Plain,
        _ => {
            let head = source.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
            if head.starts_with("<!doctype html") || head.starts_with("<html") {
                Format::Html
            } else {
                Format::Plain
            }
        }
    }
}
