//! E-mail (RFC 5322, MIME): the subject and the text; of alternatives the plain one. Attachments and other
//! headers are left out.

use encoding_rs::Encoding;

use super::builder::Builder;
use super::origin::{OriginMap, Segment};
use super::{BlockKind, html, plain};

/// Parts in parts in parts: forwarded mails that hold forwarded mails.
const DEPTH: usize = 16;

/// Reads a mail; what is left out goes to `problems`.
pub fn read(source: &str, builder: &mut Builder, problems: &mut Vec<String>) {
    let mut reader = Reader { source, builder, attachments: 0 };
    reader.entity(0, source.len(), 0, true);
    if reader.attachments > 0 {
        problems.push(format!("{} attachment(s) are not read", reader.attachments));
    }
}

/// The headers that tell how a part is to be read.
#[derive(Debug, Default)]
struct Headers {
    subject: Option<(usize, usize)>,
    kind: String,
    boundary: Option<String>,
    charset: Option<String>,
    encoding: String,
    attached: bool,
}

struct Reader<'r> {
    source: &'r str,
    builder: &'r mut Builder,
    attachments: usize,
}

impl Reader<'_> {
    /// Reads the part between two places.
    fn entity(&mut self, start: usize, end: usize, depth: usize, top: bool) {
        let (headers, body) = headers(self.source, start, end);
        if let Some((start, end)) = headers.subject
            && top
        {
            self.subject(start, end);
        }
        let kind = headers.kind.as_str();
        if headers.attached {
            self.attachments += 1;
        } else if let Some(boundary) = &headers.boundary
            && kind.starts_with("multipart/")
            && depth < DEPTH
        {
            let parts = parts(self.source, body, end, boundary);
            let chosen = if kind == "multipart/alternative" {
                let is_plain = |part: &&(usize, usize)| {
                    self::headers(self.source, part.0, part.1).0.kind == "text/plain"
                };
                let plain = parts.iter().find(is_plain);
                plain.or_else(|| parts.last()).into_iter().copied().collect()
            } else {
                parts
            };
            for (start, end) in chosen {
                self.entity(start, end, depth + 1, false);
            }
        } else if kind == "message/rfc822" && depth < DEPTH {
            self.entity(body, end, depth + 1, true);
        } else if kind.is_empty() || kind == "text/plain" || kind == "text/html" {
            self.text(&headers, body, end);
        } else {
            self.attachments += 1;
        }
    }

    fn text(&mut self, headers: &Headers, start: usize, end: usize) {
        let coded = &self.source[start..end];
        let decoded = match headers.encoding.as_str() {
            "quoted-printable" => Some(quoted_printable(coded, start, false)),
            "base64" => Some(base64(coded, start)),
            _ => None,
        };
        let html = headers.kind == "text/html";
        match decoded {
            Some(bytes) => {
                let (text, map) = decode(&bytes, headers.charset.as_deref());
                self.builder.inside(Some(map));
                if html {
                    html::read(&text, self.builder)
                } else {
                    lines(&text, 0, self.builder)
                }
                self.builder.inside(None);
            }
            None if html => html::read_part(coded, start, self.builder),
            None => lines(coded, start, self.builder),
        }
    }

    /// The subject, with its encoded words (RFC 2047).
    fn subject(&mut self, start: usize, end: usize) {
        let text = &self.source[start..end];
        let mut at = 0;
        while let Some(found) = text[at..].find("=?") {
            let here = at + found;
            let Some((len, bytes, charset)) = encoded_word(&text[here..], start + here) else {
                self.builder.push(&text[at..here + 2], start + at);
                at = here + 2;
                continue;
            };
            self.builder.push(&text[at..here], start + at);
            let (word, map) = decode(&bytes, Some(charset));
            self.builder.inside(Some(map));
            self.builder.push(&word, 0);
            self.builder.inside(None);
            at = here + len;
            // Space between encoded words is none.
            let gap = text[at..].len() - text[at..].trim_start().len();
            if text[at + gap..].starts_with("=?") {
                at += gap;
            }
        }
        self.builder.push(&text[at..], start + at);
        self.builder.end(BlockKind::Heading(1), false);
    }
}

/// Plain text, in which lines that start with `>` are quoted from another mail.
fn lines(text: &str, at: usize, builder: &mut Builder) {
    let mut start = 0;
    let mut pos = 0;
    for line in text.split_inclusive('\n') {
        // What follows is a signature.
        if matches!(line.trim_end_matches(['\r', '\n']), "-- " | "--") {
            break;
        }
        if line.starts_with('>') {
            plain::read_part(&text[start..pos], at + start, builder);
            let body = line.trim_start_matches(['>', ' ']);
            builder.push(body, at + pos + line.len() - body.len());
            start = pos + line.len();
            if !text[start..].starts_with('>') || body.trim().is_empty() {
                builder.end(BlockKind::Paragraph, true);
            }
        }
        pos += line.len();
    }
    plain::read_part(&text[start..pos], at + start, builder);
}

/// The headers of the part that starts at `start`, and where its body does.
fn headers(source: &str, start: usize, end: usize) -> (Headers, usize) {
    let mut found = Headers::default();
    let mut at = start;
    while at < end {
        let mut stop = line_end(source, at, end);
        if source[at..stop].trim().is_empty() {
            return (found, stop);
        }
        // A header goes on in lines that start with a space.
        while source[stop..end].starts_with([' ', '\t']) {
            stop = line_end(source, stop, end);
        }
        if let Some((name, value)) = source[at..stop].split_once(':') {
            let place = at + name.len() + 1;
            header(&mut found, name, value, place);
        }
        at = stop;
    }
    (found, end)
}

fn header(found: &mut Headers, name: &str, value: &str, at: usize) {
    let parameter = |wanted: &str| {
        let mut parameters = value.split(';').skip(1).filter_map(|part| part.split_once('='));
        let found = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.trim().trim_matches('"').to_owned())
    };
    let first = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    match name.trim().to_ascii_lowercase().as_str() {
        "subject" => found.subject = Some((at, at + value.len())),
        "content-type" => {
            (found.kind, found.boundary, found.charset) =
                (first, parameter("boundary"), parameter("charset"));
        }
        "content-transfer-encoding" => found.encoding = first,
        "content-disposition" => found.attached = first == "attachment",
        _ => {}
    }
}

fn line_end(source: &str, at: usize, end: usize) -> usize {
    memchr::memchr(b'\n', &source.as_bytes()[at..end]).map_or(end, |found| at + found + 1)
}

/// The parts between the lines of a boundary.
fn parts(source: &str, start: usize, end: usize, boundary: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let mut open = None;
    let mut at = start;
    while at < end {
        let stop = line_end(source, at, end);
        let line = source[at..stop].trim_end();
        if let Some(rest) = line.strip_prefix("--").and_then(|line| line.strip_prefix(boundary))
            && (rest.is_empty() || rest == "--")
        {
            found.extend(open.map(|open| (open, at)));
            open = rest.is_empty().then_some(stop);
        }
        at = stop;
    }
    found.extend(open.map(|open| (open, end)));
    found
}

/// Decoded bytes, each with the bytes of the file it stands for.
type Bytes = Vec<(u8, u32, u32)>;

/// Undoes `=E9` and soft line ends; in headers `_` is a space.
fn quoted_printable(text: &str, base: usize, header: bool) -> Bytes {
    let bytes = text.as_bytes();
    let mut found = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = &bytes[at..];
        let hex = |n: usize| rest.get(n).and_then(|b| char::from(*b).to_digit(16));
        let (byte, len) = match rest {
            [b'=', b'\r', b'\n', ..] => (None, 3),
            [b'=', b'\n', ..] => (None, 2),
            [b'=', ..] => match (hex(1), hex(2)) {
                (Some(high), Some(low)) => (Some((high * 16 + low) as u8), 3),
                _ => (Some(b'='), 1),
            },
            [b'_', ..] if header => (Some(b' '), 1),
            _ => (Some(rest[0]), 1),
        };
        found.extend(byte.map(|byte| (byte, (base + at) as u32, len as u32)));
        at += len;
    }
    found
}

fn base64(text: &str, base: usize) -> Bytes {
    let mut found = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count, mut first) = (0u32, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            found.push(((bits >> count) as u8, (base + first) as u32, (at + 1 - first) as u32));
            bits &= (1 << count) - 1;
        }
        first = if count == 0 { at + 1 } else { at };
    }
    found
}

/// Decoded bytes as text, with the way back.
fn decode(bytes: &Bytes, charset: Option<&str>) -> (String, OriginMap) {
    let encoding = charset.and_then(|name| Encoding::for_label(name.as_bytes()));
    let encoding = encoding.unwrap_or(encoding_rs::UTF_8);
    let plain: Vec<u8> = bytes.iter().map(|(byte, ..)| *byte).collect();
    let mut text = String::new();
    let mut segments: Vec<Segment> = Vec::new();
    let mut add = |c: &str, from: usize, to: usize| {
        let (Some(first), Some(last)) = (bytes.get(from), bytes.get(to.max(from + 1) - 1)) else {
            return;
        };
        let (start, len) = (first.1, last.1 + last.2 - first.1);
        let verbatim = len as usize == c.len() && to - from == c.len();
        match segments.last_mut() {
            Some(before)
                if verbatim && before.verbatim && before.source + before.source_len == start =>
            {
                before.text_len += len;
                before.source_len += len;
            }
            _ => segments.push(Segment {
                text: text.len() as u32,
                source: start,
                text_len: c.len() as u32,
                source_len: len,
                verbatim,
            }),
        }
        text.push_str(c);
    };
    if encoding == encoding_rs::UTF_8 {
        let mut at = 0;
        for chunk in plain.utf8_chunks() {
            for c in chunk.valid().chars() {
                let len = c.len_utf8();
                add(c.encode_utf8(&mut [0; 4]), at, at + len);
                at += len;
            }
            if !chunk.invalid().is_empty() {
                add("\u{FFFD}", at, at + chunk.invalid().len());
                at += chunk.invalid().len();
            }
        }
    } else {
        // Encodings of several bytes a character are told apart line by line, the others byte by byte.
        let step = encoding.is_single_byte();
        let mut at = 0;
        while at < plain.len() {
            let end = match step {
                true => at + 1,
                false => {
                    memchr::memchr(b'\n', &plain[at..]).map_or(plain.len(), |found| at + found + 1)
                }
            };
            let (line, _) = encoding.decode_without_bom_handling(&plain[at..end]);
            match step && line.is_ascii() {
                true => add(&line, at, end),
                false => line.chars().for_each(|c| add(c.encode_utf8(&mut [0; 4]), at, end)),
            }
            at = end;
        }
    }
    (text, OriginMap::new(segments))
}

/// `=?charset?Q?words?=`: its length, its bytes, its character set.
fn encoded_word(text: &str, base: usize) -> Option<(usize, Bytes, &str)> {
    let body = text.strip_prefix("=?")?;
    let (charset, rest) = body.split_once('?')?;
    let (coding, rest) = rest.split_once('?')?;
    let end = rest.find("?=")?;
    let at = text.len() - rest.len();
    let bytes = match coding {
        "Q" | "q" => quoted_printable(&rest[..end], base + at, true),
        "B" | "b" => base64(&rest[..end], base + at),
        _ => return None,
    };
    Some((at + end + 2, bytes, charset.split('*').next().unwrap_or(charset)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::document::{Document, read};
    use crate::source::Span;

    fn mail(text: &str) -> Document {
        read(Path::new("a.eml"), text.into()).unwrap_or_else(|error| panic!("{}", error.message))
    }

    fn place<'t>(document: &Document, source: &'t str, words: &str) -> &'t str {
        let at = document.text.find(words).unwrap();
        &source[document.source_span(Span::new(at, at + words.len())).range()]
    }

    #[test]
    fn of_alternatives_the_plain_one() {
        let text = "From: a@b.example\r\nSubject: =?utf-8?Q?The_caf=C3=A9?= has\r\n 60 seats\r\nContent-Type: multipart/mixed;\r\n boundary=\"x\"\r\n\r\n\
            preamble 1\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nThe quay cost =A34.5 mil=\r\nlion.\r\n> It cost 4.\r\n-- \r\nAnna, 12\r\n--y\r\nContent-Type: text/html\r\n\r\n<p>13</p>\r\n\
            --y--\r\n--x\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--x--\r\n";
        let read = mail(text);
        assert_eq!(read.text, "The café has 60 seats\nThe quay cost £4.5 million.\nIt cost 4.\n");
        assert!(read.blocks[2].quoted);
        assert_eq!(place(&read, text, "£4.5 million"), "=A34.5 mil=\r\nlion");
        assert_eq!(place(&read, text, "é"), "=C3=A9");
        assert_eq!(read.problems, ["1 attachment(s) are not read"]);
    }

    #[test]
    fn base64_and_html() {
        let text = "Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+MTIgYm9h\ndHM8L3A+\n";
        let read = mail(text);
        assert_eq!(read.text, "12 boats\n");
        assert_eq!(place(&read, text, "12 "), "MTIg");
    }

    #[test]
    fn a_boundary_within_itself_ends() {
        let part = "Content-Type: multipart/mixed; boundary=x\n\n--x\n".repeat(3000);
        assert!(mail(&part).blocks.is_empty());
    }
}
