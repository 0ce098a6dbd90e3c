//! Findings and facts as text, one file for each format.

pub mod compact;
pub mod diagnostic;
pub mod excerpt;
pub mod facts;
pub mod human;
pub mod json;

pub use diagnostic::{Checked, Counts, Diagnostic};
