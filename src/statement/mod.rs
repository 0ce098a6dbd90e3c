//! All that a document states, block by block.

use crate::document::Document;
use crate::parse::{Anchor, Mention, scan};

/// Every mention of `document` in order; spans count in [`Document::text`].
pub fn mentions(document: &Document, anchor: Option<Anchor>) -> Vec<Mention> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let start = block.span.start;
        for mut mention in scan::scan(document.slice(block.span), anchor) {
            mention.span.start += start;
            mention.span.end += start;
            found.push(mention);
        }
    }
    found
}
