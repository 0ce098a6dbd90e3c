//! Offices: who a person is said to be, against what the report says the same person is.

use super::name::{NameRuling, NameTable};
use crate::document::Document;
use crate::hash::HashMap;
use crate::lexicon::numbers::{NumberWord, number_word};
use crate::lexicon::{kinds, people, roles, terms};
use crate::parse::name::Run;
use crate::source::Span;

/// Words of a phrase in which an office may be named.
const REACH: usize = 8;

/// An office told of a person: "Imelda Vasquez-Holt, Cabinet Member for Transport".
#[derive(Debug, Clone, PartialEq)]
struct Role {
    /// Its group of synonyms; `None` for what is no office but what people do ("mediator").
    office: Option<usize>,
    /// Stem of the noun that names it.
    noun: String,
    /// The noun and the words that belong to it.
    span: Span,
    /// Stems of the words that tell which office it is ("transport").
    kind: Vec<String>,
    /// Stems of those that tell what the office is for: behind "for", or right before the noun.
    matter: Vec<String>,
    /// "Deputy", "vice": next to the office, not in it.
    deputy: bool,
}

impl Role {
    /// The office that letters stand for: "CFO".
    fn of_letters(lower: &str, span: Span) -> Option<Role> {
        let words: Vec<&str> = roles::spelled_out(lower)?.split(' ').collect();
        let (noun, before) = words.split_last()?;
        let kind = before.iter().filter(|word| !is_deputy(word)).map(|word| terms::stem(word));
        Some(Role {
            office: Some(roles::office(noun)?),
            noun: terms::stem(noun),
            span,
            kind: kind.collect(),
            matter: Vec::new(),
            deputy: before.iter().any(|word| is_deputy(word)),
        })
    }

    /// Whether two may be one office. Words that only one side has say nothing; two matters do.
    fn fits(&self, other: &Role) -> bool {
        let meet = |a: &[String], b: &[String]| {
            a.is_empty() || b.is_empty() || a.iter().any(|word| b.contains(word))
        };
        self.is_of(other)
            && self.deputy == other.deputy
            && meet(&self.kind, &other.kind)
            && meet(&self.matter, &other.matter)
    }

    fn key(&self) -> Key {
        let noun = if self.office.is_some() { String::new() } else { self.noun.clone() };
        (self.office, noun)
    }

    /// Whether two have the same noun, or nouns for one office, or the one is short for the other: "the head" for
    /// "the head teacher".
    fn is_of(&self, other: &Role) -> bool {
        let short = |a: &Role, b: &Role| a.kind.is_empty() && b.kind.contains(&a.noun);
        self.office == other.office && (self.office.is_some() || self.noun == other.noun)
            || short(self, other)
            || short(other, self)
    }

    /// Whether two offices told right before a name cannot be one: those of two ministers, or a "chief
    /// executive" and a "chief financial officer".
    fn excludes(&self, other: &Role) -> bool {
        let shared = |a: &[String], b: &[String]| a.iter().any(|word| b.contains(word));
        let told = !self.matter.is_empty() && !other.matter.is_empty();
        if self.office.is_none() || other.office.is_none() {
            return false;
        }
        let one = self.is_of(other);
        let chief = || {
            let chief = |role: &Role| role.kind.iter().any(|word| word == CHIEF);
            chief(self) && chief(other)
        };
        // "Chief executive officer"
        let named = || other.kind.contains(&self.noun) || self.kind.contains(&other.noun);
        if self.deputy != other.deputy {
            return one;
        }
        let matters = told && !shared(&self.matter, &other.matter);
        one && matters && !shared(&self.kind, &other.kind) || !one && chief() && !named()
    }
}

/// Stem of what "chief" officers share.
const CHIEF: &str = "chief";
/// The noun that tells nothing behind another office: "chief executive officer".
const OFFICER: &str = "officer";

fn is_deputy(lower: &str) -> bool {
    matches!(lower, "deputy" | "vice" | "assistant" | "associate")
}

/// The offices told of a person beside the name.
fn offices(document: &Document, run: &Run) -> Vec<Role> {
    role(document, run)
        .into_iter()
        .chain(office_before(document, run))
        .chain(office_apposed(document, run))
        .chain(office_told(document, run))
        .collect()
}

/// What stands in its sentence behind a name.
fn behind<'d>(document: &'d Document, run: &Run) -> &'d str {
    let end = document.sentence_at(run.span.start).map_or(run.span.end, |(_, span)| span.end);
    document.slice(Span { start: run.span.end, end: end.max(run.span.end) })
}

/// The office that somebody is said to have: "Harold Pym is the head teacher".
fn office_told(document: &Document, run: &Run) -> Option<Role> {
    let after = behind(document, run);
    let verb = [" is ", " was ", " became ", " has become "];
    let phrase = verb.iter().find_map(|verb| after.strip_prefix(verb))?;
    let phrase = ["the ", "a ", "an "].iter().find_map(|word| phrase.strip_prefix(word))?;
    let mut len = 0;
    for word in phrase.split(' ').take(REACH) {
        if terms::is_stopword(&word.to_lowercase()) {
            break;
        }
        let bare = word.trim_end_matches(MARKS);
        len += bare.len() + usize::from(len > 0);
        if bare.len() < word.len() {
            break;
        }
    }
    let phrase = &phrase[..len];
    let offset = run.span.end as usize + (phrase.as_ptr() as usize - after.as_ptr() as usize);
    office_in(phrase, offset).or_else(|| {
        let (before, noun) = phrase.rsplit_once(' ')?;
        let lower = noun.to_lowercase();
        let kind = before.split(' ').map(|word| terms::stem(&word.to_lowercase()));
        roles::is_occupation(&lower).then(|| Role {
            office: None,
            noun: terms::stem(&lower),
            span: Span::new(offset, offset + len),
            kind: kind.collect(),
            matter: Vec::new(),
            deputy: false,
        })
    })
}

/// Words that begin the phrase of an office.
const DETERMINERS: &[&str] = &["the", "its", "his", "her", "their", "our", "a", "an"];

/// The office that stands before a name and a comma, where the name ends its clause: "the agency's
/// director, Marta Oja, expects".
fn office_apposed(document: &Document, run: &Run) -> Option<Role> {
    let (_, sentence) = document.sentence_at(run.span.start)?;
    // A title before the comma is the office: "our CFO, Luis Arango".
    let (title, name) = (run.titles_span, run.span);
    let between = document.slice(Span { start: title.end.min(name.start), end: name.start });
    let whole = if between.starts_with(',') { name } else { title.join(name) };
    let behind = document.slice(Span { start: whole.end, end: sentence.end.max(whole.end) });
    if !behind.is_empty() && !behind.starts_with([',', '.', ';', ')', ':']) {
        return None;
    }
    let before = document.slice(Span { start: sentence.start.min(whole.start), end: whole.start });
    // "The treasurer is Tom Fairlie": of the subject the office must be all.
    let copula = [" is ", " was "].iter().find_map(|verb| before.strip_suffix(verb));
    let phrase = before.strip_suffix(", ").or(copula)?;
    let opens = |word: &&str| {
        DETERMINERS.iter().any(|known| known.eq_ignore_ascii_case(word))
            || word.ends_with("'s")
            || word.ends_with("’s")
    };
    let mut words = phrase[last_phrase(phrase)..].trim_start().split(' ');
    let first = if copula.is_some() { words.next().filter(opens) } else { words.rfind(opens) }?;
    let start = first.as_ptr() as usize - phrase.as_ptr() as usize;
    let phrase = &phrase[start..];
    let role = office_in(phrase, sentence.start as usize + start)?;
    (phrase.split(' ').count() <= REACH).then_some(role)
}

/// Marks that end a phrase.
const MARKS: [char; 9] = [',', '.', ';', ':', ')', '(', '"', '“', '–'];

/// No phrase is longer, in bytes: a sentence may hold any number of names.
const PHRASE: usize = 240;

/// Where the last phrase of a text begins.
fn last_phrase(text: &str) -> usize {
    let from = text.ceil_char_boundary(text.len().saturating_sub(PHRASE));
    text[from..].rfind(MARKS).map_or(from, |at| text.ceil_char_boundary(from + at + 1))
}

/// Words before a name that may belong to an office.
const BEFORE: usize = 4;

/// The office right before a name: "Chief executive Peder Moe", "project manager Anna Lind".
fn office_before(document: &Document, run: &Run) -> Option<Role> {
    let start = document.sentence_at(run.span.start).map_or(run.span.start, |(_, span)| span.start);
    let before = document.slice(Span { start: start.min(run.span.start), end: run.span.start });
    let phrase = before.strip_suffix(' ')?;
    let from = last_phrase(phrase);
    let mut end = phrase.len();
    let mut found: Option<Role> = None;
    for word in phrase[from..].rsplit(' ').take(BEFORE) {
        let at = end - word.len();
        end = at.saturating_sub(1);
        let lower = word.to_lowercase();
        let place = Span::new(start as usize + at, start as usize + at + word.len());
        let Some(role) = &mut found else {
            // "Secretary-General", "vice-president"
            if let Some(role) = Role::of_letters(&lower, place) {
                found = Some(role);
                continue;
            }
            let listed = || lower.split('-').find_map(|part| Some((roles::office(part)?, part)));
            let (office, noun) = match listed() {
                Some((office, noun)) => (Some(office), noun),
                None => (None, Some(&*lower).filter(|noun| roles::is_occupation(noun))?),
            };
            found = Some(Role {
                office,
                noun: terms::stem(noun),
                span: place,
                kind: Vec::new(),
                matter: Vec::new(),
                deputy: lower.split('-').any(is_deputy),
            });
            continue;
        };
        // "The", "its", "Hallorsund's" end the office.
        if word.is_empty()
            || terms::is_stopword(&lower)
            || !word.chars().all(|c| c.is_alphabetic() || c == '-')
            || people::is_speech_verb(&lower)
        {
            break;
        }
        role.span = role.span.join(place);
        // "Chief executive officer"
        if role.noun == terms::stem(OFFICER)
            && let Some(office) = roles::office(&lower)
        {
            (role.office, role.noun) = (Some(office), terms::stem(&lower));
            continue;
        }
        if is_deputy(&lower) {
            role.deputy = true;
        } else if word.len() > 2 && !orders(&lower) {
            let country = kinds::is_nationality(word) || kinds::is_place(word);
            if !country && !roles::is_quality(&lower) {
                role.matter.push(terms::stem(&lower));
            }
            if !roles::is_passing(&lower) {
                role.kind.push(terms::stem(&lower));
            }
        }
    }
    found
}

/// "The fourth head": a number tells nothing of what an office is for.
fn orders(lower: &str) -> bool {
    let word = || matches!(number_word(lower), Some(NumberWord::Ordinal(_)));
    lower.starts_with(|c: char| c.is_ascii_digit()) || word()
}

/// The office that stands behind a name, set off by a comma, a dash or a bracket.
fn role(document: &Document, run: &Run) -> Option<Role> {
    let after = behind(document, run);
    let phrase =
        [", ", " (", " – ", "- ", " - "].iter().find_map(|mark| after.strip_prefix(mark))?;
    let offset = run.span.end as usize + after.len() - phrase.len();
    let stop = phrase.find(MARKS).unwrap_or(phrase.len());
    office_in(&phrase[..stop], offset)
}

/// The offices that a report tells of its names, and who holds each.
#[derive(Debug, Clone)]
pub struct Holders {
    /// The offices told of each name, in the order of the names.
    roles: Vec<Vec<Role>>,
    /// By office, the numbers of the names, each with that of the office among its own.
    holders: HashMap<Key, Vec<(usize, usize)>>,
}

/// What two must have in common to be one office: its number, or the noun for what is no office.
type Key = (Option<usize>, String);

impl Holders {
    /// The offices told beside the names of a report.
    pub fn new(report: &Document, runs: &[Run]) -> Holders {
        let roles: Vec<Vec<Role>> = runs.iter().map(|run| offices(report, run)).collect();
        let mut holders: HashMap<Key, Vec<_>> = HashMap::default();
        for (number, roles) in roles.iter().enumerate() {
            for (which, role) in roles.iter().enumerate() {
                holders.entry(role.key()).or_default().push((number, which));
            }
        }
        Holders { roles, holders }
    }

    /// The names beside which the same office is told, in order.
    fn of(&self, office: &Role) -> impl Iterator<Item = (usize, &Role)> {
        let all = self.holders.get(&office.key()).into_iter().flatten();
        let all = all.map(|&(number, which)| (number, &self.roles[number][which]));
        all.filter(|(_, role)| role.fits(office))
    }
}

/// Whether an office is told with its article as one that there is once: there is a president of every country,
/// but one treasurer of a trust.
fn is_the_one(document: &Document, role: &Role) -> bool {
    let before = document.slice(Span { start: 0, end: role.span.start });
    let office = document.slice(role.span).rsplit(' ').next().unwrap_or_default();
    (before.ends_with("the ") || before.ends_with("The "))
        && (!people::is_title(office) || people::is_sole_title(&office.to_lowercase()))
}

/// The ruling on a person of whom the report tells no office, with one that it tells of a single other.
fn held_by_another(
    table: &NameTable,
    holders: &Holders,
    said: &Role,
    definite: impl Fn() -> bool,
    run: &Run,
) -> Option<NameRuling> {
    // "The director" alone may be that of any house; what there is one of only is told with its article.
    if said.kind.is_empty() && (said.office.is_none() || !definite()) || said.deputy {
        return None;
    }
    let same = holders.of(said).filter(|(_, role)| role.kind == said.kind);
    let mut holders = same.map(|(number, _)| &table.runs[number]);
    let holder = holders.next()?;
    let surname = |run: &Run| run.words.last().map(|(word, _)| word.clone());
    let single =
        surname(holder) != surname(run) && holders.all(|other| surname(other) == surname(holder));
    single.then(|| NameRuling {
        span: run.span,
        expected: holder.text.clone(),
        evidence: holder.span,
        case: "exchanged",
    })
}

/// The office that a phrase which begins at byte `offset` names.
fn office_in(phrase: &str, offset: usize) -> Option<Role> {
    let mut at = 0;
    let mut found: Option<Role> = None;
    let (mut kind, mut matter) = (Vec::new(), Vec::new());
    let (mut deputy, mut purpose) = (false, false);
    // Where the words begin that tell which office it is.
    let mut first: Option<Span> = None;
    let mut before: Option<&str> = None;
    let mut words = phrase.split([' ', '-']).take(REACH).peekable();
    while let Some(word) = words.next() {
        let lower = word.to_lowercase();
        let bare = lower.trim_end_matches("'s");
        // "Anna Lind, who was captain", "..., said the mayor": a clause, no office.
        if at == 0 && matches!(bare, "who" | "which" | "where" | "and" | "but")
            || people::is_speech_verb(bare)
        {
            return None;
        }
        let place = Span::new(offset + at, offset + at + word.len());
        if found.is_none()
            && let Some(role) = Role::of_letters(bare, place)
        {
            kind.clone_from(&role.kind);
            deputy = role.deputy;
            found = Some(role);
            at += word.len() + 1;
            continue;
        }
        // A "chief financial officer" is no chief.
        let mut ends = || words.peek().is_none_or(|next| terms::is_stopword(&next.to_lowercase()));
        let office = roles::office(bare).filter(|_| bare != CHIEF || ends());
        // "Harbour master" is one office however it is written.
        let split = before.replace(word).filter(|_| office.is_none() && !kind.is_empty());
        let joined = split.map(|before| before.to_lowercase() + bare);
        let (office, bare) =
            match joined.as_deref().and_then(|word| Some((roles::office(word)?, word))) {
                Some((office, word)) => {
                    kind.pop();
                    (Some(office), word)
                }
                None => (office, bare),
            };
        match office {
            Some(office) if found.is_none() => {
                let (noun, kind, matter) = (terms::stem(bare), Vec::new(), Vec::new());
                let span = first.map_or(place, |first| first.join(place));
                found = Some(Role { office: Some(office), noun, span, kind, matter, deputy });
            }
            _ if is_deputy(bare) && found.is_none() => deputy = true,
            // "The firm's", "former" tell nothing of the office.
            _ if lower.ends_with("'s") && found.is_none() || roles::is_passing(bare) => {}
            _ if !terms::is_stopword(bare) => {
                first = first.or(Some(place));
                // An abbreviation stands for words that may be written out in the report.
                let short = word.len() > 1 && word.chars().all(|c| c.is_uppercase());
                if !short && word.len() > 2 {
                    kind.push(terms::stem(bare));
                    if purpose {
                        matter.push(terms::stem(bare));
                    }
                }
                if let Some(role) = &mut found {
                    role.span = role.span.join(place);
                }
            }
            _ => purpose |= bare == "for" && found.is_some(),
        }
        at += word.len() + 1;
    }
    let mut role = found?;
    role.kind = kind;
    role.matter = matter;
    Some(role)
}

/// Persons of `derivative` to whom it gives another office than the report.
pub fn wrong_offices(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    runs: &[Run],
) -> Vec<NameRuling> {
    runs.iter().filter_map(|run| wrong_office(table, report, derivative, run)).collect()
}

fn wrong_office(
    table: &NameTable,
    report: &Document,
    derivative: &Document,
    run: &Run,
) -> Option<NameRuling> {
    let said = offices(derivative, run);
    let said = said.first()?;
    let (surname, _) = run.words.last()?;
    let people: Vec<(usize, &Run)> = table
        .by_word
        .get(surname)?
        .iter()
        .map(|&at| (at, &table.runs[at]))
        .filter(|(_, there)| there.words.last().is_some_and(|(word, _)| word == surname))
        .collect();
    // Several people of one surname: the first name must tell which.
    let first = |run: &Run| (run.words.len() > 1).then(|| run.words[0].0.clone());
    let mut firsts: Vec<String> = people.iter().filter_map(|(_, there)| first(there)).collect();
    firsts.sort();
    firsts.dedup();
    let own = first(run);
    if own.is_none() && firsts.len() > 1 {
        return None;
    }
    let holders = table.holders(report);
    let told: Vec<&Role> = people
        .iter()
        .filter(|(_, there)| own.is_none() || first(there).is_none_or(|name| Some(name) == own))
        .filter(|(_, there)| firsts.len() < 2 || there.words.len() > 1)
        .flat_map(|(at, _)| &holders.roles[*at])
        .collect();
    let Some(first) = told.first() else {
        let definite = || is_the_one(derivative, said);
        return held_by_another(table, holders, said, definite, run).filter(|_| !people.is_empty());
    };
    if told.iter().any(|role| role.fits(said)) {
        return None;
    }
    // An office before a name is told in passing ("boss", "leader"): it is wrong where the report
    // gives it to somebody else.
    let other = |there: &Run| there.words.last().is_some_and(|(word, _)| word != surname);
    let whole = run.titles_span.join(run.span);
    let before = said.span.end <= whole.start && whole.start - said.span.end <= 1;
    let somebody_elses = || {
        holders.of(said).any(|(number, role)| {
            role.kind.is_empty() == said.kind.is_empty() && other(&table.runs[number])
        })
    };
    let loose = before || said.office.is_none();
    if loose && !told.iter().any(|role| role.excludes(said)) && !somebody_elses() {
        return None;
    }
    Some(NameRuling {
        span: said.span,
        expected: report.slice(first.span).to_owned(),
        evidence: first.span,
        case: "office",
    })
}
