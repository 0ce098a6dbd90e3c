//! What a claim's figure follows from in the report by one step that the claim, or the report beside it,
//! tells: what is added, so many of a thing at so much each, what lies between two figures. What is left of a
//! whole is in `rest.rs`.

use super::apart;
use super::arithmetic::{self, Derivation, Step};
use super::claim::{
    BOUND_AT_ALL, CANDIDATES, CLEAR, Case, DERIVES, Judge, is_rate_of_change, low_of,
};
use super::course::{Course, ends_of};
use super::held::Held;
use super::rest::denies;
use super::when::{self, When};
use super::{portion, weigh};
use crate::align::Candidate;
use crate::lexicon::cues::{cues, has_cue};
use crate::reference::FactId;
use crate::source::Span;
use crate::statement::beside::Mark;
use crate::statement::frame::Bond;
use crate::statement::{Dimension, Measure, Statement};
use crate::value::date::DateValue;
use crate::value::{Decimal, Qualifier};

/// A word that stands right beside a figure is bound to it at least this well.
const BESIDE: f32 = 0.6;
/// Facts on either side of one that belong to its passage.
const PASSAGE: FactId = 8;
/// The facts beside so many of the best bound may be used in arithmetic too.
const SIBLINGS: usize = 3;
/// Facts between a figure and what it is a multiple of, at most.
const COMPARED: FactId = 2;

impl Judge<'_> {
    /// Whether a claim is told in the words of a share of the amount that it would be wrong for: "540
    /// complaints were answered in time" of "612 complaints; 88% were answered in time".
    pub(super) fn is_of_part(
        &self,
        claim: &Statement,
        derivation: &Derivation,
        clash: &Held,
    ) -> bool {
        let whole = self.reference.fact(clash.fact);
        let part = derivation.facts.iter().find(|fact| **fact != clash.fact);
        part.map(|part| self.reference.fact(*part)).is_some_and(|part| {
            let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
            part.sentence == whole.sentence
                && derivation.facts.contains(&clash.fact)
                && apart::pull(&claim.frame, (part, whole), report, vocabulary).first
                    >= apart::PULLED
        })
    }

    /// Whether a claim and a fact tell the same of a part: "three of the five were hurt", "two of the five
    /// people in it were hurt".
    pub(super) fn is_same_part(&self, claim: &Statement, clash: &Held) -> bool {
        let part = |statement: &Statement| statement.beside.leads(Mark::function("of"));
        let fact = self.reference.fact(clash.fact);
        part(claim) && part(fact) && denies(claim) == denies(fact) && clash.score >= CLEAR
    }

    /// Whether a value is what is left of a whole beside a part that the claim's sentence tells rightly:
    /// "seven seats against five" of seven of the twelve.
    pub(super) fn is_left(case: &Case<'_>, derivation: &Derivation) -> bool {
        let mut others = case.together.agree.iter().enumerate();
        derivation.step == Step::Difference
            && others.any(|(number, agree)| {
                let agree = agree.filter(|agree| agree.score >= BOUND_AT_ALL);
                number != case.number
                    && agree.is_some_and(|agree| derivation.facts.contains(&agree.fact))
            })
    }

    /// Whether a value is what a change began with, and the claim tells of that time: "a year before,
    /// 2,300 posts" of "2,700 posts, 400 more than a year ago".
    pub(super) fn is_start(&self, case: &Case<'_>, derivation: &Derivation) -> bool {
        let earlier = case.together.steps.contains(&Step::Start);
        let mut changes = derivation.facts.iter().filter(|fact| {
            let measure = self.reference.fact(**fact).measure.as_ref();
            let course = self.reference.courses()[**fact as usize];
            measure.is_some_and(|measure| measure.dimension == Dimension::Share)
                || matches!(course, Some(Course::Gap | Course::By))
        });
        // "48 at the end of 2017" of "46, two fewer than a year before".
        let told = |fact: &FactId| when::told(self.reference, *fact).and_then(When::date);
        let gap = |fact: &FactId| self.is_gap(*fact);
        let directed = |fact: &FactId| {
            let measure = self.reference.fact(*fact).measure.as_ref();
            measure.is_some_and(|m| m.dimension == Dimension::Share && m.direction.is_some())
        };
        let of_date = |fact: &FactId| {
            case.date().is_some()
                && (told(fact) == case.date()
                    || gap(fact) && told(fact).is_none_or(|date| *date == DateValue::Unresolved)
                    // "In 2022 sales had been 1.16 billion" of "they were down 12% at 1.02 billion".
                    || directed(fact) && told(fact) != case.date())
        };
        // "18.8 per cent until now" of "up by 0.6 points to 19.4".
        let moved = case.claim.measure.as_ref().is_some_and(|measure| measure.direction.is_some());
        let standing = case.course.is_none() && !moved;
        let by = |fact: &FactId| self.reference.courses()[*fact as usize] == Some(Course::By);
        matches!(derivation.step, Step::Start | Step::Difference | Step::Sum)
            && changes.any(|fact| {
                earlier || of_date(fact) || standing && derivation.step == Step::Start && by(fact)
            })
    }

    /// One step of arithmetic on facts that speak of the claim's thing.
    pub(super) fn derivation(&mut self, case: &Case<'_>, steps: &[Step]) -> Option<Derivation> {
        let claim = case.claim;
        let measure = claim.measure.as_ref()?;
        let candidates = self.aligner.candidates(&claim.frame);
        let mut pool: Vec<FactId> = candidates
            .iter()
            .take_while(|candidate| candidate.score >= DERIVES)
            .map(|candidate| candidate.fact)
            .take(CANDIDATES)
            .collect();
        // What stands beside the facts that are meant belongs to the same sum.
        let alike = |candidate: &&Candidate| {
            let fact = self.reference.fact(candidate.fact).measure.as_ref();
            fact.is_some_and(|fact| fact.dimension == measure.dimension)
        };
        // Where a sum is announced its parts need share no word with it.
        let summed = if steps.contains(&Step::Sum) { SIBLINGS } else { 0 };
        let nearest = candidates.iter().take(SIBLINGS);
        for candidate in nearest.chain(candidates.iter().filter(alike).take(summed)) {
            let sentence = self.reference.fact(candidate.fact).sentence;
            for (fact, _) in self.reference.facts.of_sentence(sentence) {
                if pool.len() > CANDIDATES {
                    break;
                }
                if !pool.contains(&fact) {
                    pool.push(fact);
                }
            }
            // "31,600 of them": of what was told before.
            if self.is_of_them(candidate.fact) {
                let block = self.reference.fact(candidate.fact).block;
                let before = candidate.fact.saturating_sub(PASSAGE)..candidate.fact;
                pool.extend(before.filter(|fact| self.reference.fact(*fact).block == block));
            }
        }
        // "She was 22 when she came to Halden in 1952"
        let dated = case.together.agree.iter().flatten().map(|agree| agree.fact);
        let grown =
            || arithmetic::grown(measure, dated.chain(pool.iter().copied()), self.reference);
        if let Some(age) = measure.age.then(grown).flatten() {
            return Some(age);
        }
        // "Oster did 20 points better" of two shares.
        let points = || {
            let points = Measure { dimension: Dimension::Points, ..measure.clone() };
            arithmetic::derive(&points, &pool, self.reference, steps, self.tolerances)
        };
        // "By 1960 it carried 4,000, ten times as many as in 1930": of 1960 there is the 4,000 itself.
        let told = |fact: &FactId| when::told(self.reference, *fact).and_then(When::date);
        let of_its_own_time = |found: &Derivation| {
            found.step == Step::Start
                && case.date().is_some()
                && found.facts.iter().any(|fact| told(fact) == case.date())
        };
        arithmetic::derive(measure, &pool, self.reference, steps, self.tolerances)
            .filter(|found| !of_its_own_time(found))
            .or_else(|| claim.counts_points().then(points).flatten())
            .or_else(|| {
                let told = steps.contains(&Step::Sum);
                told.then(|| arithmetic::total(measure, &pool, self.reference)).flatten()
            })
            .or_else(|| arithmetic::rest(measure, &pool, self.reference, self.tolerances))
            .or_else(|| arithmetic::elapsed(measure, &pool, self.reference, steps, self.tolerances))
            .or_else(|| self.columns.derive(measure, self.tolerances))
    }

    /// Whether a fact is told as a part of what the report told before it.
    fn is_of_them(&self, fact: FactId) -> bool {
        let behind = self.reference.document.slice(self.reference.fact(fact).behind());
        ["them", "these", "those"].iter().any(|whole| {
            behind.strip_prefix(" of ").is_some_and(|behind| behind.starts_with(whole))
        })
    }

    /// The share that the figure before it is of a whole of the same passage of the report: "16.2 TWh,
    /// or 28% of the total".
    pub(super) fn of_whole(&self, case: &Case<'_>) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|m| m.dimension == Dimension::Share)?;
        let part = case.together.agree[case.number.checked_sub(1)?]?;
        let told = self.reference.fact(part.fact);
        let size = told.measure.as_ref().filter(|m| part.score >= BOUND_AT_ALL && !m.is_range())?;
        let [low, share, step] = [size.low, claim.low, claim.step].map(Decimal::to_f64);
        let near = (low / (share + step), low / (share - step).max(f64::MIN_POSITIVE));
        let wholes = self.reference.sized(&size.dimension, near.0, near.1);
        wholes.take(CANDIDATES).find_map(|whole| {
            let fact = self.reference.fact(whole);
            let result = low_of(fact).and_then(|whole| size.low.checked_div(whole))?;
            let found =
                fact.block == told.block && arithmetic::reaches(claim, result, self.tolerances);
            let facts = vec![part.fact, whole];
            found.then_some(Derivation { step: Step::Share, facts, result })
        })
    }

    /// What lies between the two ends of the change that a claim tells of, where that is not what it
    /// says: "£5 more a year" of what rose from £65 to £80.
    pub(super) fn other_gap(&self, case: &Case<'_>) -> Option<Derivation> {
        let gap = case.tells_gap() && !case.claim.is_background();
        let claim = case.claim.measure.as_ref().filter(|claim| gap && !is_rate_of_change(claim))?;
        let size = |fact: FactId| {
            let measure = self.reference.fact(fact).measure.as_ref()?;
            (measure.dimension == claim.dimension && !measure.is_range()).then_some(measure.low)
        };
        let near = case.held.iter().filter(|held| held.score >= DERIVES);
        let mut ends = near.filter_map(|held| ends_of(self.reference, held.fact));
        ends.find_map(|facts| {
            let result = size(facts[0])?.checked_sub(size(facts[1])?)?.abs();
            Some(Derivation { step: Step::Difference, facts: facts.to_vec(), result })
        })
    }

    /// What lies between two figures of the passage that a claim is of, where its sentence tells a gap:
    /// "still needs £2.3m" of "will cost £11.2m. ... We have raised £8.9m".
    pub(super) fn gap_nearby(&self, case: &Case<'_>) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let sized = matches!(claim.dimension, Dimension::Money(_) | Dimension::Physical(_));
        let told = sized && case.steps().contains(&Step::Difference);
        let alike = |fact: FactId| {
            let measure = self.reference.fact(fact).measure.as_ref();
            measure.is_some_and(|m| m.dimension == claim.dimension && !m.is_range())
        };
        let near = case.held.iter().find(|held| told && alike(held.fact)).map(|held| held.fact)?;
        let block = self.reference.fact(near).block;
        let pool: Vec<FactId> = self
            .passage(near)
            .filter(|fact| self.reference.fact(*fact).block == block && alike(*fact))
            .collect();
        let steps = [Step::Difference];
        let found = arithmetic::derive(claim, &pool, self.reference, &steps, self.tolerances);
        found.filter(|found| found.step == Step::Difference)
    }

    /// What a claim follows from by the fact that it would be wrong for.
    pub(super) fn beside(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        // "Only 3.6% did not" of "96.4% did".
        let complement = || self.complement(case).filter(|other| other.facts == [clash.fact]);
        portion::of_them(claim, clash.fact, self.reference, self.tolerances)
            .or_else(|| portion::with_others(claim, clash.fact, self.reference))
            .or_else(|| portion::of_the(claim, clash.fact, self.reference, self.tolerances))
            .or_else(complement)
            .or_else(|| self.denied(case, clash))
            .or_else(|| self.others_denied(case, clash))
            .or_else(|| self.compared(case, clash))
            .or_else(|| self.with_own(case, clash))
            .or_else(|| self.product(case, clash))
            .or_else(|| self.multiplied(case, clash))
            .or_else(|| self.parts_named(case, clash))
            .or_else(|| self.added(case, clash))
            .or_else(|| self.rest_of_part(case, clash))
            .or_else(|| self.all_told(case, clash))
            .or_else(|| self.with_next(case, clash))
    }

    /// What a figure comes to with another one of the claim's own sentence: "with the two new branches there
    /// would be 16" of 14.
    fn with_own(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|m| !m.is_range())?;
        let together = case.claim.beside.has_before(Mark::function("with"));
        let fact = self.reference.fact(clash.fact).measure.as_ref()?;
        let found = together
            && [fact, claim].iter().all(|m| m.dimension == Dimension::Count)
            && case.together.numbers.iter().any(|number| {
                *number != claim.raw && fact.raw.checked_add(*number) == Some(claim.raw)
            });
        let facts = vec![clash.fact];
        found.then_some(Derivation { step: Step::Sum, facts, result: claim.low })
    }

    /// What a figure is told as a multiple or a part of, where the claim tells of that: "a worker needs four
    /// seconds" of "it needs eight, twice as long as a worker".
    fn compared(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let fact = self.reference.fact(clash.fact);
        let alike = |m: &&Measure| m.dimension == claim.dimension && !m.is_range();
        let own = fact.measure.as_ref().filter(alike)?;
        let document = &self.reference.document;
        let mut behind = self
            .reference
            .facts
            .of_sentence(fact.sentence)
            .filter(|(other, _)| *other > clash.fact && *other <= clash.fact + COMPARED);
        behind.find_map(|(other, statement)| {
            let times = statement.measure.as_ref().filter(|m| !m.is_range())?;
            let tail = statement.behind();
            let text = document.slice(tail);
            let told = match times.dimension {
                Dimension::Factor => text.starts_with(" as ") || text.starts_with(" the "),
                Dimension::Share => text.starts_with(" of "),
                _ => false,
            };
            let clause = text.find([',', ';', '.']).unwrap_or(text.len()) as u32;
            let tail = Span { end: tail.start + clause, ..tail };
            let mut words = self.reference.vocabulary.words().terms_within(tail);
            let of_that = told && words.any(|word| weigh::tells(&case.claim.frame, word));
            let result = own.low.checked_div(times.low).filter(|_| of_that)?;
            let facts = vec![clash.fact, other];
            let found = arithmetic::reaches(claim, result, self.tolerances);
            found.then_some(Derivation { step: Step::Start, facts, result })
        })
    }

    /// What a figure comes to with one that its sentence adds to it: "6,100 square metres" of "it will add 1,800
    /// to the present 4,300".
    fn added(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let fact = self.reference.fact(clash.fact);
        let own = fact.measure.as_ref().filter(|own| own.dimension == claim.dimension)?;
        let announced = arithmetic::significant_digits(claim) >= 2
            && has_cue(self.reference.document.slice(fact.sentence), &cues().added);
        // "Ordered 18, with an option for 12 more"
        let are_more = |number: FactId, other: &Statement| {
            other.beside.leads(Mark::function("more")) && !self.is_gap(number)
        };
        self.passage(clash.fact).filter(|other| *other != clash.fact).find_map(|other| {
            let statement = self.reference.fact(other);
            let more =
                statement.measure.as_ref().filter(|_| statement.sentence == fact.sentence)?;
            let alike = more.dimension == own.dimension || more.dimension == Dimension::Count;
            let told = announced || are_more(other, statement);
            let single =
                told && alike && claim.same_sort(own) && !own.is_range() && !more.is_range();
            let result = own.raw.checked_add(more.raw)?;
            let facts = vec![clash.fact, other];
            (single && result == claim.raw).then_some(Derivation { step: Step::Sum, facts, result })
        })
    }

    /// The sum of the parts of a sentence of which the claim names each: "£1.2 million went on horses and a villa"
    /// of "£740,000 on horses and £460,000 on a villa".
    fn parts_named(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        // Any two shares make a third.
        let claim = case.claim.measure.as_ref().filter(|m| m.dimension != Dimension::Share)?;
        let smaller = |m: &Measure| !m.is_range() && m.low < claim.low;
        let telling = arithmetic::significant_digits(claim) >= 2;
        let sentence = self.reference.fact(clash.fact).sentence;
        let alike = |fact: &Statement| {
            let measure = fact.measure.as_ref().filter(|m| smaller(m));
            measure.is_some_and(|m| m.dimension == claim.dimension && m.per == claim.per)
        };
        let parts: Vec<(FactId, &Statement)> =
            self.reference.facts.of_sentence(sentence).filter(|part| alike(part.1)).collect();
        let nearer = |fact: &Statement, own: &Bond| {
            let mut bonds = fact.frame.bonds.iter().filter(|bond| bond.term == own.term);
            bonds.any(|bond| bond.weight >= own.weight)
        };
        let named = |(number, part): &&(FactId, &Statement)| {
            part.frame.bonds.iter().filter(|bond| bond.weight >= BESIDE).any(|bond| {
                let others = parts.iter().filter(|(other, _)| other != number);
                weigh::tells(&case.claim.frame, bond.term)
                    && !others.into_iter().any(|(_, other)| nearer(other, bond))
            })
        };
        // A single digit is the sum of two others by chance, unless the claim has what both of them count.
        let counted = |(_, part): &&(FactId, &Statement)| {
            part.beside.next().is_some_and(|noun| {
                case.claim.beside.has_before(noun) || case.claim.beside.has_behind(noun)
            })
        };
        let named: Vec<&(FactId, &Statement)> =
            parts.iter().filter(|part| if telling { named(part) } else { counted(part) }).collect();
        let mut sizes = named.iter().map(|(_, part)| low_of(part));
        let result = sizes.try_fold(Decimal::ZERO, |sum, size| sum.checked_add(size?))?;
        (named.len() > 1).then_some(())?;
        let facts = named.iter().map(|(fact, _)| *fact).collect();
        let found = arithmetic::reaches(claim, result, self.tolerances);
        found.then_some(Derivation { step: Step::Sum, facts, result })
    }

    /// What an amount comes to by the multiple that its sentence tells: 28 million of "14 million last year and is
    /// expected to double".
    fn multiplied(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let fact = self.reference.fact(clash.fact);
        let amount = fact.measure.as_ref().filter(|m| m.dimension == claim.dimension)?;
        let telling = arithmetic::significant_digits(claim) >= 2;
        let single = !amount.is_range();
        let beside = self.reference.facts.of_sentence(fact.sentence).filter(|_| single);
        let mut factors = beside.filter(|(other, factor)| {
            let times = factor.measure.as_ref().is_some_and(|m| m.dimension == Dimension::Factor);
            // "More than twice the average": the multiple of something else.
            // "And is twice that now"
            let that = factor.beside.leads(Mark::function("that"))
                && !factor.beside.has_behind(Mark::function("of"));
            let of_another = ["the", "as", "its", "that", "what"]
                .iter()
                .any(|word| !that && factor.beside.leads(Mark::function(word)));
            // What is told of the amount alone is not told of its double.
            let doubled = || {
                let (report, vocabulary) = (&self.reference.document, &self.reference.vocabulary);
                let pull = apart::pull(&case.claim.frame, (fact, factor), report, vocabulary);
                that && pull.first < apart::PULLED
            };
            times && !of_another && *other > clash.fact && (telling || doubled())
        });
        factors.find_map(|(factor, statement)| {
            let result = amount.low.checked_mul(low_of(statement)?)?;
            let found = arithmetic::reaches(claim, result, self.tolerances);
            let facts = vec![clash.fact, factor];
            found.then_some(Derivation { step: Step::Product, facts, result })
        })
    }

    /// So many times what the report tells each of a thing costs, where the claim's sentence has the number:
    /// "£192 for two nights" of "£96 a night".
    fn product(&self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref().filter(|claim| claim.per.is_none())?;
        let statement = self.reference.fact(clash.fact);
        let fact = statement.measure.as_ref()?;
        let each = || {
            let before = self.reference.document.slice(statement.until(statement.mention.start()));
            has_cue(&before.to_lowercase(), &cues().average)
        };
        let rate =
            fact.dimension == claim.dimension && !fact.is_range() && (fact.per.is_some() || each());
        let told = case.together.numbers.iter().filter(|number| rate && **number > Decimal::ONE);
        let mut made = told.filter_map(|number| fact.low.checked_mul(*number));
        let result = made.find(|result| *result == claim.low)?;
        Some(Derivation { step: Step::Product, facts: vec![clash.fact], result })
    }

    /// How many a share is that the report tells of what the claim counts: "331 accidents involved cyclists" of
    /// "every sixth accident" and 1,988 accidents.
    pub(super) fn share_of(&mut self, case: &Case<'_>, clash: &Held) -> Option<Derivation> {
        let claim = case.claim.measure.as_ref()?;
        let rough = matches!(claim.qualifier, Some(Qualifier::About | Qualifier::Nearly));
        let digits = arithmetic::significant_digits(claim) + u32::from(rough);
        (digits >= 3).then_some(())?;
        let share = self.best_share(case.claim).filter(|share| share.score > clash.score)?;
        let part = low_of(self.reference.fact(share.fact)).filter(|part| !part.is_zero())?;
        let whole = claim.low.checked_div(part)?.to_f64();
        let slack = claim.step.checked_div(part)?.to_f64();
        let mut wholes = self.reference.sized(&claim.dimension, whole - slack, whole + slack);
        wholes.find_map(|whole| {
            let result = low_of(self.reference.fact(whole))?.checked_mul(part)?;
            let facts = vec![share.fact, whole];
            let found = arithmetic::reaches(claim, result, self.tolerances);
            found.then_some(Derivation { step: Step::Portion, facts, result })
        })
    }

    /// The facts that stand near one.
    fn passage(&self, fact: FactId) -> std::ops::Range<FactId> {
        let count = self.reference.facts.len() as FactId;
        fact.saturating_sub(PASSAGE)..(fact + PASSAGE + 1).min(count)
    }
}

/// Whether a sum or a difference gives a claim's value to its last digit, of which it has so many that
/// this is no chance.
pub(super) fn exactly(claim: &Statement, derivation: &Derivation) -> bool {
    matches!(derivation.step, Step::Sum | Step::Difference)
        && claim.measure.as_ref().is_some_and(|measure| {
            measure.low == derivation.result && arithmetic::significant_digits(measure) >= 3
        })
}
