//! `--format html`: one page by itself, the words and what the reference has side by side.

use std::fmt::Write;

use super::diagnostic::{Checked, Counts, Diagnostic};
use super::human::summary;
use super::xml::escaped;

/// No script: what is marked shows on paper and to a screen reader as well.
const STYLE: &str = "\
:root{color-scheme:light dark;--line:#8886}\
body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}\
article{border:1px solid var(--line);border-left:.4rem solid;border-radius:.3rem;margin:1rem 0;padding:.2rem 1rem}\
article.error{border-left-color:#c0322b}article.warning{border-left-color:#b07a00}article.note{border-left-color:#3a6ea5}\
.pair{display:grid;grid-template-columns:1fr 1fr;gap:1.5rem}\
@media(max-width:50rem){.pair{grid-template-columns:1fr}}\
mark{padding:0 .1em}.place{font-size:.85rem;opacity:.75}h3{margin:.6rem 0 .2rem;font-size:1rem}\
@media print{article{break-inside:avoid}}";

/// The whole page.
pub fn report(documents: &[Checked]) -> String {
    let total = escaped(&summary(&Counts::of(documents)));
    let mut out =
        String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    // Writing to a String does not fail.
    let _ = write!(
        out,
        "<meta name=\"viewport\" content=\"width=device-width\">\n<title>factlint: {total}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>factlint</h1>\n<p>{total}</p>\n"
    );
    for document in documents.iter().filter(|document| !document.diagnostics.is_empty()) {
        let _ = writeln!(out, "<section>\n<h2>{}</h2>", escaped(&document.path));
        document.diagnostics.iter().for_each(|diagnostic| one(diagnostic, &mut out));
        out.push_str("</section>\n");
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn one(diagnostic: &Diagnostic, out: &mut String) {
    let place = &diagnostic.place;
    let severity = diagnostic.severity.id();
    let marked = |excerpt: &super::excerpt::Excerpt| {
        let (before, rest) = excerpt.text.split_at(excerpt.mark.start);
        let (words, after) = rest.split_at(excerpt.mark.len());
        format!("{}<mark>{}</mark>{}", text(before), text(words), text(after))
    };
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "<article class=\"{severity}\">\n<h3>{severity}: {}</h3>\n<p>{}</p>\n<div class=\"pair\">\n\
         <div><p class=\"place\">{}, line {}</p>\n<blockquote>{}</blockquote></div>\n<div>",
        diagnostic.rule,
        escaped(&diagnostic.message),
        escaped(&place.path),
        place.start.line,
        marked(&diagnostic.excerpt),
    );
    for proof in &diagnostic.evidence {
        let _ = writeln!(
            out,
            "<p class=\"place\">{}, line {}</p>\n<blockquote>{}</blockquote>",
            escaped(&proof.place.path),
            proof.place.start.line,
            marked(&proof.excerpt),
        );
    }
    out.push_str("</div>\n</div>\n");
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "<p>{}</p>", escaped(help));
    }
    out.push_str("</article>\n");
}

/// Text in an element: line breaks stay what they are.
fn text(text: &str) -> String {
    escaped(text).replace("&#10;", "\n").replace("&#9;", "\t")
}
