//! Bytes to [`Document`]: one block model that all formats fill, so that the rest of the program
//! knows no format.

// A build with fewer formats does not use all that they share.
#![cfg_attr(
    not(all(
        feature = "docx",
        feature = "epub",
        feature = "odf",
        feature = "pdf",
        feature = "pptx",
        feature = "xlsx"
    )),
    allow(dead_code, unreachable_code, unused_imports, unused_mut, unused_variables)
)]

#[cfg(feature = "package")]
mod archive;
mod asciidoc;
mod builder;
mod delimited;
#[cfg(feature = "docx")]
mod docx;
mod encoding;
#[cfg(feature = "epub")]
mod epub;
#[cfg(any(feature = "docx", feature = "odf", feature = "pptx"))]
mod flow;
mod format;
mod html;
mod json;
pub mod landmark;
mod latex;
mod mail;
mod markdown;
mod markup;
mod notebook;
#[cfg(feature = "odf")]
mod odf;
mod org;
pub mod origin;
#[cfg(feature = "pdf")]
mod pdf;
mod plain;
#[cfg(feature = "pptx")]
mod pptx;
mod rst;
pub mod sentence;
mod table;
#[cfg(feature = "xlsx")]
mod xlsx;
#[cfg(feature = "package")]
mod xml;

use std::path::{Path, PathBuf};

use crate::source::{LineIndex, Span};
use builder::{Builder, Built};
use encoding::Recoded;
use format::Format;
pub use format::is_known;
pub use landmark::Landmark;
use landmark::Landmarks;
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
    /// The bytes of the file (after decoding to UTF-8, if it was in another encoding); for a file
    /// whose text is packed, encoded or drawn, `text` once more.
    pub source: Vec<u8>,
    /// Whether `source` is not the file but what was extracted from it, so that nothing can be
    /// changed at a place of it.
    pub extracted: bool,
    /// Whether words stand coded in `source` (escapes, commands), so that others are not simply put in their place.
    pub coded: bool,
    /// Whether `source` is HTML, in which some characters are written as entities.
    pub html: bool,
    /// Clean text: within a block every run of white space is one space, apostrophes are `'`,
    /// hyphens and minus signs `-`; blocks are parted by `\n`.
    pub text: String,
    /// The blocks, in order.
    pub blocks: Vec<Block>,
    /// From `text` back to `source`.
    pub origin: OriginMap,
    /// Lines of `source`.
    pub lines: LineIndex,
    /// For a file that is not UTF-8, the way back to its bytes.
    recoded: Option<Recoded>,
    /// Where a person would look for it, in files without lines.
    landmarks: Landmarks,
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

    /// The bytes of the file as it lies on disk that `span` of `source` came from.
    pub fn file_span(&self, span: Span) -> Span {
        let Some(recoded) = &self.recoded else { return span };
        let [start, end] =
            [span.start, span.end].map(|at| recoded.file_offset(&self.source, at as usize));
        Span::new(start, end.max(start))
    }

    /// Where a person would look for `span` in a file without lines.
    pub fn landmark(&self, span: Span) -> Option<&Landmark> {
        self.landmarks.at(span.start)
    }

    /// The cell of `block` if it is one.
    pub fn cell(&self, block: usize) -> Option<Cell> {
        match self.blocks.get(block)?.kind {
            BlockKind::Cell(cell) => Some(cell),
            _ => None,
        }
    }

    /// The cell that heads the row of a cell: the first of its row.
    pub fn row_header(&self, block: usize) -> Option<usize> {
        let own = self.cell(block)?;
        let first = self.first_cell(block, |cell| cell.row == own.row);
        (first != block).then_some(first)
    }

    /// The cell that heads the column of a cell: in the table's first row, if that holds words.
    pub fn column_header(&self, block: usize) -> Option<usize> {
        let own = self.cell(block)?;
        let corner = self.corner(block)?;
        let first_row = self.blocks[corner..block].partition_point(|block| {
            matches!(block.kind, BlockKind::Cell(cell) if cell.row == 0 && cell.column < own.column)
        });
        let header = corner + first_row;
        let heads = self.cell(header).filter(|c| c.row == 0 && c.column == own.column)?;
        (header != block && heads.header).then_some(header)
    }

    /// The first cell of the table that a cell stands in.
    pub fn corner(&self, block: usize) -> Option<usize> {
        self.cell(block)?;
        Some(self.first_cell(block, |_| true))
    }

    /// The first cell of those before `block` in its table that belong with it. Tables may be as long
    /// as a file, so that the way there is halved again and again.
    fn first_cell(&self, block: usize, belongs: impl Fn(Cell) -> bool) -> usize {
        let table = self.cell(block).map(|cell| cell.table);
        let with = |at: usize| self.cell(at).is_some_and(|c| Some(c.table) == table && belongs(c));
        let (mut first, mut step) = (block, 1);
        // Strides that double, then halve.
        while step > 0 {
            match first.checked_sub(step).filter(|&at| with(at)) {
                Some(at) => (first, step) = (at, step * 2),
                None => step /= 2,
            }
        }
        first
    }

    /// The nearest heading above a block.
    pub fn heading_of(&self, block: usize) -> Option<usize> {
        (0..block)
            .rev()
            .take(HEADING_REACH)
            .find(|&at| matches!(self.blocks[at].kind, BlockKind::Heading(_)))
    }

    /// The paragraph that introduces a block: for the items of a list the one before the list, if it
    /// ends with a colon; for a short paragraph a short one before it that asks ("Is it far?").
    pub fn lead_in(&self, block: usize) -> Option<usize> {
        if self.blocks.get(block)?.kind != BlockKind::ListItem {
            let before = block.checked_sub(1)?;
            let turn =
                |block: &Block| block.kind == BlockKind::Paragraph && block.span.len() <= TURN;
            let asked = turn(&self.blocks[block])
                && turn(&self.blocks[before])
                && self.slice(self.blocks[before].span).ends_with('?');
            return asked.then_some(before);
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

    /// `items` of the document, which stand in its order, in parts of whole blocks: each of `size` items or
    /// little more.
    pub fn parts<'i, T>(
        &self,
        items: &'i [T],
        size: usize,
        place: impl Fn(&T) -> Span,
    ) -> impl Iterator<Item = &'i [T]> {
        let mut rest = items;
        std::iter::from_fn(move || {
            let last = place(rest.get(size.min(rest.len()).checked_sub(1)?)?);
            let block = self.blocks.partition_point(|b| b.span.end <= last.start);
            let end = self.blocks.get(block).map_or(last.end, |block| block.span.end);
            let (part, left) = rest.split_at(rest.partition_point(|item| place(item).start < end));
            rest = left;
            Some(part)
        })
    }
}

/// Bytes of a question and of its answer, at most.
const TURN: usize = 400;

/// Why a file could not be read.
#[derive(Debug)]
pub struct ReadError {
    /// What is wrong, and what to do.
    pub message: String,
}

impl ReadError {
    fn new(message: impl Into<String>) -> Self {
        ReadError { message: message.into() }
    }
}

/// Reads a document. The format follows from the content and the extension of `path`.
///
/// # Errors
/// If the bytes are not a document that can be read; the message says what to do.
pub fn read(path: &Path, bytes: Vec<u8>) -> Result<Document, ReadError> {
    if bytes.len() > u32::MAX as usize / 2 {
        return Err(ReadError::new("is larger than 2 GiB; split it"));
    }
    let format = Format::of(path, &bytes)?;
    if format.is_text() {
        return text(path, bytes, format);
    }
    let mut builder = Builder::extracting();
    let mut problems = Vec::new();
    match format {
        #[cfg(feature = "docx")]
        Format::Docx => docx::read(&bytes, &mut builder)?,
        #[cfg(feature = "xlsx")]
        Format::Xlsx => xlsx::read(&bytes, &mut builder)?,
        #[cfg(feature = "pptx")]
        Format::Pptx => pptx::read(&bytes, &mut builder)?,
        #[cfg(feature = "odf")]
        Format::Odf => odf::read(&bytes, &mut builder)?,
        #[cfg(feature = "epub")]
        Format::Epub => epub::read(&bytes, &mut builder)?,
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::read(&bytes, &mut builder, &mut problems)?,
        _ => {
            let name = format.name();
            return Err(ReadError::new(format!(
                "is {name}, which this factlint was built without; export it as text, Markdown or HTML"
            )));
        }
    }
    Ok(document(path, builder.finish(), None, problems))
}

/// Reads a file whose bytes are its text.
fn text(path: &Path, bytes: Vec<u8>, format: Format) -> Result<Document, ReadError> {
    let encoding::Decoded { text: source, mut problems, recoded } = encoding::decode(bytes)?;
    let mut builder = Builder::default();
    let format = format.or_by_text(&source);
    match format {
        Format::Markdown => markdown::read(&source, &mut builder),
        Format::Mdx => markdown::read_mdx(&source, &mut builder),
        Format::Html => html::read(&source, &mut builder),
        Format::Latex => latex::read(&source, &mut builder),
        Format::Rst => rst::read(&source, &mut builder),
        Format::AsciiDoc => asciidoc::read(&source, &mut builder),
        Format::Org => org::read(&source, &mut builder),
        Format::Csv => delimited::read(&source, None, &mut builder),
        Format::Tsv => delimited::read(&source, Some(b'\t'), &mut builder),
        Format::Json => json::read(&source, &mut builder)?,
        Format::Notebook => notebook::read(&source, &mut builder)?,
        Format::Mail => mail::read(&source, &mut builder, &mut problems),
        _ => plain::read(&source, &mut builder),
    }
    let document = document(path, builder.finish(), Some(source), problems);
    // Words put in there would have to be coded as well.
    let coded = matches!(format, Format::Json | Format::Notebook | Format::Mail | Format::Latex);
    Ok(Document { html: format == Format::Html, coded, recoded, ..document })
}

/// The document that was built. Without a source, the text stands for the file.
fn document(path: &Path, built: Built, source: Option<String>, problems: Vec<String>) -> Document {
    let Built { text, blocks, origin, landmarks } = built;
    let extracted = source.is_none();
    let source = source.unwrap_or_else(|| text.clone()).into_bytes();
    let lines = LineIndex::new(&source);
    let path = path.to_owned();
    Document {
        path,
        source,
        extracted,
        coded: false,
        recoded: None,
        html: false,
        text,
        blocks,
        origin,
        lines,
        landmarks,
        problems,
    }
}
