//! `--format html`: one page by itself. On the left what was written, on the right what it was
//! written from, the words of both marked and linked to each other; below each document its findings.
//!
//! Links, filters and colours are HTML and CSS alone; the script adds two keys. On paper the marks
//! keep their numbers.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use super::diagnostic::{Checked, Counts, Diagnostic, Place};
use super::excerpt::mask;
use super::human::summary;
use super::xml::escaped;
use crate::document::{Block, BlockKind, Document};
use crate::source::Span;

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");

/// The text of a document, for showing it as a whole.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// The file, as [`Place::path`] has it.
    pub path: String,
    text: String,
    blocks: Vec<Block>,
}

impl Page {
    /// Takes the text of a document.
    pub fn new(document: &Document) -> Page {
        let path = super::diagnostic::shown(&document.path);
        Page { path, text: document.text.clone(), blocks: document.blocks.clone() }
    }
}

/// Words of a page that are marked.
struct Mark<'a> {
    span: Span,
    id: String,
    /// Where its link leads.
    to: String,
    rule: &'a str,
    severity: &'a str,
    /// The number of the finding.
    number: usize,
}

/// Documents with the same references.
#[derive(Default)]
struct Group<'a> {
    documents: Vec<&'a Checked>,
    references: Vec<Arc<Page>>,
}

/// The whole page.
pub fn report(documents: &[Checked]) -> String {
    let total = escaped(&summary(&Counts::of(documents)));
    let mut rules: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in documents.iter().flat_map(|document| &document.diagnostics) {
        *rules.entry(diagnostic.rule).or_default() += 1;
    }
    let mut out = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'; script-src 'unsafe-inline'\">\n",
    );
    // Writing to a String does not fail.
    let _ = write!(out, "<title>factlint: {total}</title>\n<style>\n{STYLE}");
    for rule in rules.keys() {
        let _ = writeln!(
            out,
            "body:has(#rule-{rule}:not(:checked)) .finding[data-rule={rule}]{{display:none}}\n\
             body:has(#rule-{rule}:not(:checked)) .mark[data-rule={rule}]{{all:unset}}\n\
             body:has(#rule-{rule}:not(:checked)) .mark[data-rule={rule}] sup{{display:none}}"
        );
    }
    let _ = write!(out, "</style>\n</head>\n<body>\n<header>\n<h1>factlint</h1>\n<p>{total}</p>\n");
    if !rules.is_empty() {
        out.push_str("<fieldset class=\"filters\">\n<legend>Show</legend>\n");
        for (rule, count) in &rules {
            let _ = writeln!(
                out,
                "<label><input type=\"checkbox\" id=\"rule-{rule}\" checked> {rule} ({count})</label>"
            );
        }
        out.push_str(
            "<label class=\"keys\" hidden><input type=\"checkbox\" id=\"keys\" checked> \
             keys j and k move between findings</label>\n</fieldset>\n",
        );
    }
    out.push_str("</header>\n<main>\n");
    let mut groups: BTreeMap<&[String], Group<'_>> = BTreeMap::new();
    let found = |document: &&Checked| !document.diagnostics.is_empty();
    for document in documents.iter().filter(found) {
        let group = groups.entry(&document.references).or_default();
        group.documents.push(document);
        if group.references.is_empty() {
            group.references = document.pages.iter().skip(1).cloned().collect();
        }
    }
    let mut first = 1;
    for group in groups.values() {
        first = side_by_side(group, first, &mut out);
    }
    let clean: Vec<_> = documents.iter().filter(|document| !found(document)).collect();
    if !clean.is_empty() {
        out.push_str("<section class=\"clean\">\n<h2>Without findings</h2>\n<ul>\n");
        for document in clean {
            let _ = writeln!(
                out,
                "<li>{} <span class=\"place\">({} claims)</span></li>",
                escaped(&mask(&document.path)),
                document.claims
            );
        }
        out.push_str("</ul>\n</section>\n");
    }
    let _ = write!(out, "</main>\n<script>\n{SCRIPT}</script>\n</body>\n</html>\n");
    out
}

/// The documents of a group on the left, their references on the right. `first` is the number of
/// their first finding; returns the number behind their last.
fn side_by_side(group: &Group<'_>, first: usize, out: &mut String) -> usize {
    let mut number = first;
    let mut evidence: Vec<(String, Mark<'_>)> = Vec::new();
    out.push_str("<div class=\"pair\">\n<div class=\"written\">\n");
    for document in &group.documents {
        let title = escaped(&mask(&document.path));
        // Writing to a String does not fail.
        let _ = writeln!(out, "<section>\n<h2>{title}</h2>");
        let own = document.pages.first();
        let mut marks = Vec::new();
        let numbered: Vec<(usize, &Diagnostic)> = (number..).zip(&document.diagnostics).collect();
        number += numbered.len();
        for &(number, diagnostic) in &numbered {
            let mark = |place: &Place, id: String, to: String| Mark {
                span: place.clean,
                id,
                to,
                rule: diagnostic.rule,
                severity: diagnostic.severity.id(),
                number,
            };
            // To the evidence, where it is shown.
            let shown =
                |path: &str| own.into_iter().chain(&group.references).any(|p| p.path == path);
            let to = match diagnostic.evidence.first() {
                Some(proof) if shown(&proof.place.path) => format!("e{number}-0"),
                _ => format!("f{number}"),
            };
            marks.push(mark(&diagnostic.place, format!("c{number}"), to));
            for (at, proof) in diagnostic.evidence.iter().enumerate() {
                let found = mark(&proof.place, format!("e{number}-{at}"), format!("c{number}"));
                match own.is_some_and(|page| page.path == proof.place.path) {
                    true => marks.push(found),
                    false => evidence.push((proof.place.path.clone(), found)),
                }
            }
        }
        if let Some(page) = own {
            out.push_str("<div class=\"text\">\n");
            text(page, marks, out);
            out.push_str("</div>\n");
        }
        let pages: BTreeSet<&str> =
            own.into_iter().chain(&group.references).map(|page| page.path.as_str()).collect();
        for (number, diagnostic) in numbered {
            finding(number, diagnostic, &pages, out);
        }
        out.push_str("</section>\n");
    }
    out.push_str("</div>\n");
    if !group.references.is_empty() {
        out.push_str(
            "<div class=\"reference\" role=\"region\" aria-label=\"References\" tabindex=\"0\">\n",
        );
        for page in &group.references {
            // Writing to a String does not fail.
            let title = escaped(&mask(&page.path));
            let _ = writeln!(out, "<section>\n<h2>Reference: {title}</h2>\n<div class=\"text\">");
            let here = |(path, _): &mut (String, Mark<'_>)| *path == page.path;
            let marks = evidence.extract_if(.., here).map(|(_, mark)| mark).collect();
            text(page, marks, out);
            out.push_str("</div>\n</section>\n");
        }
        out.push_str("</div>\n");
    }
    out.push_str("</div>\n");
    number
}

/// One finding with what the reference says.
fn finding(number: usize, diagnostic: &Diagnostic, pages: &BTreeSet<&str>, out: &mut String) {
    let severity = diagnostic.severity.id();
    let rule = diagnostic.rule;
    let place = |place: &Place, id: &str| {
        let line = match &place.landmark {
            Some(landmark) => format!("{} ({landmark})", place.path),
            None => format!("{}, line {}", place.path, place.start.line),
        };
        let line = escaped(&mask(&line));
        match pages.contains(place.path.as_str()) {
            true => format!("<a href=\"#{id}\">{line}</a>"),
            false => line,
        }
    };
    // Writing to a String does not fail.
    let _ = writeln!(
        out,
        "<article class=\"finding {severity}\" id=\"f{number}\" data-rule=\"{rule}\" tabindex=\"-1\" \
         aria-labelledby=\"t{number}\">\n<h3 id=\"t{number}\">{number}. {severity}: {rule}</h3>\n\
         <p dir=\"auto\">{}</p>\n<p class=\"place\">{}</p>\n<blockquote dir=\"auto\">{}</blockquote>",
        escaped(&mask(&diagnostic.message)),
        place(&diagnostic.place, &format!("c{number}")),
        excerpt(&diagnostic.excerpt),
    );
    for (at, proof) in diagnostic.evidence.iter().enumerate() {
        let _ = writeln!(
            out,
            "<p class=\"place\">{}</p>\n<blockquote dir=\"auto\">{}</blockquote>",
            place(&proof.place, &format!("e{number}-{at}")),
            excerpt(&proof.excerpt),
        );
    }
    if let Some(help) = &diagnostic.help {
        let _ = writeln!(out, "<p class=\"help\" dir=\"auto\">{}</p>", escaped(&mask(help)));
    }
    out.push_str("</article>\n");
}

fn excerpt(excerpt: &super::excerpt::Excerpt) -> String {
    let (before, rest) = excerpt.text.split_at(excerpt.mark.start);
    let (words, after) = rest.split_at(excerpt.mark.len());
    format!("{}<mark>{}</mark>{}", prose(before), prose(words), prose(after))
}

/// The blocks of a page with their marks.
fn text(page: &Page, mut marks: Vec<Mark<'_>>, out: &mut String) {
    marks.sort_by_key(|mark| (mark.span, mark.number));
    let mut marks = marks.into_iter().peekable();
    let mut row = None;
    for block in &page.blocks {
        let cell = match block.kind {
            BlockKind::Cell(cell) => Some((cell.table, cell.row)),
            _ => None,
        };
        if row.map(|(table, _)| table) != cell.map(|(table, _)| table) {
            if row.is_some() {
                out.push_str("</tr></tbody></table>\n");
            }
            if cell.is_some() {
                out.push_str("<table><tbody><tr>");
            }
        } else if row != cell {
            out.push_str("</tr>\n<tr>");
        }
        row = cell;
        let tag = match block.kind {
            BlockKind::Cell(_) => "td",
            _ => "p",
        };
        let class = match block.kind {
            BlockKind::Heading(_) => " class=\"heading\"",
            BlockKind::ListItem => " class=\"item\"",
            _ if block.quoted => " class=\"quoted\"",
            _ => "",
        };
        // Writing to a String does not fail.
        let _ = write!(out, "<{tag}{class} dir=\"auto\">");
        let mut end = block.span.start;
        let words = |from: u32, to: u32| {
            prose(page.text.get(from as usize..to as usize).unwrap_or_default())
        };
        while let Some(mark) = marks.next_if(|mark| mark.span.start < block.span.end) {
            // What lies in a marked stretch already is still led to.
            let from = mark.span.start.max(block.span.start);
            let to = mark.span.end.min(block.span.end);
            if from < end || to <= from {
                let _ = write!(out, "<span id=\"{}\"></span>", mark.id);
                continue;
            }
            out.push_str(&words(end, from));
            let Mark { id, to: target, rule, severity, number, .. } = &mark;
            let _ = write!(
                out,
                "<a class=\"mark {severity}\" id=\"{id}\" href=\"#{target}\" data-rule=\"{rule}\">{}\
                 <sup>{number}</sup></a>",
                words(from, to)
            );
            end = to;
        }
        out.push_str(&words(end, block.span.end));
        let _ = writeln!(out, "</{tag}>");
    }
    if row.is_some() {
        out.push_str("</tr></tbody></table>\n");
    }
    for mark in marks {
        // Writing to a String does not fail.
        let _ = write!(out, "<span id=\"{}\"></span>", mark.id);
    }
}

/// Text in an element: no mark of it is markup, and line breaks stay what they are.
fn prose(text: &str) -> String {
    escaped(&mask(text)).replace("&#10;", "\n").replace("&#9;", "\t")
}
