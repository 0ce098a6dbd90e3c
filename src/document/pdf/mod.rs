//! PDF (ISO 32000): text by page in reading order.
//!
//! A PDF holds glyphs and places, not sentences. Here its pages become runs of text with their places
//! (by pdfboss); `page` puts the runs of a page in order, as lines and tables; `flow` makes paragraphs of
//! lines, over the ends of columns and pages. Running heads and page numbers are left out.

mod flow;
mod page;

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use pdfboss_core::{Document, Error, Immediate, ObjRef, Object, ObjectSource, Stream, block_on};
use pdfboss_text::{FontCache, ReadingOrder, extract_spans_and_rulings_reporting_cached_with};

use super::ReadError;
use super::builder::Builder;
use page::{Page, Run};

/// So many bytes the streams of all pages may unpack to, together: text of a thousand pages takes a
/// tenth of this.
const UNPACKED: usize = 96 << 20;

/// Longer documents are to be split.
const PAGES: usize = 20_000;

/// So many pieces of text a document may have.
const RUNS: usize = 3_000_000;

/// A page number or a running head is looked for in so many lines at either end of a page.
const MARGIN_LINES: usize = 3;

/// A line that recurs on this share of the pages is a running head (on left and right pages it may
/// differ, and chapters have their own).
const RECURS: f32 = 0.2;

/// Reads a PDF file; what could not be read goes to `problems`.
pub fn read(
    bytes: &[u8],
    builder: &mut Builder,
    problems: &mut Vec<String>,
) -> Result<(), ReadError> {
    let document = Document::load(bytes.to_vec()).map_err(damaged)?;
    if document.is_locked() {
        return Err(ReadError::new("is protected by a password; save it without one"));
    }
    let count = document.page_count();
    if count > PAGES {
        return Err(ReadError::new(format!("has more than {PAGES} pages; split it")));
    }
    let mut pages = pages(&document, count)?;
    let without: Vec<_> =
        pages.iter().filter(|page| page.runs.is_empty()).map(|page| page.number).collect();
    if without.len() == pages.len() {
        return Err(ReadError::new(
            "holds no text, only pictures of it (a scan?); run text recognition (OCR) over it first",
        ));
    }
    unreadable(&pages)?;
    if !without.is_empty() {
        let pages = flow::list(&without);
        problems.push(format!("holds no text on {pages}: pictures of text are not read"));
    }
    leave_out_running_heads(&mut pages);
    flow::read(pages, builder);
    Ok(())
}

fn damaged(error: Error) -> ReadError {
    ReadError::new(match error {
        Error::Encrypted => "is protected by a password; save it without one".to_owned(),
        error => format!("is damaged: {error}").replace('\n', " "),
    })
}

/// A document that hands out a bounded amount of unpacked data: a form can call forms that call forms, and
/// a small stream can unpack to a huge one.
struct Metered<'d> {
    document: &'d Document,
    left: Cell<usize>,
}

impl ObjectSource for Metered<'_> {
    fn get(&self, reference: ObjRef) -> pdfboss_core::Result<Object> {
        self.document.get(reference)
    }

    fn stream_data(&self, stream: &Stream) -> pdfboss_core::Result<Vec<u8>> {
        let too_much = || Error::Decode("too much data".to_owned());
        if self.left.get() == 0 {
            return Err(too_much());
        }
        let data = self.document.stream_data(stream)?;
        // Each call costs something, however small the stream.
        let left = self.left.get().checked_sub(data.len() + 256);
        self.left.set(left.unwrap_or(0));
        left.map(|_| data).ok_or_else(too_much)
    }
}

fn pages(document: &Document, count: usize) -> Result<Vec<Page>, ReadError> {
    let source = Metered { document, left: Cell::new(UNPACKED) };
    let fonts = FontCache::default();
    let layers = document.oc_state();
    let mut pages = Vec::new();
    let mut total = 0;
    for index in 0..count {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let Ok(page) = document.page(index) else {
            pages.push(Page::new(number, &[], &[]));
            continue;
        };
        let order = ReadingOrder::Content;
        let extracted = block_on(extract_spans_and_rulings_reporting_cached_with(
            Immediate(&source),
            &page,
            &fonts,
            layers.as_ref(),
            None,
            order,
        ));
        let (spans, rulings, _) = extracted.map_err(damaged)?;
        total += spans.len();
        if total > RUNS || source.left.get() == 0 {
            return Err(ReadError::new("unpacks to more text than a document has; split it"));
        }
        pages.push(Page::new(number, &spans, &rulings));
    }
    Ok(pages)
}

/// Refuses a file whose fonts do not tell which letters their glyphs are.
fn unreadable(pages: &[Page]) -> Result<(), ReadError> {
    let (mut letters, mut unknown) = (0, 0);
    for c in pages.iter().flat_map(|page| &page.runs).flat_map(|run| run.text.chars()) {
        letters += usize::from(!c.is_whitespace());
        // Private characters are what a font calls its glyphs when it has no names for them.
        unknown += usize::from(c == '\u{FFFD}' || ('\u{E000}'..='\u{F8FF}').contains(&c));
    }
    if unknown * 3 > letters {
        return Err(ReadError::new(
            "does not say which letters its glyphs stand for; run text recognition (OCR) over it",
        ));
    }
    Ok(())
}

/// Leaves out lines at the top and the foot of pages that recur, with other numbers at most, and page
/// numbers.
fn leave_out_running_heads(pages: &mut [Page]) {
    // A line, numbers taken out, with its height on the page.
    let key = |run: &Run| (folded(&run.text), (run.y / 6.0).round() as i32);
    let mut seen: HashMap<(String, i32), u32> = HashMap::new();
    let margins: Vec<HashSet<usize>> =
        pages.iter().map(|page| page.margins(MARGIN_LINES)).collect();
    for (page, margin) in pages.iter().zip(&margins) {
        // A line counts once for a page, and for the heights beside its own.
        let mut own = HashSet::new();
        for &at in margin {
            let (text, y) = key(&page.runs[at]);
            own.extend([(text.clone(), y - 1), (text.clone(), y), (text, y + 1)]);
        }
        own.into_iter().for_each(|key| *seen.entry(key).or_default() += 1);
    }
    let enough = (pages.len() as f32 * RECURS).clamp(2.0, 6.0) as u32;
    for (page, margin) in pages.iter_mut().zip(&margins) {
        let number = page.number;
        let outer = page.margins(1);
        let mut at = 0;
        page.runs.retain(|run| {
            let here = at;
            at += 1;
            let recurs =
                margin.contains(&here) && seen.get(&key(run)).is_some_and(|n| *n >= enough);
            !(recurs || outer.contains(&here) && is_page_number(&run.text, number))
        });
    }
}

/// The text with every number made the same.
fn folded(text: &str) -> String {
    let mut folded = String::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        match c.is_ascii_digit() {
            true if folded.ends_with('#') => {}
            true => folded.push('#'),
            false => folded.push(c),
        }
    }
    folded
}

/// "7", "- 7 -", "Page 7 of 12" on page 7.
fn is_page_number(text: &str, page: u32) -> bool {
    let lower = text.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next();
    let number = if matches!(first, Some("page" | "p" | "seite")) { words.next() } else { first };
    let rest: Vec<_> = words.collect();
    number.is_some_and(|number| number.parse() == Ok(page))
        && (rest.is_empty()
            || matches!(rest[..], ["of", total] | [total] if total.parse().is_ok_and(|n: u32| n >= page)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers() {
        for text in ["7", "- 7 -", "Page 7", "page 7 of 12", "7/12"] {
            assert!(is_page_number(text, 7), "{text}");
        }
        for text in ["8", "7 boats", "7 of 3", "in 7", ""] {
            assert!(!is_page_number(text, 7), "{text}");
        }
        assert_eq!(folded("Page 12 of 340"), folded("Page 3 of 340"));
    }
}
