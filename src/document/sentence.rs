//! Sentences of a block.

use crate::source::Span;

/// Splits the block at `span` of `text` into sentences that cover it but for the spaces between.
pub fn split(_text: &str, span: Span) -> Vec<Span> {
    vec![span]
}
