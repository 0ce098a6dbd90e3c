//! Comments in a document that silence findings in it.
//!
//! ```text
//! <!-- factlint: ignore[figure-mismatch] as printed -->     the lines of the comment
//! <!-- factlint: ignore-next-line[date] -->                 the next line that is not empty
//! <!-- factlint: disable[quote] --> ... enable[quote]       from here to there, or to the end
//! <!-- factlint: ignore-file[name-mismatch] -->             the whole document
//! ```
//!
//! The front matter of a text may do the last for all of it:
//!
//! ```yaml
//! factlint:
//!   ignore: [name-mismatch, date]
//! ```
//!
//! A rule or a family must be named, so that nothing else is silenced with it. A comment that
//! silences nothing is told: what was once wrong has been put right.

mod front;

use memchr::memmem;

use self::front::Front;
use crate::document::Document;
use crate::rule::{self, Finding};

/// What a comment asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Line,
    NextLine,
    Disable,
    Enable,
    File,
}

const SCOPES: &[(&str, Scope)] = &[
    ("ignore-next-line", Scope::NextLine),
    ("ignore-file", Scope::File),
    ("ignore", Scope::Line),
    ("disable", Scope::Disable),
    ("enable", Scope::Enable),
];

/// One comment.
struct Comment {
    scope: Scope,
    rules: Vec<&'static str>,
    /// Its words, for the user.
    text: String,
    /// First and last line, from 1.
    lines: (usize, usize),
}

/// Drops the findings that comments in the document silence. Returns what the user should know:
/// comments that cannot be read, and comments that silence nothing.
pub fn apply(document: &Document, findings: &mut Vec<Finding>) -> Vec<String> {
    let mut problems = Vec::new();
    if document.extracted {
        return problems;
    }
    let Ok(source) = std::str::from_utf8(&document.source) else { return problems };
    let mut comments = comments(document, source, &mut problems);
    let front = Front::of(source);
    problems.extend(front.problems.iter().map(|(line, problem)| format!("line {line}: {problem}")));
    for (line, name) in front.ignore {
        match rule::named(&name) {
            Ok(rules) => comments.push(Comment {
                scope: Scope::File,
                rules,
                text: format!("ignore: {name}"),
                lines: (line, line),
            }),
            Err(unknown) => problems.push(format!("line {line}: {unknown}")),
        }
    }
    if comments.is_empty() {
        return problems;
    }
    let mut used = vec![false; comments.len()];
    findings.retain(|finding| {
        let span = document.source_span(finding.span);
        let first = document.lines.line(span.start as usize);
        let last = document.lines.line(span.end as usize);
        let mut silenced = false;
        for (number, comment) in comments.iter().enumerate() {
            let covers = comment.rules.contains(&finding.rule)
                && match comment.scope {
                    Scope::File => true,
                    Scope::Line => first <= comment.lines.1 && comment.lines.0 <= last,
                    Scope::NextLine => {
                        let next = next_line(source, comment.lines.1);
                        first <= next && next <= last
                    }
                    Scope::Disable => {
                        comment.lines.0 <= first && !enabled(&comments, number, finding.rule, first)
                    }
                    Scope::Enable => false,
                };
            used[number] |= covers;
            silenced |= covers;
        }
        !silenced
    });
    for (comment, used) in comments.iter().zip(used) {
        if !used && comment.scope != Scope::Enable {
            let (line, text) = (comment.lines.0, &comment.text);
            problems.push(format!("line {line}: `{text}` silences nothing; remove it"));
        }
    }
    problems
}

/// Whether a rule that comment `number` disables is enabled again before `line`.
fn enabled(comments: &[Comment], number: usize, rule: &str, line: usize) -> bool {
    comments[number + 1..].iter().any(|later| {
        later.scope == Scope::Enable && later.lines.0 < line && later.rules.contains(&rule)
    })
}

/// So much of a text is looked at for the references it names.
pub const HEAD: usize = 64 * 1024;

/// The references that a text names itself, in a comment or in its front matter, as paths from its
/// folder: `<!-- factlint: reference ../reports/2024.md -->`.
pub fn references(bytes: &[u8]) -> Vec<String> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if memmem::find(head, b"factlint:").is_none() {
        return Vec::new();
    }
    let head = String::from_utf8_lossy(head);
    let mut found: Vec<String> = Front::of(&head).references;
    for (_, text) in directives(&head) {
        let path = text.strip_prefix("reference ").map(str::trim);
        found.extend(path.filter(|path| !path.is_empty()).map(str::to_owned));
    }
    found
}

/// No comment for factlint is longer than this, in bytes.
const COMMENT: usize = 4096;

/// The comments for factlint with their places (of `<!--`). What stands in code shows how a comment
/// is written, and is none.
fn directives(source: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fences: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start();
        if text.starts_with("```") || text.starts_with("~~~") {
            fences.push(at);
        }
        at += line.len();
    }
    memmem::find_iter(source.as_bytes(), b"<!--").filter_map(move |start| {
        // Behind an odd number of fences a block of code is open.
        let code = fences.partition_point(|&fence| fence < start) % 2 == 1;
        let body = source[start + "<!--".len()..].trim_start().strip_prefix("factlint:")?;
        let near = &body.as_bytes()[..body.len().min(COMMENT)];
        let text = body[..memmem::find(near, b"-->")?].trim();
        (!code && !source[..start].ends_with('`')).then_some((start, text))
    })
}

/// The number of the first line behind `line` that is not empty.
fn next_line(source: &str, line: usize) -> usize {
    let empty = source.lines().skip(line).take_while(|text| text.trim().is_empty()).count();
    line + 1 + empty
}

fn comments(document: &Document, source: &str, problems: &mut Vec<String>) -> Vec<Comment> {
    let mut found = Vec::new();
    for (start, text) in directives(source) {
        // Which reference a document has is a matter of the run, not of its findings.
        if text.starts_with("reference ") {
            continue;
        }
        let end = memmem::find(&source.as_bytes()[start..], b"-->").unwrap_or_default();
        let lines = (document.lines.line(start), document.lines.line(start + end));
        match parse(text) {
            Ok((scope, rules)) => {
                found.push(Comment { scope, rules, text: text.to_owned(), lines });
            }
            Err(problem) => problems.push(format!("line {}: {problem}", lines.0)),
        }
    }
    found
}

/// directive := scope "[" rule ("," rule)* "]" reason?
fn parse(text: &str) -> Result<(Scope, Vec<&'static str>), String> {
    let form = "write `factlint: ignore[RULE] reason`";
    let end = text.find(['[', ' ']).unwrap_or(text.len());
    let (name, rest) = text.split_at(end);
    let Some((_, scope)) = SCOPES.iter().find(|(known, _)| *known == name) else {
        let known: Vec<_> = SCOPES.iter().map(|(known, _)| *known).collect();
        return Err(format!("`{name}` is no comment for factlint; there are {}", known.join(", ")));
    };
    let named = rest.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    let Some((list, _)) = named.filter(|(list, _)| !list.trim().is_empty()) else {
        return Err(format!("`{text}` names no rule; {form}"));
    };
    let mut rules = Vec::new();
    for name in list.split(',') {
        rules.extend(rule::named(name.trim()).map_err(|unknown| unknown.to_string())?);
    }
    Ok((*scope, rules))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rule::{Claim, Severity};
    use crate::source::Span;
    use std::path::Path;

    /// The words of `text` that are still flagged when every "wrong" was, and what the user is told.
    fn left(text: &str) -> (Vec<usize>, Vec<String>) {
        let read = crate::document::read(Path::new("a.md"), text.as_bytes().to_vec());
        let document = read.expect("it is text");
        let finding = |at: usize| Finding {
            rule: "figure-mismatch",
            severity: Severity::Error,
            span: Span::new(at, at + "wrong".len()),
            message: String::new(),
            help: None,
            claim: Claim::default(),
            evidence: Vec::new(),
            suggestions: Vec::new(),
            confidence: 90,
        };
        let mut findings: Vec<_> =
            document.text.match_indices("wrong").map(|(at, _)| finding(at)).collect();
        let problems = apply(&document, &mut findings);
        let line = |finding: &Finding| {
            document.lines.line(document.source_span(finding.span).start as usize)
        };
        (findings.iter().map(line).collect(), problems)
    }

    #[test]
    fn comments_silence_what_they_name_and_no_more() {
        let silent = |text: &str| left(text).0;
        assert_eq!(silent("wrong <!-- factlint: ignore[figure] as told -->\nwrong"), [2]);
        assert_eq!(
            silent("<!-- factlint: ignore-next-line[figure-mismatch] -->\n\nwrong\n\nwrong"),
            [5]
        );
        assert_eq!(
            silent(
                "<!-- factlint: disable[figure-mismatch] -->\n\nwrong\n\n\
                 <!-- factlint: enable[figure-mismatch] -->\n\nwrong"
            ),
            [7]
        );
        assert_eq!(silent("wrong\n\n<!-- factlint: ignore-file[figure,date] -->"), [0_usize; 0]);
        assert_eq!(silent("wrong <!-- factlint: ignore[date] -->"), [1]);
        assert_eq!(silent("wrong <!-- an ordinary comment -->"), [1]);
        assert_eq!(silent("wrong\n\n```\n<!-- factlint: ignore-file[figure] -->\n```\n"), [1]);
        assert_eq!(silent("wrong `<!-- factlint: ignore[figure] -->`"), [1]);
    }

    #[test]
    fn front_matter_speaks_for_the_whole_text() {
        let (lines, told) =
            left("---\ntitle: x\nfactlint:\n  ignore: [figure, date]\n---\n\nwrong\n");
        assert_eq!(lines, [0_usize; 0]);
        assert_eq!(told, ["line 4: `ignore: date` silences nothing; remove it"]);
        assert!(left("---\nfactlint:\n  ignore:\n    - dates\n---\nx").1[0].contains("line 4: "));
    }

    #[test]
    fn a_text_may_name_its_references() {
        let text =
            "---\nfactlint:\n  reference: a.md\n---\n<!-- factlint: reference ../b c.md -->\n";
        assert_eq!(references(text.as_bytes()), ["a.md", "../b c.md"]);
        assert_eq!(
            references(b"<!-- reference a.md --> factlint: <!-- factlint: reference"),
            [""; 0]
        );
    }

    #[test]
    fn what_cannot_be_read_or_does_nothing_is_told() {
        let told = |text: &str| left(text).1;
        assert!(told("<!-- factlint: ignore[date] -->\n\nright")[0].contains("silences nothing"));
        assert!(told("<!-- factlint: ignore -->\n\nright")[0].contains("names no rule"));
        assert!(told("<!-- factlint: ignore[dates] -->")[0].contains("did you mean `date`"));
        assert!(told("a\n\n<!-- factlint: hush[date] -->")[0].starts_with("line 3: `hush`"));
        assert_eq!(told("<!-- factlint: ignore[date"), Vec::<String>::new());
    }
}
