//! Names: runs of words with capitals.

use crate::document::{BlockKind, Document};
use crate::hash::HashMap;
use crate::lexicon::{calendar, names, people, roles, terms};
use crate::source::Span;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// How a name is joined to what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lead {
    /// "in", "at", "from", "to": mostly a place.
    Place,
    /// "by", "with", "between".
    Agent,
    /// Nothing, a verb, a conjunction.
    #[default]
    Other,
}

impl Lead {
    fn of(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "in" | "at" | "near" | "from" | "to" | "across" | "around" | "outside" | "into"
            | "through" | "via" | "towards" => Lead::Place,
            "by" | "with" | "between" | "against" => Lead::Agent,
            _ => Lead::Other,
        }
    }
}

/// A run of words with capitals.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Its words, each with its place.
    pub words: Vec<(String, Span)>,
    /// Its words with spaces between them.
    pub text: String,
    /// The whole name.
    pub span: Span,
    /// Titles right before the name.
    pub titles: Vec<String>,
    /// Where the titles stand, or the name where there are none.
    pub titles_span: Span,
    /// Nothing stands before it in its sentence.
    pub starts_sentence: bool,
    /// How it is joined to what stands before it.
    pub lead: Lead,
    /// It labels what follows: "Maria: ..." in a transcript.
    pub label: bool,
    /// Something of it is told: "Domino's boss".
    pub possessive: bool,
    /// The groups of synonyms that the name stands in.
    pub groups: &'static [u16],
}

/// The runs of words with capitals of a document, but for headings that capitalise everything.
pub fn runs(document: &Document) -> Vec<Run> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let text = document.slice(block.span);
        let shouted = text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_uppercase());
        let titled = || {
            let capitals = text.split(' ').filter(|word| word.starts_with(char::is_uppercase));
            let words = text.split(' ').count();
            words > 3 && capitals.count() * 3 > words * 2
        };
        if shouted || matches!(block.kind, BlockKind::Heading(_)) && titled() {
            continue;
        }
        for &sentence in &block.sentences {
            in_sentence(document.slice(sentence), sentence.start, &mut found);
        }
    }
    found.iter_mut().for_each(without_occupation);
    turns(&mut found);
    for run in &mut found {
        run.groups = names::groups(&run.text);
    }
    found
}

/// Where a name labels more than one turn, each turn begins a sentence: "Maria: Darling, ...".
fn turns(runs: &mut [Run]) {
    let mut labels: HashMap<String, usize> = HashMap::default();
    for run in runs.iter().filter(|run| run.label) {
        *labels.entry(run.text.clone()).or_default() += 1;
    }
    for at in 1..runs.len() {
        let before = &runs[at - 1];
        let near = runs[at].span.start <= before.span.end + ": ".len() as u32;
        if before.label && near && labels.get(&before.text).is_some_and(|count| *count > 1) {
            runs[at].starts_sentence = true;
        }
    }
}

/// Takes from a full name what somebody does, which has its capital from opening the sentence: "Mediator
/// Jon Aas".
fn without_occupation(run: &mut Run) {
    if !run.starts_sentence || run.words.len() != 3 || !run.titles.is_empty() {
        return;
    }
    let (first, _) = &run.words[0];
    let short = run.words[1].0.chars().nth(1).is_none();
    if short
        || !roles::is_occupation(&first.to_lowercase())
        || names::organisation_word(&run.words[2].0)
    {
        return;
    }
    run.text.drain(..(first.len() + 1).min(run.text.len()));
    run.span.start = run.words[1].1.start;
    run.titles_span = run.span;
    run.words.remove(0);
    run.starts_sentence = false;
}

/// Whether what stands before a word is the date of an entry, as in a timeline: "Autumn 2020 – Postponed
/// summit" begins a sentence with a common word.
fn heads_entry(before: &str, gap: &str) -> bool {
    const LONGEST: usize = 24;
    (gap.contains(['–', '—']) || gap.ends_with(" - ") || gap.ends_with(": "))
        && before.len() <= LONGEST
        && before.contains(|c: char| c.is_ascii_digit())
}

fn in_sentence(text: &str, offset: u32, found: &mut Vec<Run>) {
    let mut current: Option<Run> = None;
    let mut titles: Vec<String> = Vec::new();
    let mut titles_span: Option<Span> = None;
    let mut last_end = 0;
    let mut last = "";
    let mut first = true;
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let inside = c.is_alphanumeric()
            || (matches!(c, '-' | '\'')
                && start.is_some()
                && text[at + 1..].starts_with(char::is_alphanumeric));
        match (inside, start) {
            (true, None) => {
                start = Some(at);
                continue;
            }
            (true, Some(_)) | (false, None) => continue,
            (false, Some(_)) => {}
        }
        let from = start.take().unwrap_or(at);
        let mut word = &text[from..at];
        word = word.strip_suffix("'s").unwrap_or(word);
        let gap = &text[last_end..from];
        let joined = current.as_ref().is_none_or(|_| gap == " " || gap == ". " || gap == " & ");
        // "Maria: Darling, ..." begins a sentence with a common word.
        first |=
            gap.starts_with(": ") && !terms::related(&terms::stem(&word.to_lowercase())).is_empty();
        first |= heads_entry(&text[..last_end], gap);
        if !joined {
            found.extend(current.take().filter(|run| !run.words.is_empty()));
            titles.clear();
        }
        let capital = word.starts_with(char::is_uppercase);
        let title = people::is_title(word) || first && is_office(word, &text[at..]);
        if !capital && current.is_none() {
            // Most words: they neither begin a name nor go on with one.
            titles.clear();
            first = false;
            if !title && word != "the" {
                last = word;
            }
            last_end = at;
            continue;
        }
        let lower = word.to_lowercase();
        let calendar = || calendar::month(&lower).is_some() || calendar::weekday(&lower).is_some();
        if capital && title && current.is_none() {
            let span = Span::new(offset as usize + from, offset as usize + at);
            titles_span = titles_span
                .filter(|_| !titles.is_empty())
                .map(|before| before.join(span))
                .or(Some(span));
            titles.push(word.to_owned());
        } else if capital && !calendar() && !terms::is_stopword(&lower) && !is_label(word) {
            let span = Span::new(offset as usize + from, offset as usize + from + word.len());
            let run = current.get_or_insert_with(|| Run {
                words: Vec::new(),
                text: String::new(),
                span,
                titles_span: titles_span.filter(|_| !titles.is_empty()).unwrap_or(span),
                titles: std::mem::take(&mut titles),
                starts_sentence: first,
                lead: Lead::of(last),
                label: false,
                possessive: false,
                groups: &[],
            });
            let word = without_accents(word);
            if !run.text.is_empty() {
                run.text.push(' ');
            }
            run.text.push_str(&word);
            run.words.push((word, span));
            run.span = run.span.join(span);
            run.possessive = at - from > span.len() || c == '\'';
            run.label = run.starts_sentence && c == ':';
        } else if !current.as_ref().is_some_and(|run| joins(run, &lower)) {
            found.extend(current.take().filter(|run| !run.words.is_empty()));
            titles.clear();
        }
        first = false;
        if !title && lower != "the" {
            last = word;
        }
        last_end = at;
    }
    found.extend(current.take().filter(|run| !run.words.is_empty()));
}

/// "Co-founder Ada Lind said": an office that has its capital from the sentence.
fn is_office(word: &str, behind: &str) -> bool {
    let named = behind.strip_prefix(' ').is_some_and(|next| next.starts_with(char::is_uppercase));
    if !named {
        return false;
    }
    let lower = word.to_lowercase();
    let office = lower.rsplit('-').next().unwrap_or_default();
    roles::office(office.strip_suffix('s').unwrap_or(office)).is_some()
}

/// "Q2", "H1", "FY2020", "P-like": no names, though they begin with a capital.
fn is_label(word: &str) -> bool {
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let hyphened = word.strip_prefix(char::is_uppercase).is_some_and(|rest| {
        rest.strip_prefix('-').is_some_and(|rest| rest.starts_with(char::is_lowercase))
    });
    hyphened || letters.len() < word.len() && matches!(letters, "Q" | "H" | "FY" | "CY")
}

/// Whether a lower-case word may go on with a name: "Bank of England", "Ludwig van Beethoven", but
/// not "Anna Lind of Skerrow University" or "Tashkent and Almaty".
fn joins(run: &Run, lower: &str) -> bool {
    let body = || {
        let word = |(word, _): &(String, Span)| names::organisation_word(word);
        run.titles.is_empty() && run.words.iter().any(word)
    };
    match lower {
        "of" | "for" => run.words.len() == 1 && run.titles.is_empty() || body(),
        "and" | "&" | "the" | "on" => body() || lower == "&",
        _ => names::is_joint(lower),
    }
}

/// A word without its accents: "António" and "Antonio" are one name.
fn without_accents(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    word.nfd().filter(|c| !is_combining_mark(*c)).collect()
}
