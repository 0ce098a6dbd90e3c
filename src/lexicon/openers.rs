//! Which words a figure or a date can begin with, so that most words of a text are passed over.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{HashMap, calendar, numbers, people, units};

/// What a word can do at the beginning of a value, as bits.
pub type Roles = u32;
/// A figure may begin with it.
pub const FIGURE: Roles = 1;
/// A date, a time or a length of time may begin with it.
pub const DATE: Roles = 2;
/// It makes a figure of "a" or "an" before it.
pub const COUNTED: Roles = 4;
/// It makes a date of "a", "an" or "the" before it.
pub const TIMED: Roles = 8;
/// It is a word of a number and nothing else.
pub const NUMBER: Roles = 16;
/// It may go on a date that begins with a number: "3 of May", "two weeks".
pub const GOES_ON: Roles = 32;
/// "A", "an".
const ARTICLE: Roles = 64;
/// "The".
const THE: Roles = 128;

/// It makes a date only of a word of time behind it: "that (year)", "the last (week)".
pub const POINTS: Roles = 256;
/// It makes a date only of what goes on: "early (in May)", "the end (of)".
pub const LEADS: Roles = 512;

/// It names a month.
pub const MONTH: Roles = 1 << 10;
/// It is a word of a number, perhaps of time too ("second").
pub const NUMERIC: Roles = 1 << 11;
/// A feast may begin with it.
pub const FEAST: Roles = 1 << 12;
/// It tells a day by the day of writing, alone or with what follows: "tomorrow", "day (after ...)".
pub const DAY: Roles = 1 << 13;
/// It tells that something recurs: "daily", "bi(-weekly)".
pub const RECURS: Roles = 1 << 14;
/// It leaves a number open: "few", "couple (of)".
pub const AMOUNT: Roles = 1 << 15;

/// A title of a person begins with it.
pub const TITLE: Roles = 1 << 16;

/// Bits of the first sieve: 8 KiB stay near the processor.
const BITS: usize = 1 << 16;
/// Places of the table behind it.
const SLOTS: usize = 1 << 15;

/// A set of words by their hashes: a bitmap that turns most words away (a Bloom filter with one
/// hash function), before a table with open addressing.
struct Openers {
    bits: Box<[u64]>,
    slots: Box<[(u32, Roles)]>,
}

impl Openers {
    fn of(roles: HashMap<u32, Roles>) -> Openers {
        let mut bits = vec![0_u64; BITS / 64].into_boxed_slice();
        let mut slots = vec![(0_u32, 0); SLOTS].into_boxed_slice();
        for (hash, roles) in roles {
            let bit = bit(hash);
            bits[bit / 64] |= 1 << (bit % 64);
            let mut place = hash as usize % SLOTS;
            while slots[place].1 != 0 {
                place = (place + 1) % SLOTS;
            }
            slots[place] = (hash, roles);
        }
        Openers { bits, slots }
    }

    fn roles(&self, hash: u32) -> Roles {
        let bit = bit(hash);
        if self.bits[bit / 64] >> (bit % 64) & 1 == 0 {
            return 0;
        }
        let mut place = hash as usize % SLOTS;
        while self.slots[place].1 != 0 {
            if self.slots[place].0 == hash {
                return self.slots[place].1;
            }
            place = (place + 1) % SLOTS;
        }
        0
    }
}

fn bit(hash: u32) -> usize {
    (hash ^ (hash >> 16)) as usize & (BITS - 1)
}

const SEED: u32 = 0x811c_9dc5;

/// FNV-1a over the low bits of letters: the same for both cases.
fn mix(hash: u32, letter: u8) -> u32 {
    (hash ^ u32::from(letter & 31)).wrapping_mul(0x0100_0193)
}

/// `rules/words/en/openers.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    joints: Vec<String>,
    times: Vec<String>,
    pointers: Vec<String>,
    leaders: Vec<String>,
    signs: Vec<String>,
    articles: Vec<String>,
    definite: Vec<String>,
}

static OPENERS: LazyLock<Openers> = LazyLock::new(|| {
    let mut roles: HashMap<u32, Roles> = HashMap::default();
    let mut give = |word: &str, role: Roles| {
        let hash = word.bytes().fold(SEED, mix);
        *roles.entry(hash).or_default() |= role;
    };
    for word in numbers::words() {
        give(word, FIGURE | DATE | COUNTED | TIMED | NUMBER | NUMERIC | GOES_ON);
    }
    for word in calendar::openers() {
        give(word, DATE | TIMED | GOES_ON);
    }
    for (words, role) in calendar::first_words() {
        words.into_iter().for_each(|word| give(word, role));
    }
    for title in people::all_titles() {
        give(title.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default(), TITLE);
    }
    for word in calendar::units() {
        give(word, TIMED | GOES_ON);
    }
    for word in calendar::behind_numbers() {
        give(word, GOES_ON);
    }
    for word in units::first_words() {
        give(&word, COUNTED);
    }
    for word in units::codes() {
        give(&word, FIGURE);
    }
    let file: File = super::table("words/en/openers.toml");
    for (words, role) in [
        (file.joints, GOES_ON),
        (file.times, TIMED | GOES_ON),
        (file.pointers, POINTS),
        (file.leaders, LEADS),
        (file.signs, FIGURE),
        (file.articles, ARTICLE),
        (file.definite, THE),
    ] {
        for word in words {
            give(&word, role);
        }
    }
    // "Half", "second", "quarter" are words of time for themselves.
    for word in calendar::openers().chain(calendar::units()) {
        let hash = word.bytes().fold(SEED, mix);
        if let Some(role) = roles.get_mut(&hash) {
            *role &= !NUMBER;
        }
    }
    Openers::of(roles)
});

/// The letters that start `bytes`: how many, and what their word can do.
pub fn word(bytes: &[u8]) -> (usize, Roles) {
    let (mut hash, mut len) = (SEED, 0);
    while let Some(letter) = bytes.get(len).filter(|byte| byte.is_ascii_alphabetic()) {
        hash = mix(hash, *letter);
        len += 1;
    }
    (len, if len == 0 { 0 } else { OPENERS.roles(hash) })
}

/// What a value may begin with at the word that starts `text`, the word behind an article looked
/// at: [`FIGURE`], [`DATE`], both or none; and how many letters the first word has.
pub fn open(text: &str) -> (usize, Roles) {
    let bytes = text.as_bytes();
    let (len, roles) = word(bytes);
    if roles == 0 {
        return (len, 0);
    }
    if roles & (ARTICLE | THE) != 0 {
        let behind = match bytes.get(len) {
            Some(b' ') => &bytes[len + 1..],
            // "A$5"
            Some(b'$') => return (len, FIGURE),
            // "A5-year"
            _ => return (len, 0),
        };
        if behind.first().is_some_and(|byte| byte.is_ascii_digit() || *byte == b'\'') {
            return (len, DATE);
        }
        let (_, next) = word(behind);
        let date = if next & TIMED != 0 { DATE } else { 0 };
        let figure = if roles & ARTICLE != 0 && next & COUNTED != 0 { FIGURE } else { 0 };
        return (len, date | figure);
    }
    let follows = |c: char| !c.is_ascii() && c.is_alphanumeric();
    let goes_on =
        bytes.get(len).is_some_and(|byte| !byte.is_ascii()) && text[len..].starts_with(follows);
    (len, if goes_on { 0 } else { roles & (FIGURE | DATE) })
}

/// Whether the word that starts `text` has one of some roles; what starts with no letter may have any.
pub fn may(text: &str, asked: Roles) -> bool {
    let (len, roles) = word(text.as_bytes());
    len == 0 || roles & asked != 0
}

/// Whether a count, a share or an article may start `text`, as lengths of time and hours do.
pub fn may_count(text: &str) -> bool {
    let (len, roles) = word(text.as_bytes());
    let another = len == 7 && text[..len].eq_ignore_ascii_case("another");
    len == 0 || roles & (COUNTED | ARTICLE | THE) != 0 || another
}

/// Whether a figure may begin with the word that starts `text`.
pub fn figure(text: &str) -> bool {
    open(text).1 & FIGURE != 0
}

/// Whether a date, a time or a length of time may begin with the word that starts `text`.
pub fn date(text: &str) -> bool {
    open(text).1 & DATE != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_that_can_begin_a_value_open_one() {
        for text in ["twelve men", "a dozen", "a liter of", "USD 5", "minus two", "EUR5"] {
            assert!(figure(text), "{text}");
        }
        for text in ["a house", "committee", "twelvemonth", "an apple"] {
            assert!(!figure(text), "{text}");
        }
        for text in ["May 3", "the 15th", "the end of", "last year", "the third quarter", "noon"] {
            assert!(date(text), "{text}");
        }
        assert!(may_count("two weeks") && may_count("3 weeks") && may_count("half an hour"));
        assert!(!may_count("May 3") && !may_count("Friday"));
        for text in ["Q2", "FY2019", "May2019"] {
            assert!(date(text), "{text}");
        }
        assert!(!date("the committee") && !date("board") && !date("Mayé"));
        assert!(may("Easter Monday", FEAST) && may("tomorrow", DAY) && may("bi-weekly", RECURS));
        assert!(
            may("couple of days", AMOUNT) && may("Maj. Gen. Hale", TITLE) && may("sept", MONTH)
        );
        assert!(!may("harbour", FEAST | DAY | RECURS | AMOUNT | TITLE | MONTH));
    }
}
