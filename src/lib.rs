//! factlint holds what was written from a report against the report.
//!
//! ```text
//! bytes -> Document -> Mentions -> Statements (facts | claims)
//!                                      |           |
//!                               Reference --align--+--> Ruling --word--> Finding --> report
//! ```
//!
//! Everything but `cli` is pure: values in, values out, in a fixed order. [`lint`] is the whole
//! story.

pub mod align;
pub mod cli;
pub mod config;
pub mod diagnose;
pub mod document;
mod hash;
pub mod impact;
pub mod judge;
pub mod lexicon;
#[cfg(feature = "lsp")]
pub mod lsp;
pub mod memory;
pub mod parse;
pub mod reference;
pub mod report;
pub mod rule;
pub mod source;
pub mod statement;
pub mod suppress;
pub mod trace;
pub mod value;

use document::Document;
use judge::name;
use judge::quote::QuoteVerdict;
use judge::{
    Difference, Ruling, Verdict,
    claim::{BY_VALUE, Judge},
    own,
    table::Columns,
};
use lexicon::tolerances::Tolerances;
use memory::Memory;
use parse::name::Run;
use parse::{Anchor, Mention, quote};
pub use reference::Reference;
use rule::{Finding, Settings};
use source::Spans;
use statement::frame::{self, LookUp};
use statement::words::Words;
use statement::{Statement, mentions, own_date, speaker};
use value::Value;

/// What a check of one derivative gave.
#[derive(Debug, Clone, Default)]
pub struct Outcome {
    /// The findings, by place, then rule.
    pub findings: Vec<Finding>,
    /// How many claims were read. None at all is worth telling the user.
    pub claims: usize,
}

/// A claim as it was held against one of several references, whatever came of it.
pub type Ruled = (usize, Statement, Ruling);

/// Holds a derivative against its references.
pub fn lint(references: &[Reference], derivative: &Document, settings: &Settings) -> Outcome {
    judged(references, derivative, settings, None).0
}

/// [`lint`], with every figure and date that was judged, in order, for whoever asks about one. A
/// memory of the last look at the derivative under the same references spares the work on what did
/// not change since; the outcome is the same.
pub fn judged(
    references: &[Reference],
    derivative: &Document,
    settings: &Settings,
    mut memory: Option<&mut Memory>,
) -> (Outcome, Vec<Ruled>) {
    let written = settings.document_date.or_else(|| own_date(derivative));
    let anchor = written.or_else(|| references.iter().find_map(|reference| reference.date));
    let anchor = anchor.map(|day| Anchor { day, time: None });
    let tolerances = &settings.tolerances;
    let (found, known) = match &mut memory {
        Some(memory) => {
            let (found, blocks) = memory.unread(derivative, anchor, tolerances);
            (found, Some(blocks))
        }
        None => (mentions(derivative, anchor), None),
    };
    let mut words = Words::new(derivative);
    words.learn(&found);
    let vocabularies = references.iter().map(|reference| &reference.vocabulary);
    let mut look_ups: Vec<LookUp> =
        vocabularies.map(|vocabulary| LookUp::new(vocabulary, &words)).collect();
    let mut rulings = figures(references, derivative, found, tolerances, &mut look_ups);
    if let (Some(memory), Some(blocks)) = (&mut memory, known) {
        rulings = memory.figures(derivative, blocks, rulings);
    }
    let mut outcome = Outcome { findings: Vec::new(), claims: rulings.len() };
    own_arithmetic(derivative, &mut rulings, settings);
    let runs = parse::name::runs(derivative);
    let quotes = quotations(references, derivative, &runs, &mut outcome);
    // What stands inside a quotation is judged with it.
    rulings
        .iter_mut()
        .filter(|ruling| {
            ruling.as_ref().is_some_and(|(_, claim, _)| quotes.contain(claim.mention.span))
        })
        .for_each(|ruling| *ruling = None);
    names(references, derivative, settings, (runs, &quotes), (memory, &mut look_ups), &mut outcome);
    for (number, claim, ruling) in rulings.iter().flatten() {
        outcome.findings.extend(diagnose::finding(derivative, claim, ruling, references, *number));
    }
    outcome.findings.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
    (outcome, rulings.into_iter().flatten().collect())
}

/// Judges the figures and dates that were `found`, whole sentences of them; one ruling for each.
/// There is a look-up for each reference.
fn figures(
    references: &[Reference],
    derivative: &Document,
    found: Vec<Mention>,
    tolerances: &Tolerances,
    look_ups: &mut [LookUp<'_>],
) -> Vec<Option<Ruled>> {
    let mut rulings: Vec<Option<Ruled>> = vec![None; found.len()];
    for (number, (reference, look_up)) in references.iter().zip(look_ups).enumerate() {
        let mut judge = Judge::new(reference, tolerances);
        let mut best = rulings.iter_mut();
        for part in derivative.parts(&found, PART, |mention| mention.span) {
            let claims = frame::statements(derivative, part.iter().cloned(), look_up);
            let sentences = claims.chunk_by(|a, b| a.sentence == b.sentence);
            let judged: Vec<Ruling> =
                sentences.flat_map(|together| judge.sentence(derivative, together)).collect();
            for ((claim, ruling), best) in claims.into_iter().zip(judged).zip(best.by_ref()) {
                if best.as_ref().is_none_or(|(_, _, other)| weight(&ruling) > weight(other)) {
                    *best = Some((number, claim, ruling));
                }
            }
        }
    }
    rulings
}

/// So many claims or names are worked out at a time: they take more memory than the text they stand in.
const PART: usize = 4_000;

/// Judges the quotations of a derivative; returns the places of those that are sayings, with those
/// of their speakers' names.
fn quotations(
    references: &[Reference],
    derivative: &Document,
    runs: &[Run],
    outcome: &mut Outcome,
) -> Spans {
    let mut mentions = quote::quotes(derivative);
    speaker::attribute(derivative, runs, &mut mentions);
    let mut sayings = Vec::new();
    for mention in &mentions {
        let Value::Quote(quote) = &mention.value else { continue };
        outcome.claims += 1;
        let verdicts = references
            .iter()
            .map(|reference| reference.sayings.judge(derivative, quote, &reference.document));
        let best = verdicts.enumerate().min_by_key(|(_, verdict)| match verdict {
            QuoteVerdict::Agrees => 0,
            QuoteVerdict::Reported { .. } => 1,
            QuoteVerdict::Misattributed { .. } => 2,
            QuoteVerdict::Altered { .. } | QuoteVerdict::Spliced { .. } => 3,
            QuoteVerdict::Absent { .. } => 4,
            QuoteVerdict::Exempt => 5,
        });
        let Some((number, verdict)) = best else { continue };
        if verdict != QuoteVerdict::Exempt {
            sayings.push(mention.span);
            // A saying that is wrong tells nothing of its speaker's place.
            let wrong = matches!(
                verdict,
                QuoteVerdict::Misattributed { .. } | QuoteVerdict::Spliced { .. }
            );
            sayings.extend(quote.speaker.as_ref().filter(|_| wrong).map(|s| s.span));
        }
        outcome
            .findings
            .extend(diagnose::quotation(derivative, quote, &verdict, references, number));
    }
    Spans::new(sayings)
}

/// Judges the names of a derivative outside its quotations.
fn names(
    references: &[Reference],
    derivative: &Document,
    settings: &Settings,
    (runs, quotes): (Vec<Run>, &Spans),
    (mut memory, look_ups): (Option<&mut Memory>, &mut [LookUp<'_>]),
    outcome: &mut Outcome,
) {
    // Of several references the one that finds least fault is the one that was meant.
    let least = references
        .iter()
        .zip(look_ups)
        .enumerate()
        .map(|(number, (reference, look_up))| {
            let (table, report) = (&reference.names, &reference.document);
            // What is remembered is remembered of all names together.
            let size = if memory.is_some() { runs.len() } else { PART };
            let hold = |look_up: &mut LookUp<'_>, part: &[Run]| match &mut memory {
                Some(memory) => memory.names(number, table, derivative, look_up, part),
                None => name::hold(table, derivative, look_up, part),
            };
            let runs = (&runs[..], size);
            (number, table.judge(report, derivative, look_up, &settings.aliases, runs, hold))
        })
        .min_by_key(|(_, found)| found.len());
    let Some((number, found)) = least else { return };
    for ruling in found {
        if !quotes.contain(ruling.span) {
            outcome.findings.push(diagnose::name(derivative, &ruling, references, number));
        }
    }
}

/// A contradiction that is less sure than this gives way to the derivative's own arithmetic.
const DOUBTFUL: u8 = 75;

/// Holds the derivative's own figures against each other; what the report contradicts or supports
/// is settled already.
fn own_arithmetic(derivative: &Document, rulings: &mut [Option<Ruled>], settings: &Settings) {
    let claims: Vec<&Statement> = rulings.iter().flatten().map(|(_, claim, _)| claim).collect();
    let verdicts: Vec<&Ruling> = rulings.iter().flatten().map(|(_, _, ruling)| ruling).collect();
    let settled = |number: usize| match verdicts[number].verdict {
        Verdict::Unsupported | Verdict::Exempt | Verdict::Derived(_) => false,
        Verdict::Contradicted { how: Difference::Value, .. } => {
            verdicts[number].confidence >= DOUBTFUL
        }
        _ => true,
    };
    let bound = |number: usize| {
        let by_value = matches!(verdicts[number].verdict, Verdict::Supported(_))
            && verdicts[number].confidence <= BY_VALUE;
        settled(number) && !by_value
    };
    let wrong = own::check(derivative, &claims, &settled, &bound);
    let (columns, tolerances) =
        (Columns::new(derivative, claims.iter().copied()), &settings.tolerances);
    let follows = |number: usize| {
        let doubtful = match verdicts[number].verdict {
            Verdict::Unsupported => true,
            Verdict::Contradicted { how: Difference::Value, .. } => {
                verdicts[number].confidence < DOUBTFUL
                    || own::in_table(derivative, &claims, number, &columns, tolerances)
            }
            _ => false,
        };
        doubtful && own::follows(derivative, &claims, number, &columns, tolerances)
    };
    let exempt: Vec<usize> = (0..claims.len()).filter(|&number| follows(number)).collect();
    let mut verdicts: Vec<&mut Verdict> =
        rulings.iter_mut().flatten().map(|(_, _, ruling)| &mut ruling.verdict).collect();
    exempt.into_iter().for_each(|number| *verdicts[number] = Verdict::Exempt);
    for (number, derivation) in wrong {
        *verdicts[number] = Verdict::Miscalculated { derivation };
    }
}

/// Holds a report against itself: the same thing told with two values. Each is shown once, at its
/// later place; the evidence points to the earlier one, in the same document as reference 0.
pub fn audit(reference: &Reference, _settings: &Settings) -> Outcome {
    let findings = judge::conflict::audit(reference)
        .into_iter()
        .map(|(earlier, later)| diagnose::audit_finding(reference, earlier, later))
        .collect();
    Outcome { findings, claims: reference.facts.len() }
}

/// Which of two references' rulings on a claim holds: one that supports it outweighs one that
/// contradicts it, and that outweighs silence.
fn weight(ruling: &Ruling) -> (u8, u8) {
    let rank = match ruling.verdict {
        Verdict::Supported(_) | Verdict::Derived(_) => 5,
        Verdict::Requalified { .. } | Verdict::Disputed(_) => 4,
        Verdict::Contradicted { .. } => 3,
        Verdict::Miscalculated { .. } => 2,
        Verdict::Unsupported => 1,
        Verdict::Exempt => 0,
    };
    (rank, ruling.confidence)
}
