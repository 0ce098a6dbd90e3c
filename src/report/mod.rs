//! Findings and facts to text: one file a format.

pub mod facts;
pub mod trace;
