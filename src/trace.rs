//! How one claim was decided: its words, the facts it was held against, the verdict.

use std::fmt::Write as _;

use crate::diagnose::with_qualifier;
use crate::document::Document;
use crate::judge::claim::{Held, Judge, Outcome};
use crate::parse::Anchor;
use crate::reference::Reference;
use crate::rule::Settings;
use crate::source::Span;
use crate::statement::frame::{self, LookUp};
use crate::statement::{Statement, mentions, own_date};

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
    let mut out = String::new();
    for reference in references {
        let claims =
            frame::statements(derivative, found.clone(), &mut LookUp(&reference.vocabulary));
        let mut judge = Judge::new(reference, &settings.tolerances);
        for claim in claims.iter().filter(|claim| claim.mention.span.overlaps(place)) {
            let together: Vec<Statement> =
                claims.iter().filter(|other| other.sentence == claim.sentence).cloned().collect();
            let rulings = judge.sentence(derivative, &together);
            let ruling = together
                .iter()
                .zip(&rulings)
                .find(|(other, _)| other.mention.span == claim.mention.span);
            one(&mut out, derivative, reference, claim, &judge.held(claim));
            if let Some((_, ruling)) = ruling {
                let _ = writeln!(
                    out,
                    "  verdict     {:?} ({}% sure)\n",
                    ruling.verdict, ruling.confidence
                );
            }
        }
    }
    out
}

fn one(
    out: &mut String,
    derivative: &Document,
    reference: &Reference,
    claim: &Statement,
    held: &[Held],
) {
    let _ = writeln!(out, "claim         {:?}", derivative.slice(with_qualifier(claim)));
    let _ = writeln!(out, "  read as     {:?}", claim.measure.as_ref().map_or_else(
        || format!("{:?}", claim.mention.value),
        |measure| format!("{measure:?}"),
    ));
    let mut bonds = claim.frame.bonds.clone();
    bonds.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.term.cmp(&b.term)));
    let words: Vec<String> = bonds
        .iter()
        .take(WORDS)
        .map(|bond| format!("{} {:.2}", reference.vocabulary.stem(bond.term), bond.weight))
        .collect();
    let _ = writeln!(out, "  bound to    {}", words.join(", "));
    let _ = writeln!(out, "  held against (score, outcome, the report's words):");
    for held in held.iter().take(SHOWN) {
        let fact = reference.fact(held.fact);
        let outcome = match held.outcome {
            Outcome::Agrees => "agrees".to_owned(),
            Outcome::Requalified { dropped: true } => "qualifier dropped".to_owned(),
            Outcome::Requalified { dropped: false } => "qualifier changed".to_owned(),
            Outcome::Differs(how) => format!("differs ({how:?})"),
        };
        let line = reference
            .document
            .lines
            .line(reference.document.source_span(fact.mention.span).start as usize);
        let _ = writeln!(
            out,
            "    {:.3}  {outcome:20} {:?} (line {line}) {}",
            held.score,
            reference.document.slice(with_qualifier(fact)),
            reference.document.slice(fact.sentence),
        );
    }
}
