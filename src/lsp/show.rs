//! Findings, evidence and fixes in the words of the protocol.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use super::client::Client;
use super::desk::Checked;
use super::library::Library;
use super::text::{Position, Range};
use crate::diagnose::with_qualifier;
use crate::judge::Verdict;
use crate::judge::arithmetic::Step;
use crate::reference::FactId;
use crate::rule::{Applicability, Finding, Severity};
use crate::source::Span;
use crate::value::Value;

/// Who speaks, as editors show it beside a message.
pub const SOURCE: &str = "factlint";

/// A diagnostic of the protocol. Its `data` holds the fixes, for clients that apply them themselves.
pub fn diagnostic(finding: &Finding, checked: &Checked, client: &Client) -> Json {
    let library = &checked.against;
    let mut message = finding.message.clone();
    let mut related = Vec::new();
    for evidence in &finding.evidence {
        let sentence = sentence(library, evidence.reference, evidence.sentence);
        let named = library.named(evidence.reference, evidence.span);
        if client.related {
            related.push(json!({
                "location": library.location(evidence.reference, evidence.span),
                "message": format!("{named}: {sentence}"),
            }));
        } else {
            let _ = write!(message, "\n{named}: {sentence}");
        }
    }
    let mut shown = json!({
        "range": checked.paper.range(finding.span),
        "severity": match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Note => 3,
        },
        "code": finding.rule,
        "source": SOURCE,
        "message": message,
        "data": {
            "confidence": finding.confidence,
            "fixes": finding.suggestions.iter().map(|suggestion| json!({
                "title": title(&suggestion.replacement),
                "replacement": suggestion.replacement,
                "applicability": suggestion.applicability.id(),
            })).collect::<Vec<_>>(),
        },
    });
    if client.related {
        shown["relatedInformation"] = related.into();
    }
    shown
}

fn title(replacement: &str) -> String {
    format!("Write “{}” as in the reference", shortened(replacement, 60))
}

/// At most so many characters of a text, on one line.
fn shortened(text: &str, most: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", line[..at].trim_end()),
        None => line,
    }
}

fn sentence(library: &Library, number: usize, span: Span) -> String {
    let words = library.references.get(number).map_or("", |r| r.document.slice(span));
    shortened(words, 400)
}

/// The quick fixes for the findings in a range, and one that makes all safe ones.
pub fn actions(
    uri: &str,
    checked: &Checked,
    range: Range,
    only: &[&str],
    client: &Client,
) -> Vec<Json> {
    let wanted = |kind: &str| {
        only.is_empty()
            || only
                .iter()
                .any(|o| kind == *o || kind.starts_with(o) && kind[o.len()..].starts_with('.'))
    };
    let mut actions = Vec::new();
    if wanted("quickfix") {
        for (finding, there) in checked.findings_in(range) {
            for suggestion in &finding.suggestions {
                let edit = json!({"range": there, "newText": suggestion.replacement});
                actions.push(json!({
                    "title": title(&suggestion.replacement),
                    "kind": "quickfix",
                    "isPreferred": suggestion.applicability == Applicability::Safe,
                    "diagnostics": [diagnostic(finding, checked, client)],
                    "edit": {"changes": {uri: [edit]}},
                }));
            }
        }
    }
    const ALL: &str = "source.fixAll.factlint";
    if !only.is_empty() && wanted(ALL) {
        let edits = safe_edits(checked);
        if !edits.is_empty() {
            actions.push(json!({
                "title": "Make all safe fixes",
                "kind": ALL,
                "edit": {"changes": {uri: edits}},
            }));
        }
    }
    actions
}

/// The safe fixes of a document; of two that overlap the first.
fn safe_edits(checked: &Checked) -> Vec<Json> {
    let mut edits = Vec::new();
    let mut behind = 0;
    for finding in &checked.findings {
        if finding.span.start < behind {
            continue;
        }
        let safe = |s: &&crate::rule::Suggestion| s.applicability == Applicability::Safe;
        if let Some(suggestion) = finding.suggestions.iter().find(safe) {
            let range = checked.paper.range(finding.span);
            edits.push(json!({"range": range, "newText": suggestion.replacement}));
            behind = finding.span.end;
        }
    }
    edits
}

/// The facts that decided on a claim.
pub fn facts(verdict: &Verdict) -> &[FactId] {
    match verdict {
        Verdict::Supported(facts) | Verdict::Disputed(facts) => facts,
        Verdict::Contradicted { facts, .. } => facts,
        Verdict::Derived(derivation) | Verdict::Miscalculated { derivation } => &derivation.facts,
        Verdict::Requalified { fact, .. } => std::slice::from_ref(fact),
        Verdict::Unsupported | Verdict::Exempt => &[],
    }
}

/// A place of the reference: its number there, the words, and the sentence.
type Proof = (usize, Span, Span);

/// What is known of a place: a heading, what to do, and the evidence.
struct Known {
    span: Span,
    said: Vec<String>,
    proofs: Vec<Proof>,
}

fn known(checked: &Checked, at: u32) -> Option<Known> {
    let found = checked.findings_at(at);
    if let Some(first) = found.first() {
        let mut said = Vec::new();
        let mut proofs = Vec::new();
        for finding in &found {
            said.push(format!("{}[{}]: {}", finding.severity.id(), finding.rule, finding.message));
            said.extend(finding.help.clone());
            proofs.extend(finding.evidence.iter().map(|e| (e.reference, e.span, e.sentence)));
        }
        proofs.dedup();
        return Some(Known { span: first.span, said, proofs });
    }
    ruled(checked, at).or_else(|| quoted(checked, at)).or_else(|| name(checked, at))
}

/// A figure or date without a finding.
fn ruled(checked: &Checked, at: u32) -> Option<Known> {
    let (number, claim, ruling) = checked.ruling_at(at)?;
    let reference = checked.against.references.get(*number)?;
    let said = match &ruling.verdict {
        Verdict::Supported(_) => BORNE_OUT.to_owned(),
        Verdict::Derived(derivation) => {
            let step = match derivation.step {
                Step::Sum => "a sum",
                Step::Difference => "a difference",
                Step::Elapsed => "a span of time",
                _ => "one step of arithmetic",
            };
            format!("Follows from the reference by {step}.")
        }
        Verdict::Contradicted { .. } | Verdict::Requalified { .. } => {
            "The reference says otherwise.".to_owned()
        }
        Verdict::Disputed(_) => "The reference contradicts itself on this.".to_owned(),
        Verdict::Miscalculated { .. } => "Does not follow from the figures beside it.".to_owned(),
        Verdict::Unsupported => "The reference says nothing of this.".to_owned(),
        Verdict::Exempt => return None,
    };
    let proofs = facts(&ruling.verdict).iter().map(|&fact| {
        let fact = reference.fact(fact);
        (*number, with_qualifier(fact), fact.sentence)
    });
    let proofs = proofs.collect();
    Some(Known { span: with_qualifier(claim), said: vec![said], proofs })
}

/// How a place that the reference bears out is introduced.
const BORNE_OUT: &str = "The reference says the same.";

/// A quotation whose words are the reference's.
fn quoted(checked: &Checked, at: u32) -> Option<Known> {
    let document = &checked.paper.document;
    let found = crate::parse::quote::quotes(document);
    let (span, quote) = found.iter().find_map(|mention| match &mention.value {
        Value::Quote(quote) if mention.span.start <= at && at <= mention.span.end => {
            Some((mention.span, quote))
        }
        _ => None,
    })?;
    let references = checked.against.references.iter().enumerate();
    let passages = references.map(|(number, reference)| {
        (number, &reference.document, reference.sayings.passages(document, quote))
    });
    let (number, report, passages) = passages.into_iter().find(|(.., found)| !found.is_empty())?;
    let proofs = passages.into_iter().map(|passage| {
        let around = report.sentence_at(passage.start).map_or(passage, |(_, around)| around);
        (number, passage, around)
    });
    Some(Known { span, said: vec![BORNE_OUT.to_owned()], proofs: proofs.collect() })
}

/// A name that the reference has too.
fn name(checked: &Checked, at: u32) -> Option<Known> {
    let runs = crate::parse::name::runs(&checked.paper.document);
    let run = runs.iter().find(|run| run.span.start <= at && at <= run.span.end)?;
    let (last, _) = run.words.last()?;
    for (number, reference) in checked.against.references.iter().enumerate() {
        let there = reference.names.by_word.get(last).into_iter().flatten();
        let proofs: Vec<Proof> = there
            .filter_map(|&place| reference.names.runs.get(place))
            .filter(|there| run.words.iter().map(|w| &w.0).eq(there.words.iter().map(|w| &w.0)))
            .map(|there| {
                let around = reference.document.sentence_at(there.span.start);
                (number, there.span, around.map_or(there.span, |(_, around)| around))
            })
            .take(NAMED)
            .collect();
        if !proofs.is_empty() {
            let said = vec!["The reference has this name.".to_owned()];
            return Some(Known { span: run.span, said, proofs });
        }
    }
    None
}

/// So many places of a name are shown.
const NAMED: usize = 2;
/// So much evidence is shown for one place.
const SHOWN: usize = 5;

/// What the reference says of the claim at a place.
pub fn hover(checked: &Checked, place: Position, client: &Client) -> Option<Json> {
    let known = known(checked, checked.offset(place))?;
    let mut text = String::new();
    for said in &known.said {
        let said = if client.markdown { escaped(said) } else { said.clone() };
        let _ = write!(text, "{said}\n\n");
    }
    for (number, span, around) in known.proofs.iter().take(SHOWN) {
        let library = &checked.against;
        let named = library.named(*number, *span);
        if client.markdown {
            let (uri, line) = (library.uri(*number), library.range(*number, *span).start.line + 1);
            let quoted = marked(library, *number, *span, *around);
            let _ = write!(text, "> {quoted}\n\n[{}]({uri}#L{line})\n\n", escaped(&named));
        } else {
            let _ = write!(text, "“{}”\n({named})\n\n", sentence(library, *number, *around));
        }
    }
    let kind = if client.markdown { "markdown" } else { "plaintext" };
    Some(json!({
        "contents": {"kind": kind, "value": text.trim_end()},
        "range": checked.paper.range(known.span),
    }))
}

/// The sentence `around`, its words at `span` in bold.
fn marked(library: &Library, number: usize, span: Span, around: Span) -> String {
    let Some(reference) = library.references.get(number) else { return String::new() };
    let around = around.join(span);
    let part = |start: u32, end: u32| {
        let words = reference.document.slice(Span { start, end });
        escaped(&words.replace(['\n', '\r'], " "))
    };
    let (before, words) = (part(around.start, span.start), part(span.start, span.end));
    format!("{before}**{words}**{}", part(span.end, around.end))
}

/// A text that Markdown shows as it stands.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            c if c.is_control() => out.push(' '),
            c if c.is_ascii_punctuation()
                && !matches!(c, '.' | ',' | ';' | ':' | '%' | '"' | '\'' | '?' | '/') =>
            {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Where the reference has what a claim tells.
pub fn definition(checked: &Checked, place: Position, client: &Client) -> Option<Json> {
    let known = known(checked, checked.offset(place))?;
    if known.proofs.is_empty() {
        return None;
    }
    let library = &checked.against;
    let found = known.proofs.iter().map(|&(number, span, around)| match client.links {
        true => json!({
            "originSelectionRange": checked.paper.range(known.span),
            "targetUri": library.uri(number),
            "targetRange": library.range(number, around.join(span)),
            "targetSelectionRange": library.range(number, span),
        }),
        false => library.location(number, span),
    });
    Some(found.collect())
}

/// Places in other documents that lean on a stretch of a reference.
#[derive(Debug, Default)]
pub struct Citations {
    /// For each line of the reference the places, by address; each with the words of the reference.
    pub places: Vec<(Range, String, Range)>,
    /// Addresses of the documents that lean on anything of it.
    pub documents: Vec<String>,
}

impl Citations {
    /// Adds what one document takes from reference `number` of its library.
    pub fn add(&mut self, uri: &str, checked: &Checked, number: usize) {
        let library = &checked.against;
        let mut found: Vec<(Range, Range)> = Vec::new();
        for (_, claim, ruling) in checked.rulings.iter().filter(|ruled| ruled.0 == number) {
            let Some(reference) = library.references.get(number) else { continue };
            let here = checked.paper.range(with_qualifier(claim));
            for &fact in facts(&ruling.verdict) {
                found.push((library.range(number, with_qualifier(reference.fact(fact))), here));
            }
        }
        for finding in checked.findings.iter().filter(|f| !f.evidence.is_empty()) {
            let here = checked.paper.range(finding.span);
            for evidence in finding.evidence.iter().filter(|e| e.reference == number) {
                found.push((library.range(number, evidence.span), here));
            }
        }
        if !found.is_empty() {
            self.documents.push(uri.to_owned());
        }
        self.places.extend(found.into_iter().map(|(there, here)| (there, uri.to_owned(), here)));
        self.places.sort();
        self.places.dedup();
    }

    /// The places that lean on what stands at a place of the reference.
    pub fn at(&self, place: Position) -> Vec<Json> {
        let point = Range { start: place, end: place };
        let here = self.places.iter().filter(|(there, ..)| there.touches(point));
        let mut found: Vec<Json> =
            here.map(|(_, uri, range)| json!({"uri": uri, "range": range})).collect();
        found.dedup();
        found
    }

    /// The code lenses: one for the whole reference, one for each line that is cited.
    pub fn lenses(&self) -> Vec<Json> {
        let lens = |line: u32, uris: &[&str], range: &Range| {
            let title = match uris {
                [_] => "cited by 1 document".to_owned(),
                uris => format!("cited by {} documents", uris.len()),
            };
            let start = Position { line, character: 0 };
            json!({
                "range": Range { start, end: start.max(Position { line, ..range.end }) },
                "command": {"title": title, "command": COMMAND, "arguments": [uris]},
            })
        };
        let mut by_line: BTreeMap<u32, (Range, Vec<&str>)> = BTreeMap::new();
        for (there, uri, _) in &self.places {
            let (_, uris) = by_line.entry(there.start.line).or_insert((*there, Vec::new()));
            if !uris.contains(&uri.as_str()) {
                uris.push(uri);
            }
        }
        let all: Vec<&str> = self.documents.iter().map(String::as_str).collect();
        let mut lenses = vec![lens(0, &all, &Range::default())];
        if let Some(whole) = lenses.first_mut() {
            let title = whole["command"]["title"].as_str().unwrap_or_default().to_owned();
            whole["command"]["title"] = format!("factlint: {title}").into();
        }
        lenses.extend(by_line.iter().map(|(line, (range, uris))| lens(*line, uris, range)));
        lenses
    }
}

/// The command of a code lens: shows one of the documents that cite a place.
pub const COMMAND: &str = "factlint.showCitations";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_words_stay_words() {
        assert_eq!(escaped("a <b> *c* [d](e) \u{1b}`"), "a &lt;b\\> \\*c\\* \\[d\\]\\(e\\)  \\`");
        assert_eq!(shortened("a\n  b  c", 10), "a b c");
        assert_eq!(shortened("üüüü", 2), "üü…");
    }
}
