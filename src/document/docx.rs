//! DOCX (Office Open XML, ECMA-376): paragraphs, headings, lists, tables, text boxes and notes.
//!
//! Tracked changes are read as accepted. Left out: comments, headers and footers, hidden text,
//! tables of contents (they repeat the headings with page numbers).

use std::collections::HashMap;

use super::archive::Archive;
use super::builder::Builder;
use super::flow::{Flow, Paragraph};
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
            walker.note = walker.note.or(Some(0));
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

/// What the file says of a paragraph.
#[derive(Default)]
struct Properties {
    style: Option<String>,
    outline: Option<u32>,
    list: Option<bool>,
}

struct Walker<'w> {
    styles: &'w Styles,
    flow: Flow<'w>,
    /// The properties of the paragraph at hand, and of those that wait while a text box is read.
    properties: Vec<Properties>,
    in_properties: u32,
    in_run_properties: u32,
    in_text: bool,
    hidden: bool,
    raised: bool,
    /// How many columns the cell at hand spans.
    width: u32,
    note: Option<u32>,
}

impl<'w> Walker<'w> {
    fn new(styles: &'w Styles, builder: &'w mut Builder) -> Self {
        Walker {
            styles,
            flow: Flow::new(builder),
            properties: Vec::new(),
            in_properties: 0,
            in_run_properties: 0,
            in_text: false,
            hidden: false,
            raised: false,
            width: 1,
            note: None,
        }
    }

    fn walk(&mut self, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if self.is_unseen(&element) => xml.skip()?,
                Node::Open(element) => self.open(&element),
                Node::Close(end) => self.close(end.name()),
                Node::Text(text) if self.in_text => self.say(&text),
                Node::Text(_) => {}
            }
        }
        self.flow.end();
        Ok(())
    }

    fn is_unseen(&self, element: &Element) -> bool {
        let name = element.name();
        // Within properties, `del` says that the end of the paragraph or the row was deleted.
        name == "del" && self.in_properties == 0 && self.in_run_properties == 0
            || UNSEEN.contains(&name)
            // The line between text and notes is a note of its own to the file.
            || matches!(name, "footnote" | "endnote")
                && element.get("type").is_some_and(|kind| kind != "normal")
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "p" => {
                self.properties.push(Properties::default());
                self.flow.open_paragraph(Paragraph { note: self.note, ..Paragraph::default() });
            }
            "pPr" | "trPr" => self.in_properties += 1,
            "rPr" => self.in_run_properties += 1,
            "r" => (self.hidden, self.raised) = (false, false),
            "t" => self.in_text = true,
            "footnote" | "endnote" => self.note = Some(self.note.unwrap_or(0) + 1),
            "tbl" => self.flow.open_table(),
            _ if self.in_properties > 0 => self.property(element),
            "vanish" if self.in_run_properties > 0 => self.hidden = element.is_on(),
            "vertAlign" if self.in_run_properties > 0 => {
                self.raised = element.get("val").as_deref() == Some("superscript");
            }
            "tab" | "br" | "cr" | "ptab" => self.say(" "),
            "noBreakHyphen" => self.say("-"),
            _ => self.table_part(element),
        }
    }

    /// A property of a paragraph or a table row.
    fn property(&mut self, element: &Element) {
        let in_run = self.in_run_properties > 0;
        let properties = self.properties.last_mut();
        match (element.name(), properties) {
            ("pStyle", Some(properties)) => properties.style = element.get("val"),
            ("numId", Some(properties)) => properties.list = Some(element.number("val") != Some(0)),
            ("outlineLvl", Some(properties)) => properties.outline = element.number("val"),
            ("del" | "moveFrom", _) if in_run => {
                if let Some(paragraph) = self.flow.paragraph() {
                    paragraph.runs_on = true;
                }
            }
            ("del", _) => {
                if let Some(table) = self.flow.table() {
                    table.row_deleted = true;
                }
            }
            ("tblHeader", _) if element.is_on() => {
                if let Some(table) = self.flow.table() {
                    table.table.headed |= table.row == 0;
                }
            }
            _ => {}
        }
    }

    fn table_part(&mut self, element: &Element) {
        let Some(table) = self.flow.table() else { return };
        match element.name() {
            "tblLook" => {
                let bits = element.get("val").and_then(|v| u32::from_str_radix(&v, 16).ok());
                table.table.headed |= match element.get("firstRow") {
                    Some(first) => first == "1" || first == "true",
                    None => bits.is_some_and(|bits| bits & 0x20 != 0),
                };
            }
            "tc" => self.width = 1,
            "gridSpan" => self.width = element.number("val").unwrap_or(1).max(1),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => {
                let properties = self.properties.pop().unwrap_or_default();
                let style = self.styles.of(properties.style.as_deref());
                if let Some(paragraph) = self.flow.paragraph() {
                    paragraph.kind = block_kind(&properties, style);
                    paragraph.quoted = style == Style::Quote;
                    paragraph.unseen = style == Style::Contents;
                }
                self.flow.close_paragraph();
            }
            "pPr" | "trPr" => self.in_properties = self.in_properties.saturating_sub(1),
            "rPr" => self.in_run_properties = self.in_run_properties.saturating_sub(1),
            "t" => self.in_text = false,
            "tc" => {
                if let Some(table) = self.flow.table() {
                    table.right(self.width);
                }
                // The rest of an outer cell that held a table is read as one column wide.
                self.width = 1;
            }
            "tr" => {
                if let Some(table) = self.flow.table() {
                    table.down(1);
                }
            }
            "tbl" => self.flow.close_table(),
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        match (self.hidden, self.raised) {
            (true, _) => {}
            (_, true) => self.flow.say_raised(text),
            _ => self.flow.say(text),
        }
    }
}

fn block_kind(properties: &Properties, style: Style) -> BlockKind {
    match (properties.outline, style) {
        (Some(level @ 0..9), _) => BlockKind::Heading(level as u8 + 1),
        (_, Style::Heading(level)) => BlockKind::Heading(level),
        (_, Style::Caption) => BlockKind::Caption,
        _ if properties.list.unwrap_or(style == Style::Item) => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
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
