//! What stands around a number and tells whether it is a figure.

use super::At;
use super::core::Core;
use crate::lexicon::labels::{self, Label};
use crate::lexicon::units;
use crate::value::Decimal;
use crate::value::figure::{FigureKind, Unit};

/// Whether a number without unit or sign tells something: no pronoun, no numbering, no name.
pub fn is_figure(at: At<'_>, len: usize) -> bool {
    let rest = at.rest();
    let year = len == 2 && at.before().ends_with(" '");
    !(year
        || numbering(at, len)
        || pronoun(at, len)
        || label(at, len)
        || leading_zero(&rest[..len])
        || street(&rest[len..])
        || !ends(&rest[len..]))
}

/// "007", "0207": what starts with a needless zero is a code.
fn leading_zero(number: &str) -> bool {
    let digits = number.strip_prefix('0').unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit()) && !number.contains('.')
}

/// Words of the longest street's name.
const STREET_WORDS: usize = 4;

/// "(10) Harbour Street": the number of a house.
fn street(rest: &str) -> bool {
    let Some(tail) = rest.strip_prefix(' ').filter(|tail| tail.starts_with(char::is_uppercase))
    else {
        return false;
    };
    tail.split(' ')
        .take(STREET_WORDS)
        .take_while(|word| word.starts_with(char::is_uppercase))
        .skip(1)
        .any(|word| labels::tells(Label::Streets, word.trim_end_matches(['.', ',', ';', ')', '?'])))
}

/// Words of the text before that a sense is looked for in.
const CUE_REACH: usize = 7;

fn told_before(before: &str, label: Label) -> bool {
    before
        .rsplit(|c: char| !c.is_ascii_alphabetic())
        .filter(|word| !word.is_empty())
        .take(CUE_REACH)
        .any(|word| labels::tells(label, word))
}

/// Settles what a form leaves open, by the words around: pounds that weigh, "35C" as a temperature.
pub fn settle(at: At<'_>, core: &mut Core) {
    let pounds = matches!(&core.figure.unit, Unit::Money(code) if &**code == "GBP");
    if pounds && core.figure.unit_assumed && !core.figure.minor && weighs(at, core) {
        core.figure.unit_assumed = false;
        measured(core, "pound", 0);
    } else if core.figure.unit == Unit::None && core.bare && core.figure.kind == FigureKind::Number
    {
        if let Some(unit) = degrees(at, core.len) {
            measured(core, unit, 1);
        } else if let Some(len) = inch_mark(at, core) {
            measured(core, "inch", len);
        }
    }
}

/// Makes a quantity of a number, whose unit takes `len` more bytes.
fn measured(core: &mut Core, unit: &str, len: usize) {
    core.figure.kind = FigureKind::Quantity;
    core.figure.unit = Unit::Measure(unit.into());
    core.len += len;
    core.bare = false;
}

/// Below this, pounds that were lost or gained are of a body.
const BODY: i64 = 500;

/// Whether an amount that ends in "pound" or "pounds" is a weight.
fn weighs(at: At<'_>, core: &Core) -> bool {
    let rest = at.rest();
    let (read, tail) = rest.split_at(core.len);
    let plural = read.ends_with(['s', 'S']);
    if !plural && !read.ends_with(['d', 'D']) {
        // "£5", "5 quid"
        return false;
    }
    let before = at.before();
    let figure = &core.figure;
    let largest = figure.high.unwrap_or(figure.low);
    let word = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_ascii_alphabetic())
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    // "Two tonnes of it, worth 50,000 pounds"
    let spent = matches!(
        last_word(before).to_ascii_lowercase().as_str(),
        "worth" | "cost" | "costs" | "costing" | "paid" | "pay" | "for" | "at" | "of"
    );
    if told_before(before, Label::Weighed) && !spent && core.scale < 6
        || largest < Decimal::from(BODY) && told_before(before, Label::Slimmed)
    {
        return true;
    }
    let kilos = |text: &str| {
        units::unit(text).is_some_and(|(name, _)| units::dimension(&name) == Some("mass"))
    };
    // "68 kg (150 pounds)", "150 pounds (68 kg)"
    let beside = before.strip_suffix('(').is_some_and(|before| {
        kilos(before.trim_end().rsplit([' ', '-']).next().unwrap_or_default())
    }) || tail.strip_prefix(" (").is_some_and(|tail| {
        kilos(tail.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.' | ' ')))
    });
    if beside {
        return true;
    }
    if let Some(of) = tail.strip_prefix(" of ") {
        return core.scale < 6 && !labels::tells(Label::Priced, &word(of))
            || matches!(word(of).as_str(), "thrust" | "force" | "pressure" | "torque");
    }
    let next = word(tail.trim_start_matches([' ', '-']));
    if matches!(next.as_str(), "heavier" | "lighter" | "overweight" | "underweight") {
        return true;
    }
    // "A twenty-pound bag": before a thing, in the singular.
    !plural
        && figure.high.is_none()
        && core.scale == 0
        && largest > Decimal::ONE
        && tail.starts_with([' ', '-'])
        && !next.is_empty()
        && !crate::lexicon::terms::is_stopword(&next)
        && !labels::tells(Label::Priced, &next)
}

/// "40C", where the words before speak of warmth or the other scale stands beside: "(104F)".
fn degrees(at: At<'_>, len: usize) -> Option<&'static str> {
    let tail = &at.rest()[len..];
    let (unit, other) = match tail.bytes().next()? {
        b'C' => ("celsius", 'F'),
        b'F' => ("fahrenheit", 'C'),
        _ => return None,
    };
    let tail = &tail[1..];
    if tail.starts_with(|c: char| c.is_alphanumeric() || c == '-') {
        return None;
    }
    let before = at.before();
    let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let beside = tail
        .strip_prefix(" (")
        .is_some_and(|tail| tail.trim_start_matches(digits).starts_with([other, '°']))
        || before.ends_with('(') && before.trim_end_matches([' ', '(']).ends_with(other);
    (beside || told_before(before, Label::Warmth)).then_some(unit)
}

/// How far round an inch mark no other mark of its kind may stand.
const MARK_REACH: usize = 64;

/// `55"`: inches, where the mark closes no quotation.
fn inch_mark(at: At<'_>, core: &Core) -> Option<usize> {
    let tail = &at.rest()[core.len..];
    let (mark, rest) = match tail.strip_prefix("''") {
        Some(rest) => ("''", rest),
        None => ("\"", tail.strip_prefix('"')?),
    };
    let near: usize = rest.bytes().take(MARK_REACH).filter(|byte| *byte == b'"').count();
    let alone = near == 0 && !at.before().contains(['"', '“', '”']) && !at.before().contains("''");
    let small = core.figure.low < Decimal::from(200) && !core.figure.in_words;
    (alone && small && !rest.starts_with(char::is_alphanumeric)).then_some(mark.len())
}

/// Bytes of what stands at `rest` for a place or a line to somebody and tells nothing: an address on
/// the web, a mail address, the number of a telephone.
pub fn contact(at: At<'_>) -> Option<usize> {
    let rest = at.rest();
    match rest.bytes().next()? {
        b'h' | b'H' | b'w' | b'W' => {
            let starts = |form: &str| {
                rest.get(..form.len()).is_some_and(|head| head.eq_ignore_ascii_case(form))
            };
            let address = ["http://", "https://", "www."].into_iter().any(starts);
            address.then(|| rest.find(' ').unwrap_or(rest.len()))
        }
        b'0'..=b'9' | b'+' | b'(' => telephone(at),
        _ => None,
    }
}

/// telephone := "+"? group (sep group)+, of seven digits or more, that starts with "+" or a needless
/// zero, or is grouped as numbers of telephones are in North America, or stands behind "call"
fn telephone(at: At<'_>) -> Option<usize> {
    const MOST: usize = 24;
    let rest = at.rest();
    if at.before().ends_with(|c: char| {
        c.is_alphanumeric() || matches!(c, '.' | ',' | '-' | '/' | '$' | '£' | '€')
    }) {
        return None;
    }
    let bytes = rest.as_bytes();
    // So many groups and no more.
    let mut groups = [0; 8];
    let mut count = 0;
    let mut end = usize::from(bytes[0] == b'+');
    let mut pos = end;
    while pos < bytes.len().min(MOST) && count < groups.len() {
        let open = usize::from(bytes[pos] == b'(');
        let digits =
            bytes[pos + open..].iter().take(MOST).take_while(|b| b.is_ascii_digit()).count();
        if digits == 0 {
            break;
        }
        pos += open + digits;
        if open == 1 {
            if bytes.get(pos) != Some(&b')') {
                return None;
            }
            pos += 1;
        }
        groups[count] = digits;
        count += 1;
        end = pos;
        if open == 1 && bytes.get(pos) == Some(&b' ')
            || matches!(bytes.get(pos), Some(b' ' | b'-' | b'.' | b'/'))
        {
            pos += 1;
        }
    }
    let groups = &groups[..count];
    let digits: usize = groups.iter().sum();
    let tail = &rest[end..];
    if digits < 7 || groups.len() < 2 || tail.starts_with(|c: char| c.is_alphanumeric() || c == '%')
    {
        return None;
    }
    let american = matches!(*groups, [3, 3, 4] | [1, 3, 3, 4]);
    let coded = bytes[0] == b'+'
        || bytes[0] == b'0' && groups[0] > 2 && digits > 8
        || rest.starts_with("(0");
    let called = (groups.len() > 2 || *groups == [3, 4] || bytes[0] == b'0')
        && told_before(at.before(), Label::Telephones);
    // "3 800 0000"? Sums are grouped by threes, and so are dates by twos and fours.
    (american || coded || called).then_some(end)
}

/// Words before "half" that make it a part of a game, a year or a term, not a share.
const HALVES: &[&str] = &[
    "first", "second", "third", "fourth", "other", "latter", "later", "former", "final", "opening",
    "closing", "next", "last", "this", "that", "better",
];

/// Whether a share is the name of a part: "the second half".
pub fn is_part(at: At<'_>, len: usize) -> bool {
    let half = at.rest().get(..len).is_some_and(|word| word.eq_ignore_ascii_case("half"));
    let last = last_word(at.before());
    half && HALVES.iter().any(|word| word.eq_ignore_ascii_case(last))
}

fn last_word(before: &str) -> &str {
    let before = before.trim_end_matches([' ', '-']);
    before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default()
}

/// "the one", "no one", "one of": words, not figures.
fn pronoun(at: At<'_>, len: usize) -> bool {
    let rest = at.rest();
    let word = rest[..len].to_lowercase();
    // Nothing else is said.
    if at.text.len() == len {
        return false;
    }
    let before = last_word(at.before()).to_lowercase();
    let next = rest[len..]
        .trim_start()
        .split(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default()
        .to_lowercase();
    match word.as_str() {
        // "At least one has died"
        "one" if matches!(before.as_str(), "least" | "most") => false,
        "one" => {
            matches!(
                before.as_str(),
                "the"
                    | "this"
                    | "that"
                    | "no"
                    | "any"
                    | "every"
                    | "each"
                    | "which"
                    | "some"
                    | "another"
                    | "only"
                    | "a"
                    | "an"
                    | "first"
                    | "last"
                    | "next"
                    | "new"
                    | "loved"
                    | "good"
                    | "big"
                    | "other"
            ) || matches!(
                next.as_str(),
                "of" | "another"
                    | "day"
                    | "by"
                    | "is"
                    | "can"
                    | "has"
                    | "who"
                    | "that"
                    | "or"
                    | "thing"
                    | "s"
                    | ""
            )
        }
        "second" | "seconds" => {
            matches!(before.as_str(), "a" | "per" | "split")
                || matches!(next.as_str(), "hand" | "half" | "thoughts")
        }
        "first" => matches!(before.as_str(), "at") || next.is_empty(),
        "a" | "an" => true,
        _ => false,
    }
}

/// A number that starts a block and only numbers it: "1 | Overview", "3. Parking", "1/7".
fn numbering(at: At<'_>, len: usize) -> bool {
    let tail = &at.rest()[len..];
    at.pos == 0 && [" |", ". ", ") ", "/", ": "].iter().any(|mark| tail.starts_with(mark))
}

/// Words behind which stands a verb, whatever else it may be.
const MODALS: [&str; 9] =
    ["will", "would", "can", "could", "shall", "should", "may", "might", "must"];

/// A word before a number that makes it a name: "Article 5", "Phase 2", "page 12", "no. 4".
pub fn label(at: At<'_>, len: usize) -> bool {
    let before = at.before().trim_end_matches([' ', '-']);
    let before = before
        .strip_suffix("nos.")
        .or_else(|| before.strip_suffix("no."))
        .map_or(before, |_| "number");
    let last = before
        .trim_end_matches('.')
        .rsplit(|c: char| !c.is_alphabetic())
        .next()
        .unwrap_or_default();
    // "S&P 500"
    let joined = before.strip_suffix(last).is_some_and(|front| front.ends_with('&'));
    // "Whose colonies number 40,000", "last season 278,000 tickets"
    let counts = at.rest()[..len].contains(',');
    // "Will stage seven plays": a verb.
    let lead = before.strip_suffix(last).unwrap_or_default().trim_end().rsplit(' ').next();
    if last.starts_with(char::is_lowercase)
        && lead.is_some_and(|word| MODALS.iter().any(|modal| modal.eq_ignore_ascii_case(word)))
    {
        return false;
    }
    joined && last.len() == 1
        || labels::tells(Label::Labels, last) && !counts
        || listed(before, &at.rest()[len..])
        || titled(last, &at.rest()[len..])
}

/// What joins the numbers of several things: "sections 4, 5 and 9".
const JOINTS: &[&str] = &[", and ", " and ", " or ", ", ", " to ", "–", "-"];
/// Numbers of such a list before one, at most.
const LISTED: usize = 8;

/// Whether a number stands in a list that numbers things of one name: "sections 4 and 9".
fn listed(before: &str, behind: &str) -> bool {
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let goes_on = JOINTS.iter().any(|joint| behind.strip_prefix(joint).is_some_and(digit));
    let mut front = before;
    let mut listed = 0;
    while listed < LISTED
        && let Some(rest) = JOINTS.iter().find_map(|joint| front.strip_suffix(joint.trim_end()))
        && rest.ends_with(|c: char| c.is_ascii_digit())
    {
        front = rest.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
        listed += 1;
    }
    let word = front.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let one = word.strip_suffix('s');
    (goes_on || listed > 0) && one.is_some_and(|one| labels::tells(Label::Labels, one))
}

/// "Report 5 follows", but not "Hospitals Report 5 Deaths".
fn titled(last: &str, behind: &str) -> bool {
    last.starts_with(char::is_uppercase)
        && !behind.trim_start().starts_with(char::is_uppercase)
        && labels::tells(Label::Titles, last)
}

/// Whether a bare number may end here: not inside a word, a version, a reference code.
fn ends(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() || c == '_' => false,
        Some('/' | '@' | '\\') => false,
        Some('-' | ':') => !chars.next().is_some_and(|c| c.is_ascii_digit()),
        // "A score of 61.The rest": the space behind the sentence was lost.
        Some('.') => {
            let next = chars.next();
            !next.is_some_and(char::is_alphanumeric)
                || next.is_some_and(char::is_uppercase)
                    && chars.next().is_some_and(char::is_lowercase)
        }
        _ => true,
    }
}
