//! Names in the wrong place: the report tells the same of another person, town or body.
//!
//! A name has a frame as a figure has. The name that the report has in the frame of the claim's is
//! the one expected there; a claim's name that is bound to another frame, or to none, is wrong if
//! the two frames are alike enough.

use super::held::{COPIED, NOT_COPIED};
use super::name::{HeldRuns, NameRuling, NameTable};
use super::twin;
use crate::align::Aligner;
use crate::document::Document;
use crate::hash::HashSet;
use crate::lexicon::labels::{self, Label};
use crate::lexicon::names::organisation_word;
use crate::lexicon::numbers::number_word;
use crate::lexicon::{kinds, people, roles, terms};
use crate::parse::Mention;
use crate::parse::name::{Lead, Run};
use crate::source::Span;
use crate::statement::frame;
use crate::statement::heads::{Head, Tie};
use crate::statement::words::Vocabulary;
use crate::statement::{FactId, Statement};
use crate::value::Value;
use crate::value::name::{Name, NameKind};

/// How much alike two frames must be for the name of one to be wrong for the name of the other, and
/// how much more alike than any frame that has the name. Two full names stand for two people; a
/// full name and a word tell hardly of one thing, and a word may be anything. Set on labelled
/// texts: names exchanged against names that are right, of which one in fifty at most may pass.
struct Needed {
    /// From here on a name that the report never uses is wrong.
    new: f32,
    /// The same for a name that it uses elsewhere.
    known: f32,
    /// So many times more alike than the name's own frames.
    ratio: f32,
}

impl Needed {
    fn of(said: &Run, there: &Run) -> Needed {
        let full = |run: &Run| (2..=4).contains(&run.words.len());
        match (full(said), full(there)) {
            (true, true) => Needed { new: 0.45, known: 0.50, ratio: 1.7 },
            (true, false) => Needed { new: 0.55, known: 0.55, ratio: 3.0 },
            (false, true) => Needed { new: 0.45, known: 0.45, ratio: 2.0 },
            (false, false) => Needed { new: 0.50, known: 0.55, ratio: 3.0 },
        }
    }
}

/// In a passage of which the report knows this much ...
const AT_HOME: f32 = 0.6;
/// ... a name that it never uses is wrong where the frame of another is alike at all.
const AT_HOME_NEW: f32 = 0.2;
/// A name whose place hangs on the same word as that of another must be no more alike than this.
const PLACED: f32 = 0.25;
/// The same for names of two kinds: a body for a person.
const PLACED_OF_A_KIND: f32 = 0.4;
/// What the words right beside two names tell of their likeness, for each that they share.
const BESIDE: f32 = 0.1;
/// Bytes between a name and the sentence in which a pronoun may stand for it, at most.
const TOLD_BEFORE: u32 = 240;
/// Names so few bytes apart stand beside the same words.
const BESIDE_BYTES: u32 = 48;
/// Words that a frame must share to tell anything.
const WORDS: usize = 3;
/// The same where the two names hang on the same word.
const PLACED_WORDS: usize = 2;
/// A name in a frame that is less alike than this is not meant.
const HELD: f32 = 0.2;
/// Places of the same name looked at.
const OCCURRENCES: usize = 500;
/// Facts looked at for one name.
const CANDIDATES: usize = 24;

/// The statements that the names of a document make, in the order of `runs`.
pub fn statements<'a>(
    document: &Document,
    runs: &[Run],
    terms: &mut impl frame::Terms<'a>,
) -> Vec<Statement> {
    let mentions = runs.iter().map(|run| Mention {
        span: run.span,
        qualifier_span: None,
        value: Value::Name(Name { kind: kind(document, run), titles: run.titles.clone() }),
    });
    frame::statements(document, mentions, terms)
}

/// What the words of a name and those beside it tell of what it names.
fn kind(document: &Document, run: &Run) -> NameKind {
    let words = || run.words.iter().map(|(word, _)| word.as_str());
    let acronym = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_uppercase());
    if words().any(organisation_word) || words().any(acronym) {
        NameKind::Organisation
    } else if !run.titles.is_empty() {
        NameKind::Person
    } else if run.lead == Lead::Place && !run.possessive
        || kinds::is_place(&run.text)
        || is_street(run)
        || is_called_place(document, run)
    {
        NameKind::Place
    } else {
        let end = document.sentence_at(run.span.start).map_or(run.span.end, |(_, span)| span.end);
        let after = document
            .slice(Span { start: run.span.end, end: end.max(run.span.end) })
            .trim_start_matches([' ', ',']);
        let next = after.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        if people::is_speech_verb(next) { NameKind::Person } else { NameKind::Other }
    }
}

fn is_street(run: &Run) -> bool {
    let last = run.words.last().filter(|_| run.words.len() > 1);
    last.is_some_and(|(word, _)| labels::tells(Label::Streets, word))
}

/// "The village of Holm".
fn is_called_place(document: &Document, run: &Run) -> bool {
    let sentence = document.sentence_at(run.span.start);
    let start = sentence.map_or(run.span.start, |(_, span)| span.start.min(run.span.start));
    let before = document.slice(Span { start, end: run.span.start }).trim_end();
    let mut words = before.rsplit(' ');
    words.next() == Some("of")
        && words.next().is_some_and(|word| labels::tells(Label::Places, word))
}

/// "The Duchess", "First", "Co-founders": a title, a number or an office alone names nobody.
pub(super) fn names_nobody(run: &Run) -> bool {
    let [(word, _)] = &run.words[..] else { return false };
    let lower = word.to_lowercase();
    let last = lower.rsplit('-').next().unwrap_or_default();
    let offices = last.strip_suffix('s').is_some_and(|one| roles::office(one).is_some());
    people::is_title(word) || number_word(&lower).is_some() || offices
}

/// What the statement's own words tell of the name's kind.
pub fn kind_of(statement: &Statement) -> NameKind {
    match &statement.mention.value {
        Value::Name(name) => name.kind,
        _ => NameKind::Other,
    }
}

/// Whether two names may be of the same thing: they share a word, an abbreviation, or the country
/// of an adjective ("Pakistan", "Pakistani").
pub(super) fn same(a: &Run, b: &Run) -> bool {
    let near = |a: &str, b: &str| {
        // "O'Sullivan", "Sullivan"; "BBC", "BBC's".
        if a.len() > 3 && b.ends_with(a) || b.len() > 3 && a.ends_with(b) {
            return true;
        }
        let (mut left, mut right) = (a.chars(), b.chars());
        let mut common = 0;
        loop {
            match (left.next(), right.next()) {
                (Some(a), Some(b)) if a.eq_ignore_ascii_case(&b) => common += 1,
                (None, None) => return true,
                (None, _) | (_, None) => return common >= 4,
                // Short endings of their own.
                _ => return common >= 4 && left.count().min(right.count()) < 2,
            }
        }
    };
    // "SCO", "Shanghai Cooperation Organisation"
    let short = |short: &Run, long: &Run| {
        let [(word, _)] = &short.words[..] else { return false };
        let mut letters = word.chars().filter(|c| *c != '.');
        let mut initials = long.words.iter().filter_map(|(word, _)| word.chars().next());
        long.words.len() > 1
            && word.chars().filter(|c| *c != '.').nth(1).is_some()
            && letters.all(|letter| initials.next() == Some(letter))
    };
    // "Man Utd", "Manchester United".
    let clipped = |short: &str, long: &str| {
        let mut letters = long.chars();
        short.chars().next() == long.chars().next()
            && short.chars().all(|c| letters.any(|other| other == c))
    };
    let clipped = |a: &Run, b: &Run| {
        a.words.len() == b.words.len()
            && a.words.len() > 1
            && a.words.iter().zip(&b.words).all(|(a, b)| clipped(&a.0, &b.0))
    };
    let synonyms = || a.groups.iter().any(|group| b.groups.contains(group));
    a.words.iter().any(|(x, _)| b.words.iter().any(|(y, _)| near(x, y)))
        || clipped(a, b)
        || clipped(b, a)
        || synonyms()
        || short(a, b)
        || short(b, a)
}

/// Whether to a claim's name is done what the report's does: "Holm Ltd was fined" is not where the report has the
/// judge who fined it. The other way round "Holm Ltd fined" may be short for the same.
pub(super) fn in_other_roles(claim: &Statement, fact: &Statement) -> bool {
    let turned = |own: &Head, there: &Head| {
        own.term == there.term && (own.tie, there.tie) == (Tie::Direct, Tie::Subject)
    };
    claim.frame.heads.iter().any(|own| fact.frame.heads.iter().any(|there| turned(own, there)))
}

/// The names of a report that may be of the same thing as a name.
fn told<'t>(table: &'t NameTable, run: &'t Run) -> impl Iterator<Item = usize> + 't {
    let there = run.words.iter().filter_map(|(word, _)| table.by_word.get(word)).flatten();
    there.take(OCCURRENCES).copied().filter(|&name| same(run, &table.runs[name]))
}

/// Whether a name is that of a people: "the Americans".
fn is_people(run: &Run) -> bool {
    run.words.last().is_some_and(|(word, _)| kinds::is_nationality(word))
}

/// A name of the report that may be meant by one of the derivative.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeldName {
    /// Number of the name in [`NameTable::runs`].
    pub name: FactId,
    /// How alike the two frames are.
    pub score: f32,
    /// Whether it is the same name.
    pub same: bool,
}

/// For each name of a derivative, in order, the names of the report in like frames, best first.
/// `claims` are the statements of `runs`.
pub fn held(
    table: &NameTable,
    vocabulary: &Vocabulary,
    runs: &[Run],
    claims: &[Statement],
) -> Vec<Vec<HeldName>> {
    let mut aligner = Aligner::new(&table.facts, vocabulary);
    claims
        .iter()
        .zip(runs)
        .map(|(claim, run)| {
            if claim.is_background() {
                return Vec::new();
            }
            aligner
                .best(&claim.frame, CANDIDATES, HELD)
                .into_iter()
                .map(|held| {
                    let there = &table.runs[held.fact as usize];
                    let same = same(run, there) || table.in_one_name(run, there);
                    HeldName { name: held.fact, score: held.score, same }
                })
                .collect()
        })
        .collect()
}

/// Names of a derivative that stand where the report has another.
pub(super) fn misplaced(
    table: &NameTable,
    report: &Document,
    vocabulary: &Vocabulary,
    names: &HeldRuns<'_>,
) -> Vec<NameRuling> {
    let HeldRuns { runs, claims, held, .. } = names;
    let mut found = Vec::new();
    let mut first = 0;
    while first < claims.len() {
        let sentence = claims[first].sentence;
        let count = claims[first..].iter().take_while(|claim| claim.sentence == sentence).count();
        // A name that a claim of the sentence has rightly is not the one missing beside it.
        let taken: HashSet<FactId> = held[first..first + count]
            .iter()
            .flatten()
            .filter(|held| held.same && held.score > HELD)
            .map(|held| held.name)
            .collect();
        for claim in first..first + count {
            let (statement, run) = (&claims[claim], &runs[claim]);
            let case = Case { table, report, vocabulary, names, statement, run };
            found.extend(case.ruling(&held[claim], &taken));
        }
        first += count;
    }
    found
}

/// What is known when one name is judged.
struct Case<'a> {
    table: &'a NameTable,
    report: &'a Document,
    vocabulary: &'a Vocabulary,
    /// The names of the derivative beside it.
    names: &'a HeldRuns<'a>,
    statement: &'a Statement,
    run: &'a Run,
}

impl Case<'_> {
    /// Whether the words are sure to be a name, by the report or by the derivative.
    fn is_name(&self) -> bool {
        let first = &self.run.words[0].0;
        first.chars().count() > 2
            && !names_nobody(self.run)
            && (self.table.is_name(self.run) || self.names.has_inside(first))
    }

    /// Whether a name that the report never uses stands in a passage whose other words are nearly all
    /// the report's.
    fn at_home(&self) -> bool {
        let words = &self.run.words;
        self.statement.familiar >= AT_HOME
            && !words.iter().any(|(word, _)| kinds::is_nationality(word))
            && !(words.len() == 1 && twin::is_common(&words[0].0))
    }

    /// The ruling on the name, for which `held` has the facts of the report that may be meant, and
    /// `taken` those that the sentence has rightly.
    fn ruling(&self, held: &[HeldName], taken: &HashSet<FactId>) -> Option<NameRuling> {
        if !self.is_name() {
            return None;
        }
        let Case { table, statement, run, .. } = *self;
        let own = match table.kind_of(run) {
            NameKind::Other => kind_of(statement),
            known => known,
        };
        let of_kind = |fact: FactId| {
            // A person may come without a sign of being one; a place or a body hardly.
            let other = table.kind_of(&table.runs[fact as usize]);
            let person = |kind| matches!(kind, NameKind::Person | NameKind::Other);
            let alike = own == other || person(own) && person(other);
            // A word that the report has again and again and never as somebody's name is a body.
            let body = || own == NameKind::Other && table.often_alone(run);
            alike && !(other == NameKind::Person && body())
        };
        let fit = |fact: FactId| {
            let there = &table.runs[fact as usize];
            table.is_name(there)
                && !in_other_roles(statement, &table.facts[fact as usize])
                && !there.label
                && !run.label
                && there.possessive == run.possessive
                && there.lead == run.lead
        };
        // Alternatives of one word are one word.
        let close = statement.frame.bonds.chunk_by(|a, b| a.word == b.word);
        let words = close.filter(|word| word.iter().any(|bond| bond.weight > 0.3)).count();
        if words < PLACED_WORDS {
            return None;
        }
        let agree = held.iter().filter(|held| held.same).map(|held| held.score).fold(0.0, f32::max);
        let meant = |held: &&HeldName| !held.same && fit(held.name) && !taken.contains(&held.name);
        let others = || held.iter().filter(meant);
        let first = others().find(|held| of_kind(held.name));
        let alike =
            first.filter(|first| words >= WORDS && first.score >= self.needed(first.name, agree));
        let meant = match alike {
            Some(&first) => first,
            None => self
                .same_place(others(), own, agree, of_kind)
                .or_else(|| self.same_words(others().filter(|held| of_kind(held.name))))?,
        };
        if own != NameKind::Place && self.is_told_of(meant.name) {
            return None;
        }
        let there = &table.runs[meant.name as usize];
        Some(NameRuling {
            span: run.span,
            expected: there.text.clone(),
            evidence: there.span,
            case: if table.kind_of(there) == NameKind::Place { "place" } else { "exchanged" },
        })
    }

    /// Whether the sentence of a fact tells of the name by a pronoun: "Ada Brenner was born in Holm. She
    /// joined the office and had a son, Jon".
    fn is_told_of(&self, fact: FactId) -> bool {
        let Case { table, report, run, .. } = *self;
        let sentence = table.facts[fact as usize].sentence;
        let mut words = report.slice(sentence).split(|c: char| !c.is_alphabetic());
        // "Paid for him" tells what was done for him, not what he did.
        let object = |word: &str| matches!(word, "him" | "them");
        let pronoun =
            |word: &str| !object(word) && people::pronoun_gender(&word.to_lowercase()).is_some();
        let named = run.words.last().and_then(|(word, _)| table.by_word.get(word));
        words.any(pronoun)
            && named.into_iter().flatten().any(|&name| {
                let span = table.runs[name].span;
                span.end <= sentence.start && sentence.start - span.end <= TOLD_BEFORE
            })
    }

    /// How alike the frame of another name must be, where the likest of the name's own is `agree`.
    fn needed(&self, other: FactId, agree: f32) -> f32 {
        let Case { table, vocabulary, run, .. } = *self;
        // "Upper-Holm" of a "Carsk-Upper-Holm" line
        let has = |word: &str| {
            table.by_word.contains_key(word) || word.contains('-') && table.has_parts(word)
        };
        let known = run.words.iter().any(|(word, _)| has(word))
            || vocabulary.get(&terms::stem(&run.words[0].0.to_lowercase())).is_some();
        let needed = Needed::of(run, &table.runs[other as usize]);
        match known {
            true => needed.known.max(agree * needed.ratio),
            false if self.at_home() => needed.new.min(AT_HOME_NEW),
            false => needed.new,
        }
    }

    /// Whether a name of the report stands for itself: it is more than a word with a capital, and none of a
    /// list, of which a claim may name some.
    fn is_somebody(&self, name: FactId) -> bool {
        let (at, runs) = (name as usize, &self.table.runs);
        let joined = |one: &Run, other: &Run| {
            let between = Span { start: one.span.end, end: other.span.start };
            between.start < between.end
                && matches!(self.report.slice(between), ", " | " and " | " & " | ", and ")
        };
        let listed = at.checked_sub(1).is_some_and(|before| joined(&runs[before], &runs[at]))
            || runs.get(at + 1).is_some_and(|next| joined(&runs[at], next));
        !listed && self.table.is_full(&runs[at])
    }

    /// The name of the report right beside which the words stand that stand beside this one here, where
    /// they stand beside no other place of this one.
    fn same_words<'h>(&self, others: impl Iterator<Item = &'h HeldName>) -> Option<HeldName> {
        let Case { table, statement, run, .. } = *self;
        let shared = |name: FactId| statement.beside.shared(&table.facts[name as usize].beside);
        let copied = others
            .map(|held| (shared(held.name), held))
            .filter(|(shared, held)| *shared >= COPIED && self.is_somebody(held.name))
            .max_by(|a, b| a.0.total_cmp(&b.0));
        let (most, meant) = copied.filter(|_| !is_people(run))?;
        let span = table.runs[meant.name as usize].span;
        let near = |other: Span| {
            other.start < span.end + BESIDE_BYTES && span.start < other.end + BESIDE_BYTES
        };
        let own = told(table, run)
            .any(|name| near(table.runs[name].span) || shared(name as FactId) > NOT_COPIED * most);
        (!own).then_some(*meant)
    }

    /// The name that the report has where this one stands: as the subject of the verb, or hanging on
    /// the word, that this one has here and nowhere in the report.
    fn same_place<'h>(
        &self,
        others: impl Iterator<Item = &'h HeldName>,
        own: NameKind,
        agree: f32,
        of_kind: impl Fn(FactId) -> bool,
    ) -> Option<HeldName> {
        let heads = &self.statement.frame.heads;
        let Case { table, statement, run, .. } = *self;
        let there: Vec<usize> = told(table, run).collect();
        let sentence = |name: &usize| table.facts[*name].sentence;
        let mut sentences: Vec<Span> = there.iter().map(sentence).collect();
        sentences.sort_unstable();
        // Where the report tells the age of both it is the age that is wrong.
        let hangs_there =
            there.iter().flat_map(|&name| &table.facts[name].frame.heads).any(|there| {
                heads.iter().any(|head| {
                    head.term == there.term || (head.tie, there.tie) == (Tie::Age, Tie::Age)
                })
            });
        if hangs_there || is_people(run) {
            return None;
        }
        let likeness = |held: &HeldName| {
            let there = &table.facts[held.name as usize];
            held.score + BESIDE * statement.beside.shared(&there.beside)
        };
        let placed = others.filter(|held| {
            let (other, fact) = (&table.runs[held.name as usize], &table.facts[held.name as usize]);
            let mut shared = fact.frame.heads.iter().filter(|head| heads.contains(head));
            // "Led by Birch Fund": what has no sign of being a body may be one.
            let bodies = |other: &Run| {
                let kinds = [own, table.kind_of(other)];
                let full = run.words.len() > 1 && other.words.len() > 1;
                full && kinds.contains(&NameKind::Organisation) && kinds.contains(&NameKind::Other)
            };
            let needed = |head: &Head| match head.tie {
                Tie::Age => HELD,
                Tie::Subject if !of_kind(held.name) => PLACED_OF_A_KIND.max(agree),
                // A school is in its town and in its county.
                Tie::Name if [own, table.kind_of(other)].contains(&NameKind::Place) => {
                    f32::INFINITY
                }
                Tie::Name => PLACED.max(agree),
                _ if !of_kind(held.name) && !bodies(other) => f32::INFINITY,
                _ => PLACED.max(agree),
            };
            // "The Greens" are no less a body for being called in one word, nor are towns; a town is in
            // its country.
            let towns = || {
                [own, table.kind_of(other)] == [NameKind::Place; 2]
                    && !told(table, other).any(|o| sentences.binary_search(&sentence(&o)).is_ok())
            };
            let full = |head: &Head| {
                head.tie == Tie::Name
                    || table.is_full(other)
                    || head.tie == Tie::Preposition && towns()
            };
            shared.any(|head| held.score >= needed(head) && full(head))
                && !table.speaker(held.name).is_some_and(|speaker| same(run, speaker))
        });
        placed.max_by(|a, b| likeness(a).total_cmp(&likeness(b))).copied()
    }
}
