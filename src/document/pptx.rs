//! Presentations of PowerPoint and its like (PresentationML, ECMA-376): the text of the slides in their order,
//! with tables and speaker's notes. Left out: hidden slides, slide numbers, dates and footers.

use super::archive::Archive;
use super::builder::Builder;
use super::flow::{Flow, Paragraph, Where};
use super::xml::{Element, Node, Xml};
use super::{BlockKind, ReadError};

/// Reads a presentation.
pub fn read(bytes: &[u8], builder: &mut Builder) -> Result<(), ReadError> {
    let mut archive = Archive::open(bytes)?;
    let main = archive.main_part("ppt/presentation.xml")?;
    let presentation = archive.expect(&main)?;
    let relations = archive.relations(&main)?;
    let mut ids = Vec::new();
    let mut xml = Xml::new(&presentation);
    while let Some(node) = xml.next()? {
        if let Node::Open(element) = node
            && element.name() == "sldId"
        {
            ids.extend(element.get_prefixed("r:id"));
        }
    }
    let mut flow = Flow::new(builder);
    for (number, id) in ids.iter().enumerate() {
        let Some(relation) = relations.iter().find(|relation| relation.id == *id) else { continue };
        let Some(slide) = archive.part(&relation.target)? else { continue };
        flow.place = Where::Slide(number as u32 + 1);
        let mut walker = Walker::new(&mut flow);
        if !walker.walk(&slide)? {
            continue;
        }
        let related = archive.relations(&relation.target)?;
        let Some(notes) = related.iter().find(|r| r.kind == "notesSlide") else { continue };
        if let Some(notes) = archive.part(&notes.target)? {
            let mut walker = Walker::new(&mut flow);
            walker.in_notes = true;
            walker.walk(&notes)?;
        }
    }
    Ok(())
}

struct Walker<'w, 'b> {
    flow: &'w mut Flow<'b>,
    /// What the shape at hand is for: "title", "body", nothing.
    role: String,
    in_notes: bool,
    in_text: bool,
    bullet: Option<bool>,
    raised: bool,
}

impl<'w, 'b> Walker<'w, 'b> {
    fn new(flow: &'w mut Flow<'b>) -> Self {
        let role = String::new();
        Walker { flow, role, in_notes: false, in_text: false, bullet: None, raised: false }
    }

    /// Reads a slide; whether it is shown.
    fn walk(&mut self, text: &str) -> Result<bool, ReadError> {
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next()? {
            match node {
                Node::Open(element) if element.name() == "sld" => {
                    if matches!(element.get("show").as_deref(), Some("0" | "false")) {
                        return Ok(false);
                    }
                }
                // The second form of what is shown in a first; fields that number the slides.
                Node::Open(element) if element.name() == "Fallback" || is_field(&element) => {
                    xml.skip()?
                }
                Node::Open(element) => self.open(&element),
                Node::Close(end) => self.close(end.name()),
                Node::Text(text) if self.in_text && self.is_seen() => match self.raised {
                    true => self.flow.say_raised(&text),
                    false => self.flow.say(&text),
                },
                Node::Text(_) => {}
            }
        }
        self.flow.end();
        Ok(true)
    }

    /// Whether the shape at hand is no slide number, date or footer; of notes, only the body is.
    fn is_seen(&self) -> bool {
        !matches!(self.role.as_str(), "sldNum" | "dt" | "ftr" | "hdr")
            && (!self.in_notes || self.role == "body")
    }

    fn open(&mut self, element: &Element) {
        match element.name() {
            "sp" | "graphicFrame" => self.role = String::new(),
            "ph" => self.role = element.get("type").unwrap_or_else(|| "body".to_owned()),
            "tbl" => self.flow.open_table(),
            "tblPr" => {
                if let Some(table) = self.flow.table() {
                    table.table.headed |=
                        matches!(element.get("firstRow").as_deref(), Some("1" | "true"));
                }
            }
            "p" => {
                self.bullet = None;
                self.flow.open_paragraph(Paragraph::default());
            }
            "buNone" => self.bullet = Some(false),
            "buChar" | "buAutoNum" => self.bullet = Some(true),
            "rPr" => {
                let baseline =
                    element.get("baseline").and_then(|n| n.trim_end_matches('%').parse().ok());
                self.raised = baseline.is_some_and(|n: i32| n > 0);
            }
            "r" => self.raised = false,
            "t" => self.in_text = true,
            "br" | "tab" => self.flow.say(" "),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "t" => self.in_text = false,
            "sp" => self.role.clear(),
            "p" => {
                let item = self.bullet.unwrap_or(self.role == "body" && !self.in_notes);
                let kind = match self.role.as_str() {
                    "title" | "ctrTitle" => BlockKind::Heading(1),
                    "subTitle" => BlockKind::Heading(2),
                    _ if item => BlockKind::ListItem,
                    _ => BlockKind::Paragraph,
                };
                if let Some(paragraph) = self.flow.paragraph() {
                    paragraph.kind = kind;
                }
                self.flow.close_paragraph();
            }
            "tc" => {
                if let Some(table) = self.flow.table() {
                    table.right(1);
                }
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
}

fn is_field(element: &Element) -> bool {
    element.name() == "fld"
        && element
            .get("type")
            .is_some_and(|kind| kind == "slidenum" || kind.starts_with("datetime"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::archive::tests::package;
    use crate::document::read;

    #[test]
    fn slides_in_their_order_with_notes() {
        let shape = |role: &str, text: &str| {
            format!(
                "<p:sp><p:nvPr><p:ph type='{role}'/></p:nvPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody></p:sp>"
            )
        };
        let slide = |more: &str, body: &str| format!("<p:sld {more}>{body}</p:sld>");
        let cell = |text: &str| {
            format!("<a:tc><a:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></a:txBody></a:tc>")
        };
        let table = format!(
            "<a:tbl><a:tblPr firstRow='1'/><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr></a:tbl>",
            cell("Berth"),
            cell("2019"),
            cell("North"),
            cell("12")
        );
        let first = slide(
            "",
            &[shape("title", "Boats"), shape("body", "45 more"), shape("sldNum", "7"), table]
                .concat(),
        );
        let bytes = package(&[
            (
                "ppt/presentation.xml",
                "<p:presentation><p:sldIdLst><p:sldId id='256' r:id='b'/><p:sldId id='257' r:id='a'/></p:sldIdLst></p:presentation>",
            ),
            (
                "ppt/_rels/presentation.xml.rels",
                "<Relationships><Relationship Id='a' Type='x/slide' Target='slides/s1.xml'/>\
                <Relationship Id='b' Type='x/slide' Target='slides/s2.xml'/></Relationships>",
            ),
            ("ppt/slides/s1.xml", &first),
            (
                "ppt/slides/_rels/s1.xml.rels",
                "<Relationships><Relationship Id='n' Type='x/notesSlide' Target='../n1.xml'/></Relationships>",
            ),
            ("ppt/slides/s2.xml", &slide("show='0'", &shape("title", "Hidden"))),
            (
                "ppt/n1.xml",
                &format!("<p:notes>{}{}</p:notes>", shape("sldImg", "9"), shape("body", "A note.")),
            ),
        ]);
        let read = read(Path::new("a.pptx"), bytes).unwrap_or_else(|e| panic!("{}", e.message));
        assert_eq!(read.text, "Boats\n45 more\nBerth\n2019\nNorth\n12\nA note.\n");
        assert_eq!(read.landmark(read.blocks[0].span).unwrap().to_string(), "slide 2");
        assert!(read.column_header(5).is_some());
    }
}
