//! The words right beside a mention, in their order: what was copied from the report keeps them,
//! also where the value was changed.

/// So many words are kept on each side.
const REACH: usize = 10;
/// What a word that carries a topic counts when it stands at the same place on both sides.
const CONTENT: f32 = 1.0;
/// The same for a word that carries none.
const FUNCTION: f32 = 0.35;
/// What a word counts less for every word between it and the mention.
const FADE: f32 = 0.92;
/// What is left of the count after a word that only one of the two texts has.
const SKIPPED: f32 = 0.7;
/// So many words may be skipped on a side.
const SKIPS: u32 = 2;

/// A word as a number: its hash, the lowest bit set where it carries a topic. Zero is no word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark(u32);

impl Mark {
    /// A word that carries a topic, by its stem.
    pub fn content(stem: &str) -> Mark {
        Mark(hash(stem.bytes()) | 1)
    }

    /// A word that carries none, as written.
    pub fn function(word: &str) -> Mark {
        Mark(hash(word.bytes().map(|byte| byte.to_ascii_lowercase())) & !1)
    }

    fn weight(self) -> f32 {
        if self.0 & 1 == 1 { CONTENT } else { FUNCTION }
    }
}

/// FNV-1a, 32 bits (Fowler, Noll, Vo).
fn hash(bytes: impl Iterator<Item = u8>) -> u32 {
    bytes.fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// The words on both sides of a mention, nearest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Beside {
    before: [Mark; REACH],
    after: [Mark; REACH],
}

impl Beside {
    /// Takes the words of the two sides, nearest first, as far as they reach.
    pub fn new(before: impl Iterator<Item = Mark>, after: impl Iterator<Item = Mark>) -> Beside {
        let mut beside = Beside::default();
        beside.before.iter_mut().zip(before).for_each(|(place, word)| *place = word);
        beside.after.iter_mut().zip(after).for_each(|(place, word)| *place = word);
        beside
    }

    /// The word right behind, if it carries a topic.
    pub fn next(&self) -> Option<Mark> {
        let [next, ..] = self.after;
        (next.0 & 1 == 1).then_some(next)
    }

    /// Whether the word right behind is this one.
    pub fn leads(&self, word: Mark) -> bool {
        self.after[0] == word
    }

    /// Whether one of the words behind is this one.
    pub fn has_behind(&self, word: Mark) -> bool {
        self.after.contains(&word)
    }

    /// Whether one of the words before is this one.
    pub fn has_before(&self, word: Mark) -> bool {
        self.before.contains(&word)
    }

    /// Whether the three words before are the same.
    pub fn opens_like(&self, other: &Beside) -> bool {
        self.before[..3] == other.before[..3] && self.before[2] != Mark::default()
    }

    /// Whether the second and the third word behind are these.
    pub fn leads_then(&self, second: Mark, third: Mark) -> bool {
        self.after[1..3] == [second, third]
    }

    /// Whether one of the two words before is this one.
    pub fn follows(&self, word: Mark) -> bool {
        self.before[..2].contains(&word)
    }

    /// How many words stand between the mention and the last before it that is `wanted`, if one near is.
    pub fn since(&self, wanted: impl Fn(Mark) -> bool) -> Option<usize> {
        self.before.iter().position(|word| wanted(*word))
    }

    /// How many of the words beside two mentions are the same, in the same order: 0 to about 12,
    /// where two texts share a whole clause.
    pub fn shared(&self, other: &Beside) -> f32 {
        side(&self.before, &other.before) + side(&self.after, &other.after)
    }
}

/// Walks two sides together; where they differ, a word of either may be skipped.
fn side(mut a: &[Mark], mut b: &[Mark]) -> f32 {
    let (mut sum, mut factor, mut skips) = (0.0, 1.0, 0);
    while let ([x, rest_a @ ..], [y, rest_b @ ..]) = (a, b) {
        if *x == Mark::default() || *y == Mark::default() {
            break;
        }
        if x == y {
            sum += factor * x.weight();
            factor *= FADE;
            (a, b) = (rest_a, rest_b);
            continue;
        }
        if skips == SKIPS {
            break;
        }
        skips += 1;
        factor *= SKIPPED;
        (a, b) = match (rest_a.first() == Some(y), rest_b.first() == Some(x)) {
            (true, _) => (rest_a, b),
            (_, true) => (a, rest_b),
            _ => (rest_a, rest_b),
        };
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beside(before: &str, after: &str) -> Beside {
        let mark = |word: &str| match word {
            "the" | "of" | "in" | "to" | "was" => Mark::function(word),
            _ => Mark::content(word),
        };
        Beside::new(before.split(' ').rev().map(mark), after.split(' ').map(mark))
    }

    #[test]
    fn copied_words_count_also_round_an_inserted_one() {
        let report = beside("the harbour master counted", "ships in the spring");
        let copied = beside("the harbour master counted", "ships in the spring");
        let shortened = beside("the master counted", "ships in spring");
        let other = beside("the council voted", "times in the autumn");
        assert!(report.shared(&copied) > 4.5);
        let near = report.shared(&shortened);
        assert!((3.0..4.5).contains(&near), "{near}");
        assert!(report.shared(&other) < 1.0);
    }
}
