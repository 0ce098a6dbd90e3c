//! DOCX (Office Open XML, ECMA-376): paragraphs, headings, lists, tables, text boxes and notes.
//!
//! Tracked changes are read as accepted. Left out: comments, headers and footers, hidden text,
//! tables of contents (they repeat the headings with page numbers).

use std::collections::HashMap;

use super::archive::Archive;
use super::builder::Builder;
use super::landmark::Landmark;
use super::table::{COLUMNS, Table};
use super::xml::{Element, Node, Xml};
use super::{BlockKind, ReadError};

/// Elements that hold nothing a reader sees: what was deleted, what was formatted otherwise before,
/// field codes, properties of controls, and the second form of what is shown in a first.
const UNSEEN: &[&str] = &[
    "moveFrom",
    "instrText",
    "delText",
    "delInstrText",
    "Fallback",
    "sdtPr",
    "sectPr",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "trPrChange",
    "tcPrChange",
];

/// A style that rests on another that rests on another ...
const STYLE_CHAIN: usize = 12;

/// Reads a DOCX file.
pub fn read(bytes: &[u8], builder: &mut Builder) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes)?;
    let main = archive.main_part("word/document.xml")?;
    let body = archive.expect(&main)?;
    let relations = archive.relations(&main)?;
    let mut related = |kind: &str| match relations.iter().find(|r| r.kind == kind) {
        Some(relation) => archive.part(&relation.target),
        None => Ok(None),
    };
    let styles = match related("styles")? {
        Some(text) => Styles::read(&text)?,
        None => Styles::default(),
    };
    let mut walker = Walker::new(&styles, builder);
    walker.walk(&body)?;
    for kind in ["footnotes", "endnotes"] {
        if let Some(text) = related(kind)? {
            walker.in_notes = true;
            walker.walk(&text)?;
        }
    }
    Ok(())
}

/// What a paragraph is, as its style tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    Body,
    Heading(u8),
    Item,
    Caption,
    Quote,
    Contents,
}

/// The styles by their ids.
#[derive(Default)]
struct Styles {
    by_id: HashMap<String, Style>,
}

#[derive(Default)]
struct RawStyle {
    id: String,
    name: String,
    based_on: Option<String>,
    outline: Option<u32>,
    numbered: bool,
}

impl Styles {
    fn read(text: &str) -> Result<Self, ReadError> {
        let mut raw: HashMap<String, RawStyle> = HashMap::new();
        let mut style = RawStyle::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => match element.name() {
                    "style" => {
                        let id = element.get("styleId").unwrap_or_default();
                        style = RawStyle { id, ..RawStyle::default() };
                    }
                    "name" => style.name = element.get("val").unwrap_or_default(),
                    "basedOn" => style.based_on = element.get("val"),
                    "outlineLvl" => style.outline = element.number("val"),
                    "numId" => style.numbered = element.number("val") != Some(0),
                    _ => {}
                },
                Node::Close(end) if end.name() == "style" => {
                    raw.insert(style.id.clone(), std::mem::take(&mut style));
                }
                _ => {}
            }
        }
        let by_id = raw.iter().map(|(id, style)| (id.clone(), kind(style, &raw))).collect();
        Ok(Styles { by_id })
    }

    fn of(&self, id: Option<&str>) -> Style {
        id.and_then(|id| self.by_id.get(id)).copied().unwrap_or(Style::Body)
    }
}

/// The kind of a style: its own, or that of the style it rests on.
fn kind(style: &RawStyle, all: &HashMap<String, RawStyle>) -> Style {
    let mut style = style;
    for _ in 0..STYLE_CHAIN {
        let own = own_kind(style);
        let base = style.based_on.as_ref().and_then(|id| all.get(id));
        match (own, base) {
            (Style::Body, Some(base)) => style = base,
            _ => return own,
        }
    }
    Style::Body
}

fn own_kind(style: &RawStyle) -> Style {
    let name = style.name.to_lowercase();
    if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()) {
        return Style::Heading(level);
    }
    match name.as_str() {
        "title" => return Style::Heading(1),
        "subtitle" => return Style::Heading(2),
        "caption" => return Style::Caption,
        "quote" | "intense quote" | "block text" | "quotations" => return Style::Quote,
        "table of figures" | "toc heading" => return Style::Contents,
        _ if name.starts_with("toc ") => return Style::Contents,
        _ => {}
    }
    match style.outline {
        Some(level @ 0..9) => Style::Heading(level as u8 + 1),
        _ if style.numbered || name.starts_with("list bullet") => Style::Item,
        _ => Style::Body,
    }
}

/// A paragraph while it is read.
#[derive(Default)]
struct Paragraph {
    text: String,
    style: Option<String>,
    outline: Option<u32>,
    list: Option<bool>,
    /// Its end was deleted: the next paragraph goes on where it stops.
    runs_on: bool,
}

/// A table while it is read.
#[derive(Default)]
struct OpenTable {
    table: Table,
    row: u32,
    column: u32,
    /// How many columns the cell at hand spans.
    width: u32,
    row_deleted: bool,
}

struct Walker<'w> {
    styles: &'w Styles,
    builder: &'w mut Builder,
    /// The paragraph at hand, and those that wait while a text box in them is read.
    open: Vec<Paragraph>,
    /// Paragraphs of text boxes, which follow the paragraph that they are anchored in.
    boxes: Vec<Paragraph>,
    /// What a deleted paragraph end left over.
    carried: String,
    /// The table at hand, and those it stands in.
    tables: Vec<OpenTable>,
    /// Tables in the cells of a table, which follow it.
    inner_tables: Vec<Table>,
    properties: u32,
    run_properties: u32,
    in_text: bool,
    hidden: bool,
    raised: bool,
    in_notes: bool,
    paragraphs: u32,
    table_number: u32,
    notes: u32,
}

impl<'w> Walker<'w> {
    fn new(styles: &'w Styles, builder: &'w mut Builder) -> Self {
        Walker {
            styles,
            builder,
            open: Vec::new(),
            boxes: Vec::new(),
            carried: String::new(),
            tables: Vec::new(),
            inner_tables: Vec::new(),
            properties: 0,
            run_properties: 0,
            in_text: false,
            hidden: false,
            raised: false,
            in_notes: false,
            paragraphs: 0,
            table_number: 0,
            notes: 0,
        }
    }

    fn walk(&mut self, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) => {
                    if self.is_unseen(&element) {
                        xml.skip()?;
                    } else {
                        self.open(&element);
                    }
                }
                Node::Close(end) => self.close(end.name()),
                Node::Text(text) if self.in_text && !self.hidden => self.say(&text),
                Node::Text(_) => {}
            }
        }
        // The last end was deleted too.
        self.end_paragraph(Paragraph::default());
        Ok(())
    }

    fn is_unseen(&self, element: &Element) -> bool {
        let name = element.name();
        // Within properties, `del` says that the end of the paragraph or the row was deleted.
        name == "del" && self.properties == 0 && self.run_properties == 0
            || UNSEEN.contains(&name)
            // The line between text and notes is a note of its own to the file.
            || matches!(name, "footnote" | "endnote")
                && element.get("type").is_some_and(|kind| kind != "normal")
    }

    fn open(&mut self, element: &Element) {
        let name = element.name();
        match name {
            "p" => self.open.push(Paragraph::default()),
            "pPr" | "trPr" => self.properties += 1,
            "rPr" => self.run_properties += 1,
            "r" => (self.hidden, self.raised) = (false, false),
            "t" => self.in_text = true,
            "footnote" | "endnote" => self.notes += 1,
            "tbl" => self.tables.push(OpenTable::default()),
            _ if self.properties > 0 => self.property(element),
            "vanish" if self.run_properties > 0 => self.hidden = element.is_on(),
            "vertAlign" if self.run_properties > 0 => {
                self.raised = element.get("val").as_deref() == Some("superscript");
            }
            "tab" | "br" | "cr" | "ptab" if !self.hidden => self.say(" "),
            "noBreakHyphen" if !self.hidden => self.say("-"),
            _ => self.table_part(element),
        }
    }

    /// A property of a paragraph or a table row.
    fn property(&mut self, element: &Element) {
        let in_run = self.run_properties > 0;
        match (element.name(), self.open.last_mut(), self.tables.last_mut()) {
            ("pStyle", Some(paragraph), _) => paragraph.style = element.get("val"),
            ("numId", Some(paragraph), _) => {
                paragraph.list = Some(element.number("val") != Some(0))
            }
            ("outlineLvl", Some(paragraph), _) => paragraph.outline = element.number("val"),
            ("del" | "moveFrom", Some(paragraph), _) if in_run => paragraph.runs_on = true,
            ("del", _, Some(table)) if !in_run => table.row_deleted = true,
            ("tblHeader", _, Some(table)) if table.row == 0 && element.is_on() => {
                table.table.headed = true;
            }
            _ => {}
        }
    }

    fn table_part(&mut self, element: &Element) {
        let Some(table) = self.tables.last_mut() else { return };
        match element.name() {
            "tblLook" => {
                let bits = element.get("val").and_then(|v| u32::from_str_radix(&v, 16).ok());
                table.table.headed |= match element.get("firstRow") {
                    Some(first) => first == "1" || first == "true",
                    None => bits.is_some_and(|bits| bits & 0x20 != 0),
                };
            }
            "tr" => (table.column, table.row_deleted) = (0, false),
            "tc" => table.width = 1,
            "gridSpan" => table.width = element.number("val").unwrap_or(1).clamp(1, COLUMNS),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.end_paragraph(paragraph);
                }
            }
            "pPr" | "trPr" => self.properties = self.properties.saturating_sub(1),
            "rPr" => self.run_properties = self.run_properties.saturating_sub(1),
            "t" => self.in_text = false,
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = (table.column + table.width).min(COLUMNS);
                }
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += u32::from(!table.row_deleted);
                }
            }
            "tbl" => {
                let Some(done) = self.tables.pop() else { return };
                self.inner_tables.push(done.table);
                if self.tables.is_empty() {
                    // The outermost closes last and is read first.
                    for table in std::mem::take(&mut self.inner_tables).into_iter().rev() {
                        self.end_table(table);
                    }
                }
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        match self.raised {
            true => paragraph.text.extend(text.chars().map(raised)),
            false => paragraph.text.push_str(text),
        }
    }

    fn end_paragraph(&mut self, mut paragraph: Paragraph) {
        if !self.carried.is_empty() {
            paragraph.text.insert_str(0, &std::mem::take(&mut self.carried));
        }
        if paragraph.runs_on {
            self.carried = paragraph.text;
        } else if !self.open.is_empty() && self.tables.is_empty() {
            self.boxes.push(paragraph);
        } else {
            self.emit(paragraph);
        }
        if self.open.is_empty() {
            for paragraph in std::mem::take(&mut self.boxes) {
                self.emit(paragraph);
            }
        }
    }

    fn emit(&mut self, paragraph: Paragraph) {
        let style = self.styles.of(paragraph.style.as_deref());
        if style == Style::Contents || paragraph.text.trim().is_empty() {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            if !table.row_deleted {
                table.table.add(table.row, table.column, paragraph.text);
            }
            return;
        }
        let kind = match (paragraph.outline, style) {
            (Some(level @ 0..9), _) => BlockKind::Heading(level as u8 + 1),
            (_, Style::Heading(level)) => BlockKind::Heading(level),
            (_, Style::Caption) => BlockKind::Caption,
            _ if paragraph.list.unwrap_or(style == Style::Item) => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        if self.in_notes {
            self.builder.landmark(Landmark::Note(self.notes));
        } else {
            self.paragraphs += 1;
            self.builder.landmark(Landmark::Paragraph(self.paragraphs));
        }
        self.builder.add(&paragraph.text);
        self.builder.end(kind, style == Style::Quote);
    }

    fn end_table(&mut self, table: Table) {
        let number = self.table_number + 1;
        table.end(&mut self.table_number, self.builder, |row, column| Landmark::Cell {
            table: number,
            row: row + 1,
            column: column + 1,
        });
    }
}

/// Digits set high: a square or the number of a note, never digits of the number before them.
fn raised(c: char) -> char {
    match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4'..='9' => char::from_u32(c as u32 - '4' as u32 + '⁴' as u32).unwrap_or(c),
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::archive::tests::package;
    use crate::document::{Document, read as read_document};
    use std::path::Path;

    /// A document of this body.
    fn document(body: &str) -> Document {
        let text = format!("<w:document><w:body>{body}</w:body></w:document>");
        let styles = "<w:styles><w:style w:styleId='H'><w:name w:val='heading 2'/></w:style>\
            <w:style w:styleId='Mine'><w:basedOn w:val='H'/></w:style>\
            <w:style w:styleId='Loop'><w:basedOn w:val='Loop'/></w:style>\
            <w:style w:styleId='T'><w:name w:val='toc 1'/></w:style></w:styles>";
        let relations = "<Relationships>\
            <Relationship Id='1' Type='x/styles' Target='styles.xml'/>\
            <Relationship Id='2' Type='x/footnotes' Target='/word/footnotes.xml'/></Relationships>";
        let notes = "<w:footnotes><w:footnote w:type='separator'><w:p><w:r><w:t>9</w:t></w:r></w:p>\
            </w:footnote><w:footnote w:id='2'><w:p><w:r><w:t>A note of 7.</w:t></w:r></w:p></w:footnote>\
            </w:footnotes>";
        let bytes = package(&[
            ("word/document.xml", &text),
            ("word/styles.xml", styles),
            ("word/footnotes.xml", notes),
            ("word/_rels/document.xml.rels", relations),
        ]);
        read_document(Path::new("a.docx"), bytes)
            .unwrap_or_else(|error| panic!("{}", error.message))
    }

    /// The blocks as `place kind: text`.
    fn blocks(document: &Document) -> Vec<String> {
        let show = |block: &crate::document::Block| {
            let place = document.landmark(block.span).map(ToString::to_string).unwrap_or_default();
            let kind = match block.kind {
                BlockKind::Cell(cell) if cell.header => "Header".to_owned(),
                BlockKind::Cell(_) => "Cell".to_owned(),
                ref kind => format!("{kind:?}"),
            };
            format!("{place} {kind}: {}", document.slice(block.span))
        };
        document.blocks.iter().map(show).collect()
    }

    fn p(text: &str) -> String {
        format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    #[test]
    fn tracked_changes_are_accepted() {
        let read = document(
            "<w:p><w:r><w:t>We have </w:t></w:r><w:del><w:r><w:delText>12</w:delText></w:r></w:del>\
             <w:ins><w:r><w:t>14</w:t></w:r></w:ins><w:moveFrom><w:r><w:t> old</w:t></w:r></w:moveFrom>\
             <w:r><w:rPr><w:vanish/></w:rPr><w:t> hidden</w:t></w:r>\
             <w:r><w:rPr><w:vanish w:val='0'/><w:ins/></w:rPr><w:t> boats.</w:t></w:r></w:p>\
             <w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>One </w:t></w:r></w:p><w:p><w:r><w:t>line.</w:t></w:r></w:p>\
             <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>gone</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        );
        assert_eq!(
            blocks(&read),
            [
                "paragraph 1 Paragraph: We have 14 boats.",
                "paragraph 2 Paragraph: One line.",
                "note 1 Paragraph: A note of 7."
            ]
        );
    }

    #[test]
    fn styles_and_properties_tell_what_a_paragraph_is() {
        let styled = |style: &str, more: &str| {
            format!(
                "<w:p><w:pPr><w:pStyle w:val='{style}'/>{more}</w:pPr><w:r><w:t>{style}{}</w:t></w:r></w:p>",
                more.len()
            )
        };
        let read = document(
            &[
                styled("Mine", ""),
                styled("Loop", ""),
                styled("T", ""),
                styled("None", "<w:numPr><w:numId w:val='3'/></w:numPr>"),
                styled("None", "<w:outlineLvl w:val='0'/><w:tabs><w:tab/></w:tabs>"),
            ]
            .concat(),
        );
        let found = blocks(&read);
        let kinds: Vec<_> = found.iter().filter_map(|b| b.split(": ").next()).collect();
        assert_eq!(
            kinds,
            [
                "paragraph 1 Heading(2)",
                "paragraph 2 Paragraph",
                "paragraph 3 ListItem",
                "paragraph 4 Heading(1)",
                "note 1 Paragraph"
            ]
        );
    }

    #[test]
    fn a_text_box_follows_its_paragraph_and_is_read_once() {
        let read = document(&format!(
            "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{0}\
             </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback>\
             </mc:AlternateContent></w:r><w:r><w:t> after.</w:t></w:r></w:p>",
            p("In a box.")
        ));
        assert_eq!(
            blocks(&read)[..2],
            ["paragraph 1 Paragraph: Before after.", "paragraph 2 Paragraph: In a box."]
        );
    }

    #[test]
    fn a_table_in_a_table_follows_it() {
        let cell = |content: &str| format!("<w:tc>{content}</w:tc>");
        let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
        let inner = format!("<w:tbl>{}</w:tbl>", row(&[cell(&p("inner 1")), cell(&p("inner 2"))]));
        let wide = format!("<w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>{}</w:tc>", p("wide"));
        let read = document(&format!(
            "<w:tbl><w:tblPr><w:tblLook w:val='04A0'/></w:tblPr>{}{}</w:tbl>",
            row(&[wide, cell(&p("2019"))]),
            row(&[cell(&inner), cell(&p("5<!-- -->6")), cell(&p("7"))]),
        ));
        assert_eq!(
            blocks(&read)[..6],
            [
                "table 1, row 1, column 1 Header: wide",
                "table 1, row 1, column 3 Header: 2019",
                "table 1, row 2, column 2 Cell: 56",
                "table 1, row 2, column 3 Cell: 7",
                "table 2, row 1, column 1 Cell: inner 1",
                "table 2, row 1, column 2 Cell: inner 2",
            ]
        );
    }

    #[test]
    fn marks_set_high_do_not_join_the_number() {
        let high = |text: &str| {
            format!("<w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>{text}</w:t></w:r>")
        };
        let read = document(&format!(
            "<w:p><w:r><w:t>12 km</w:t></w:r>{}<w:r><w:t>, 500</w:t></w:r>{}</w:p>",
            high("2"),
            high("1")
        ));
        assert_eq!(blocks(&read)[0], "paragraph 1 Paragraph: 12 km², 500¹");
    }
}
