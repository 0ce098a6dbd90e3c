//! Bytes to [`Document`]: one block model that all formats fill, so that the rest of the program
//! knows no format.

pub mod origin;
pub mod sentence;

use std::path::{Path, PathBuf};

use crate::source::{LineIndex, Span};
pub use origin::OriginMap;

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
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Document, ReadError> {
    let text = String::from_utf8(bytes)
        .map_err(|error| ReadError { message: format!("not UTF-8: {error}") })?;
    let span = Span::new(0, text.len());
    Ok(Document {
        path: path.to_owned(),
        source: text.clone().into_bytes(),
        blocks: vec![Block {
            kind: BlockKind::Paragraph,
            span,
            quoted: false,
            sentences: sentence::split(&text, span),
        }],
        origin: OriginMap::identity(),
        lines: LineIndex::new(text.as_bytes()),
        text,
        problems: Vec::new(),
    })
}
impl Document {
    /// r
    pub fn row_header(&self, _b: usize) -> Option<usize> {
        None
    }
    /// c
    pub fn column_header(&self, _b: usize) -> Option<usize> {
        None
    }
    /// h
    pub fn heading_of(&self, _b: usize) -> Option<usize> {
        None
    }
    /// l
    pub fn lead_in(&self, _b: usize) -> Option<usize> {
        None
    }
}
