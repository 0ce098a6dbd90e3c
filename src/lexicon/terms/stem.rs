//! Words to stems: irregular forms, then the Snowball stemmer for English, then one spelling.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use serde::Deserialize;

use crate::lexicon::HashMap;

/// The canonical stem of a lower-case word: "grew" and "growing" are `grow`, "organisation" and
/// "organized" are `organiz`, "women's" is `woman`.
///
/// A stem is a key to compare, not a word to show. A word already known to be of no topic is
/// better asked of [`is_stopword`] first, which costs less.
pub fn stem(word: &str) -> String {
    MEMO.with_borrow_mut(|memo| {
        if let Some(stem) = memo.get(word) {
            return stem.clone();
        }
        let stem = find_stem(word);
        if memo.len() < KEPT && word.len() <= LONGEST_KEPT {
            memo.insert(word.into(), stem.clone());
        }
        stem
    })
}

/// So many stems are kept by each thread, and only those of words that are no longer than this:
/// texts share most of their words, and stemming costs more than looking up.
const KEPT: usize = 20_000;
const LONGEST_KEPT: usize = 24;

thread_local! {
    static MEMO: RefCell<crate::hash::HashMap<Box<str>, String>> = RefCell::default();
}

fn find_stem(word: &str) -> String {
    let forms = &*FORMS;
    let word = without_possessive(word);
    if let Some(stem) = forms.whole.get(word) {
        return stem.clone();
    }
    let stem = suffix_stem(word);
    match forms.spelling.get(stem.as_ref()) {
        Some(american) => american.clone(),
        None => stem.into_owned(),
    }
}

/// Whether a lower-case word carries no topic: articles, pronouns, auxiliaries, prepositions,
/// words of amount and verbs of telling.
pub fn is_stopword(lower: &str) -> bool {
    lower.len() <= LONGEST_STOPWORD && STOPWORDS.binary_search(&lower).is_ok()
}

/// Whether a lower-case word may stand between a subject and its verb: an auxiliary, an adverb that
/// carries no topic, "who".
pub fn stands_before_verb(lower: &str) -> bool {
    lower == "who" || is_listed("auxiliaries", lower) || is_listed("adverbs", lower)
}

/// Whether a lower-case word may open the phrase of a noun: "the", "her".
pub fn opens_phrase(lower: &str) -> bool {
    is_listed("articles", lower) || is_listed("pronouns", lower)
}

/// Whether a lower-case word joins two clauses or names: "and", "that".
pub fn joins(lower: &str) -> bool {
    lower == "that" || is_listed("conjunctions", lower)
}

/// Whether a word stands in this list of `stopwords.toml`.
fn is_listed(list: &str, lower: &str) -> bool {
    static LISTS: LazyLock<BTreeMap<&'static str, HashSet<&'static str>>> = LazyLock::new(|| {
        let lists = stopword_lists().into_iter();
        lists.map(|(list, words)| (list, words.into_iter().collect())).collect()
    });
    LISTS.get(list).is_some_and(|words| words.contains(lower))
}

fn stopword_lists() -> BTreeMap<&'static str, Vec<&'static str>> {
    crate::lexicon::table("words/en/stopwords.toml")
}

/// No stop word is longer (a test holds the data to it), so most long words are refused unsearched.
const LONGEST_STOPWORD: usize = 14;

/// Every list of `stopwords.toml` in one sorted array.
static STOPWORDS: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<_> = stopword_lists().into_values().flatten().collect();
    words.sort_unstable();
    words
});

/// `irregular-forms.toml` as it is written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct FormsFile {
    verbs: Forms,
    nouns: Forms,
    adjectives: Forms,
    apart: Forms,
    spelling: BTreeMap<&'static str, &'static str>,
}

/// A word and its irregular forms.
type Forms = BTreeMap<&'static str, Vec<&'static str>>;

struct FormTable {
    /// Whole words whose stem is written down.
    whole: HashMap<&'static str, String>,
    /// British stems and the American stem they are read as.
    spelling: HashMap<String, String>,
}

static FORMS: LazyLock<FormTable> = LazyLock::new(|| {
    let file: FormsFile = crate::lexicon::table("words/en/irregular-forms.toml");
    let mut whole = HashMap::default();
    for (base, forms) in [file.verbs, file.nouns, file.adjectives].into_iter().flatten() {
        let stem = suffix_stem(base);
        whole.extend(forms.into_iter().map(|form| (form, stem.to_string())));
    }
    for (base, forms) in file.apart {
        whole.insert(base, base.to_owned());
        whole.extend(forms.into_iter().map(|form| (form, base.to_owned())));
    }
    let spelling = file.spelling.into_iter().filter_map(|(british, american)| {
        let (british, american) = (suffix_stem(british), suffix_stem(american));
        (british != american).then(|| (british.into_owned(), american.into_owned()))
    });
    FormTable { whole, spelling: spelling.collect() }
});

/// The Snowball stem, with `-ise` read as `-ize`.
///
/// The spelling rule works on stems of six letters and more, so it also turns "promise" and "tennis":
/// they stay apart from every other word, which is all a key needs.
fn suffix_stem(word: &str) -> Cow<'_, str> {
    let stem = Stemmer::new(Algorithm::English).stem(word);
    match stem.strip_suffix("is") {
        Some(root) if stem.len() >= 6 => Cow::Owned(format!("{root}iz")),
        _ => stem,
    }
}

/// The word without `'s`, `’s` or a closing apostrophe.
fn without_possessive(word: &str) -> &str {
    let word = word.strip_suffix('s').filter(|rest| rest.ends_with(['\'', '’'])).unwrap_or(word);
    word.trim_end_matches(['\'', '’'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_word_join() {
        for words in [
            "grow grew grown growing grows",
            "rise rose risen rising",
            "buy bought buying buys",
            "woman women women's women’s woman's",
            "centre center centres centred",
            "organise organize organisation organization organised organizational",
            "programme program programmes",
            "labour labor labours",
            "neighbourhood neighborhood neighbourhoods",
            "analyse analyze analysed analyzing",
            "defence defense",
            "travelled traveled travelling",
            "company companies company's companies'",
            "city cities",
            "person people persons",
            "transport transportation transported",
            "die died dying dies",
            "found find finds",
        ] {
            let stems: Vec<_> = words.split(' ').map(stem).collect();
            assert!(stems.windows(2).all(|pair| pair[0] == pair[1]), "{words}: {stems:?}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (one, other) in [
            ("universe", "university"),
            ("import", "important"),
            ("depart", "department"),
            ("custom", "customer"),
            ("experience", "experiment"),
            ("author", "authority"),
            ("public", "publication"),
            ("execute", "executive"),
            ("train", "training"),
            ("founded", "found"),
            ("conserve", "conservative"),
            ("engine", "engineer"),
            ("rise", "raise"),
            ("policy", "police"),
            ("even", "evening"),
            ("new", "news"),
            ("wound", "wind"),
            ("organ", "organisation"),
            ("past", "paste"),
            ("general", "generate"),
        ] {
            assert_ne!(stem(one), stem(other), "{one} / {other}");
        }
    }

    #[test]
    fn odd_input_is_returned_unharmed() {
        for word in ["", "'", "’", "'s", "é", "15", "naïve", "s", "日本"] {
            stem(word);
        }
        assert_eq!(stem("15"), "15");
        assert_eq!(stem("'s"), "");
    }

    #[test]
    fn function_words_are_stopwords() {
        for word in ["the", "of", "said", "also", "more", "than", "about", "they", "wouldn't"] {
            assert!(is_stopword(word), "{word}");
        }
        for word in ["revenue", "police", "", "year", "first", "not-a-word"] {
            assert!(!is_stopword(word), "{word}");
        }
    }

    #[test]
    fn word_lists_hold_no_word_twice() {
        assert!(STOPWORDS.windows(2).all(|pair| pair[0] < pair[1]), "a stop word stands twice");
        assert!(STOPWORDS.iter().all(|word| word.len() <= LONGEST_STOPWORD));
        let file: FormsFile = crate::lexicon::table("words/en/irregular-forms.toml");
        let mut seen = HashMap::default();
        for (base, forms) in [file.verbs, file.nouns, file.adjectives, file.apart].iter().flatten()
        {
            for form in forms {
                assert!(!is_stopword(form), "{form} is a stop word");
                assert_eq!(seen.insert(*form, *base), None, "{form} is a form of two words");
            }
        }
    }
}
