//! The frame of a mention: the words that tell what it measures, about whom, when and where,
//! each with how closely it belongs to the mention.

use super::beside::{Beside, Mark};
use super::familiar::familiarity;
use super::heads::{Head, Tie, age, belongs, governor, predicate};
use super::measure::{Dimension, Measure};
use super::words::{TermId, Token, Vocabulary, Words};
use crate::document::{BlockKind, Document};
use crate::hash::HashMap;
use crate::lexicon::terms;
use crate::parse::Mention;
use crate::source::Span;
use crate::value::date::{Clock, DateValue};
use crate::value::{Date, Qualifier, Value};

/// How fast a word's bond fades with every content word between it and the mention.
const FADE: f32 = 0.22;
/// What stands before a figure binds a little less than what follows it ("288 crimes").
const LEFT: f32 = 0.9;
/// The same for a date, whose frame is the whole event.
const DATE_FADE: f32 = 0.06;
/// What a date's bond keeps of the loss at a comma, a conjunction or another figure.
const DATE_LOSS: f32 = 0.35;
/// Bond left after crossing a comma, a bracket or dash, a colon or semicolon.
const BREAKS: [f32; 3] = [0.85, 0.7, 0.55];
/// Bond left after crossing "and", "but", "while": a new clause may begin.
const CONJUNCTION: f32 = 0.75;
/// Bond left after crossing another mention of the same sort, which has its own words.
const RIVAL: f32 = 0.45;
/// The same for names: most of what a sentence tells concerns all that it names.
const NAME_RIVAL: f32 = 0.85;
/// A word of the same sentence never falls below this.
const SENTENCE: f32 = 0.14;
/// Words of the sentence before, for pronouns.
const SENTENCE_BEFORE: f32 = 0.08;
/// The same for one that goes on with it: "Half of that came later".
const WENT_BEFORE: f32 = 0.3;
/// The same for the figures of one that tells more of its subject: "It is four euros".
const TOLD_OF: f32 = 0.2;
/// Words that open such a sentence.
const TELLS_OF: [&str; 2] = ["It ", "They "];
/// Words of a question, for the sentences that may answer it ...
const ASKED: f32 = 0.3;
/// ... so many behind it.
const ANSWERS: usize = 3;
/// Words that open a sentence which goes on with the one before.
const GOES_ON: [&str; 5] =
    ["Half of that ", "Half of it ", "Half of them ", "Most of that ", "Most of it "];
/// Words of the heading above.
const HEADING: f32 = 0.12;
/// Words of the paragraph that introduces a list.
const LEAD_IN: f32 = 0.3;
/// Words of the row header of a table cell.
const ROW: f32 = 1.0;
/// Words of the column header of a table cell.
const COLUMN: f32 = 0.7;
/// What follows an age between commas tells of the person, but not of the age.
const APPOSED: f32 = 0.35;
/// What follows "eight of the eleven" is said of the eight.
const WHOLE: f32 = 0.45;
/// The word that all ages share.
const AGE: f32 = 0.6;
/// Words that stand inside another mention ("2019", "km") tell less than plain words.
const IN_MENTION: f32 = 0.6;
/// The words of one date beside another: where two are exchanged they mislead.
const IN_DATE: f32 = 0.25;
/// What stands in brackets behind a figure ("€44m (+20%)") tells of the same thing.
const BRACKETED: f32 = 0.9;
/// "Year", "quarter" and their like, and "people", stand beside most figures of a report.
const COMMON_WORD: f32 = 0.5;
/// The numbers beside a figure: where two are exchanged they mislead.
const IN_FIGURE: f32 = 0.4;

/// So many words and marks on each side make up a frame: a sentence has no more.
const WINDOW: usize = 160;
/// How far a measure looks back, in bytes.
const LOOK_BACK: usize = 160;

/// Words after which a figure is the one compared with, not the one reported.
const COMPARED: &[&str] = &["from", "against", "than", "with", "versus", "vs"];
const CONJUNCTIONS: &[&str] =
    &["and", "but", "while", "whereas", "although", "as", "which", "who", "or"];

/// One word of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bond {
    /// The word, as a term of the reference.
    pub term: TermId,
    /// How closely it belongs to the mention, 0 to 1.
    pub weight: f32,
    /// Number of the word in the frame; alternatives of one word (synonyms) share it.
    pub word: u32,
}

/// The words round a mention.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// The words, alternatives of one word side by side, best first.
    pub bonds: Vec<Bond>,
    /// Sum over the words of weight times rarity: what a perfect match would score.
    pub mass: f32,
    /// The figure is one that another is compared with ("from 382", "against 13.5%").
    pub compared: bool,
    /// Words of the sentence before the mention but for the nearest: whom it is about.
    pub subject: Vec<TermId>,
    /// For a name, the words that its place in the sentence hangs on.
    pub heads: Vec<Head>,
}

/// A mention with its frame: a fact of a reference, or a claim of a derivative.
#[derive(Debug, Clone)]
pub struct Statement {
    /// What was read, and where.
    pub mention: Mention,
    /// The figure or duration in base units.
    pub measure: Option<Measure>,
    /// Number of the block.
    pub block: u32,
    /// The sentence it stands in.
    pub sentence: Span,
    /// Its words.
    pub frame: Frame,
    /// The words right beside it; none in a table cell.
    pub beside: Beside,
    /// How much of what its block speaks of the reference speaks of too, 0 to 1.
    pub familiar: f32,
}

/// A passage of which the reference knows less than this is background. Set where most findings in
/// texts that are held against reports of other things fall away, and hardly one in texts of their
/// own report does.
const FAMILIAR: f32 = 0.55;
/// One of which it knows this much tells what the report tells.
pub(crate) const AT_HOME: f32 = 0.7;

impl Statement {
    /// A name of a passage that is background: nothing is held against it, so that it needs no words.
    fn bare(mention: Mention, block: u32, sentence: Span) -> Self {
        let (frame, beside) = (Frame::default(), Beside::default());
        Statement { mention, measure: None, block, sentence, frame, beside, familiar: 0.0 }
    }

    /// The qualifier of a date: "by" Friday, "since" May.
    pub fn date_qualifier(&self) -> Option<Qualifier> {
        match &self.mention.value {
            Value::Date(date) => date.qualifier,
            _ => None,
        }
    }

    /// The time of day that it is, if it is one.
    pub fn clock(&self) -> Option<Clock> {
        match &self.mention.value {
            Value::Date(Date { value: DateValue::Time { clock, .. }, .. }) => *clock,
            _ => None,
        }
    }

    /// What stands in its sentence before one of its places.
    pub fn until(&self, at: u32) -> Span {
        Span { start: self.sentence.start.min(at), end: at }
    }

    /// What stands in its sentence behind it.
    pub fn behind(&self) -> Span {
        let start = self.mention.span.end;
        Span { start, end: self.sentence.end.max(start) }
    }

    /// Whether it is a number with "points" behind it: percentage points, where shares stand beside it.
    pub fn counts_points(&self) -> bool {
        let count = |measure: &Measure| measure.dimension == Dimension::Count;
        self.measure.as_ref().is_some_and(count)
            && self.beside.next() == Some(Mark::content("point"))
    }

    /// Whether its passage is about something else than the reference: what it tells is news to the
    /// report and contradicts nothing.
    pub fn is_background(&self) -> bool {
        self.familiar < FAMILIAR
    }

    /// Whether its passage tells what the reference tells, so that a fact needs less to contradict it.
    pub fn is_at_home(&self) -> bool {
        self.familiar >= AT_HOME
    }
}

/// A word or mark of a sentence.
pub(super) struct Item<'a> {
    /// A word that carries a topic.
    pub(super) stem: Option<TermId>,
    /// A word that carries none.
    pub(super) function: Option<&'a str>,
    /// How strongly a mark parts clauses; 0 for words.
    pub(super) strength: u8,
    /// The mention that it is part of.
    pub(super) mention: Option<usize>,
    at: u32,
}

/// How the words of a text become terms of a reference: its own are, those of a derivative are
/// looked up, with their synonyms.
pub trait Terms<'a> {
    /// The words of the text.
    fn words(&self) -> &'a Words;
    /// The terms that one of the words may stand for, with how safely, the safest first; none if
    /// the reference has no such word.
    fn terms(&mut self, word: TermId) -> &[(TermId, f32)];
    /// Rarity of a term.
    fn rarity(&self, term: TermId) -> f32;
    /// Rarity of a word without a term.
    fn rarity_unknown(&self) -> f32;
    /// How much of what a block of the text speaks of the reference speaks of too, 0 to 1.
    fn familiarity(&mut self, document: &Document, block: usize) -> f32;
}

/// Looks the words of a text up in a reference's vocabulary, each once.
pub struct LookUp<'a> {
    vocabulary: &'a Vocabulary,
    words: &'a Words,
    /// By word: where in `terms` its terms stand, once it was asked for.
    known: Vec<Option<(u32, u32)>>,
    terms: Vec<(TermId, f32)>,
    /// By block, once it was asked for: its figures and its names both do.
    familiar: HashMap<usize, f32>,
}

impl<'a> LookUp<'a> {
    /// For the words of one text.
    pub fn new(vocabulary: &'a Vocabulary, words: &'a Words) -> Self {
        let (terms, familiar) = (Vec::new(), HashMap::default());
        LookUp { vocabulary, words, known: vec![None; words.len()], terms, familiar }
    }

    /// The words of the reference.
    pub fn vocabulary(&self) -> &'a Vocabulary {
        self.vocabulary
    }
}

/// How far a word that the reference never uses counts against a match: paraphrase is no error.
const UNKNOWN: f32 = 0.35;

impl<'a> Terms<'a> for LookUp<'a> {
    fn words(&self) -> &'a Words {
        self.words
    }
    fn terms(&mut self, word: TermId) -> &[(TermId, f32)] {
        let (from, to) = *self.known[word as usize].get_or_insert_with(|| {
            let from = self.terms.len() as u32;
            let stem = self.words.stem(word);
            self.terms.extend(self.vocabulary.get(stem).map(|term| (term, 1.0)));
            for &(other, weight) in terms::related(stem) {
                self.terms.extend(self.vocabulary.get(other).map(|term| (term, weight)));
            }
            (from, self.terms.len() as u32)
        });
        &self.terms[from as usize..to as usize]
    }
    fn rarity(&self, term: TermId) -> f32 {
        self.vocabulary.rarity(term)
    }
    fn rarity_unknown(&self) -> f32 {
        self.vocabulary.rarity_unknown()
    }
    fn familiarity(&mut self, document: &Document, block: usize) -> f32 {
        if let Some(&known) = self.familiar.get(&block) {
            return known;
        }
        let found = familiarity(document, block, self);
        self.familiar.insert(block, found);
        found
    }
}

/// Takes words as they are: the reference's own.
pub struct Own<'a> {
    vocabulary: &'a Vocabulary,
    asked: [(TermId, f32); 1],
}

impl<'a> Own<'a> {
    /// For the words of the reference itself.
    pub fn new(vocabulary: &'a Vocabulary) -> Self {
        Own { vocabulary, asked: [(0, 1.0)] }
    }
}

impl<'a> Terms<'a> for Own<'a> {
    fn words(&self) -> &'a Words {
        self.vocabulary.words()
    }
    fn terms(&mut self, word: TermId) -> &[(TermId, f32)] {
        self.asked = [(word, 1.0)];
        &self.asked
    }
    fn rarity(&self, term: TermId) -> f32 {
        self.vocabulary.rarity(term)
    }
    fn rarity_unknown(&self) -> f32 {
        self.vocabulary.rarity_unknown()
    }
    fn familiarity(&mut self, _: &Document, _: usize) -> f32 {
        1.0
    }
}

/// Builds the statements of a document from its mentions, which must be in order.
pub fn statements<'a>(
    document: &Document,
    mentions: impl IntoIterator<Item = Mention>,
    terms: &mut impl Terms<'a>,
) -> Vec<Statement> {
    let mut rest = mentions.into_iter().peekable();
    let mut found = Vec::with_capacity(rest.size_hint().0);
    for (number, block) in document.blocks.iter().enumerate() {
        for (nth, &sentence) in block.sentences.iter().enumerate() {
            let mut here = Vec::new();
            while let Some(mention) = rest.next_if(|m| m.span.start < sentence.end) {
                here.push(mention);
            }
            if !here.is_empty() {
                let familiar = terms.familiarity(document, number);
                let first = found.len();
                if familiar < FAMILIAR && here.iter().all(is_name) {
                    let block = number as u32;
                    found.extend(
                        here.into_iter().map(|name| Statement::bare(name, block, sentence)),
                    );
                } else {
                    sentence_statements(document, number, nth, here, terms, &mut found);
                }
                found[first..].iter_mut().for_each(|claim| claim.familiar = familiar);
            }
        }
    }
    found
}

fn sentence_statements<'a>(
    document: &Document,
    block: usize,
    nth: usize,
    mentions: Vec<Mention>,
    terms: &mut impl Terms<'a>,
    found: &mut Vec<Statement>,
) {
    let words = terms.words();
    let sentence = document.blocks[block].sentences[nth];
    let items = items(document, words, sentence, &mentions);
    let names = mentions.iter().all(is_name);
    let context = context_words(document, words, (block, nth), names);
    let Span { start, end } = document.blocks[block].span;
    let measures: Vec<Option<Measure>> = mentions
        .iter()
        .map(|mention| {
            let before = last(document.slice(Span { start, end: mention.span.start }));
            let after = document.slice(Span { start: mention.span.end, end });
            Measure::of(mention, before, after)
        })
        .collect();
    let frames: Vec<Frame> = measures
        .iter()
        .enumerate()
        .map(|(number, measure)| {
            frame(&items, &mentions, number, measure.as_ref(), &context, terms)
        })
        .collect();
    let cell = matches!(document.blocks[block].kind, BlockKind::Cell(_));
    let sides: Vec<Beside> = mentions
        .iter()
        .map(|mention| if cell { Beside::default() } else { beside(&items, words, mention.span) })
        .collect();
    let parts = measures.into_iter().zip(frames).zip(sides);
    for (mention, ((measure, frame), beside)) in mentions.into_iter().zip(parts) {
        let block = block as u32;
        found.push(Statement { mention, measure, block, sentence, frame, beside, familiar: 1.0 });
    }
}

/// The words beside a mention.
fn beside(items: &[Item<'_>], words: &Words, mention: Span) -> Beside {
    let first = items.partition_point(|item| item.at < mention.start);
    let after = items.partition_point(|item| item.at < mention.end);
    let mark = |item: &Item<'_>| match (&item.stem, item.function) {
        (Some(stem), _) => Some(words.mark(*stem)),
        (None, Some(word)) => Some(Mark::function(word)),
        (None, None) => None,
    };
    Beside::new(
        items[..first].iter().rev().filter_map(mark),
        items[after..].iter().filter_map(mark),
    )
}

/// The last words of a text.
fn last(text: &str) -> &str {
    let mut from = text.len().saturating_sub(LOOK_BACK);
    while !text.is_char_boundary(from) {
        from -= 1;
    }
    &text[from..]
}

fn items<'d>(
    document: &'d Document,
    words: &Words,
    sentence: Span,
    mentions: &[Mention],
) -> Vec<Item<'d>> {
    let mut next = 0;
    // "Scientists in Holm": a common word that has its capital from opening the sentence names
    // nobody.
    let plain = |mention: &Mention, span: Span, token: Token| {
        let common = |stem| !terms::related(words.stem(stem)).is_empty();
        is_name(mention)
            && mention.span == span
            && span.start == sentence.start
            && matches!(token, Token::Word(stem) if common(stem))
    };
    let tokens = words.within(sentence);
    let mut items: Vec<Item> = Vec::with_capacity(tokens.len());
    for &(span, token) in tokens {
        while mentions.get(next).is_some_and(|m| m.span.end <= span.start) {
            next += 1;
        }
        let mention = mentions.get(next).filter(|m| m.span.overlaps(span));
        let mention = mention.filter(|m| !plain(m, span, token)).map(|_| next);
        let item = Item { stem: None, function: None, strength: 0, mention, at: span.start };
        // A figure is one item, its number.
        if let Some(number) = mention
            && matches!(mentions[number].value, Value::Figure(_))
        {
            if items.last().is_none_or(|last| last.mention != mention) {
                items.push(Item { stem: words.number(&mentions[number]), ..item });
            }
            continue;
        }
        items.push(match token {
            Token::Word(stem) => Item { stem: Some(stem), ..item },
            Token::Function => Item { function: Some(document.slice(span)), ..item },
            Token::Break(_) if mention.is_some() => continue,
            Token::Break(strength) => Item { strength, ..item },
        });
    }
    items
}

/// Words from outside a sentence, of which a block has several: table headers, heading, lead-in, the sentence
/// before. `names` tells whether they are for names.
fn context_words(
    document: &Document,
    words: &Words,
    (block, nth): (usize, usize),
    names: bool,
) -> Vec<(TermId, f32)> {
    let mut found = Vec::new();
    let mut add = |span: Span, weight: f32| {
        found.extend(words.terms_within(span).map(|term| (term, weight)));
    };
    if matches!(document.blocks[block].kind, BlockKind::Cell(_)) {
        if let Some(row) = document.row_header(block) {
            add(document.blocks[row].span, ROW);
        }
        if let Some(column) = document.column_header(block) {
            add(document.blocks[column].span, COLUMN);
        }
    }
    if let Some(heading) = document.heading_of(block) {
        add(document.blocks[heading].span, HEADING);
    }
    if let Some(lead_in) = document.lead_in(block) {
        add(document.blocks[lead_in].span, LEAD_IN);
    }
    let (before, rest) = document.blocks[block].sentences.split_at(nth);
    let text = |sentence: &Span| document.slice(*sentence).trim_end();
    if let Some(&before) = before.last() {
        let opens = |words: &[&str]| {
            rest.first().is_some_and(|here| words.iter().any(|word| text(here).starts_with(word)))
        };
        add(
            before,
            match () {
                () if opens(&GOES_ON) => WENT_BEFORE,
                () if !names && opens(&TELLS_OF) => TOLD_OF,
                () => SENTENCE_BEFORE,
            },
        );
    }
    let asked = before.iter().rev().take(ANSWERS).find(|sentence| text(sentence).ends_with('?'));
    if let Some(&asked) = asked {
        add(asked, ASKED);
    }
    found
}

fn is_date(mention: &Mention) -> bool {
    matches!(mention.value, Value::Date(_) | Value::Set(_))
}

fn is_name(mention: &Mention) -> bool {
    matches!(mention.value, Value::Name(_))
}

fn frame<'a>(
    items: &[Item<'_>],
    mentions: &[Mention],
    mention: usize,
    measure: Option<&Measure>,
    context: &[(TermId, f32)],
    terms: &mut impl Terms<'a>,
) -> Frame {
    let own = &mentions[mention];
    let tells_age = measure.is_some_and(|measure| measure.age);
    // "Anna Lind, 48, said": the age is hers, whatever she said.
    let apposed = tells_age && matches!(own.value, Value::Figure(_));
    let first = items.partition_point(|item| item.at < own.span.start);
    let after = items.partition_point(|item| item.at < own.span.end);
    let items = &items[..items.len().min(after + WINDOW)];
    let (skipped, items) = items.split_at(first.saturating_sub(WINDOW));
    let (first, after) = (first - skipped.len(), after - skipped.len());
    let text = terms.words();
    let mut words = Vec::with_capacity(items.len() + context.len());
    let comma = usize::from(apposed && first > 0);
    let beside = bracketed(&items[..first], mentions, own);
    let (skipped, base) = if beside > 0 { (beside, BRACKETED) } else { (comma, LEFT) };
    walk(items[..first - skipped].iter().rev(), base, (mentions, own), text, &mut words);
    let right = if apposed {
        APPOSED
    } else if whole(&items[..first], mentions, own) {
        WHOLE
    } else {
        1.0
    };
    walk(items[after..].iter(), right, (mentions, own), text, &mut words);
    words.extend(text.age().filter(|_| tells_age).map(|word| (word, AGE)));
    words.extend_from_slice(context);
    // Each word once, with its closest bond. Their order must not hang on what else the document
    // says, as the numbers of the words do: sums of floats depend on it.
    let mut words: Vec<(Mark, TermId, f32)> =
        words.into_iter().map(|(word, weight)| (text.mark(word), word, weight)).collect();
    words.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    words.dedup_by_key(|word| word.1);
    let mut frame = Frame { bonds: Vec::with_capacity(words.len()), ..Frame::default() };
    for (number, (_, stem, weight)) in (0..).zip(words) {
        let mut first = None;
        for &(term, safety) in terms.terms(stem) {
            first = first.or(Some(term));
            frame.bonds.push(Bond { term, weight: weight * safety, word: number });
        }
        let rarity = match first {
            Some(term) => terms.rarity(term),
            None => terms.rarity_unknown() * UNKNOWN,
        };
        frame.mass += weight * rarity;
    }
    let before = items[..first].iter().rev().filter(|item| item.mention.is_none());
    for stem in before.filter_map(|item| item.stem).skip(1) {
        frame.subject.extend(terms.terms(stem).first().map(|(term, _)| *term));
    }
    if let Value::Name(name) = &own.value {
        // A title is borne by many.
        let number = |word: TermId| text.stem(word).parse::<u16>().is_ok();
        let governor = governor(&items[..first], number).filter(|_| name.titles.is_empty());
        let predicate = predicate(&items[after..]).filter(|_| !belongs(&items[..first]));
        let years = |word: TermId| text.stem(word).parse::<u8>().is_ok();
        let age = age(&items[after..], years).map(|age| (Tie::Age, age));
        for (tie, word) in [governor, predicate, age].into_iter().flatten() {
            frame.heads.extend(terms.terms(word).iter().map(|&(term, _)| Head { tie, term }));
        }
    }
    let mut before = items[..first].iter().rev().map(|item| item.function);
    let mut word = before.next().flatten();
    // "38,200 more than in 2017"
    if is_date(own) && word.is_some_and(|word| word == "in") {
        word = before.next().flatten();
    }
    // "Twice as many as in 2025"
    let as_then = is_date(own) && word.is_some_and(|word| word.eq_ignore_ascii_case("as"));
    frame.compared = as_then
        || word.is_some_and(|word| COMPARED.iter().any(|known| known.eq_ignore_ascii_case(word)));
    frame
}

/// Whether a figure is the whole of which the one before it is a part: "eight of the eleven".
fn whole(before: &[Item<'_>], mentions: &[Mention], own: &Mention) -> bool {
    let figure = |mention: &Mention| matches!(mention.value, Value::Figure(_));
    let mut words = before.iter().rev().peekable();
    let of_whom = ["the", "our", "their", "its", "his", "her", "these", "those", "all"];
    let of_whom = |word: &str| of_whom.iter().any(|known| known.eq_ignore_ascii_case(word));
    words.next_if(|item| item.function.is_some_and(of_whom));
    let of = words.next().and_then(|item| item.function);
    let part = words.next().and_then(|item| item.mention);
    figure(own)
        && of.is_some_and(|word| word.eq_ignore_ascii_case("of"))
        && part.is_some_and(|part| figure(&mentions[part]))
}

/// For a figure that opens a bracket behind another figure, the items of the bracket and of that
/// figure; else 0.
fn bracketed(before: &[Item<'_>], mentions: &[Mention], own: &Mention) -> usize {
    let [.., last] = before else { return 0 };
    let other = |item: &Item<'_>| item.mention.filter(|_| item.strength == 0);
    let Some(figure) = before.iter().rev().nth(1).and_then(other) else { return 0 };
    let figures =
        matches!(mentions[figure].value, Value::Figure(_)) && matches!(own.value, Value::Figure(_));
    if last.strength != 2 || last.mention.is_some() || !figures {
        return 0;
    }
    1 + before.iter().rev().skip(1).take_while(|item| item.mention == Some(figure)).count()
}

/// Collects the words on one side of a mention, nearest first, each with its bond.
fn walk<'i, 'd: 'i>(
    side: impl Iterator<Item = &'i Item<'d>>,
    base: f32,
    (mentions, own): (&[Mention], &Mention),
    text: &Words,
    words: &mut Vec<(TermId, f32)>,
) {
    let date = is_date(own);
    let event = date || is_name(own);
    let fade = if event { DATE_FADE } else { FADE };
    let kept = |bond: f32| if event { 1.0 - (1.0 - bond) * DATE_LOSS } else { bond };
    // The other names of a sentence are what tells a name's place best.
    let within = if is_name(own) {
        1.0
    } else if date {
        IN_MENTION
    } else {
        IN_FIGURE
    };
    let mut bond = base;
    let mut distance = 0.0;
    let mut crossing = None;
    for item in side {
        if item.mention != crossing {
            if let Some(other) = item.mention {
                bond *= if is_name(own) {
                    NAME_RIVAL
                } else if is_date(&mentions[other]) == is_date(own) {
                    RIVAL
                } else {
                    0.95
                };
            }
            crossing = item.mention;
        }
        if item.strength > 0 {
            bond *= kept(BREAKS[usize::from(item.strength.min(3)) - 1]);
        } else if let Some(word) = item.function {
            if CONJUNCTIONS.contains(&word) {
                bond *= kept(CONJUNCTION);
            }
        } else if let Some(stem) = item.stem {
            let weight = (bond / (1.0 + fade * distance)).max(SENTENCE);
            let tells = match item.mention {
                Some(other) if date && is_date(&mentions[other]) => IN_DATE,
                Some(_) => within,
                None if text.is_common(stem) => COMMON_WORD,
                None => 1.0,
            };
            words.push((stem, weight * tells));
            distance += 1.0;
        }
    }
}
