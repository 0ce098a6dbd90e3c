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

/// Segments in the order of the text; an empty map is the identity.
#[derive(Debug, Clone, Default)]
pub struct OriginMap {
    segments: Vec<Segment>,
    /// Their numbers in the order of the file, if that is another: a note is read behind its paragraph.
    by_source: Vec<u32>,
}

impl OriginMap {
    /// A map of these segments, in the order of the text.
    pub fn new(segments: Vec<Segment>) -> Self {
        let mut by_source = Vec::new();
        if !segments.is_sorted_by_key(|s| s.source + s.source_len) {
            by_source = (0..segments.len() as u32).collect();
            by_source.sort_by_key(|&at| {
                let segment = &segments[at as usize];
                (segment.source + segment.source_len, segment.source)
            });
        }
        OriginMap { segments, by_source }
    }

    /// The place in the clean text of a byte of the file, or the nearest place behind it.
    pub fn text_offset(&self, source: u32) -> u32 {
        let behind = |s: &Segment| s.source + s.source_len <= source;
        let next = if self.by_source.is_empty() {
            self.segments.get(self.segments.partition_point(behind))
        } else {
            let next = self.by_source.partition_point(|&at| behind(&self.segments[at as usize]));
            self.by_source.get(next).map(|&at| &self.segments[at as usize])
        };
        match next {
            Some(s) if s.verbatim && s.source <= source => s.text + (source - s.source),
            Some(s) => s.text,
            None => self.segments.last().map_or(source, |s| s.text + s.text_len),
        }
    }

    /// The segments that `span` of the text is made of, cut to it.
    pub fn pieces(&self, span: Span) -> impl Iterator<Item = Segment> {
        let first = self.segments.partition_point(|s| s.text + s.text_len <= span.start);
        let within = self.segments[first..].iter().take_while(move |s| s.text < span.end);
        within.map(move |s| {
            let start = span.start.max(s.text);
            let end = span.end.min(s.text + s.text_len);
            match s.verbatim {
                true => Segment {
                    text: start,
                    text_len: end - start,
                    source: s.source + (start - s.text),
                    source_len: end - start,
                    verbatim: true,
                },
                false => Segment { text: start, text_len: end - start, ..*s },
            }
        })
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
