//! Weighs the facts that a claim can be held against by what tells them apart when their words do not:
//! the part of a change, the date, the row of a table.

use super::course::{Course, ends_of, kept, start_of};
use super::held::Held;
use super::when::{When, told};
use crate::document::{BlockKind, Cell};
use crate::reference::{FactId, Reference};
use crate::source::Span;
use crate::statement::Frame;
use crate::statement::words::{TermId, Token};

/// What a fact keeps of its bond where the one beside it is of the claim's date.
const OTHER_DATE: f32 = 0.4;
/// Facts of one sentence that tell of several dates stand no further apart than this.
const ONE_TELLING: FactId = 5;
/// A fact that is meant for another reason than its words is bound at least so well.
const MEANT: f32 = 0.3;
/// One end of a change is meant by a claim whose other end is the report's where so much of its words is shared.
const SHARES_A_WORD: f32 = 0.1;
/// What a cell keeps of its bond where the claim names another row of its table.
const OTHER_ROW: f32 = 0.4;
/// What stands in the sentence of a claim is bound to it at least this well, what stands elsewhere less.
const IN_SENTENCE: f32 = 0.13;

impl Held {
    /// Gives the fact a part of its bond, or more than that.
    fn scale(&mut self, by: f32) {
        self.score *= by;
        self.suspicion *= by;
    }

    /// Binds the fact at least so well.
    fn raise(&mut self, score: f32) {
        if score > self.score {
            self.suspicion *= score / self.score.max(f32::EPSILON);
            self.score = score;
        }
    }
}

/// Weighs facts by what they and the claim tell of a change. Both ends of a change are bound like
/// the nearer one: "the charge rises from £1.20 to £1.50".
pub(super) fn by_change(reference: &Reference, own: Option<Course>, held: &mut [Held]) {
    let courses = reference.courses();
    for at in 0..held.len() {
        let fact = held[at].fact;
        let told = courses[fact as usize];
        let from = start_of(reference, fact);
        let from = from.and_then(|from| held.iter().find(|h| h.fact == from));
        let from = from.map_or(0.0, |from| from.score);
        held[at].raise(from);
        held[at].scale(kept(own, told));
    }
}

/// Weighs the facts that two claims can be held against which are the two ends of one change, with what
/// each tells of it: where one end is the report's the other is held against the other end. "The fine
/// rises from 20 to 250 euros" of "from 50 to 250 euros".
pub(super) fn by_other_end(
    reference: &Reference,
    told: [Option<Course>; 2],
    held: [&mut Vec<Held>; 2],
) {
    let [first, second] = held;
    let both = [Some(Course::From), Some(Course::To)];
    if told != both && told != [both[1], both[0]] {
        return;
    }
    let courses = reference.courses();
    let bonds = |own: usize, held: &[Held]| -> Vec<(FactId, f32)> {
        let fit =
            held.iter().filter(|h| h.outcome.agrees() && courses[h.fact as usize] == told[own]);
        let other = |h: &Held| {
            let [start, end] = ends_of(reference, h.fact)?;
            Some((if start == h.fact { end } else { start }, h.score))
        };
        fit.filter_map(other).collect()
    };
    let (of_first, of_second) = (bonds(0, first), bonds(1, second));
    for (held, bonds) in [(first, of_second), (second, of_first)] {
        for (fact, score) in bonds {
            let meant = held.iter_mut().filter(|h| h.fact == fact && h.score >= SHARES_A_WORD);
            meant.for_each(|h| h.raise(score.max(MEANT)));
        }
    }
}

/// Weighs the facts of a sentence by the dates that they are told of, where one of them is the claim's:
/// "88,400 in 2020, after 91,200 in 2019". They are bound alike but for it.
pub(super) fn by_date(reference: &Reference, own: Option<When<'_>>, held: &mut [Held]) {
    let Some(own) = own else { return };
    let document = &reference.document;
    for at in 0..held.len() {
        let fact = held[at].fact;
        if told(reference, fact) != Some(own) {
            continue;
        }
        let row = |fact: FactId| document.row_header(reference.fact(fact).block as usize);
        let beside = |other: &Held| {
            let near = in_one_telling(reference, fact, other.fact)
                || row(fact).is_some() && row(other.fact) == row(fact);
            near && of_other_dates(reference, own, (fact, other.fact))
        };
        prefer(held, at, OTHER_DATE, beside);
    }
}

/// Whether two facts stand beside each other in a sentence, the first told of the claim's date and the
/// second of another.
pub(super) fn dated_apart(
    reference: &Reference,
    own: Option<When<'_>>,
    (first, second): (FactId, FactId),
) -> bool {
    in_one_telling(reference, first, second)
        && own.is_some_and(|own| {
            told(reference, first) == Some(own) && of_other_dates(reference, own, (first, second))
        })
}

/// Whether two facts stand beside each other in a sentence.
fn in_one_telling(reference: &Reference, one: FactId, other: FactId) -> bool {
    reference.fact(one).sentence == reference.fact(other).sentence
        && one.abs_diff(other) <= ONE_TELLING
}

/// Whether the second of two values of one sort is told of another date than the claim's.
fn of_other_dates(reference: &Reference, own: When<'_>, (first, second): (FactId, FactId)) -> bool {
    let [one, other] = [first, second].map(|fact| reference.fact(fact).measure.as_ref());
    let alike = one.zip(other).is_some_and(|(a, b)| a.same_sort(b));
    // "12%; in 2015 it had been 31%", "1.20 euros (2022: 1.05)": what is told of no date is of now.
    let of_now = || {
        let (one, other) = (reference.fact(first), reference.fact(second));
        let between = Span { start: other.mention.span.end, end: one.mention.start() };
        second < first
            && one.sentence == other.sentence
            && between.start < between.end
            && reference.document.slice(between).contains([';', '('])
    };
    alike && told(reference, second).map_or_else(of_now, |date| date != own)
}

/// Binds the fact at `at` as well as any of those it is preferred to, which keep `kept` of their bonds.
fn prefer(held: &mut [Held], at: usize, kept: f32, to: impl Fn(&Held) -> bool) {
    let mut most = 0.0_f32;
    for other in held.iter_mut().filter(|other| to(other)) {
        most = most.max(other.score);
        other.scale(kept);
    }
    held[at].raise(most);
}

/// Weighs the cells of a table of which the claim names a single row, wherever in its sentence: "In the
/// North 121 fell ill and 22 had to be treated". Those of the other rows are not meant.
pub(super) fn by_row(reference: &Reference, claim: &Frame, held: &mut [Held]) {
    let document = &reference.document;
    let cell = |held: &Held| {
        let block = reference.fact(held.fact).block as usize;
        let cell = document.cell(block).filter(|cell| !cell.header)?;
        Some((cell, document.row_header(block)?))
    };
    let mut rows: Vec<(u32, usize)> =
        held.iter().filter_map(cell).map(|(cell, header)| (cell.table, header)).collect();
    rows.sort_unstable();
    rows.dedup();
    for rows in rows.chunk_by(|a, b| a.0 == b.0) {
        let bond = |row: &(u32, usize)| named(reference, claim, document.blocks[row.1].span);
        let mut bonds: Vec<(f32, (u32, usize))> =
            rows.iter().filter_map(|row| Some((bond(row)?, *row))).collect();
        bonds.sort_by(|a, b| b.0.total_cmp(&a.0));
        let [(nearest, (table, meant)), ..] = bonds[..] else { continue };
        if bonds.get(1).is_some_and(|(second, _)| nearest < NEARER * second) {
            continue;
        }
        for at in 0..held.len() {
            let own = cell(&held[at]).filter(|&(cell, row)| cell.table == table && row == meant);
            let Some((own, _)) = own else { continue };
            let beside = |(cell, row): (Cell, usize)| {
                cell.table == table && cell.column == own.column && row != meant
            };
            prefer(held, at, OTHER_ROW, |other| cell(other).is_some_and(beside));
        }
    }
}

/// Of two rows that a claim names the one is meant that is bound to it so many times more closely.
const NEARER: f32 = 1.2;
/// Figures of the items that a claim names, at most.
const NAMED: usize = 8;
/// Items of one list stand within so many blocks of each other.
const LIST: u32 = 24;

/// Where the name of the item stands that a fact is told in: the words with capitals that open an item
/// of a list, or a line of several that are records.
fn item(reference: &Reference, fact: FactId) -> Option<Span> {
    let (document, fact) = (&reference.document, reference.fact(fact));
    fact.measure.as_ref()?;
    let block = &document.blocks[fact.block as usize];
    let ended = |sentence: Span| document.slice(sentence).ends_with(['.', '!', '?', '"', '”', ')']);
    let record = || block.sentences.len() > 2 && !ended(fact.sentence);
    if block.kind != BlockKind::ListItem && !record() {
        return None;
    }
    let words = reference.vocabulary.words().within(fact.sentence);
    let named = words.iter().take_while(|(span, token)| {
        matches!(token, Token::Word(_)) && document.slice(*span).starts_with(char::is_uppercase)
    });
    let end = named.last()?.0.end.min(fact.mention.start());
    (end > fact.sentence.start).then_some(Span { start: fact.sentence.start, end })
}

/// Whether a claim names the item that a fact is told in.
fn names_item(reference: &Reference, claim: &Frame, fact: FactId) -> bool {
    item(reference, fact).is_some_and(|name| named(reference, claim, name).is_some())
}

/// Whether two facts are of two items of one list, of which the claim names the first and not the second.
pub(super) fn named_apart(
    reference: &Reference,
    claim: &Frame,
    (first, second): (FactId, FactId),
) -> bool {
    let [one, other] = [first, second].map(|fact| reference.fact(fact));
    let alike =
        one.measure.as_ref().zip(other.measure.as_ref()).is_some_and(|(a, b)| a.same_sort(b));
    let near = one.sentence != other.sentence && one.block.abs_diff(other.block) <= LIST;
    alike
        && near
        && names_item(reference, claim, first)
        && item(reference, second).is_some_and(|name| {
            let mut words = reference.vocabulary.words().terms_within(name);
            !words.any(|word| tells(claim, word))
        })
}

/// Weighs the figures of a list of which the claim names one item.
pub(super) fn by_item(reference: &Reference, claim: &Frame, held: &mut [Held]) {
    let meant = (0..held.len()).filter(|&at| names_item(reference, claim, held[at].fact));
    let meant: Vec<usize> = meant.collect();
    // An item that every claim would name tells nothing.
    if meant.len() > NAMED {
        return;
    }
    for at in meant {
        let fact = held[at].fact;
        prefer(held, at, OTHER_ROW, |other| named_apart(reference, claim, (fact, other.fact)));
    }
}

/// Weighs the figures of a sentence that stand right behind a name each, of which the claim has one: "1,480
/// from Velt" of "Ardonia (1,480), Velt (975)".
pub(super) fn by_label(reference: &Reference, claim: &Frame, held: &mut [Held]) {
    let labels = reference.labels();
    for at in 0..held.len() {
        let fact = held[at].fact;
        let Some(own) = labels[fact as usize].filter(|label| tells(claim, *label)) else {
            continue;
        };
        let sentence = reference.fact(fact).sentence;
        let beside = |other: &Held| {
            reference.fact(other.fact).sentence == sentence
                && labels[other.fact as usize]
                    .is_some_and(|label| label != own && !tells(claim, label))
        };
        let others = held.iter().any(&beside);
        prefer(held, at, OTHER_ROW, beside);
        if others && bond(claim, own) >= LABELLED {
            held[at].raise(MEANT);
        }
    }
}

/// A claim to which the name before a figure is bound so well is told of that name.
const LABELLED: f32 = 0.5;

/// Whether a word stands in the sentence of a claim.
pub(super) fn tells(claim: &Frame, term: TermId) -> bool {
    bond(claim, term) >= IN_SENTENCE
}

/// How closely a word is bound to a claim.
fn bond(claim: &Frame, term: TermId) -> f32 {
    let bonds = claim.bonds.iter().filter(|bond| bond.term == term);
    bonds.map(|bond| bond.weight).fold(0.0, f32::max)
}

/// How closely a claim has the words of the header of a row, or of the name of an item: the loosest of
/// them, if its sentence has all.
fn named(reference: &Reference, claim: &Frame, header: Span) -> Option<f32> {
    let mut terms = reference.vocabulary.words().terms_within(header).peekable();
    terms.peek()?;
    terms.try_fold(1.0, |least, term| {
        let bond = bond(claim, term);
        (bond >= IN_SENTENCE).then_some(bond.min(least))
    })
}
