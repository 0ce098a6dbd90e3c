//! One pass over a block: stop only where a value can begin, read the longest there.

use super::{Anchor, At, Mention, date, figure};
use crate::lexicon::openers::{self, DATE, FIGURE, GOES_ON, LEADS, NUMBER, POINTS, Roles, TIMED};

/// Reads every figure, date, duration and recurrence of one block, in order, without overlaps.
/// Spans count from the start of `text`.
pub fn scan(text: &str, anchor: Option<Anchor>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Scan::new(text, anchor).collect();
    figure::lend(text, &mut found);
    found
}

/// The mentions of one block as they are read, before they lend each other units.
pub struct Scan<'a> {
    text: &'a str,
    anchor: Option<Anchor>,
    pos: usize,
}

impl<'a> Scan<'a> {
    /// From the start of `text`.
    pub fn new(text: &'a str, anchor: Option<Anchor>) -> Self {
        Scan { text, anchor, pos: 0 }
    }
}

impl Iterator for Scan<'_> {
    type Item = Mention;

    fn next(&mut self) -> Option<Mention> {
        let (text, bytes) = (self.text, self.text.as_bytes());
        while let Some(&byte) = bytes.get(self.pos) {
            let pos = self.pos;
            let (roles, len) = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => {
                    let (len, roles) = openers::open(&text[pos..]);
                    // "https:", "www."
                    let address =
                        (3..=5).contains(&len) && matches!(bytes.get(pos + len), Some(b':' | b'.'));
                    if roles == 0 && !address {
                        self.pos += passed(bytes, pos, len);
                        continue;
                    }
                    (roles, len)
                }
                b'0'..=b'9' => (FIGURE | DATE, 0),
                b'$' | b'+' | b'.' | b'-' => (FIGURE, 0),
                b'\'' => (DATE, 0),
                b'(' => (0, 0),
                // The first byte of a character that is no ASCII: "€", "½".
                0xC0.. => (FIGURE | DATE, 0),
                _ => {
                    self.pos += 1;
                    continue;
                }
            };
            let at = At { text, pos };
            if let Some(len) = figure::contact(at) {
                self.pos += len.max(1);
                continue;
            }
            match longest(at, roles, len, self.anchor) {
                Some(mention) if mention.span.end as usize > pos => {
                    self.pos = mention.span.end as usize;
                    return Some(mention);
                }
                _ => {
                    self.pos += passed(bytes, pos, len).max(1);
                    // "No. 21-1234", "v1.2/3": a code goes on behind its marks.
                    while byte.is_ascii_digit()
                        && matches!(bytes.get(self.pos), Some(b'-' | b'/' | b'.'))
                        && bytes.get(self.pos + 1).is_some_and(u8::is_ascii_digit)
                    {
                        self.pos += 1 + passed(bytes, self.pos + 1, 0);
                    }
                }
            }
        }
        None
    }
}

/// Bytes of the word at `pos` that begins with `len` letters, digits behind them counted in: nothing
/// begins inside it.
fn passed(bytes: &[u8], pos: usize, len: usize) -> usize {
    let rest = &bytes[pos + len..];
    len + rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count()
}

/// The longest reading at one place. A date wins a tie, because it says more.
fn longest(at: At<'_>, roles: Roles, len: usize, anchor: Option<Anchor>) -> Option<Mention> {
    let figure = if roles & FIGURE != 0 { figure::figure(at) } else { None };
    let dated = roles & DATE != 0 && may_be_date(at.rest().as_bytes(), len);
    let date = if dated { date::date(at, anchor) } else { None };
    match (figure, date) {
        (Some(f), Some(d)) => Some(if f.span.end > d.span.end { f } else { d }),
        (f, d) => f.or(d),
    }
}

/// Words that are looked over for what makes a date of them.
const WORDS: usize = 8;

/// Whether what begins here with a number, or a word like "last", goes on as a date, a time or a
/// length of time may. All else passes: this only spares the readers of dates the many numbers that
/// count something.
fn may_be_date(rest: &[u8], letters: usize) -> bool {
    if letters == 0 {
        return match rest[0] {
            b'0'..=b'9' => digits_may_be_date(rest),
            _ => true,
        };
    }
    // "Two hundred and five (people)", "the last (election)"
    let article = [1, 2, 3].contains(&letters)
        && [&b"a"[..], b"an", b"the"]
            .iter()
            .any(|word| word.eq_ignore_ascii_case(&rest[..letters]));
    let mut tail = if article { rest.get(letters + 1..).unwrap_or_default() } else { rest };
    let mut role = 0;
    for _ in 0..WORDS {
        let (len, roles) = openers::word(tail);
        if len == 0 {
            // "Twenty 5", "last 2"
            return true;
        }
        let own = roles & (NUMBER | POINTS | LEADS);
        if matches!(role, POINTS | LEADS) && roles & TIMED != 0 && own != NUMBER {
            return true;
        }
        if own == 0 || role == NUMBER && own != NUMBER {
            return match role {
                0 => true,
                NUMBER | LEADS => roles & GOES_ON != 0,
                _ => roles & TIMED != 0,
            };
        }
        role = own;
        // "May", "the end" for themselves are read elsewhere.
        let capital = own == LEADS && tail[0].is_ascii_uppercase();
        match tail.get(len) {
            Some(b' ' | b'-') if !capital => tail = &tail[len + 1..],
            _ => return capital || own == NUMBER || tail.get(len).is_some_and(u8::is_ascii_digit),
        }
    }
    // No time has so many words before it.
    false
}

/// How far bare numbers are looked over for a word or a mark between them.
const BARE: usize = 16;

/// Whether a number and nothing but numbers and spaces follows, as far as it matters.
fn bare(tail: &[u8]) -> bool {
    let near = &tail[..tail.len().min(BARE)];
    near.get(1).is_some_and(u8::is_ascii_digit)
        && near.iter().all(|byte| byte.is_ascii_digit() || *byte == b' ')
}

fn digits_may_be_date(rest: &[u8]) -> bool {
    let run = |from: usize| rest[from..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    let first = run(0);
    let mut end = first;
    let mut grouped = false;
    while rest.get(end) == Some(&b',') && run(end + 1) == 3 {
        end += 4;
        grouped = true;
    }
    if rest.get(end) == Some(&b'.') && rest.get(end + 1).is_some_and(u8::is_ascii_digit) {
        end += 1 + run(end + 1);
    }
    let goes_on = |from: usize| {
        let (len, roles) = openers::word(&rest[from..]);
        len == 0 || roles & GOES_ON != 0
    };
    match rest.get(end) {
        Some(b'%') => false,
        // Four digits alone are a year, eight a day.
        Some(b' ' | b'-') if !grouped && matches!(end, 4 | 8) => true,
        // "7 7 7", "1,1": numbers and nothing else.
        Some(b' ') if bare(&rest[end..]) => false,
        Some(b',') if rest.get(end + 1).is_some_and(u8::is_ascii_digit) => false,
        Some(b' ' | b'-') => goes_on(end + 1),
        Some(letter) if letter.is_ascii_alphabetic() => {
            // "412p" is a price, "3p" an hour.
            let pence = first > 2
                && matches!(
                    rest[end..],
                    [b'p' | b'P'] | [b'p' | b'P', b' ' | b'.' | b',' | b';' | b')', ..]
                );
            goes_on(end) && !pence
        }
        // "14,000" at the end of a clause.
        _ => !grouped,
    }
}
