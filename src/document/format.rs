//! Which format a file is in: by its first bytes where these tell, else by its extension.

use std::path::Path;

use super::ReadError;

/// The formats that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML and XHTML.
    Html,
    /// Some text without an extension that tells.
    Text,
    /// Word and its like.
    Docx,
    /// Texts, spreadsheets and presentations of LibreOffice and its like.
    Odf,
    /// Pages as they are printed.
    Pdf,
}

/// Extensions with their formats.
const EXTENSIONS: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdx", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("odt", Format::Odf),
    ("ods", Format::Odf),
    ("odp", Format::Odf),
    ("ott", Format::Odf),
    ("pdf", Format::Pdf),
];

/// Whether files with this extension are documents.
pub fn is_known(extension: &str) -> bool {
    by_extension(extension).is_some()
}

fn by_extension(extension: &str) -> Option<Format> {
    let known = EXTENSIONS.iter().find(|(known, _)| known.eq_ignore_ascii_case(extension));
    known.map(|(_, format)| *format)
}

impl Format {
    /// The format of a file. What it holds outweighs what it is called.
    pub fn of(path: &Path, bytes: &[u8]) -> Result<Format, ReadError> {
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let named = by_extension(extension);
        let refuse = |what: &str| {
            Err(ReadError::new(format!("is {what}; export it as text, Markdown or HTML")))
        };
        if bytes.starts_with(b"PK\x03\x04") {
            return match packed(bytes).or(named).filter(|format| !format.is_text()) {
                Some(format) => Ok(format),
                None => refuse("a ZIP package of a kind that is not known"),
            };
        }
        // Some programs put lines of their own before the mark.
        if memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
            && (bytes.starts_with(b"%PDF-") || named == Some(Format::Pdf))
        {
            return Ok(Format::Pdf);
        }
        if bytes.starts_with(b"{\\rtf") {
            return refuse("an RTF document");
        }
        if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
            return Err(ReadError::new(
                "is an Office document of the old kind or with a password; save it as DOCX, without one",
            ));
        }
        match named {
            Some(format) if !format.is_text() => {
                let name = format.name();
                Err(ReadError::new(format!("is damaged: it is named as {name} but is none")))
            }
            Some(format) => Ok(format),
            None => Ok(Format::Text),
        }
    }

    /// Whether the bytes of the file are its text.
    pub fn is_text(self) -> bool {
        matches!(self, Format::Plain | Format::Markdown | Format::Html | Format::Text)
    }

    /// For a text without an extension that tells: what it looks like.
    pub fn or_by_text(self, text: &str) -> Format {
        let head = text.trim_start().get(..15).unwrap_or_default().to_ascii_lowercase();
        match self {
            Format::Text if head.starts_with("<!doctype html") || head.starts_with("<html") => {
                Format::Html
            }
            Format::Text => Format::Plain,
            known => known,
        }
    }

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain | Format::Text => "a text",
            Format::Markdown => "a Markdown text",
            Format::Html => "an HTML page",
            Format::Docx => "a DOCX document",
            Format::Odf => "an OpenDocument file",
            Format::Pdf => "a PDF",
        }
    }
}

/// The format of a ZIP package, by the names in it, which stand unpacked among its bytes.
fn packed(bytes: &[u8]) -> Option<Format> {
    let holds = |name: &str| memchr::memmem::find(bytes, name.as_bytes()).is_some();
    // The first entry of these says in plain what they are.
    const KINDS: &[(&str, Format)] = &[
        ("mimetypeapplication/vnd.oasis.opendocument.", Format::Odf),
        ("word/document", Format::Docx),
        ("office:document-content", Format::Odf),
    ];
    KINDS.iter().find(|(name, _)| holds(name)).map(|(_, format)| *format)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_outweighs_the_name() {
        let of = |name: &str, bytes: &[u8]| {
            Format::of(Path::new(name), bytes).map_err(|error| error.message)
        };
        assert_eq!(of("a.md", b"12 boats"), Ok(Format::Markdown));
        assert_eq!(of("a.txt", b"PK\x03\x04...word/document.xml"), Ok(Format::Docx));
        assert!(of("a.txt", b"PK\x03\x04").is_err_and(|m| m.contains("ZIP")));
        assert!(of("a.docx", b"12 boats").is_err_and(|m| m.contains("named as a DOCX")));
        assert!(of("a.rtf", b"{\\rtf1").is_err_and(|m| m.contains("RTF")));
        assert_eq!(Format::Text.or_by_text("  <!DOCTYPE html><p>12"), Format::Html);
        assert_eq!(Format::Text.or_by_text("12 boats"), Format::Plain);
    }
}
