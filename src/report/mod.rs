//! Findings and facts as text, one file for each format or family of formats.

pub mod annotations;
pub mod compact;
pub mod diagnostic;
pub mod excerpt;
pub mod facts;
pub mod fingerprint;
pub mod gitlab;
pub mod html;
pub mod human;
pub mod json;
pub mod markdown;
pub mod rdjson;
pub mod sarif;
pub mod xml;

pub use diagnostic::{Checked, Counts, Diagnostic};
