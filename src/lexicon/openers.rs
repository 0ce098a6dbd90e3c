//! Which words a figure or a date can begin with, so that most words of a text are passed over.

use std::sync::LazyLock;

use super::{calendar, numbers, units};

/// Bits of the filter: 8 KiB stay near the processor.
const BITS: usize = 1 << 16;

/// A set of words that answers "not in it" for certain and "in it" nearly so (a Bloom filter with
/// one hash function).
struct Filter {
    bits: Box<[u64]>,
}

impl Filter {
    fn of(words: impl IntoIterator<Item = String>) -> Filter {
        let mut bits = vec![0_u64; BITS / 64].into_boxed_slice();
        for word in words {
            let slot = slot(word.as_bytes());
            bits[slot / 64] |= 1 << (slot % 64);
        }
        Filter { bits }
    }

    fn may_hold(&self, word: &[u8]) -> bool {
        let slot = slot(word);
        self.bits[slot / 64] >> (slot % 64) & 1 == 1
    }
}

/// The same for both cases of a letter (FNV-1a over their low bits, folded).
fn slot(word: &[u8]) -> usize {
    let mixed = word.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte & 31)).wrapping_mul(0x0100_0193)
    });
    (mixed ^ (mixed >> 16)) as usize & (BITS - 1)
}

struct Openers {
    figures: Filter,
    dates: Filter,
    /// What makes a figure of "a" or "an" before it.
    counted: Filter,
    /// What makes a date of "a", "an" or "the" before it.
    timed: Filter,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let numbers = || numbers::words().map(str::to_owned);
    let signs = || ["a", "an", "minus", "negative"].map(str::to_owned);
    let measures = || units::first_words();
    Openers {
        figures: Filter::of(numbers().chain(signs()).chain(units::codes())),
        dates: Filter::of(numbers().chain(calendar::openers().cloned())),
        counted: Filter::of(numbers().chain(measures())),
        timed: Filter::of(
            numbers().chain(calendar::openers().cloned()).chain(calendar::units().cloned()),
        ),
    }
});

/// The ASCII word that starts `text`; none where it goes on with other letters or digits.
fn word(text: &str) -> Option<&[u8]> {
    let end = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    (!text[end..].starts_with(char::is_alphanumeric)).then(|| &text.as_bytes()[..end])
}

/// The word behind an article and a space.
fn behind<'a>(text: &'a str, articles: &[&str]) -> Option<&'a str> {
    let end = text.bytes().take_while(u8::is_ascii_alphabetic).count().min(4);
    let article = articles.iter().any(|article| article.eq_ignore_ascii_case(&text[..end]));
    text[end..].strip_prefix(' ').filter(|_| article)
}

/// Whether a figure may begin with the word that starts `text`.
pub fn figure(text: &str) -> bool {
    let Some(first) = word(text) else {
        // "USD5"
        return text.starts_with(|c: char| c.is_ascii_uppercase());
    };
    if let Some(next) = behind(text, &["a", "an"]) {
        return word(next).is_some_and(|next| OPENERS.counted.may_hold(next));
    }
    OPENERS.figures.may_hold(first)
}

/// Whether a date, a time or a length of time may begin with the word that starts `text`.
pub fn date(text: &str) -> bool {
    // "Q2", "FY2019"
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    if text[letters..].starts_with(|c: char| !c.is_ascii() && c.is_alphanumeric()) {
        return false;
    }
    if let Some(next) = behind(text, &["a", "an", "the"]) {
        return next.starts_with(|c: char| c.is_ascii_digit() || c == '\'')
            || word(next).is_some_and(|next| OPENERS.timed.may_hold(next));
    }
    OPENERS.dates.may_hold(&text.as_bytes()[..letters])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_can_begin_a_value_open_one() {
        for text in ["twelve men", "a dozen", "a liter of", "USD 5", "minus two", "EUR5"] {
            assert!(figure(text), "{text}");
        }
        for text in ["a house", "committee", "twelvemonth", "an apple"] {
            assert!(!figure(text), "{text}");
        }
        for text in ["May 3", "the 15th", "the end of", "last year", "the third quarter", "noon"] {
            assert!(date(text), "{text}");
        }
        assert!(!date("the committee") && !date("board"));
    }
}
