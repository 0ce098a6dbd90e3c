//! A canonical report as a base of facts: its statements, the index over their words and values,
//! its names and quotable passages.

use std::collections::{BTreeMap, HashMap};
use std::sync::OnceLock;

use crate::document::{self, Document};
use crate::judge::aged::{is_birth, life};
use crate::judge::course::{Course, course};
use crate::judge::label::label;
use crate::judge::name::NameTable;
use crate::judge::pairs::Pairs;
use crate::judge::quote::Sayings;
use crate::judge::shifted::Shifts;
use crate::judge::when::{heads, whens};
use crate::parse::name::runs;
use crate::parse::{Anchor, Mention};
use crate::rule::{Erratum, Settings};
use crate::statement::frame::{self, Own};
use crate::statement::words::{TermId, Vocabulary};
use crate::statement::{Base, Dimension, Statement, mentions, own_date};
use crate::value::Value;

pub use crate::statement::FactId;

/// A fact that an erratum put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The words that hold.
    pub words: String,
    /// Who says so, since when and why.
    pub source: String,
}

/// A report, read and indexed. Read-only once built.
pub struct Reference {
    /// The report.
    pub document: Document,
    /// The day it was written, stated in the configuration or in the report itself.
    pub date: Option<jiff::civil::Date>,
    /// The words it uses.
    pub vocabulary: Vocabulary,
    /// Its figures, dates and durations, in order.
    pub facts: Base,
    /// What its speakers said.
    pub sayings: Sayings,
    /// Its names.
    pub names: NameTable,
    /// What of it was put right since.
    corrections: BTreeMap<FactId, Correction>,
    /// For each dimension its figures in order of size, for finding equal values wherever they stand.
    by_size: HashMap<Dimension, Vec<(f64, FactId)>>,
    /// All dates.
    dates: Vec<FactId>,
    /// What comes out of two facts that stand together; worked out when first asked for.
    pairs: OnceLock<Pairs>,
    shifts: OnceLock<Shifts>,
    /// What each fact tells of a change; likewise.
    courses: OnceLock<Vec<Option<Course>>>,
    /// The date that each fact is told of; likewise.
    whens: OnceLock<Vec<Option<FactId>>>,
    /// The dates from which ages count; likewise.
    births: OnceLock<Vec<FactId>>,
    /// The name that each figure stands right behind; likewise.
    labels: OnceLock<Vec<Option<TermId>>>,
}

impl Reference {
    /// Reads the facts of a report. The document date of `settings` overrides the date that the
    /// report itself gives.
    pub fn new(document: Document, settings: &Settings) -> Self {
        Reference::corrected(document, settings, &[])
    }

    /// Reads the facts of a report, those that `errata` speak of with the values that hold. What is
    /// wrong with an erratum is told among the document's problems.
    pub fn corrected(mut document: Document, settings: &Settings, errata: &[Erratum]) -> Self {
        let date = settings.document_date.or_else(|| own_date(&document));
        let anchor = date.map(|day| Anchor { day, time: None });
        let mut found = mentions(&document, anchor);
        let mut corrections = BTreeMap::new();
        for erratum in errata {
            if let Err(problem) = correct(&document, &mut found, erratum, anchor, &mut corrections)
            {
                document.problems.push(format!("erratum of \"{}\": {problem}", erratum.text));
            }
        }
        let vocabulary = Vocabulary::new(&document, &found);
        let facts = frame::statements(&document, found, &mut Own::new(&vocabulary));
        let runs = runs(&document);
        let sayings = Sayings::new(&document, &runs);
        let names = NameTable::new(&document, &vocabulary, runs);
        let mut reference = Reference {
            document,
            sayings,
            names,
            date,
            vocabulary,
            corrections,
            by_size: HashMap::new(),
            dates: Vec::new(),
            pairs: OnceLock::new(),
            shifts: OnceLock::new(),
            courses: OnceLock::new(),
            whens: OnceLock::new(),
            births: OnceLock::new(),
            labels: OnceLock::new(),
            facts: Base::new(facts),
        };
        reference.index();
        reference
    }

    fn index(&mut self) {
        for (number, fact) in self.facts.iter().enumerate() {
            let id = number as FactId;
            if let Some(measure) = &fact.measure {
                let sizes = self.by_size.entry(measure.dimension.clone()).or_default();
                sizes.push((measure.low.to_f64(), id));
                if measure.is_range() {
                    sizes.push((measure.high.to_f64(), id));
                }
            } else if matches!(fact.mention.value, Value::Date(_)) {
                self.dates.push(id);
            }
        }
        for sizes in self.by_size.values_mut() {
            sizes.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        }
    }

    /// The facts of a dimension whose size lies in `low..=high`.
    pub fn sized(
        &self,
        dimension: &Dimension,
        low: f64,
        high: f64,
    ) -> impl Iterator<Item = FactId> + '_ {
        let sizes = self.by_size.get(dimension).map_or(&[][..], Vec::as_slice);
        let first = sizes.partition_point(|&(size, _)| size < low);
        sizes[first..].iter().take_while(move |&&(size, _)| size <= high).map(|&(_, id)| id)
    }

    /// All dates of the report.
    pub fn dates(&self) -> &[FactId] {
        &self.dates
    }

    /// What comes out of two facts that stand together.
    pub fn pairs(&self) -> &Pairs {
        self.pairs.get_or_init(|| Pairs::new(&self.facts))
    }

    /// The dates that follow from a date and a length of time told beside it.
    pub fn shifts(&self) -> &Shifts {
        self.shifts.get_or_init(|| Shifts::new(self))
    }

    /// What each fact tells of a change.
    pub fn courses(&self) -> &[Option<Course>] {
        let all = || self.facts.iter().map(|fact| course(&self.document, fact)).collect();
        self.courses.get_or_init(all)
    }

    /// The name that each figure stands right behind.
    pub fn labels(&self) -> &[Option<TermId>] {
        self.labels.get_or_init(|| {
            self.facts.iter().map(|fact| label(&self.document, &self.vocabulary, fact)).collect()
        })
    }

    /// The dates on which somebody was born.
    pub fn births(&self) -> &[FactId] {
        self.births.get_or_init(|| {
            let births = self.dates.iter().filter(|fact| {
                let fact = self.fact(**fact);
                is_birth(fact) || life(&self.document, fact).is_some()
            });
            births.copied().collect()
        })
    }

    /// The date that each fact is told of.
    pub fn whens(&self) -> &[Option<FactId>] {
        self.whens.get_or_init(|| {
            let mut all = Vec::with_capacity(self.facts.len());
            for sentence in self.facts.chunk_by(|a, b| a.sentence == b.sentence) {
                let first = all.len() as FactId;
                let whens = whens(&self.document, sentence).into_iter();
                let told = |number| first + number as FactId;
                all.extend(whens.zip(sentence).map(|(when, fact)| {
                    when.map(told).or_else(|| {
                        heads(&self.document, &self.facts, fact).map(|number| number as FactId)
                    })
                }));
            }
            all
        })
    }

    /// What an erratum says of a fact.
    pub fn correction(&self, id: FactId) -> Option<&Correction> {
        self.corrections.get(&id)
    }

    /// One fact.
    pub fn fact(&self, id: FactId) -> &Statement {
        &self.facts[id as usize]
    }
}

/// Gives the one mention that `erratum` speaks of the value that holds.
fn correct(
    document: &Document,
    found: &mut [Mention],
    erratum: &Erratum,
    anchor: Option<Anchor>,
    corrections: &mut BTreeMap<FactId, Correction>,
) -> Result<(), String> {
    let (text, _) = read(&erratum.text, anchor)?;
    let (words, value) = read(&erratum.holds, anchor)?;
    let value = value.ok_or_else(|| format!("\"{words}\" is not one figure or date"))?;
    let near = erratum.near.as_deref().map(|near| read(near, None)).transpose()?;
    let meant = |mention: &Mention| {
        let whole = mention.qualifier_span.map_or(mention.span, |span| mention.span.join(span));
        let beside = |near: &str| {
            let sentence = document.sentence_at(mention.span.start);
            sentence.is_some_and(|(_, sentence)| document.slice(sentence).contains(near))
        };
        (document.slice(mention.span) == text || document.slice(whole) == text)
            && near.as_ref().is_none_or(|(near, _)| beside(near))
    };
    let numbers: Vec<usize> = (0..found.len()).filter(|&number| meant(&found[number])).collect();
    match numbers.as_slice() {
        [] => {
            Err("no such figure or date is read there; if the reference was put right, remove it"
                .into())
        }
        [number] => {
            found[*number].value = value;
            let source = format!("{}, {}: {}", erratum.by, erratum.since, erratum.why.trim());
            corrections.insert(*number as FactId, Correction { words, source });
            Ok(())
        }
        several => {
            let count = several.len();
            Err(format!("it stands at {count} places; say with `near` which sentence is meant"))
        }
    }
}

/// The clean text of some words, and the value if they are one.
fn read(words: &str, anchor: Option<Anchor>) -> Result<(String, Option<Value>), String> {
    let document = document::read(std::path::Path::new("erratum.txt"), words.as_bytes().to_vec())
        .map_err(|error| error.message)?;
    let text = document.text.trim().to_owned();
    let value = match <[Mention; 1]>::try_from(mentions(&document, anchor)) {
        Ok([mention]) => Some(mention.value),
        Err(_) => None,
    };
    Ok((text, value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn erratum(text: &str, near: Option<&str>) -> Erratum {
        Erratum {
            text: text.into(),
            near: near.map(str::to_owned),
            holds: "March 2018".into(),
            why: "a slip".into(),
            by: "the editors".into(),
            since: jiff::civil::date(2019, 1, 2),
        }
    }

    #[test]
    fn an_erratum_settles_what_the_report_says_twice() {
        let text = "The delegation visited the dam in May 2018.\n\nIn March 2018 the delegation \
                    visited the dam.\n";
        let read = |errata: &[Erratum]| {
            let document = document::read(Path::new("r.md"), text.into()).expect("it is text");
            Reference::corrected(document, &Settings::default(), errata)
        };
        let audit =
            |errata: &[Erratum]| crate::audit(&read(errata), &Settings::default()).findings.len();
        assert_eq!(audit(&[]), 1);
        assert_eq!(audit(&[erratum("May 2018", None)]), 0);
        let problems = |erratum| read(&[erratum]).document.problems;
        assert!(problems(erratum("June 2018", None))[0].contains("no such figure or date"));
        assert!(problems(erratum("May 2018", Some("the bridge")))[0].contains("no such figure"));
        let article = "The delegation visited the dam in May 2018.\n";
        let article = document::read(Path::new("a.md"), article.into()).expect("it is text");
        let references = [read(&[erratum("May 2018", None)])];
        let found = crate::lint(&references, &article, &Settings::default()).findings;
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("March 2018"), "{}", found[0].message);
        let help = found[0].help.as_deref().unwrap_or_default();
        assert!(help.contains("the editors, 2019-01-02: a slip"), "{help}");
    }
}
