//! `--format junit` and `--format checkstyle`: what CI servers and editors read as XML.

use std::fmt::Write;

use super::diagnostic::{Checked, Counts, Diagnostic};
use crate::rule::Severity;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// A test suite for each document, a failed test case for each finding.
pub fn junit(documents: &[Checked]) -> String {
    let counts = Counts::of(documents);
    let total: usize = documents.iter().map(|document| document.diagnostics.len().max(1)).sum();
    let failures = counts.errors + counts.warnings + counts.notes;
    let mut out = String::from(HEAD);
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "<testsuites name=\"factlint\" tests=\"{total}\" failures=\"{failures}\" errors=\"0\">"
    );
    for document in documents {
        let found = &document.diagnostics;
        let path = escaped(&document.path);
        let _ = writeln!(
            out,
            "  <testsuite name=\"{path}\" file=\"{path}\" tests=\"{}\" failures=\"{}\" errors=\"0\" skipped=\"0\">",
            found.len().max(1),
            found.len()
        );
        if found.is_empty() {
            let _ = writeln!(out, "    <testcase name=\"facts\" classname=\"{path}\"/>");
        }
        for diagnostic in found {
            let place = &diagnostic.place;
            let _ = writeln!(
                out,
                "    <testcase name=\"{} {}:{}\" classname=\"{path}\">\n      \
                 <failure message=\"{}\" type=\"{}\">{}</failure>\n    </testcase>",
                escaped(diagnostic.rule),
                place.start.line,
                place.start.column,
                escaped(&diagnostic.message),
                diagnostic.severity.id(),
                escaped(&evidence(diagnostic)),
            );
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

/// An `error` element for each finding, by file.
pub fn checkstyle(documents: &[Checked]) -> String {
    let mut out = String::from(HEAD);
    out.push_str("<checkstyle version=\"4.3\">\n");
    for document in documents.iter().filter(|document| !document.diagnostics.is_empty()) {
        // Writing to a String does not fail.
        let _ = writeln!(out, "  <file name=\"{}\">", escaped(&document.path));
        for diagnostic in &document.diagnostics {
            let place = &diagnostic.place;
            let severity = match diagnostic.severity {
                Severity::Note => "info",
                severity => severity.id(),
            };
            let _ = writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"factlint.{}\"/>",
                place.start.line,
                place.start.column,
                escaped(&diagnostic.message),
                diagnostic.rule,
            );
        }
        out.push_str("  </file>\n");
    }
    out.push_str("</checkstyle>\n");
    out
}

/// What the references say, a line each.
fn evidence(diagnostic: &Diagnostic) -> String {
    let lines = diagnostic.evidence.iter().map(|proof| {
        let place = &proof.place;
        format!("{}:{}: {}", place.path, place.start.line, proof.sentence)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Text as XML 1.0 may hold it: the characters it forbids are shown as U+FFFD.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\t' | '\n' | '\r' => {
                // Writing to a String does not fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_text_of_a_document_becomes_markup() {
        let shown = super::escaped("</a> & \"b\" 'c' \u{1b}[31m\u{0}");
        assert_eq!(shown, "&lt;/a&gt; &amp; &quot;b&quot; &#39;c&#39; \u{FFFD}[31m\u{FFFD}");
    }
}
