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
    /// Markdown with JavaScript and components.
    Mdx,
    /// HTML and XHTML.
    Html,
    /// LaTeX.
    Latex,
    /// reStructuredText.
    Rst,
    /// AsciiDoc.
    AsciiDoc,
    /// Org.
    Org,
    /// A table with commas, semicolons or tabs between its fields.
    Csv,
    /// A table with tabs between its fields.
    Tsv,
    /// JSON, or lines of it.
    Json,
    /// A Jupyter notebook.
    Notebook,
    /// An e-mail.
    Mail,
    /// Some text without an extension that tells.
    Text,
    /// Word and its like.
    Docx,
    /// Excel and its like.
    Xlsx,
    /// PowerPoint and its like.
    Pptx,
    /// Texts, spreadsheets and presentations of LibreOffice and its like.
    Odf,
    /// An e-book.
    Epub,
    /// Pages as they are printed.
    Pdf,
}

/// Extensions with their formats.
const EXTENSIONS: &[(&str, Format)] = &[
    ("txt", Format::Plain),
    ("text", Format::Plain),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("mdx", Format::Mdx),
    ("qmd", Format::Markdown),
    ("rmd", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("tex", Format::Latex),
    ("ltx", Format::Latex),
    ("rst", Format::Rst),
    ("adoc", Format::AsciiDoc),
    ("asciidoc", Format::AsciiDoc),
    ("org", Format::Org),
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("tab", Format::Tsv),
    ("json", Format::Json),
    ("jsonl", Format::Json),
    ("ndjson", Format::Json),
    ("ipynb", Format::Notebook),
    ("eml", Format::Mail),
    ("docx", Format::Docx),
    ("docm", Format::Docx),
    ("xlsx", Format::Xlsx),
    ("xlsm", Format::Xlsx),
    ("pptx", Format::Pptx),
    ("pptm", Format::Pptx),
    ("ppsx", Format::Pptx),
    ("odt", Format::Odf),
    ("ods", Format::Odf),
    ("odp", Format::Odf),
    ("ott", Format::Odf),
    ("epub", Format::Epub),
    ("pdf", Format::Pdf),
];

/// Whether files with this extension are documents that are looked for in folders. Data is read where it is
/// named: most of it in a folder is settings of programs.
pub fn is_known(extension: &str) -> bool {
    let format = by_extension(extension);
    format.is_some_and(|format| !matches!(format, Format::Csv | Format::Tsv | Format::Json))
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
        !matches!(
            self,
            Format::Docx | Format::Xlsx | Format::Pptx | Format::Odf | Format::Epub | Format::Pdf
        )
    }

    /// For a text without an extension that tells: what it looks like.
    pub fn or_by_text(self, text: &str) -> Format {
        let head = text
            .trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t'])
            .get(..15)
            .unwrap_or_default()
            .to_ascii_lowercase();
        match self {
            Format::Text if head.starts_with("<!doctype html") || head.starts_with("<html") => {
                Format::Html
            }
            Format::Text if head.starts_with("\\documentclass") => Format::Latex,
            Format::Text => Format::Plain,
            known => known,
        }
    }

    /// What a person calls it.
    pub fn name(self) -> &'static str {
        match self {
            Format::Plain | Format::Text => "a text",
            Format::Markdown | Format::Mdx => "a Markdown text",
            Format::Html => "an HTML page",
            Format::Latex => "a LaTeX text",
            Format::Rst => "a reStructuredText",
            Format::AsciiDoc => "an AsciiDoc text",
            Format::Org => "an Org text",
            Format::Csv | Format::Tsv => "a table as text",
            Format::Json => "a JSON file",
            Format::Notebook => "a Jupyter notebook",
            Format::Mail => "an e-mail",
            Format::Docx => "a DOCX document",
            Format::Xlsx => "an XLSX spreadsheet",
            Format::Pptx => "a PPTX presentation",
            Format::Epub => "an EPUB",
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
        ("mimetypeapplication/epub+zip", Format::Epub),
        ("word/document", Format::Docx),
        ("xl/workbook", Format::Xlsx),
        ("ppt/presentation", Format::Pptx),
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
