//! Rulings to findings: here, and only here, a verdict becomes a sentence.

use super::finding::{Applicability, Claim, Evidence, Finding, Suggestion};
use super::{Settings, message, rule};
use crate::document::Document;
use crate::judge::{Difference, Ruling, Verdict};
use crate::reference::{FactId, Reference};
use crate::report::facts::value_text;
use crate::source::Span;
use crate::statement::Statement;
use crate::value::{Qualifier, Value};

/// At most so much evidence is shown for one finding.
const MAX_EVIDENCE: usize = 3;

/// The finding that a ruling gives rise to, if any.
pub fn finding(
    document: &Document,
    claim: &Statement,
    ruling: &Ruling,
    references: &[Reference],
    number: usize,
    settings: &Settings,
) -> Option<Finding> {
    let reference = &references[number];
    let dated = matches!(claim.mention.value, Value::Date(_));
    let whole = with_qualifier(claim);
    let said = |span: Span| document.slice(span).to_owned();
    let expected = |facts: &[FactId]| alternatives(reference, facts);
    let evidence = |facts: &[FactId]| -> Vec<Evidence> {
        facts.iter().take(MAX_EVIDENCE).map(|&fact| evidence_of(reference, number, fact)).collect()
    };
    let (id, case, span, facts, mut suggest): (_, _, _, &[FactId], _) = match &ruling.verdict {
        Verdict::Supported(_) | Verdict::Derived(_) | Verdict::Exempt => return None,
        Verdict::Contradicted { facts, how, .. } if dated => {
            let case = match how {
                Difference::Weekday => "weekday",
                _ if facts.len() > 1 => "several",
                _ => "default",
            };
            ("date-mismatch", case, claim.mention.span, facts, true)
        }
        Verdict::Contradicted { facts, how, elsewhere } => {
            let (case, span) = match how {
                Difference::Bound => ("bound", whole),
                Difference::Unit => ("unit", claim.mention.span),
                Difference::Direction => ("direction", claim.mention.span),
                _ if elsewhere.is_some() => ("swapped", claim.mention.span),
                _ => ("default", claim.mention.span),
            };
            ("figure-mismatch", case, span, facts, true)
        }
        Verdict::Requalified { fact, dropped } => {
            let case = if *dropped { "dropped" } else { "default" };
            if dated {
                return None;
            }
            ("figure-qualifier", case, whole, std::slice::from_ref(fact), true)
        }
        Verdict::Disputed(facts) => {
            ("reference-conflict", "default", claim.mention.span, facts, false)
        }
        Verdict::Miscalculated { derivation } => {
            ("arithmetic-mismatch", "default", claim.mention.span, &derivation.facts, false)
        }
        Verdict::Unsupported if dated => {
            ("date-unsupported", "default", claim.mention.span, &[], false)
        }
        Verdict::Unsupported => ("figure-unsupported", "default", claim.mention.span, &[], false),
    };
    suggest &= !facts.is_empty();
    let expected = match &ruling.verdict {
        Verdict::Miscalculated { derivation } => derivation.result.to_string(),
        _ => expected(facts),
    };
    let found = said(span);
    let terms = [("found", found.as_str()), ("expected", expected.as_str())];
    let suggestions = if suggest {
        let replacement = match facts.first() {
            Some(&fact) => {
                reference.document.slice(with_qualifier(reference.fact(fact))).to_owned()
            }
            None => String::new(),
        };
        vec![Suggestion { replacement, applicability: Applicability::MaybeIncorrect }]
    } else {
        Vec::new()
    };
    let (kind, value, unit, qualifier) = value_text(document, &claim.mention);
    Some(Finding {
        rule: rule(id).id(),
        severity: settings.severity(id),
        span,
        message: message(id, case, &terms),
        help: super::help(id, case, &terms),
        claim: Claim { kind, value, unit, qualifier },
        evidence: evidence(facts),
        suggestions,
        confidence: ruling.confidence,
    })
}

/// The words of a statement with its qualifier, if it has one right before or behind.
pub fn with_qualifier(statement: &Statement) -> Span {
    let span = statement.mention.span;
    statement.mention.qualifier_span.map_or(span, |qualifier| span.join(qualifier))
}

fn evidence_of(reference: &Reference, number: usize, fact: FactId) -> Evidence {
    let statement = reference.fact(fact);
    let span = with_qualifier(statement);
    Evidence {
        reference: number,
        span,
        sentence: statement.sentence,
        value: reference.document.slice(span).to_owned(),
    }
}

/// "more than 3,800", or "Dec 2018 and December 2017": the report's own words, each once.
fn alternatives(reference: &Reference, facts: &[FactId]) -> String {
    let mut words: Vec<&str> = Vec::new();
    for &fact in facts.iter().take(MAX_EVIDENCE) {
        let text = reference.document.slice(with_qualifier(reference.fact(fact)));
        if !words.contains(&text) {
            words.push(text);
        }
    }
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" and ")
}

/// The word for a qualifier in a sentence.
pub fn qualifier_id(qualifier: Option<Qualifier>) -> Option<&'static str> {
    qualifier.map(Qualifier::id)
}
