//! Stems that may stand for each other, and stems that must not.
//!
//! Two sources: `synonyms.toml`, written by hand for the language of news and reports, and
//! `wordnet.txt`, generated from WordNet 3.0. Nothing is merged before it is asked for: a run looks up
//! some hundred words of thousands.

use std::collections::BTreeMap;
use std::sync::{LazyLock, OnceLock};

use serde::Deserialize;

use super::stem::stem;
use crate::lexicon::HashMap;

/// A stem and how safely it stands for the stem that was asked about.
type Related = (&'static str, f32);

/// How safely a word stands for another, by where the pair comes from.
const SYNONYM: f32 = 0.9;
const SAME_SENSE: f32 = 0.6;
const AKIN: f32 = 0.5;
const DERIVED: f32 = 0.4;

/// More than these do not help: the safest come first.
const MOST_RELATED: usize = 12;

/// The stems that may stand for this stem, the safest first, at most twelve. Never the stem itself
/// and never its opposite.
pub fn related(stem: &str) -> &'static [Related] {
    let terms = &*TERMS;
    if let Some((key, word)) = terms.words.get_key_value(stem) {
        word.related.get_or_init(|| terms.collect(key, Some(word)))
    } else if let Some(line) = WORDNET.line(stem) {
        WORDNET.related[line].get_or_init(|| terms.collect(stem, None))
    } else {
        &[]
    }
}

/// Reads the tables of words, for which the first call of [`related`] waits otherwise.
pub fn prepare() {
    LazyLock::force(&TERMS);
    LazyLock::force(&WORDNET);
}

/// Whether taking one stem for the other reverses what a sentence states: rise and fall, profit and
/// loss, import and export.
pub fn opposite(a: &str, b: &str) -> bool {
    // Stems are rougher than words: "employer" and "employ" are one, so that what the file written by
    // hand brings together is no opposite.
    a != b && (TERMS.opposed(a, b) || WORDNET.opposed(a, b) && !TERMS.grouped(a, b))
}

/// `synonyms.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct SynonymsFile {
    /// By domain: groups of words that stand for each other.
    synonyms: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    /// By domain: groups of words of one matter, which do not replace each other.
    akin: BTreeMap<&'static str, Vec<Vec<&'static str>>>,
    /// Two camps of words: any of the one is an opposite of any of the other.
    opposites: Vec<[Vec<&'static str>; 2]>,
}

/// What the hand-written file says of one stem.
#[derive(Default)]
struct Word {
    groups: Vec<u16>,
    /// Which pair of opposites, and which camp of it.
    camps: Vec<(u16, bool)>,
    related: OnceLock<Box<[Related]>>,
}

struct Terms {
    words: HashMap<String, Word>,
    groups: Vec<(Vec<String>, f32)>,
}

static TERMS: LazyLock<Terms> = LazyLock::new(|| {
    let file: SynonymsFile = crate::lexicon::table("words/en/synonyms.toml");
    let mut terms = Terms { words: HashMap::default(), groups: Vec::new() };
    let synonyms = file.synonyms.into_values().flatten().map(|group| (group, SYNONYM));
    let akin = file.akin.into_values().flatten().map(|group| (group, AKIN));
    for (number, (group, weight)) in (0..).zip(synonyms.chain(akin)) {
        let stems: Vec<_> = group.into_iter().map(stem).collect();
        for stem in &stems {
            terms.words.entry(stem.clone()).or_default().groups.push(number);
        }
        terms.groups.push((stems, weight));
    }
    for (number, camps) in (0..).zip(file.opposites) {
        for (camp, second) in camps.into_iter().zip([false, true]) {
            for word in camp {
                terms.words.entry(stem(word)).or_default().camps.push((number, second));
            }
        }
    }
    terms
});

impl Terms {
    /// Both sources on one stem, the safest first.
    fn collect(&'static self, key: &str, word: Option<&Word>) -> Box<[Related]> {
        let groups = word.map_or(&[][..], |word| &word.groups);
        let by_hand = groups.iter().flat_map(|&number| {
            let (stems, weight) = &self.groups[usize::from(number)];
            stems.iter().map(move |stem| (stem.as_str(), *weight))
        });
        let mut found: Vec<Related> = Vec::new();
        for (stem, weight) in by_hand.chain(WORDNET.related_to(key)) {
            if stem == key || opposite(stem, key) {
                continue;
            }
            match found.iter_mut().find(|(known, _)| *known == stem) {
                Some((_, known)) => *known = known.max(weight),
                None => found.push((stem, weight)),
            }
        }
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
        found.truncate(MOST_RELATED);
        found.into()
    }

    /// Whether a group has both stems.
    fn grouped(&self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.words.get(a), self.words.get(b)) else { return false };
        a.groups.iter().any(|group| b.groups.contains(group))
    }

    fn opposed(&self, a: &str, b: &str) -> bool {
        let (Some(a), Some(b)) = (self.words.get(a), self.words.get(b)) else { return false };
        a.camps.iter().any(|&(pair, second)| b.camps.contains(&(pair, !second)))
    }
}

/// The generated table: sorted lines `stem|same sense|derived|opposites`, the three lists parted by
/// blanks. Only the beginnings of lines are read at start.
struct WordNet {
    text: &'static str,
    lines: Vec<u32>,
    /// Number of the line by its stem.
    numbers: HashMap<&'static str, u32>,
    related: Vec<OnceLock<Box<[Related]>>>,
}

static WORDNET: LazyLock<WordNet> = LazyLock::new(|| {
    let text = crate::lexicon::text("words/en/wordnet.txt");
    // Notes on origin and licence stand above the table.
    let body =
        text.split_inclusive('\n').take_while(|line| line.starts_with('#')).map(str::len).sum();
    let mut lines = vec![body];
    lines.extend(memchr::memchr_iter(b'\n', &text.as_bytes()[body..]).map(|at| body + at + 1));
    lines.retain(|&start| start < text.len());
    let related = lines.iter().map(|_| OnceLock::new()).collect();
    let stem = |start: &usize| text[*start..].split('|').next().unwrap_or_default();
    let numbers = lines.iter().map(stem).zip(0..).collect();
    let lines = lines.into_iter().map(|start| start as u32).collect();
    WordNet { text, lines, numbers, related }
});

impl WordNet {
    /// The number of the line about this stem.
    fn line(&self, stem: &str) -> Option<usize> {
        self.numbers.get(stem).map(|number| *number as usize)
    }

    fn fields(&self, start: u32) -> impl Iterator<Item = &'static str> {
        self.text[start as usize..].lines().next().unwrap_or_default().split('|')
    }

    /// The `field`-th list of the line about this stem; 1 is the first after the stem.
    fn list(&self, stem: &str, field: usize) -> impl Iterator<Item = &'static str> {
        let line = self.line(stem).and_then(|line| self.fields(self.lines[line]).nth(field));
        line.unwrap_or_default().split_ascii_whitespace()
    }

    fn related_to(&self, stem: &str) -> impl Iterator<Item = Related> {
        let same = self.list(stem, 1).map(|term| (term, SAME_SENSE));
        same.chain(self.list(stem, 2).map(|term| (term, DERIVED)))
    }

    fn opposed(&self, stem: &str, other: &str) -> bool {
        self.list(stem, 3).any(|term| term == other)
    }
}

#[cfg(test)]
mod tests {
    use super::super::is_stopword;
    use super::*;

    fn relates(a: &str, b: &str) -> bool {
        related(&stem(a)).iter().any(|(term, _)| *term == stem(b))
    }

    #[test]
    fn words_of_one_thing_are_related() {
        for (a, b) in [
            ("revenue", "turnover"),
            ("employees", "workforce"),
            ("bought", "acquisition"),
            ("died", "killed"),
            ("deaths", "fatalities"),
            ("wounded", "injured"),
            ("visitors", "attendance"),
            ("closure", "shut"),
            ("rose", "increased"),
            ("fell", "declined"),
            ("seized", "confiscated"),
            ("summit", "meeting"),
            ("residents", "inhabitants"),
            ("postponed", "delayed"),
            ("ministry", "department"),
            ("lorries", "trucks"),
            ("researchers", "scientists"),
            ("vaccination", "jab"),
            ("invest", "investor"),
            ("deaths", "dead"),
        ] {
            assert!(relates(a, b), "{a} -> {b}: {:?}", related(&stem(a)));
            assert!(relates(b, a), "{b} -> {a}: {:?}", related(&stem(b)));
        }
    }

    #[test]
    fn words_of_different_things_are_not_related() {
        for (a, b) in [
            ("revenue", "employee"),
            ("rise", "fall"),
            ("profit", "loss"),
            ("school", "hospital"),
            ("month", "year"),
            ("river", "road"),
            ("bank", "river"),
            ("nonsense-word", "anything"),
        ] {
            assert!(!relates(a, b), "{a}: {:?}", related(&stem(a)));
        }
        assert!(related("").is_empty());
    }

    #[test]
    fn opposites_are_known_both_ways() {
        for (a, b) in [
            ("rose", "fell"),
            ("increase", "decrease"),
            ("profits", "losses"),
            ("accepted", "rejected"),
            ("opened", "closed"),
            ("before", "after"),
            ("won", "lost"),
            ("imports", "exports"),
            ("births", "deaths"),
            ("minimum", "maximum"),
            ("first", "last"),
            ("absence", "presence"),
        ] {
            let (a, b) = (stem(a), stem(b));
            assert!(opposite(&a, &b) && opposite(&b, &a), "{a} / {b}");
        }
        assert!(!opposite("rise", "grow"));
        assert!(!opposite("rise", "rise"));
        assert!(!opposite("rise", ""));
    }

    #[test]
    fn lists_are_sorted_short_and_free_of_opposites() {
        let generated = WORDNET.lines.iter().filter_map(|&start| WORDNET.fields(start).next());
        for key in TERMS.words.keys().map(String::as_str).chain(generated) {
            let list = related(key);
            assert!(list.len() <= MOST_RELATED);
            assert!(list.windows(2).all(|pair| pair[0].1 >= pair[1].1), "{key}: {list:?}");
            for (term, _) in list {
                assert!(*term != key && !opposite(key, term), "{key}: {term}");
            }
        }
    }

    #[test]
    fn groups_hold_no_word_twice_no_stopword_and_no_opposites() {
        let file: SynonymsFile = crate::lexicon::table("words/en/synonyms.toml");
        let mut faults = Vec::new();
        let mut seen = HashMap::default();
        for group in file.synonyms.values().chain(file.akin.values()).flatten() {
            let stems: Vec<_> = group.iter().copied().map(stem).collect();
            let mut sorted = stems.clone();
            sorted.sort();
            if group.len() < 2 || seen.insert(sorted, ()).is_some() {
                faults.push(format!("a group of one or a second time: {group:?}"));
            }
            for (at, one) in stems.iter().enumerate() {
                if is_stopword(group[at]) || group[at].contains(' ') {
                    faults.push(format!("{} is not a word of topic: {group:?}", group[at]));
                }
                for other in &stems[at + 1..] {
                    if one == other {
                        faults.push(format!("{one} stands twice: {group:?}"));
                    }
                    if opposite(one, other) {
                        faults.push(format!("{one} and {other} are opposites: {group:?}"));
                    }
                }
            }
        }
        for camps in &file.opposites {
            for one in &camps[0] {
                if camps[1].iter().any(|other| stem(one) == stem(other)) {
                    faults.push(format!("{one} stands on both sides: {camps:?}"));
                }
            }
        }
        assert!(faults.is_empty(), "{}", faults.join("\n"));
    }

    #[test]
    fn the_generated_table_is_sorted() {
        let keys: Vec<_> = WORDNET.lines.iter().map(|&at| WORDNET.fields(at).next()).collect();
        assert!(keys.len() > 3000 && keys.windows(2).all(|pair| pair[0] < pair[1]));
    }
}
