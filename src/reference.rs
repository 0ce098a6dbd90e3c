//! A canonical report as a base of facts: its statements, the index over their words and values,
//! its names and quotable passages.

use std::collections::HashMap;

use crate::document::Document;
use crate::judge::name::NameTable;
use crate::judge::quote::Sayings;
use crate::parse::Anchor;
use crate::rule::Settings;
use crate::statement::frame::{self, Own};
use crate::statement::words::Vocabulary;
use crate::statement::{Base, Dimension, Statement, mentions, own_date};
use crate::value::Value;

pub use crate::statement::FactId;

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
    /// For each dimension its figures in order of size, for finding equal values wherever they stand.
    by_size: HashMap<Dimension, Vec<(f64, FactId)>>,
    /// All dates.
    dates: Vec<FactId>,
}

impl Reference {
    /// Reads the facts of a report. The document date of `settings` overrides the date that the
    /// report itself gives.
    pub fn new(document: Document, settings: &Settings) -> Self {
        let date = settings.document_date.or_else(|| own_date(&document));
        let anchor = date.map(|day| Anchor { day, time: None });
        let mut vocabulary = Vocabulary::default();
        let found = mentions(&document, anchor);
        frame::learn(&document, &found, &mut vocabulary);
        let facts = frame::statements(&document, found, &mut Own(&vocabulary));
        let (sayings, names) = (Sayings::new(&document), NameTable::new(&document, &vocabulary));
        let mut reference = Reference {
            document,
            sayings,
            names,
            date,
            vocabulary,
            by_size: HashMap::new(),
            dates: Vec::new(),
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

    /// One fact.
    pub fn fact(&self, id: FactId) -> &Statement {
        &self.facts[id as usize]
    }
}
