//! XML as a row of nodes, within bounds: nothing nests deeper than a person would write, nothing is
//! fetched from elsewhere, and a file that declares entities of its own is refused.

use std::borrow::Cow;

use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::ReadError;
use crate::lexicon::entities;

/// Office files nest about ten elements for each table in a table.
const DEPTH: usize = 400;

/// A reader of nodes. Names are taken without their prefixes.
pub struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
}

/// What XML is made of.
pub enum Node<'a> {
    /// `<name ...>`; `<name/>` gives a [`Node::Close`] too.
    Open(Element<'a>),
    /// `</name>`.
    Close(End<'a>),
    /// Text with its entities resolved. One stretch of text may come in several nodes.
    Text(Cow<'a, str>),
}

/// The tag that opens an element.
pub struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }

    /// The value of an attribute, named without its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        // Without the checks for doubles, which compare each attribute with all others.
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).flatten();
        let attribute = found.into_iter().find(|a| local(a.key.into_inner()) == name)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The value of an attribute, named with its prefix as the file writes it.
    pub fn get_prefixed(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let mut found = attributes.with_checks(false).flatten();
        let attribute = found.find(|a| a.key.into_inner() == name)?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
        Some(value.into_owned())
    }

    /// The value of an attribute that is a number.
    pub fn number(&self, name: &str) -> Option<u32> {
        self.get(name)?.trim().parse().ok()
    }

    /// Whether a property that stands without a value, or with one that is not "off", is set.
    pub fn is_on(&self) -> bool {
        !matches!(self.get("val").as_deref(), Some("0" | "false" | "off" | "none"))
    }
}

/// The tag that closes an element.
pub struct End<'a>(BytesEnd<'a>);

impl End<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().into_inner())
    }
}

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

impl<'a> Xml<'a> {
    /// Reads the nodes of `text`.
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0 }
    }

    /// The next node; `None` at the end.
    pub fn next(&mut self) -> Result<Option<Node<'a>>, ReadError> {
        loop {
            let event = self.reader.read_event().map_err(|error| {
                ReadError::new(format!("is damaged: its XML cannot be read: {error}"))
            })?;
            let node = match event {
                Event::Start(tag) => {
                    self.depth += 1;
                    if self.depth > DEPTH {
                        return Err(ReadError::new(format!(
                            "nests its XML more than {DEPTH} deep; it is no document of text"
                        )));
                    }
                    Node::Open(Element(tag))
                }
                Event::End(tag) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::Close(End(tag))
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(name) => match character(&name) {
                    Some(c) => Node::Text(Cow::Owned(c.to_string())),
                    None => continue,
                },
                Event::DocType(text) if text.contains('[') => {
                    return Err(ReadError::new(
                        "declares XML entities of its own, which is not safe to read",
                    ));
                }
                Event::Eof if self.depth > 0 => {
                    return Err(ReadError::new("is damaged: its XML ends too early"));
                }
                Event::Eof => return Ok(None),
                _ => continue,
            };
            return Ok(Some(node));
        }
    }

    /// Leaves the element that has just opened, with all that is in it.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside && self.next()?.is_some() {}
        Ok(())
    }
}

/// The character that an entity or a number stands for.
fn character(name: &str) -> Option<char> {
    match name.strip_prefix('#') {
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())
        }
        None => match name {
            "amp" => Some('&'),
            "lt" => Some('<'),
            "gt" => Some('>'),
            "quot" => Some('"'),
            "apos" => Some('\''),
            name => entities::entity(name),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(xml: &str) -> Result<String, String> {
        let mut reader = Xml::new(xml);
        let mut found = String::new();
        loop {
            match reader.next() {
                Ok(Some(Node::Open(element))) if element.name() == "skip" => {
                    reader.skip().map_err(|error| error.message)?;
                }
                Ok(Some(Node::Text(text))) => found.push_str(&text),
                Ok(Some(_)) => {}
                Ok(None) => return Ok(found),
                Err(error) => return Err(error.message),
            }
        }
    }

    #[test]
    fn nodes_and_entities() {
        assert_eq!(
            text("<w:p>a &amp; b&#x20AC;<skip>x<skip/>y</skip>&eacute;</w:p>").unwrap(),
            "a & b€é"
        );
        assert_eq!(text("<p>&unknown;12</p>").unwrap(), "12");
    }

    #[test]
    fn hostile_files_are_refused_in_words() {
        let refused = |xml: &str, words: &str| {
            let message = text(xml).unwrap_err();
            assert!(message.contains(words), "{message}");
        };
        refused("<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "entities");
        refused(&"<a>".repeat(100_000), "deep");
        refused("<a><b></a>", "damaged");
        refused("<a>", "ends too early");
    }

    #[test]
    fn a_million_attributes_are_no_trouble() {
        let attributes: String = (0..200_000).map(|n| format!(" a{n}='1'")).collect();
        let xml = format!("<p{attributes} last='x'/>");
        let mut reader = Xml::new(&xml);
        let Ok(Some(Node::Open(element))) = reader.next() else { panic!("an element") };
        assert_eq!(element.get("last").as_deref(), Some("x"));
    }
}
