//! What a revision of a reference means for what was written from it: which claims still carry a
//! value that changed.
//!
//! A claim is affected in two ways. What the old reference bore out and the new one does not is
//! found by holding the document against both. Besides, the two references are held against each
//! other, sentence by sentence and word by word, so that a claim is followed from the fact it was
//! written from to what now stands in its place, even where its old value also stands elsewhere.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::document::Document;
use crate::judge::claim::{self, hold};
use crate::judge::{Ruling, Verdict};
use crate::lexicon::tolerances;
use crate::reference::{FactId, Reference};
use crate::rule::Settings;
use crate::source::Span;
use crate::{Outcome, diagnose, judged, lint};

/// References of more sentences than this are not held against each other word by word: the time
/// that takes grows with the square of what differs.
const MOST_SENTENCES: usize = 20_000;
/// The same for the words of a stretch that was rewritten.
const MOST_WORDS: usize = 4_000;
/// A claim that was borne out by a fact that has since changed is this surely affected.
const FOLLOWED: u8 = 80;

/// A reference before and after it was revised.
pub struct Revision {
    /// The new one, then the old one: evidence counts them so.
    both: [Reference; 2],
    /// What changed, by facts of the old one.
    changes: BTreeMap<FactId, Option<FactId>>,
}

impl Revision {
    /// Holds the two against each other.
    pub fn new(old: Reference, new: Reference) -> Self {
        let changes = changes(&old, &new);
        Revision { both: [new, old], changes }
    }

    /// The new reference.
    pub fn new_reference(&self) -> &Reference {
        &self.both[0]
    }

    /// The old reference.
    pub fn old_reference(&self) -> &Reference {
        &self.both[1]
    }

    /// The facts of the old reference that changed, in order, each with what stands in its place
    /// in the new one, unless it is gone.
    pub fn changes(&self) -> impl Iterator<Item = (FactId, Option<FactId>)> {
        self.changes.iter().map(|(&old, &new)| (old, new))
    }

    /// What of a document the revision made wrong. Evidence 0 is the new reference, 1 the old one.
    pub fn impact(&self, derivative: &Document, settings: &Settings) -> Outcome {
        let [new, old] = [&self.both[..1], &self.both[1..]];
        let (before, ruled) = judged(old, derivative, settings, None);
        let mut outcome = lint(new, derivative, settings);
        outcome.findings.retain(|now| {
            // What was as wrong before is not the revision's doing.
            let same = |then: &&crate::rule::Finding| {
                then.span.overlaps(now.span) && then.severity >= now.severity
            };
            !before.findings.iter().any(|then| same(&then))
        });
        for (_, claim, ruling) in &ruled {
            let Verdict::Supported(facts) = &ruling.verdict else { continue };
            let Some(&was) = facts.first() else { continue };
            let span = ruling.span.join(claim.mention.span);
            // What stands in the place of the fact is the best evidence there is.
            let followed = self.changes.get(&was).copied().flatten().and_then(|now| {
                let outcome = hold(claim, new[0].fact(now), &settings.tolerances)?;
                let claim::Outcome::Differs(how) = outcome else { return None };
                let verdict = Verdict::Contradicted { facts: vec![now], how, elsewhere: None };
                let ruling = Ruling { span: ruling.span, verdict, confidence: FOLLOWED };
                diagnose::finding(derivative, claim, &ruling, new, 0)
            });
            let there = outcome.findings.iter().position(|finding| finding.span.overlaps(span));
            let finding = match (there, followed) {
                (Some(at), Some(followed)) => {
                    outcome.findings[at] = followed;
                    &mut outcome.findings[at]
                }
                (Some(at), None) => &mut outcome.findings[at],
                (None, Some(followed)) => {
                    let at = outcome.findings.len();
                    outcome.findings.push(followed);
                    &mut outcome.findings[at]
                }
                (None, None) => continue,
            };
            finding.evidence.push(diagnose::evidence(old, 0, 1, was));
        }
        for finding in &mut outcome.findings {
            finding.message = format!("since the revision {}", finding.message);
        }
        outcome.findings.sort_by(|a, b| (a.span, a.rule).cmp(&(b.span, b.rule)));
        outcome
    }
}

/// The facts of the old reference that the new one does not repeat, with what stands in their place.
fn changes(old: &Reference, new: &Reference) -> BTreeMap<FactId, Option<FactId>> {
    let mut changes = BTreeMap::new();
    let (before, after) = (sentences(&old.document), sentences(&new.document));
    if before.len().max(after.len()) > MOST_SENTENCES {
        return changes;
    }
    let words = |document: &Document, spans: &[Span]| -> Vec<String> {
        spans.iter().map(|&span| document.slice(span).trim().to_owned()).collect()
    };
    let (old_texts, new_texts) = (words(&old.document, &before), words(&new.document, &after));
    let kept: HashSet<&String> = new_texts.iter().collect();
    for op in capture_diff_slices(Algorithm::Myers, &old_texts, &new_texts) {
        let Some((gone, come)) = replaced(op) else { continue };
        // A sentence that moved has not changed.
        let gone: Vec<Span> =
            gone.filter(|&at| !kept.contains(&old_texts[at])).map(|at| before[at]).collect();
        rewritten((old, &gone), (new, &after[come]), &mut changes);
    }
    changes
}

/// What a step of a difference takes away, and what stands there instead; none where it takes
/// nothing.
fn replaced(op: DiffOp) -> Option<(Range<usize>, Range<usize>)> {
    match op {
        DiffOp::Replace { old_index, old_len, new_index, new_len } => {
            Some((old_index..old_index + old_len, new_index..new_index + new_len))
        }
        DiffOp::Delete { old_index, old_len, new_index } => {
            Some((old_index..old_index + old_len, new_index..new_index))
        }
        DiffOp::Equal { .. } | DiffOp::Insert { .. } => None,
    }
}

fn sentences(document: &Document) -> Vec<Span> {
    document.blocks.iter().flat_map(|block| block.sentences.iter().copied()).collect()
}

/// A reference with some sentences of it.
type Part<'a> = (&'a Reference, &'a [Span]);

/// Adds the facts among the sentences `old` that are told otherwise in the sentences `new`.
fn rewritten(old: Part<'_>, new: Part<'_>, changes: &mut BTreeMap<FactId, Option<FactId>>) {
    let (was, is) = (words(old), words(new));
    if was.len().max(is.len()) > MOST_WORDS {
        return;
    }
    let text = |reference: &Reference, words: &[Span]| -> Vec<String> {
        words.iter().map(|&word| reference.document.slice(word).to_owned()).collect()
    };
    let ops = capture_diff_slices(Algorithm::Myers, &text(old.0, &was), &text(new.0, &is));
    for op in ops {
        let Some((gone, come)) = replaced(op) else { continue };
        let candidates = facts(new.0, &is, come);
        for fact in facts(old.0, &was, gone) {
            let own = old.0.fact(fact);
            let held = candidates.iter().filter_map(|&candidate| {
                let outcome = hold(own, new.0.fact(candidate), tolerances::shipped())?;
                Some((candidate, outcome))
            });
            let held: Vec<_> = held.collect();
            if held.iter().any(|(_, outcome)| outcome.agrees()) {
                continue;
            }
            changes.insert(fact, held.first().map(|(candidate, _)| *candidate));
        }
    }
}

/// The words of some sentences.
fn words((reference, sentences): Part<'_>) -> Vec<Span> {
    let mut words = Vec::new();
    for sentence in sentences {
        let text = reference.document.slice(*sentence);
        let start = sentence.start as usize;
        let mut word = None;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            match (c == ' ', word) {
                (false, None) => word = Some(at),
                (true, Some(from)) => {
                    words.push(Span::new(start + from, start + at));
                    word = None;
                }
                _ => {}
            }
        }
    }
    words
}

/// The facts whose values share a byte with some of the `words`.
fn facts(reference: &Reference, words: &[Span], range: Range<usize>) -> Vec<FactId> {
    let mut found = Vec::new();
    for word in &words[range] {
        let first = reference.facts.partition_point(|fact| fact.mention.span.end <= word.start);
        let numbered = reference.facts.iter().enumerate().skip(first);
        for (number, fact) in numbered.take_while(|(_, fact)| fact.mention.span.start < word.end) {
            let number = number as FactId;
            if fact.mention.span.overlaps(*word) && found.last() != Some(&number) {
                found.push(number);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn document(path: &str, text: &str) -> Document {
        crate::document::read(Path::new(path), text.as_bytes().to_vec()).expect("it is text")
    }

    fn revision(old: &str, new: &str) -> Revision {
        let reference =
            |path: &str, text: &str| Reference::new(document(path, text), &Settings::default());
        Revision::new(reference("old.md", old), reference("new.md", new))
    }

    /// The words of an article that the revision made wrong.
    fn affected(old: &str, new: &str, article: &str) -> Vec<String> {
        let document = document("a.md", article);
        let outcome = revision(old, new).impact(&document, &Settings::default());
        outcome.findings.iter().map(|f| document.slice(f.span).to_owned()).collect()
    }

    const OLD: &str = "# Ports\n\nThe ferry line carried 42,800 passengers in 2019. The dry dock employs \
                       310 welders. The new crane weighs 96 tonnes.\n\nThe museum was opened on 3 May 2011.\n";

    #[test]
    fn what_still_carries_an_old_value_is_found() {
        let article = "The ferry line carried 42,800 passengers in 2019. The dry dock employs 310 \
                       welders. The museum was opened on 3 May 2011.\n";
        let new = OLD.replace("42,800", "44,100").replace("3 May", "8 May");
        assert_eq!(affected(OLD, &new, article), ["42,800", "3 May 2011"]);
        assert_eq!(affected(OLD, OLD, article), [""; 0]);
        // Sentences that moved and words that changed are no new values.
        let moved = "# Ports\n\nThe museum was opened on 3 May 2011.\n\nThe dry dock now employs 310 \
                     welders. The ferry line carried 42,800 passengers in 2019.\n";
        assert_eq!(affected(OLD, moved, article), [""; 0]);
    }

    #[test]
    fn a_value_that_also_stands_elsewhere_is_followed_all_the_same() {
        let old = "The dry dock employs 310 welders. The boatyard has 96 boats.\n";
        let new = "The dry dock employs 325 welders. The boatyard has 310 boats.\n";
        assert_eq!(affected(old, new, "The dry dock employs 310 welders.\n"), ["310"]);
    }

    #[test]
    fn what_was_wrong_before_is_not_the_revisions_doing() {
        let new = OLD.replace("42,800", "44,100");
        let article = "The ferry line carried 48,200 passengers in 2019.\n";
        assert_eq!(affected(OLD, &new, article), [""; 0]);
        // Nor is what still agrees: less precise, but not wrong.
        let close = OLD.replace("42,800", "42,900");
        assert_eq!(affected(OLD, &close, "The line carried about 43,000 passengers.\n"), [""; 0]);
    }

    #[test]
    fn changes_are_paired() {
        let revision = revision(OLD, &OLD.replace("42,800", "44,100").replace("310", "some"));
        let shown: Vec<_> = revision
            .changes()
            .map(|(old, new)| {
                let words = |reference: &Reference, fact| {
                    reference.document.slice(reference.fact(fact).mention.span).to_owned()
                };
                let new = new.map(|fact| words(revision.new_reference(), fact));
                (words(revision.old_reference(), old), new)
            })
            .collect();
        assert_eq!(
            shown,
            [("42,800".to_owned(), Some("44,100".to_owned())), ("310".to_owned(), None)]
        );
    }
}
