//! What is left of a whole beside a part that the report tells, and what a whole comes to with the others that
//! its sentence counts.

use super::apart;
use super::arithmetic::{self, Derivation, Step};
use super::claim::{Case, Judge, low_of};
use super::held::{COPIED_AT_ALL, Held};
use super::portion;
use crate::lexicon::cues::{cues, has_cue};
use crate::lexicon::qualifiers;
use crate::reference::FactId;
use crate::statement::beside::Mark;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::{Decimal, Qualifier};

/// Two shares are one where they lie this near to each other.
const SAME_SHARE: f64 = 0.001;
/// A share is the rest of another that shares a word with it.
const HARDLY_BOUND: f32 = 0.1;

impl Judge<'_> {
    /// What is left of a whole beside the part that the claim would be wrong for, where nothing in the claim is
    /// told of that part: "nine of the 11 were only slightly hurt" of "11 were hurt, two of them badly".
    pub(super) fn rest_of_part(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
        let part = self.reference.fact(clash.fact);
        let number = clash.fact.checked_sub(1)?;
        let whole = self.reference.fact(number);
        let told = whole.sentence == part.sentence
            && apart::is_part(part, whole, report)
            && apart::pull(&case.claim.frame, (part, whole), report, vocabulary).first
                < apart::PULLED;
        told.then(|| portion::of_them(claim, number, self.reference, self.tolerances))?
    }

    /// What the two numbers of one sentence come to, the one of which stands before the claim as a part of it:
    /// "two of the six councillors" of "by four votes to two".
    pub(super) fn all_told(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|m| m.dimension == Dimension::Count)?;
        let before = case.before?;
        let joined = before.beside.leads(Mark::function("of"))
            && case.claim.beside.follows(Mark::function("of"));
        let part = case.together.agree[case.number - 1].filter(|_| joined)?;
        let sentence = self.reference.fact(part.fact).sentence;
        let count = |fact: FactId| {
            let measure = self.reference.fact(fact).measure.as_ref()?;
            low_of(self.reference.fact(fact)).filter(|_| measure.dimension == Dimension::Count)
        };
        let own = count(part.fact)?;
        let mut others = self.reference.facts.of_sentence(sentence).map(|(fact, _)| fact);
        let other = others.find(|other| {
            let sum = count(*other).filter(|_| *other != part.fact);
            sum.and_then(|size| size.checked_add(own)) == Some(claim.low)
        })?;
        let facts = vec![part.fact, other];
        let here = self.reference.fact(clash.fact).sentence == sentence;
        here.then_some(Derivation { step: Step::Sum, facts, result: claim.low })
    }

    /// How many there are with the next that the report's sentence counts: "ten teams" of "nine teams are at
    /// work; a tenth will start".
    pub(super) fn with_next(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|m| m.dimension == Dimension::Count)?;
        let fact = self.reference.fact(clash.fact);
        let one_more = low_of(fact)?.checked_add(Decimal::ONE)? == claim.low;
        let mut beside = self.reference.facts.of_sentence(fact.sentence).filter(|_| one_more);
        let (next, _) = beside.find(|(_, next)| {
            next.measure.as_ref().is_some_and(|order| match order.dimension {
                Dimension::Ordinal => order.low == claim.low,
                // "A tenth" may be a part too.
                Dimension::Share => {
                    order.in_words
                        && !next.beside.leads(Mark::function("of"))
                        && order.low.checked_mul(claim.low) == Some(Decimal::ONE)
                }
                _ => false,
            })
        })?;
        let facts = vec![clash.fact, next];
        Some(Derivation { step: Step::Sum, facts, result: claim.low })
    }

    /// The share of those of whom a claim denies what the report tells of the others, or tells something else:
    /// "around a fifth drank no coffee" of "about 78% drank coffee", "14% stayed empty" of "86% were sold".
    pub(super) fn denied(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let share = |m: &&Measure| m.dimension == Dimension::Share;
        let claim = case.claim.measure.as_ref().filter(share)?;
        let fact = self.reference.fact(clash.fact);
        let told = fact.measure.as_ref().filter(share).filter(|_| !self.is_change(clash.fact))?;
        let result = Decimal::ONE.checked_sub(told.low)?;
        let derivation = Derivation { step: Step::Remainder, facts: vec![clash.fact], result };
        // "Two thirds" for "a third" is a slip of the pen.
        let otherwise = clash.shared < COPIED_AT_ALL && !(claim.in_words && told.in_words);
        let found = (denies(case.claim) != denies(fact) || otherwise)
            && (arithmetic::reaches(claim, result, self.tolerances)
                || claim.in_words && !portion::misses(case.claim, &derivation));
        found.then_some(derivation)
    }

    /// How many there are of whom a claim denies what the report tells of the others: "nine of the eleven had no
    /// fees to declare" of "two of the eleven declared fees".
    pub(super) fn others_denied(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|m| m.dimension == Dimension::Count)?;
        let next = clash.fact + 1;
        let (_, whole) = self
            .reference
            .facts
            .of_sentence(self.reference.fact(clash.fact).sentence)
            .find(|(fact, _)| *fact == next)?;
        let fact = self.reference.fact(clash.fact);
        let of = |statement: &Statement| statement.beside.leads(Mark::function("of"));
        let result = low_of(whole)?.checked_sub(low_of(fact)?)?;
        let told = of(case.claim) && of(fact) && denies(case.claim) != denies(fact);
        let facts = vec![clash.fact, next];
        (told && result == claim.low).then_some(Derivation { step: Step::Remainder, facts, result })
    }

    /// "The remaining 40 per cent", where the report has the other share, whatever it says of it.
    pub(super) fn complement(&self, case: &Case<'_>) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let share = claim.dimension == Dimension::Share;
        let told = case.steps().contains(&Step::Remainder);
        let other = Decimal::ONE.checked_sub(claim.low).filter(|_| share)?.to_f64();
        let facts = self.reference.sized(&Dimension::Share, other - SAME_SHARE, other + SAME_SHARE);
        // "The state pays 70 percent and the towns the rest."
        let rest = |fact: &FactId| {
            let sentence = self.reference.document.slice(self.reference.fact(*fact).sentence);
            has_cue(sentence, &cues().leftover)
        };
        // "May not exceed 75 percent": the others bear at least a quarter.
        let mirrored = |fact: &FactId| {
            let other = self.reference.fact(*fact).measure.as_ref().and_then(|m| m.qualifier);
            matches!(
                (claim.qualifier, other),
                (Some(Qualifier::AtLeast), Some(Qualifier::AtMost))
                    | (Some(Qualifier::AtMost), Some(Qualifier::AtLeast))
                    | (Some(Qualifier::Over), Some(Qualifier::Under))
                    | (Some(Qualifier::Under), Some(Qualifier::Over))
            )
        };
        // "Men make up 42%" of "58 per cent were women".
        let bound = |fact: &FactId| {
            let in_words = self.reference.fact(*fact).measure.as_ref().is_some_and(|m| m.in_words);
            !(self.is_change(*fact) || claim.in_words && in_words)
                && case.held.iter().any(|held| held.fact == *fact && held.score >= HARDLY_BOUND)
        };
        let fact =
            facts.into_iter().find(|fact| told || rest(fact) || mirrored(fact) || bound(fact))?;
        let (step, result) = (Step::Remainder, claim.low);
        Some(Derivation { step, facts: vec![fact], result })
    }

    /// Whether a share is how much something rose or fell: of that there is no rest.
    fn is_change(&self, fact: FactId) -> bool {
        let share = self.reference.fact(fact);
        let behind = self.reference.document.slice(share.behind()).trim_start();
        let next = behind.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        // "16% dropped out" are a part of those who might have.
        share.measure.as_ref().is_some_and(|m| m.direction.is_some())
            || qualifiers::changes(next) && !next.ends_with("ed")
    }
}

/// Whether words behind a figure deny what is told of it.
pub(super) fn denies(statement: &Statement) -> bool {
    let words = ["no", "not", "never", "without", "neither"];
    words.iter().any(|word| statement.beside.has_behind(Mark::function(word)))
}
