//! From the clean text back to the bytes of the file.

use crate::source::Span;

/// One stretch of the clean text and where it came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segment {
    /// First byte in the clean text.
    pub text: u32,
    /// First byte in the file.
    pub source: u32,
    /// Length in the clean text.
    pub text_len: u32,
    /// Length in the file. Where the two lengths are equal and `verbatim`, offsets map one to one.
    pub source_len: u32,
    /// The bytes are the same on both sides.
    pub verbatim: bool,
}

/// Segments in order of both sides; an empty map is the identity.
#[derive(Debug, Clone, Default)]
pub struct OriginMap {
    segments: Vec<Segment>,
}

impl OriginMap {
    /// A map of these segments, in order.
    pub fn new(segments: Vec<Segment>) -> Self {
        OriginMap { segments }
    }

    /// The place in the clean text of a byte of the file, or the nearest place behind it.
    pub fn text_offset(&self, source: u32) -> u32 {
        let next = self.segments.partition_point(|s| s.source + s.source_len <= source);
        match self.segments.get(next) {
            Some(s) if s.verbatim && s.source <= source => s.text + (source - s.source),
            Some(s) => s.text,
            None => self.segments.last().map_or(source, |s| s.text + s.text_len),
        }
    }

    /// The clean text is the file.
    pub fn identity() -> Self {
        OriginMap::default()
    }

    /// The file's bytes that `span` came from.
    pub fn source_span(&self, span: Span) -> Span {
        if self.segments.is_empty() {
            return span;
        }
        let segment = |offset: u32| {
            let next = self.segments.partition_point(|s| s.text <= offset);
            self.segments[next.saturating_sub(1)]
        };
        let first = segment(span.start);
        let last = segment(span.end.saturating_sub(1).max(span.start));
        let start =
            if first.verbatim { first.source + (span.start - first.text) } else { first.source };
        let end = if last.verbatim {
            last.source + (span.end - last.text).min(last.source_len)
        } else {
            last.source + last.source_len
        };
        Span { start, end: end.max(start) }
    }
}
