//! OpenDocument (ISO/IEC 26300): texts, spreadsheets and presentations alike.
//!
//! Tracked changes are read as accepted: what was deleted is kept elsewhere in the file. Left out:
//! comments, hidden text, tables of contents and indexes, headers and footers.

use std::collections::HashMap;

use super::archive::Archive;
use super::builder::Builder;
use super::flow::{Flow, Paragraph, Where};
use super::xml::{Element, Node, Xml};
use super::{BlockKind, ReadError};

/// Elements that hold nothing that belongs to the text.
const UNSEEN: &[&str] = &[
    "tracked-changes",
    "annotation",
    "note-citation",
    "table-of-content",
    "alphabetical-index",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "bibliography",
    "sequence-decls",
    "variable-decls",
    "user-field-decls",
    "forms",
    "scripts",
    "hidden-text",
    "hidden-paragraph",
    "page-number",
    "page-count",
    "ruby-text",
    "title",
    "desc",
    "shapes",
];

/// Reads an OpenDocument file.
pub fn read(bytes: &[u8], builder: &mut Builder) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes)?;
    if let Some(manifest) = archive.part("META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(ReadError::new("is protected by a password; save it without one"));
    }
    let content = archive.expect("content.xml")?;
    Walker {
        flow: Flow::new(builder),
        styles: HashMap::new(),
        style: String::new(),
        spans: Vec::new(),
        lists: 0,
        note: None,
        notes: 0,
        slides: 0,
        width: 1,
        height: 1,
        in_sheets: false,
    }
    .walk(&content)
}

/// What the automatic styles of a file tell: the named style each rests on, and how its text looks.
#[derive(Default)]
struct Style {
    parent: String,
    raised: bool,
    hidden: bool,
}

struct Walker<'w> {
    flow: Flow<'w>,
    styles: HashMap<String, Style>,
    /// The style that is being told of.
    style: String,
    /// The styles of the stretches of text that are open: raised, hidden.
    spans: Vec<(bool, bool)>,
    lists: u32,
    note: Option<u32>,
    notes: u32,
    slides: u32,
    /// How many columns the cell at hand stands for, and how many rows its row.
    width: u32,
    height: u32,
    in_sheets: bool,
}

impl Walker<'_> {
    fn walk(&mut self, text: &str) -> Result<(), ReadError> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if UNSEEN.contains(&element.name()) => xml.skip()?,
                Node::Open(element) => self.open(&element),
                Node::Close(end) => self.close(end.name()),
                Node::Text(text) => self.say(&text),
            }
        }
        Ok(())
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "style" => {
                self.style = element.get("name").unwrap_or_default();
                let parent = element.get("parent-style-name").unwrap_or_default();
                self.styles.insert(self.style.clone(), Style { parent, ..Style::default() });
            }
            "text-properties" => {
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.hidden = element.get("display").as_deref() == Some("none");
                    let position = element.get("text-position").unwrap_or_default();
                    let raised = position.split_whitespace().next().is_some_and(|first| {
                        first == "super"
                            || first.parse::<f32>().is_ok()
                            || first
                                .strip_suffix('%')
                                .and_then(|n| n.parse().ok())
                                .is_some_and(|n: f32| n > 0.0)
                    });
                    style.raised = raised;
                }
            }
            "h" | "p" => self.open_paragraph(element),
            "span" => {
                let style = element.get("style-name").and_then(|name| self.styles.get(&name));
                let outer = self.spans.last().copied().unwrap_or_default();
                self.spans.push(
                    style.map_or(outer, |style| (style.raised || outer.0, style.hidden || outer.1)),
                );
            }
            "s" => self.say(" "),
            "tab" | "line-break" => self.say(" "),
            "list-item" => self.lists += 1,
            "note" => {
                self.notes += 1;
                self.note = Some(self.notes);
            }
            "spreadsheet" => self.in_sheets = true,
            "page" => {
                self.slides += 1;
                self.flow.place = Where::Slide(self.slides);
            }
            "table" => {
                if self.in_sheets {
                    let name = element.get("name").unwrap_or_default();
                    self.flow.place = Where::Sheet(name.into());
                }
                self.flow.open_table();
            }
            "table-header-rows" => {
                if let Some(table) = self.flow.table() {
                    table.table.headed |= table.row == 0;
                }
            }
            "table-row" => self.height = element.number("number-rows-repeated").unwrap_or(1),
            "table-cell" | "covered-table-cell" => {
                self.width = element.number("number-columns-repeated").unwrap_or(1);
            }
            _ => {}
        }
    }

    fn open_paragraph(&mut self, element: &Element) {
        let name = element.get("style-name").unwrap_or_default();
        let style = self.styles.get(&name);
        let parent = style.map(|style| style.parent.as_str()).filter(|parent| !parent.is_empty());
        let named = parent.unwrap_or(&name).replace("_20_", " ");
        let hidden = style.is_some_and(|style| style.hidden);
        let kind = match (element.name(), named.as_str()) {
            ("h", _) => {
                BlockKind::Heading(element.number("outline-level").unwrap_or(1).min(9) as u8)
            }
            (_, "Title") => BlockKind::Heading(1),
            (_, "Subtitle") => BlockKind::Heading(2),
            (_, "Caption" | "Table" | "Illustration" | "Figure" | "Drawing") => BlockKind::Caption,
            _ if self.lists > 0 => BlockKind::ListItem,
            _ => BlockKind::Paragraph,
        };
        self.flow.open_paragraph(Paragraph {
            kind,
            quoted: matches!(named.as_str(), "Quotations" | "Quote"),
            unseen: hidden || named.starts_with("Contents "),
            note: self.note,
            ..Paragraph::default()
        });
    }

    fn close(&mut self, name: &str) {
        match name {
            "h" | "p" => self.flow.close_paragraph(),
            "span" => drop(self.spans.pop()),
            "list-item" => self.lists = self.lists.saturating_sub(1),
            "note" => self.note = None,
            "table" => self.flow.close_table(),
            "table-row" => {
                if let Some(table) = self.flow.table() {
                    table.down(self.height);
                }
                self.height = 1;
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.flow.table() {
                    table.right(self.width);
                }
                self.width = 1;
            }
            _ => {}
        }
    }

    fn say(&mut self, text: &str) {
        match self.spans.last() {
            Some((_, true)) => {}
            Some((true, _)) => self.flow.say_raised(text),
            _ => self.flow.say(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::archive::tests::package;
    use crate::document::read;

    #[test]
    fn what_is_seen_and_where() {
        let content = "<office:document-content><office:automatic-styles><style:style style:name='T1'>\
            <style:text-properties style:text-position='super 58%'/></style:style><style:style style:name='T2'>\
            <style:text-properties text:display='none'/></style:style></office:automatic-styles><office:body>\
            <office:text><text:tracked-changes><text:p>was 11</text:p></text:tracked-changes>\
            <text:p>12<text:s text:c='3'/>km<text:span text:style-name='T1'>2</text:span><text:span \
            text:style-name='T2'>99</text:span><office:annotation><text:p>why?</text:p></office:annotation>\
            <text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p>\
            </text:note-body></text:note>, all.</text:p><text:list><text:list-item><text:p>An item</text:p>\
            </text:list-item></text:list><table:table><table:table-row><table:table-cell \
            table:number-columns-repeated='4294967295'><text:p>a</text:p></table:table-cell><table:table-cell>\
            <text:p>too far</text:p></table:table-cell></table:table-row><table:table-row \
            table:number-rows-repeated='4294967295'/><table:table-row><table:table-cell><text:p>5</text:p>\
            </table:table-cell></table:table-row></table:table></office:text></office:body></office:document-content>";
        let bytes = package(&[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", content),
        ]);
        let read =
            read(Path::new("a.odt"), bytes).unwrap_or_else(|error| panic!("{}", error.message));
        assert_eq!(read.text, "12 km², all.\nA note.\nAn item\na\n5\n");
        let places: Vec<_> =
            read.blocks.iter().map(|b| read.landmark(b.span).unwrap().to_string()).collect();
        assert_eq!(places[..3], ["paragraph 1", "note 1", "paragraph 2"]);
    }
}
