//! How one claim was decided: its words, the facts it was held against, the verdict.

use std::fmt::Write as _;

use crate::diagnose::with_qualifier;
use crate::document::Document;
use crate::judge::Verdict;
use crate::judge::claim::{Held, Judge, Outcome};
use crate::judge::name;
use crate::parse::Anchor;
use crate::parse::name::runs;
use crate::reference::{FactId, Reference};
use crate::report::excerpt;
use crate::report::facts::claim_of;
use crate::rule::Settings;
use crate::source::Span;
use crate::statement::frame::{self, LookUp};
use crate::statement::words::Words;
use crate::statement::{Frame, Statement, mentions, own_date};

/// Candidates shown for one claim.
const SHOWN: usize = 8;
/// Words shown for one frame.
const WORDS: usize = 14;

/// Traces every claim of `derivative` that overlaps `place` (of its clean text).
pub fn trace(
    references: &[Reference],
    derivative: &Document,
    settings: &Settings,
    place: Span,
) -> String {
    let anchor = settings
        .document_date
        .or_else(|| own_date(derivative))
        .or_else(|| references.iter().find_map(|reference| reference.date));
    let found = mentions(derivative, anchor.map(|day| Anchor { day, time: None }));
    let mut words = Words::new(derivative);
    words.learn(&found);
    let mut out = String::new();
    for reference in references {
        let mut look_up = LookUp::new(&reference.vocabulary, &words);
        let claims = frame::statements(derivative, found.clone(), &mut look_up);
        let mut judge = Judge::new(reference, &settings.tolerances);
        for claim in claims.iter().filter(|claim| claim.mention.span.overlaps(place)) {
            let together: Vec<Statement> =
                claims.iter().filter(|other| other.sentence == claim.sentence).cloned().collect();
            let held = judge.held(derivative, &together);
            let rulings = judge.sentence(derivative, &together);
            for (other, (held, ruling)) in together.iter().zip(held.iter().zip(&rulings)) {
                if other.mention.span == claim.mention.span {
                    one(&mut out, derivative, reference, claim, held);
                    let said = verdict(reference, &ruling.verdict);
                    let _ = writeln!(out, "  verdict     {said} ({}% sure)\n", ruling.confidence);
                }
            }
        }
        names(&mut out, reference, derivative, &mut look_up, place);
    }
    out
}

/// The words of a frame, the closest first.
fn bound_to(reference: &Reference, frame: &Frame) -> String {
    let mut bonds = frame.bonds.clone();
    bonds.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    let words = bonds.iter().take(WORDS);
    let words = words.map(|b| format!("{} {:.2}", reference.vocabulary.stem(b.term), b.weight));
    words.collect::<Vec<_>>().join(", ")
}

fn line_of(reference: &Reference, span: Span) -> usize {
    let document = &reference.document;
    document.lines.line(document.source_span(span).start as usize)
}

/// A verdict in one line.
fn verdict(reference: &Reference, verdict: &Verdict) -> String {
    let quoted = |facts: &[FactId]| {
        let said = facts.iter().map(|&fact| {
            let fact = reference.fact(fact);
            format!("{:?}", reference.document.slice(with_qualifier(fact)))
        });
        said.collect::<Vec<_>>().join(", ")
    };
    match verdict {
        Verdict::Supported(facts) => format!("supported by {}", quoted(facts)),
        Verdict::Derived(d) => {
            format!("follows from {} ({:?}, {})", quoted(&d.facts), d.step, d.result)
        }
        Verdict::Contradicted { facts, how, elsewhere: None } => {
            format!("contradicted by {} ({how:?})", quoted(facts))
        }
        Verdict::Contradicted { facts, how, elsewhere: Some(other) } => {
            let elsewhere = quoted(std::slice::from_ref(other));
            format!("contradicted by {} ({how:?}); elsewhere {elsewhere}", quoted(facts))
        }
        Verdict::Requalified { fact, dropped } => {
            let what = if *dropped { "dropped" } else { "changed" };
            format!("the qualifier of {} was {what}", quoted(std::slice::from_ref(fact)))
        }
        Verdict::Disputed(facts) => format!("the reference has {}", quoted(facts)),
        Verdict::Miscalculated { derivation } => {
            format!("should be {} ({:?})", derivation.result, derivation.step)
        }
        Verdict::Unsupported => "not in the reference".to_owned(),
        Verdict::Exempt => "no claim to check".to_owned(),
    }
}

/// Traces every name that overlaps `place`.
fn names(
    out: &mut String,
    reference: &Reference,
    derivative: &Document,
    look_up: &mut LookUp<'_>,
    place: Span,
) {
    let table = &reference.names;
    let runs = runs(derivative);
    let (claims, held) = name::hold(table, derivative, look_up, &runs);
    for ((run, claim), held) in runs.iter().zip(&claims).zip(&held) {
        if !run.span.overlaps(place) {
            continue;
        }
        let _ = writeln!(out, "name          {:?}", derivative.slice(run.span));
        let _ = writeln!(out, "  bound to    {}", bound_to(reference, &claim.frame));
        let _ = writeln!(out, "  held against (score, outcome, the report's words):");
        for other in held.iter().take(SHOWN) {
            let (there, fact) =
                (&table.runs[other.name as usize], &table.facts[other.name as usize]);
            let _ = writeln!(
                out,
                "    {:.3}  {:20} {:?} (line {}) {}",
                other.score,
                if other.same { "the same" } else { "another name" },
                there.text,
                line_of(reference, there.span),
                excerpt::sentence(&reference.document, fact.sentence, there.span),
            );
        }
        let _ = writeln!(out);
    }
}

fn one(
    out: &mut String,
    derivative: &Document,
    reference: &Reference,
    claim: &Statement,
    held: &[Held],
) {
    let _ = writeln!(out, "claim         {:?}", derivative.slice(with_qualifier(claim)));
    let read = claim_of(derivative, &claim.mention);
    let words = [Some(read.kind), read.qualifier, read.value.as_deref(), read.unit.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let _ = writeln!(out, "  read as     {}", words.join(" "));
    let _ = writeln!(out, "  bound to    {}", bound_to(reference, &claim.frame));
    if claim.is_background() {
        let known = (claim.familiar * 100.0) as u8;
        let _ = writeln!(out, "  background  the reference knows {known}% of what is told here");
    }
    let _ = writeln!(out, "  held against (score, outcome, the report's words):");
    for held in held.iter().take(SHOWN) {
        let fact = reference.fact(held.fact);
        let outcome = match held.outcome {
            Outcome::Agrees => "agrees".to_owned(),
            Outcome::Requalified { dropped: true } => "qualifier dropped".to_owned(),
            Outcome::Requalified { dropped: false } => "qualifier changed".to_owned(),
            Outcome::Differs(how) => format!("differs ({how:?})"),
        };
        let line = line_of(reference, fact.mention.span);
        let _ = writeln!(
            out,
            "    {:.3}  {outcome:20} {:?} (line {line}) {}",
            held.score,
            reference.document.slice(with_qualifier(fact)),
            excerpt::sentence(&reference.document, fact.sentence, fact.mention.span),
        );
    }
}
