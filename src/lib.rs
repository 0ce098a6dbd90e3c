//! factlint holds what was written from a report against the report.

pub mod document;
pub mod lexicon;
pub mod parse;
pub mod report;
pub mod source;
pub mod value;
