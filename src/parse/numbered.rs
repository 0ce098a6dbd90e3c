//! Names that end in a number: "Highway 63", "section 377", "Flight 1549".

use crate::document::Document;
use crate::lexicon::labels::{self, Label};
use crate::source::Span;

/// A thing that goes by a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// What it is, lower case: "highway".
    pub label: String,
    /// Its number, as written: "63", "7b".
    pub number: String,
    /// Where the number stands.
    pub span: Span,
    /// The block it stands in.
    pub block: usize,
}

/// The numbered things of a document, in order.
pub fn numbered(document: &Document) -> Vec<Numbered> {
    let mut found = Vec::new();
    for (number, block) in document.blocks.iter().enumerate() {
        let text = document.slice(block.span);
        let mut rest = 0;
        while let Some(digit) = text[rest..].find(|c: char| c.is_ascii_digit()) {
            let start = rest + digit;
            let length = text[start..].find(|c: char| !c.is_ascii_alphanumeric());
            let end = length.map_or(text.len(), |length| start + length);
            rest = end;
            // "Highway 1.5", "section 3-4", "room 20%": no plain number.
            let more = text[end..].strip_prefix(['.', ',', '-', '–', '/', ':', '%']);
            if more.is_some_and(|more| more.starts_with(|c: char| c.is_ascii_digit()))
                || text[end..].starts_with('%')
            {
                continue;
            }
            let Some(before) = text[..start].strip_suffix(' ') else { continue };
            let label = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            if labels::tells(Label::Numbered, label) {
                found.push(Numbered {
                    label: label.to_lowercase(),
                    number: text[start..end].to_owned(),
                    span: Span::new(
                        block.span.start as usize + start,
                        block.span.start as usize + end,
                    ),
                    block: number,
                });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn read(text: &str) -> Vec<(String, String)> {
        let document = crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap();
        numbered(&document).into_iter().map(|named| (named.label, named.number)).collect()
    }

    #[test]
    fn things_that_go_by_a_number() {
        let named = |label: &str, number: &str| (label.to_owned(), number.to_owned());
        assert_eq!(
            read("Near Highway 63 and exit 7b."),
            [named("highway", "63"), named("exit", "7b")]
        );
        assert_eq!(read("Under section 377 of the code"), [named("section", "377")]);
        assert_eq!(read("In the section 12% were men; 12 flights"), []);
        assert_eq!(read("It is \u{e9}highway 4, article 3.2, and 5"), []);
    }
}
