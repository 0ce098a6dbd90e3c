//! What was worked out for the blocks of a text, kept for the next look at it: of a text that is being
//! written, only the block under the cursor is new.
//!
//! A block is known again by all that its statements are made of, so that what is remembered is
//! what would be worked out anew. `tests/memory.rs` holds the two against each other.

use std::collections::HashMap;

use crate::Ruled;
use crate::document::{BlockKind, Document};
use crate::judge::name::{Held, NameTable};
use crate::judge::slot::{self, HeldName};
use crate::lexicon::tolerances::Tolerances;
use crate::parse::name::Run;
use crate::parse::{Anchor, Mention};
use crate::source::Span;
use crate::statement::frame::LookUp;
use crate::statement::{Statement, block_mentions, headed};

/// What was worked out for one derivative under one set of references.
#[derive(Default)]
pub struct Memory {
    tolerances: Option<Tolerances>,
    figures: HashMap<Key, Vec<Option<Ruled>>>,
    /// For each reference.
    names: Vec<HashMap<Key, Vec<HeldClaim>>>,
}

/// A name's statement with the names that may be meant.
type HeldClaim = (Statement, Vec<HeldName>);

/// All that the statements of a block are made of, but for the reference.
#[derive(PartialEq, Eq, Hash, Clone)]
struct Key {
    anchor: Option<(jiff::civil::Date, Option<jiff::civil::Time>)>,
    cell: bool,
    /// The block, and what stands over it: headers of row and column, corner, caption, note, the row that it
    /// is a part of, heading, lead-in.
    texts: [Option<String>; 9],
}

fn key(document: &Document, block: usize, anchor: Option<Anchor>) -> Key {
    let text = |block: Option<usize>| {
        block.map(|block| document.slice(document.blocks[block].span).to_owned())
    };
    Key {
        anchor: anchor.map(|anchor| (anchor.day, anchor.time)),
        cell: matches!(document.blocks[block].kind, BlockKind::Cell(_)),
        texts: [
            text(Some(block)),
            text(document.row_header(block)),
            text(document.column_header(block)),
            text(document.corner(block)),
            text(headed::caption(document, block)),
            text(headed::note(document, block)),
            text(headed::whole_of(document, block)),
            text(document.heading_of(block)),
            text(document.lead_in(block)),
        ],
    }
}

/// The statement in another block, `from` and `to` being the blocks' starts.
fn moved(statement: &Statement, from: u32, to: u32, block: u32) -> Statement {
    let mut statement = statement.clone();
    let shift = |span: Span| Span { start: span.start - from + to, end: span.end - from + to };
    statement.mention.span = shift(statement.mention.span);
    statement.mention.qualifier_span = statement.mention.qualifier_span.map(shift);
    statement.sentence = shift(statement.sentence);
    statement.block = block;
    statement
}

fn moved_ruling((number, claim, ruling): &Ruled, from: u32, to: u32, block: u32) -> Ruled {
    let mut ruling = ruling.clone();
    ruling.span = Span { start: ruling.span.start - from + to, end: ruling.span.end - from + to };
    (*number, moved(claim, from, to, block), ruling)
}

/// The blocks of a text, each with how many figures and dates were read in it, if it is new.
pub(crate) struct Blocks(Vec<(Key, Option<usize>)>);

impl Memory {
    /// The figures and dates of the blocks that are new, and which blocks those are.
    pub(crate) fn unread(
        &mut self,
        derivative: &Document,
        anchor: Option<Anchor>,
        tolerances: &Tolerances,
    ) -> (Vec<Mention>, Blocks) {
        if self.tolerances.as_ref() != Some(tolerances) {
            self.figures.clear();
            self.tolerances = Some(tolerances.clone());
        }
        let mut new: Vec<Mention> = Vec::new();
        let mut read = |block: usize| {
            let key = key(derivative, block, anchor);
            let before = new.len();
            let known = self.figures.contains_key(&key);
            if !known {
                block_mentions(derivative, block, anchor, &mut new);
            }
            (key, (!known).then_some(new.len() - before))
        };
        let blocks = (0..derivative.blocks.len()).map(&mut read).collect();
        (new, Blocks(blocks))
    }

    /// The rulings on the whole derivative, of which those on the new blocks are `ruled`.
    pub(crate) fn figures(
        &mut self,
        derivative: &Document,
        Blocks(blocks): Blocks,
        ruled: Vec<Option<Ruled>>,
    ) -> Vec<Option<Ruled>> {
        let mut ruled = ruled.into_iter();
        let mut now: HashMap<Key, Vec<Option<Ruled>>> = HashMap::with_capacity(blocks.len());
        let mut all = Vec::new();
        for (block, (key, count)) in blocks.into_iter().enumerate() {
            let start = derivative.blocks[block].span.start;
            let there = match count {
                Some(count) => {
                    let here: Vec<_> = ruled.by_ref().take(count).collect();
                    let home = |ruled: &Option<Ruled>| {
                        ruled.as_ref().map(|ruled| moved_ruling(ruled, start, 0, 0))
                    };
                    let kept = here.iter().map(home).collect();
                    all.extend(here);
                    kept
                }
                None => {
                    // The same block may stand there twice.
                    let known = self.figures.remove(&key).or_else(|| now.get(&key).cloned());
                    let known = known.unwrap_or_default();
                    let back = |ruled: &Option<Ruled>| {
                        ruled.as_ref().map(|ruled| moved_ruling(ruled, 0, start, block as u32))
                    };
                    all.extend(known.iter().map(back));
                    known
                }
            };
            now.insert(key, there);
        }
        self.figures = now;
        all
    }

    /// The names of a derivative, each with those of reference `number`, whose names are `table`, in
    /// like frames.
    pub(crate) fn names(
        &mut self,
        number: usize,
        table: &NameTable,
        derivative: &Document,
        look_up: &mut LookUp<'_>,
        runs: &[Run],
    ) -> Held {
        if self.names.len() <= number {
            self.names.resize_with(number + 1, HashMap::new);
        }
        let memory = &mut self.names[number];
        let block_of =
            |run: &Run| derivative.blocks.partition_point(|b| b.span.end <= run.span.start);
        let mut parts: Vec<(usize, Key, bool, &[Run])> = Vec::new();
        for part in runs.chunk_by(|a, b| block_of(a) == block_of(b)) {
            let block = block_of(&part[0]);
            let key = key(derivative, block, None);
            let known = memory.contains_key(&key);
            parts.push((block, key, known, part));
        }
        let new = parts.iter().filter(|(_, _, known, _)| !known);
        let new: Vec<Run> = new.flat_map(|(.., part)| part.iter().cloned()).collect();
        let claims = slot::statements(derivative, &new, look_up);
        let held = slot::held(table, look_up.vocabulary(), &new, &claims);
        let mut worked_out = claims.into_iter().zip(held);
        let mut now: HashMap<Key, Vec<HeldClaim>> = HashMap::with_capacity(parts.len());
        let (mut claims, mut held) =
            (Vec::with_capacity(runs.len()), Vec::with_capacity(runs.len()));
        for (block, key, known, part) in parts {
            let start = derivative.blocks[block].span.start;
            let there: Vec<HeldClaim> = if known {
                // The same block may stand there twice.
                let there = memory.remove(&key).or_else(|| now.get(&key).cloned());
                there.unwrap_or_default()
            } else {
                let here = worked_out.by_ref().take(part.len());
                here.map(|(claim, names)| (moved(&claim, start, 0, 0), names)).collect()
            };
            for (claim, names) in &there {
                claims.push(moved(claim, 0, start, block as u32));
                held.push(names.clone());
            }
            now.insert(key, there);
        }
        *memory = now;
        (claims, held)
    }
}
