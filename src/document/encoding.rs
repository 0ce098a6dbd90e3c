//! Bytes to UTF-8.

use super::ReadError;

/// Decodes a file; the second part tells what the user should know of it.
pub fn decode(bytes: Vec<u8>) -> Result<(String, Vec<String>), ReadError> {
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
        Ok(text) => return Ok((text, Vec::new())),
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
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    other(detector.guess(None, chardetng::Utf8Detection::Deny), &bytes)
}

fn other(
    encoding: &'static encoding_rs::Encoding,
    bytes: &[u8],
) -> Result<(String, Vec<String>), ReadError> {
    let (text, _, damaged) = encoding.decode(bytes);
    if damaged {
        let message = format!("is neither UTF-8 nor sound {}; save it as UTF-8", encoding.name());
        return Err(ReadError { message });
    }
    let problem = format!(
        "is not UTF-8: read as {}; byte offsets count its UTF-8 form, lines and columns are those of the file",
        encoding.name()
    );
    Ok((text.into_owned(), vec![problem]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings() {
        let text =
            |bytes: &[u8]| decode(bytes.to_vec()).map(|(text, problems)| (text, problems.len()));
        assert_eq!(text("é".as_bytes()).ok(), Some(("é".to_owned(), 0)));
        assert_eq!(
            text(b"caf\xe9 au lait, 12 francs").ok(),
            Some(("café au lait, 12 francs".to_owned(), 1))
        );
        assert_eq!(text(b"\xff\xfea\0b\0").ok(), Some(("ab".to_owned(), 1)));
        assert!(text(b"a\0b").is_err());
    }
}
