//! Names that come near those of the report but are not them.

use std::sync::OnceLock;

use crate::document::Document;
use crate::hash::{HashMap, HashSet};
use crate::lexicon::names::organisation_word;
use crate::lexicon::numbers::number_word;
use crate::lexicon::{people, terms};
use crate::parse::name::Run;
use crate::statement::frame::{LookUp, Own};
use crate::statement::words::Vocabulary;
use crate::statement::{Base, FactId, Statement};

use super::number::Numbers;
use super::role::Holders;
use super::slot::{self, HeldName};
use super::twin;
use super::{deed, role, route};
use crate::align::sentence::Sentences;
use crate::source::{Span, Spans};
use crate::value::name::NameKind;

/// A name of a derivative that conflicts with one of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct NameRuling {
    /// The name as the derivative has it.
    pub span: Span,
    /// The report's form.
    pub expected: String,
    /// Where the report has it.
    pub evidence: Span,
    /// Case of the rule's message.
    pub case: &'static str,
}

/// The names of a report.
#[derive(Debug, Clone, Default)]
pub struct NameTable {
    /// In order.
    pub runs: Vec<Run>,
    /// What the report tells of each, in the same order.
    pub facts: Base,
    /// For each word of a name the runs that hold it.
    pub by_word: HashMap<String, Vec<usize>>,
    /// The report's sentences, for finding those that run in parallel with the derivative's.
    pub(super) sentences: Sentences,
    /// Pairs of names that only a comma parts: "Boulder, Colorado".
    followers: Vec<(usize, usize)>,
    /// What goes by a number.
    numbers: Numbers,
    /// Every word of the report, lower case.
    words: HashSet<String>,
    /// What each of the names names, by its words.
    kinds: HashMap<String, NameKind>,
    /// Who holds which office, once it was asked for.
    holders: OnceLock<Holders>,
    /// Words of names by first letter and length, for near misses.
    shapes: HashMap<(char, usize), Vec<String>>,
}

/// What was worked out for some names of a derivative: for each what the derivative tells of it, and the names
/// of the report in like frames, best first.
pub type Held = (Vec<Statement>, Vec<Vec<HeldName>>);

/// Holds names of `derivative` against those of a report.
pub fn hold(
    table: &NameTable,
    derivative: &Document,
    look_up: &mut LookUp<'_>,
    runs: &[Run],
) -> Held {
    let claims = slot::statements(derivative, runs, look_up);
    let held = slot::held(table, look_up.vocabulary(), runs, &claims);
    (claims, held)
}

/// Some names of a derivative, those of whole blocks, with what was worked out for them.
#[derive(Debug)]
pub(super) struct HeldRuns<'r> {
    /// The names.
    pub runs: &'r [Run],
    /// What the derivative tells of each.
    pub claims: Vec<Statement>,
    /// What may be meant by each, best first.
    pub held: Vec<Vec<HeldName>>,
    /// First words of all names of the derivative that do not open a sentence.
    inner: &'r HashSet<&'r str>,
}

impl HeldRuns<'_> {
    /// Whether a word begins a name inside a sentence, so that it is none by its place alone.
    pub(super) fn has_inside(&self, word: &str) -> bool {
        self.inner.contains(word)
    }
}

/// Bytes between an office and the name beside it, and one of that.
const COMMA: u32 = 3;

impl NameTable {
    /// Indexes the names of a report, which are `runs`.
    pub fn new(document: &Document, vocabulary: &Vocabulary, runs: Vec<Run>) -> Self {
        let mut table = NameTable { runs, ..NameTable::default() };
        for block in &document.blocks {
            for word in document.slice(block.span).split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() {
                    table.words.insert(word.to_lowercase());
                }
            }
        }
        table.numbers = Numbers::new(document);
        table.sentences = Sentences::new(document, vocabulary.words());
        table.facts = Base::new(slot::statements(document, &table.runs, &mut Own::new(vocabulary)));
        for (number, pair) in table.runs.windows(2).enumerate() {
            let between = Span { start: pair[0].span.end, end: pair[1].span.start };
            if between.start < between.end && document.slice(between) == ", " {
                table.followers.push((number, number + 1));
            }
        }
        for (number, run) in table.runs.iter().enumerate() {
            for (word, _) in &run.words {
                let places = table.by_word.entry(word.clone()).or_default();
                if places.is_empty() {
                    let first = word.chars().next().unwrap_or(' ');
                    table
                        .shapes
                        .entry((first, word.chars().count()))
                        .or_default()
                        .push(word.clone());
                }
                places.push(number);
            }
        }
        for number in 0..table.runs.len() {
            let run = &table.runs[number];
            if !table.kinds.contains_key(&run.text) {
                let kind = table.find_kind(run);
                table.kinds.insert(run.text.clone(), kind);
            }
        }
        table
    }

    /// Who holds each office that the report names.
    pub(super) fn holders(&self, report: &Document) -> &Holders {
        self.holders.get_or_init(|| Holders::new(report, &self.runs))
    }

    /// Names of `derivative` that conflict with the report's. Its names `runs` are asked of `hold` in parts of
    /// so many.
    pub fn judge(
        &self,
        report: &Document,
        derivative: &Document,
        look_up: &mut LookUp<'_>,
        aliases: &[Vec<String>],
        (runs, size): (&[Run], usize),
        mut hold: impl FnMut(&mut LookUp<'_>, &[Run]) -> Held,
    ) -> Vec<NameRuling> {
        let known =
            |words: &str| aliases.iter().flatten().any(|alias| alias.eq_ignore_ascii_case(words));
        let inner = runs.iter().filter(|run| !run.starts_sentence);
        let inner = inner.map(|run| run.words[0].0.as_str()).collect();
        let [mut found, mut twins, mut misplaced] = [const { Vec::new() }; 3];
        for part in derivative.parts(runs, size, |run| run.span) {
            let (claims, held) = hold(look_up, part);
            let names = HeldRuns { runs: part, claims, held, inner: &inner };
            let plain = part.iter().zip(&names.claims);
            let plain = plain.filter(|(run, _)| !known(derivative.slice(run.span)));
            found.extend(plain.filter_map(|(run, claim)| {
                // A name of which the report has the rest is the report's, whatever it stands in.
                if claim.is_background() {
                    return self.misspelt(run).filter(|_| run.words.len() > 1);
                }
                self.first_name(run)
                    .or_else(|| self.rank(run))
                    .or_else(|| self.address(run))
                    .or_else(|| self.numbered(run))
                    .or_else(|| self.organisation(run))
                    .or_else(|| self.misspelt(run))
            }));
            twins.extend(twin::exchanged(self, derivative, look_up, &names));
            misplaced.extend(slot::misplaced(self, report, look_up.vocabulary(), &names));
        }
        let offices = role::wrong_offices(self, report, derivative, runs);
        let towns = self.wrong_towns(derivative, runs);
        let routes = route::reversed(self, report, derivative, runs);
        let deeds = deed::reversed(self, report, derivative, runs);
        let numbers = self.numbers.judge(derivative, look_up);

        let mut add = |rulings: Vec<NameRuling>, beside: u32| {
            let taken = Spans::new(found.iter().map(|ruling| ruling.span));
            found.extend(rulings.into_iter().filter(|NameRuling { span, .. }| {
                let near =
                    Span { start: span.start.saturating_sub(beside), end: span.end + beside };
                !known(derivative.slice(*span)) && !taken.overlap(near)
            }));
        };
        for rulings in [routes, deeds, towns, numbers, twins, misplaced] {
            add(rulings, 0);
        }
        // "The owner, Ann Holt": of an office and the name beside it one is wrong.
        add(offices, COMMA);
        found.sort_by_key(|ruling| ruling.span);
        found.dedup_by(|a, b| a.span.overlaps(b.span));
        found
    }

    /// Whether two words are parts of one name: "Strand" and "Malcolm" of Malcolm Strand.
    pub fn in_one_name(&self, one: &Run, other: &Run) -> bool {
        let ([(one, _)], [(other, _)]) = (&one.words[..], &other.words[..]) else { return false };
        let person = |run: &Run| run.words.len() == 2 && self.kind_of(run) != NameKind::Place;
        let has = |run: &Run| run.words.iter().any(|(word, _)| word == other);
        self.runs_with(one).any(|run| person(run) && has(run))
    }

    /// Whether a run of words with capitals is sure to be a name: a single word that opens a
    /// sentence is one only if it has its capital elsewhere too.
    pub fn is_name(&self, run: &Run) -> bool {
        !run.starts_sentence
            || run.words.len() > 1
            || self.runs_with(&run.words[0].0).any(|other| !other.starts_sentence)
    }

    /// What a name of this report names, by all the places that have it: a title or a speech verb
    /// shows a person, "in" a place.
    pub fn kind_of(&self, run: &Run) -> NameKind {
        let known = self.kinds.get(&run.text);
        known.copied().unwrap_or_else(|| self.find_kind(run))
    }

    fn find_kind(&self, run: &Run) -> NameKind {
        let mut place = false;
        let mut other = NameKind::Other;
        let last = run.words.last().map(|(word, _)| word);
        for &at in last.and_then(|word| self.by_word.get(word)).into_iter().flatten() {
            let there = &self.runs[at];
            // "University of Peshawar" says nothing of Peshawar; "Dr Lind" does of "Anna Lind".
            let same = there.words.len() == run.words.len()
                && there.words.iter().zip(&run.words).all(|(a, b)| a.0 == b.0);
            match slot::kind_of(&self.facts[at]) {
                NameKind::Person if there.words.last().map(|(word, _)| word) == last => {
                    return NameKind::Person;
                }
                NameKind::Place if same => place = true,
                NameKind::Organisation if same => other = NameKind::Organisation,
                _ => {}
            }
        }
        if place { NameKind::Place } else { other }
    }

    /// Whether a name has several words, or is the last of such a name: "Lind" of "Anna Lind".
    pub(super) fn is_full(&self, run: &Run) -> bool {
        let [(word, _)] = &run.words[..] else { return true };
        let last = |other: &Run| {
            other.words.len() > 1 && other.words.last().is_some_and(|(last, _)| last == word)
        };
        self.runs_with(word).any(last)
    }

    /// In a transcript, who speaks where the report has the name.
    pub(super) fn speaker(&self, name: FactId) -> Option<&Run> {
        self.runs[..name as usize].iter().rev().find(|run| run.label)
    }

    /// Whether the report has a name of one word more than once, with nothing beside it.
    pub(super) fn often_alone(&self, run: &Run) -> bool {
        let [(word, _)] = &run.words[..] else { return false };
        let alone = |other: &&Run| other.words.len() == 1 && other.titles.is_empty();
        self.runs_with(word).filter(alone).nth(1).is_some()
    }

    /// Whether the report has the word, in whatever case.
    pub(super) fn has_word(&self, word: &str) -> bool {
        self.words.contains(&word.to_lowercase())
    }

    /// Whether the report has the word, or all the parts that a hyphen joins in it.
    pub(super) fn has_parts(&self, word: &str) -> bool {
        word.split('-').all(|part| self.has_word(part))
    }

    /// Whether the report has the word in the other of the two English spellings: "Organisation",
    /// "Organization"; "Centre", "Center"; "Harbour", "Harbor".
    pub(super) fn has_spelling_of(&self, word: &str) -> bool {
        let lower = word.to_lowercase();
        let pairs = [("is", "iz"), ("tre", "ter"), ("our", "or"), ("ys", "yz"), ("ence", "ense")];
        pairs.iter().any(|(british, american)| {
            let other = |from: &str, to: &str| {
                lower.contains(from) && self.words.contains(&lower.replacen(from, to, 1))
            };
            other(british, american) || other(american, british)
        })
    }

    /// The names that hold a word.
    pub(super) fn runs_with(&self, word: &str) -> impl Iterator<Item = &Run> {
        self.by_word.get(word).into_iter().flatten().map(|&number| &self.runs[number])
    }

    /// "Norow" for "Norov": a word that the report never uses, one slip from a name it does.
    fn misspelt(&self, run: &Run) -> Option<NameRuling> {
        for (index, (word, span)) in run.words.iter().enumerate() {
            let length = word.chars().count();
            let several = run.words.len() > 1;
            if length < if several { 4 } else { 5 }
                || self.words.contains(&word.to_lowercase())
                || (run.words.len() == 1 && run.starts_sentence && length < 6)
            {
                continue;
            }
            if word.chars().skip(1).all(char::is_uppercase) {
                continue;
            }
            let first = word.chars().next()?;
            let near = (length - 1..=length + 1)
                .filter_map(|length| self.shapes.get(&(first, length)))
                .flatten()
                .filter(|known| {
                    let distance = strsim::osa_distance(known, word);
                    let start = known.chars().zip(word.chars()).take(2).all(|(a, b)| a == b);
                    distance == 1 || distance == 2 && (length >= 8 || several && start)
                })
                .find(|known| {
                    // Inflected forms and plurals are no slips; a first name may be another person's.
                    let stem = |w: &str| terms::stem(&w.to_lowercase());
                    let beside = |at: Option<usize>| {
                        at.and_then(|at| run.words.get(at)).is_some_and(|(other, _)| {
                            self.runs_with(known)
                                .any(|run| run.words.iter().any(|(word, _)| word == other))
                        })
                    };
                    // "Sigrid Lund" of Sigrid Lunde
                    let told = || {
                        let plural = known.ends_with('s') || word.ends_with('s');
                        let surname = run.words.len() == 2 && known.len() != word.len();
                        surname && !plural && beside(index.checked_sub(1))
                    };
                    (stem(known) != stem(word) || told())
                        && !of_one_country(known, word)
                        && (run.words.len() == 1
                            || beside(index.checked_sub(1))
                            || beside(Some(index + 1)))
                });
            if let Some(known) = near {
                let evidence = self.runs_with(known).next()?;
                let at = evidence.words.iter().find(|(w, _)| w == known)?.1;
                return Some(NameRuling {
                    span: *span,
                    expected: known.clone(),
                    evidence: at,
                    case: "default",
                });
            }
        }
        self.misspelt_throughout(run)
    }

    /// "Theodor Lindqvist" for "Teodor Liungqvist": no word of the name is known, and each is a slip
    /// from one of the same person's.
    fn misspelt_throughout(&self, run: &Run) -> Option<NameRuling> {
        let known = |word: &str| self.words.contains(&word.to_lowercase());
        if run.words.len() < 2 || run.words.iter().any(|(word, _)| known(word)) {
            return None;
        }
        let alike = |a: &str, b: &str| {
            let shorter = a.chars().count().min(b.chars().count());
            a.chars().next() == b.chars().next()
                && shorter >= 4
                && strsim::osa_distance(a, b) <= if shorter >= 6 { 3 } else { 1 }
        };
        let there = self.runs.iter().find(|there| {
            there.words.len() == run.words.len()
                && there.words.iter().zip(&run.words).all(|(a, b)| alike(&a.0, &b.0))
        })?;
        Some(NameRuling {
            span: run.span,
            expected: there.text.clone(),
            evidence: there.span,
            case: "default",
        })
    }

    /// "Rosamund Ketteridge" for "Rosalind Ketteridge": the surname is known with one first name only.
    fn first_name(&self, run: &Run) -> Option<NameRuling> {
        let [.., (first, _), (surname, _)] = &run.words[..] else { return None };
        // "Elena Lesko" of Elena Marku and Bogdan Lesko.
        let anothers = || {
            let mut others = self.runs_with(first).peekable();
            others.peek().is_some()
                && others.all(|other| {
                    matches!(&other.words[..], [.., (one, _), (two, _)] if one == first && two != surname)
                })
        };
        if run.words.len() > 3
            || self.words.contains(&first.to_lowercase()) && !anothers()
            || organisation_word(surname)
            || first.chars().count() < 2
        {
            return None;
        }
        let mut expected: Option<(&Run, &str)> = None;
        for known in self.runs_with(surname) {
            let at = known.words.iter().position(|(word, _)| word == surname)?;
            let Some((other, _)) = at.checked_sub(1).and_then(|at| known.words.get(at)) else {
                continue;
            };
            if at + 1 != known.words.len() || organisation_word(other) {
                return None;
            }
            // Two people of one surname: no telling who is meant.
            if expected.is_some_and(|(_, before)| before != other) {
                return None;
            }
            expected = Some((known, other));
        }
        let (known, other) = expected?;
        let initial = first.chars().count() == 1
            || other.starts_with(first.as_str())
            || first.starts_with(other);
        if initial || other.chars().count() < 2 {
            return None;
        }
        Some(NameRuling {
            span: run.span,
            expected: known.text.clone(),
            evidence: known.span,
            case: "first-name",
        })
    }

    /// "Boulder, Utah" for "Boulder, Colorado": the report has another name behind the same one, and
    /// this one nowhere.
    fn wrong_towns(&self, derivative: &Document, runs: &[Run]) -> Vec<NameRuling> {
        let beside = |document: &Document, a: &Run, b: &Run| {
            a.span.end < b.span.start
                && document.slice(Span { start: a.span.end, end: b.span.start }) == ", "
                && a.titles.is_empty()
                && b.titles.is_empty()
        };
        let mut found = Vec::new();
        for (number, pair) in runs.windows(2).enumerate() {
            let [town, said] = pair else { continue };
            if !beside(derivative, town, said) {
                continue;
            }
            // In a list each name stands for itself.
            let before = number.checked_sub(1).and_then(|before| runs.get(before));
            let list = before.is_some_and(|before| beside(derivative, before, town))
                || runs.get(number + 2).is_some_and(|next| beside(derivative, said, next));
            let known =
                said.words.iter().any(|(word, _)| self.words.contains(&word.to_lowercase()));
            if list || known {
                continue;
            }
            let same = |run: &Run| {
                run.words.len() == town.words.len()
                    && run.words.iter().zip(&town.words).all(|(a, b)| a.0 == b.0)
            };
            let followers = self.followers.iter().filter(|(at, _)| same(&self.runs[*at]));
            if let Some(&(_, next)) = followers.clone().next() {
                let expected = &self.runs[next];
                found.push(NameRuling {
                    span: said.span,
                    expected: expected.text.clone(),
                    evidence: expected.span,
                    case: "place",
                });
            }
        }
        found
    }

    /// "Colonel" for "Major General" before the same name.
    fn rank(&self, run: &Run) -> Option<NameRuling> {
        let said = rank_of(&run.titles)?;
        let (surname, _) = run.words.last()?;
        let known: Vec<(&Run, &str)> = self
            .runs_with(surname)
            .filter(|known| {
                run.words.len() == 1 || known.words.iter().any(|(word, _)| *word == run.words[0].0)
            })
            .filter_map(|known| Some((known, rank_of(&known.titles)?)))
            .collect();
        let (first, expected) = known.first()?;
        let general = |a: &str, b: &str| {
            a.ends_with(b) || b.ends_with(a) || a.starts_with(b) || b.starts_with(a)
        };
        if known.iter().any(|(_, rank)| general(rank, said)) {
            return None;
        }
        Some(NameRuling {
            span: run.titles_span,
            expected: (*expected).to_owned(),
            evidence: first.titles_span.join(first.span),
            case: "title",
        })
    }

    /// "Mr Lind" for "Mrs Lind", where the report knows one of that name.
    fn address(&self, run: &Run) -> Option<NameRuling> {
        let gender = |run: &Run| run.titles.iter().find_map(|title| people::gender(title));
        let said = gender(run)?;
        let (surname, _) = run.words.last()?;
        let mut known = self.runs_with(surname).filter(|known| gender(known).is_some());
        let first = known.next().filter(|first| gender(first) != Some(said))?;
        let title = first.titles.iter().find(|title| people::gender(title).is_some())?;
        let one_person = self.runs_with(surname).all(|other| {
            other.words.last().is_some_and(|(word, _)| word == surname)
                && (other.words.len() == 1 || first.words.len() == 1 || other.words == first.words)
        });
        (one_person && known.all(|other| gender(other) != Some(said))).then(|| NameRuling {
            span: run.titles_span,
            expected: title.clone(),
            evidence: first.titles_span.join(first.span),
            case: "address",
        })
    }

    /// "Kestrel Five" for "Kestrel Two": a call sign, a section, a model under another number.
    fn numbered(&self, run: &Run) -> Option<NameRuling> {
        let [(name, _), (number, span)] = &run.words[..] else { return None };
        number_word(&number.to_lowercase())?;
        let mut other = None;
        for known in self.runs_with(name) {
            let [(first, _), (second, _)] = &known.words[..] else { continue };
            if first != name || number_word(&second.to_lowercase()).is_none() {
                continue;
            }
            if second == number {
                return None;
            }
            other = other.or(Some((known, second)));
        }
        let (known, expected) = other?;
        Some(NameRuling {
            span: *span,
            expected: expected.clone(),
            evidence: known.span,
            case: "number",
        })
    }

    /// "Lanternmoss Trust" for "Lanternmoss Foundation": one word of an organisation's name differs.
    fn organisation(&self, run: &Run) -> Option<NameRuling> {
        if run.words.len() < 2 || !run.words.iter().any(|(word, _)| organisation_word(word)) {
            return None;
        }
        let same = |a: &str, b: &str| {
            a == b || terms::stem(&a.to_lowercase()) == terms::stem(&b.to_lowercase())
        };
        let anchors = || run.words.iter().filter(|(word, _)| self.by_word.contains_key(word));
        let whole = |known: &Run| {
            known.words.len() == run.words.len()
                && known.words.iter().zip(&run.words).all(|(a, b)| same(&a.0, &b.0))
        };
        if anchors().any(|(anchor, _)| self.runs_with(anchor).any(whole)) {
            return None;
        }
        for (anchor, _) in anchors() {
            for known in self.runs_with(anchor) {
                // A longer name may change any one word; of a short one the body's word stays.
                let body = known.words.iter().any(|(word, _)| organisation_word(word));
                if known.words.len() != run.words.len() || !(body || run.words.len() >= 4) {
                    continue;
                }
                let mut differing =
                    (0..run.words.len()).filter(|&at| !same(&known.words[at].0, &run.words[at].0));
                let (Some(only), None) = (differing.next(), differing.next()) else { continue };
                let slip = strsim::osa_distance(&known.words[only].0, &run.words[only].0) <= 2;
                let rare = run.words.len() >= 3
                    || slip && run.words[only].0.len() > 4
                    || !organisation_word(anchor)
                        && self.by_word.get(anchor).is_some_and(|places| places.len() < 4);
                if rare {
                    let expected = match run.words.len() {
                        3.. => known.words[only].0.clone(),
                        _ => known.text.clone(),
                    };
                    return Some(NameRuling {
                        span: run.words[only].1,
                        expected,
                        evidence: known.span,
                        case: "organisation",
                    });
                }
            }
        }
        None
    }
}

/// "Russia", "Russian": a country and its adjective, both with a capital.
fn of_one_country(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let rest = long.strip_prefix(short);
    rest.is_some_and(|rest| matches!(rest, "n" | "an" | "i" | "er" | "ic"))
}

fn rank_of(titles: &[String]) -> Option<&'static str> {
    people::rank(&titles.join(" ")).or_else(|| titles.iter().find_map(|title| people::rank(title)))
}
