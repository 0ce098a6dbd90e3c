//! How a figure stands in a change: what it began with, what it came to, how much lies between.

use crate::document::Document;
use crate::lexicon::cues::cues;
use crate::lexicon::{numbers, qualifiers, terms};
use crate::reference::{FactId, Reference};
use crate::statement::{Dimension, Statement};
use crate::value::Value;
use crate::value::figure::Direction;

/// What a figure tells of a change or of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// "fell from 2,305", "up from 2,305"
    From,
    /// "fell to 2,140"
    To,
    /// "94 more than", "£33,400 over budget", "three weeks late"
    Gap,
    /// "rose by 12"
    By,
}

/// How much of its bond a fact keeps for a claim that tells something else of a change.
pub fn kept(claim: Option<Course>, fact: Option<Course>) -> f32 {
    use Course::*;
    match (claim, fact) {
        (a, b) if a == b => 1.0,
        (Some(From), Some(To)) | (Some(To), Some(From)) => 0.5,
        (Some(By), Some(From | To)) | (Some(From | To), Some(By)) => 0.5,
        (Some(By), _) | (_, Some(By)) => 1.0,
        (Some(Gap), _) | (_, Some(Gap)) => 0.6,
        // What is told of today is what a change came to.
        (Some(From), None) | (None, Some(From)) => 0.8,
        _ => 1.0,
    }
}

/// For a fact that a change came to, the one that it began with: the figure before it in its sentence.
pub fn start_of(reference: &Reference, end: FactId) -> Option<FactId> {
    let told = |fact: FactId| reference.courses()[fact as usize];
    if told(end) != Some(Course::To) {
        return None;
    }
    let start = (end.saturating_sub(BACK)..end)
        .rev()
        .find(|&fact| reference.fact(fact).measure.is_some())?;
    let here = reference.fact(start).sentence == reference.fact(end).sentence;
    (told(start) == Some(Course::From) && here).then_some(start)
}

/// The two ends of the change of which a fact is one.
pub fn ends_of(reference: &Reference, fact: FactId) -> Option<[FactId; 2]> {
    let last = (fact + BACK).min(reference.facts.len() as FactId - 1);
    let ends = |end| start_of(reference, end).map(|start| [start, end]);
    (fact..=last).filter_map(ends).find(|ends| ends.contains(&fact))
}

/// A date may stand between the two ends of a change.
const BACK: FactId = 2;

/// Words behind a figure and its unit among which one may tell that it is a gap.
const REACH: usize = 2;

/// What the words behind a figure compare: "€300 more than the X1", "15% less money".
pub struct Comparison {
    direction: Direction,
    /// The first word of what it is of, or is held against.
    thing: String,
}

impl Comparison {
    /// Whether another tells the same the other way round.
    pub fn is_turned(&self, other: Option<Comparison>) -> bool {
        other.is_some_and(|other| self.direction != other.direction && self.thing == other.thing)
    }
}

/// The comparison that stands behind a figure which tells no change by itself.
pub fn comparison(document: &Document, statement: &Statement) -> Option<Comparison> {
    statement.measure.as_ref().filter(|measure| measure.direction.is_none())?;
    let behind = document.slice(statement.behind());
    let (direction, len) = qualifiers::comparative_behind(behind)?;
    let clause = behind[len..].split([',', ';', '.', ':', '(']).next()?;
    let mut words = clause.split(' ').map(str::to_lowercase);
    let thing = words.find(|word| !word.is_empty() && !terms::is_stopword(word))?;
    Some(Comparison { direction, thing })
}

/// Words of what is measured between a figure and what tells what it was before: "69 cents per share, up from".
const MEASURED: usize = 3;

/// Whether the text behind a figure goes on to what it was before.
fn looks_back(behind: &str) -> bool {
    let starts = |text: &str, leads: &[&str]| leads.iter().any(|words| text.starts_with(words));
    let moved = ["up from", "down from"];
    let next = behind.trim_start();
    if starts(next, &moved) || starts(next, &["instead of", "rather than"]) {
        return true;
    }
    let Some((thing, rest)) = behind.split_once(", ") else { return false };
    let plain = thing.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    let near = plain && thing.split(' ').filter(|word| !word.is_empty()).count() <= MEASURED;
    let compared = || cues().compared.iter().any(|words| rest.starts_with(words.as_str()));
    near && (starts(rest, &moved) || compared())
}

/// Whether the text before a figure holds something against it.
fn compared_before(before: &str) -> bool {
    let before = before.trim_end();
    cues().compared.iter().any(|words| before.ends_with(words.as_str()))
}

/// Whether the words behind a figure and its unit tell of an earlier time: "a year ago", "in 2019".
fn of_before(behind: &str) -> bool {
    let mut words = behind.split(' ').filter(|word| !word.is_empty()).take(EARLIER);
    words.any(|word| {
        let year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
        year || word == "last" || cues().earlier.iter().any(|cue| cue == word)
    })
}

/// Words behind a figure of another time, of which one tells so.
const EARLIER: usize = 5;

/// What a figure tells of a change, where the words beside it say so.
pub fn course(document: &Document, statement: &Statement) -> Option<Course> {
    let mention = &statement.mention;
    let measure = statement.measure.as_ref()?;
    let behind = document.slice(statement.behind());
    let follows = behind.strip_prefix(" to ");
    let behind = behind.split(|c: char| !c.is_alphanumeric() && c != ' ').next()?;
    let mut near = behind.split(' ').filter(|word| !word.is_empty()).take(REACH);
    let counts = measure.dimension == Dimension::Count;
    let has = |cues: &[String], word: &str| cues.iter().any(|cue| cue == word);
    // "Three behind the leaders", "six points ahead"
    let apart = || {
        let mut near = near.clone().skip_while(|word| has(&cues().gap_counts, word));
        near.next().is_some_and(|word| has(&cues().gap_of, word))
    };
    if counts && apart() {
        return Some(Course::Gap);
    }
    let money = matches!(measure.dimension, Dimension::Money(_));
    let gap = near.any(|word| {
        let tail = || behind.split_once(word).map_or("", |(_, tail)| tail);
        // "428 fewer ships called than a year earlier"
        let than = || {
            tail().starts_with(" than ")
                || behind.trim_start().starts_with(word) && tail().contains(" than ")
        };
        has(&cues().gap_than, word) && (than() || money) || !counts && has(&cues().gap_from, word)
    });
    // "An increase of 4.7%" is a gap too.
    if gap && !matches!(measure.dimension, Dimension::Share | Dimension::Factor) {
        return Some(Course::Gap);
    }
    let before = document.slice(statement.until(mention.start()));
    let moved = match &mention.value {
        Value::Figure(figure) => figure.direction.is_some(),
        Value::Duration(_) => qualifiers::direction_before(before).is_some(),
        _ => return None,
    };
    // "SEK 201 billion (194)": what it was a year before.
    let words = document.slice(mention.span);
    let plain = words.bytes().all(|b| matches!(b, b'0'..=b'9' | b',' | b'.'));
    // "88.9% (86.7%)", but "121 (64.7%)".
    let same = words.ends_with('%') && before.ends_with("% (");
    let closed = (plain || same) && document.slice(statement.behind()).starts_with(')');
    let amount =
        before.strip_suffix(" (").filter(|_| closed).and_then(|front| front.rsplit(' ').next());
    if amount.is_some_and(|last| {
        last.contains(|c: char| c.is_ascii_digit()) || numbers::number_word(last).is_some()
    }) {
        return Some(Course::From);
    }
    let words_before = before;
    let mut before = before.trim_end().rsplit([' ', '(']);
    // "Cut from 172 to 148": both ends together need no verb of change near.
    let number = |word: &str| word.contains(|c: char| c.is_ascii_digit());
    // "£58 million instead of £37 million", "$0.82 per share, compared with $0.69 a year ago"
    let by = words_before.trim_end().ends_with(" by");
    if !by && looks_back(document.slice(statement.behind())) {
        return Some(Course::To);
    }
    if compared_before(words_before) && of_before(behind) {
        return Some(Course::From);
    }
    match before.next()? {
        "of" if before.clone().next() == Some("instead") => Some(Course::From),
        "from" if moved => Some(Course::From),
        "from" => {
            // "from $5,000 to $25,000"
            let word = follows.and_then(|words| words.split(' ').next());
            word.is_some_and(number).then_some(Course::From)
        }
        "to" if moved || before.clone().next().is_some_and(qualifiers::changes) => Some(Course::To),
        "by" => Some(Course::By),
        "to" => {
            // "By 1,200 crowns to 31,200"
            let mut amount = before.clone().take(REACH + 2).skip_while(|word| !number(word));
            if amount.nth(1) == Some("by") {
                return Some(Course::To);
            }
            // "From 112 (in 2019) to 438"
            let mut back = before.skip_while(|word| number(word) || *word == "in");
            (back.next() == Some("from")).then_some(Course::To)
        }
        _ => None,
    }
}
