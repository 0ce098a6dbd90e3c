//! The verdict on a quotation: word for word against what was said, and who said it.

use crate::align::quote::{Passage, QuoteIndex, Words};
use crate::document::Document;
use crate::hash::HashSet;
use crate::lexicon::{deeds, people, terms};
use crate::parse::name::Run;
use crate::source::Span;
use crate::statement::speaker::{same_person, turns};
use crate::value::Value;
use crate::value::quote::{Marks, Quote, Speaker};

/// From this share of words in order on, a quotation is an altered one; below, it is not the
/// reference's at all.
const ALTERED: f32 = 0.55;
/// Fewer words than this are a phrase: they must be nearly the reference's to be called altered.
const PHRASE: usize = 5;
const PHRASE_LIKENESS: f32 = 0.7;
/// Words that two passages must each give at least before a quotation counts as spliced from them ...
const PIECE: usize = 3;
/// ... so many bytes apart, unless they stand in the other order.
const APART: u32 = 80;
/// Longer quotations are not looked through for splices.
const SPLICED: usize = 200;

/// What the reference's speakers said, ready for comparison.
#[derive(Debug, Clone, Default)]
pub struct Sayings {
    index: QuoteIndex,
    /// The stems of all words.
    stems: HashSet<String>,
    /// All words in quotation marks, in order, but for phrases that are set off for themselves.
    marked: Vec<Span>,
    /// Quotations with their speakers, in order.
    quoted: Vec<(Span, Speaker)>,
    /// The speaker of each block.
    turns: Vec<Option<Speaker>>,
    /// Every name that speaks.
    speakers: Vec<String>,
}

/// What was found of a quotation.
#[derive(Debug, Clone, PartialEq)]
pub enum QuoteVerdict {
    /// Word for word.
    Agrees,
    /// Words were changed.
    Altered {
        /// The changed stretch, or the whole quotation where words were only left out.
        span: Span,
        /// The passage of the reference.
        passage: Span,
        /// What the reference has at the changed stretch.
        expected: Span,
        /// A "not" was dropped or added.
        negation: bool,
        /// Words were only left out.
        dropped: bool,
        /// The passage is told in the reference's own voice: nobody is quoted there.
        own_voice: bool,
    },
    /// Two passages joined without an ellipsis.
    Spliced {
        /// The passages, in the order of the quotation.
        passages: [Span; 2],
    },
    /// Word for word, but in the reference's own voice: nobody is quoted there.
    Reported {
        /// The passage.
        passage: Span,
    },
    /// The words are right, the speaker is not.
    Misattributed {
        /// The passage.
        passage: Span,
        /// Who said it.
        said_by: String,
        /// Who is said to have said it.
        claimed: String,
    },
    /// The words stand nowhere.
    Absent {
        /// The nearest passage, if any comes near.
        nearest: Option<Span>,
    },
    /// A title, a name, a word in scare quotes.
    Exempt,
}

/// Bytes between two parts of one quotation, at most.
const ASIDE: usize = 60;

/// Whether what stands between two quotations only tells who said both: "(We agree,") she said, ("in full.")".
fn is_aside(between: &str) -> bool {
    let words = || between.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    between.len() <= ASIDE
        && between.trim_end().ends_with([',', '"', '“', '\'', '‘', '«'])
        && !between.contains(['.', ';', ':', '\n'])
        && words().any(|word| people::is_speech_verb(&word.to_lowercase()))
}

/// The person whom a description by title means, where the text gives the title to one alone: "the judge" of
/// Judge Isobel Crane.
fn bearer<'r>(description: &str, names: &'r [Run]) -> Option<&'r Run> {
    let title = description.to_lowercase();
    let title = title.strip_prefix("the ").filter(|title| people::is_sole_title(title))?;
    let titled = |run: &&Run| run.titles.iter().any(|own| own.eq_ignore_ascii_case(title));
    let mut bearers = names.iter().filter(titled);
    let first = bearers.next()?;
    bearers.all(|other| same_person(&other.text, &first.text)).then_some(first)
}

impl Sayings {
    /// Reads the sayings of a reference whose names are `names`.
    pub fn new(document: &Document, names: &[Run]) -> Self {
        let mut quotes = crate::parse::quote::quotes(document);
        crate::statement::speaker::attribute(document, names, &mut quotes);
        let named = |speaker: Speaker| match bearer(&speaker.name, names) {
            Some(run) => Speaker { name: run.text.clone(), ..speaker },
            None => speaker,
        };
        let marked: Vec<Span> = quotes
            .iter()
            .filter_map(|mention| match &mention.value {
                Value::Quote(quote) if !quote.scare => Some(quote.inner),
                _ => None,
            })
            .collect();
        let between =
            |pair: &[Span]| Span { start: pair[0].end, end: pair[1].start.max(pair[0].end) };
        let asides: Vec<Span> =
            marked.windows(2).map(between).filter(|gap| is_aside(document.slice(*gap))).collect();
        let quoted: Vec<(Span, Speaker)> = quotes
            .into_iter()
            .filter_map(|mention| match mention.value {
                Value::Quote(Quote { speaker: Some(speaker), inner, .. }) => {
                    Some((inner, named(speaker)))
                }
                _ => None,
            })
            .collect();
        let turns = turns(document);
        let mut speakers: Vec<String> = quoted
            .iter()
            .map(|(_, s)| s.name.clone())
            .chain(turns.iter().flatten().map(|s| s.name.clone()))
            .collect();
        speakers.sort();
        speakers.dedup();
        let index = QuoteIndex::new(document, &asides);
        let stems = index.forms().map(terms::stem).collect();
        Sayings { index, stems, marked, quoted, turns, speakers }
    }

    /// Who may be named for a passage: the one quoted there and the one whose speech it stands in.
    fn speakers_of(&self, reference: &Document, passage: Span) -> Vec<&Speaker> {
        let quoted = self
            .quoted
            .iter()
            .filter(|(span, _)| span.overlaps(passage))
            .map(|(_, speaker)| speaker);
        let block = reference.blocks.iter().position(|block| block.span.overlaps(passage));
        let turn = block.and_then(|block| self.turns.get(block)?.as_ref());
        quoted.chain(turn).collect()
    }

    /// Whether a passage is told in the reference's own voice: it quotes others, but not here. A
    /// reference without quotation marks may be a speech, or a text that lost its marks.
    fn own_voice(&self, reference: &Document, passage: Span) -> bool {
        let first = self.marked.partition_point(|marked| marked.end <= passage.start);
        let inside = self.marked.get(first).is_some_and(|marked| marked.overlaps(passage));
        let block = reference.blocks.partition_point(|block| block.span.end <= passage.start);
        let turn = self.turns.get(block).is_some_and(Option::is_some);
        let quoted = reference.blocks.get(block).is_some_and(|block| block.quoted);
        !(self.marked.is_empty() || inside || turn || quoted)
    }

    /// Where the reference has the words of a quotation, if it has them all as they are.
    pub fn passages(&self, derivative: &Document, quote: &Quote) -> Vec<Span> {
        let parts = parts(derivative.slice(quote.inner), quote.inner.start);
        let words = parts.iter().map(|&span| Words::of(derivative, span));
        let found: Vec<Vec<Span>> =
            words.filter(|words| !words.is_empty()).map(|words| self.index.exact(&words)).collect();
        match found.iter().any(Vec::is_empty) {
            true => Vec::new(),
            false => found.into_iter().flatten().collect(),
        }
    }

    /// Judges a quotation of a derivative.
    pub fn judge(
        &self,
        derivative: &Document,
        quote: &Quote,
        reference: &Document,
    ) -> QuoteVerdict {
        let text = derivative.slice(quote.inner);
        let parts = parts(text, quote.inner.start);
        let words: Vec<Words> = parts
            .iter()
            .map(|&span| Words::of(derivative, span))
            .filter(|words| !words.is_empty())
            .collect();
        let total: usize = words.iter().map(Words::len).sum();
        if total == 0 {
            return QuoteVerdict::Exempt;
        }
        let mut passages: Option<Vec<Span>> = None;
        let mut after = 0;
        for words in &words {
            let all = self.index.exact(words);
            let found: Vec<Span> =
                all.into_iter().filter(|span| span.start >= after || words.len() > 3).collect();
            match found.first() {
                None => return self.altered(derivative, quote, words, total, reference),
                Some(first) => {
                    after = first.start;
                    passages.get_or_insert(found);
                }
            }
        }
        let passages = passages.unwrap_or_default();
        self.attributed(quote, reference, &passages, total)
    }

    fn attributed(
        &self,
        quote: &Quote,
        reference: &Document,
        passages: &[Span],
        words: usize,
    ) -> QuoteVerdict {
        let Some(claimed) = &quote.speaker else { return QuoteVerdict::Agrees };
        let own_voice = |passage: &&Span| self.own_voice(reference, **passage);
        if let Some(&passage) = passages.first()
            && words >= PHRASE
            && !quote.scare
            && passages.iter().filter(own_voice).count() == passages.len()
        {
            return QuoteVerdict::Reported { passage };
        }
        // A phrase may be anybody's, and only a person whom the reference knows can be wrong.
        // "The mayor" may be anybody the reference names.
        let named = |word: &str| word.starts_with(char::is_uppercase) && !people::is_title(word);
        let surname = claimed.name.split([' ', '.']).rfind(|word| named(word)).unwrap_or_default();
        let known = !surname.is_empty()
            && (self.speakers.iter().any(|name| same_person(name, &claimed.name))
                || !self.index.exact(&Words::single(surname)).is_empty());
        // Whom a pronoun means is too unsure to accuse anybody.
        if words < 4 || !known || quote.scare || claimed.resolved {
            return QuoteVerdict::Agrees;
        }
        // "The judge" may be whoever the derivative calls by name.
        let is_name = |speaker: &Speaker| speaker.name.split(' ').any(named);
        let mut other = None;
        for &passage in passages {
            let speakers = self.speakers_of(reference, passage);
            match speakers.first() {
                None => return QuoteVerdict::Agrees,
                Some(first) if !is_name(first) => return QuoteVerdict::Agrees,
                Some(first) => other = other.or(Some((passage, first.name.clone()))),
            }
            if speakers.iter().any(|speaker| same_person(&speaker.name, &claimed.name)) {
                return QuoteVerdict::Agrees;
            }
        }
        match other {
            Some((passage, said_by)) => {
                QuoteVerdict::Misattributed { passage, said_by, claimed: claimed.name.clone() }
            }
            None => QuoteVerdict::Agrees,
        }
    }

    fn altered(
        &self,
        derivative: &Document,
        quote: &Quote,
        words: &Words,
        total: usize,
        reference: &Document,
    ) -> QuoteVerdict {
        let nearest = self.index.nearest(words);
        let likeness = nearest.as_ref().map_or(0.0, |passage| passage.likeness);
        if let Some(passages) = self.spliced(words).filter(|_| likeness < SURE) {
            return QuoteVerdict::Spliced { passages };
        }
        let needed = if total < PHRASE { PHRASE_LIKENESS } else { ALTERED };
        if let Some(passage) = nearest.as_ref().filter(|_| likeness >= needed && total > 2) {
            let own_voice = likeness < TAKEN && self.own_voice(reference, passage.span);
            return changed(derivative, quote, passage, reference, own_voice);
        }
        // A phrase that is somebody's needs a word that the reference does not have at all.
        let weighty = |word: &str| word.chars().count() > 3 && !terms::is_stopword(word);
        // What somebody is said to have said, be it one word, needs a word of its own in the report,
        // in whatever form, or two of its words side by side.
        let content = || words.iter().filter(|word| weighty(word));
        let known = || content().any(|word| self.stems.contains(&terms::stem(word)));
        let said = !quote.scare
            && match total {
                1 => content().next().is_some() && !known(),
                2 => {
                    !self.index.has_pair_of(words) && (!known() || is_predicate(derivative, quote))
                }
                _ => !self.index.has_pair_of(words),
            };
        let phrase =
            total < PHRASE && !said && (total < 2 || !self.index.lacks_one_of(words, weighty));
        if phrase || quote.scare || quote.marks == Marks::Block {
            return QuoteVerdict::Exempt;
        }
        QuoteVerdict::Absent { nearest: nearest.map(|passage| passage.span) }
    }

    /// Two passages that make up the words, each word for word, with other words between them.
    fn spliced(&self, words: &Words) -> Option<[Span; 2]> {
        if words.len() > SPLICED {
            return None;
        }
        let longest = self.index.longest_start(words);
        (PIECE..=longest.min(words.len().saturating_sub(PIECE))).rev().find_map(|cut| {
            let second = *self.index.exact(&words.part(cut, words.len())).first()?;
            let first = *self.index.exact(&words.part(0, cut)).first()?;
            let apart = second.start >= first.end + APART || second.end <= first.start;
            apart.then_some([first, second])
        })
    }
}

/// A quotation with this share of its words in order was taken from the passage, whoever speaks
/// there ...
const TAKEN: f32 = 0.7;
/// ... and with this share from no other.
const SURE: f32 = 0.8;

/// Whether a quotation is what somebody is said to be: (she said it was) "very good". Words so
/// given are a speaker's own, where those in the flow of a sentence may be the writer's.
fn is_predicate(document: &Document, quote: &Quote) -> bool {
    let before = &document.text[..quote.inner.start as usize];
    let before = before.trim_end_matches(|c: char| !c.is_alphanumeric());
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    deeds::makes_passive(&word.to_lowercase())
}

/// Words that turn a statement round.
fn negates(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'').any(|word| {
        let lower = word.to_lowercase();
        matches!(lower.as_str(), "not" | "never" | "no" | "cannot") || lower.ends_with("n't")
    })
}

/// The verdict that words were changed, at the smallest stretch that shows it.
fn changed(
    derivative: &Document,
    quote: &Quote,
    passage: &Passage,
    reference: &Document,
    own_voice: bool,
) -> QuoteVerdict {
    let join = |spans: &mut dyn Iterator<Item = Span>| spans.reduce(Span::join);
    let said = join(&mut passage.changes.iter().filter_map(|change| change.said));
    let meant = join(&mut passage.changes.iter().filter_map(|change| change.meant));
    let negation = passage.changes.iter().any(|change| {
        let there = change.meant.is_some_and(|span| negates(reference.slice(span)));
        let here = change.said.is_some_and(|span| negates(derivative.slice(span)));
        there != here
    });
    // Many changes, or words only left out: the whole quotation is the place to look.
    let span = said.filter(|said| said.len() * 2 <= quote.inner.len()).unwrap_or(quote.inner);
    QuoteVerdict::Altered {
        span,
        passage: passage.span,
        expected: if said.is_some() { meant.unwrap_or(passage.span) } else { passage.span },
        negation,
        dropped: said.is_none(),
        own_voice,
    }
}

/// The stretches of a quotation that must stand in the reference: parted by ellipses and by
/// bracketed words, which are the writer's own.
fn parts(text: &str, offset: u32) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut pos = 0;
    let mut push = |from: usize, to: usize| {
        if from < to {
            found.push(Span::new(offset as usize + from, offset as usize + to));
        }
    };
    while let Some(at) = text[pos..].find(['.', '…', '[']) {
        pos += at;
        let rest = &text[pos..];
        let cut = if rest.starts_with("...") || rest.starts_with(". . .") || rest.starts_with('…')
        {
            Some(rest.len() - rest.trim_start_matches(['.', '…']).len())
        } else if rest.starts_with('[') {
            // "[m]ost" keeps its word; "[the fund]" is an insertion.
            let end = rest.find(']').map(|end| end + 1);
            let inside_word = end.is_some_and(|end| rest[end..].starts_with(char::is_alphanumeric));
            if inside_word { None } else { end }
        } else {
            None
        };
        match cut {
            Some(len) => {
                push(start, pos);
                pos += len.max(1);
                start = pos;
            }
            None => pos += rest.chars().next().map_or(1, char::len_utf8),
        }
    }
    push(start, text.len());
    found
}
