//! One pass over a block: stop only where a value can begin, read the longest there.

use super::{Anchor, At, Mention, date, figure};

/// Reads every figure, date, duration and recurrence of one block, in order, without overlaps.
/// Spans count from the start of `text`.
pub fn scan(text: &str, anchor: Option<Anchor>) -> Vec<Mention> {
    let mut found = Vec::new();
    let mut pos = 0;
    let bytes = text.as_bytes();
    while pos < bytes.len() {
        if !starts_word(bytes, pos) {
            pos += 1;
            continue;
        }
        let at = At { text, pos };
        let figure = figure::figure(at);
        let date = date::date(at, anchor);
        // The longest reading wins; a date wins a tie, because it says more.
        let longest = match (figure, date) {
            (Some(f), Some(d)) => Some(if f.span.end > d.span.end { f } else { d }),
            (f, d) => f.or(d),
        };
        match longest {
            Some(mention) if mention.span.end as usize > pos => {
                pos = mention.span.end as usize;
                found.push(mention);
            }
            _ => pos += 1,
        }
    }
    found
}

/// Whether a word, a number or a sign begins at `pos`, which is always a character boundary then.
fn starts_word(bytes: &[u8], pos: usize) -> bool {
    let byte = bytes[pos];
    if byte == b' ' || byte & 0xC0 == 0x80 {
        return false;
    }
    pos == 0 || !(bytes[pos - 1].is_ascii_alphanumeric() && byte.is_ascii_alphanumeric())
}
