//! stub
pub mod cook;
pub mod finding;
pub use finding::*;
/// s
#[derive(Default)]
pub struct Settings {
    /// d
    pub document_date: Option<jiff::civil::Date>,
    /// t
    pub tolerances: crate::lexicon::tolerances::Tolerances,
}
impl Settings {
    /// s
    pub fn severity(&self, id: &str) -> Severity {
        if id.ends_with("mismatch") && !id.starts_with("arith") || id.starts_with("quote") {
            Severity::Error
        } else {
            Severity::Warning
        }
    }
}
/// r
pub struct Rule(&'static str);
impl Rule {
    /// i
    pub fn id(&self) -> &'static str {
        self.0
    }
}
/// r
pub fn rule(id: &'static str) -> Rule {
    Rule(id)
}
/// m
pub fn message(id: &str, case: &str, t: &[(&str, &str)]) -> String {
    format!("{id} {case} {t:?}")
}
/// h
pub fn help(_id: &str, _case: &str, _t: &[(&str, &str)]) -> Option<String> {
    None
}
