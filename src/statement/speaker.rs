//! Who said a quotation: the words round it, the turn of a transcript, the heading of a speech.

use std::collections::{HashMap, HashSet};

use crate::document::{BlockKind, Document};
use crate::lexicon::people::Gender;
use crate::lexicon::{kinds, names, people, roles};
use crate::parse::Mention;
use crate::parse::name::{Lead, Run};
use crate::source::Span;
use crate::value::Value;
use crate::value::quote::{Marks, Speaker};

/// How many words from the quotation a speaker may be named.
const REACH: usize = 14;
/// How many blocks back "he said" may find its speaker.
const PRONOUN_REACH: usize = 2;
/// How many words from the verb of speech a speaker may be named.
const NAME_REACH: usize = 9;

/// Sets the speaker of each quotation where the text tells who it is.
///
/// `names` are the names of the document.
pub fn attribute(document: &Document, names: &[Run], quotes: &mut [Mention]) {
    if quotes.is_empty() {
        return;
    }
    let turns = turns(document);
    let spans: Vec<Span> = quotes.iter().map(|quote| quote.span).collect();
    let mut cast = Cast::new(document, names, &spans);
    let mut block = 0;
    // The last speaker who was named, in which block and where.
    let mut last: Option<(usize, Speaker)> = None;
    for number in 0..quotes.len() {
        let span = quotes[number].span;
        while document.blocks.get(block).is_some_and(|b| b.span.end < span.end) {
            block += 1;
        }
        let Some(here) = document.blocks.get(block).filter(|b| b.span.contains(span)) else {
            continue;
        };
        let around = Around::new(document, here.span, &spans, number);
        let subject = around.subject(document, &cast);
        let (found, resolved) = match subject {
            Some(Subject::Named(speaker)) => {
                last = Some((block, speaker.clone()));
                (Some(speaker), false)
            }
            Some(Subject::Pronoun { word, cue, at }) => {
                let reach = |(at, _): &&(usize, Speaker)| block - at <= PRONOUN_REACH;
                let earlier = last.as_ref().filter(reach).map(|(_, speaker)| speaker);
                let near = document.blocks[block.saturating_sub(PRONOUN_REACH)].span.start;
                let meant = cast.antecedent(document, &word, near..at, earlier).map(|name| {
                    let cue = Some(cue.clone());
                    Speaker {
                        name: document.slice(name).to_owned(),
                        span: name,
                        cue,
                        resolved: true,
                    }
                });
                if let Some(speaker) = &meant {
                    cast.learn(&speaker.name, &word);
                    last = Some((block, speaker.clone()));
                }
                (meant, true)
            }
            // "..." he said. "...": the words behind the first speak for the second too.
            None => {
                let before = number.checked_sub(1).map(|before| &quotes[before]);
                let goes_on = before.is_some_and(|before| {
                    here.span.contains(before.span)
                        || matches!(&before.value, Value::Quote(quote) if quote.unclosed)
                });
                let speaker = match before.map(|before| &before.value) {
                    Some(Value::Quote(quote)) if goes_on => quote.speaker.clone(),
                    _ => None,
                };
                // A paragraph that is a quotation and nothing else: whoever was spoken of before.
                let alone = || {
                    let near =
                        block.checked_sub(1).map(|before| document.blocks[before].span.start)?;
                    let earlier = last.as_ref().filter(|(at, _)| block - at <= 1);
                    let name = cast.antecedent(
                        document,
                        "",
                        near..span.start,
                        earlier.map(|(_, speaker)| speaker),
                    )?;
                    Some(speaker_at(document, name, None))
                };
                let resolved = speaker.is_none();
                (speaker.or_else(|| around.alone.then(alone).flatten()), resolved)
            }
        };
        let turn = || turns[block].clone().map(|speaker| (speaker, false));
        let found = found.map(|speaker| (speaker, resolved)).or_else(turn);
        if let Value::Quote(quote) = &mut quotes[number].value {
            quote.speaker = found.map(|(speaker, resolved)| Speaker {
                resolved: speaker.resolved || resolved,
                ..speaker
            });
            if quote.marks == Marks::Block {
                quote.speaker = None;
            }
        }
    }
}

/// The words beside a quotation that may name its speaker.
struct Around {
    /// The rest of the sentence before it, from the quotation before on.
    before: Span,
    /// The rest of the sentence behind it, up to the next quotation.
    behind: Span,
    /// What stands before belongs to this quotation: "Lind said:", "said that".
    introduced: bool,
    /// What stands behind introduces the next quotation.
    onward: bool,
    /// Nothing else stands in the block.
    alone: bool,
}

impl Around {
    fn new(document: &Document, block: Span, spans: &[Span], number: usize) -> Self {
        let span = spans[number];
        let sentence = |at: u32| document.sentence_at(at).map_or(block, |(_, sentence)| sentence);
        let earlier = number.checked_sub(1).map_or(block.start, |before| spans[before].end);
        let next = spans.get(number + 1).filter(|next| next.start <= block.end);
        let start = earlier.max(block.start).max(sentence(span.start).start).min(span.start);
        let end = sentence(span.end.saturating_sub(1)).end.min(block.end);
        let until = |end: u32| next.map_or(end, |next| end.min(next.start)).max(span.end);
        // `"Will it work?" Lind asked.`: what follows is a sentence of its own only for its capital.
        let asked = document.slice(span).trim_end_matches(|c: char| !is_end(c));
        let end = match asked.ends_with(['!', '?']) && end <= span.end {
            true => {
                let further = until(sentence(span.end + 1).end.min(block.end));
                let tail = document.slice(Span { start: span.end, end: further });
                if credits(tail) { further } else { end }
            }
            false => end,
        };
        let end = until(end);
        let before = Span { start, end: span.start };
        let behind = Span { start: span.end, end };
        let lead = document.slice(before).trim_end();
        let introduced = lead.ends_with([':', ',']) || lead.ends_with(" that");
        let inner =
            document.slice(span).trim_end_matches(|c: char| !c.is_alphanumeric() && !is_end(c));
        let tail = document.slice(behind);
        // "... a 'shambles' Prosecutors said": a sentence without its full stop.
        let parted = !lead.is_empty()
            && !introduced
            && inner.ends_with(char::is_alphanumeric)
            && tail.trim_start().starts_with(char::is_uppercase)
            && document.slice(span).contains(' ');
        let stops = tail.contains(['.', '!', '?']);
        let onward = parted || inner.ends_with('.') && next.is_some() && !stops;
        let alone = before.start <= block.start
            && lead.is_empty()
            && document.slice(Span { start: span.end, end: block.end }).trim().is_empty();
        Around { before, behind, introduced, onward, alone }
    }

    fn subject(&self, document: &Document, cast: &Cast) -> Option<Subject> {
        let ahead = || named(document, cast, self.before, false);
        let after = || match self.onward {
            true => None,
            false => credited(document, cast, self.behind)
                .or_else(|| named(document, cast, self.behind, true)),
        };
        let colon = || {
            // "Lind was blunt: ..."
            let text = document.slice(self.before).trim_end();
            let first = text.ends_with(':').then(|| cast.within(self.before).next()).flatten()?;
            let speaker = speaker_at(document, first.titles_span.join(first.span), None);
            Some(Subject::Named(Speaker { resolved: true, ..speaker }))
        };
        match self.introduced {
            true => ahead().or_else(colon).or_else(after),
            false => after().or_else(ahead),
        }
    }
}

/// How many words behind a quotation its verb of speech may stand: "Lind, the mayor of Bergen, asked".
const CREDIT_REACH: usize = 9;

/// Whether a sentence behind a quotation tells who said it, and leads to no other one.
fn credits(tail: &str) -> bool {
    let mut words = tail.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    tail.starts_with(' ')
        && !tail.trim_end().ends_with([':', ','])
        && words
            .by_ref()
            .take(CREDIT_REACH)
            .any(|word| people::is_speech_verb(&word.to_lowercase()))
}

fn is_end(c: char) -> bool {
    matches!(c, '.' | ',' | '!' | '?' | '-' | '–' | '—' | '…' | ';' | ':')
}

/// The persons of a document.
struct Cast {
    /// Names outside quotations, in order.
    runs: Vec<Run>,
    /// Last words of names that may be persons': they come with a title or a first name.
    surnames: HashSet<String>,
    /// Those of names that the text shows to be persons'.
    shown: HashSet<String>,
    /// Who is known to be a man or a woman, by last name.
    genders: HashMap<String, Gender>,
}

impl Cast {
    fn new(document: &Document, all: &[Run], quotes: &[Span]) -> Self {
        let mut cast = Cast {
            runs: Vec::new(),
            surnames: HashSet::new(),
            shown: HashSet::new(),
            genders: HashMap::new(),
        };
        let alone = |run: &&Run| run.words.len() == 1 && !run.starts_sentence;
        let alone: HashSet<&str> = all.iter().filter(alone).map(|run| &*run.text).collect();
        for run in all {
            let at = quotes.partition_point(|quote| quote.end <= run.span.start);
            let quoted = quotes.get(at).is_some_and(|quote| quote.contains(run.span));
            let Some((last, _)) = run.words.last() else { continue };
            if quoted || run.words.iter().all(|(word, _)| is_opener(word)) {
                continue;
            }
            let whole = run.words.len() > 1 && !kinds::is_place(&run.text);
            if may_speak(run) && (whole || !run.titles.is_empty()) {
                cast.surnames.insert(last.clone());
                if alone.contains(&**last) || shows_person(document, run) {
                    cast.shown.insert(last.clone());
                }
            }
            let title = run.titles.iter().find_map(|title| people::gender(title));
            if let Some(gender) = title.or_else(|| gender_beside(document, run)) {
                cast.genders.entry(last.clone()).or_insert(gender);
            }
            cast.runs.push(run.clone());
        }
        cast
    }

    /// The names inside a stretch of text that may be persons'.
    fn within(&self, span: Span) -> impl Iterator<Item = &Run> {
        let first = self.runs.partition_point(|run| run.span.start < span.start);
        let inside = self.runs[first..].iter().take_while(move |run| run.span.end <= span.end);
        inside.filter(|run| may_speak(run) && !self.is_place(run))
    }

    /// Whether a name is a place's or a people's and nobody of the cast has it: "New Hampshire".
    fn is_place(&self, run: &Run) -> bool {
        run.titles.is_empty()
            && (kinds::is_place(&run.text) || kinds::is_nationality(&run.text))
            && !run.words.last().is_some_and(|(last, _)| self.surnames.contains(last))
    }

    /// All names inside a stretch of text.
    fn names(&self, span: Span) -> impl Iterator<Item = &Run> {
        let first = self.runs.partition_point(|run| run.span.start < span.start);
        self.runs[first..].iter().take_while(move |run| run.span.end <= span.end)
    }

    fn is_person(&self, run: &Run) -> bool {
        may_speak(run) && run.words.last().is_some_and(|(last, _)| self.surnames.contains(last))
    }

    fn fits(&self, name: &str, pronoun: &str) -> bool {
        let surname = name.rsplit([' ', '.']).next().unwrap_or_default();
        match (self.genders.get(surname), people::pronoun_gender(pronoun)) {
            (Some(known), Some(asked)) => *known == asked,
            _ => true,
        }
    }

    /// Whom a pronoun means was settled: the next pronoun of the other kind means somebody else.
    fn learn(&mut self, name: &str, pronoun: &str) {
        let surname = name.rsplit([' ', '.']).next().unwrap_or_default();
        if let Some(gender) = people::pronoun_gender(pronoun) {
            self.genders.entry(surname.to_owned()).or_insert(gender);
        }
    }

    /// Whom a pronoun means: the subject of the nearest sentence before it that speaks of a person
    /// who fits, or who was the last to speak since.
    fn antecedent(
        &self,
        document: &Document,
        pronoun: &str,
        within: std::ops::Range<u32>,
        earlier: Option<&Speaker>,
    ) -> Option<Span> {
        let span = Span { start: within.start, end: within.end };
        let earlier = earlier.filter(|speaker| self.fits(&speaker.name, pronoun));
        let fitting = |run: &&Run| {
            self.is_person(run)
                && run.words.last().is_some_and(|(last, _)| self.fits(last, pronoun))
        };
        // The first person of each sentence; the last sentence that has one counts.
        let subject = |shown: bool| {
            let mut sentence: Option<Span> = None;
            let mut subject: Option<&Run> = None;
            for run in self.names(span).filter(fitting) {
                let own = document.sentence_at(run.span.start).map(|(_, sentence)| sentence);
                let known = run.words.last().is_some_and(|(last, _)| self.shown.contains(last));
                if (known || !shown) && (sentence.is_none() || own != sentence) {
                    (sentence, subject) = (own, Some(run));
                }
            }
            subject
        };
        let since = |run: &&Run| earlier.is_none_or(|speaker| speaker.span.end < run.span.start);
        let run = subject(true).filter(since);
        let run = run.or_else(|| subject(false).filter(|_| earlier.is_none()));
        match run {
            Some(run) => Some(run.titles_span.join(run.span)),
            None => earlier.map(|speaker| speaker.span),
        }
    }
}

/// Whether the words beside a name show that it is a person's: a title, an age or an office behind it,
/// an office before it, a verb of speech on either side.
fn shows_person(document: &Document, run: &Run) -> bool {
    let Some((_, sentence)) = document.sentence_at(run.span.start) else { return false };
    let letters = |c: char| !c.is_alphanumeric();
    let before = document.slice(Span { start: sentence.start, end: run.span.start });
    let after = document.slice(Span { start: run.span.end, end: sentence.end });
    let known = |word: &str| {
        let lower = word.to_lowercase();
        people::is_speech_verb(&lower) || roles::is_person(&lower)
    };
    let beside = || {
        let last = before.trim_end().rsplit(letters).next().unwrap_or_default();
        let next = after.strip_prefix(' ').and_then(|tail| tail.split(letters).next());
        known(last) || next.is_some_and(|word| people::is_speech_verb(&word.to_lowercase()))
    };
    let apposed = || {
        let phrase = apposition(after)?;
        let aged = phrase.starts_with(|c: char| c.is_ascii_digit());
        Some(aged || phrase.split(letters).take(APPOSED).any(known))
    };
    !run.titles.is_empty() || beside() || apposed().unwrap_or(false)
}

/// How many words behind a name an office is looked for: "Anna Lind, the town's first mayor".
const APPOSED: usize = 6;

/// The phrase that explains a name, at the start of what stands behind it: ", the chairwoman,".
fn apposition(after: &str) -> Option<&str> {
    let phrase = after.strip_prefix(", ")?;
    Some(&phrase[..phrase.find([',', '.', ';', ':']).unwrap_or(phrase.len())])
}

/// Whether words beside a name tell a man from a woman: "Anna Lind, the chairwoman,".
fn gender_beside(document: &Document, run: &Run) -> Option<Gender> {
    let end = document.sentence_at(run.span.start).map_or(run.span.end, |(_, span)| span.end);
    let after = document.slice(Span { start: run.span.end, end: end.max(run.span.end) });
    apposition(after)?.split(' ').take(REACH).find_map(people::gender)
}

/// Whether a name may be that of a person who speaks.
fn may_speak(run: &Run) -> bool {
    run.lead != Lead::Place
        && !run.possessive
        // "Historian Maud Ellery" is a person, "the Historian" only described.
        && run.words.last().is_some_and(|(last, _)| roles::office(&last.to_lowercase()).is_none())
        && !run.words.iter().any(|(word, _)| {
            names::organisation_word(word)
                || word.chars().all(char::is_uppercase)
                || is_opener(word)
        })
}

/// Who a text beside a quotation says spoke.
enum Subject {
    /// By name or description.
    Named(Speaker),
    /// By pronoun, with the verb of speech and the place.
    Pronoun { word: String, cue: String, at: u32 },
}

/// The speaker of each block, where the document is a transcript or a report of speeches.
pub fn turns(document: &Document) -> Vec<Option<Speaker>> {
    let mut current: Option<Speaker> = None;
    let mut found = Vec::with_capacity(document.blocks.len());
    let label = |text: &str| text.find(':').filter(|&colon| colon <= LABEL);
    // "The CHAIR (Dr Amina Farouk):", later "The CHAIR:".
    let mut persons: HashMap<&str, Span> = HashMap::new();
    // "Anna Lind: ..." is a turn where she has more than one.
    let mut labels: HashMap<&str, usize> = HashMap::new();
    for block in &document.blocks {
        let text = document.slice(block.span);
        if let Some(colon) = label(text) {
            *labels.entry(&text[..colon]).or_default() += 1;
        }
    }
    for block in &document.blocks {
        let text = document.slice(block.span);
        let named = label(text).and_then(|colon| {
            let (start, label) = (block.span.start as usize, &text[..colon]);
            let (name, person) = told_apart(label);
            let again = || labels.get(label).is_some_and(|count| *count > 1) && is_full_name(name);
            if let Some(person) = person {
                let from = start + colon - 1 - person.len();
                let person = Span::new(from, from + person.len());
                persons.insert(name, person);
                return Some(person);
            }
            let own = || Span::new(start, start + name.len());
            (is_turn(name) || again()).then(|| persons.get(name).copied().unwrap_or_else(own))
        });
        if let Some(named) = named {
            current = Some(speaker_at(document, named, None));
        } else if text.len() <= 160 && introduces(text) {
            current = Some(speaker_at(document, block.span, None));
        } else if matches!(block.kind, BlockKind::Heading(_))
            && text.chars().any(char::is_alphabetic)
            && !text.contains("Speaker")
        {
            current = None;
        }
        found.push(current.clone());
    }
    found
}

/// A label before a turn is not longer than this, in bytes.
const LABEL: usize = 90;

/// Whom the label of a turn names, without the affiliation behind a comma or in brackets; and the
/// person in brackets behind an office: "The CHAIR (Dr Amina Farouk)".
fn told_apart(label: &str) -> (&str, Option<&str>) {
    let Some((name, rest)) = label.split_once([',', '(']) else { return (label, None) };
    let name = name.trim_end();
    let titled = |name: &&str| name.split([' ', '.']).next().is_some_and(people::is_title);
    let person = rest.strip_suffix(')').filter(titled).filter(|person| is_turn(person));
    (name, person.filter(|_| is_turn(name)))
}

/// "OYELOWO", "Dr Rundle", "The CHAIR": one to four words with capitals.
fn is_turn(words: &str) -> bool {
    let words = words.strip_prefix("The ").unwrap_or(words);
    let mut count = 0;
    let all = words.split(' ').all(|word| {
        count += 1;
        word.starts_with(char::is_uppercase)
    });
    let shouted =
        words.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase) && words.len() > 2;
    all && count <= 4 && (shouted || words.split(' ').next().is_some_and(people::is_title))
}

/// Two to four words, each with a capital.
fn is_full_name(words: &str) -> bool {
    let count = words.split(' ').count();
    (2..=4).contains(&count)
        && words
            .split(' ')
            .all(|word| word.starts_with(char::is_uppercase) && !is_opener(word) && word.len() > 1)
}

/// A line that names a speaker: a title first, a name, no sentence.
fn introduces(text: &str) -> bool {
    let first = text.split([' ', '.']).next().unwrap_or_default();
    people::is_title(first)
        && !text.ends_with(['.', '!', '?'])
        && !text.contains(". I ")
        && text.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count() >= 3
        && !text.split(' ').any(people::is_speech_verb)
}

fn speaker_at(document: &Document, span: Span, cue: Option<&str>) -> Speaker {
    let (name, cue) = (document.slice(span).to_owned(), cue.map(str::to_owned));
    Speaker { name, span, cue, resolved: false }
}

/// A name behind a dash: "..." - Anna Lind, mayor of Bergen.
fn credited(document: &Document, cast: &Cast, behind: Span) -> Option<Subject> {
    let text = document.slice(behind).trim_start();
    let name = text.strip_prefix(['—', '–', '-', '―'])?.trim_start_matches(['-', ' ']);
    let at = behind.end - name.len() as u32;
    let run = cast.within(behind).find(|run| run.titles_span.join(run.span).start == at)?;
    Some(Subject::Named(speaker_at(document, run.titles_span.join(run.span), None)))
}

/// Words that may stand between a subject and its verb of speech.
fn between_subject_and_verb(lower: &str) -> bool {
    lower.ends_with("ly")
        || matches!(
            lower,
            "has"
                | "have"
                | "had"
                | "also"
                | "then"
                | "later"
                | "once"
                | "again"
                | "would"
                | "will"
                | "could"
                | "was"
                | "is"
                | "even"
                | "still"
                | "just"
                | "often"
                | "to"
                | "have been"
                | "be"
                | "been"
                | "being"
                | "both"
                | "all"
                | "further"
                | "himself"
                | "herself"
        )
}

/// How many words before its verb a statement may be named: "a statement from the ministry read".
const UTTERANCE_REACH: usize = 6;

/// How many words may tell of what an office is before the name: "of public works and housing".
const OFFICE_REACH: usize = 8;

/// The speaker named in `span` beside a quotation: a name next to a verb of speech.
fn named(document: &Document, cast: &Cast, span: Span, behind: bool) -> Option<Subject> {
    let text = document.slice(span);
    let words: Vec<(usize, &str)> = words(text);
    let lower: Vec<String> = words.iter().map(|(_, word)| word.to_lowercase()).collect();
    let is = |at: usize, these: &[&str]| lower.get(at).is_some_and(|word| these.contains(&&**word));
    let uttered = |at: usize| {
        let front = at.saturating_sub(UTTERANCE_REACH)..at;
        front.rev().find(|&at| people::is_utterance(&lower[at]))
    };
    let is_cue = |at: usize| {
        // "his answers", "the reports" are things.
        let noun = at > 0 && is(at - 1, &["the", "a", "an", "his", "her", "their", "its", "these"]);
        people::is_speech_verb(&lower[at]) && !noun
            || (lower[at] == "to" && at > 0 && lower[at - 1] == "according")
            || (matches!(&*lower[at], "read" | "reads") && uttered(at).is_some())
    };
    let mut range: Vec<usize> = (0..words.len()).collect();
    if !behind {
        range.reverse();
    }
    let cue = range.into_iter().take(REACH).find(|&at| is_cue(at))?;
    let place = |at: usize| Span {
        start: span.start + words[at].0 as u32,
        end: span.start + (words[at].0 + words[at].1.len()) as u32,
    };
    let verb = place(cue);
    let named = |whole: Span| Some(Subject::Named(speaker_at(document, whole, Some(words[cue].1))));
    let full = |run: &Run| run.titles_span.join(run.span);
    let according = lower[cue] == "to";
    // "he said", "she has also said", "said he".
    const PRONOUNS: [&str; 3] = ["he", "she", "they"];
    let mut left = cue;
    while left > 0 && left + 4 > cue && between_subject_and_verb(&lower[left - 1]) {
        left -= 1;
    }
    let pronoun = match left.checked_sub(1) {
        Some(at) if is(at, &PRONOUNS) && !according => Some(at),
        _ => is(cue + 1, &PRONOUNS).then_some(cue + 1),
    };
    if let Some(at) = pronoun {
        return Some(Subject::Pronoun {
            word: lower[at].clone(),
            cue: words[cue].1.to_owned(),
            at: place(at).start,
        });
    }
    let ahead = Span { start: span.start, end: verb.start };
    // "A statement from the ministry said", "Rao's post read": whoever it is of.
    if let Some(noun) = uttered(cue) {
        let behind = Span { start: place(noun).end, end: verb.start };
        if is(noun + 1, &["from", "by", "of"]) {
            let whole = description(&words, &lower, ..left, span)
                .filter(|whole| whole.start >= behind.start);
            let body = cast.names(behind).next().map(full);
            if let Some(whole) = body.or(whole) {
                return named(whole);
            }
        }
        let before = Span { start: span.start, end: place(noun).start };
        if let Some(owner) = cast.names(before).filter(|run| run.possessive).last() {
            return named(full(owner));
        }
    }
    if !according {
        // "Anna Lind, Cabinet Member for Transport, said": what stands between the commas is she.
        let apposed = cast.within(ahead).find(|run| {
            let gap = document.slice(Span { start: run.span.end, end: verb.start });
            gap.starts_with(", ")
                && gap.trim_end().ends_with(',')
                && gap.matches(' ').count() <= REACH
                && !gap.contains(['.', ';', '!', '?'])
        });
        if let Some(run) = apposed {
            return named(full(run));
        }
        let distance = |run: &Run| {
            document.slice(Span { start: run.span.end, end: verb.start }).matches(' ').count()
        };
        // "There is an English idiom that says": the idiom does.
        let relative = is(left.wrapping_sub(1), &["that", "which"]);
        let nearest = cast.within(ahead).last().filter(|_| !relative);
        let nearest = nearest.filter(|run| distance(run) <= NAME_REACH);
        // "One longtime Kesher member said": the name is only a part.
        let person = left.checked_sub(1).is_some_and(|at| roles::is_person(&lower[at]));
        if let Some(run) = nearest
            && person
            && let Some(whole) = description(&words, &lower, ..left, span)
            && whole.contains(run.span)
        {
            return named(whole);
        }
        if let Some(run) = nearest {
            // "A spokesman for Rao said" is not Rao, and "Rao's lawyer said" not Rao either.
            return named(
                described(document, span, &words, full(run)).unwrap_or_else(|| full(run)),
            );
        }
        // "the bank's chief executive said", "the ministry said": up to the verb.
        if let Some(whole) = description(&words, &lower, ..left, span) {
            return named(whole);
        }
        // A body speaks only right beside the verb.
        if let Some(run) = cast.names(ahead).last()
            && !run.possessive
            && run.lead != Lead::Place
            && document.slice(Span { start: run.span.end, end: verb.start }).trim().is_empty()
        {
            return named(full(run));
        }
    }
    let after = Span { start: verb.end, end: span.end };
    let gap = |run: &Run| {
        let start = run.titles_span.start.min(run.span.start);
        document.slice(Span { start: after.start, end: start.max(after.start) })
    };
    let article = is(cue + 1, &["the", "a", "an", "his", "her", "my", "one", "another"]);
    if article && let Some(whole) = description(&words, &lower, cue + 1.., span) {
        // "said the mayor, Anna Lind", "said the club's chairman Peter Hale", "said the minister of health, Jo Moe".
        let name = cast.within(after).find(|run| {
            let start = run.titles_span.start;
            start >= whole.end && {
                let gap = document.slice(Span { start: whole.end, end: start });
                let apposed = |of: &str| {
                    let leads = [" of ", " for ", " at "].iter().any(|word| of.starts_with(word));
                    leads && of.split(' ').count() <= OFFICE_REACH && !of.contains([',', '.', ';'])
                };
                matches!(gap, " " | ", ") || gap.strip_suffix(", ").is_some_and(apposed)
            }
        });
        return named(name.map_or(whole, full));
    }
    if let Some(run) =
        cast.within(after).next().filter(|run| gap(run).matches(' ').count() <= NAME_REACH)
    {
        return named(full(run));
    }
    let body = cast.names(after).next()?;
    matches!(gap(body).trim(), "" | "the").then(|| named(full(body))).flatten()
}

/// The whole description that a name only ends: "a spokesman for Rao".
fn described(document: &Document, span: Span, words: &[(usize, &str)], name: Span) -> Option<Span> {
    let until = words.partition_point(|(at, _)| span.start as usize + at < name.start as usize);
    let mut at = until;
    let lower = |at: usize| words[at].1.to_lowercase();
    if at > 0 && lower(at - 1) == "the" {
        at -= 1;
    }
    at = at.checked_sub(1).filter(|&at| matches!(&*lower(at), "for" | "of" | "from" | "at"))?;
    let from =
        (at.saturating_sub(5)..at).rev().find(|&at| matches!(&*lower(at), "a" | "an" | "the"))?;
    (from..at).any(|at| roles::is_person(&lower(at))).then(|| {
        let start = span.start + words[from].0 as u32;
        let whole = Span { start, end: name.end };
        (!document.slice(whole).contains([',', ';', '.'])).then_some(whole)
    })?
}

/// A person or body that is only described, next to a verb: "the bank's chief executive", "the
/// ministry". Where the range is open at its start the description ends it, otherwise it begins it.
fn description(
    words: &[(usize, &str)],
    lower: &[String],
    range: impl std::ops::RangeBounds<usize>,
    span: Span,
) -> Option<Span> {
    use std::ops::Bound;
    let noun = |at: usize| roles::is_person(&lower[at]) || names::organisation_word(&lower[at]);
    let article = |at: usize| {
        matches!(&*lower[at], "the" | "a" | "an" | "his" | "her" | "my" | "one" | "another")
    };
    let (from, to) = match (range.start_bound(), range.end_bound()) {
        (Bound::Included(&from), _) => {
            let to = (from + 1..words.len().min(from + 7)).take_while(|&at| {
                let gap = words[at].0 - (words[at - 1].0 + words[at - 1].1.len());
                gap == 1
                    && !matches!(&*lower[at], "with" | "who" | "after" | "in" | "on" | "as" | "and")
            });
            let to = to.filter(|&at| noun(at)).last()?;
            (from, to)
        }
        (_, Bound::Excluded(&end)) => {
            let to = end.checked_sub(1)?;
            // No comma parts the words of a description.
            let joined = |at: &usize| words[at + 1].0 == words[*at].0 + words[*at].1.len() + 1;
            let from =
                (to.saturating_sub(8)..to).rev().take_while(joined).find(|&at| article(at))?;
            // "the mayor of the town said": the noun need not be the last.
            (from..=to).any(noun).then_some((from, to))?
        }
        _ => return None,
    };
    let start = span.start + words[from].0 as u32;
    let end = span.start + (words[to].0 + words[to].1.len()) as u32;
    Some(Span { start, end })
}

fn is_opener(word: &str) -> bool {
    matches!(
        word,
        "He" | "She"
            | "They"
            | "The"
            | "It"
            | "In"
            | "I"
            | "We"
            | "But"
            | "And"
            | "A"
            | "An"
            | "This"
            | "That"
            | "As"
            | "At"
            | "On"
            | "His"
            | "Her"
            | "When"
            | "Asked"
            | "Of"
            | "For"
    ) || crate::lexicon::calendar::weekday(&word.to_lowercase()).is_some()
}

fn words(text: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric() || (matches!(c, '-' | '\'') && start.is_some());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from, &text[from..at]));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Whether two ways of naming a person may mean the same one: they share a word of the name.
pub fn same_person(a: &str, b: &str) -> bool {
    let key = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| word.len() > 2 && !people::is_title(word))
            .map(str::to_lowercase)
            .collect()
    };
    let (a, b) = (key(a), key(b));
    a.iter().any(|word| b.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn speakers(text: &str) -> Vec<Option<String>> {
        let document = crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap();
        let mut quotes = crate::parse::quote::quotes(&document);
        attribute(&document, &crate::parse::name::runs(&document), &mut quotes);
        quotes
            .into_iter()
            .map(|mention| match mention.value {
                Value::Quote(quote) => quote.speaker.map(|speaker| speaker.name),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn explicit_speakers() {
        let one = |text: &str| speakers(text).into_iter().next().flatten();
        assert_eq!(one("\"We support it,\" said Anna Lind.").as_deref(), Some("Anna Lind"));
        assert_eq!(one("Anna Lind said: \"We support it.\"").as_deref(), Some("Anna Lind"));
        assert_eq!(one("\"We support it,\" Dr Lind told members.").as_deref(), Some("Dr Lind"));
        assert_eq!(one("\"We support it,\" he said."), None);
        assert_eq!(one("\"We support it,\" said the doctor.").as_deref(), Some("the doctor"));
        assert_eq!(
            one("\"We support it,\" said the minister of health, Anna Lind, on Monday.").as_deref(),
            Some("Anna Lind")
        );
        assert_eq!(one("\"Will it work?\" Lind asked.").as_deref(), Some("Lind"));
        assert_eq!(
            one("A statement from the ministry read: \"We regret it.\"").as_deref(),
            Some("the ministry")
        );
        assert_eq!(
            one("\"It hurt,\" one longtime Skerrow member told the Post.").as_deref(),
            Some("one longtime Skerrow member")
        );
        assert_eq!(
            speakers("Anna Lind said: \"Yes.\" She left New Hampshire. \"No,\" she added.")[1],
            Some("Anna Lind".to_owned())
        );
        assert_eq!(
            speakers(
                "Anna Lind said: \"Yes.\" The SCO did not answer. \"We support it,\" she said."
            ),
            [Some("Anna Lind".to_owned()), Some("Anna Lind".to_owned())]
        );
        assert_eq!(
            speakers("\"We support it,\" Lind said, \"in full.\""),
            [Some("Lind".to_owned()), Some("Lind".to_owned())]
        );
    }

    #[test]
    fn turns_of_a_transcript() {
        let text = "The CHAIR (Dr Amina Farouk): Welcome.\n\nMs Lucia Brandt, Ministry of Waters: \
                    Not yet.\n\nOYELOWO: Never.\n\nThe CHAIR: I close.\n\nNote: no vote was taken.";
        let document = crate::document::read(Path::new("t.txt"), text.as_bytes().to_vec()).unwrap();
        let names: Vec<String> =
            turns(&document).into_iter().flatten().map(|speaker| speaker.name).collect();
        let chair = "Dr Amina Farouk";
        assert_eq!(names, [chair, "Ms Lucia Brandt", "OYELOWO", chair, chair]);
    }
}
