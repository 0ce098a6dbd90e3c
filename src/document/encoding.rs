//! Bytes to UTF-8.

use encoding_rs::Encoding;

use super::ReadError;

/// Places are remembered every so many bytes.
const STRIDE: usize = 4096;

/// A declaration stands among the first bytes of a file.
const HEAD: usize = 1024;

/// A file that is not UTF-8: from the places of its text to those of its bytes.
#[derive(Debug, Clone)]
pub struct Recoded {
    encoding: &'static Encoding,
    /// Bytes of the text and of the file, at the start and every [`STRIDE`].
    stops: Vec<(usize, usize)>,
}

impl Recoded {
    fn new(encoding: &'static Encoding, text: &str, mark: usize) -> Recoded {
        let mut recoded = Recoded { encoding, stops: vec![(0, mark)] };
        let (mut at, mut file) = (0, mark);
        while at + STRIDE < text.len() {
            let next = text.ceil_char_boundary(at + STRIDE);
            file += recoded.width(&text[at..next]);
            at = next;
            recoded.stops.push((at, file));
        }
        recoded
    }

    /// How many bytes a text takes in the file.
    fn width(&self, text: &str) -> usize {
        match self.encoding {
            e if e == encoding_rs::UTF_16LE || e == encoding_rs::UTF_16BE => {
                text.encode_utf16().count() * 2
            }
            e if e.is_single_byte() => text.chars().count(),
            e => e.encode(text).0.len(),
        }
    }

    /// The byte of the file that the byte `at` of its text, `text`, came from.
    pub fn file_offset(&self, text: &[u8], at: usize) -> usize {
        let stop = self.stops.partition_point(|(start, _)| *start <= at).saturating_sub(1);
        let (start, file) = self.stops[stop];
        let piece = text.get(start..at).and_then(|piece| std::str::from_utf8(piece).ok());
        file + piece.map_or(0, |piece| self.width(piece))
    }
}

/// The text of a file.
#[derive(Debug)]
pub struct Decoded {
    /// The text.
    pub text: String,
    /// What the user should know.
    pub problems: Vec<String>,
    /// The way back to the bytes of the file, if these are not UTF-8.
    pub recoded: Option<Recoded>,
}

/// Decodes a file: by its byte order mark, as UTF-8 if it is that, by what it declares, by its looks.
pub fn decode(bytes: Vec<u8>) -> Result<Decoded, ReadError> {
    let refuse = |message: &str| Err(ReadError { message: message.to_owned() });
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(&bytes)
        && encoding != encoding_rs::UTF_8
    {
        return other(encoding, &bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) if text.bytes().any(|b| b == 0) => {
            return refuse(
                "is not a text document (it holds NUL bytes); give a text, Markdown or HTML file",
            );
        }
        Ok(text) => return Ok(Decoded { text, problems: Vec::new(), recoded: None }),
        Err(error) => error.into_bytes(),
    };
    // Every other byte of ASCII text in UTF-16 is zero.
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| {
        head.iter().skip(from).step_by(2).filter(|b| **b == 0).count() * 3 > head.len()
    };
    if head.contains(&0) {
        // Text in UTF-16 is nearly all zeros on one side; a program or a picture is not.
        let utf16 = match (zeros(0), zeros(1)) {
            (true, false) => Some(encoding_rs::UTF_16BE),
            (false, true) => Some(encoding_rs::UTF_16LE),
            _ => None,
        };
        return match utf16 {
            Some(encoding) if head.len() >= 16 => other(encoding, &bytes),
            _ => refuse(
                "is not a text document (it holds NUL bytes); give a text, Markdown or HTML file",
            ),
        };
    }
    if let Some(encoding) = declared(&bytes)
        && let Ok(decoded) = other(encoding, &bytes)
    {
        return Ok(decoded);
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    other(detector.guess(None, chardetng::Utf8Detection::Deny), &bytes)
}

/// The encoding that a page (`<meta charset="...">`), XML or a mail (`charset=...`) declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let value = ["charset=", "encoding="].iter().find_map(|name| head.split_once(name))?.1;
    let value = value.trim_start_matches(['"', '\'', ' ']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:".contains(c));
    let encoding = Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])?;
    // It is not UTF-8, whatever it says, nor UTF-16, or this could not have been read.
    encoding.is_ascii_compatible().then_some(encoding).filter(|e| *e != encoding_rs::UTF_8)
}

fn other(encoding: &'static Encoding, bytes: &[u8]) -> Result<Decoded, ReadError> {
    let mark = Encoding::for_bom(bytes).map_or(0, |(_, len)| len);
    let (text, damaged) = encoding.decode_without_bom_handling(&bytes[mark..]);
    if damaged {
        let message = format!("is neither UTF-8 nor sound {}; save it as UTF-8", encoding.name());
        return Err(ReadError { message });
    }
    let text = text.into_owned();
    let recoded = Some(Recoded::new(encoding, &text, mark));
    let problems = vec![format!("is not UTF-8: read as {}", encoding.name())];
    Ok(Decoded { text, problems, recoded })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let text =
            |bytes: &[u8]| decode(bytes.to_vec()).map(|read| (read.text, read.problems.len()));
        assert_eq!(text("é".as_bytes()).ok(), Some(("é".to_owned(), 0)));
        assert_eq!(
            text(b"caf\xe9 au lait, 12 francs").ok(),
            Some(("café au lait, 12 francs".to_owned(), 1))
        );
        assert_eq!(text(b"\xff\xfea\0b\0").ok(), Some(("ab".to_owned(), 1)));
        assert!(text(b"a\0b").is_err());
    }

    #[test]
    fn places_are_those_of_the_file() {
        let text = "é😀 12 ".repeat(3000);
        let offset = |bytes: Vec<u8>, at: usize| {
            let read = decode(bytes).unwrap_or_else(|error| panic!("{}", error.message));
            read.recoded.map_or(at, |recoded| recoded.file_offset(read.text.as_bytes(), at))
        };
        let units: Vec<u16> = text.encode_utf16().collect();
        let little: Vec<u8> = [0xFEFF].iter().chain(&units).flat_map(|u| u.to_le_bytes()).collect();
        let big: Vec<u8> = [0xFEFF].iter().chain(&units).flat_map(|u| u.to_be_bytes()).collect();
        let at = text.rfind("12").unwrap();
        let expected = 2 + 2 * text[..at].encode_utf16().count();
        assert_eq!(offset(little.clone(), at), expected);
        assert_eq!(offset(big, at), expected);
        assert_eq!(&little[expected..expected + 4], b"1\x002\0");
        let latin = b"<meta charset='windows-1252'>\x80 4 caf\xe9 12".to_vec();
        let read = decode(latin.clone()).unwrap_or_else(|error| panic!("{}", error.message));
        assert!(read.text.contains("€ 4 café"));
        let found = offset(latin.clone(), read.text.rfind("12").unwrap());
        assert_eq!(&latin[found..], b"12");
    }
}
