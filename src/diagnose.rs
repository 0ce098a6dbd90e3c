//! Rulings to findings: here, and only here, a verdict becomes a sentence.

use crate::document::Document;
use crate::judge::aged;
use crate::judge::arithmetic::Step;
use crate::judge::name::NameRuling;
use crate::judge::quote::QuoteVerdict;
use crate::judge::{Difference, Ruling, Verdict};
use crate::lexicon::{calendar, qualifiers};
use crate::reference::{FactId, Reference};
use crate::report::facts::claim_of;
use crate::rule::{
    Applicability, Claim, Evidence, Finding, Severity, Suggestion, check, help, message,
};
use crate::source::Span;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::{DateValue, PartialDate, YearPart};
use crate::value::{Decimal, Quote, Value};

/// At most so much evidence is shown for one finding.
const MAX_EVIDENCE: usize = 3;

/// The finding that a ruling gives rise to, if any.
pub fn finding(
    document: &Document,
    claim: &Statement,
    ruling: &Ruling,
    references: &[Reference],
    number: usize,
) -> Option<Finding> {
    let reference = &references[number];
    let dated = match &claim.mention.value {
        Value::Date(_) => true,
        // "Every Monday" is a date, "every 8 minutes" a measure.
        Value::Set(set) => !set.pattern.starts_with("R/P"),
        _ => false,
    };
    let whole = with_qualifier(claim);
    let said = |span: Span| document.slice(span).to_owned();
    let expected = |facts: &[FactId], between: &str| alternatives(reference, claim, facts, between);
    let evidence = |facts: &[FactId]| -> Vec<Evidence> {
        facts.iter().take(MAX_EVIDENCE).map(|&fact| evidence_of(reference, number, fact)).collect()
    };
    let (id, case, span, facts, mut suggest): (_, _, _, &[FactId], _) = match &ruling.verdict {
        Verdict::Supported(_) | Verdict::Derived(_) | Verdict::Exempt => return None,
        Verdict::Contradicted { facts, how, .. } if dated => {
            let case = match how {
                Difference::Weekday if names_day(claim) => "weekday",
                _ => "default",
            };
            ("date-mismatch", case, claim.mention.span, facts, true)
        }
        Verdict::Contradicted { facts, how, elsewhere } => {
            let (case, span) = match how {
                Difference::Bound => ("flipped-bound", whole),
                Difference::Unit => ("unit", claim.mention.span),
                Difference::Direction => ("direction", with_direction(document, claim)),
                _ if elsewhere.is_some() => ("exchanged", claim.mention.span),
                _ => ("default", claim.mention.span),
            };
            // Of a rise for a fall the number is right: there is nothing to put in its place.
            ("figure-mismatch", case, span, facts, *how != Difference::Direction)
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
        Verdict::Miscalculated { derivation } if !derivation.facts.is_empty() => {
            ("figure-mismatch", "portion", claim.mention.span, &derivation.facts, false)
        }
        Verdict::Miscalculated { derivation } => {
            let case = if derivation.step == Step::Listed { "listed" } else { "default" };
            ("arithmetic-mismatch", case, claim.mention.span, &derivation.facts, false)
        }
        Verdict::Unsupported if dated => {
            ("date-unsupported", "default", claim.mention.span, &[], false)
        }
        Verdict::Unsupported => ("figure-unsupported", "default", claim.mention.span, &[], false),
    };
    // "Two mutations at most": no words of the report fit around the noun.
    let apart = claim.mention.qualifier_span.is_some_and(|q| q.start > claim.mention.span.end);
    // An end of a range told at the other end: the range does not fit in its place.
    let ends = facts.first().and_then(|&fact| reference.fact(fact).measure.as_ref());
    let is_end = claim.measure.as_ref().zip(ends.filter(|range| range.is_range())).is_some_and(
        |(said, range)| !said.is_range() && [range.low, range.high].contains(&said.low),
    );
    suggest &= !facts.is_empty() && !apart && !is_end;
    let found = said(span);
    let turned = case == "direction";
    let expected = match &ruling.verdict {
        Verdict::Contradicted { facts, .. } if turned => {
            let there = with_direction(&reference.document, reference.fact(facts[0]));
            reference.document.slice(there).to_owned()
        }
        Verdict::Miscalculated { derivation } => {
            shown(claim, &said(claim.mention.span), derivation.result)
        }
        Verdict::Disputed(_) => format!("\"{}\"", expected(facts, "\" and \"")),
        _ if dated => match (expected(facts, " and "), facts.first()) {
            // "14 and 15 July": the month of a day stands behind the list.
            (words, Some(&fact)) if words == found => whole_list(reference, fact),
            (words, _) => words,
        },
        _ => expected(facts, "\" and \""),
    };
    let other = match &ruling.verdict {
        Verdict::Contradicted { elsewhere: Some(fact), .. } => nearby(reference, *fact),
        _ => String::new(),
    };
    let terms =
        [("found", found.as_str()), ("expected", &expected), ("other", &other), ("thing", "")];
    let suggestions = if suggest {
        let replacement = match facts.first() {
            Some(&fact) => words_meant(reference, claim, fact).to_owned(),
            None => String::new(),
        };
        let style = facts.first().is_some_and(|&fact| {
            let there = reference.document.slice(reference.fact(fact).mention.span);
            let there = reference.correction(fact).map_or(there, |c| c.words.as_str());
            facts.len() == 1 && there == replacement && same_style(&found, there)
        });
        let sure =
            ruling.confidence >= SURE && !matches!(ruling.verdict, Verdict::Requalified { .. });
        vec![Suggestion { replacement, applicability: applicability(style && sure) }]
    } else {
        Vec::new()
    };
    Some(Finding {
        rule: id,
        severity: check(id).map_or(Severity::Warning, |check| check.severity),
        span,
        message: message(id, case, &terms),
        help: corrected(reference, facts, help(id, &terms)),
        claim: claim_of(document, &claim.mention),
        evidence: evidence(facts),
        suggestions,
        confidence: ruling.confidence,
    })
}

/// The advice, with the erratum that the value rests on.
fn corrected(reference: &Reference, facts: &[FactId], help: Option<String>) -> Option<String> {
    let errata = facts.iter().find_map(|&fact| reference.correction(fact));
    match errata {
        Some(correction) => {
            let before = help.map(|help| format!("{help}; ")).unwrap_or_default();
            Some(format!(
                "{before}the reference was put right by an erratum ({})",
                correction.source
            ))
        }
        None => help,
    }
}

/// A contradiction this sure may be put right unseen, where the style of writing stays the same.
const SURE: u8 = 85;

fn applicability(safe: bool) -> Applicability {
    if safe { Applicability::Safe } else { Applicability::MaybeIncorrect }
}

/// Whether two values are written alike but for their digits, months and weekdays: "€413 million"
/// and "€412.6 million", but not "two fifths" and "44%".
fn same_style(a: &str, b: &str) -> bool {
    let shape = |text: &str| -> Vec<String> {
        let kind = |c: char| {
            if c.is_ascii_digit() {
                0
            } else if c.is_alphabetic() {
                1
            } else {
                2
            }
        };
        let mut parts: Vec<(u8, String)> = Vec::new();
        for c in text.chars().filter(|c| !matches!(c, ',' | '.' | ' ')) {
            match parts.last_mut() {
                Some((last, part)) if *last == kind(c) => part.push(c),
                _ => parts.push((kind(c), c.to_string())),
            }
        }
        let named = |(kind, part): (u8, String)| match kind {
            0 => "0".to_owned(),
            _ if calendar::month(&part.to_lowercase()).is_some() => "month".to_owned(),
            _ if calendar::weekday(&part.to_lowercase()).is_some() => "weekday".to_owned(),
            _ => part,
        };
        parts.into_iter().map(named).collect()
    };
    a.contains(|c: char| c.is_ascii_digit()) && shape(a) == shape(b)
}

/// The words of a statement with its qualifier, if it has one right before or behind.
pub fn with_qualifier(statement: &Statement) -> Span {
    let span = statement.mention.span;
    statement.mention.qualifier_span.map_or(span, |qualifier| span.join(qualifier))
}

/// Whether a claim is a day of a month, not only of a week.
fn names_day(claim: &Statement) -> bool {
    let Value::Date(date) = &claim.mention.value else { return false };
    matches!(date.value, DateValue::Day(PartialDate { part: YearPart::Day(..), .. }))
}

/// The words of a figure with the one that tells its rise or fall: "fell to 1.84 million", "58 fewer".
fn with_direction(document: &Document, statement: &Statement) -> Span {
    let mut span = with_qualifier(statement);
    let before = document.slice(statement.until(span.start));
    let verb = qualifiers::direction_before(before).map_or(0, |(_, length)| length as u32);
    if verb == 0 {
        let end = statement.sentence.end.max(span.end);
        let behind = document.slice(Span { start: span.end, end });
        span.end += qualifiers::comparative_behind(behind).map_or(0, |(_, len)| len as u32);
    }
    Span { start: span.start - verb, end: span.end }
}

/// The evidence that a fact of `references[number]` is, counted as reference `shown`.
pub fn evidence(references: &[Reference], number: usize, shown: usize, fact: FactId) -> Evidence {
    evidence_of(&references[number], shown, fact)
}

fn evidence_of(reference: &Reference, number: usize, fact: FactId) -> Evidence {
    let statement = reference.fact(fact);
    let span = with_qualifier(statement);
    Evidence {
        reference: number,
        span,
        sentence: statement.sentence,
        value: words_of(reference, fact).to_owned(),
    }
}

/// The words that a report, or an erratum of it, has for a fact.
fn words_of(reference: &Reference, fact: FactId) -> &str {
    let own = reference.document.slice(with_qualifier(reference.fact(fact)));
    reference.correction(fact).map_or(own, |correction| correction.words.as_str())
}

/// The report's own words for what a claim should say: of a life in brackets the end that the claim tells.
fn words_meant<'r>(reference: &'r Reference, claim: &Statement, fact: FactId) -> &'r str {
    let words = words_of(reference, fact);
    let end = || {
        let end = aged::end_of_life(claim)?;
        aged::life(&reference.document, reference.fact(fact))?;
        let dashes = ["–", "—", " - ", "-"];
        let (birth, death) = dashes.iter().find_map(|dash| words.split_once(dash))?;
        Some([birth, death][end as usize].trim())
    };
    end().unwrap_or(words)
}

/// The report's own words for the values that a claim should have, each once.
fn alternatives(
    reference: &Reference,
    claim: &Statement,
    facts: &[FactId],
    between: &str,
) -> String {
    let mut words: Vec<&str> = Vec::new();
    for &fact in facts.iter().take(MAX_EVIDENCE) {
        let text = words_meant(reference, claim, fact);
        if !words.contains(&text) {
            words.push(text);
        }
    }
    words.join(between)
}

/// A date with those that follow it in a list: "14 and 15 July".
fn whole_list(reference: &Reference, fact: FactId) -> String {
    let first = reference.fact(fact);
    let mut end = first.mention.span.end;
    let dates = reference.dates();
    let behind = dates.partition_point(|date| *date <= fact);
    for next in dates[behind..].iter().map(|date| reference.fact(*date).mention.span) {
        let between = Span { start: end, end: next.start.max(end) };
        if !matches!(reference.document.slice(between), ", " | " and " | ", and " | " or ") {
            break;
        }
        end = next.end;
    }
    reference.document.slice(Span { start: first.mention.span.start, end }).to_owned()
}

/// So many characters round a value tell what it is about.
const NEARBY: usize = 32;

/// A value of the report with the words that follow it.
fn nearby(reference: &Reference, fact: FactId) -> String {
    let statement = reference.fact(fact);
    let start = with_qualifier(statement).start as usize;
    let text = &reference.document.text
        [start..statement.sentence.end.max(statement.mention.span.end) as usize];
    let least = statement.mention.span.end as usize - start;
    match text.char_indices().skip(1).find(|&(at, c)| at >= least + NEARBY && c == ' ') {
        Some((at, _)) => format!("{} ...", &text[..at]),
        None => text.to_owned(),
    }
}

/// A result of arithmetic in the claim's own unit.
fn shown(claim: &Statement, found: &str, result: Decimal) -> String {
    let Some(measure) = &claim.measure else { return result.to_string() };
    match measure.dimension {
        Dimension::Share => {
            let places = Decimal::new(1, -3).unwrap_or(Decimal::ONE);
            let percent = result.round_to(places).checked_mul(Decimal::HUNDRED).unwrap_or(result);
            format!("{percent}%")
        }
        _ => in_its_words(found, measure, result)
            .unwrap_or_else(|| result.round_to(measure.step.min(Decimal::ONE)).to_string()),
    }
}

/// A value written as `found` was, with its own number in the place of that one: "£29 million a
/// kilometre" for "£39 million a kilometre".
fn in_its_words(found: &str, measure: &Measure, value: Decimal) -> Option<String> {
    let start = found.find(|c: char| c.is_ascii_digit())?;
    let number = &found[start..];
    let end = number.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.'));
    let number = number[..end.unwrap_or(number.len())].trim_end_matches([',', '.']);
    let written = Decimal::parse(&number.replace(',', ""))?;
    let place = Decimal::power_of_ten(written.exponent().min(0))?;
    let digits = value.checked_mul(written)?.checked_div(measure.low)?.round_to(place).to_string();
    if digits == "0" && !value.is_zero() {
        return None;
    }
    let digits = if number.contains(',') { grouped(&digits) } else { digits };
    Some(format!("{}{digits}{}", &found[..start], &found[start + number.len()..]))
}

/// The digits before the point in groups of three.
fn grouped(digits: &str) -> String {
    let whole = digits.find('.').unwrap_or(digits.len());
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, c) in digits.char_indices() {
        if at > 0
            && at < whole
            && (whole - at).is_multiple_of(3)
            && digits.as_bytes()[at - 1] != b'-'
        {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// The finding that a report contradicts itself: marked at its later place, with the earlier one
/// as evidence.
pub fn audit_finding(reference: &Reference, earlier: FactId, later: FactId) -> Finding {
    let document = &reference.document;
    let claim = reference.fact(later);
    let expected = format!("\"{}\"", words_of(reference, earlier));
    let found = document.slice(with_qualifier(claim));
    let terms = [("found", found), ("expected", expected.as_str()), ("thing", ""), ("other", "")];
    let id = "reference-conflict";
    Finding {
        rule: id,
        severity: check(id).map_or(Severity::Warning, |check| check.severity),
        span: claim.mention.span,
        message: message(id, "audit", &terms),
        help: help(id, &terms),
        claim: claim_of(document, &claim.mention),
        evidence: [earlier, later].iter().map(|&fact| evidence_of(reference, 0, fact)).collect(),
        suggestions: Vec::new(),
        confidence: 75,
    }
}

/// The finding that a quotation gives rise to, if any.
pub fn quotation(
    derivative: &Document,
    quote: &Quote,
    verdict: &QuoteVerdict,
    references: &[Reference],
    number: usize,
) -> Option<Finding> {
    let document = &references[number].document;
    let words = |span: Span| document.slice(span).to_owned();
    let (id, case, span, expected, other, place, replacement) = match verdict {
        QuoteVerdict::Agrees | QuoteVerdict::Exempt => return None,
        QuoteVerdict::Altered { span, passage, expected, negation, dropped, own_voice } => {
            let case = match () {
                _ if *own_voice => "reported",
                _ if *negation => "negation",
                _ if *dropped => "dropped",
                _ => "default",
            };
            let expected = words(*expected);
            (
                "quote-altered",
                case,
                *span,
                expected.clone(),
                String::new(),
                Some(*passage),
                Some(expected),
            )
        }
        QuoteVerdict::Spliced { passages: [first, second] } => {
            let both = format!("{} ... {}", words(*first), words(*second));
            let (found, place) = (String::new(), Some(*first));
            ("quote-altered", "spliced", quote.inner, both, found, place, None)
        }
        QuoteVerdict::Reported { passage } => {
            let (expected, place) = (words(*passage), Some(*passage));
            ("quote-unsupported", "reported", quote.inner, expected, String::new(), place, None)
        }
        QuoteVerdict::Misattributed { passage, said_by, claimed } => (
            "quote-misattributed",
            "default",
            quote.inner,
            said_by.clone(),
            claimed.clone(),
            Some(*passage),
            None,
        ),
        QuoteVerdict::Absent { nearest } => {
            let case = if nearest.is_some() { "paraphrase" } else { "default" };
            let expected = nearest.map(words).unwrap_or_default();
            ("quote-unsupported", case, quote.inner, expected, String::new(), *nearest, None)
        }
    };
    let found = match verdict {
        QuoteVerdict::Misattributed { .. } => other.as_str(),
        _ => derivative.slice(span),
    };
    let terms = [("found", found), ("expected", &expected), ("other", &other), ("thing", "")];
    let evidence = place.map(|span| Evidence {
        reference: number,
        span,
        sentence: document
            .sentence_at(span.start)
            .map_or(span, |(_, sentence)| sentence.join(span)),
        value: document.slice(span).to_owned(),
    });
    // Where the reference tells it in its own voice, the words are its own and nobody's: worth a look.
    let severity = match verdict {
        QuoteVerdict::Reported { .. } => Severity::Note,
        QuoteVerdict::Altered { own_voice: true, .. } => Severity::Warning,
        _ => check(id).map_or(Severity::Error, |check| check.severity),
    };
    Some(Finding {
        rule: id,
        severity,
        span,
        message: message(id, case, &terms),
        help: help(id, &terms),
        claim: Claim {
            kind: "quote",
            value: Some(derivative.slice(quote.inner).to_owned()),
            ..Claim::default()
        },
        evidence: evidence.into_iter().collect(),
        suggestions: replacement
            // Words put in the place of words are certain; where a whole quotation would change, a
            // person has to see which of it was meant.
            .map(|replacement| Suggestion {
                applicability: applicability(span != quote.inner),
                replacement,
            })
            .into_iter()
            .collect(),
        confidence: 85,
    })
}

/// The finding that a name gives rise to.
pub fn name(
    derivative: &Document,
    ruling: &NameRuling,
    references: &[Reference],
    number: usize,
) -> Finding {
    let document = &references[number].document;
    let found = derivative.slice(ruling.span);
    let id = "name-mismatch";
    let terms =
        [("found", found), ("expected", ruling.expected.as_str()), ("other", ""), ("thing", "")];
    Finding {
        rule: id,
        severity: check(id).map_or(Severity::Error, |check| check.severity),
        span: ruling.span,
        message: message(id, ruling.case, &terms),
        help: help(id, &terms),
        claim: Claim { kind: "name", value: Some(found.to_owned()), ..Claim::default() },
        evidence: vec![Evidence {
            reference: number,
            span: ruling.evidence,
            sentence: document
                .sentence_at(ruling.evidence.start)
                .map_or(ruling.evidence, |(_, s)| s.join(ruling.evidence)),
            value: document.slice(ruling.evidence).to_owned(),
        }],
        suggestions: vec![Suggestion {
            replacement: ruling.expected.clone(),
            applicability: applicability(ruling.case == "default"),
        }],
        confidence: 75,
    }
}
