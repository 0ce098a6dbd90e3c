//! Names that come near those of the report but are not them.

use std::collections::{HashMap, HashSet};

use crate::document::{BlockKind, Document};
use crate::lexicon::{calendar, people, terms};
use crate::source::Span;

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

/// A run of words with capitals.
#[derive(Debug, Clone, PartialEq)]
struct Run {
    words: Vec<(String, Span)>,
    span: Span,
    /// Titles right before the name.
    titles: Vec<String>,
    /// Where the titles stand, or the name where there are none.
    titles_span: Span,
    starts_sentence: bool,
}

/// The names of a report.
#[derive(Debug, Clone, Default)]
pub struct NameTable {
    runs: Vec<Run>,
    /// For each word of a name the runs that hold it.
    by_word: HashMap<String, Vec<usize>>,
    /// Every word of the report, lower case.
    words: HashSet<String>,
    /// Words of names by first letter and length, for near misses.
    shapes: HashMap<(char, usize), Vec<String>>,
}

/// Words that join the parts of a name.
const JOINTS: &[&str] =
    &["of", "for", "and", "de", "la", "van", "von", "der", "den", "al", "bin", "the", "on", "&"];

impl NameTable {
    /// Collects the names of a report.
    pub fn new(document: &Document) -> Self {
        let mut table = NameTable::default();
        for block in &document.blocks {
            for word in document.slice(block.span).split(|c: char| !c.is_alphanumeric()) {
                if !word.is_empty() {
                    table.words.insert(word.to_lowercase());
                }
            }
        }
        table.runs = runs(document);
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
        table
    }

    /// Names of `derivative` that conflict with the report's.
    pub fn judge(&self, derivative: &Document, aliases: &[Vec<String>]) -> Vec<NameRuling> {
        let known =
            |words: &str| aliases.iter().flatten().any(|alias| alias.eq_ignore_ascii_case(words));
        let mut found: Vec<NameRuling> = runs(derivative)
            .iter()
            .filter(|run| !known(derivative.slice(run.span)))
            .filter_map(|run| {
                self.first_name(run)
                    .or_else(|| self.rank(run))
                    .or_else(|| self.organisation(run))
                    .or_else(|| self.misspelt(run))
            })
            .collect();
        found.dedup_by(|a, b| a.span.overlaps(b.span));
        found
    }

    fn runs_with(&self, word: &str) -> impl Iterator<Item = &Run> {
        self.by_word.get(word).into_iter().flatten().map(|&number| &self.runs[number])
    }

    /// "Norow" for "Norov": a word that the report never uses, one slip from a name it does.
    fn misspelt(&self, run: &Run) -> Option<NameRuling> {
        for (index, (word, span)) in run.words.iter().enumerate() {
            let length = word.chars().count();
            if length < 5
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
                    distance == 1 || (distance == 2 && length >= 8)
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
                    stem(known) != stem(word)
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
        None
    }

    /// "Rosamund Ketteridge" for "Rosalind Ketteridge": the surname is known with one first name only.
    fn first_name(&self, run: &Run) -> Option<NameRuling> {
        let [.., (first, _), (surname, _)] = &run.words[..] else { return None };
        if run.words.len() > 3
            || self.words.contains(&first.to_lowercase())
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
        let words: Vec<&str> = known.words.iter().map(|(word, _)| word.as_str()).collect();
        Some(NameRuling {
            span: run.span,
            expected: words.join(" "),
            evidence: known.span,
            case: "first-name",
        })
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

    /// "Lanternmoss Trust" for "Lanternmoss Foundation": one word of an organisation's name differs.
    fn organisation(&self, run: &Run) -> Option<NameRuling> {
        if run.words.len() < 2 || !run.words.iter().any(|(word, _)| organisation_word(word)) {
            return None;
        }
        let (anchor, _) = run.words.iter().find(|(word, _)| self.by_word.contains_key(word))?;
        let same = |a: &str, b: &str| {
            a == b || terms::stem(&a.to_lowercase()) == terms::stem(&b.to_lowercase())
        };
        for known in self.runs_with(anchor) {
            if known.words.len() == run.words.len()
                && known.words.iter().zip(&run.words).all(|(a, b)| same(&a.0, &b.0))
            {
                return None;
            }
        }
        for known in self.runs_with(anchor) {
            if known.words.len() != run.words.len()
                || !known.words.iter().any(|(word, _)| organisation_word(word))
            {
                continue;
            }
            let differing: Vec<usize> = (0..run.words.len())
                .filter(|&at| !same(&known.words[at].0, &run.words[at].0))
                .collect();
            let [only] = differing[..] else { continue };
            let rare = run.words.len() >= 3
                || self.by_word.get(anchor).is_some_and(|places| places.len() < 4);
            if rare {
                let words: Vec<&str> = known.words.iter().map(|(word, _)| word.as_str()).collect();
                let expected = if run.words.len() >= 3 {
                    known.words[only].0.clone()
                } else {
                    words.join(" ")
                };
                return Some(NameRuling {
                    span: run.words[only].1,
                    expected,
                    evidence: known.span,
                    case: "organisation",
                });
            }
        }
        None
    }
}

fn rank_of(titles: &[String]) -> Option<&'static str> {
    people::rank(&titles.join(" ")).or_else(|| titles.iter().find_map(|title| people::rank(title)))
}

/// Words that show an organisation.
fn organisation_word(word: &str) -> bool {
    matches!(
        word,
        "Trust"
            | "Foundation"
            | "Institute"
            | "Center"
            | "Centre"
            | "University"
            | "Council"
            | "Committee"
            | "Society"
            | "Association"
            | "Agency"
            | "Authority"
            | "Bank"
            | "Company"
            | "Group"
            | "Ministry"
            | "Department"
            | "Office"
            | "Organization"
            | "Organisation"
            | "Union"
            | "Commission"
            | "Academy"
            | "Forum"
            | "Hospital"
            | "College"
            | "School"
            | "Club"
            | "Board"
            | "Bureau"
            | "Service"
            | "Services"
            | "Corporation"
            | "Studies"
            | "Structure"
    )
}

/// The runs of words with capitals of a document, but for headings that capitalise everything.
fn runs(document: &Document) -> Vec<Run> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let text = document.slice(block.span);
        let shouted = text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_uppercase());
        let words: Vec<&str> = text.split(' ').collect();
        let capitals = words.iter().filter(|word| word.starts_with(char::is_uppercase)).count();
        let titled = matches!(block.kind, BlockKind::Heading(_))
            && words.len() > 3
            && capitals * 3 > words.len() * 2;
        if shouted || titled {
            continue;
        }
        for &sentence in &block.sentences {
            in_sentence(document.slice(sentence), sentence.start, &mut found);
        }
    }
    found
}

fn in_sentence(text: &str, offset: u32, found: &mut Vec<Run>) {
    let mut current: Option<Run> = None;
    let mut titles: Vec<String> = Vec::new();
    let mut titles_span: Option<Span> = None;
    let mut last_end = 0;
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
        if !joined {
            found.extend(current.take().filter(|run| !run.words.is_empty()));
            titles.clear();
        }
        let lower = word.to_lowercase();
        let capital = word.starts_with(char::is_uppercase);
        let calendar = calendar::month(&lower).is_some() || calendar::weekday(&lower).is_some();
        if capital && people::is_title(word) && current.is_none() {
            let span = Span::new(offset as usize + from, offset as usize + at);
            titles_span = titles_span
                .filter(|_| !titles.is_empty())
                .map(|before| before.join(span))
                .or(Some(span));
            titles.push(word.to_owned());
        } else if capital && !calendar && !terms::is_stopword(&lower) {
            let span = Span::new(offset as usize + from, offset as usize + from + word.len());
            let run = current.get_or_insert_with(|| Run {
                words: Vec::new(),
                span,
                titles_span: titles_span.filter(|_| !titles.is_empty()).unwrap_or(span),
                titles: std::mem::take(&mut titles),
                starts_sentence: first,
            });
            run.words.push((word.to_owned(), span));
            run.span = run.span.join(span);
        } else if !(current.is_some() && JOINTS.contains(&lower.as_str())) {
            found.extend(current.take().filter(|run| !run.words.is_empty()));
            titles.clear();
        }
        first = false;
        last_end = at;
    }
    found.extend(current.take().filter(|run| !run.words.is_empty()));
}
